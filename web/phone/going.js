// going.js -- what somebody says of themselves beside the meeting: that they have to go, and that
// two take their turn together.
import { html, nothing } from 'lit-html';
import { zoneName } from '../shared/i18n.js';
import { ownZone, zone } from '../shared/zone.js';
import { seatOf } from '../shared/model.js';

/** Whose phone the seat is at. */
export const hostOf = (state, n) => seatOf(state, seatOf(state, n)?.with ?? n);

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
      ><span>${t('phone.leaves')}${zone() === ownZone() ? nothing : ` (${zoneName(zone())})`}</span
      ><input type="time" data-in="leaves" .value=${when}
    /></label>
    <p class="soft">${t('phone.leaves_who')}</p>
  </div>`;
}
