// dialogue.js -- the question, who speaks, and a hand to raise; the list of speakers is at a tap.
import { html, nothing } from 'lit-html';
import { button, drawer, nameOf, question } from '../pieces.js';
import { compose, points } from '../points.js';

/** @param {import('../pieces.js').Context} c */
export default function dialogue(c) {
  const { t, ui } = c;
  const { speaker, queue, hands, closed, state } = c.state.now;
  const up = hands.includes(c.seat);
  const shut = closed && !up;
  return {
    dusk: speaker !== null,
    body: html`${question(c)}
      <p class="then"><b>${speaker ? t('phone.speaks', { name: nameOf(c, speaker) }) : t('phone.floor_free')}</b></p>
      ${queue.length
        ? html`<details class="pick">
            <summary>${t('phone.list', { n: queue.length })}</summary>
            <ol>${queue.map((n) => html`<li>${nameOf(c, n)}</li>`)}</ol>
          </details>`
        : nothing}
      ${points(c, () => true, false)} ${compose(c, t('phone.point'))}`,
    foot: html`${button('hand', shut ? t('phone.list_closed') : up ? t('phone.hand_down') : t('phone.hand_up'), up || shut ? 'quiet' : 'primary', undefined, shut || ui.status !== 'open' || state === 'paused')}
      ${drawer(c)}`,
  };
}
