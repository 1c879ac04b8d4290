// fetched.js -- for whoever answers for a meeting that is over: which files were fetched, and a warning
// where it is soon erased and none was.
import { html, nothing } from 'lit-html';
import { serverNow } from './clock.js';
import { date, list, t } from './i18n.js';
import { dayOf } from './keeping.js';

/**
 * @import {Fetched} from 'runde:protocol'
 * @typedef {import('./model.js').State} State
 */

const DAY = 86400000;
/** As long before it is erased somebody is warned. */
const WARNED = 7 * DAY;

const FORMATS = { docx: 'Word', odt: 'OpenDocument', html: 'HTML', md: 'Markdown', ics: '' };

/** "Referat (Word) 14. maj", and by whom where it was not the reader. @param {Fetched} it */
function words({ file, format, as, day }, role) {
  const called =
    format === 'ics' ? t('keep.calendar') : t('keep.file.' + file, { format: FORMATS[format] });
  const what = `${called} ${date(day)}`;
  return as === role ? what : `${what} ${t('keep.by.' + as)}`;
}

/**
 * Whether nothing was fetched of a meeting that is over, and less than a week is left for it.
 * @param {Pick<State, 'meeting' | 'now' | 'fetched'>} state
 */
export const isUnfetched = ({ meeting: { erases }, now, fetched }) =>
  now.state === 'closed' && !fetched.length && erases != null && erases - serverNow() < WARNED;

/**
 * @param {Pick<State, 'meeting' | 'now' | 'fetched'>} state  @param {string} role  the reader's
 */
export const fetchedView = ({ now, fetched }, role) =>
  now.state === 'closed'
    ? html`<p class="sub fetched" role="status">
        ${fetched.length ? t('keep.fetched', { files: list(fetched.map((each) => words(each, role))) }) : t('keep.none_fetched')}
      </p>`
    : nothing;

/**
 * @param {State} state
 * @param {() => any} fetchIt  @param {boolean} busy
 */
export const unfetchedView = (state, fetchIt, busy) =>
  isUnfetched(state)
    ? html`<div class="notice unfetched">
        <p role="status">${t('keep.unfetched', { date: dayOf(state.meeting.erases) })}</p>
        <button type="button" class="b main" ?disabled=${busy} @click=${fetchIt}>
          ${t('keep.fetch_now')}
        </button>
      </div>`
    : nothing;
