// read.js -- questions to the state that the minutes ask. Pure.
import * as traits from 'runde:traits';
import { ANSWERS, standingOf, suggestionsOf } from '../shared/answers.js';
import { authorsOf as seatsOf } from '../shared/author.js';
import { allParts, contributionsOf, partOf, seatOf } from '../shared/model.js';

/** What a link allows on this page. The leader's reads until the meeting is over; then it leads. */
const RIGHTS = {
  scribe: ['write', 'gather', 'decide', 'connect', 'mend', 'publish'],
  console: ['write', 'gather', 'decide', 'connect', 'mend', 'publish'],
  leader: ['gather', 'decide', 'mend', 'approve', 'publish'],
};

/**
 * @param {{role: string, saved: import('../shared/model.js').State}} ctx
 * @param {'write' | 'gather' | 'decide' | 'connect' | 'mend' | 'approve' | 'publish'} right
 */
export const may = ({ role, saved }, right) =>
  (role !== 'leader' || saved.now.state === 'closed') && (RIGHTS[role]?.includes(right) ?? false);

export const isOpen = ({ now }) => now.state === 'running' || now.state === 'paused';

/** Whether anything has a day that a calendar would have: when it is followed up, or a task's. */
export const hasDay = ({ decision: { answers } }) =>
  answers.some(({ date, tasks = [] }) => date || tasks.some(({ due }) => due));

/** Whether the minutes have a section of answers: a part asks for them, or one has been given. */
export const hasDecision = (state) =>
  state.decision.answers.length > 0 || allParts(state).some(traits.decides);

/** Whether a point of this part must be somebody's. */
export const needsSeat = (part) => !traits.seatless(part);

/**
 * Who said a point: nobody, where points are nobody's for good.
 * @returns {import('runde:protocol').TableSeat[]}
 */
export const authorsOf = (state, point) =>
  traits.nameless(partOf(state, point.part))
    ? []
    : seatsOf(point)
        .map((n) => seatOf(state, n))
        .filter(Boolean);

/** The points that one builds on, as far as they are still there. */
export const basesOf = (state, ids = []) =>
  ids
    .map((id) => state.contributions.find((point) => point.id === id))
    .filter((point) => point?.text);

/**
 * The points that a point of a later lap may build on: all of the part's that were said before it.
 */
export function earlierOf(state, point) {
  const points = contributionsOf(state, point.part).filter((each) => each.text);
  return points.slice(
    0,
    points.findIndex((each) => each.id === point.id),
  );
}

/** Whether the links of a point can be set: where points build on others, from the second lap on. */
export const linksWanted = (part, point) => traits.builds(part) && (point.lap ?? 0) > 1;

/**
 * The seven answers and how each stands. `tasks`: those that lack somebody or a date.
 * @returns {{answer: string, standing: string, tasks: number}[]}
 */
export const standings = (state) =>
  ANSWERS.map((answer) => ({
    answer,
    standing: standingOf(state, answer),
    tasks: answer === 'tasks' ? tasksLacking(state) : 0,
  }));

const tasksLacking = (state) =>
  (state.decision.answers.find((each) => each.answer === 'tasks')?.tasks ?? []).filter(
    (task) => !task.owner || !task.due,
  ).length;

/** Suggestions that nobody has taken in yet, oldest first. */
export const openSuggestions = (state) =>
  ANSWERS.flatMap((answer) =>
    suggestionsOf(state, answer)
      .filter((each) => !each.taken)
      .map(({ point }) => point),
  );

/** The live part, when it is one in which somebody's words can be written down. */
export const livePart = (state) => (isOpen(state) ? partOf(state) : null);
