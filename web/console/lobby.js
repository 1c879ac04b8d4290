// lobby.js -- before the meeting: how people get in, what to try first, and whether the plan adds
// up.
import { html, nothing } from 'lit-html';
import { tasksCarried } from '../shared/carried.js';
import { number, t } from '../shared/i18n.js';
import { itemSums, tightRounds } from './sums.js';
import { company } from './read.js';
import { kbd, partTitle, plain, span } from './pieces.js';
import { dataButton } from './data.js';
import { preparing } from './preparing.js';
import { setupView } from './setup.js';
import * as icons from './icons.js';

export const joinLink = (ctx) =>
  ctx.links?.join ?? `${location.origin}/m/${ctx.state.meeting.code}`;

/** This page's own address, as others reach it: its secret is the page's. */
export const consoleLink = (ctx) =>
  `${new URL(joinLink(ctx)).origin}/console/${ctx.state.meeting.code}#${ctx.key}`;

const doors = (ctx) =>
  html` <section class="door" aria-label=${t('console.join')}>
    <img
      class="qr"
      src=${`/qr/${ctx.state.meeting.code}.svg`}
      alt=${t('console.qr_alt', { code: ctx.state.meeting.code })}
      width="200"
      height="200"
    />
    <div>
      <p class="sub">${t('console.join_how')}</p>
      <p class="code num">${ctx.state.meeting.code}</p>
      <p class="sub address">${joinLink(ctx).replace(/^https?:\/\//, '')}</p>
      <div class="row">
        ${ctx.links?.board ? html`<a class="b" href=${ctx.links.board} target="_blank" rel="noreferrer">${icons.out()}<span>${t('console.open_board')}</span></a>` : nothing}
        ${plain(t('console.share'), () => ctx.set({ dialog: { kind: 'share' } }))}
      </div>
      <p class="sub state">
        ${ctx.screens.board ? html`${icons.tick()}${t('console.board_open')}` : t('console.board_not_open')}
      </p>
    </div>
  </section>`;

const minutes = (n) => number(Math.round(n * 10) / 10);

/** The items that do not add up, in plain words; nothing is repaired. */
const sums = (ctx) => {
  const { state } = ctx;
  const off = itemSums(state).filter((item) => item.over || item.withOptional > item.minutes);
  const tight = tightRounds(state);
  const people = company(state).length;
  const all = itemSums(state).reduce((sum, item) => sum + item.minutes, 0);
  return html`<section class="sums" aria-labelledby="sums-h">
    <div class="h">
      <h2 id="sums-h">${t('console.sums')}</h2>
      <span class="sub num">${t('console.sums_all', { n: all })}</span>
    </div>
    ${off.length || tight.length ? nothing : html`<p class="fits">${icons.tick()}${t('console.sums_fit')}</p>`}
    <ul>
      ${off.map(
        (item) =>
          html`<li class=${item.over > 0 ? 'warn' : ''}>
            ${item.over > 0 ? icons.warn() : icons.dot()}
            <span class="num"
              >${t('console.sum', { no: String(item.no), sum: minutes(item.sum), minutes: String(item.minutes) })}${
                item.over > 0
                  ? t('console.sum_over', { n: Math.ceil(item.over) })
                  : item.over < 0
                    ? t('console.sum_air', { n: Math.ceil(-item.over) })
                    : ''
              }
              ${item.withOptional > item.sum ? html`<span class="sub">${t('console.sum_optional', { sum: minutes(item.withOptional) })}</span>` : nothing}</span
            >
          </li>`,
      )}
      ${tight.map(
        ({ part, each, least }) =>
          html`<li class="warn">
            ${icons.warn()}
            <span class="num"
              >${t('console.tight', { title: partTitle(part), people: String(people), each: span(each), least: span(least) })}</span
            >
          </li>`,
      )}
    </ul>
  </section>`;
};

/** What the meeting before left: its lessons, and its tasks, of which may be said here what came of them. */
const lastTime = (ctx) => {
  const lessons = ctx.state.carried.filter(({ kind }) => kind !== 'task');
  const tasks = tasksCarried(ctx.state);
  return html`${
    lessons.length
      ? html`<h2>${t('console.carried')}</h2>
          <ul>
            ${lessons.map((each) => html`<li>${each.text}</li>`)}
          </ul>`
      : nothing
  }${
    tasks.length
      ? html`<h2>${t('shared.came')}</h2>
          ${ctx.rest?.cameFields(ctx, ctx.state)}`
      : nothing
  }`;
};

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {any} button  the wide button
 */
export const lobbyView = (ctx, button) =>
  html` <p class="crumb">${t('console.before')}</p>
    <h1>${ctx.state.meeting.title}</h1>
    ${ctx.state.meeting.focus ? html`<p class="focus"><span class="sub strong">${t('console.focus')}</span>${ctx.state.meeting.focus}</p>` : nothing}
    ${button} ${doors(ctx)}
    <div class="sides">${setupView(ctx)} ${sums(ctx)}</div>
    <section class="before" aria-labelledby="before-h">
      <div class="h">
        <h2 id="before-h">${t('console.data')}</h2>
        ${dataButton(ctx)}
      </div>
      ${preparing(ctx)} ${lastTime(ctx)}
    </section>
    <div class="row ways">
      <a class="b text" href=${`/#${ctx.state.meeting.code}.${ctx.key}/plan`}
        >${t('console.edit_agenda')}</a
      >
      ${ctx.links ? nothing : html`<p class="sub">${t('console.links_unknown')}</p>`}
      <button class="b text" @click=${() => ctx.set({ dialog: { kind: 'keys' } })}>
        <span>${t('console.keys')}</span>${kbd('?')}
      </button>
    </div>`;
