// chief.js -- on the start page: a link for the chief of several schools, and the code of it for leaders.
// Pure.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { serverKey } from './server-key.js';
import { wrongWords } from './wrong.js';

/** What is to be copied, with why. */
const given = (model, acts, id, value, label, how) =>
  html`<div class="f">
    <label for=${id}>${label}</label>
    <p class="hint" id=${`${id}-how`}>${how}</p>
    <div class="code-row">
      <input
        class="field num"
        id=${id}
        readonly
        .value=${value}
        aria-describedby=${`${id}-how`}
        @focus=${(event) => event.target.select()}
      />
      <button
        type="button"
        class="b"
        aria-label=${t('start.chief_copy', { name: label })}
        @click=${() => acts.copy(value, document.getElementById(id))}
      >
        ${model.copied === value ? t('start.copied') : t('start.copy')}
      </button>
    </div>
  </div>`;

const made = (model, acts, { link, code }) =>
  html`${given(model, acts, 'chief-link', link, t('start.chief_link'), t('start.chief_link_how'))}
    ${given(model, acts, 'chief-code', code, t('start.chief_code'), t('start.chief_code_how'))}
    <div class="row"><a class="b" href=${link}>${t('start.chief_open')}</a></div>`;

/** @param {import('./view.js').Model} model @param {import('./view.js').Acts} acts */
export const chief = (model, acts) =>
  html`<section class="box chief" aria-labelledby="chief-h">
    <h2 id="chief-h" tabindex="-1">${t('start.chief')}</h2>
    <p class="hint">${t('start.chief_how')}</p>
    ${
      model.chief
        ? made(model, acts, model.chief)
        : html`${model.chiefWrong?.status === 401 && model.needsKey ? serverKey(model, acts, 'chief-key') : nothing}
            ${model.chiefWrong ? html`<p class="error" role="alert">${wrongWords(model.chiefWrong)}</p>` : nothing}
            <div class="row">
              <button type="button" class="b" @click=${acts.chief}>${t('start.chief_make')}</button>
            </div>`
    }
  </section>`;
