// plan.js -- the left block: every part planned, used and expected.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { minutesFace } from '../shared/clock.js';
import { plan, promise, toldAt, toldOver, toldUsed } from '../shared/schedule.js';
import { enabled } from './actions.js';
import { clockTime, partTitle } from './pieces.js';

const MINUTE = 60000;

/** An hour that was or is expected, as it is told everywhere. */
const hour = ({ state, now }, moment) =>
  moment === null ? '' : clockTime(toldAt(state, moment, now));

/** What was used: of what it may take while it runs, then of what was planned. */
function minutes(ctx, row) {
  const over = row.status === 'done';
  if (!over && row.status !== 'live') return row.part.ms ? minutesFace(row.part.ms) : '–';
  const whole = over ? row.planned : row.ms;
  return html`<b>${toldUsed(ctx.state, row, ctx.now)}</b>${
      whole ? html`<span class="whole"> ${t('console.of')} ${minutesFace(whole)}</span>` : nothing
    }`;
}

/** What a part that is over took more or less than planned, in words. */
const gained = (ctx, row) => {
  const off = toldOver(ctx.state, row, ctx.now);
  const n = minutesFace(Math.abs(off) * MINUTE);
  if (!off) return nothing;
  return html`<span class=${off > 0 ? 'off-plan late' : 'off-plan'}
    >${off > 0 ? t('console.took_more', { n }) : t('console.took_less', { n })}</span
  >`;
};

const tag = (row) =>
  row.status === 'live'
    ? html`<span class="tag">${t('console.live')}</span>`
    : row.status === 'next'
      ? html`<span class="tag">${t('console.next')}</span>`
      : nothing;

const toggle = (ctx, { part, item, status }) =>
  part.optional && status !== 'live' && status !== 'done'
    ? html`<button
        class=${part.on ? 'sw on' : 'sw'}
        role="switch"
        aria-checked=${part.on ? 'true' : 'false'}
        aria-label=${t('console.optional_of', { title: partTitle({ ...part, item }) })}
        ?disabled=${!enabled(ctx.state, 'switch', part.id)}
        @click=${() => ctx.run('switch', { part: part.id, on: !part.on })}
      >
        <i></i><span>${part.on ? t('console.optional_on') : t('console.optional_off')}</span>
      </button>`
    : nothing;

/** A part's row: its name goes there, after one more press that says so. */
function line(ctx, row) {
  const { part, item, status } = row;
  const title = partTitle({ ...part, item });
  const open = ctx.ui.goto === part.id;
  const can = enabled(ctx.state, 'goto', part.id);
  return html` <tr class=${status} aria-current=${status === 'live' ? 'step' : nothing}>
      <th scope="row">
        ${
          can
            ? html`<button
                class="to"
                aria-expanded=${open ? 'true' : 'false'}
                @click=${() => ctx.set({ goto: open ? null : part.id })}
              >
                ${title}
              </button>`
            : html`<span class="to">${title}</span>`
        }${tag(row)}${toggle(ctx, row)}${gained(ctx, row)}
      </th>
      <td class="num planned">${status === 'off' ? '' : clockTime(row.plannedAt)}</td>
      <td class="num">${minutes(ctx, row)}</td>
      <td class="num">
        ${ctx.state.now.state === 'lobby' || status === 'off' ? '' : hour(ctx, row.from)}
      </td>
    </tr>
    ${
      open && can
        ? html`<tr class="going">
            <td colspan="3">
              <button
                class="b"
                @click=${() => ctx.run('goto', part.id).then(() => ctx.set({ goto: null }))}
              >
                ${t('console.goto', { title })}
              </button>
            </td>
          </tr>`
        : nothing
    }`;
}

/** @param {import('./pieces.js').Ctx} ctx */
export const planView = (ctx) => {
  const hours = promise(ctx.state, ctx.now) !== null;
  const before = ctx.state.now.state === 'lobby';
  return html` <section class="col plan-col" id="plan" aria-labelledby="plan-h">
    <div class="h"><h2 id="plan-h">${t('console.plan')}</h2></div>
    <table class="plan">
      <thead>
        <tr>
          <th scope="col">${t('console.col_part')}</th>
          ${hours ? html`<th scope="col" class="planned">${t('console.col_planned')}</th>` : html`<td class="planned"></td>`}
          ${
            before
              ? html`<th scope="col" class="expected">${t('console.col_minutes')}</th>
                  <td class="none"></td>`
              : html`<th scope="col" class="used">${t('console.col_used')}</th>
                  <th scope="col" class="expected">${t('console.col_expected')}</th>`
          }
        </tr>
      </thead>
      <tbody>
        ${plan(ctx.state, ctx.now).map((row) => line(ctx, row))}
      </tbody>
    </table>
  </section>`;
};
