// minutes.js -- deciding: the answers stand above the whole agenda, and here the way to them and
// what was suggested.
import { html } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { said } from '../../minutes/part.js';

/** @param {import('../../minutes/pieces.js').Ctx} ctx */
export default (ctx, part, headed) =>
  html`<p class="soft">
      ${t('minutes.answers_above')}${' '}
      <a
        href="#answers"
        @click=${(event) => {
          event.preventDefault();
          ctx.go('answers');
        }}
        >${t('minutes.decisions')}</a
      >
    </p>
    ${said(ctx, part, headed)}`;
