// view.js -- the planning page: everything of an agenda, its figures beside it, and what is wrong
// before it is sent.
import { html, nothing } from 'lit-html';
import { schema } from 'runde:agenda';
import { live } from 'lit-html/directives/live.js';
import { t } from '../../shared/i18n.js';
import { frame } from '../frame.js';
import { wrongWords } from '../wrong.js';
import { figures, seats } from './figures.js';
import { about, carried } from './head.js';
import { itemCard } from './item.js';
import { preparing } from './preparing.js';
import { ending, side } from './side.js';
import { sign } from './signs.js';
import { fieldOf, idOf, placeWords, wrongAt } from './words.js';

/** What is wrong, in one place, each with a link to its field. */
function summary(ctx) {
  const wrong = ctx.s.tried ? ctx.wrong() : [];
  if (!wrong.length && !ctx.s.failed) return nothing;
  const jump = (event, path) => {
    event.preventDefault();
    ctx.acts.show(path);
  };
  return html`<div
    class="summary"
    id="told-wrong"
    tabindex="-1"
    role="alert"
    aria-labelledby="summary-h"
  >
    <h2 id="summary-h">${ctx.s.failed || t('plan.wrong_n', { n: wrong.length })}</h2>
    ${
      wrong.length
        ? html`<ul>
            ${wrong.map((each) => html`<li><a href=${`#${idOf(fieldOf(each.path))}`} @click=${(event) => jump(event, each.path)}>${t('plan.wrong_line', { place: placeWords(each.path), wrong: wrongAt(each) })}</a></li>`)}
          </ul>`
        : nothing
    }
  </div>`;
}

const undoWords = (history) => history.past.at(-1)?.label ?? '';

const tools = (ctx) =>
  html`<div class="tools">
    <button
      class="b"
      ?disabled=${!ctx.s.history.past.length}
      @click=${ctx.undo}
      title=${undoWords(ctx.s.history)}
    >
      ${sign('undo')}<span>${t('plan.undo')}</span>
    </button>
    <button class="b" ?disabled=${!ctx.s.history.future.length} @click=${ctx.redo}>
      ${sign('redo')}<span>${t('plan.redo')}</span>
    </button>
    <button class="b" @click=${ctx.acts.save}>
      ${sign('save')}<span>${t('plan.save_file')}</span>
    </button>
  </div>`;

/** What was just done, with the way back; and whether the device keeps it. */
const done = (ctx) =>
  html`<p class="done" role="status">
      ${ctx.s.did ? html`<span>${ctx.s.did}</span> <button class="b small" @click=${ctx.undo}>${t('plan.undo')}</button>` : nothing}
    </p>
    <p class="vh" role="status" aria-live="polite">${ctx.s.said}</p>`;

const serverKey = (ctx) =>
  html`<div class="f">
    <label for="server-key">${t('start.key')}</label>
    <input
      id="server-key"
      class="field"
      type="password"
      autocomplete="off"
      .value=${live(ctx.s.key)}
      @input=${(event) => ctx.set({ key: event.target.value })}
    />
  </div>`;

const finish = (ctx) => {
  const { busy, meeting, saved, needsKey } = ctx.s;
  const words = meeting
    ? busy
      ? t('plan.saving')
      : t('plan.save_changes')
    : busy
      ? t('start.making')
      : t('start.make');
  const { minutes, to } = ending(ctx.s.form);
  return html`<div class="finish">
    ${needsKey ? serverKey(ctx) : nothing}
    <p class="ends num">
      ${t('plan.minutes_n', { n: minutes })}${to ? html` <span class="quiet">${t('plan.until', { to })}</span>` : nothing}
    </p>
    <p class="hint">
      ${meeting ? saved || t('plan.changes_how') : ctx.s.kept ? t('plan.kept') : t('plan.not_kept')}
    </p>
    <button class="go" ?disabled=${meeting && meeting.state !== 'lobby'} @click=${ctx.acts.finish}>
      ${words}
    </button>
  </div>`;
};

const items = (ctx) =>
  html` <section aria-labelledby="items-h">
    <div class="items-head">
      <h2 id="items-h">${t('plan.items')}</h2>
      <p class="hint">${t('plan.items_how')}</p>
    </div>
    <ol class="cards" id="f-items" tabindex="-1">
      ${ctx.s.form.items.map((item, i) => itemCard(ctx, item, i))}
    </ol>
    ${ctx.wrongAt('items') ? html`<p class="error">${ctx.wrongAt('items')}</p>` : nothing}
    ${ctx.s.form.items.length < schema.properties.items.maxItems ? html`<button class="b big" @click=${ctx.acts.addItem}>${t('plan.add_item')}</button>` : nothing}
  </section>`;

/** @param {import('./store.js').Ctx} ctx */
export const planView = (ctx) =>
  frame(
    html` <div class="plan-top">
        <h1 tabindex="-1">
          ${ctx.s.meeting ? t('plan.edit_h', { code: ctx.s.meeting.code }) : t('plan.h')}
        </h1>
        ${done(ctx)}
      </div>
      ${ctx.s.meeting && ctx.s.meeting.state !== 'lobby' ? html`<p class="error" role="alert">${ctx.s.meeting.state === 'closed' ? t('plan.already_over') : t('plan.already_started')}</p>` : nothing}
      ${summary(ctx)}
      <div class="plan">
        <div class="sheet">
          ${about(ctx)}${carried(ctx)}${preparing(ctx)}${items(ctx)}${figures(ctx)}${ctx.s.meeting ? nothing : seats(ctx)}
        </div>
        <div class="beside">${side(ctx)}</div>
      </div>
      ${finish(ctx)}`,
    tools(ctx),
  );

/** Something that stands in the way of the whole editor. */
export const nothingHere = (wrong) =>
  frame(
    html`<h1 tabindex="-1">${t('plan.h')}</h1>
      <p class="error" role="alert">${wrong ? wrongWords(wrong) : t('plan.no_draft')}</p>
      <a class="b" href="/">${t('plan.to_start')}</a>`,
  );
export const fetching = () =>
  frame(
    html`<h1 tabindex="-1">${t('plan.h')}</h1>
      <p class="hint" role="status">${t('start.fetching')}</p>`,
  );
