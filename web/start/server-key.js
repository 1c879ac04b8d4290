// server-key.js -- the field for the server's own key, where it asks for one. Pure.
import { html } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { t } from '../shared/i18n.js';

/** @param {import('./view.js').Model} model @param {import('./view.js').Acts} acts @param {string} id */
export const serverKey = (model, acts, id) =>
  html`<div class="f">
    <label for=${id}>${t('start.key')}</label>
    <input
      id=${id}
      class="field"
      type="password"
      autocomplete="off"
      .value=${live(model.key)}
      @input=${(event) => acts.set({ key: event.target.value })}
    />
  </div>`;
