// pick.js -- which points something rests on: up to three, from what was said before.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { partOf } from '../shared/model.js';
import { BASES } from './answers.js';
import { menu, nameOf } from './pieces.js';

const UNNAMED = ['retrospect'];

/** What a point of a spiral may build on: points of earlier laps, and of the item's other parts. Newest first. */
export const earlierThan = (state, part, lap) =>
  state.contributions
    .filter((each) => each.text && (each.part === part.id ? (each.lap ?? 1) < lap : part.item.parts.some((other) => other.id === each.part)))
    .reverse();

/** What an answer may rest on: all that was said in the talks, but no suggestions and nothing of a retrospect. */
export const saidBefore = (state) =>
  state.contributions.filter((each) => each.text && !each.answer && !UNNAMED.includes(partOf(state, each.part)?.method)).reverse();

/** One more or one less; never a fourth. @param {string[]} chosen */
export const toggled = (chosen, id) => (chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id].slice(0, BASES));

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {{key: string, chosen: string[], list: import('../shared/model.js').Contribution[], save: (ids: string[]) => any}} it
 */
export const picker = (ctx, { key, chosen, list, save }) =>
  list.length
    ? html`<div class="picker">${menu(ctx, key, chosen.length ? t('console.rests_on', { n: chosen.length }) : t('console.rests_on_none'), () => html`
        <ul>${list.map((each) => html`<li><label><input type="checkbox" .checked=${chosen.includes(each.id)}
          ?disabled=${!chosen.includes(each.id) && chosen.length >= BASES} @change=${() => save(toggled(chosen, each.id))} />
          <span>${each.seat === null ? nothing : html`<b>${nameOf(ctx.state, each.seat)}:</b> `}${each.text}</span></label></li>`)}</ul>`)}</div>`
    : nothing;
