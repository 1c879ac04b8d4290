// style.js -- takes bytes out of a page's style that esbuild leaves in.

/** Custom properties that are set once stand for one value: it is put where they are used. */
function inlineConstants(css) {
  const set = [...css.matchAll(/(--[\w-]+):\s*([^;}]+);?/g)];
  const once = set.filter(
    ([, name]) =>
      set.filter((each) => each[1] === name).length === 1 && css.includes(`var(${name})`),
  );
  let out = css;
  for (const [whole, name, value] of once)
    out = out.replace(whole, '').replaceAll(`var(${name})`, value.trim());
  return out;
}

/** What nobody uses is not sent. @param {string} elsewhere  all else that the page may load */
const dropUnused = (css, elsewhere) =>
  css.replace(/(?<=[{;])(--[\w-]+):[^;}]+(;|(?=}))/g, (all, name) =>
    css.includes(`var(${name})`) || elsewhere.includes(name) ? all : '',
  );

/** A phone has a typeface of its own: the list of those of other machines is not for it. */
const oneFont = (css) => css.replace(/system-ui, [^;}]*sans-serif/g, 'system-ui,sans-serif');

/**
 * @param {string} css  minified already @param {string} [elsewhere]  scripts and styles that come
 *   later
 */
export const tighten = (css, elsewhere = '') =>
  oneFont(inlineConstants(dropUnused(css.replace(/(--[\w-]+):\s+/g, '$1:'), elsewhere))).replace(
    /;}/g,
    '}',
  );
