// read.js -- what a chief looks for in the meetings that are shared: what is late, when something is
// followed up, what is open. Pure.

/**
 * As the server tells it (protocol/chief.schema.json).
 * @typedef {{text: string, owner?: string, due?: string}} Task
 * @typedef {{lang: string, title?: string, place?: string, focus?: string, date?: string, state:
 *   'draft' | 'approved' | 'published', approved?: string, published?: string, answers: {answer:
 *   string, text?: string, date?: string}[], tasks: Task[], open: string[], came?: {not_said:
 *   number, done: number, under_way: number, dropped: number}}} Meeting
 * @typedef {{code: string, meetings: Meeting[], earlier: Meeting[]}} Shared
 */

/** Within so many days a follow-up is near. */
const NEAR_DAYS = 14;
const DAY = 86400000;

/** The day that it is here, as days are written: "2026-11-30". @param {Date} now */
export const dayOf = (now) =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((n) => String(n).padStart(2, '0'))
    .join('-');

/** How many days there are from one day to another; less than none where that has been. */
export const daysTo = (today, day) => (Date.parse(day) - Date.parse(today)) / DAY;

/** @param {Meeting} meeting  @param {string} answer */
export const answerOf = (meeting, answer) =>
  meeting.answers.find((each) => each.answer === answer) ?? null;

/** The tasks whose day has been. @param {Meeting} meeting  @param {string} today */
export const late = (meeting, today) =>
  meeting.tasks.filter(({ due }) => due && daysTo(today, due) < 0);

/** Days to the follow-up; null where none is agreed. @param {Meeting} meeting @param {string} today */
export function followUpIn(meeting, today) {
  const day = answerOf(meeting, 'follow_up')?.date;
  return day ? daysTo(today, day) : null;
}

/** Whether that is so near that somebody may want to prepare. @param {number | null} days */
export const isNear = (days) => days !== null && days >= 0 && days <= NEAR_DAYS;

/** How many tasks lack somebody or a day. @param {Meeting} meeting */
export const lacking = (meeting) => meeting.tasks.filter(({ owner, due }) => !owner || !due).length;

/** What the school goes by: where the meeting was, else its title. @param {Meeting} meeting */
export const schoolOf = ({ place, title }) => place ?? title ?? '';

/** How soon somebody should look: 0 is now. @param {Meeting} meeting  @param {string} today */
export function urgency(meeting, today) {
  const days = followUpIn(meeting, today);
  if (late(meeting, today).length || (days !== null && days < 0)) return 0;
  if (isNear(days)) return 1;
  return meeting.open.length || lacking(meeting) ? 2 : 3;
}

/**
 * What wants somebody's look first; then by school.
 * @param {Meeting[]} meetings  @param {string} today  @param {string} [locale]
 */
export const sorted = (meetings, today, locale) =>
  [...meetings].sort(
    (one, other) =>
      urgency(one, today) - urgency(other, today) ||
      schoolOf(one).localeCompare(schoolOf(other), locale),
  );
