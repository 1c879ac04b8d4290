// preparing.js -- the way to what whoever presents has prepared, and the dialog in which it is written.
import { html, nothing } from 'lit-html';
import { beforeLeft } from '../shared/before.js';
import { beforeFields } from '../shared/preparing.js';
import { t } from '../shared/i18n.js';
import { plain } from './pieces.js';

/** Nothing where nothing is asked. @param {import('./pieces.js').Ctx} ctx */
export const beforeButton = (ctx) =>
  ctx.state.before.length
    ? plain(t('console.before_open'), () => ctx.set({ dialog: { kind: 'before' } }), {
        look: 'small',
      })
    : nothing;

/** In the lobby: how far it is. @param {import('./pieces.js').Ctx} ctx */
export const preparing = (ctx) =>
  ctx.state.before.length
    ? html`<div class="h">
          <h2>${t('shared.before')}</h2>
          ${beforeButton(ctx)}
        </div>
        <p class="sub">${beforeLeft(ctx.state)}</p>`
    : nothing;

/** The dialog's content. @param {import('./pieces.js').Ctx} ctx */
export const beforeForm = (ctx) => (ctx.texts ? beforeFields(ctx) : nothing);
