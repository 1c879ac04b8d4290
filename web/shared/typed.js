// typed.js -- a field that somebody writes in and the server answers with its cleaned text.
import { noChange } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';
import { setCommittedValue } from 'lit-html/directive-helpers.js';
import { clean } from './clean.js';

/**
 * Like lit's `live`, for `.value`: but where the field says the same as the server, it stays as it
 * was typed, for the blank at its end is the next word's.
 */
export const typed = directive(
  class extends Directive {
    /** @param {string} value */
    render(value) {
      return value;
    }
    update(part, [value]) {
      const now = part.element.value;
      if (now === value || clean(now) === clean(value)) return noChange;
      setCommittedValue(part);
      return value;
    }
  },
);
