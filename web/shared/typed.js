// typed.js -- a field that somebody writes in and the server answers with its cleaned text, or with
// what another has written.
import { noChange } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';
import { setCommittedValue } from 'lit-html/directive-helpers.js';
import { clean } from './clean.js';

/** Where the cursor is in the new text: behind the same words as before, or before the same ones. */
export function caretIn(before, at, value) {
  if (value.startsWith(before.slice(0, at))) return at;
  const behind = before.slice(at);
  if (value.endsWith(behind)) return value.length - behind.length;
  const line = before.slice(0, at).split('\n').at(-1);
  const found = line ? value.lastIndexOf(line) : -1;
  return found < 0 ? Math.min(at, value.length) : found + line.length;
}

/**
 * Like lit's `live`, for `.value`: but where the field says the same as the server, it stays as it
 * was typed, for the blank at its end is the next word's. Where it says something else the cursor
 * stays with the words that it was at.
 */
export const typed = directive(
  class extends Directive {
    /** @param {string} value */
    render(value) {
      return value;
    }
    update(part, [value]) {
      const field = part.element;
      const now = field.value;
      if (now === value || clean(now) === clean(value)) return noChange;
      if (globalThis.RUNDE_PAGE !== 'phone' && field === document.activeElement) {
        const at = caretIn(now, field.selectionEnd ?? now.length, value);
        field.value = value;
        field.setSelectionRange(at, at);
        return noChange;
      }
      setCommittedValue(part);
      return value;
    }
  },
);
