// heed.js -- before a text goes where others see it: is it somebody's own that stands in it?
import { html, nothing } from 'lit-html';
import { looksLike } from '../shared/heeded.js';
import { personal } from '../shared/personal.js';
import { button } from './pieces.js';

const namesOf = ({ state }) => state.seats.map((seat) => seat.name);

/** What a text looks like, "" for nobody's. @param {{state: any}} c */
export const heedOf = (c, text) => personal(text ?? '', namesOf(c)) ?? '';

/** While it is being written, where it goes to others without a press. */
export const hint = (c, text) => {
  const what = heedOf(c, text);
  return what
    ? html`<p class="time" role="status">${looksLike(what)} ${c.t('phone.heed_why')}</p>`
    : nothing;
};

/** @param {import('./pieces.js').Context} c  ui.heed: what it looks like, and what is done then */
export const heed = ({ t, ui }) =>
  ui.heed
    ? html`<div class="said" role="alertdialog" aria-labelledby="heed" aria-describedby="heed-why">
        <b id="heed">${looksLike(ui.heed.what)}</b><span id="heed-why">${t('phone.heed_why')}</span>
        <p class="row">
          ${button('heed_back', t('shared.heed_back'))}
          ${button('heed_go', t('phone.heed_go'), 'quiet')}
        </p>
      </div>`
    : nothing;
