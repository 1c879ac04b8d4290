// parts.js -- what a part is by its method and its own settings: the same for console and planner.
// Pure.
import * as traits from 'runde:traits';

/** The first lap of several gets this much of the time, in per cent, where the part does not say. */
export const FIRST_LAP = 60;

/**
 * How many laps a part plans in its own time; 0 where it goes round in none, or only once what was
 * written is shown.
 */
export function lapsOf(part) {
  if (traits.sealed(part)) return 0;
  return traits.more_laps(part) ? (part.laps ?? traits.laps(part)) : traits.laps(part);
}

/**
 * Protected unless the agenda says otherwise: what the meeting is for, and what the next one learns
 * from.
 */
export const isProtected = (part) => part.protected ?? traits.protected(part);
