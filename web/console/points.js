// points.js -- what people have said, as the facilitator can mend or take down.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { partOf } from '../shared/model.js';
import { long } from './long.js';
import { pointKey } from '../shared/keys.js';
import { deskField, writesHere } from '../shared/field.js';
import { by, nameOf, plain, seatOptions } from './pieces.js';
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
  ctx.texts.drop(pointKey(id));
  ctx.set({ edit: null });
  ctx.say(t('console.withdrawn'), () => ctx.send('contribution.restore', { contribution: id }));
};

/** Says whose a point is, and offers to say again whose it was. */
const move = async (ctx, { id, seat }, to) => {
  const reply = await ctx.send('contribution.edit', { contribution: id, seat: to });
  if (reply.ok)
    ctx.say(t('console.moved_point', { name: nameOf(ctx.state, to) }), () =>
      ctx.send('contribution.edit', { contribution: id, seat }),
    );
};

/** The words are saved as they are; undo says the old ones again, where nobody has mended them since. */
const done = async (ctx, point, was) => {
  await ctx.texts.flush(pointKey(point.id));
  if (ctx.texts.clash(pointKey(point.id), 'text') !== undefined) return;
  ctx.set({ edit: null });
  const now = ctx.texts.read(pointKey(point.id))?.text;
  if (now && was && now !== was)
    ctx.say(t('console.mended_point'), () =>
      ctx.send('contribution.edit', { contribution: point.id, text: was, base: now }),
    );
};

const editing = (ctx, point) => {
  const unit = pointKey(point.id);
  return html` ${deskField(ctx, { unit, label: t('console.point_text'), rows: 2 })}
    ${writesHere(ctx, unit)} ${links(ctx, point)}
    ${
      point.seat && !point.with_seats?.length
        ? html`<label class="whose"
            ><span class="sub">${t('console.whose')}</span>
            <select
              class="field"
              @change=${(event) => move(ctx, point, Number(event.target.value))}
            >
              ${seatOptions(ctx.state.seats, point.seat)}
            </select></label
          >`
        : nothing
    }
    <div class="row">
      ${plain(t('console.done_editing'), () => done(ctx, point, ctx.ui.was), { look: 'small' })}
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
              <span class="words">${point.text ?? t('console.redacted')}</span
              >${writesHere(ctx, pointKey(point.id))}${bases(ctx, point)}
            </div>
            ${
              point.text === null
                ? nothing
                : html`<span class="tools"
                    >${zoom(ctx, point)}<button
                      class="mend"
                      aria-label=${t('console.edit_point', { text: point.text })}
                      @click=${() => ctx.set({ edit: point.id, was: point.text })}
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
