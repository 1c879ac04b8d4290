// laps.js -- which laps of a round are over, and which one is to be gathered in a few words. Pure.
import * as traits from 'runde:traits';
import { recapOf } from './keys.js';
import { contributionsOf, partOf } from './model.js';

/**
 * How many laps of a part are over: of one that was left, as far as somebody has said something.
 * @param {import('./model.js').State} state  @param {{id: string}} part
 */
export function lapsOver({ now, contributions }, part) {
  const said = contributions.filter((each) => each.part === part.id).map(({ lap }) => lap ?? 0);
  if (now.part !== part.id || now.state === 'closed') return Math.max(0, ...said);
  const complete = now.speaker === null && now.heard.length > 0 && !now.queue.length;
  return complete ? now.lap : Math.max(0, now.lap - 1);
}

/**
 * The lap that has just come to its end and has no recap yet; null: none.
 * @param {import('./model.js').State} state  @returns {{part: string, lap: number} | null}
 */
export function toGather(state) {
  const part = partOf(state);
  const lap = part && traits.more_laps(part) ? lapsOver(state, part) : 0;
  return lap && !recapOf(state, part.id, lap) ? { part: part.id, lap } : null;
}

/**
 * The same where it has only now come to its end; null: it was known before.
 * @param {import('./model.js').State | null} before  @param {import('./model.js').State} next
 */
export function newlyOver(before, next) {
  const lap = toGather(next);
  const known = before && toGather(before);
  return lap && !(known && known.part === lap.part && known.lap === lap.lap) ? lap : null;
}

/** What was said in it. @param {import('./model.js').State} state */
export const saidIn = (state, { part, lap }) =>
  contributionsOf(state, part).filter((each) => each.text && (each.lap ?? 1) === lap);
