// heeded.js -- what is said of a text that looks like somebody's own (personal.js).
import { t } from './i18n.js';

/** @param {'cpr' | 'email' | 'name'} what */
export const looksLike = (what) =>
  ({
    cpr: t('shared.heed_cpr'),
    email: t('shared.heed_email'),
    name: t('shared.heed_name'),
  })[what];
