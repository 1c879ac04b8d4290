// chain.js -- the meetings that belong together: the talk, what followed on it, the next one. Pure.
import { tasksCarried } from './carried.js';

/**
 * @import {State} from './model.js'
 * @typedef {{is: 'before' | 'this' | 'next' | 'planned', title: string, date?: string, meeting?: string}} Link
 *   planned: a day that was agreed on, for which no meeting is made yet
 */

/** What is under way or was not spoken of, and what was agreed here. @param {State} state */
export const stillOpen = (state) => [
  ...tasksCarried(state).filter(({ outcome }) => !outcome || outcome === 'under_way'),
  ...(state.decision.answers.find(({ answer }) => answer === 'tasks')?.tasks ?? []),
];

/**
 * The meetings in the order of their days; those without a day where they must be.
 * @param {State} state @returns {Link[]}
 */
export function chainOf(state) {
  const { meeting, chain = [], decision } = state;
  const of = (is) => chain.filter((each) => each.is === is);
  const told = (/** @type {import('runde:protocol').Chained} */ it) => ({
    is: it.is,
    title: it.title ?? '',
    date: it.date,
    meeting: it.meeting,
  });
  const agreed = decision.answers.find(({ answer }) => answer === 'follow_up')?.date;
  const byDay = (a, b) => (a.date ?? '9999').localeCompare(b.date ?? '9999');
  return [
    ...of('before')
      .map(told)
      .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? '')),
    { is: 'this', title: meeting.title, date: meeting.date, meeting: meeting.code },
    ...[
      ...of('next').map(told),
      ...(agreed && !of('next').some(({ date }) => date === agreed)
        ? [{ is: /** @type {const} */ ('planned'), title: '', date: agreed }]
        : []),
    ].sort(byDay),
  ];
}

/** Where in the year a day is, in degrees from the top, where January begins. @param {string} day */
export function yearAngle(day) {
  const [year, month, date] = day.split('-').map(Number);
  const begins = Date.UTC(year, 0, 1);
  const all = Date.UTC(year + 1, 0, 1) - begins;
  return ((Date.UTC(year, month - 1, date) - begins) / all) * 360;
}
