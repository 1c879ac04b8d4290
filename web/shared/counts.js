// counts.js -- how many of the seven answers stand, in the same words on every page.
import { countsOf } from './answers.js';
import { t } from './i18n.js';

/** "3 af 7 svar er på plads · 1 ikke afklaret" */
export function countWords(state) {
  const { settled, unsettled } = countsOf(state);
  return [
    t('shared.settled_count', { n: settled }),
    unsettled && t('shared.unsettled_count', { n: unsettled }),
  ]
    .filter(Boolean)
    .join(' · ');
}
