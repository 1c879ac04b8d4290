// before.js -- what is good to have in order before a meeting, as far as the plan itself tells. Pure.
import { itemSum } from './sums.js';

/** Whether a text is one sentence, and asks. "Hvad nu, kl. 9.30?" is; "Hvad nu? Og så?" is not. */
export const isOneQuestion = (/** @type {string} */ text) =>
  /^[^?]+\?$/.test(text.trim()) && !/[.!…]\s+\p{Lu}/u.test(text.trim());

const DAY = 86400000;
const noon = (/** @type {string} */ day) => Date.parse(`${day}T12:00:00Z`);

/**
 * How many days there are from one day to another; null where one of them is none.
 * @param {string | undefined} day @param {string} today
 */
export const daysUntil = (day, today) => {
  const days = Math.round((noon(day) - noon(today)) / DAY);
  return Number.isNaN(days) ? null : days;
};

/** Data go out at the latest so many days before. */
export const DATA_DAYS = 7;

/** The meeting is near, and data should have gone out. @param {{date?: string}} form */
export const isNear = ({ date }, today) => {
  const days = daysUntil(date, today);
  return days !== null && days >= 0 && days < DATA_DAYS;
};

/** The items whose parts take more or less than they have. @param {{items: any[]}} form */
export const unsound = ({ items }) =>
  items
    .filter((item) => item.minutes !== undefined)
    .map((item) => ({ item, ...itemSum(item) }))
    .filter(({ over }) => over !== 0);
