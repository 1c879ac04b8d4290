// reading.js -- the seven answers as they are read aloud before the meeting ends: whole, and what
// is open said plainly.
import { html, nothing } from 'lit-html';
import { countWords } from '../shared/counts.js';
import { date, t } from '../shared/i18n.js';
import {
  answerOf,
  ANSWERS,
  isSettled,
  standingOf,
  tasksOf,
  toldBodies,
} from '../shared/answers.js';
import * as icons from './icons.js';

const day = (text) => date(text, { day: 'numeric', month: 'long' });

const holder = (it) => {
  const name = it.name ?? t('console.body.' + it.body);
  if (it.settled === 'date' && it.date) return `${name}: ${day(it.date)}`;
  const how = isSettled(it)
    ? t('console.settled.' + it.settled)
    : it.settled
      ? t('console.settled.unsettled')
      : t('console.standing.empty');
  return `${name}: ${how.toLocaleLowerCase()}`;
};

const task = (it) =>
  [
    it.text,
    it.owner ?? t('console.task_no_owner'),
    it.due ? day(it.due) : t('console.task_no_date'),
  ].join(' – ');

/** An answer's content, line by line. @returns {string[]} */
export function linesOf(state, answer) {
  const it = answerOf(state, answer);
  const lines = [];
  if (answer === 'follow_up' && it.date)
    lines.push(date(it.date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }));
  if (it.text) lines.push(...it.text.split('\n'));
  if (answer === 'stakeholders') lines.push(...toldBodies(it).map(holder));
  if (answer === 'tasks') lines.push(...tasksOf(state).map(task));
  return lines;
}

const one = (state, answer) => {
  const standing = standingOf(state, answer);
  const lines = linesOf(state, answer);
  return html`<li>
    <h2>${t('answer.' + answer)}</h2>
    ${lines.map((line) => html`<p>${line}</p>`)}
    ${
      standing === 'unsettled'
        ? html`<p class="open-mark">${icons.warn()}${t('console.standing.unsettled')}</p>`
        : standing === 'empty'
          ? html`<p class="open-mark">${icons.warn()}${t('console.standing.empty')}</p>`
          : nothing
    }
  </li>`;
};

export const reading = (state) =>
  html`<p class="sub">${countWords(state)}</p>
    <ol class="reading">
      ${ANSWERS.map((answer) => one(state, answer))}
    </ol>`;
