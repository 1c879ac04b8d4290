// door.js -- who stands outside: the door closed or open, and phones that wait for a word.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { seatOf } from '../shared/model.js';
import { act, nameOf, plain } from './pieces.js';
import * as icons from './icons.js';

const whoOf = (knock) => [knock.name, knock.function].filter(Boolean).join(', ');

/** Whether somebody at the table is called like that too. */
const isKnown = (state, { name }) =>
  state.seats.some((seat) => name && seat.name?.toLowerCase() === name.toLowerCase());

/** What somebody outside wants: in, or back in; or the seat that they had on another phone. */
function asks({ state, connected }, knock) {
  const seat = seatOf(state, knock.claim);
  if (!knock.claim) {
    const who = whoOf(knock) || t('console.knock_nameless');
    return [t('console.knock', { who }), isKnown(state, knock) ? t('console.knock_known') : ''];
  }
  const name = nameOf(state, knock.claim);
  if (seat?.presence === 'left') return [t('console.knock_out', { name })];
  return [
    t('console.knock_claim', { name }),
    connected.has(knock.claim) ? t('console.knock_in_use', { name }) : '',
  ];
}

/** @param {any} state  @param {import('runde:protocol').Knock} knock */
const words = (state, knock, letIn) =>
  knock.claim && seatOf(state, knock.claim)?.presence !== 'left'
    ? letIn
      ? t('console.give_seat')
      : t('console.not_seat')
    : letIn
      ? t('console.let_in')
      : t('console.not_in');

/** That somebody tries to get in, and what can be done about it. @param {import('./pieces.js').Ctx} ctx */
export const guesses = ({ guessed, state }) =>
  guessed
    ? html`<p class="guesses" role="status">
        ${t('console.guessed_' + guessed)}
        ${state.now.state === 'closed' || state.door.closed ? nothing : t('console.guessed_door')}
      </p>`
    : nothing;

/** Nothing happens to the phones before somebody says so. @param {import('./pieces.js').Ctx} ctx */
export const knocks = (ctx) => {
  const list = ctx.state.door.knocks ?? [];
  return list.length
    ? html`<div role="status">
        <ul class="knocks" aria-label=${t('console.knocks')}>
          ${list.map(
            (knock) =>
              html`<li>
                <span>${asks(ctx, knock).filter(Boolean).join(' ')}</span>
                <div class="row">
                  ${[true, false].map((letIn) =>
                    plain(
                      words(ctx.state, knock, letIn),
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
