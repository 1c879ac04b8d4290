// folding.js -- what folds of facts are made of, in model.js and in the methods' own.

/**
 * The console's stack of labels, and the newest of them with the stack's depth. @param
 * {import('./model.js').UndoLabel[]} undoStack
 */
export function undoable(undoStack, wall) {
  if (globalThis.RUNDE_PAGE !== 'phone')
    return {
      ...(wall && { wall }),
      undoStack,
      undo: undoStack.length
        ? {
            .../** @type {import('./model.js').UndoLabel} */ (undoStack.at(-1)),
            depth: undoStack.length,
          }
        : null,
    };
}

export const without = (list, value) => list.filter((each) => each !== value);
export const once = (list, value) => [...without(list, value), value];
export const drop = (list, key, value) => list.filter((each) => each[key] !== value);

/**
 * The list with `thing` in it: merged with the element that has the same `key`, else at the end.
 */
export const put = (list, key, thing) =>
  list.some((each) => each[key] === thing[key])
    ? list.map((each) => (each[key] === thing[key] ? { ...each, ...thing } : each))
    : [...list, thing];

/** What a fact says, without what it is. @param {any} fact */
export const said = ({ seq, at, fact, ...fields }) => fields;

/** The same of a point, which facts call `contribution` and snapshots `id`. */
export const point = ({ contribution: id, ...fact }) => ({ id, ...said(fact) });

/** What was sealed in a part stands on the board. */
export const revealed = (s, { part, points }) => ({
  shown: once(s.shown, part),
  contributions: [
    ...s.contributions,
    ...points.map((each) => ({ seat: null, part, builds_on: [], ...point(each) })),
  ],
});
