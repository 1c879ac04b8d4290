// groups.js -- points that belong together, put together: on the board they then stand under one
// heading.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { groupKey } from '../shared/keys.js';
import { deskField, writesHere } from '../shared/field.js';
import { by, heed, isHeeded, plain } from './pieces.js';
import { livePart } from './read.js';
import * as icons from './icons.js';

/**
 * The points that can be grouped now: those of the live item that are shown and nobody's secret.
 */
export const groupable = (state) => {
  const item = livePart(state)?.item;
  const parts = (item?.parts ?? []).filter((part) => !traits.nameless(part)).map((part) => part.id);
  return state.contributions.filter(
    (each) => each.text && !each.answer && parts.includes(each.part),
  );
};

/** The groups that hold any of these points. */
export const groupsOf = (state, points) =>
  state.groups.filter((group) =>
    group.contributions.some((id) => points.some((point) => point.id === id)),
  );

const words = (ctx, id) => {
  const point = ctx.state.contributions.find((each) => each.id === id);
  return point ? html`${by(ctx.state, point)}${point.text}` : nothing;
};

const group = (ctx, it) => {
  const set = (contributions) =>
    ctx.send('group.set', {
      group: it.group,
      ...(it.title ? { title: it.title } : {}),
      base: it.title ?? '',
      contributions,
    });
  return html`<li class="group">
    ${deskField(ctx, { unit: groupKey(it.group), path: 'title', label: t('console.group_title'), placeholder: t('console.group_title') })}
    ${writesHere(ctx, groupKey(it.group))}
    <ul>
      ${it.contributions.map(
        (id) =>
          html`<li>
            <span>${words(ctx, id)}</span>
            <button
              class="mend"
              aria-label=${t('console.group_out')}
              @click=${() => set(it.contributions.filter((each) => each !== id))}
            >
              ${icons.cross()}
            </button>
          </li>`,
      )}
    </ul>
    <div class="row">
      ${plain(t('console.group_add'), () => set([...it.contributions, ...ctx.ui.chosen]).then(() => ctx.set({ chosen: [] })), { look: 'small', disabled: !ctx.ui.chosen.length })}
      ${plain(t('console.group_dissolve'), () => set([]), { look: 'small' })}
    </div>
  </li>`;
};

async function make(ctx, event) {
  event.preventDefault();
  const title = String(new FormData(event.target).get('title')).trim();
  if (!isHeeded(ctx, 'group', title)) return;
  const reply = await ctx.send('group.set', {
    ...(title ? { title } : {}),
    contributions: ctx.ui.chosen,
  });
  if (!reply.ok) return;
  event.target.reset();
  ctx.set({ chosen: [] });
}

/** The dialog's content. @param {import('./pieces.js').Ctx} ctx */
export const groupForm = (ctx) => {
  const all = groupable(ctx.state);
  const groups = groupsOf(ctx.state, all);
  const held = new Set(groups.flatMap((each) => each.contributions));
  const loose = all.filter((each) => !held.has(each.id));
  const flip = (id) =>
    ctx.set({
      chosen: ctx.ui.chosen.includes(id)
        ? ctx.ui.chosen.filter((each) => each !== id)
        : [...ctx.ui.chosen, id],
    });
  return html` ${
      groups.length
        ? html`<ul class="groups">
            ${groups.map((each) => group(ctx, each))}
          </ul>`
        : nothing
    }
    <form class="form" @submit=${(event) => make(ctx, event)}>
      <fieldset class="picker">
        <legend>${t('console.group_which')}</legend>
        ${
          loose.length
            ? html`<ul>
                ${loose.map(
                  (each) =>
                    html`<li>
                      <label
                        ><input
                          type="checkbox"
                          .checked=${ctx.ui.chosen.includes(each.id)}
                          @change=${() => flip(each.id)}
                        />
                        <span>${words(ctx, each.id)}</span></label
                      >
                    </li>`,
                )}
              </ul>`
            : html`<p class="empty">${t('console.group_all')}</p>`
        }
      </fieldset>
      <label
        >${t('console.group_title')}<input
          class="field"
          name="title"
          maxlength="200"
          autocomplete="off"
      /></label>
      ${heed(
        ctx,
        'group',
        html`<div class="row end">
          <button class="b go" ?disabled=${!ctx.ui.chosen.length}>
            ${t('console.group_make')}
          </button>
        </div>`,
      )}
    </form>`;
};

export const groupButton = (ctx) =>
  groupable(ctx.state).length > 1
    ? plain(t('console.group'), () => ctx.set({ dialog: { kind: 'groups' }, chosen: [] }), {
        look: 'text',
      })
    : nothing;
