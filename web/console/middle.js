// middle.js -- the middle block: what happens now, and the one wide button.
import { html, nothing } from 'lit-html';
import { has, t } from '../shared/i18n.js';
import { enabled, primary } from './actions.js';
import { lobbyView } from './lobby.js';
import { kbd, partTitle, seatName } from './pieces.js';
import * as icons from './icons.js';

/** From so many letters on, the wide button's words are set smaller. */
const LONG = 20;

/**
 * The wide button's words: those that the method has for it, or everybody's. @param
 * {import('./actions.js').Primary} it
 */
export function primaryWords({ label, method, values = {} }) {
  const name = values.seat ? seatName(values.seat) : '';
  const own = `${label}.${method}`;
  return t('console.primary.' + (has('console.primary.' + own) ? own : label), {
    name,
    title: values.part ? partTitle(values.part) : '',
    no: String(values.n ?? ''),
  });
}

/** @param {import('./pieces.js').Ctx} ctx */
export function wideButton(ctx) {
  const it = primary(ctx.state);
  if (!it) return nothing;
  const words = primaryWords(it);
  return html`<button
    class=${`big${words.length > LONG ? ' long' : ''}`}
    @click=${ctx.press}
    aria-keyshortcuts="Space Enter"
    ?disabled=${!enabled(ctx.state, it.action, it.arg)}
  >
    ${icons[it.icon]()}<span>${words}</span>${kbd(t('console.key_space'))}
  </button>`;
}

/** @param {import('./pieces.js').Ctx} ctx */
export const middleView = (ctx) =>
  html` <main class="col now-col" id="now" tabindex="-1">
    ${
      ctx.state.now.state === 'lobby'
        ? lobbyView(ctx, wideButton(ctx))
        : !ctx.rest
          ? html`<p class="sub" role="status">${t('console.connecting')}</p>`
          : ctx.state.now.state === 'closed'
            ? ctx.rest.endView(ctx)
            : ctx.rest.running(ctx)
    }
  </main>`;
