// turn.js -- what is too much for one place of the wall, even at the smallest size, stands on several
// pages that turn by themselves. Pure.
import { LEAST, fitList, lineUp, sizes, wrapTo } from './fit.js';

/** How long a page stands. By the meeting's clock, so that every wall shows the same one. */
const STANDS = 20000;

export const turnedTo = (at, pages) => Math.floor(Math.max(0, at) / STANDS) % pages;

/** How high the line is that says which page it is. */
export const PAGE_LINE = LEAST * 1.3 + 1;

/**
 * Which things stand on which page, in their order: as many on each as there is room for.
 * @param {number[]} heights
 * @returns {number[][]}  for each page the numbers of its things
 */
export function pagesOf(heights, room, gap = 0) {
  /** @type {number[][]} */
  const pages = [[]];
  let used = 0;
  heights.forEach((height, i) => {
    const page = pages.at(-1);
    if (page.length && used + gap + height > room) {
      pages.push([i]);
      used = height;
    } else {
      used += (page.length ? gap : 0) + height;
      page.push(i);
    }
  });
  return pages;
}

/**
 * Rows in one size, whole: all at once, or on as few pages as the smallest size takes, as large as
 * these allow.
 * @param {{text: string, part: number}[][]} rows
 * @param {{w: number, h: number, max: number, min: number, lead: number, gap: number,
 *   foot?: number}} box  foot: what the line takes that says which page it is
 * @param {number} at  the meeting's clock
 * @param {import('./fit.js').Measure} measure
 * @returns {{size: number, texts: string[][], from: number, page: number, pages: number, most: number,
 *   height: number}}  most: lines of a row; height: of the highest page
 */
export function turnRows(rows, box, at, measure) {
  const { w, h, max, min, lead, gap, foot = PAGE_LINE } = box;
  const all = fitList(rows, box, measure);
  if (all.whole)
    return {
      ...{ size: all.size, texts: all.texts, from: 0, page: 0, pages: 1 },
      ...{ most: all.room, height: all.height },
    };
  const room = h - foot;
  const paged = (size) => {
    const most = Math.max(1, Math.floor(room / (size * lead)));
    const set = rows.map((row) =>
      row.map(({ text, part }) => lineUp(text, w * part * 0.97, size, measure, 400, most)),
    );
    const heights = set.map(
      (row) => Math.max(1, ...row.map(({ count }) => Math.min(count, most))) * size * lead,
    );
    const how = Math.max(...set.flat().map((cell) => cell.how));
    const pages = pagesOf(heights, room, gap * size);
    const highs = pages.map((page) =>
      page.reduce((sum, i) => sum + heights[i], (page.length - 1) * gap * size),
    );
    return { size, most, how, pages, height: Math.max(...highs) };
  };
  const least = paged(min);
  const best =
    sizes(max, min)
      .map(paged)
      .find(({ how, pages }) => how <= least.how && pages.length <= least.pages.length) ?? least;
  const page = turnedTo(at, best.pages.length);
  const mine = best.pages[page];
  const texts = mine.map((i) =>
    rows[i].map(
      ({ text, part }) => wrapTo(text, w * part * 0.97, best.size, best.most, measure).text,
    ),
  );
  return {
    ...{ size: best.size, texts, from: mine[0], page, pages: best.pages.length },
    ...{ most: best.most, height: best.height },
  };
}
