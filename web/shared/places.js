// places.js -- where something is written at a desk: how each is found in the state, and sent; and who
// else writes there.
import { limits } from 'runde:protocol';
import { answerOf } from './answers.js';
import { answerKey, beforeKey, cameKey, groupKey, pointKey, recapKey, recapOf } from './keys.js';

/**
 * @import {State} from './model.js'
 * @import {Writer, Writing} from 'runde:protocol'
 */

/** Old tasks have no id: here each goes by its place then. @param {any} answer */
const named = (answer) =>
  answer.tasks?.some((task) => !task.id)
    ? {
        ...answer,
        tasks: answer.tasks.map((task, i) => (task.id ? task : { ...task, id: `#${i}` })),
      }
    : answer;

/** @param {any} answer */
const unnamed = ({ tasks, ...answer }) => ({
  ...answer,
  ...(tasks && {
    tasks: tasks.map(({ id, ...task }) => (id.startsWith('#') ? task : { id, ...task })),
  }),
});

/**
 * How each is found in the state, and sent.
 * @param {() => State} state  @param {(name: string, fields: object) => Promise<any>} send
 * @returns {(key: string) => import('./texts.js').Unit | null}
 */
export const units = (state, send) => (key) => {
  const [kind, id, lap] = key.split(' ');
  if (kind === 'answer')
    return {
      value: named(answerOf(state(), /** @type {any} */ (id))),
      send: (value, base) => send('decision.set', { ...unnamed(value), base: unnamed(base) }),
    };
  if (kind === 'recap')
    return {
      value: { text: recapOf(state(), id, Number(lap)) },
      send: ({ text = '' }, base) =>
        send('recap.save', { part: id, lap: Number(lap), text, base: base.text ?? '' }),
    };
  if (kind === 'came') {
    const it = state().carried.find((each) => each.id === id);
    return it
      ? {
          value: { outcome: it.outcome, text: it.word ?? '' },
          send: ({ outcome, text = '' }, base) =>
            send('carried.set', {
              id,
              ...(outcome && { outcome }),
              word: text,
              base: base.text ?? '',
            }),
        }
      : null;
  }
  if (kind === 'before') {
    const it = state().before.find((each) => each.id === id);
    return it
      ? {
          unseen: true,
          // In a word: a no is something that was said.
          value: { choice: it.yes === undefined ? '' : it.yes ? 'yes' : 'no', text: it.text ?? '' },
          send: ({ choice, text = '' }, base) =>
            send('prepared.set', {
              id,
              ...(choice && { yes: choice === 'yes' }),
              text,
              base: base.text ?? '',
            }),
        }
      : null;
  }
  if (kind === 'group') {
    const group = state().groups.find((each) => each.group === id);
    return group
      ? {
          value: { title: group.title ?? '' },
          send: ({ title }, base) =>
            send('group.set', {
              group: id,
              ...(title && { title }),
              base: base.title ?? '',
              contributions: state().groups.find((each) => each.group === id)?.contributions ?? [],
            }),
        }
      : null;
  }
  const point = state().contributions.find((each) => each.id === id);
  return point?.text
    ? {
        value: { text: point.text },
        filled: true,
        send: ({ text }, base) =>
          send('contribution.edit', { contribution: id, text, base: base.text }),
      }
    : null;
};

/** How the frame `writing` names a place. @returns {Partial<Writing>} */
function placeOf(key) {
  const [kind, id, lap] = key.split(' ');
  if (kind === 'answer') return { answer: /** @type {any} */ (id) };
  if (kind === 'recap') return { part: id, lap: Number(lap) };
  if (kind === 'came') return { carried: id };
  if (kind === 'before') return { before: id };
  return kind === 'group' ? { group: id } : { contribution: id };
}

const keyOf = (
  /** @type {Writing} */ { answer, part, lap, group, contribution, carried, before },
) =>
  answer
    ? answerKey(answer)
    : carried
      ? cameKey(carried)
      : before
        ? beforeKey(before)
        : part
          ? recapKey(part, lap)
          : group
            ? groupKey(group)
            : pointKey(contribution);

/** It is said again as long as somebody writes: the server forgets it after limits.writing_ms. */
const AGAIN = limits.writing_ms / 2;

/**
 * Who writes where.
 * @param {{by: string, name: () => string, tell: (frame: object) => void, now: () => number,
 *   called: (each: Writer) => string, list: (names: string[]) => string, somebody: string}} it
 *   by: this page's own word for itself; called: how somebody is called
 */
export function writers({ by, name, tell, now, called, list, somebody }) {
  /** @type {Writer[]} */
  let others = [];
  /** Who was heard of last at each place: whoever has made it another. @type {Map<string, string>} */
  const last = new Map();
  let told = { key: '', at: 0 };

  return {
    /** A letter more at this place. */
    writes(key) {
      if (told.key === key && now() - told.at < AGAIN) return;
      told = { key, at: now() };
      tell({ writing: { by, ...(name() && { name: name() }), ...placeOf(key) } });
    },
    /** The field was left. */
    rests() {
      if (told.key) tell({ writing: { by } });
      told = { key: '', at: 0 };
    },
    /** @param {Writer[]} all */
    hear(all = []) {
      others = all.filter((each) => each.by !== by);
      for (const each of others) last.set(keyOf(each), called(each));
    },
    /** Who else writes there now; '' for nobody. */
    at: (key) => list(others.filter((each) => keyOf(each) === key).map(called)),
    /** Who has made it another, as far as that is known. */
    other: (key) => last.get(key) ?? somebody,
  };
}
