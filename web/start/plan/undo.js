// undo.js -- steps back and forth, each with a word for what was done. Pure.

const MAX = 100;

/**
 * @typedef {{form: any, label: string, name?: string}} Step
 * @typedef {{past: Step[], future: Step[], typing: string}} History  typing: the field that the
 *   last step was typed in
 */

/** @type {History} */
export const nothingDone = { past: [], future: [], typing: '' };

/**
 * A change made: `form` is what stood before. Letters typed into one field, one after another, are
 * one step.
 * @param {History} history
 * @param {Step} step
 * @param {string} [typing]  the field's path
 * @returns {History}
 */
export function did(history, step, typing = '') {
  if (typing && history.typing === typing && history.past.length) return { ...history, future: [] };
  return { past: [...history.past, step].slice(-MAX), future: [], typing };
}

/** Leaving a field ends what is typed. @returns {History} */
export const settled = (history) => (history.typing ? { ...history, typing: '' } : history);

/** @returns {{history: History, form: any} | null} */
export function back(history, form) {
  const step = history.past.at(-1);
  if (!step) return null;
  return {
    form: step.form,
    history: {
      past: history.past.slice(0, -1),
      future: [...history.future, { ...step, form }],
      typing: '',
    },
  };
}

/** @returns {{history: History, form: any} | null} */
export function forth(history, form) {
  const step = history.future.at(-1);
  if (!step) return null;
  return {
    form: step.form,
    history: {
      past: [...history.past, { ...step, form }],
      future: history.future.slice(0, -1),
      typing: '',
    },
  };
}
