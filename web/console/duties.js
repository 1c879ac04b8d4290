// duties.js -- who presents and who facilitates a part: by the agenda and people's functions, until
// somebody is chosen.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { dutySeat } from '../shared/duty.js';
import { ofList } from '../shared/once.js';
import { company } from './read.js';
import { seatName, seatOptions } from './pieces.js';

/** @param {import('runde:protocol').PlanPart} part @returns {('presenter' | 'facilitator')[]} */
export const dutiesOf = (part) =>
  traits.presented(part)
    ? ['presenter']
    : part.answers
      ? ['presenter', 'facilitator']
      : ['facilitator'];

const takesNone = (part, duty) => part[`${duty}_turn`] === false;

/** Whom a duty can be given to instead. */
const allBut = ofList((/** @type {any[]} */ seats, byAgenda) =>
  seats.filter((seat) => seat !== byAgenda),
);

const one = (ctx, part, duty) => {
  const byAgenda = dutySeat(ctx.state, { ...part, [duty]: undefined }, duty);
  const save = (event) =>
    ctx.send('part.assign', {
      part: part.id,
      as: duty,
      ...(event.target.value ? { seat: Number(event.target.value) } : {}),
    });
  return html`<label class="duty"
    ><span class="sub">${t('console.duty.' + duty)}</span>
    <select class="field" @change=${save}>
      <option value="" ?selected=${!part[duty]}>
        ${byAgenda ? seatName(byAgenda) : t('console.duty_nobody')}
      </option>
      ${seatOptions(allBut(company(ctx.state), byAgenda), part[duty])}</select
    >${takesNone(part, duty) ? html`<span class="sub">${t('console.no_turn')}</span>` : nothing}</label
  >`;
};

/** @param {import('./pieces.js').Ctx} ctx */
export const duties = (ctx, part) =>
  company(ctx.state).length
    ? html`<div class="duties">${dutiesOf(part).map((duty) => one(ctx, part, duty))}</div>`
    : nothing;
