// phone.js -- the question, who speaks, and a hand to raise; the list of speakers is at a tap.
import { html, nothing } from 'lit-html';
import { drawer } from '../../phone/notepad.js';
import { button, nameOf, question } from '../../phone/pieces.js';
import { compose, points } from '../../phone/points.js';
import { whose, writers } from '../../phone/sharing.js';

/** A button for each who sits at this phone: its name is on it where they are several. */
function hand(c, seat) {
  const { t, ui } = c;
  const { hands, closed, state } = c.state.now;
  const up = hands.includes(seat);
  const shut = closed && !up;
  const off = ui.status !== 'open' || state === 'paused';
  const words = shut ? t('phone.list_closed') : up ? t('phone.hand_down') : t('phone.hand_up');
  return html`${button('hand', whose(c, seat, words), up || shut ? 'quiet' : 'primary', seat, shut || off)}
  ${c.part.remarks && !up && !shut ? button('remark', whose(c, seat, t('phone.remark')), 'quiet', seat, off) : nothing}`;
}

/** Where a hand that is up stands in the row. */
const place = (c, seat) => {
  const n = c.state.now.queue.indexOf(seat) + 1;
  return !n
    ? nothing
    : html`<p class="then">
        ${whose(c, seat, n === 1 ? c.t('phone.next') : c.t('phone.number', { n }))}
      </p>`;
};

/** @param {import('../../phone/pieces.js').Context} c */
export default function dialogue(c) {
  const { t, ui } = c;
  const { speaker, queue } = c.state.now;
  return {
    dusk: speaker !== null,
    body: html`${question(c)}
      <p class="then">
        <b>${speaker ? t('phone.speaks', { name: nameOf(c, speaker) }) : t('phone.floor_free')}</b>
      </p>
      ${ui.seats.map((n) => place(c, n))}
      ${
        queue.length
          ? html`<details class="pick">
              <summary>${t('phone.list', { n: queue.length })}</summary>
              <ol>
                ${queue.map((n) => html`<li>${nameOf(c, n)}</li>`)}
              </ol>
            </details>`
          : nothing
      }
      ${points(c, () => true, false)} ${writers(c)} ${compose(c, t('phone.point'))}`,
    foot: html`${ui.seats.map((n) => hand(c, n))} ${drawer(c)}`,
  };
}
