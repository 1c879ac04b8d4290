// phone.js -- waiting for my turn is dusk: a place in the row, and a table to look at instead of a
// screen.
import { html, nothing } from 'lit-html';
import { waiting } from '../../shared/schedule.js';
import { ladder } from '../../phone/ladder.js';
import { speakersOf } from '../../phone/pieces.js';

/** Who comes next, in words: two names, or fewer if then it is me. */
function coming(c) {
  const order = waiting(c.state);
  const mine = order.findIndex((n) => c.ui.seats.includes(n));
  const names = order.slice(0, mine < 0 ? 2 : Math.min(mine, 2)).map((n) => speakersOf(c, n));
  if (!names.length || c.part.intro || !c.state.now.speaker) return nothing;
  const who = names.join(`, ${c.t('phone.and_then')} `);
  return html`${c.t('phone.then', { who })}<br /><span
      >${names.length === mine ? c.t('phone.then_you') : nothing}</span
    >`;
}

/** @param {import('../../phone/pieces.js').Context} c */
export default function turns(c) {
  const [large, small] = ladder(c);
  const { speaker, lap } = c.state.now;
  const over = speaker === null && lap > 0 && !c.state.now.queue.length;
  return {
    dusk: true,
    body: html`<div class="mid">
        ${c.ui.late?.lapHead(c)}
        <h1>${over ? c.t('phone.round_over') : large}</h1>
        <p class="when">${over ? '' : small}</p>
        ${c.ui.late?.ring(c)}
        <p class="then">${coming(c)}</p>
      </div>
      ${c.ui.late?.extra(c)}`,
    foot: html`${c.ui.late?.offer(c)} ${c.ui.late?.drawer(c)}`,
  };
}
