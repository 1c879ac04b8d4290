// console.js -- free dialogue: what was said before, and what is said now.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { speaker, waiting } from '../../console/read.js';
import { plain, seatName } from '../../console/pieces.js';
import { groupButton } from '../../console/groups.js';
import { points } from '../../console/points.js';
import { folded } from '../../console/answers.js';

const headline = (ctx) => (waiting(ctx.state).length ? undefined : t('console.floor_free'));

/** The points of the round before, to look back on. */
const before = (state, part) =>
  part.item.parts
    .filter((each) => each.id !== part.id)
    .flatMap((each) => contributionsOf(state, each.id));

function view(ctx, part) {
  const who = speaker(ctx.state);
  const mine = contributionsOf(ctx.state, part.id);
  const earlier = before(ctx.state, part);
  return html` ${part.text ? html`<p class="lead">${part.text}</p>` : nothing}
    ${part.item.parts.some(traits.decides) ? folded(ctx) : nothing}
    <div class="h">
      <h2>${t('console.points_here')}</h2>
      ${who ? plain(t('console.write_point'), () => ctx.set({ dialog: { kind: 'write', seat: who.seat } }), { look: 'text', title: t('console.write_point_for', { name: seatName(who) }) }) : nothing}
    </div>
    ${groupButton(ctx)}
    ${mine.length ? points(ctx, mine, { named: true }) : html`<p class="empty">${t('console.points_none')}</p>`}
    ${
      earlier.length
        ? html`<details class="bank">
            <summary>${t('console.points_before', { n: earlier.length })}</summary>
            ${points(ctx, earlier, { named: true, name: 'earlier' })}
          </details>`
        : nothing
    }`;
}

export default { headline, view };
