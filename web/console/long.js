// long.js -- what of a long list stands on the page: forty of it round the place that matters, more
// at a press, and people by name.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { t } from '../shared/i18n.js';
import { seatName } from './pieces.js';

/** From more than so many on a list is long. */
export const MOST = 40;
const STEP = 100;
/** So many of those before the place that matters are shown too. */
const BEFORE = 3;

/**
 * What is shown of a list, and how many stand before and after it.
 * @template T
 * @param {T[]} list
 * @param {number} place  what must be seen: an index, or beyond the end
 * @param {{before?: number, after?: number}} [more]  how many more were asked for
 * @param {(each: T) => boolean} [also]  shown wherever it stands
 * @returns {{rows: T[], before: number, after: number}}
 */
export function shownOf(list, place, { before = 0, after = 0 } = {}, also = () => false) {
  if (list.length <= MOST) return { rows: list, before: 0, after: 0 };
  const first = Math.max(0, Math.min(place - BEFORE, list.length - MOST));
  const [from, to] = [Math.max(0, first - before), Math.min(list.length, first + MOST + after)];
  return {
    rows: list.filter((each, i) => (i >= from && i < to) || also(each)),
    before: from,
    after: list.length - to,
  };
}

const more = (ctx, name, side, words) => {
  const mine = ctx.ui.more[name];
  return html`<button
    class="b text more"
    @click=${() => ctx.set({ more: { ...ctx.ui.more, [name]: { ...mine, [side]: (mine?.[side] ?? 0) + STEP } } })}
  >
    ${words}
  </button>`;
};

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {{name: string, list: any[], place: number, also?: (each: any) => boolean, key: (each:
 *   any) => any, row: (each: any) => any,
 *   body: (rows: any) => any}} it  name: what this list is called among the page's lists
 */
export function long(ctx, { name, list, place, also, key, row, body }) {
  const { rows, before, after } = shownOf(list, place, ctx.ui.more[name], also);
  return html` ${before ? more(ctx, name, 'before', t('console.more_before', { no: String(before) })) : nothing}
  ${body(repeat(rows, key, row))}
  ${after ? more(ctx, name, 'after', t('console.more_after', { no: String(after) })) : nothing}`;
}

/** Whether somebody is meant by what was typed: any part of the name or function. */
export const isMeant = (seat, text) =>
  [seatName(seat), seat.function].some((each) =>
    each?.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  );

/** Where people are many, a field that finds one. @param {import('./pieces.js').Ctx} ctx */
export function finder(ctx) {
  const { seats } = ctx.state;
  if (seats.length <= MOST) return nothing;
  const n = ctx.ui.find.trim() ? seats.filter((seat) => isMeant(seat, ctx.ui.find)).length : -1;
  return html`<div class="finder">
    <input
      class="field"
      type="search"
      aria-label=${t('console.find')}
      placeholder=${t('console.find')}
      autocomplete="off"
      .value=${live(ctx.ui.find)}
      @input=${(event) => ctx.set({ find: event.target.value })}
    />
    <p class="sub num" role="status">
      ${n < 0 ? '' : n ? t('console.find_count', { n }) : t('console.find_none')}
    </p>
  </div>`;
}
