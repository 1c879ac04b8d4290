// answers.js -- the seven answers of a decision, and how each stands: the same for console, scribe
// and board. Pure.
import { enums } from 'runde:protocol';
import * as traits from 'runde:traits';
import { allParts } from './model.js';

/**
 * @import {Answer, Contribution, Stakeholder, Task, WrittenAnswer} from 'runde:protocol'
 * @import {State} from './model.js'
 */

export const ANSWERS = enums.answer;
export const BODIES = enums.body.filter((body) => body !== 'other');

/** @type {(state: Pick<State, 'decision'>, answer: Answer) => WrittenAnswer} */
export const answerOf = (state, answer) =>
  state.decision.answers.find((each) => each.answer === answer) ?? { answer };

/**
 * The three fixed rows, and whatever else was named: always in this order.
 * @param {WrittenAnswer} it
 * @returns {Stakeholder[]}  settled: null where nothing was said
 */
export function bodiesOf({ stakeholders: said = [] }) {
  const fixed = BODIES.map(
    (body) => said.find((each) => each.body === body) ?? { body, settled: null },
  );
  return [...fixed, ...said.filter((each) => each.body === 'other')];
}

/**
 * The rows that are told: once one is spoken of, the three bodies have theirs; a text answers for
 * those that nobody spoke of.
 */
export const toldBodies = (/** @type {WrittenAnswer} */ it) =>
  bodiesOf(it).filter((each) => each.settled || (it.stakeholders?.length && !it.text));

/** Whether it is settled how somebody is involved. @param {Stakeholder} each */
export const isSettled = ({ settled, date }) =>
  settled === 'date' ? Boolean(date) : settled === 'today' || settled === 'not_relevant';

export const stakeholdersOf = (/** @type {State} */ state) =>
  bodiesOf(answerOf(state, 'stakeholders'));

/** @type {(state: State) => Task[]} */
export const tasksOf = (state) => answerOf(state, 'tasks').tasks ?? [];

/**
 * Whether the meeting decides anything: an answer has been given, or a part that is not left out
 * asks for the seven.
 * @param {State} state
 */
export const hasDecision = (state) =>
  state.decision.answers.length > 0 ||
  allParts(state).some((part) => part.on && traits.decides(part));

/**
 * How an answer stands: 'filled', 'partly' where something is still open, 'unsettled' where that
 * was said, or 'empty'.
 * @param {State} state  @param {Answer} answer
 */
export function standingOf(state, answer) {
  const it = answerOf(state, answer);
  if (it.unsettled) return 'unsettled';
  if (answer === 'stakeholders') {
    const told = toldBodies(it);
    if (!told.length) return it.text ? 'filled' : 'empty';
    return told.every(isSettled) ? 'filled' : 'partly';
  }
  if (answer === 'tasks') {
    const tasks = tasksOf(state);
    if (!tasks.length) return it.text ? 'partly' : 'empty';
    return tasks.every((task) => task.owner && task.due) ? 'filled' : 'partly';
  }
  if (answer === 'follow_up') return it.date ? 'filled' : it.text ? 'partly' : 'empty';
  return it.text ? 'filled' : 'empty';
}

/**
 * Suggestions from phones for an answer, and whether each has been taken in.
 * @type {(state: State, answer: Answer) => {point: Contribution, taken: boolean}[]}
 */
export function suggestionsOf(state, answer) {
  const it = answerOf(state, answer);
  const used = new Set([
    ...(it.based_on ?? []),
    ...(it.tasks ?? []).flatMap((task) => task.builds_on ?? []),
  ]);
  return state.contributions
    .filter((each) => each.answer === answer && each.text)
    .map((point) => ({
      point,
      taken: used.has(point.id) || Boolean(it.text?.includes(point.text)),
    }));
}

/**
 * How many of the seven need nothing more, and how many were talked about and left open.
 * @param {State} state
 */
export function countsOf(state) {
  const all = ANSWERS.map((answer) => standingOf(state, answer));
  const count = (standing) => all.filter((each) => each === standing).length;
  return { settled: count('filled'), unsettled: count('unsettled') };
}
