// turns.js -- waiting for my turn is dusk: a place in the row, and a table to look at instead of a
// screen.
import { html, nothing } from 'lit-html';
import { waiting, waitOf } from '../../shared/schedule.js';
import { drawer, speakersOf } from '../pieces.js';

/** Where I stand, in words: [large, small]. */
export function ladder(c) {
  const { t, state, now } = c;
  const waits = c.ui.seats.map((n) => waitOf(state, n, now)).filter(Boolean);
  const wait = waits.sort((a, b) => a.place - b.place)[0];
  if (c.part.intro) return [t('phone.intro'), ''];
  if (!wait) {
    const heard = c.ui.seats.some((n) => state.now.heard.includes(n));
    return heard
      ? [t('phone.thanks_turn'), '']
      : [t('phone.listen'), c.ui.late?.excused(c) ? '' : t('phone.listen_then')];
  }
  const n = Math.max(1, Math.round(wait.ms / 60000));
  const when = wait.ms < 45000 ? t('phone.in_a_moment') : t('phone.in_minutes', { n });
  if (wait.place === 1)
    return state.now.speaker === null
      ? [t('phone.first'), t('phone.first_then')]
      : [t('phone.next'), when];
  return [wait.place === 2 ? t('phone.after_next') : t('phone.number', { n: wait.place }), when];
}

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

/** @param {import('../pieces.js').Context} c */
export default function turns(c) {
  const [large, small] = ladder(c);
  const { speaker, laps, lap } = c.state.now;
  const over = speaker === null && lap > 0 && !c.state.now.queue.length;
  return {
    dusk: true,
    body: html`<div class="mid">
        ${laps > 1 ? html`<p class="soft">${c.t('phone.lap', { n: lap, of: laps })}</p>` : nothing}
        <h1>${over ? c.t('phone.round_over') : large}</h1>
        <p class="when">${over ? '' : small}</p>
        ${c.ui.late?.ring(c)}
        <p class="then">${coming(c)}</p>
      </div>
      ${c.ui.late?.extra(c)}`,
    foot: html`${c.ui.late?.offer(c)} ${drawer(c)}`,
  };
}
