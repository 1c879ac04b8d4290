// pieces.js -- what several screens of the phone are made of. All pure: what a press means stands
// in data-do, read by main.js.
import { html, nothing } from 'lit-html';
import { face } from '../shared/clock.js';
import { list } from '../shared/i18n.js';
import { seatOf } from '../shared/model.js';
import { callName } from '../shared/names.js';
import { left, turnFraction, voices } from '../shared/schedule.js';

/**
 * What a screen is made from. part: the running part with its item; seat: whose turn it is to write
 * here.
 * @typedef {{state: import('../shared/model.js').State, ui: any, t: typeof
 *   import('../shared/i18n.js').t, now: number,
 *   part: any, seat: number}} Context
 */

/** A name for a seat that may have none. */
export const nameOf = ({ state, t }, n) => callName(seatOf(state, n)) || t('phone.seat', { n });

/** All who share this phone. */
export const ours = (c) => list(c.ui.seats.map((n) => nameOf(c, n)));

/** Two or three at this phone. */
export const isShared = ({ ui }) => ui.seats.length > 1;

/** Whose that is, before the words, where several share the phone. */
export const whose = (c, n, words) => (isShared(c) ? `${nameOf(c, n)}: ${words}` : words);

/** Whether what is one person's alone may be seen: whoever shares the phone has said who they are. */
export const isOpen = (c) => !isShared(c) || c.ui.opened === c.seat;

/** All whose turn it is when the seat has the floor. */
export const speakersOf = (c, n) => list(voices(c.state, n).map((each) => nameOf(c, each)));

/** over: time after the end is counted, which of a person is nobody else's business. */
export const clock = (c, over = !c.state.now.speaker) => {
  const ms = left(c.state, c.now) ?? 0;
  return html`<div class="clock num" role="timer">
    <svg viewBox="0 0 48 48" aria-hidden="true">
      <circle cx="24" cy="24" r="21.5" />
      <circle
        class="arc"
        cx="24"
        cy="24"
        r="21.5"
        pathLength="100"
        stroke-dasharray="${100 * turnFraction(c.state, c.now)} 100"
      />
    </svg>
    <p>
      <b>${face(ms, over)}</b><span>${over && ms < 0 ? c.t('phone.over') : c.t('phone.left')}</span>
    </p>
  </div>`;
};

export const button = (act, text, kind = 'primary', value = undefined, off = false) =>
  html`<button
    class=${kind}
    data-do=${act}
    value=${value ?? nothing}
    aria-disabled=${off || nothing}
  >
    ${text}
  </button>`;

/** The question of the part, or what it is about, with its clock. */
export const question = (c, over = undefined) =>
  html`<div class="ask">
    <div>
      ${c.part.lead && html`<p class="soft">${c.part.lead}</p>`}
      ${c.part.questions?.length ? c.part.questions.map((text) => html`<h1>${text}</h1>`) : html`<h1>${c.part.text ?? c.part.item.goal ?? c.part.item.title}</h1>`}
    </div>
    ${clock(c, over)}
  </div>`;
