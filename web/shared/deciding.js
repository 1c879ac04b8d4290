// deciding.js -- the seven answers as they are changed: what is sent when something is written, taken
// in or left out. Pure.
import { answerOf, tasksOf } from './answers.js';
import { BASES } from './bases.js';
import { seatOf } from './model.js';
import { callName } from './names.js';

/** What decision.set is sent: the whole answer, with what changes. */
export function changed(state, answer, change) {
  const { answer: _, ...known } = answerOf(state, answer);
  const next = { ...known, ...change };
  for (const key of Object.keys(next))
    if (next[key] === undefined || next[key] === null || next[key] === false) delete next[key];
  return { answer, ...next };
}

/** The list with one body's row changed; bodies that nobody has spoken of are left out. */
export const withStakeholder = (list, index, change) =>
  list
    .map((each, i) => (i === index ? { ...each, ...change } : each))
    .filter((each) => each.settled)
    .map(tidy);

const tidy = ({ date, ...each }) => (each.settled === 'date' && date ? { ...each, date } : each);

/** A task as it is sent: without what is empty, and with the seat that goes by the owner's name. */
export function taskWith(state, task, change) {
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

/** What is sent when a suggestion is taken in: a task of its own, or a line more of text. */
export function takingIn(state, answer, point, id) {
  if (answer === 'tasks')
    return changed(state, answer, {
      unsettled: false,
      tasks: [...tasksOf(state), { id, text: point.text, builds_on: [point.id] }],
    });
  const it = answerOf(state, answer);
  const bases = [...(it.based_on ?? []), point.id].slice(0, BASES);
  return changed(state, answer, {
    unsettled: false,
    text: [it.text, point.text].filter(Boolean).join('\n').slice(0, 600),
    based_on: bases,
  });
}
