// going.js -- what somebody says of themselves beside the meeting: what they are called, that they
// have to go or have left, and that two take their turn together.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import { zoneName } from '../shared/i18n.js';
import { ownZone, zone } from '../shared/zone.js';
import { seatOf } from '../shared/model.js';
import { button, ours } from './pieces.js';
import { isShared, whose } from './sharing.js';

/** Whose phone the seat is at. */
export const hostOf = (state, n) => seatOf(state, seatOf(state, n)?.with ?? n);

/** Everybody of this phone has left, by their own press or by the console's. */
export const isGone = ({ state, ui }) =>
  ui.seats.every((n) => seatOf(state, n)?.presence === 'left');

/** @param {import('./pieces.js').Context} c */
export const gone = (c) => ({
  body: html`<h1 class="mid">${c.t('phone.gone')}</h1>
    <p class="mid">${c.t('phone.go_then')}</p>`,
  foot: [button('back', c.t('phone.return')), button('fetch', c.t('phone.fetch_own'), 'quiet')],
});

/** One's own name, to mend. */
const rename = (c, n) => {
  const { name, function: job } = seatOf(c.state, n) ?? {};
  const what = whose(c, n, c.t('phone.rename'));
  return html`<details class="pick">
    <summary>${what}</summary>
    <form data-do="rename" data-slot=${n}>
      <label
        >${c.t('phone.name')}<input
          name="name"
          maxlength=${limits.name}
          .value=${name ?? ''}
          required
      /></label>
      <label
        >${c.t('phone.function')}<input
          name="function"
          maxlength=${limits.name}
          .value=${job ?? ''}
      /></label>
      <button class="quiet">${c.t('phone.save')}</button>
    </form>
  </details>`;
};

/** @param {import('./pieces.js').Context} c */
export function going(c) {
  const { t, state, ui } = c;
  const when = state.leaving.find((each) => ui.seats.includes(each.seat))?.leaves ?? '';
  return html`<div class="going">
    ${
      ui.seats.length > 1
        ? html`<label class="check"
            ><input
              type="checkbox"
              data-in="together"
              .checked=${Boolean(hostOf(state, ui.seats[0])?.together)}
            />${t('phone.together')}</label
          >`
        : nothing
    }
    <label
      ><span
        >${isShared(c) ? t('phone.leaves_two') : t('phone.leaves')}${zone() === ownZone() ? nothing : ` (${zoneName(zone())})`}</span
      ><input
        type="time"
        data-in="leaves"
        data-empty=${when ? nothing : ''}
        data-saved=${when}
        .value=${when}
    /></label>
    <p class="soft">${t('phone.leaves_who')}</p>
    ${ui.seats.map((n) => rename(c, n))}
    <details class="pick">
      <summary>${isShared(c) ? `${ours(c)}: ${t('phone.go')}` : t('phone.go')}</summary>
      <p>${t('phone.go_then')}</p>
      ${button('go', t('phone.go_now'), 'quiet')}
    </details>
  </div>`;
}
