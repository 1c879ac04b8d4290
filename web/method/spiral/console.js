// console.js -- laps round the table: which lap, one more, what each came to, and what the points
// build on.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { roundComplete } from '../../console/read.js';
import { act } from '../../console/pieces.js';
import { recap } from '../../console/recap.js';
import turns from '../turns/console.js';

/** The laps that are over, the newest first: each may get a recap, by the console or the scribe. */
const past = (state) =>
  Array.from(
    { length: roundComplete(state) ? state.now.lap : state.now.lap - 1 },
    (_, i) => i + 1,
  ).reverse();

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
    ${past(ctx.state).length ? html`<div class="recaps">${past(ctx.state).map((lap) => recap(ctx, { part: part.id, lap }))}</div>` : nothing}
    ${turns.view(ctx, part)}`;

export default { headline: turns.headline, view };
