// console.js -- one person speaks: who, what about, and the learning focus at hand.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { presenter } from '../../shared/duty.js';
import { seatName } from '../../console/pieces.js';
import { checklist, presentsData } from '../../console/checklist.js';
import { points } from '../../console/points.js';
import { cameFields } from '../../shared/came.js';
import { opensWith } from '../../shared/carried.js';
import { contributionsOf } from '../../shared/model.js';

const headline = (ctx, part) => {
  const who = presenter(ctx.state, part);
  return who
    ? seatName(who)
    : (part.responsible ?? part.item.responsible ?? []).join(' · ') || undefined;
};

const view = (ctx, part) =>
  html` ${
    opensWith(ctx.state, part)
      ? html`<h2>${t('shared.came')}</h2>
          ${cameFields(ctx, ctx.state)}`
      : nothing
  }
  ${part.text ? html`<p class="lead">${part.text}</p>` : nothing}
  ${part.item.goal ? html`<p class="about"><span class="sub strong">${t('console.goal')}</span>${part.item.goal}</p>` : nothing}
  ${presentsData(part) ? checklist(ctx, part) : ctx.state.meeting.focus ? html`<p class="about"><span class="sub strong">${t('console.focus')}</span>${ctx.state.meeting.focus}</p>` : nothing}
  ${points(ctx, contributionsOf(ctx.state, part.id), { named: true })}`;

export default { headline, view };
