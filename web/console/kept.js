// kept.js -- what this device keeps of one meeting beside its links: what was asked before it, and
// what was ticked off.
import { forgetMeeting } from '../shared/meetings.js';

const key = (code) => `runde.setup.${code.replace('-', '')}`;

/** @returns {{[question: string]: string | boolean}} */
export function readSetup(code, storage = globalThis.localStorage) {
  try {
    return JSON.parse(storage.getItem(key(code)) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/** The answers with some changed; kept where the device keeps anything. */
export function keepSetup(code, setup, change, storage = globalThis.localStorage) {
  const next = { ...setup, ...change };
  try {
    storage.setItem(key(code), JSON.stringify(next));
  } catch {
    // A device that keeps nothing asks again after a reload.
  }
  return next;
}

/** On a borrowed machine: nothing of the meeting stays, neither links nor answers. */
export function forgetAll(code, storage = globalThis.localStorage) {
  forgetMeeting(code, storage);
  storage.removeItem(key(code));
}
