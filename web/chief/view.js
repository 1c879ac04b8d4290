// view.js -- what several schools have agreed, side by side. Pure.
import { html, nothing } from 'lit-html';
import { date, hours, locale, t } from '../shared/i18n.js';
import { ownZone } from '../shared/zone.js';
import { answerOf, followUpIn, isNear, lacking, late, schoolOf, sorted } from './read.js';

/**
 * @import {Meeting, Shared} from './read.js'
 * @typedef {{shared: Shared | null, at: number, fails: boolean, refused: boolean, linked: boolean,
 *   today: string}} Model
 * @typedef {{again: () => void, print: () => void}} Acts
 */

/** @type {any} */
const LONG = { day: 'numeric', month: 'long', year: 'numeric' };
const day = (when) => html`<time datetime=${when}>${date(when, LONG)}</time>`;

/** What people wrote stands in the language of its meeting. @param {Meeting} meeting */
const tongue = ({ lang }) => (lang === locale ? nothing : lang);

const block = (name, heading, content) =>
  html`<section class=${name}>
    <h3>${heading}</h3>
    ${content}
  </section>`;

const none = (words) => html`<p class="soft">${words}</p>`;

/** @param {Meeting} meeting */
const words = (meeting, text) => html`<p class="text" lang=${tongue(meeting)}>${text}</p>`;

/** What wants a look, in words: amber is time. @param {Meeting} meeting */
function flags(meeting, today) {
  const n = late(meeting, today).length;
  const days = followUpIn(meeting, today);
  const all = [
    n ? t('chief.late', { n }) : '',
    days !== null && days < 0 ? t('chief.follow_up_was') : '',
    days === 0 ? t('chief.follow_up_today') : '',
    isNear(days) && days > 0 ? t('chief.follow_up_in', { n: days }) : '',
  ].filter(Boolean);
  return all.length
    ? html`<ul class="flags">
        ${all.map((each) => html`<li>${each}</li>`)}
      </ul>`
    : nothing;
}

/** How the minutes stand. @param {Meeting} meeting */
const standing = (meeting) =>
  meeting.state === 'draft'
    ? html`<span class="badge draft">${t('chief.draft')}</span>`
    : html`<span class="badge"
        >${meeting.state === 'published' ? t('chief.published') : t('chief.approved')}</span
      >`;

/** @param {Meeting} meeting */
const head = (meeting, today, id) =>
  html`<header>
    <h2 id=${id} lang=${tongue(meeting)}>${schoolOf(meeting) || t('chief.no_title')}</h2>
    ${meeting.place && meeting.title ? html`<p lang=${tongue(meeting)}>${meeting.title}</p>` : nothing}
    <p class="soft">${meeting.date ? html`${day(meeting.date)} ` : nothing}${standing(meeting)}</p>
    ${flags(meeting, today)}
  </header>`;

/** @param {Meeting} meeting */
const followUp = (meeting) => {
  const answer = answerOf(meeting, 'follow_up');
  if (!answer) return none(t('chief.not_agreed'));
  return html`${answer.date ? html`<p class="day">${day(answer.date)}</p>` : nothing}
  ${answer.text ? words(meeting, answer.text) : nothing}`;
};

/** @param {Meeting} meeting @param {import('./read.js').Task} task */
const taskView = (meeting, task, today) => {
  const isLate = late(meeting, today).includes(task);
  return html`<li>
    <span class="text" lang=${tongue(meeting)}>${task.text}</span>
    <span class="soft"
      >${task.owner ? html`<span lang=${tongue(meeting)}>${task.owner}</span>` : html`<mark class="open">${t('chief.no_owner')}</mark>`}
      ·
      ${
        task.due
          ? isLate
            ? html`<mark class="open">${t('chief.was_due')} ${day(task.due)}</mark>`
            : html`${t('chief.due')} ${day(task.due)}`
          : html`<mark class="open">${t('chief.no_due')}</mark>`
      }</span
    >
  </li>`;
};

/** @param {Meeting} meeting */
const tasks = (meeting, today) =>
  meeting.tasks.length
    ? html`<ul class="tasks">
        ${meeting.tasks.map((task) => taskView(meeting, task, today))}
      </ul>`
    : none(t('chief.no_tasks'));

/** What is not settled, and tasks that are nobody's or have no day. @param {Meeting} meeting */
const open = (meeting) => {
  const n = lacking(meeting);
  return meeting.open.length || n
    ? html`<ul class="plain">
        ${meeting.open.map((answer) => html`<li>${t('answer.' + answer)}</li>`)}
        ${n ? html`<li>${t('chief.lack', { n })}</li>` : nothing}
      </ul>`
    : none(t('chief.nothing_open'));
};

const OUTCOMES = /** @type {const} */ (['done', 'under_way', 'dropped', 'not_said']);

/** @param {Meeting} meeting */
const came = ({ came: of }) =>
  of
    ? html`<section class="came">
        <h3>${t('chief.came')}</h3>
        <p>
          ${OUTCOMES.filter((each) => of[each])
            .map((each) => t('chief.came.' + each, { n: of[each] }))
            .join(' · ')}
        </p>
      </section>`
    : nothing;

/** What stands in no row of its own. */
const REST = ['action', 'targets', 'stakeholders', 'tasks', 'feedback'];

/** @param {Meeting} meeting */
const rest = (meeting) => {
  const said = meeting.answers.filter(({ answer, text }) => REST.includes(answer) && text);
  return said.length
    ? html`<details class="rest">
        <summary>${t('chief.rest')}</summary>
        ${said.map(({ answer, text }) => block(answer, t('answer.' + answer), words(meeting, text)))}
      </details>`
    : nothing;
};

/** @param {Meeting} meeting */
const card = (meeting, today, id) => {
  const next = answerOf(meeting, 'next_step')?.text;
  return html`<article class="card" aria-labelledby=${id}>
    ${head(meeting, today, id)}
    ${block('focus', t('chief.focus'), meeting.focus ? words(meeting, meeting.focus) : none(t('chief.no_focus')))}
    ${block('next', t('answer.next_step'), next ? words(meeting, next) : none(t('chief.not_agreed')))}
    ${block('follow', t('chief.follow_up'), followUp(meeting))}
    ${block('lacks', t('chief.open'), open(meeting))}
    ${block('who', t('chief.tasks'), tasks(meeting, today))}
    <div class="foot">${came(meeting)}${rest(meeting)}</div>
  </article>`;
};

/** @param {Meeting[]} meetings */
const cards = (meetings, today, name) =>
  html`<div class=${meetings.length === 1 ? 'schools one' : 'schools'}>
    ${sorted(meetings, today, locale).map((each, i) => card(each, today, `${name}-${i}`))}
  </div>`;

/** The code that the chief gives to leaders: to be read aloud, written down, sent. */
const code = (shared) => html`<p class="code num" translate="no">${shared.code}</p>`;

/** @param {Shared} shared */
const empty = (shared) =>
  html`<main class="narrow">
    <h1>${t('chief.title')}</h1>
    <p class="lead">${t('chief.nobody')}</p>
    ${code(shared)}
    <p>${t('chief.how')}</p>
    <p class="soft">${t('chief.what')}</p>
  </main>`;

/** @param {Model} model  @param {Acts} acts */
const side = ({ shared, today }, acts) =>
  html`<main>
    <div class="top">
      <h1>${t('chief.title')}</h1>
      <button type="button" class="b" @click=${acts.print}>${t('chief.print')}</button>
    </div>
    ${cards(shared.meetings, today, 'school')}
    ${
      shared.earlier.length
        ? html`<details class="earlier">
            <summary>${t('chief.earlier', { n: shared.earlier.length })}</summary>
            ${cards(shared.earlier, today, 'earlier')}
          </details>`
        : nothing
    }
    <section class="more">
      <h2>${t('chief.more')}</h2>
      <p>${t('chief.more_how')}</p>
      ${code(shared)}
      <p class="soft">${t('chief.what')}</p>
    </section>
  </main>`;

/** Nothing to show yet, or not any more. */
const alone = (words, way = /** @type {any} */ (nothing)) =>
  html`<main class="narrow">
    <h1>${t('chief.title')}</h1>
    <p class="lead" role="status">${words}</p>
    ${way}
  </main>`;

/** What the page is, and the way to one's own link. */
const stranger = (linked) =>
  alone(
    linked ? t('chief.refused') : t('chief.about'),
    html`<p>${linked ? t('chief.about') : t('chief.by_link')}</p>
      <p><a class="b" href=${`/?lang=${locale}`}>${t('chief.to_start')}</a></p>`,
  );

/** @param {Model} model */
const notice = ({ fails, shared, at }) =>
  fails && shared
    ? html`<p class="lost" role="status">${t('chief.stale', { time: hours(at, ownZone()) })}</p>`
    : nothing;

/** @param {Model} model  @param {Acts} acts */
export function view(model, acts) {
  const { shared, refused, fails, linked } = model;
  if (refused) return stranger(linked);
  if (!shared)
    return alone(
      fails ? t('chief.offline') : t('chief.fetching'),
      fails
        ? html`<p>
            <button type="button" class="b" @click=${acts.again}>${t('chief.try_again')}</button>
          </p>`
        : nothing,
    );
  const any = shared.meetings.length + shared.earlier.length > 0;
  return html`${notice(model)}${any ? side(model, acts) : empty(shared)}`;
}
