// store.js -- what this phone keeps of one meeting, so that no reload, sleep or tunnel loses a word.
//
// One JSON text in localStorage for each meeting: the phone's own id, its seats with their tokens, what is written, and what
// waits to be sent. Where a browser keeps nothing (private windows), it lives as long as the page.
import { uuid } from '../shared/link.js';

/**
 * @typedef {{text: string, notes: {id: string, text: string}[]}} Draft
 * @typedef {{id: string, seats: {seat: number, token?: string}[], drafts: {[key: string]: Draft},
 *   texts: {[key: string]: string}, out: import('./outbox.js').Entry[], refused: import('./outbox.js').Entry[]}} Kept
 */

/** @returns {{kept: Kept, save: () => void}} */
export function open(code, storage = localStorage) {
  const key = `runde.${code}`;
  const kept = { id: uuid(), seats: [], drafts: {}, texts: {}, out: [], refused: [] };
  const save = () => {
    try {
      storage.setItem(key, JSON.stringify(kept));
    } catch {
      // Full, or not allowed: the page itself still has it, and what has a connection is sent.
    }
  };
  try {
    Object.assign(kept, JSON.parse(storage.getItem(key)));
  } catch {
    // Not ours, or not allowed to look: begin anew.
  }
  save();
  return { kept, save };
}
