// i18n.js -- the words of one language. The build puts them in: `t('section.key')` with a plain
// string becomes the text itself, and only keys that are put together while running stay in the
// table `words`.
//
// A text holds its values as {name}. With {n}, a key may have several texts: `key.one`,
// `key.other`, and so on by Intl.
import { locale, words } from 'runde:words';
import { zone } from './zone.js';

export { locale };

/**
 * Whose habits days, hours and numbers follow. English is read in Europe: the day before its month,
 * and 24 hours.
 */
export const region = locale === 'en' ? 'en-GB' : locale;

const plural = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(region);

export const number = (n) => numbers.format(n);

/**
 * What somebody wrote, fit to stand among other words: where it is read from the right, its
 * direction reaches no further than itself.
 * @param {string} text
 */
export const apart = (text) =>
  /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text;

/** "A, B og C". @param {string[]} names */
export const list = (names) => new Intl.ListFormat(region).format(names.map(apart));

/** A day, from "2026-05-14" or milliseconds since 1970. */
export const date = (when, options = /** @type {any} */ ({ day: 'numeric', month: 'long' })) =>
  new Date(typeof when === 'string' ? `${when}T12:00Z` : when).toLocaleDateString(region, {
    timeZone: typeof when === 'string' ? 'UTC' : zone(),
    ...options,
  });

/** @type {{[zone: string]: Intl.DateTimeFormat}} */
const clocks = {};

/** A time of day as it is said, where the meeting is: "9.47". @param {number | Date} when */
export function hours(when, timeZone = zone()) {
  clocks[timeZone ?? ''] ??= new Intl.DateTimeFormat(region, {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return clocks[timeZone ?? ''].format(when).replace(/^0(?=\d)/, '');
}

/** The same from "09:00". @param {string} at */
export const time = (at) => hours(Date.parse(`2000-01-01T${at}Z`), 'UTC');

/** What people call the clocks of a zone: "Centraleuropæisk tid". */
export function zoneName(timeZone) {
  const style = /** @type {Intl.DateTimeFormatOptions} */ ({
    timeZone,
    timeZoneName: 'longGeneric',
  });
  try {
    const parts = new Intl.DateTimeFormat(region, style).formatToParts();
    return parts.find(({ type }) => type === 'timeZoneName').value;
  } catch {
    return timeZone;
  }
}

/** Whether there is a text for a key: for keys that come from the server. */
export const has = (key) => Object.hasOwn(words, key);

/**
 * @param {any} key  'section.key'; in a built page also the text itself, or its texts by plural
 * @param {{[name: string]: any}} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const text =
    typeof key === 'string'
      ? (words[key] ?? pick(words, values.n, `${key}.`) ?? key)
      : (key[0] ?? pick(key, values.n));
  return text.replace(/\{(\w+)\}/g, (all, name) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? number(value) : apart(value);
  });
}

const pick = (texts, n, before = '') =>
  texts[before + plural.select(n ?? 0)] ?? texts[`${before}other`];
