// deciding.js -- the seven answers as they are changed: what they become when something is written,
// taken in or left out. Pure.
import { limits } from 'runde:protocol';
import { BASES } from './bases.js';
import { seatOf } from './model.js';
import { callName } from './names.js';

/** The list with one body's row changed; bodies that nobody has spoken of are left out. */
export const withStakeholder = (list, index, change) =>
  list
    .map((each, i) => (i === index ? { ...each, ...change } : each))
    .filter((each) => each.settled)
    .map(tidy);

const tidy = ({ date, ...each }) => (each.settled === 'date' && date ? { ...each, date } : each);

/** The answer of tasks with one of them changed; `name`: its id. */
export const withTask = (state, all, name, change = undefined) => ({
  ...all,
  tasks: (all.tasks ?? []).map((each) =>
    each.id === name ? taskWith(state, each, change ?? { owner: each.owner ?? '' }) : each,
  ),
});

/** A task as it is sent: without what is empty, and with the seat that goes by the owner's name. */
function taskWith(state, task, change) {
  const { seat, ...next } = { ...task, ...change };
  const owner = next.owner?.trim();
  const named = owner && state.seats.find((each) => each.name && callName(each) === owner);
  if (!next.builds_on?.length) delete next.builds_on;
  const keep = named ? named.seat : owner && change.owner === undefined ? seat : undefined;
  const it = { ...next, owner, seat: keep };
  for (const key of ['owner', 'seat', 'due']) if (!it[key]) delete it[key];
  return it;
}

/** A task whose owner has left is to be agreed with them. */
export const ownerLeft = (state, task) =>
  Boolean(task.seat && seatOf(state, task.seat)?.presence === 'left');

/**
 * What an answer becomes when a suggestion is taken in: a task of its own, or a line more of text.
 * null: there is no room for all of it.
 * @param {import('runde:protocol').WrittenAnswer} it
 * @param {import('runde:protocol').Contribution} point  @param {string} id  of a new task
 */
export function takingIn(it, point, id) {
  const { tasks = [], based_on = [] } = it;
  if (it.answer === 'tasks')
    return tasks.length < limits.tasks
      ? { unsettled: false, tasks: [...tasks, { id, text: point.text, builds_on: [point.id] }] }
      : null;
  const text = [it.text, point.text].filter(Boolean).join('\n');
  return [...text].length > limits.text
    ? null
    : { unsettled: false, text, based_on: [...based_on, point.id].slice(0, BASES) };
}
