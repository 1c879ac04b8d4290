// console.js -- laps round the table: which lap, one more, what each came to, and what the points
// build on.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { roundComplete } from '../../console/read.js';
import { act, by } from '../../console/pieces.js';
import { recapKey } from '../../shared/keys.js';
import { deskField, writesHere } from '../../shared/field.js';
import { saidIn, toGather } from '../../shared/laps.js';
import turns from '../turns/console.js';

/** The laps that are over, the newest first: each may get a recap, by the console or the scribe. */
const past = (state) =>
  Array.from(
    { length: roundComplete(state) ? state.now.lap : state.now.lap - 1 },
    (_, i) => i + 1,
  ).reverse();

/** While a lap is still to be gathered, what was said in it stands under the field. */
const beside = (ctx, { part, lap }) =>
  toGather(ctx.state)?.lap === lap
    ? html`<ul class="gather">
        ${saidIn(ctx.state, { part, lap }).map((point) => html`<li>${by(ctx.state, point)}${point.text}</li>`)}
      </ul>`
    : nothing;

const recap = (ctx, part, lap) => {
  const unit = recapKey(part.id, lap);
  const label = t('shared.recap_of', { lap: String(lap) });
  return html`<label class="recap"
    ><span class="sub strong">${label} ${writesHere(ctx, unit)}</span>
    ${deskField(ctx, { unit, rows: 2, label, placeholder: t('shared.recap_how') })}
    ${beside(ctx, { part: part.id, lap })}</label
  >`;
};

const view = (ctx, part) =>
  html` <div class="row laps">
      <span class="lap"
        >${t('console.lap_of', { lap: String(ctx.state.now.lap), laps: String(ctx.state.now.laps) })}</span
      >
      <span class="sub"
        >${ctx.state.now.lap > 1 ? t('console.lap_builds') : t('console.lap_first')}</span
      >
      ${act(ctx, { action: 'lap', label: t('console.lap_add'), look: 'small' })}
    </div>
    ${past(ctx.state).length ? html`<div class="recaps">${past(ctx.state).map((lap) => recap(ctx, part, lap))}</div>` : nothing}
    ${turns.view(ctx, part)}`;

export default { headline: turns.headline, view };
