// recap.js -- what a lap came to, in a few words, with what was said in it beside: a field for each
// lap, while its part runs and until it is put away.
import { html, nothing } from 'lit-html';
import { deskField, writesHere } from '../shared/field.js';
import { t } from '../shared/i18n.js';
import { recapKey, recapOf } from '../shared/keys.js';
import { newlyOver, saidIn, toGather } from '../shared/laps.js';
import { by, plain } from './pieces.js';

/** @typedef {import('../shared/model.js').State} State */

const said = (ctx, it) =>
  html`<ul class="gather" tabindex="0">
    ${saidIn(ctx.state, it).map((point) => html`<li>${by(ctx.state, point)}${point.text}</li>`)}
  </ul>`;

const field = (ctx, { part, lap }, under) => {
  const unit = recapKey(part, lap);
  const label = t('shared.recap_of', { lap: String(lap) });
  return html`<label class="recap"
      ><span class="sub strong">${label} ${writesHere(ctx, unit)}</span>
      ${deskField(ctx, { unit, rows: 2, label, placeholder: t('shared.recap_how') })}</label
    >${under}`;
};

/** A lap of the part that runs; while it is still to be gathered, what was said in it stands below. */
export const recap = (ctx, it) =>
  field(ctx, it, toGather(ctx.state)?.lap === it.lap ? said(ctx, it) : nothing);

/**
 * The lap whose recap is asked for until somebody puts it away: the newest that is over, also when
 * its part has been left, unless it was written by then.
 * @param {State | null} before  @param {State} next  @param {{part: string, lap: number} | null} it
 */
export function gatherIn(before, next, it) {
  const over = newlyOver(before, next);
  if (over) return over;
  const left = it && before?.now.part === it.part && next.now.part !== it.part;
  return left && recapOf(next, it.part, it.lap) ? null : it;
}

/** Its part is over, and with it the fields that stood there. @param {import('./pieces.js').Ctx} ctx */
export function gathering(ctx) {
  const { gather } = ctx.ui;
  if (!gather || gather.part === ctx.state.now.part) return nothing;
  return html`<section class="gathering">
    ${field(ctx, gather, said(ctx, gather))}
    <div class="row">
      ${plain(t('console.gather_done'), () => ctx.set({ gather: null }), { look: 'small' })}
    </div>
  </section>`;
}
