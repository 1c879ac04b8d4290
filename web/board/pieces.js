// pieces.js -- what the pages of the board are put together from: question, speaker, the next,
// cards, the header's times. Each says how high it is, so that what stands under it knows where to
// begin. Lengths in u.
import { html, nothing, svg } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { expectedEnd, minuteOf, partLeft, toldAt } from '../shared/schedule.js';
import { date, hours, t } from '../shared/i18n.js';
import { turnCards } from './cards.js';
import { questionOf } from './choose.js';
import { callName } from '../shared/names.js';
import { LEAST, fitList, fitText } from './fit.js';
import { layGroups } from './groups.js';
import { pageLine } from './pages.js';
import { boxed, keeper, vars } from './place.js';
import { inCircle, timeArc } from './table.js';
import { turnedTo } from './turn.js';

/**
 * What every view is given.
 * @typedef {{state: import('../shared/model.js').State, part: any, at: number, wifi: string,
 *   frame: import('./frame.js').Frame,
 *   measure: import('./fit.js').Measure, left: import('./arc.js').Left, status: string, host: string}} View
 * @typedef {{html: any, height: number}} Piece
 */

/** A time of day from the meeting clock, as it is said: "9.47". */
export const timeOf = (at) => hours(minuteOf(at));

export const dayOf = (day) => date(day, { day: 'numeric', month: 'long' });
export const weekdayOf = (day) => date(day, { weekday: 'long', day: 'numeric', month: 'long' });

/**
 * What is left of the part in words: whole minutes, never a person's seconds; nothing after the
 * end.
 */
export function minutesLeft({ state, part, at }) {
  const rest = partLeft(state, at);
  if (rest === null || rest <= 0) return '';
  // What lasts no longer than a minute would be in its last one from the first second.
  return rest <= 60000 && part.ms > 60000
    ? t('board.last_minute')
    : t('board.minutes_left', { n: Math.ceil(rest / 60000) });
}

/** @param {View} view */
export const endsAt = ({ state, at }) => timeOf(toldAt(state, expectedEnd(state, at), at));

/** Name of a part as people say it. */
export const partName = (part) => part.title || t('method.' + part.method);

/** @returns {Piece} */
export function questionPiece({ part, measure }, { w, h, max = 3.6 }) {
  const { lead, questions } = questionOf(part);
  if (!questions.length) return { html: nothing, height: 0 };
  const leadHeight = lead ? 4.6 : 0;
  const fitted = fitList(
    questions,
    { w, h: Math.max(3, h - leadHeight), max, min: LEAST, gap: 0.5 },
    measure,
  );
  return {
    html: html`<div class="question" ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}>
      ${lead ? html`<p class="label line">${lead}</p>` : nothing}
      ${fitted.texts.map(([question]) => html`<p class="ask clamp">${question}</p>`)}
    </div>`,
    height: fitted.height + leadHeight,
  };
}

/** A name as large as there is room for, and what the person does. @returns {Piece} */
export function namePiece(
  { measure },
  person,
  { w, h, max = 15, word = t('board.has_floor'), waits = false },
) {
  const fitted = fitText(
    callName(person),
    { w, h: h - 4.6, max, min: 4, lead: 1.06, weight: 600, most: 2 },
    measure,
  );
  const under = fitText(
    [person.name ? person.function : '', word].filter(Boolean).join(' · '),
    { w, h: 7, max: 3, min: LEAST, lead: 1.35, most: 2 },
    measure,
  );
  const height =
    fitted.lines.length * fitted.size * 1.06 + 0.6 + under.lines.length * under.size * 1.35;
  return {
    html: html`<div
      class=${waits ? 'who waits' : 'who'}
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      <h2 class="clamp">${fitted.text}</h2>
      <p class="soft clamp" ${vars({ size: under.size.toFixed(3), most: under.lines.length })}>
        ${under.text}
      </p>
    </div>`,
    height,
  };
}

/** Whoever is not named large already. */
export const nextOf = ({ speaker, next }) =>
  speaker ? nextPiece(speaker, next) : nextPiece(next[0] ?? null, next.slice(1));

/** A calm sentence where a name would stand. @returns {Piece} */
export function wordPiece({ measure }, text, under, { w, h, max = 8 }) {
  const fitted = fitText(
    text,
    { w, h: h - (under ? 8 : 0), max, min: 3.4, lead: 1.14, weight: 600, most: 4 },
    measure,
  );
  return {
    html: html`<div
      class="who word"
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      <h2 class="clamp">${fitted.text}</h2>
      ${under ? html`<p class="soft under">${under}</p>` : nothing}
    </div>`,
    height: fitted.lines.length * fitted.size * 1.14 + (under ? 8 : 0),
  };
}

/** From so many letters on, a name is left out of a label, and set smaller beside another. */
const LONG_NAME = 20;

/** The next two; remark: who asks for no more than a short one. @returns {Piece} */
export function nextPiece(speaker, next, label = '') {
  if (!next.length) return { html: nothing, height: 0 };
  const names = next.map(callName).join('').length;
  const long = speaker && callName(speaker).length > LONG_NAME;
  const after = long ? t('board.next') : speaker && t('board.after', { name: callName(speaker) });
  const first = label || after || t('board.first');
  const labels = [first, t('board.then')];
  return {
    html: html`<div class=${names > 1.5 * LONG_NAME ? 'then long' : 'then'}>
      ${next.map(
        (person, i) =>
          html`<div>
            <span class="label line">${person.remark ? t('board.remark') : labels[i]}</span
            ><span class="line">${callName(person)}</span>
          </div>`,
      )}
    </div>`,
    height: 8.6,
  };
}

/**
 * What stands in an area: pages that turn, where not all of it has room at once.
 * @typedef {import('./groups.js').Grouped & {pages: import('./cards.js').Placed[][]}} Area
 */

/**
 * Several areas of one page, each with its own last layout. @type {Map<string, (key: string, make:
 * () => Area) => Area>}
 */
const areas = new Map();

/**
 * Cards that always fit; with `grouped`, under the headings that the facilitator gave them.
 * @param {View} view
 * @param {string} area  which area of the page it is
 * @param {import('./cards.js').Card[]} cards
 * @param {import('./frame.js').Box} box
 */
export function cardsIn(
  { state, measure, at },
  area,
  cards,
  box,
  { newestFirst = false, max = 3.2, quiet = false, grouped = false, rows = false } = {},
) {
  if (!areas.has(area)) areas.set(area, keeper());
  const here = new Set(cards.map(({ id }) => id));
  const groups = grouped
    ? state.groups.filter(({ contributions }) => contributions.some((id) => here.has(id)))
    : [];
  const key = `${box.w} ${box.h} ${JSON.stringify(groups)} ${cards.map(({ id, by, text }) => `${id} ${by} ${text}`).join('\n')}`;
  const found = areas.get(area)(key, () =>
    groups.length
      ? {
          pages: [],
          ...layGroups(cards, groups, box, measure, { max, rows, rest: t('board.others') }),
        }
      : {
          heads: [],
          rows,
          ...turnCards(cards, { w: box.w, h: box.h }, measure, { newestFirst, max, rows }),
        },
  );
  const { pages } = found;
  const page = turnedTo(at, Math.max(1, pages.length));
  return html`<ul
      class=${`cards at${quiet ? ' quiet' : ''}${found.rows ? ' rows' : ''}`}
      ${boxed(box)}
    >
      ${repeat(
        found.heads,
        (head) => head.id,
        (head) => html`<li class="group-head at" ${boxed(head)}><h3>${head.text}</h3></li>`,
      )}
      ${repeat(
        [...found.cards, ...(pages[page] ?? [])],
        (card) => card.id,
        (card) =>
          html`<li
            class="card"
            ${vars({
              x: card.x.toFixed(3),
              y: card.y.toFixed(3),
              w: card.w.toFixed(3),
              h: card.h.toFixed(3),
              size: card.size.toFixed(3),
              most: card.lines,
            })}
          >
            <p class="clamp">
              ${card.by ? html`<span class="by">${card.by}:</span> ` : nothing}${card.text}
            </p>
          </li>`,
      )}
      ${found.slips.length ? slips(found.slips, box) : nothing}
    </ul>
    ${pageLine(page, pages.length, box)}`;
}

const slips = (all, { w, h }) =>
  html`<li class="slips">
    <svg viewBox="0 0 ${w.toFixed(2)} ${h.toFixed(2)}" aria-hidden="true">
      <path
        d=${all.map((s) => `M${s.x.toFixed(2)} ${s.y.toFixed(2)}h${s.w.toFixed(2)}v${s.h.toFixed(2)}h${(-s.w).toFixed(2)}z`).join('')}
      ></path></svg
    ><span class="vh">${t('board.more_cards', { n: all.length })}</span>
  </li>`;

/** Blocks under each other in a column; `fill` gets what is left between them and `foot`. */
export function column(box, blocks, foot, fill) {
  let y = box.y;
  const placed = blocks
    .filter(({ height }) => height > 0)
    .map(({ html: content, height, gap = 0 }) => {
      const at = { x: box.x, y: y + gap, w: box.w, h: height };
      y += gap + height;
      return html`<div class="at" ${boxed(at)}>${content}</div>`;
    });
  const footY = box.y + box.h - foot.height;
  const rest = { x: box.x, y: y + 3.4, w: box.w, h: footY - (foot.height ? 3 : 0) - y - 3.4 };
  return html`${placed}${fill(rest)}
  ${foot.height ? html`<div class="at" ${boxed({ x: box.x, y: footY, w: box.w, h: foot.height })}>${foot.html}</div>` : nothing}`;
}

/** The circle that shows a part's time where no table stands. */
export const dial = (left) =>
  html`<svg class="dial" viewBox="-50 -50 100 100" aria-hidden="true">
    ${timeArc(left, 38, 16)}
  </svg>`;

/** What stands in the table's middle while people talk: what it all is about. */
export function focusMiddle(view, { time = false } = {}) {
  const { state, measure } = view;
  const { focus, title } = state.meeting;
  const minutes = time ? minutesLeft(view) : '';
  return (room) => {
    const inner = minutes ? { ...room, h: room.h - 4.6 } : room;
    return html`${inCircle(focus ? t('board.focus') : '', focus || title, measure)(inner)}
    ${minutes ? html`<p class=${view.left.nearly ? 'minutes nearly' : 'minutes'}>${minutes}</p>` : nothing}`;
  };
}

/** Who has the floor, for a page with the table beside it. @returns {Piece} */
export function floorPiece(view, floor, size) {
  const { state } = view;
  if (floor.speaker) return namePiece(view, floor.speaker, size);
  // Before the first has begun, the name stands there already, in the colour of waiting.
  if (floor.next.length)
    return namePiece(view, floor.next[0], { ...size, word: t('board.begins'), waits: true });
  return state.now.heard.length
    ? wordPiece(view, t('board.all_heard'), '', size)
    : { html: nothing, height: 0 };
}

/**
 * The sign before an answer: filled, half or open, like a seat; the words beside it say the same.
 */
export const mark = (done) =>
  html`<svg class="mark ${done}" viewBox="0 0 36 36" aria-hidden="true">
    ${
      done === 'yes'
        ? svg`<circle cx="18" cy="18" r="15" class="full"></circle><path d="M11 18.5l5 5 9-10" class="tick"></path>`
        : svg`<circle cx="18" cy="18" r="13.5" class="open"></circle>`
    }
    ${done === 'part' ? svg`<path d="M18 4.5a13.5 13.5 0 0 0 0 27z" class="half"></path>` : nothing}
  </svg>`;
