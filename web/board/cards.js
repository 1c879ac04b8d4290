// cards.js -- where each card stands: any number of cards of any length in one box, and never one
// outside it.
//
// While all can be read they are of one size, in columns. When they cannot, the newest stay large
// on top, and those before them shrink, and stand on pages that turn. Where there is no room for
// that they show their beginning, and the oldest become blank slips: seen to be there, to be read in
// the minutes.
import { LEAST, lineUp, ways } from './fit.js';
import { PAGE_LINE } from './turn.js';

/**
 * @typedef {{id: string, text: string | null, by?: string}} Card  by: who wrote it, where it says
 *   so before its words
 * @typedef {{id: string, text: string, by?: string, x: number, y: number, w: number, h: number, size: number,
 *   lines: number,
 *   cut: boolean}} Placed
 * @typedef {{x: number, y: number, w: number, h: number}} Slip
 * @typedef {{cards: Placed[], slips: Slip[]}} Laid
 */

export const LEAD = 1.34;
/** Inside a card, in sizes of its text: above and below, left and right. */
/** @typedef {{padY: number, padX: number, gap: number}} Look */
/** @type {Look} */
const CARD = { padY: 0.72, padX: 0.8, gap: 0.62 };
/** As lines of a list, where many are to be read at once. @type {Look} */
const ROW = { padY: 0.14, padX: 0.8, gap: 0.5 };
/**
 * The smallest that can be read from the back of the room, and the smallest that is set at all. In
 * u.
 */
const READABLE = 2.3;
const SMALL = LEAST;

const columnsFor = (width, size, n) => Math.max(1, Math.min(n, Math.round(width / (size * 13.5))));

/**
 * Cards of one size, each under the shortest column, in order.
 * @returns {{cards: Placed[], height: number, how: number}}  how: words were divided
 */
function stack(cards, { x, y, w }, size, columns, most, measure, look) {
  const gap = look.gap * size;
  const wide = (w - gap * (columns - 1)) / columns;
  const filled = Array(columns).fill(0);
  let how = 0;
  const placed = cards.map(({ id, text, by }) => {
    const words = text ?? '';
    const said = by ? `${by}: ` : '';
    const wideText = (wide - 2 * look.padX * size) * 0.97;
    const set = lineUp(said + words, wideText, size, measure, 400, most);
    how = Math.max(how, set.how);
    const shown = Math.max(1, Math.min(most, set.count));
    const column = filled.reduce((best, height, i) => (height < filled[best] - 0.01 ? i : best), 0);
    const h = shown * LEAD * size + 2 * look.padY * size;
    const card = {
      id,
      text: () => {
        const text = set.text();
        return text.startsWith(said) ? text.slice(said.length) : words;
      },
      by,
      x: x + column * (wide + gap),
      y: y + filled[column],
      w: wide,
      h,
      size,
      lines: shown,
      cut: set.count > most,
    };
    filled[column] += h + gap;
    return card;
  });
  return { cards: placed, height: Math.max(0, ...filled) - (cards.length ? gap : 0), how };
}

/** All of one size, or null when there is no room. */
function uniform(cards, box, from, to, most, measure, look) {
  for (const { how, list } of ways(from, to, 0.93)) {
    for (const size of list) {
      const liked = columnsFor(box.w, size, cards.length);
      for (const columns of [liked, liked + 1, liked - 1]) {
        if (columns < 1 || columns > cards.length || box.w / columns < size * 8) continue;
        const laid = stack(cards, box, size, columns, most, measure, look);
        if (laid.height <= box.h && laid.how <= how) return level(laid, cards.length <= columns);
      }
    }
  }
  return null;
}

/** Cards side by side are of one height. */
const level = ({ cards, height }, oneRow) =>
  oneRow ? cards.map((card) => ({ ...card, h: height })) : cards;

/**
 * Blank slips in rows from the top of the box; as small as they must be. @returns {{slips: Slip[],
 * height: number}}
 */
function slipsOf(n, { x, y, w, h }) {
  if (!n) return { slips: [], height: 0 };
  let wide = 2.6;
  const rowsAt = (size) => Math.ceil(n / Math.max(1, Math.floor((w + size * 0.3) / (size * 1.3))));
  while (rowsAt(wide) * wide * 0.8 > h && wide > 0.02) wide *= 0.92;
  const across = Math.max(1, Math.floor((w + wide * 0.3) / (wide * 1.3)));
  const slips = Array.from({ length: n }, (_, i) => ({
    x: x + (i % across) * wide * 1.3,
    y: y + Math.floor(i / across) * wide * 0.8,
    w: wide,
    h: wide * 0.55,
  }));
  return { slips, height: Math.ceil(n / across) * wide * 0.8 };
}

/** As many of the newest as can be set small in the box, then slips for the rest. */
function smaller(cards, box, measure, look) {
  const gap = look.gap * SMALL;
  const columns = columnsFor(box.w, SMALL, 99);
  const tryWith = (n, most) => {
    const read = stack(cards.slice(0, n), box, SMALL, columns, most, measure, look);
    const left = cards.length - n;
    const under = { ...box, y: box.y + read.height + gap, h: box.h - read.height - gap };
    const room = Math.min(under.h, box.h * 0.24);
    const enough = !left || n === 0 || room >= Math.min(box.h * 0.15, 1.4 + left * 0.02);
    const slips = left
      ? slipsOf(left, { ...under, h: Math.max(0, room) })
      : { slips: [], height: 0 };
    const fits = enough && read.height + (left ? gap + slips.height : 0) <= box.h + 0.001;
    return fits ? { cards: read.cards, slips: slips.slips } : null;
  };
  for (const most of [6, 4, 3, 2]) {
    const all = tryWith(cards.length, most);
    if (all) return all;
  }
  let low = 0;
  let high = cards.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tryWith(middle, 2)) low = middle;
    else high = middle - 1;
  }
  return tryWith(low, 2) ?? { cards: [], slips: slipsOf(cards.length, box).slips };
}

/**
 * Lays cards into a box; box, sizes and results in u.
 * @param {Card[]} cards  oldest first
 * @param {{w: number, h: number}} area
 * @param {import('./fit.js').Measure} measure
 * @param {{max?: number, newestFirst?: boolean, rows?: boolean}} [options]  newestFirst: they
 *   come one by one, and the newest
 *   counts; rows: as a list, to be read at once
 * @returns {Laid}
 */
export function layCards(cards, area, measure, options = {}) {
  const { cards: placed, slips } = layAll(cards, area, measure, options);
  // Only what is shown in the end is worth its words.
  return { cards: placed.map((card) => ({ ...card, text: card.text() })), slips };
}

/**
 * The same, but whole: what there is no room for at once stands on pages that turn.
 * @param {Card[]} cards  @param {{w: number, h: number}} area
 * @param {import('./fit.js').Measure} measure
 * @param {{max?: number, newestFirst?: boolean, rows?: boolean}} [options]
 * @returns {Laid & {pages: Placed[][]}}  cards: those of every page
 */
export function turnCards(cards, area, measure, options = {}) {
  const laid = layAll(cards, area, measure, options);
  const whole = !laid.slips.length && !laid.cards.some(({ cut }) => cut);
  const found = (!whole && turning(cards, area, measure, options)) || { ...laid, pages: [] };
  const said = (list) => list.map((card) => ({ ...card, text: card.text() }));
  return { cards: said(found.cards), pages: found.pages.map(said), slips: found.slips };
}

/** So many pages are waited for; what there is more is to be read in the minutes. */
const MOST_PAGES = 6;
/** The newest on top of every page, whole, in half the height or a little more; null: too long. */
function newest(cards, box, max, measure, look) {
  for (const { how, list } of ways(max * 0.94, READABLE, 0.94))
    for (const size of list) {
      const columns = Math.min(cards.length, columnsFor(box.w, size, 99));
      const top = stack(cards.slice(0, columns), box, size, columns, 99, measure, look);
      if (top.height <= box.h * 0.5 && top.how <= how) return level(top, true);
    }
  const alone = stack(cards.slice(0, 1), box, SMALL, 1, 99, measure, look);
  return alone.height <= box.h * 0.66 ? alone.cards : null;
}

/** As many as stand whole in the box, small; one that is too long for it alone shows its beginning. */
function page(cards, box, measure, look) {
  const most = Math.floor((box.h - 2 * look.padY * SMALL) / (LEAD * SMALL) + 0.01);
  if (most < 2) return null;
  const tryWith = (n, columns) => {
    const laid = stack(cards.slice(0, n), box, SMALL, columns, most, measure, look);
    return laid.height <= box.h + 0.001 && !laid.cards.some(({ cut }) => cut) ? laid.cards : null;
  };
  for (let columns = columnsFor(box.w, SMALL, 99); columns > 0; columns--) {
    let found = null;
    for (let n = 1; n <= cards.length; n++) {
      const more = tryWith(n, columns);
      if (!more) break;
      found = more;
    }
    if (found)
      return (
        uniform(cards.slice(0, found.length), box, READABLE, SMALL, 99, measure, look) ?? found
      );
  }
  return stack(cards.slice(0, 1), box, SMALL, 1, most, measure, look).cards;
}

/** @returns {{cards: any[], pages: any[][], slips: Slip[]} | null} null: there is no room for pages */
function turning(all, area, measure, { max = 3.2, newestFirst = false, rows = false }) {
  const look = rows ? ROW : CARD;
  const box = { x: 0, y: 0, ...area };
  const ordered = newestFirst ? [...all].reverse() : all;
  const top = newestFirst && newest(ordered, box, max, measure, look);
  const under = top && pagesUnder(top, ordered, box, measure, look);
  if (under && !under.pages.flat().some(({ cut }) => cut)) return under;
  return pagesUnder([], ordered, box, measure, look);
}

/**
 * The other cards on pages under those that stay on each; what no page has is slips, beside the line
 * that says which page it is.
 */
function pagesUnder(cards, ordered, box, measure, look) {
  const y = cards.length ? Math.max(...cards.map((card) => card.y + card.h)) + look.gap * SMALL : 0;
  const pages = [];
  let left = ordered.slice(cards.length);
  while (left.length && pages.length < MOST_PAGES) {
    const next = page(left, { ...box, y, h: box.h - y - PAGE_LINE }, measure, look);
    if (!next) return null;
    pages.push(next);
    left = left.slice(next.length);
  }
  const foot = { x: 0, y: box.h - LEAST, w: box.w * 0.78, h: LEAST * 0.9 };
  return { cards, pages, slips: slipsOf(left.length, foot).slips };
}

function layAll(cards, area, measure, { max = 3.2, newestFirst = false, rows = false }) {
  const look = rows ? ROW : CARD;
  const box = { x: 0, y: 0, ...area };
  if (!cards.length || box.w < 4 || box.h < 3) return { cards: [], slips: [] };
  const ordered = newestFirst ? [...cards].reverse() : cards;
  // More lines than a wall can show need not be counted.
  const most = Math.ceil(box.h / (READABLE * LEAD));
  if (
    ordered.length * (READABLE * (LEAD + 2 * look.padY + look.gap)) <=
    box.h * columnsFor(box.w, READABLE, 99) * 1.2
  ) {
    const least = Math.min(READABLE, max);
    const same = uniform(ordered, box, max, least, most, measure, look);
    if (same && !same.some((card) => card.cut)) return { cards: same, slips: [] };
    if (!newestFirst) {
      for (const lines of [6, 4, 3]) {
        const clamped = uniform(ordered, box, least, least, lines, measure, look);
        if (clamped) return { cards: clamped, slips: [] };
      }
    }
  }
  return newestFirst
    ? falling(ordered, box, max, measure, look)
    : smaller(ordered, box, measure, look);
}

/** The newest large, the rest after them smaller. */
function falling(cards, box, max, measure, look) {
  for (const [scale, most, share] of [
    [0.94, 5, 0.5],
    [0.84, 5, 0.52],
    [0, 5, 0.54],
    [0, 4, 0.6],
    [0, 3, 0.66],
    [0, 2, 0.8],
    [0, 1, 1],
  ]) {
    const size = Math.max(READABLE, max * scale);
    const columns = columnsFor(box.w, size, 99);
    const count = Math.min(cards.length, columns);
    const large = stack(cards.slice(0, count), box, size, columns, most, measure, look);
    if (large.height > box.h * share) continue;
    const top = level(large, true);
    const y = box.y + large.height + look.gap * size;
    const rest = cards.slice(count);
    if (!rest.length) return { cards: top, slips: [] };
    if (box.h - (y - box.y) < 1) continue;
    const below = smaller(rest, { ...box, y, h: box.h - (y - box.y) }, measure, look);
    return { cards: [...top, ...below.cards], slips: below.slips };
  }
  return smaller(cards, box, measure, look);
}
