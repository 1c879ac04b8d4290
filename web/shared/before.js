// before.js -- what whoever prepares the meeting is asked, and the answers. Only console and leader
// have them until one is put among the meeting's data. Pure.
import { t } from './i18n.js';

/**
 * @import {Preparation} from 'runde:protocol'
 * @typedef {import('./model.js').State} State
 * @typedef {Pick<Preparation, 'yes_no' | 'yes' | 'text'>} Answer
 */

/** Where it is asked as yes or no, a yes is an answer once it says how it is dealt with. @param {Answer} it */
export const isAnswered = ({ yes_no, yes, text }) =>
  yes_no && yes !== undefined ? !yes || Boolean(text) : !yes_no && Boolean(text);

/** How many have no answer yet. @param {Answer[]} list */
export const unanswered = (list) => list.filter((it) => !isAnswered(it)).length;

/** An answer in words, as it is read out and stands among the data. @param {Answer} it */
export const answerWords = ({ yes_no, yes, text = '' }) =>
  !yes_no
    ? text
    : yes
      ? [t('shared.before_yes'), text && t('shared.before_dealt_text', { text })]
          .filter(Boolean)
          .join('. ')
      : yes === false
        ? t('shared.before_nothing')
        : '';

/** The answer among the meeting's data. @param {Pick<State, 'data'>} state @param {Pick<Preparation, 'ask'>} it */
export const placed = ({ data }, { ask }) =>
  data.find(({ kind, title }) => kind === 'text' && title === ask);

/** "2 questions have no answer yet" @param {Pick<State, 'before'>} state */
export const beforeLeft = ({ before }) => {
  const n = unanswered(before);
  return n ? t('shared.before_left', { n }) : t('shared.before_all');
};
