// tables.js -- csv.js as the pages have it: a script of its own, with Papa Parse in it, fetched when
// the first table is to be read. Until it has come nothing is read; then the page is drawn anew.
import { later } from './later.js';

/** @type {ReturnType<typeof later<typeof import('./csv.js')>>} */
const reader = later('tables', globalThis.RUNDE_TABLES);

/** How the page is drawn anew. */
export const whenTablesCome = reader.whenItComes;

/**
 * As in csv.js, and undefined while the script is on its way.
 * @param {string} text
 * @param {string} [locale]
 * @returns {import('./csv.js').Table | null | undefined}
 */
export const readTable = (text, locale) => reader.get()?.readTable(text, locale);

/**
 * The rows as they were written; none while the script is on its way.
 * @param {string} text
 * @returns {string[][]}
 */
export const rowsOf = (text) => reader.get()?.rowsOf(text) ?? [];
