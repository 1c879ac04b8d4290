// answering.js -- those with a duty in a round. In one of clarifying questions whoever presents
// answers within the turn of whoever asked.
import { html, nothing } from 'lit-html';
import { facilitator, presenter } from '../shared/duty.js';
import { button, clock, nameOf } from './pieces.js';
import { isShared, whose } from './sharing.js';

const away = (c) => c.ui.status !== 'open' || c.state.now.state === 'paused';

/** Whether the part gives its presenter or its facilitator no turn, and that is me. */
export const excused = ({ state, part, ui }) =>
  (part.presenter_turn === false && ui.seats.includes(presenter(state, part)?.seat)) ||
  (part.facilitator_turn === false && ui.seats.includes(facilitator(state, part)?.seat));

/**
 * The asker's choices, in a round of questions: none to ask, which is an ordinary answer, or to
 * have it answered.
 */
export function askers(c) {
  const { answering, speaker } = c.state.now;
  const who = presenter(c.state, c.part)?.seat;
  if (!c.part.answers) return nothing;
  return html`<p class="row">
    ${
      answering
        ? button('answered', c.t('phone.answered'), 'quiet', undefined, away(c))
        : html`${button('done', c.t('phone.no_question'), 'quiet', undefined, away(c))}
          ${who && who !== speaker ? button('answer', c.t('phone.answer'), 'quiet', undefined, away(c)) : nothing}`
    }
  </p>`;
}

/** On the presenter's phone, while somebody asks. */
export const offer = (c) => {
  const { speaker, answering } = c.state.now;
  const who = presenter(c.state, c.part)?.seat;
  return c.part.answers && c.ui.seats.includes(who) && speaker && !answering
    ? button('answer', whose(c, who, c.t('phone.i_answer')), 'quiet', undefined, away(c))
    : nothing;
};

/** On the presenter's phone, while answering: the time is still the asker's. */
export const answering = (c) => ({
  body: html`<div class="floor">
    <h1>
      ${isShared(c) ? c.t('phone.answers', { name: nameOf(c, c.state.now.answering) }) : c.t('phone.you_answer')}<span
        >${c.t('phone.asked', { name: nameOf(c, c.state.now.speaker) })}</span
      >
    </h1>
    ${clock(c, true)}
  </div>`,
  foot: button('answered', c.t('phone.answered'), 'primary', undefined, away(c)),
});
