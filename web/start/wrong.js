// wrong.js -- what went wrong with a request, for people.
import { t } from '../shared/i18n.js';

/** @param {{status: number}} wrong */
export function wrongWords({ status }) {
  if (status === 401) return t('start.needs_key');
  if (status === 403) return t('start.not_here');
  if (status === 0) return t('start.offline');
  if (status === 404) return t('start.no_meeting');
  if (status === 413) return t('start.too_large');
  if (status === 503 || status === 429) return t('start.busy');
  return t('start.wrong');
}
