// keep.js -- how long the meeting is kept, and how to change it: for the console and the leader.
import { html, nothing } from 'lit-html';
import { serverNow } from './clock.js';
import { t } from './i18n.js';
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

/**
 * @param {{keep?: number, erases?: number}} meeting
 * @param {(name: string, fields: object) => any} send
 */
export const keepView = (meeting, send) =>
  meeting.keep == null
    ? nothing
    : html`<div class="keep">
        <p class="sub">${erasedWords(meeting)}</p>
        <label class="sub"
          >${t('keep.how_long')}<select
            class="field"
            @change=${({ target }) => send('meeting.keep', { days: Number(target.value) })}
          >
            ${offered(meeting).map((days) => html`<option value=${days} ?selected=${days === meeting.keep}>${t('keep.days', { n: days })}</option>`)}
          </select></label
        >
      </div>`;
