// announce.js -- time for those who listen: politely at a minute, at 15 seconds and at the end,
// never each second. Pure.

/** @type {[number, string][]} */
const MARKS = [
  [60000, 'minute'],
  [15000, 'quarter'],
  [0, 'end'],
];

/**
 * @param {{rest: number | null, of: string} | null} before  what this gave last time
 * @param {number | null} rest  ms left now; null when no clock runs
 * @param {string} of  what the clock belongs to: a new one is only heard from where it starts
 * @returns {{rest: number | null, of: string, text: string}}  text: the mark that was passed, or ''
 */
export function announce(before, rest, of) {
  const none = { rest, of, text: '' };
  if (rest === null || before?.rest == null || before.of !== of) return none;
  const passed = MARKS.filter(([mark]) => before.rest > mark && rest <= mark).at(-1);
  return passed ? { ...none, text: passed[1] } : none;
}
