// agenda.js -- where we are: the plan, and what came of each part. Anyone may look back in it
// without moving others.
import { html, nothing } from 'lit-html';
import { opensWith, tasksCarried } from '../shared/carried.js';
import { date, locale, time } from '../shared/i18n.js';
import { erasedWords } from '../shared/keeping.js';
import { contributionsOf } from '../shared/model.js';
import { clockAfter } from '../shared/schedule.js';
import { rowsOf } from '../shared/tables.js';
import { asked, itemWants } from './asked.js';
import { going } from './going.js';
import { by } from './points.js';
import { whom } from './whom.js';

const minutes = (t, n) => html`<span class="num">${t('phone.minutes', { n })}</span>`;

const said = (c, part) => {
  const points = contributionsOf(c.state, part.id);
  const recaps = (c.state.recaps ?? []).filter((each) => each.part === part.id);
  if (!points.length && !recaps.length) return nothing;
  return html`<details>
    <summary>${part.title ?? part.item?.title} (${points.length + recaps.length})</summary>
    <ul>
      ${recaps.map((each) => html`<li>${each.text}</li>`)}
      ${points.map((each) => html`<li>${by(c, each)} ${each.text}</li>`)}
    </ul>
  </details>`;
};

/** The items of a meeting; those that are over with what was said in them. */
const plan = (c) => {
  const live = c.state.now.part;
  return html`<ol class="plan">
    ${c.state.items.map(
      (item) =>
        html`<li
          value=${item.no}
          aria-current=${item.parts.some(({ id }) => id === live) ? 'step' : nothing}
        >
          <p><b>${item.title}</b>${minutes(c.t, item.minutes)}</p>
          ${item.parts.map((part) => said(c, { ...part, item }))}
        </li>`,
    )}
  </ol>`;
};

/**
 * The page's head: what runs and who I am; behind it the plan, which in the lobby stands below
 * already.
 */
export const head = (c, title, names) =>
  c.state.now.state === 'lobby'
    ? html`<header class="bar"><b>${title}</b><span>${names}</span></header>`
    : html`<header>
        <button class="bar" data-do="look" aria-expanded=${c.ui.looking ? 'true' : 'false'}>
          <b>${title}</b><span>${names}</span><span class="vh">${c.t('phone.plan_open')}</span>
        </button>
        ${c.ui.looking ? [plan(c), c.state.now.state === 'closed' ? nothing : going(c)] : nothing}
      </header>`;

/** Only addresses of the web are links. */
const link = ({ title, url }) =>
  /^https?:\/\//.test(url)
    ? html`<li><a href=${url} target="_blank" rel="noreferrer">${title}</a></li>`
    : nothing;

const table = ({ title, csv }) => {
  const [head = [], ...rows] = rowsOf(csv);
  return html`<li>
    <details>
      <summary>${title}</summary>
      <table>
        <thead>
          <tr>
            ${head.map((each) => html`<th scope="col">${each}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((each) => html`<td>${each}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </li>`;
};

const words = ({ title, text }) =>
  html`<li>
    <details>
      <summary>${title}</summary>
      <p class="lines">${text}</p>
    </details>
  </li>`;

/** By its kind; one that this page does not know is passed over. */
const ways = { table, link, text: words };

const data = (t, list) =>
  list?.length
    ? html`<h2>${t('phone.data')}</h2>
        <ul>
          ${list.map((each) => ways[each.kind]?.(each))}
        </ul>`
    : nothing;

/** By name, so that the first screen need not carry them. */
const outcomeOf = (t, outcome) =>
  ({
    done: t('shared.outcome.done'),
    under_way: t('shared.outcome.under_way'),
    dropped: t('shared.outcome.dropped'),
  })[outcome];

/** What was to be done since last time, and what came of it. @param {(words: string) => string} t */
export const came = (t, tasks) =>
  html`<ul class="came">
    ${tasks.map(
      ({ text, owner, due, outcome, word }) =>
        html`<li>
          ${text}
          <span class="soft">${[owner, due && date(due)].filter(Boolean).join(' · ')}</span>
          ${outcome ? html`<b>${[outcomeOf(t, outcome), word].filter(Boolean).join(': ')}</b>` : nothing}
        </li>`,
    )}
  </ul>`;

/** What the meeting before left: another agenda has brought its own along. */
export const broughtTo = (/** @type {any} */ { meeting, carried = [] }) =>
  meeting.carried ?? carried;

/** The first part opens with it. */
export const opening = (c) =>
  c.part &&
  c.state.now.state !== 'closed' &&
  opensWith({ ...c.state, carried: broughtTo(c.state) }, c.part)
    ? html`<details class="pick opens" open>
        <summary>${c.t('shared.came')}</summary>
        ${came(c.t, tasksCarried({ carried: broughtTo(c.state) }))}
      </details>`
    : nothing;

/** When an item begins, as it is planned; nothing where no hour is. */
function hourOf({ starts, items }, i) {
  const before = items.slice(0, i).reduce((sum, item) => sum + item.minutes, 0);
  const at = clockAfter(starts, before);
  if (!at) return nothing;
  const two = (n) => `${n}`.padStart(2, '0');
  return html`<span class="num">${time(`${two(at.hours)}:${two(at.minutes)}`)}</span>`;
}

/**
 * What a participant may read before the meeting: what it is for, its data, what is asked of them, its
 * agenda. about: as /api/meetings/CODE says; c: a Context, of who has come in.
 */
const before = (t, about, c = undefined) => {
  const when = [about.date && date(about.date), about.starts && time(about.starts), about.place]
    .filter(Boolean)
    .join(' · ');
  return html`<details class="pick about" .open=${about.state === 'lobby'}>
    <summary>${t('phone.about')}</summary>
    ${when ? html`<p class="soft">${when}</p>` : nothing}
    ${about.purpose ? html`<p>${about.purpose}</p>` : nothing}
    ${
      about.focus
        ? html`<h2>${t('phone.focus')}</h2>
            <p>${about.focus}</p>`
        : nothing
    }
    ${
      tasksCarried(about).length
        ? html`<h2>${t('shared.came')}</h2>
            ${came(t, tasksCarried(about))}`
        : nothing
    }
    ${data(t, about.data)} ${asked(t, about.items, c)}
    <h2>${t('phone.agenda')}</h2>
    <ol class="plan">
      ${about.items.map(
        (item, i) =>
          html`<li value=${item.no}>
            <p><b>${item.title}</b>${hourOf(about, i)}${minutes(t, item.minutes)}</p>
            ${item.goal ? html`<p class="soft">${item.goal}</p>` : nothing} ${itemWants(t, item)}
          </li>`,
      )}
    </ol>
  </details>`;
};

/** The lobby: whether the screen may sleep, and what to read while waiting. */
export const lobby = (c) =>
  html`<p class="soft">
      ${globalThis.navigator?.wakeLock ? c.t('phone.sleep') : c.t('phone.sleep_dark')}
    </p>
    ${going(c)}
    ${before(c.t, { ...c.ui.about, ...c.state.meeting, carried: broughtTo(c.state), items: c.state.items, state: 'lobby' }, c)}`;

/**
 * The same for who has not joined, and before it who can see their notes, and what is kept of
 * whoever joins. shared: several are to share the phone.
 */
export const invite = (t, about, shared) =>
  html`<p class="note">${shared ? t('phone.private_shared') : t('phone.private')}</p>
    <p class="small keeps">
      ${t('phone.keeps')} ${about.keep == null ? nothing : erasedWords({ keep: about.keep })}
      ${t('phone.keeps_ask')}
    </p>
    <details class="pick">
      <summary>${t('keep.what')}</summary>
      <p>${t('phone.kept_who')}</p>
      <p>${t('phone.kept_notes')}</p>
      <p>${t('phone.kept_out')}</p>
      ${whom(t, about.contact)}
      <p><a href=${`/privatliv?lang=${locale}`} target="_blank">${t('keep.more')}</a></p>
    </details>
    ${about.items?.length ? before(t, about) : nothing}`;

/**
 * Whoever comes late listens first: five lines of where we are and what was said, the newest last.
 */
export function soFar(c) {
  const { part, state, t } = c;
  const { decision, contributions, recaps = [] } = state;
  const settled = decision.answers.filter((each) => each.text).map((each) => ({ text: each.text }));
  const lines = [...recaps, ...contributions, ...settled].slice(-4);
  return html`<details class="pick so-far" open>
    <summary>${t('phone.so_far')}</summary>
    <ul>
      <li>${t('phone.so_far_at', { no: part.item.no, title: part.item.title })}</li>
      ${lines.map((each) => html`<li>${by(c, each)} ${each.text}</li>`)}
    </ul>
  </details>`;
}
