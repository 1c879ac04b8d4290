// keep.js -- how long the meeting is kept, and how to change it: for the console and the leader.
import { html, nothing } from 'lit-html';
import { serverNow, wallOf } from './clock.js';
import { date, t } from './i18n.js';
import { erasedWords } from './keeping.js';

const DAYS = [1, 7, 14, 30, 60, 90, 180, 365];
const DAY = 86400000;

/**
 * What would erase a meeting that is over at once is not offered.
 * @param {{keep?: number, erases?: number}} meeting
 */
const offered = ({ keep, erases }) => {
  const ended = erases == null ? Infinity : erases - keep * DAY;
  return [...new Set([...DAYS, keep])]
    .filter((days) => days === keep || ended + days * DAY > serverNow() + DAY / 24)
    .sort((one, other) => one - other);
};

/** What is lost before it is needed: said where the follow-up is later than the erasure. */
function beforeFollowUp(/** @type {any} */ { meeting: { erases }, decision }) {
  const day = decision.answers.find(({ answer }) => answer === 'follow_up')?.date;
  return day && erases != null && Date.parse(`${day}T00:00Z`) > wallOf(erases)
    ? t('keep.before_follow_up', {
        day: date(day, { day: 'numeric', month: 'long', year: 'numeric' }),
      })
    : '';
}

/**
 * @param {import('./model.js').State} state
 * @param {(name: string, fields: object) => any} send
 */
export const keepView = (state, send) => {
  const { meeting } = state;
  return meeting.keep == null
    ? nothing
    : html`<div class="keep">
        <p class="sub">${erasedWords(meeting)} ${beforeFollowUp(state)}</p>
        <label class="sub"
          >${t('keep.how_long')}<select
            class="field"
            @change=${({ target }) => send('meeting.keep', { days: Number(target.value) })}
          >
            ${offered(meeting).map((days) => html`<option value=${days} ?selected=${days === meeting.keep}>${t('keep.days', { n: days })}</option>`)}
          </select></label
        >
      </div>`;
};
