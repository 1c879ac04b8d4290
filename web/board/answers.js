// answers.js -- the seven answers as the board words them: each as one line, and what they name.
import { t } from '../shared/i18n.js';
import { isSettled, toldBodies } from '../shared/answers.js';
import { dayOf, weekdayOf } from './pieces.js';

/** @import {Stakeholder} from 'runde:protocol' */

/** A body by its name, or whoever else is to be involved. @param {Stakeholder} each */
export const bodyName = ({ body, name }) =>
  body === 'other' ? name || t('board.body.other') : t('board.body.' + body);

/** How somebody is involved: what was chosen, or that nobody has said. @param {Stakeholder} each */
export const settledWords = (each) => {
  if (!isSettled(each)) return each.settled ? t('board.unsettled_small') : t('board.unanswered');
  if (each.settled === 'date') return dayOf(each.date);
  return each.settled === 'today' ? t('board.today') : t('board.not_relevant');
};

/** What is done, and by whom and when, as far as it is said. */
const taskLine = ({ text, owner, due }) => {
  const who = [owner, due && dayOf(due)].filter(Boolean).join(', ');
  return who ? `${text} (${who})` : text;
};

/** An answer as one line; empty when there is nothing to say. */
export function lineOf({ answer, value, done }) {
  const { text = '', date, tasks = [], stakeholders = [], unsettled } = value;
  if (unsettled) return '';
  if (answer === 'tasks' && tasks.length) return tasks.map(taskLine).join(' · ');
  if (answer === 'stakeholders' && stakeholders.length)
    return [...toldBodies(value).map((each) => `${bodyName(each)} ${settledWords(each)}`), text]
      .filter(Boolean)
      .join(' · ');
  if (answer === 'follow_up' && date)
    return [capital(weekdayOf(date)), text].filter(Boolean).join(' · ');
  return done === 'not' ? '' : text;
}

export const capital = (text) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
