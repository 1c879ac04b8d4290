// view.js -- the page: a strip, the draft, and the desk beside it.
import { html, nothing } from 'lit-html';
import { unfetchedView } from '../shared/fetched.js';
import { t } from '../shared/i18n.js';
import { partOf } from '../shared/model.js';
import { belowView, deskView } from './desk.js';
import { draftView } from './draft.js';
import { button, floorWords, partTitle } from './pieces.js';
import { editions, hasPublic, isPublic, publicDesk, publicView } from './public.js';
import { hasDay, hasDecision, isOpen, may } from './read.js';

/** @param {import('./pieces.js').Ctx} ctx */
export const view = (ctx) =>
  html` ${strip(ctx)} ${notices(ctx)}
    <main
      class=${`${may(ctx, 'write') || hasDecision(ctx.state) || ctx.role === 'leader' ? 'two' : 'one'}${hasPublic(ctx) ? ' tabbed' : ''}`}
    >
      ${editions(ctx)}
      ${isPublic(ctx) ? [publicDesk(ctx), publicView(ctx)] : [deskView(ctx), draftView(ctx), belowView(ctx)]}
    </main>
    ${ctx.ui.following || !isOpen(ctx.state) || isPublic(ctx) ? nothing : html`<div class="follow">${button(t('minutes.follow'), ctx.back, { look: 'main' })}</div>`}
    <div class="toast" role="status">
      ${
        ctx.ui.toast
          ? html`<p>
              ${ctx.ui.toast}${ctx.ui.back ? button(t('minutes.undo'), undo(ctx), { look: 'small back' }) : nothing}
            </p>`
          : nothing
      }
    </div>`;

/** Takes back what the passing words tell of, once. */
const undo = (ctx) => () => {
  ctx.ui.back();
  ctx.set({ toast: '', back: null });
};

function strip(ctx) {
  const { state, status, saving } = ctx;
  const trouble = status === 'lost' ? t('minutes.lost') : saving ? '' : t('minutes.not_saving');
  return html` <header class=${trouble ? 'strip away' : 'strip'}>
    ${trouble ? html`<p class="lost" role="status">${trouble}</p>` : nothing}
    <div class="where">
      <strong>${t('minutes.title')}</strong><span class="soft" role="status">${where(state)}</span>
    </div>
    ${isPublic(ctx) ? nothing : files(ctx)}
  </header>`;
}

function files(ctx) {
  const busy = ctx.ui.fetching;
  return html`<div class="get">
    <span class="soft">${t('minutes.get')}</span>
    ${button(t('minutes.get_docx'), () => ctx.fetch('docx'), { disabled: busy, title: t('minutes.get_docx_long') })}
    ${button(t('minutes.get_odt'), () => ctx.fetch('odt'), { disabled: busy, title: t('minutes.get_odt_long') })}
    ${button(t('minutes.get_html'), () => ctx.fetch('html'), { disabled: busy, title: t('minutes.get_html_long') })}
    ${button(t('minutes.get_md'), () => ctx.fetch('md'), { disabled: busy, title: t('minutes.get_md_long') })}
    ${
      hasDay(ctx.saved)
        ? button(t('minutes.get_ics'), () => ctx.fetch('ics'), {
            disabled: busy,
            title: t('minutes.get_ics_long'),
          })
        : nothing
    }
    ${
      ctx.role === 'console'
        ? button(t('minutes.get_timing'), () => ctx.fetch('html', 'facilitator'), {
            disabled: busy,
            title: t('minutes.get_timing_long'),
          })
        : nothing
    }
    ${button(t('minutes.print'), () => window.print())}
  </div>`;
}

/** What the meeting is at, in a line that a screen reader also hears when it changes. */
function where(state) {
  if (state.now.state === 'lobby') return t('minutes.state_lobby');
  if (state.now.state === 'closed') return t('minutes.state_closed');
  const part = partOf(state);
  const title = part ? partTitle(part) : '';
  if (state.now.state === 'paused') return t('minutes.state_paused', { title });
  return state.now.speaker === null
    ? title
    : t('minutes.speaks_in', { title, floor: floorWords(state) });
}

/** Newer ones than those that stand there do not come. */
const isStale = (ctx) =>
  isPublic(ctx) ? ctx.published.fails && ctx.published.minutes : ctx.stale && ctx.minutes;

const notices = (ctx) =>
  html`<div class="notices">
    ${ctx.role === 'leader' && ctx.saved.now.state !== 'closed' ? html`<p class="notice calm">${t('minutes.leader_reads')}</p>` : nothing}
    ${isStale(ctx) && ctx.status === 'open' ? html`<p class="notice" role="status">${t('minutes.stale')}</p>` : nothing}
    ${ctx.role === 'scribe' ? nothing : unfetchedView(ctx.saved, () => ctx.fetch('docx'), ctx.ui.fetching)}
    ${ctx.ui.rejected.map(
      (each, i) =>
        html`<div class="notice" role="status">
          <p>
            ${t(each.code === 'no_such_contribution' ? 'minutes.lost_point' : 'minutes.rejected')}
            ${t('minutes.quoted', { text: each.with.text })}
          </p>
          ${button(t('minutes.put_away'), () => ctx.set({ reject: i }), { look: 'small' })}
        </div>`,
    )}
  </div>`;

/** Before there is a meeting to show. @param {string} text  @param {any} [more] */
export const waitView = (text, more = nothing) =>
  html`<main class="wait">
    <p>${text}</p>
    ${more}
  </main>`;
