// folding.js -- what folds of facts are made of, in model.js and in the methods' own.

/**
 * @import {Contribution, OnWall, UndoLabel} from 'runde:protocol'
 * @import {Change, State} from './model.js'
 */

/**
 * The console's stack of labels, and the newest of them with the stack's depth.
 * @param {UndoLabel[]} undoStack
 * @param {OnWall} [wall]  what stands on it from now on, where that is another
 */
export function undoable(undoStack, wall) {
  if (globalThis.RUNDE_PAGE !== 'phone')
    return {
      ...(wall && { wall }),
      undoStack,
      undo: undoStack.length
        ? {
            .../** @type {UndoLabel} */ (undoStack.at(-1)),
            depth: undoStack.length,
          }
        : null,
    };
}

/** @type {<T>(list: T[], value: T) => T[]} */
export const without = (list, value) => list.filter((each) => each !== value);
/** @type {<T>(list: T[], value: T) => T[]} */
export const once = (list, value) => [...without(list, value), value];
/** @type {<T, K extends keyof T>(list: T[], key: K, value: T[K]) => T[]} */
export const drop = (list, key, value) => list.filter((each) => each[key] !== value);

/**
 * The list with `thing` in it: merged with the element that has the same `key`, else at the end.
 * @type {<T>(list: T[], key: keyof T, thing: Partial<NoInfer<T>>) => T[]}
 */
export const put = (/** @type {any[]} */ list, key, thing) =>
  list.some((each) => each[key] === thing[key])
    ? list.map((each) => (each[key] === thing[key] ? { ...each, ...thing } : each))
    : [...list, thing];

/**
 * What a fact says, without what it is.
 * @template {{seq?: number, at?: number, fact?: string}} F
 * @param {F} fact
 */
export const said = ({ seq, at, fact, ...fields }) => fields;

/**
 * The same of a point, which facts call `contribution` and snapshots `id`.
 * @type {<F extends {contribution: string}>(fact: F) =>
 *   {id: string} & Omit<F, 'contribution' | 'seq' | 'at' | 'fact'>}
 */
export const point = (/** @type {any} */ { contribution: id, ...fact }) => ({
  id,
  .../** @type {any} */ (said(fact)),
});

/** @typedef {{contribution: string, text: string} & Partial<Omit<Contribution, 'id'>>} Revealed */

/**
 * What was sealed in a part stands on the board.
 * @type {(s: State, f: {part: string, points?: Revealed[]}) => Change}
 */
export const revealed = (s, { part, points }) => ({
  shown: once(s.shown, part),
  contributions: [
    ...s.contributions,
    ...points.map((each) => ({ seat: null, part, builds_on: [], ...point(each) })),
  ],
});
