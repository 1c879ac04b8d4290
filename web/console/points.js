// points.js -- what people have said, as the facilitator can mend or take down.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { t } from '../shared/i18n.js';
import { field, nameOf, plain } from './pieces.js';
import * as icons from './icons.js';

/** The texts that a point builds on, cut short. */
const bases = (ctx, point) => {
  const on = point.builds_on.map((id) => ctx.state.contributions.find((each) => each.id === id)).filter((each) => each?.text);
  if (!on.length) return nothing;
  return html`<span class="bases">${t('console.builds_on')} ${on.map((each) => html`<q>${each.text}</q>`)}</span>`;
};

const editing = (ctx, point) => {
  const key = `point ${point.id}`;
  const save = (text) => (text.trim() ? ctx.send('contribution.edit', { contribution: point.id, text: text.trim() }) : Promise.resolve({ ok: true }));
  return html`
    ${field(ctx, { key, saved: point.text, save, label: t('console.point_text'), rows: 2 })}
    <div class="row">
      ${plain(t('console.done_editing'), () => ctx.flush(key).then(() => ctx.set({ edit: null })), { look: 'small' })}
      ${plain(t('console.withdraw'), () => ctx.send('contribution.withdraw', { contribution: point.id }), { look: 'small' })}
    </div>`;
};

const one = (ctx, point, named) => html`
  <li class=${ctx.ui.edit === point.id ? 'point editing' : 'point'}>
    ${ctx.ui.edit === point.id
      ? editing(ctx, point)
      : html`<div class="said">
            ${named && point.seat !== null ? html`<span class="by">${nameOf(ctx.state, point.seat)}</span>` : nothing}
            <span class="words">${point.text ?? t('console.redacted')}</span>${bases(ctx, point)}
          </div>
          ${point.text === null || ctx.state.now.state === 'closed'
            ? nothing
            : html`<button class="mend" aria-label=${t('console.edit_point', { text: point.text })}
                @click=${() => ctx.set({ edit: point.id })}>${icons.pen()}</button>`}`}
  </li>`;

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {import('../shared/model.js').Contribution[]} list
 * @param {{named?: boolean}} [look]
 */
export const points = (ctx, list, { named = false } = {}) =>
  html`<ul class="points">${repeat(list, (point) => point.id, (point) => one(ctx, point, named))}</ul>`;
