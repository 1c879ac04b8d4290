// colour.js -- a municipality's one colour, made into tones that can be read: on paper and card, by
// day and in the dark.
//
// The hue stays; the tone moves towards black or white until text in it has the contrast of WCAG
// 2.2 AA on every surface.

/** The surfaces of tokens.css that an accent stands on: paper and card. */
const LIGHT = { surfaces: ['#faf8f4', '#ffffff'], ink: '#1d2b33', towards: '#000000', soft: 0.13 };
const DARK = { surfaces: ['#10191d', '#18242a'], ink: '#eef2f1', towards: '#ffffff', soft: 0.22 };
/** The phone's own dark, while another speaks. */
const DUSK = { surfaces: ['#1b272e', '#26353d'], ink: '#dfe6e7', towards: '#ffffff', soft: 0.22 };
/** AA for text is 4.5; a little more, for colours are rounded. */
const TEXT = 4.6;

const parse = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
const write = (rgb) => `#${rgb.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;
const mix = (a, b, share) => a.map((c, i) => c + (b[i] - c) * share);

/** How bright a colour is to the eye (WCAG 2.2, relative luminance). @param {string} hex */
export function luminance(hex) {
  const [r, g, b] = parse(hex).map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG's contrast of two colours, 1 to 21. */
export function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** @returns {{accent: string, soft: string, on: string}} */
function tonesFor(colour, { surfaces, ink, towards, soft: share }) {
  for (let step = 0; step <= 100; step++) {
    const accent = write(mix(parse(colour), parse(towards), step / 100));
    const soft = write(mix(parse(surfaces[0]), parse(accent), share));
    if (
      ![...surfaces, soft].every((surface) => contrast(accent, surface) >= TEXT) ||
      contrast(ink, soft) < 7
    )
      continue;
    const on = ['#ffffff', '#08151a'].find((each) => contrast(each, accent) >= TEXT);
    if (on) return { accent, soft, on };
  }
  return { accent: ink, soft: surfaces[0], on: surfaces[0] };
}

/**
 * The tones of a colour like "#005a9c"; null for what is none.
 * @typedef {{accent: string, soft: string, on: string}} Tones
 * @param {unknown} colour
 * @returns {{light: Tones, dark: Tones, dusk: Tones} | null}
 */
export function tonesOf(colour) {
  if (typeof colour !== 'string' || !/^#[0-9a-f]{6}$/i.test(colour)) return null;
  return {
    light: tonesFor(colour, LIGHT),
    dark: tonesFor(colour, DARK),
    dusk: tonesFor(colour, DUSK),
  };
}

/**
 * Gives the page the colour, by day and in the dark, and goes with the device from one to the
 * other.
 * @param {unknown} colour
 * @param {CSSStyleDeclaration} style  of the root element
 * @param {MediaQueryList} dark
 */
export function wear(colour, style, dark) {
  const tones = tonesOf(colour);
  if (!tones) return;
  const put = () => {
    const { accent, soft, on } = dark.matches ? tones.dark : tones.light;
    style.setProperty('--accent', accent);
    style.setProperty('--accent-soft', soft);
    style.setProperty('--on-accent', on);
  };
  put();
  dark.addEventListener('change', put);
}
