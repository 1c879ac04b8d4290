// console.js -- once round the table: what the speaker has put on the board.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { nextSpeaker, speaker } from '../../console/read.js';
import { plain, seatName } from '../../console/pieces.js';
import { groupButton } from '../../console/groups.js';
import { points } from '../../console/points.js';

const headline = (ctx) => {
  const next = nextSpeaker(ctx.state);
  return next ? t('console.begins', { name: seatName(next) }) : undefined;
};

/** The speaker's points, or between turns everybody's. */
function view(ctx, part) {
  const { state } = ctx;
  const who = speaker(state);
  const all = contributionsOf(state, part.id);
  const mine = who ? all.filter((each) => each.seat === who.seat).reverse() : all;
  if (part.intro) return html`<p class="lead">${t('console.intro_how')}</p>`;
  return html` ${part.text ? html`<p class="lead">${part.text}</p>` : nothing}
  ${
    who
      ? html`<div class="h">
          <h2>${t('console.points_of', { name: seatName(who) })}</h2>
          ${plain(t('console.write_point'), () => ctx.set({ dialog: { kind: 'write', seat: who.seat } }), { look: 'text', title: t('console.write_point_for', { name: seatName(who) }) })}
        </div>`
      : all.length
        ? html`<div class="h">
            <h2>${t('console.points_all')}</h2>
            ${groupButton(ctx)}
          </div>`
        : nothing
  }
  ${mine.length ? points(ctx, mine, { named: !who }) : who ? html`<p class="empty">${t('console.points_none')}</p>` : nothing}`;
}

export default { headline, view };
