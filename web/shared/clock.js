// clock.js -- what the meeting clock reads here and now.
//
// The server sends deadlines, never ticks.  Each page measures how its own steady clock lies to the
// server's, so that every screen shows the same second; the device's wall clock is never trusted.

/** How much two quartz clocks may drift apart: an old sample loses this much a millisecond. */
const DRIFT = 2e-4;

let steady = () => performance.now();
let best = { offset: 0, error: Infinity, at: 0 };
let wallOffset = Date.now() - steady();

/** For tests: another steady clock. */
export const useSteady = (clock) => {
  steady = clock;
  forget();
};

export const steadyNow = () => steady();

/** Milliseconds on the meeting clock, whole. */
export const serverNow = () => Math.round(steady() + best.offset);

/** After a sleep the steady clock may have stood: the next sample counts, whatever it is. */
export const forget = () => {
  best = { ...best, error: Infinity };
};

/**
 * One question and its answer. The one with the least uncertainty is kept, and ages.
 * @param {{sent: number, now: number, wall?: number}} sample  sent: steadyNow() when asked; now:
 *   the meeting clock answered
 * @param {number} [received]
 */
export function setSample({ sent, now, wall }, received = steady()) {
  const error = (received - sent) / 2;
  if (error > best.error + (received - best.at) * DRIFT) return;
  best = { offset: now + error - received, error, at: received };
  if (wall) wallOffset = wall - now;
}

/**
 * What the meeting clock may read, before anybody has answered: any answer counts more. wall: by the
 * device's own clock.
 */
export function guess(now, wall) {
  best = { offset: now - steady(), error: Infinity, at: steady() };
  wallOffset = wall - now;
}

/**
 * The face of a clock with `ms` left: "1:24". With `over`, time after the end reads "+0:12";
 * without, "0:00".
 */
export function face(ms, over = false) {
  const past = ms < 0 && over;
  const seconds = past ? Math.floor(-ms / 1000) : Math.max(0, Math.ceil(ms / 1000));
  return `${past && seconds ? '+' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A time of day in milliseconds since 1970, from a time on the meeting clock. */
export const wallOf = (meetingMs) => meetingMs + wallOffset;

/** A length in minutes: "18", "17½"; what is no half minute to the second: "17:45". */
export function minutesFace(ms) {
  const halves = Math.round(ms / 1000) / 30;
  const whole = Math.floor(halves / 2);
  if (!Number.isInteger(halves)) return face(ms);
  return halves % 2 ? `${whole || ''}½` : String(whole);
}

/**
 * Calls `draw(now)` at once, and again exactly when a shown second changes. `draw` may return a
 * deadline on the meeting clock: then the seconds are those left to it.
 * @param {(now: number) => number | null | void} draw
 * @returns {() => void}  stops it
 */
export function ticker(draw, { setTimer = setTimeout, clearTimer = clearTimeout } = {}) {
  let timer;
  const tick = () => {
    const now = serverNow();
    const deadline = draw(now) || 0;
    timer = setTimer(tick, (((deadline - now) % 1000) + 1000) % 1000 || 1000);
  };
  tick();
  return () => clearTimer(timer);
}
