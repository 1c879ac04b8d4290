// arc.js -- how much of the arc of time is left: the running turn's where a round gives turns, else
// the part's.
//
// The wire tells a turn's deadline, not its length. The board remembers the length from when it
// first saw the turn, or works it out from the lap: equal shares of what was left, so that what the
// others still get is what this turn began with.
import * as traits from 'runde:traits';
import { left, partLeft } from '../shared/schedule.js';
import { partOf } from '../shared/model.js';

/** @typedef {{share: number, nearly: boolean}} Left */
/** @typedef {{turn: number, whole: number, rest: number, at: number, stands: boolean}} Memory */

const clamp = (x) => Math.min(1, Math.max(0, x));

/** Whether the arc is a turn's. @param {import('../shared/model.js').State} state */
export function isTurn(state) {
  const part = partOf(state);
  return state.now.speaker !== null && part !== null && traits.laps(part) > 0;
}

/** The length of a turn whose beginning was not seen. */
export function guessWhole({ now }, rest) {
  if (now.turn_from != null && now.until !== null) return now.until - now.turn_from;
  const end =
    now.until === null ? (now.lap_left ?? now.part_left) : (now.lap_until ?? now.part_until);
  const others = now.queue.length;
  if (end === null || !others) return Math.max(rest, 60000);
  return Math.max(rest, (end - (now.until ?? rest)) / others);
}

/**
 * What to remember after a new state.
 * @param {Memory | null} memory
 * @param {import('../shared/model.js').State} state
 * @param {number} at
 * @returns {Memory | null}
 */
export function remember(memory, state, at) {
  if (!isTurn(state)) return null;
  const rest = left(state, at) ?? 0;
  const stands = state.now.until === null;
  if (!memory || memory.turn !== state.now.turn) {
    return {
      turn: state.now.turn,
      whole: Math.max(1, guessWhole(state, Math.max(0, rest))),
      rest,
      at,
      stands,
    };
  }
  // With more left than the time gone explains, the turn was given more: its whole grows with it.
  const expected = memory.rest - (memory.stands ? 0 : at - memory.at);
  const whole =
    rest > expected + 2000 ? memory.whole - Math.min(expected, memory.whole) + rest : memory.whole;
  return { ...memory, whole: Math.max(whole, rest, 1), rest, at, stands };
}

/** What is nearly over: a minute, or of what is short the last quarter. */
const NEARLY = 60000;

/**
 * What is left, 0..1, 0 from the deadline on; and whether that is little.
 * @param {import('../shared/model.js').State} state
 * @param {Memory | null} memory
 * @param {number} at
 * @returns {Left}
 */
export function timeLeft(state, memory, at) {
  const part = partOf(state);
  if (!part) return { share: 0, nearly: false };
  const own = memory && isTurn(state);
  const whole = own ? memory.whole : part.ms;
  const rest = (own ? left(state, at) : partLeft(state, at)) ?? 0;
  return {
    share: whole > 0 ? clamp(rest / whole) : 0,
    nearly: rest <= Math.min(NEARLY, whole / 4),
  };
}

/**
 * What the time says aloud: at one minute, at fifteen seconds and at the end, of a part; never a
 * person's.
 */
export function phaseOf(state, at) {
  const rest = state.now.state === 'running' ? partLeft(state, at) : null;
  if (rest === null || rest === undefined) return '';
  return rest <= 0 ? 'up' : rest <= 15000 ? 'seconds' : rest <= 60000 ? 'minute' : '';
}
