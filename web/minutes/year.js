// year.js -- for whoever plans: what is still to be done, the year with its meetings, and the way to
// the next one.
import { html, nothing, svg } from 'lit-html';
import { chainOf, stillOpen, yearAngle } from '../shared/chain.js';
import { date, locale, t } from '../shared/i18n.js';
import { erasedWords } from '../shared/keeping.js';
import { linksOf } from '../shared/meetings.js';
import { arc, at } from '../shared/ring.js';
import { button } from './pieces.js';

/** How the next meetings are laid out: half an hour about what came of it; and the talk itself. */
const FOLLOW_UP = { da: 'opfoelgende-samtale', en: 'follow-up-en' };
const TALK = 'skoleudviklingssamtale';

/** A day whose number and month stay in one line. */
const day = (/** @type {string} */ when) => date(when, LONG).replace(' ', '\u00a0');

const LONG = /** @type {any} */ ({ day: 'numeric', month: 'long', year: 'numeric' });

/** The first letter of each month, as the reader's language has it. */
const months = () =>
  Array.from({ length: 12 }, (_, i) =>
    new Intl.DateTimeFormat(locale, { month: 'narrow', timeZone: 'UTC' }).format(
      Date.UTC(2026, i, 15),
    ),
  );

const wheel = (links) =>
  html`<svg class="wheel" viewBox="-60 -60 120 120" aria-hidden="true">
    <circle class="rim" r="40"></circle>
    ${months().map((letter, i) => {
      const { x, y } = at(i * 30 + 15, 52);
      const tick = [at(i * 30, 37), at(i * 30, 43)];
      return svg`<path class="tick" d="M${tick[0].x} ${tick[0].y}L${tick[1].x} ${tick[1].y}" /><text x=${x} y=${y}>${letter}</text>`;
    })}
    ${links.slice(1).map(({ date: day }, i) => {
      const from = yearAngle(links[i].date);
      const to = yearAngle(day);
      return svg`<path class="way" d=${arc(from, to > from ? to : to + 360, 40)} />`;
    })}
    ${links.map(({ is, date: day }) => {
      const { x, y } = at(yearAngle(day), 40);
      return svg`<circle class=${is} cx=${x} cy=${y} r=${is === 'this' ? 5.5 : 4.5} />`;
    })}
  </svg>`;

const titleOf = ({ is, title }) => (is === 'planned' ? t('minutes.year_planned') : title);

/** A meeting that this device has a link of is a way to it. */
const entry = (link) => {
  const links = link.meeting && link.is !== 'this' ? linksOf(link.meeting) : null;
  const way = links?.leader ?? links?.scribe;
  const title = titleOf(link);
  return html`<li class=${link.is} aria-current=${link.is === 'this' ? 'true' : nothing}>
    <span class="day" aria-hidden="true"></span>
    <span
      >${way ? html`<a href=${way}>${title}</a>` : title}
      <span class="soft"
        >${t('minutes.year_is.' + link.is)}${link.date ? ` · ${day(link.date)}` : ''}</span
      ></span
    >
  </li>`;
};

const open = (tasks) =>
  html`<h3>${t('minutes.year_open', { n: tasks.length })}</h3>
    <ul class="plain">
      ${tasks.map(
        ({ text, owner, due }) =>
          html`<li>
            ${text}
            <span class="soft">${[owner, due && day(due)].filter(Boolean).join(' · ')}</span>
          </li>`,
      )}
    </ul>`;

/**
 * One file to go on from, and by when it must have been fetched.
 * @param {import('./pieces.js').Ctx} ctx
 */
const forNext = ({ saved: { meeting }, ui, keepForNext }) =>
  html`<div class="for-next">
    ${meeting.keep == null ? nothing : html`<p>${erasedWords(meeting)}</p>`}
    <p class="soft">${t('minutes.year_keep_how')}</p>
    ${button(t('minutes.year_keep'), keepForNext, { look: 'small', disabled: ui.fetching })}
  </div>`;

/**
 * For the leader and the console, once there is something to go on from.
 * @param {import('./pieces.js').Ctx} ctx
 */
export function yearView(ctx) {
  const { state, role, secret } = ctx;
  const over = state.now.state === 'closed';
  if ((role !== 'leader' && role !== 'console') || !(over || state.chain.length)) return nothing;
  const links = chainOf(state);
  const dated = links.filter(({ date: day }) => day);
  const tasks = stillOpen(state);
  const plan = (template) =>
    `/#${state.meeting.code}.${secret}/next${template ? `/${template}` : ''}`;
  const follows = links[0].is === 'before';
  return html`<section class="card year" aria-labelledby="year-h">
    <h2 id="year-h">${t('minutes.year')}</h2>
    ${tasks.length ? open(tasks) : nothing} ${dated.length > 1 ? wheel(dated) : nothing}
    <ol class="plain chain">
      ${links.map(entry)}
    </ol>
    ${
      over
        ? html`<div class="bar">
              <a class="b small main" href=${plan(FOLLOW_UP[state.meeting.locale] ?? FOLLOW_UP.da)}
                >${t('minutes.year_follow_up')}</a
              >
              <a class="b small" href=${plan(follows ? TALK : '')}>${t('minutes.year_next')}</a>
            </div>
            ${forNext(ctx)}`
        : nothing
    }
  </section>`;
}
