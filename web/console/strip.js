// strip.js -- the strip on top: when it ends, in words, and what undo would take back.
import { html, nothing } from 'lit-html';
import { has, locale, t } from '../shared/i18n.js';
import { drift, driftWords, expectedEnd, promise, toldAt, toldDrift } from '../shared/schedule.js';
import { enabled } from './actions.js';
import { allParts, isOpen } from './read.js';
import { missing } from './late.js';
import { clockTime, kbd, nameOf, partTitle } from './pieces.js';
import * as icons from './icons.js';

const MINUTE = 60000;

/** What undo takes back, with the person or part that it was about. */
export function undoWords(state) {
  const { undo } = state;
  if (!undo) return t('console.undo');
  const part = allParts(state).find((each) => each.id === undo.part);
  const name = undo.what.replace('.', '_');
  const known =
    has('console.undo.' + name) &&
    (undo.seat || !t('console.undo.' + name).includes('{name}')) &&
    (part || !t('console.undo.' + name).includes('{title}'));
  return known
    ? t('console.undo.' + name, {
        name: undo.seat ? nameOf(state, undo.seat) : '',
        title: part ? partTitle(part) : '',
      })
    : t('console.undo');
}

const end = (ctx) => {
  const { state, now } = ctx;
  const ends = expectedEnd(state, now);
  const off = toldDrift(state, ends, now);
  const look = off > 0 ? 'chip late' : off < 0 ? 'chip ahead' : 'chip';
  return html`<div class="end">
    <strong class="num"
      >${t('console.ends_about', { time: clockTime(toldAt(state, ends, now)) })}</strong
    >
    <span class=${`${look} num`}>${driftWords(t, off)}</span>
    <span class="planned num"
      >${t('console.planned_end', { time: clockTime(promise(state, now).ends) })}</span
    >
    ${
      missing(state, now) >= MINUTE
        ? html`<button
            class="b small"
            ?disabled=${!enabled(state, 'late', now)}
            @click=${() => ctx.set({ late: 'open' })}
            aria-keyshortcuts="L"
          >
            <span>${t('console.find_time')}</span>${kbd('L')}
          </button>`
        : nothing
    }
  </div>`;
};

/** Before it begins: when it is to, and for how long. */
const agreed = (ctx) => {
  const { state, now } = ctx;
  const hours = promise(state, now);
  const minutes = state.items.reduce((sum, item) => sum + item.minutes, 0);
  return html`<div class="end">
    <strong class="num"
      >${
        hours
          ? t('console.begins_ends', { from: clockTime(hours.begins), to: clockTime(hours.ends) })
          : t('console.lasts', { n: minutes })
      }</strong
    >
  </div>`;
};

const ended = () => html`<div class="end"><strong>${t('console.ended')}</strong></div>`;

const language = () => {
  const other = locale === 'da' ? 'en' : 'da';
  return html`<a
    class="lang"
    lang=${other}
    hreflang=${other}
    href=${`?lang=${other}${location.hash}`}
    >${other === 'da' ? 'Dansk' : 'English'}</a
  >`;
};

/** No connection, or a server that cannot save: what holds meanwhile, and what to do. */
const trouble = ({ status, saving }) => {
  if (status === 'lost')
    return html`<p class="offline" role="status">
      ${icons.warn()}<span>${t('console.lost')}</span>
    </p>`;
  return saving
    ? nothing
    : html`<p class="offline unsaved" role="status">
        <span><b>${t('console.not_saving')}</b> ${t('console.not_saving_do')}</span>
      </p>`;
};

/** @param {import('./pieces.js').Ctx} ctx */
export function stripView(ctx) {
  const { state } = ctx;
  return html` <header class="strip">
      <div class="title">
        <b>${state.meeting.title}</b>
        <span class="num"
          >${[state.meeting.place, t('console.clock_is', { time: clockTime(ctx.now) })].filter(Boolean).join(' · ')}
          · ${language()}</span
        >
      </div>
      ${state.now.state === 'closed' ? ended() : isOpen(state) || drift(state, ctx.now) >= MINUTE ? end(ctx) : agreed(ctx)}
      <div class="strip-end">
        ${
          state.now.state === 'closed'
            ? nothing
            : html` <button
                class="b undo"
                ?disabled=${!enabled(state, 'undo')}
                @click=${() => ctx.run('undo')}
                aria-keyshortcuts="Z"
              >
                ${icons.undo()}<span>${undoWords(state)}</span>${kbd('Z')}
              </button>`
        }
      </div>
    </header>
    ${trouble(ctx)}`;
}
