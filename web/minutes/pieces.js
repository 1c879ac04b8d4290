// pieces.js -- small things that the page's blocks are made of.
import { html, nothing } from 'lit-html';
import { apart, list, t } from '../shared/i18n.js';
import { seatOf } from '../shared/model.js';
import { callName, fullName } from '../shared/names.js';
import { filled } from '../shared/when.js';
import { authorsOf } from './read.js';

/**
 * What every view gets. `state` has in it what is being written; `saved` is as the server has it.
 * `minutes`: as the server words them, null until they have come; `stale`: newer ones do not come;
 * `published`: the public edition with what was found in it, once somebody looks at it.
 * @typedef {{
 *   minutes: import('../shared/draft.js').Minutes | null, stale: boolean,
 *   state: import('../shared/model.js').State, saved: import('../shared/model.js').State, role:
 *   string, secret: string, status: string, saving: boolean,
 *   ui: any,
 *   writing: import('./writing.js').Writing, waiting: number, pending: (answer: string) => boolean,
 *   set: (change: object) => void,
 *   write: (text: string) => void, pick: (change: object) => void, bring: () => void, putDown:
 *   (anyway?: boolean) => void,
 *   texts: ReturnType<typeof import('../shared/texts.js').deskTexts>,
 *   writers: ReturnType<typeof import('../shared/places.js').writers>, news: object,
 *   tell: (text: string, back?: () => any) => void, call: (name: string) => void,
 *   put: (answer: string, change: object | ((it: any) => object)) => Promise<any>, forward: (answer: string) => void,
 *   take: (point: import('runde:protocol').Contribution) => void,
 *   mended: (point: import('runde:protocol').Contribution, was: string) => void,
 *   move: (point: import('runde:protocol').Contribution, seat: number) => void,
 *   withdraw: (point: import('runde:protocol').Contribution) => void,
 *   connect: (point: import('runde:protocol').Contribution, ids: string[]) => void,
 *   send: (name: string, fields: object) => Promise<any>,
 *   fetch: (format: string, edition?: 'facilitator' | 'public') => void, go: (id: string) => void,
 *   keepForNext: () => void, back: () => void,
 *   published: ReturnType<typeof import('../shared/feed.js').feed>, lookAt: (isPublic: boolean) => void,
 *   share: (code: string, on: boolean) => void,
 *   mark: (find: import('./public.js').Find, choice: 'keep' | 'replace', instead?: string)
 *   => Promise<any>,
 *   choose: (contribution: string, on: boolean) => void,
 * }} Ctx
 */

/** "Mette, lærer"; one of the two where they are the same or one is missing. */
export const personText = (seat) =>
  [...new Set(fullName(seat).map(apart))].join(', ') ||
  t('minutes.seat', { no: String(seat.seat) });

/** How a person is called in a sentence. */
export function nameOf(state, n) {
  return callName(seatOf(state, n)) || t('minutes.seat', { no: String(n) });
}

/**
 * Who wrote a point, beside its words: after them in brackets, or before them; nothing where it is
 * nobody's.
 * @param {any} state  @param {import('runde:protocol').Contribution} point
 * @param {{first?: boolean}} [look]
 */
export function by(state, point, { first = false } = {}) {
  const authors = authorsOf(state, point);
  if (!authors.length) return nothing;
  const words = list(authors.map((seat) => nameOf(state, seat.seat)));
  return first ? html`<b>${words}:</b> ` : html` <span class="soft">(${words})</span>`;
}

/** Who is heard now, in words. */
export const floorWords = (state) =>
  state.now.answering === null
    ? t('minutes.has_floor', { name: nameOf(state, state.now.speaker) })
    : t('minutes.answers_now', {
        name: nameOf(state, state.now.answering),
        asker: nameOf(state, state.now.speaker),
      });

export const methodName = (method) => t('method.' + method);

/** Alone in its item and without a title of its own, a part goes by its item's. */
export const partTitle = (part) =>
  part.title || (part.item?.parts.length === 1 ? part.item.title : methodName(part.method));

export const button = (
  label,
  press,
  { look = '', disabled = false, pressed = undefined, title = undefined } = {},
) =>
  html` <button
    type="button"
    class=${`b ${look}`}
    ?disabled=${disabled}
    aria-pressed=${pressed ?? nothing}
    aria-label=${title ?? nothing}
    @click=${press}
  >
    ${label}
  </button>`;

/**
 * A date to pick; an empty one takes it away. @param {{value?: string, label: string, choose: (day:
 * string | undefined) => void}} it
 */
export const dateField = ({ value = '', label, choose }) =>
  html` <input
    class="field day"
    type="date"
    aria-label=${label}
    ?data-empty=${!value}
    .value=${value}
    @input=${(event) => filled(event.target, value, (day) => choose(day || undefined))}
  />`;

/** What is not settled says so in words, on a warm ground. */
export const open = (text) => html`<mark class="open">${text}</mark>`;
