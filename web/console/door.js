// door.js -- who stands outside: the door closed or open, and phones that wait for a word.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { act, nameOf, plain } from './pieces.js';
import * as icons from './icons.js';

const asks = (state, knock) =>
  knock.claim
    ? t('console.knock_claim', { name: nameOf(state, knock.claim) })
    : t('console.knock', {
        who: [knock.name, knock.function].filter(Boolean).join(', ') || t('console.knock_nameless'),
      });

/** Nothing happens to the phones before somebody says so. @param {import('./pieces.js').Ctx} ctx */
export const knocks = (ctx) => {
  const list = ctx.state.door.knocks ?? [];
  return list.length
    ? html`<div role="status">
        <ul class="knocks" aria-label=${t('console.knocks')}>
          ${list.map(
            (knock) =>
              html`<li>
                <span>${asks(ctx.state, knock)}</span>
                <div class="row">
                  ${[true, false].map((letIn) =>
                    plain(
                      letIn ? t('console.let_in') : t('console.not_in'),
                      () => ctx.send('knock.answer', { phone: knock.phone, let_in: letIn }),
                      { look: letIn ? 'small go' : 'small' },
                    ),
                  )}
                </div>
              </li>`,
          )}
        </ul>
      </div>`
    : nothing;
};

export const doorButton = (ctx) =>
  html`<div class="row door-row">
    ${act(ctx, { action: 'door', label: ctx.state.door.closed ? t('console.door_open') : t('console.door_close'), look: 'small', icon: ctx.state.door.closed ? icons.lock() : icons.unlock() })}
    ${ctx.state.door.closed ? html`<span class="sub">${t('console.door_closed')}</span>` : nothing}
  </div>`;
