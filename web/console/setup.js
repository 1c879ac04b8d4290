// setup.js -- before the meeting: the three things that go wrong in real rooms, asked one by one,
// and what to do about each.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { pairForm } from './pair.js';
import { plain } from './pieces.js';
import { secretQr } from './qr.js';
import * as icons from './icons.js';

const openBoard = (ctx, words) =>
  ctx.links?.board
    ? html`<a class="b small" href=${ctx.links.board} target="_blank" rel="noreferrer"
        >${icons.out()}<span>${words}</span></a
      >`
    : nothing;

const shared = (ctx) =>
  html`<p>${t('console.screen_shared')}</p>
    <div class="row">
      ${plain(t('console.to_phone'), () => ctx.set({ dialog: { kind: 'phone' } }), { look: 'small', icon: icons.phone() })}
      ${ctx.links?.board ? html`<a class="b small" href=${ctx.links.board}>${t('console.be_board')}</a>` : nothing}
    </div>`;

const own = (ctx) =>
  html`<p>${t('console.screen_own')}</p>
    <div class="row">${openBoard(ctx, t('console.open_board'))}</div>
    ${pairForm(ctx)}`;

const trouble = (ctx) =>
  html`${
      ctx.wifi
        ? html`<p>${t('console.wifi')}</p>
            ${secretQr(ctx, 'wifi', ctx.key)}`
        : nothing
    }
    <ol class="trouble">
      ${['net', 'apart', 'without'].map((each) => html`<li>${t('console.trouble.' + each)}</li>`)}
    </ol>`;

/** One row per question: its two answers, and what each leads to. */
const questions = {
  screen: { yes: shared, no: own },
  slides: {
    yes: () => html`<p>${t('console.slides_yes')}</p>`,
    no: () => html`<p>${t('console.slides_no')}</p>`,
  },
  phone: { yes: () => html`<p>${t('console.phone_in')}</p>`, no: trouble },
};

/** A phone that is in needs no answer. */
const answerTo = (ctx, name) =>
  ctx.ui.setup[name] ?? (name === 'phone' && ctx.connected.size ? 'yes' : undefined);

const question = (ctx, name) => {
  const answer = answerTo(ctx, name);
  return html`<li>
    <div class="ask">
      <b>${t('console.check.' + name)}</b>
      <div class="segments" role="group" aria-label=${t('console.check.' + name)}>
        ${['yes', 'no'].map(
          (each) =>
            html` <button
              class="b small"
              aria-pressed=${answer === each ? 'true' : 'false'}
              @click=${() => ctx.keep({ [name]: each })}
            >
              ${t(`console.answer_${name}.` + each)}
            </button>`,
        )}
      </div>
    </div>
    ${answer ? html`<div class="then">${questions[name][answer](ctx)}</div>` : nothing}
  </li>`;
};

/** @param {import('./pieces.js').Ctx} ctx */
export const setupView = (ctx) =>
  html` <section class="checks" aria-labelledby="checks-h">
    <h2 id="checks-h">${t('console.checks')}</h2>
    <ul>
      ${Object.keys(questions).map((name) => question(ctx, name))}
    </ul>
  </section>`;

/** The control, carried over to a phone: this page's own link as a QR. */
export const consoleQr = (ctx) =>
  html`<p>${t('console.to_phone_how')}</p>
    ${secretQr(ctx, 'console', ctx.key)}`;
