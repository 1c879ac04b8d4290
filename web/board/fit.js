// fit.js -- text of any length in a box of a given size: how large it may be, and where its lines
// end.
//
// Sizes and widths share one unit, whichever the caller uses. What a text measures is a function
// passed in: the browser's own in the page, an estimate in tests. With it comes where words may be
// divided. A word is divided only where it is wider than its line, and a text is rather set smaller;
// then the soft hyphen goes into the text that is written, so that the browser does as was reckoned.

/**
 * The smallest text on the wall, in u: what good eyes read from eight metres on a screen a metre
 * high.
 */
export const LEAST = 2.2;

/**
 * @typedef {{(text: string, size: number, weight?: number): number, breaks?: (word: string) =>
 *   {seams: number[], points: number[]}}} Measure  the width of a text set in `size`; breaks: where a
 *   word may be divided, at its seams rather than at the other points
 * @typedef {{size: number, lines: string[], cut: boolean, text: string}} Fitted  text: what is to be
 *   written
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

/** Of marks piled upon a letter three, for a whole pile is drawn over what stands above it. */
const calm = (text) => text.replace(/(\p{M}{3})\p{M}+/gu, '$1');

/**
 * The text, or as much of its beginning as there is room for, closed by an ellipsis.
 * @param {string} said
 * @param {number} width
 * @param {number} size
 * @param {Measure} measure
 */
export function cutTo(said, width, size, measure, weight = 400) {
  const text = calm(said);
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
const FIXED = '\u00a0';
const bare = (text) => (text.includes(SOFT) ? text.replaceAll(SOFT, '') : text);

/** "8. klasse", "13 min", "7 b": what a number counts stays with it. */
const COUNTS =
  /([\d.,]+%?) (?=(?!(?:af|at|den|der|det|de|eller|end|er|for|fra|har|i|kan|med|og|om|på|skal|som|til|var|ved|vi|and|are|at|from|in|is|of|on|or|to|was)\b)\p{L})/gu;
const COUNT = /^\d{1,3}[.,]?\d{0,3}[.%]?$/u;
/** "§ 4", "kl. 9.47", "ca. 8 min". */
const COUNTED = /(§|\p{L}+\.?) (?=\d)/gu;
const COUNTER = /^(?:§|(?:nr|kl|ca|kap|bilag|side|stk|at|no|page|about)\.?)$/iu;
/** What matches the second stays with what comes after it. */
const gluedTo = (text, found, wanted) =>
  text.replace(found, (all, word) => (wanted.test(word) ? `${word}${FIXED}` : all));
/** A dot between two things ends a line, and begins none. */
const dotted = (text) => text.replaceAll(' · ', `${FIXED}· `);
export const glued = (text) =>
  dotted(/\d/.test(text) ? gluedTo(gluedTo(text, COUNTED, COUNTER), COUNTS, COUNT) : text);

/** How a word is divided: not at all, by the language, or wherever its line is full. */
const WHOLE = 0;
const DIVIDED = 1;
const TORN = 2;

/** @typedef {{text: string, hyphen: boolean, after: string}} Piece  after: what comes before the next */

/** A word in pieces that fit, each as long as may be; null where one cannot. */
function packed(word, cuts, own, fits) {
  /** @type {Piece[]} */
  const found = [];
  for (let start = 0; start < word.length;) {
    let end = 0;
    for (const cut of [...cuts, word.length]) {
      if (cut <= start) continue;
      const hyphen = cut < word.length && !own.includes(cut);
      if (!fits(word.slice(start, cut) + (hyphen ? '-' : ''))) break;
      end = cut;
    }
    if (!end) return null;
    const hyphen = end < word.length && !own.includes(end);
    found.push({ text: word.slice(start, end), hyphen, after: hyphen ? SOFT : '' });
    start = end;
  }
  return found;
}

/** @returns {{pieces: Piece[], how: number}} */
function dividedWord(said, fits, breaks) {
  const word = bare(said);
  const whole = [{ text: word, hyphen: false, after: '' }];
  if (fits(word)) return { pieces: whole, how: WHOLE };
  const own = [...word.matchAll(/[-–/](?=.)/g)].map(({ index }) => index + 1);
  const soft = said.split(SOFT).slice(0, -1);
  const given = soft.map((_, i) => soft.slice(0, i + 1).join('').length);
  const { seams = [], points = [] } = breaks?.(word) ?? {};
  for (const places of [[], seams, points]) {
    const cuts = [...new Set([...own, ...given, ...places])].sort((a, b) => a - b);
    const pieces = cuts.length ? packed(word, cuts, own, fits) : null;
    if (pieces) return { pieces, how: pieces.some(({ hyphen }) => hyphen) ? DIVIDED : WHOLE };
  }
  const pieces = [];
  let piece = '';
  for (const letter of word) {
    if (piece && !fits(piece + letter)) {
      pieces.push({ text: piece, hyphen: false, after: '' });
      piece = '';
    }
    piece += letter;
  }
  return { pieces: [...pieces, { text: piece, hyphen: false, after: '' }], how: TORN };
}

/**
 * The lines that the browser breaks the text into, at most `most` + 1 of them: one too many says
 * that it is too long.
 * @returns {{lines: Piece[], how: number}}
 */
function broken(text, width, size, measure, weight, most) {
  const fits = (each) => measure(each, size, weight) <= width;
  const space = measure(' ', size, weight);
  /** @type {Piece[]} */
  const lines = [];
  let how = WHOLE;
  let used = 0;
  const put = (piece, joins) => {
    const wide = measure(piece.hyphen ? `${piece.text}-` : piece.text, size, weight);
    const line = lines.at(-1);
    if (line && joins && used + space + wide <= width) {
      lines[lines.length - 1] = { ...piece, text: `${line.text} ${piece.text}` };
      used += space + wide;
    } else {
      if (line && joins) line.after = ' ';
      lines.push({ ...piece });
      used = wide;
    }
  };
  for (const paragraph of calm(text).split('\n')) {
    const first = lines.length;
    for (const token of glued(paragraph).split(/[^\S\u00a0]+/)) {
      if (!token) continue;
      // What is wider than a line even so cannot stay together.
      for (const word of fits(token) ? [token] : token.split(FIXED)) {
        const divided = dividedWord(word, fits, measure.breaks);
        how = Math.max(how, divided.how);
        divided.pieces.forEach((piece, i) => put(piece, i === 0 && lines.length > first));
        if (lines.length > most) return { lines, how };
      }
    }
    if (lines.length && lines.length > first) lines.at(-1).after = '\n';
  }
  return { lines, how };
}

const seen = ({ text, hyphen }) => (hyphen ? `${text}-` : text);
/** As it is written: soft hyphens where words are divided. */
const written = (lines) =>
  lines.map(({ text, after }, i) => (i < lines.length - 1 ? text + after : text)).join('');

/**
 * The lines of a text.
 * @param {string} text
 * @param {number} width
 * @param {number} size
 * @param {Measure} measure
 * @returns {string[]}
 */
export const wrap = (text, width, size, measure, weight = 400, most = Infinity) =>
  broken(text, width, size, measure, weight, most).lines.map(seen);

/**
 * How many lines a text has, at most `most` + 1, how words were divided for it, the less the better,
 * and, when asked, what is to be written.
 */
export function lineUp(text, width, size, measure, weight = 400, most = Infinity) {
  const set = (n) => broken(text, width, size, measure, weight, n);
  const { lines, how } = set(most);
  const whole = () => written(lines.length > most ? set(Infinity).lines : lines);
  return { count: lines.length, text: whole, how };
}

/**
 * `wrap`, but never more than `most` lines: the last one is cut with an ellipsis. torn: a word was
 * parted where the language does not.
 */
export function wrapTo(text, width, size, most, measure, weight = 400) {
  const { lines, how } = broken(text, width, size, measure, weight, Infinity);
  const torn = how === TORN;
  if (lines.length <= most)
    return { lines: lines.map(seen), cut: false, torn, text: written(lines) };
  const kept = lines.slice(0, most - 1);
  const rest = lines.slice(most - 1);
  const room = rest.map(({ text: each, after }) => each + (after === SOFT ? '' : after)).join('');
  const last = cutTo(room.replaceAll('\n', ' ').trim(), width, size, measure, weight);
  const all = [...kept, { text: last, hyphen: false, after: '' }];
  return { lines: all.map(seen), cut: true, torn, text: written(all) };
}

/** A text in pieces of so many lines, one after the other. @returns {string[]} */
export function splitTo(text, width, size, most, measure, weight = 400) {
  const { lines } = broken(text, width, size, measure, weight, Infinity);
  const pieces = [];
  for (let i = 0; i < lines.length; i += most) pieces.push(written(lines.slice(i, i + most)));
  return pieces;
}

/**
 * A name in as many lines as it takes, its words divided between the words that they are made of; where
 * `anywhere`, also by syllables. torn: even that was not enough.
 * @param {string} text
 * @param {number} width
 * @param {number} size
 * @param {Measure} measure
 * @param {boolean} anywhere
 */
export function wrapName(text, width, size, measure, anywhere) {
  const seams = (word) => ({ seams: measure.breaks?.(word).seams ?? [], points: [] });
  const look = anywhere ? measure : Object.assign(measure.bind(null), { breaks: seams });
  return wrapTo(text, width, size, Infinity, look);
}

/** Sizes from the largest to the smallest, in steps that the eye hardly sees. */
export function sizes(max, min, step = 0.95) {
  const list = [];
  for (let size = max; size > min * 1.001; size *= step) list.push(size);
  return [...list, min];
}

/** Down to this share of its largest size a text is set smaller, before a word is divided. */
const RATHER_SMALLER = 0.6;

/**
 * What is tried in turn: all sizes that leave words whole, then those that divide them, at the last
 * those that tear them.
 */
export const ways = (max, min, step) => [
  { how: WHOLE, list: sizes(max, Math.max(min, max * RATHER_SMALLER), step) },
  { how: DIVIDED, list: sizes(max, min, step) },
  { how: TORN, list: sizes(max, min, step) },
];

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
  const roomAt = (size) => Math.min(most, Math.floor(h / (size * lead) + 0.01));
  for (const { how, list } of ways(max, min)) {
    for (const size of list) {
      const room = roomAt(size);
      if (room < 1) continue;
      const set = broken(text, spare, size, measure, weight, room);
      if (set.lines.length <= room && set.how <= how)
        return { size, lines: set.lines.map(seen), cut: false, text: written(set.lines) };
    }
  }
  return { size: min, ...wrapTo(text, spare, min, Math.max(1, roomAt(min)), measure, weight) };
}

/**
 * The same for several rows under each other with `gap` (in sizes) between them: one size for all.
 * A row is a text as wide as the box, or several cells beside each other, each with its share of
 * the width.
 * @typedef {string | {text: string, part: number}[]} Row
 * @param {Row[]} rows
 * @param {{w: number, h: number, max: number, min: number, lead?: number, gap?: number, weight?:
 *   number}} box
 * @param {Measure} measure
 * @returns {{size: number, room: number, shown: number, height: number, whole: boolean, texts:
 *   string[][]}}  room: lines of a row at most; shown: rows there is room for; whole: all of them,
 *   and nothing cut; texts: what is to be written in them
 */
export function fitList(rows, { w, h, max, min, lead = 1.3, gap = 0.55, weight = 400 }, measure) {
  const cells = rows.map((row) => (typeof row === 'string' ? [{ text: row, part: 1 }] : row));
  const set = (size, most) =>
    cells.map((row) =>
      row.map(({ text, part }) => broken(text, w * part * 0.97, size, measure, weight, most)),
    );
  const linesOf = (row, most) =>
    Math.max(1, ...row.map(({ lines }) => Math.min(most, lines.length)));
  const heightOf = (lines, size) =>
    lines.reduce((sum, n) => sum + n * size * lead, 0) + Math.max(0, lines.length - 1) * gap * size;
  const answer = (all, size, room, shown, height, whole = false) => ({
    ...{ size, room, shown, height, whole },
    texts: all.slice(0, shown).map((row) => row.map(({ lines }) => written(lines))),
  });
  for (const { how, list } of ways(max, min)) {
    for (const size of list) {
      const least = cells.map(() => 1);
      if (heightOf(least, size) > h) continue;
      const all = set(size, 40);
      if (all.some((row) => row.some((cell) => cell.how > how))) continue;
      const lines = all.map((row) => linesOf(row, 40));
      const height = heightOf(lines, size);
      if (height <= h) return answer(all, size, Math.max(1, ...lines), rows.length, height, true);
    }
  }
  const all = set(min, Infinity);
  for (const room of [6, 4, 3, 2, 1]) {
    const height = heightOf(
      all.map((row) => linesOf(row, room)),
      min,
    );
    if (height <= h) return answer(all, min, room, rows.length, height);
  }
  const shown = Math.max(
    1,
    Math.min(rows.length, Math.floor((h + gap * min) / (min * (lead + gap)))),
  );
  return answer(all, min, 1, shown, heightOf(Array(shown).fill(1), min));
}
