// keys.js -- the hot keys that stand on the buttons. Pure: a press in, the name of what it means
// out.

/** In the order of the list that "?" opens. */
export const KEYS = [
  [' ', 'primary'],
  ['P', 'pause'],
  ['+', 'more'],
  ['−', 'less'],
  ['R', 'hint'],
  ['S', 'later'],
  ['Z', 'undo'],
  ['A', 'answer'],
  ['T', 'seat'],
  ['F', 'write'],
  ['L', 'late'],
  ['B', 'wall'],
  ['M', 'message'],
  ['?', 'keys'],
];

const byKey = new Map([
  ...KEYS.map(([key, name]) => /** @type {[string, string]} */ ([key.toLowerCase(), name])),
  ['enter', 'primary'],
  ['-', 'less'],
]);

const WRITES = ['INPUT', 'TEXTAREA', 'SELECT'];
const PRESSES = ['BUTTON', 'A', 'SUMMARY', 'LABEL'];

/**
 * What a key means, or null: never while somebody writes, and space and Enter belong to the button
 * that has the focus.
 * @param {{key: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, repeat?: boolean,
 *   target?: {tagName?: string, isContentEditable?: boolean}}} event
 */
export function keyAction({ key, ctrlKey, metaKey, altKey, repeat, target }) {
  if (ctrlKey || metaKey || altKey || repeat) return null;
  if (WRITES.includes(target?.tagName) || target?.isContentEditable) return null;
  const name = byKey.get(key.toLowerCase()) ?? null;
  return name === 'primary' && PRESSES.includes(target?.tagName) ? null : name;
}
