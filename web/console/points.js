// points.js -- what people have said, as the facilitator can mend or take down.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { partOf } from '../shared/model.js';
import { long } from './long.js';
import { by, field, plain } from './pieces.js';
import { earlierThan, picker } from './pick.js';
import { zoom } from './wall.js';
import * as icons from './icons.js';

/** The texts that a point builds on, cut short. */
const bases = (ctx, point) => {
  const on = point.builds_on
    .map((id) => ctx.state.contributions.find((each) => each.id === id))
    .filter((each) => each?.text);
  if (!on.length) return nothing;
  return html`<span class="bases"
    >${t('console.builds_on')} ${on.map((each) => html`<q>${each.text}</q>`)}</span
  >`;
};

/** In a spiral, also what it builds on: while it is said, or afterwards. */
const links = (ctx, point) => {
  const part = partOf(ctx.state, point.part);
  if (!traits.builds(part)) return nothing;
  const list = earlierThan(ctx.state, part, point.lap ?? 1).filter((each) => each.id !== point.id);
  return picker(ctx, {
    key: `on ${point.id}`,
    chosen: point.builds_on,
    list,
    save: (builds_on) => ctx.send('contribution.edit', { contribution: point.id, builds_on }),
  });
};

/** Takes a point off the board, and offers to put it back. */
const withdraw = async (ctx, { id }) => {
  const reply = await ctx.send('contribution.withdraw', { contribution: id });
  if (!reply.ok) return;
  ctx.set({ edit: null });
  ctx.say(t('console.withdrawn'), 'contribution.withdraw');
};

const editing = (ctx, point) => {
  const key = `point ${point.id}`;
  const save = (text) =>
    text.trim()
      ? ctx.send('contribution.edit', { contribution: point.id, text: text.trim() })
      : Promise.resolve({ ok: true });
  return html` ${field(ctx, { key, saved: point.text, save, label: t('console.point_text'), rows: 2 })}
    ${links(ctx, point)}
    <div class="row">
      ${plain(t('console.done_editing'), () => ctx.flush(key).then(() => ctx.set({ edit: null })), { look: 'small' })}
      ${plain(t('console.withdraw'), () => withdraw(ctx, point), { look: 'small' })}
    </div>`;
};

const one = (ctx, point, named) =>
  html` <li class=${ctx.ui.edit === point.id ? 'point editing' : 'point'}>
    ${
      ctx.ui.edit === point.id
        ? editing(ctx, point)
        : html`<div class="said">
              ${named ? by(ctx.state, point) : nothing}
              <span class="words">${point.text ?? t('console.redacted')}</span>${bases(ctx, point)}
            </div>
            ${
              point.text === null || ctx.state.now.state === 'closed'
                ? nothing
                : html`<span class="tools"
                    >${zoom(ctx, point)}<button
                      class="mend"
                      aria-label=${t('console.edit_point', { text: point.text })}
                      @click=${() => ctx.set({ edit: point.id })}
                    >
                      ${icons.pen()}
                    </button></span
                  >`
            }`
    }
  </li>`;

/**
 * Of many points the last ones.
 * @param {import('./pieces.js').Ctx} ctx
 * @param {import('runde:protocol').Contribution[]} list
 * @param {{named?: boolean, name?: string}} [look]  name: which list it is, where the page has
 *   several
 */
export const points = (ctx, list, { named = false, name = 'points' } = {}) =>
  long(ctx, {
    name,
    list,
    place: list.length,
    also: (point) => point.id === ctx.ui.edit,
    key: (point) => point.id,
    row: (point) => one(ctx, point, named),
    body: (rows) =>
      html`<ul class="points">
        ${rows}
      </ul>`,
  });
