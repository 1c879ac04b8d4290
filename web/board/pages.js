// pages.js -- what is too much for one page of the wall, even at the smallest size: several pages, that
// turn by themselves.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { LEAST } from './fit.js';
import { boxed } from './place.js';

/** How long a page stands. By the meeting's clock, so that every wall shows the same one. */
const STANDS = 20000;

export const turnedTo = (at, pages) => Math.floor(Math.max(0, at) / STANDS) % pages;

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

/** How high the line is that says which page it is. */
export const PAGE_LINE = LEAST * 1.3 + 1;

/** "2 / 3" at the foot of the box. */
export const pageLine = (page, pages, box) =>
  pages > 1
    ? html`<p
        class="label page-line num at"
        ${boxed({ ...box, y: box.y + box.h - LEAST * 1.3, h: LEAST * 1.3 })}
      >
        ${t('board.page_of', { n: page + 1, of: pages })}
      </p>`
    : nothing;
