// answers.js -- the seven answers as the board words them: each as one line, and what they name.
import { t } from '../shared/i18n.js';
import { stakeholdersOf } from './choose.js';
import { dayOf, weekdayOf } from './pieces.js';

/** A body by its name, or whoever else is to be involved. */
export const bodyName = ({ body, name }) =>
  body === 'other' ? name || t('board.body.other') : t('board.body.' + body);

export const settledWords = ({ settled, date }) =>
  settled === 'today'
    ? t('board.today')
    : settled === 'date' && date
      ? dayOf(date)
      : t('board.unsettled_small');

/** Who does what, and when, as far as it is said. */
const taskLine = ({ text, owner, due }) =>
  [text, owner, due && dayOf(due)].filter(Boolean).join(', ');

/** An answer as one line; empty when there is nothing to say. */
export function lineOf({ answer, value, done }) {
  const { text = '', date, tasks = [], stakeholders = [], unsettled } = value;
  if (unsettled) return '';
  if (answer === 'tasks' && tasks.length) return tasks.map(taskLine).join(' · ');
  if (answer === 'stakeholders' && stakeholders.length) {
    return stakeholdersOf(value)
      .map((each) => `${bodyName(each)} ${settledWords(each)}`)
      .join(' · ');
  }
  if (answer === 'follow_up' && date)
    return [capital(weekdayOf(date)), text].filter(Boolean).join(' · ');
  return done === 'not' ? '' : text;
}

export const capital = (text) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
