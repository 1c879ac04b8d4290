// pick.js -- which points something rests on, in a list that opens.
import { html, nothing } from 'lit-html';
import { tick } from '../shared/bases.js';
import { t } from '../shared/i18n.js';
import { by, menu } from './pieces.js';

/**
 * What a point of a spiral may build on: points of earlier laps, and of the item's other parts.
 * Newest first.
 */
export const earlierThan = (state, part, lap) =>
  state.contributions
    .filter(
      (each) =>
        each.text &&
        (each.part === part.id
          ? (each.lap ?? 1) < lap
          : part.item.parts.some((other) => other.id === each.part)),
    )
    .reverse();

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {{key: string, chosen: string[], list: import('runde:protocol').Contribution[],
 *   save: (ids: string[]) => any}} it
 */
export const picker = (ctx, { key, chosen, list, save }) =>
  list.length
    ? html`<div class="picker">
        ${menu(
          ctx,
          key,
          chosen.length ? t('console.rests_on', { n: chosen.length }) : t('console.rests_on_none'),
          () =>
            html` <ul>
              ${list.map(
                (each) =>
                  html`<li>
                    ${tick(each, chosen, save, html`${by(ctx.state, each)}${each.text}`)}
                  </li>`,
              )}
            </ul>`,
        )}
      </div>`
    : nothing;
