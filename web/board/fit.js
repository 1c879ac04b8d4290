// fit.js -- text of any length in a box of a given size: how large it may be, and where its lines
// end.
//
// Sizes and widths share one unit, whichever the caller uses. What a text measures is a function
// passed in: the browser's own in the page, an estimate in tests.

/**
 * The smallest text on the wall, in u: what good eyes read from eight metres on a screen a metre
 * high.
 */
export const LEAST = 2.2;

/**
 * @callback Measure  the width of a text set in `size`
 * @param {string} text
 * @param {number} size
 * @param {number} [weight]
 * @returns {number}
 *
 * @typedef {{size: number, lines: string[], cut: boolean}} Fitted
 */

/** What a text measures about, where no browser is at hand: a wide sans-serif. @type {Measure} */
export const estimate = (text, size, weight = 400) => {
  let ems = 0;
  for (const c of text)
    ems += /[ilj.,:;'|!]/.test(c)
      ? 0.29
      : /[mwMW@]/.test(c)
        ? 0.9
        : /[A-ZÆØÅ]/.test(c)
          ? 0.67
          : 0.55;
  return ems * size * (weight >= 600 ? 1.06 : 1);
};

/**
 * The text, or as much of its beginning as there is room for, closed by an ellipsis.
 * @param {string} text
 * @param {number} width
 * @param {number} size
 * @param {Measure} measure
 */
export function cutTo(text, width, size, measure, weight = 400) {
  if (measure(text, size, weight) <= width) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(`${letters.slice(0, middle).join('')}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

const SOFT = '\u00ad';
const bare = (text) => (text.includes(SOFT) ? text.replaceAll(SOFT, '') : text);

/**
 * A word in as many pieces as a line's width asks for: at its soft hyphens, else wherever a line is
 * full.
 */
function pieces(word, width, size, measure, weight) {
  if (measure(bare(word), size, weight) <= width) return [bare(word)];
  if (word.includes(SOFT)) {
    const parts = word.split(SOFT);
    return parts.flatMap((each, i) =>
      pieces(i < parts.length - 1 ? `${each}-` : each, width, size, measure, weight),
    );
  }
  const hyphen = word.search(/-./);
  if (hyphen > 0)
    return [word.slice(0, hyphen + 1), word.slice(hyphen + 1)].flatMap((each) =>
      pieces(each, width, size, measure, weight),
    );
  const found = [];
  let piece = '';
  for (const letter of word) {
    if (piece && measure(piece + letter, size, weight) > width) {
      found.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...found, piece];
}

/**
 * The lines that a browser would break the text into, at most `most` + 1 of them: one too many says
 * that it is too long.
 * @param {string} text
 * @param {number} width
 * @param {number} size
 * @param {Measure} measure
 * @returns {string[]}
 */
export function wrap(text, width, size, measure, weight = 400, most = Infinity) {
  const space = measure(' ', size, weight);
  const lines = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/\s+/)) {
    if (!word) continue;
    for (const piece of pieces(word, width, size, measure, weight)) {
      const wide = measure(piece, size, weight);
      if (line && used + space + wide > width) {
        lines.push(line);
        line = '';
        if (lines.length > most) return lines;
      }
      used = line ? used + space + wide : wide;
      line = line ? `${line} ${piece}` : piece;
    }
  }
  return line ? [...lines, line] : lines;
}

/** `wrap`, but never more than `most` lines: the last one is cut with an ellipsis. */
export function wrapTo(text, width, size, most, measure, weight = 400) {
  const lines = wrap(text, width, size, measure, weight, most);
  if (lines.length <= most) return { lines, cut: false };
  const kept = lines.slice(0, most - 1);
  const rest = text.replace(/\s+/g, ' ').trim().slice(kept.join(' ').length).trim();
  return {
    lines: [...kept, cutTo(rest.length ? rest : lines[most - 1], width, size, measure, weight)],
    cut: true,
  };
}

/** Sizes from the largest to the smallest, in steps that the eye hardly sees. */
export function sizes(max, min, step = 0.95) {
  const list = [];
  for (let size = max; size > min * 1.001; size *= step) list.push(size);
  return [...list, min];
}

/**
 * The largest size at which the text stands in the box, cut only when even the smallest is too
 * large. `spare` is what the browser may break otherwise than we reckon: hyphens, kerning.
 * @param {string} text
 * @param {{w: number, h: number, max: number, min: number, lead?: number, weight?: number, most?:
 *   number}} box
 * @param {Measure} measure
 * @returns {Fitted}
 */
export function fitText(
  text,
  { w, h, max, min, lead = 1.3, weight = 400, most = Infinity },
  measure,
) {
  const spare = w * 0.975;
  for (const size of sizes(max, min)) {
    const room = Math.min(most, Math.floor(h / (size * lead) + 0.01));
    if (room < 1) continue;
    const longest = Math.max(
      0,
      ...text.split(/[\s\u00ad]+/).map((word) => measure(word, size, weight)),
    );
    if (longest > spare && size > min * 1.15) continue;
    const lines = wrap(text, spare, size, measure, weight, room);
    if (lines.length <= room) return { size, lines, cut: false };
  }
  const room = Math.max(1, Math.min(most, Math.floor(h / (min * lead) + 0.01)));
  return { size: min, ...wrapTo(text, spare, min, room, measure, weight) };
}

/** What to write: the text itself, or what is left of it after the cut. */
export const shown = ({ lines, cut }, text) => (cut ? lines.join(' ') : text);

/**
 * The same for several rows under each other with `gap` (in sizes) between them: one size for all.
 * A row is a text as wide as the box, or several cells beside each other, each with its share of
 * the width.
 * @typedef {string | {text: string, part: number}[]} Row
 * @param {Row[]} rows
 * @param {{w: number, h: number, max: number, min: number, lead?: number, gap?: number, weight?:
 *   number}} box
 * @param {Measure} measure
 * @returns {{size: number, room: number, shown: number, height: number}}  room: lines of a row at
 *   most; shown: rows there is room for
 */
export function fitList(rows, { w, h, max, min, lead = 1.3, gap = 0.55, weight = 400 }, measure) {
  const cells = rows.map((row) => (typeof row === 'string' ? [{ text: row, part: 1 }] : row));
  const linesOf = (row, size, most) =>
    Math.max(
      1,
      ...row.map(({ text, part }) =>
        Math.min(most, wrap(text, w * part * 0.97, size, measure, weight, most).length),
      ),
    );
  const heightOf = (lines, size) =>
    lines.reduce((sum, n) => sum + n * size * lead, 0) + Math.max(0, lines.length - 1) * gap * size;
  for (const size of sizes(max, min)) {
    if (
      heightOf(
        cells.map(() => 1),
        size,
      ) > h
    )
      continue;
    const lines = cells.map((row) => linesOf(row, size, 40));
    const height = heightOf(lines, size);
    if (height <= h) return { size, room: Math.max(1, ...lines), shown: rows.length, height };
  }
  for (const room of [6, 4, 3, 2, 1]) {
    const height = heightOf(
      cells.map((row) => linesOf(row, min, room)),
      min,
    );
    if (height <= h) return { size: min, room, shown: rows.length, height };
  }
  const shown = Math.max(
    1,
    Math.min(rows.length, Math.floor((h + gap * min) / (min * (lead + gap)))),
  );
  return { size: min, room: 1, shown, height: heightOf(Array(shown).fill(1), min) };
}

/** Long compound words may break where people break them. */
export const hyphened = (text) =>
  text.replace(
    /(\p{L}{8,})(?=samtale|møde|runde|præsentation|evaluering|udvikling|konference|dialog)/giu,
    '$1\u00ad',
  );
