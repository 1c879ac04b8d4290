// keeping.js -- how long a meeting is kept, in words.
import { serverNow, wallOf } from './clock.js';
import { date, t } from './i18n.js';

/** The day of a time on the meeting clock, with its year where that is not this one. */
export function dayOf(/** @type {number} */ at) {
  const year = /** @type {any} */ ({ year: 'numeric' });
  const isOther = date(wallOf(at), year) !== date(wallOf(serverNow()), year);
  return date(wallOf(at), { day: 'numeric', month: 'long', ...(isOther ? year : {}) });
}

/**
 * "The meeting is erased on 30 December"; before it is over, how long after its end.
 * @param {{keep?: number, erases?: number | null}} meeting
 */
export const erasedWords = ({ keep = 0, erases }) =>
  erases != null
    ? t('keep.on', { date: dayOf(erases) })
    : keep
      ? t('keep.after', { n: keep })
      : t('keep.at_end');
