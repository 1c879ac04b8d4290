// keeping.js -- how long a meeting is kept, in words.
import { wallOf } from './clock.js';
import { date, t } from './i18n.js';

/**
 * "The meeting is erased on 30 December"; before it is over, how long after its end.
 * @param {{keep?: number, erases?: number | null}} meeting
 */
export const erasedWords = ({ keep = 0, erases }) =>
  erases != null
    ? t('keep.on', { date: date(wallOf(erases)) })
    : keep
      ? t('keep.after', { n: keep })
      : t('keep.at_end');
