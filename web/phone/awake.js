// awake.js -- a phone that waits for its turn does not go dark, where the browser can hold it
// awake.
import * as traits from 'runde:traits';
import { presenter } from '../shared/duty.js';
import { partOf } from '../shared/model.js';
import { waitOf } from '../shared/schedule.js';

let lock = null;
let asking = false;

/** @param {boolean} wanted */
async function hold(wanted) {
  if (asking || wanted === Boolean(lock && !lock.released)) return;
  asking = true;
  try {
    if (wanted) lock = await navigator.wakeLock.request('screen');
    else await lock?.release();
  } catch {
    // Saving its battery, or hidden: it may sleep, then.
  }
  asking = false;
}

/** Whoever presents has a clock to look at, and may be asked to round off. */
function presents(state, n) {
  const part = partOf(state);
  return Boolean(part) && traits.presented(part) && presenter(state, part)?.seat === n;
}

/**
 * Speaking, presenting, in the row, or with a hand up: held awake. @param {import('../shared/model.js').State}
 * state @param {number[]} seats
 */
export function stayAwake(state, seats, now) {
  const { state: runs, hands } = state.now;
  const waits = (n) => waitOf(state, n, now) !== null || hands.includes(n) || presents(state, n);
  if (navigator.wakeLock) hold(runs === 'running' && !document.hidden && seats.some(waits));
}
