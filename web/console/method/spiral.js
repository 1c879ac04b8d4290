// spiral.js -- laps round the table: which lap, one more, and what the points build on.
import { html } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { act } from '../pieces.js';
import * as turns from './turns.js';

export const { headline } = turns;

export const view = (ctx, part) => html`
  <div class="row laps">
    <span class="lap">${t('console.lap_of', { lap: String(ctx.state.now.lap), laps: String(ctx.state.now.laps) })}</span>
    <span class="sub">${ctx.state.now.lap > 1 ? t('console.lap_builds') : t('console.lap_first')}</span>
    ${act(ctx, { action: 'lap', label: t('console.lap_add'), look: 'small' })}
  </div>
  ${turns.view(ctx, part)}`;
