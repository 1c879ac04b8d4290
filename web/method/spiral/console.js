// console.js -- laps round the table: which lap, one more, what each came to, and what the points
// build on.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { roundComplete } from '../../console/read.js';
import { act, field } from '../../console/pieces.js';
import turns from '../turns/console.js';

/** The laps that are over, the newest first: each may get a recap, by the console or the scribe. */
const past = (state) =>
  Array.from(
    { length: roundComplete(state) ? state.now.lap : state.now.lap - 1 },
    (_, i) => i + 1,
  ).reverse();

const recap = (ctx, part, lap) => {
  const saved =
    ctx.state.recaps.find((each) => each.part === part.id && each.lap === lap)?.text ?? '';
  return html`<label class="recap"
    ><span class="sub strong">${t('console.recap_of', { lap: String(lap) })}</span> ${field(ctx, {
      key: `recap ${part.id} ${lap}`,
      saved,
      rows: 2,
      label: t('console.recap_of', { lap: String(lap) }),
      placeholder: t('console.recap_how'),
      save: (text) => ctx.send('recap.save', { part: part.id, lap, text: text.trim() }),
    })}</label
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
