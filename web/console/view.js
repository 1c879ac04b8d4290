// view.js -- the whole page, as a pure function of the meeting and of what this page alone knows.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { planView } from './plan.js';
import { peopleView } from './people.js';
import { middleView } from './middle.js';
import { timeless, toast } from './pieces.js';
import { stripView } from './strip.js';

const TABS = ['now', 'plan', 'table'];

/** On a phone one block at a time. */
const tabs = (ctx) =>
  html` <nav class="tabs" aria-label=${t('console.blocks')}>
    ${TABS.map((tab) => html`<button aria-pressed=${ctx.ui.tab === tab ? 'true' : 'false'} @click=${() => ctx.set({ tab })}>${t('console.tab.' + tab)}</button>`)}
  </nav>`;

/** @param {import('./pieces.js').Ctx} ctx */
export const view = (ctx) =>
  html` <a class="skip" href="#now">${t('console.skip')}</a>
    ${stripView(ctx)}
    <div class=${`cols tab-${ctx.ui.tab}`}>
      ${planView(ctx)}${middleView(ctx)}${timeless(ctx, () => peopleView(ctx))}
    </div>
    ${tabs(ctx)} ${ctx.rest?.dialogView(ctx)} ${timeless(ctx, () => ctx.rest?.sheetView(ctx))}
    ${ctx.ui.dialog || ctx.ui.late ? nothing : toast(ctx)}`;

/**
 * Before there is anything to show, or when there never will be. @param {string} text @param {any}
 * [button]
 */
export const waitView = (text, button = nothing) =>
  html`<main class="wait">
    <p role="status">${text}</p>
    ${button}
  </main>`;
