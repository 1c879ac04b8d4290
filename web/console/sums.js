// sums.js -- the plan in figures: sums of items, and what a turn comes to. Pure.
import { FIRST_LAP, lapsOf } from '../shared/parts.js';
import { turnMin } from '../shared/schedule.js';
import { company } from './read.js';

const MINUTE = 60000;

const sumOf = (parts) => parts.reduce((sum, part) => sum + part.ms, 0) / MINUTE;

/**
 * Every item's sum against its minutes: `over` positive when too much is planned, negative when
 * there is air.
 * @returns {{no: number, title: string, minutes: number, sum: number, over: number, withOptional:
 *   number}[]}
 */
export const itemSums = (state) =>
  state.items.map((item) => {
    const sum = sumOf(item.parts.filter((part) => part.on));
    return {
      no: item.no,
      title: item.title,
      minutes: item.minutes,
      sum,
      over: sum - item.minutes,
      withOptional: sumOf(item.parts.filter((part) => part.on || part.optional)),
    };
  });

/**
 * The shortest turn that a part would give to so many people, in ms; null where nobody takes turns.
 */
export function turnOf(part, people) {
  const laps = lapsOf(part);
  if (!laps || !people) return null;
  const first = laps > 1 ? (part.first_lap ?? FIRST_LAP) / 100 : 1;
  const shortest = laps > 1 ? Math.min(first, (1 - first) / (laps - 1)) : 1;
  return (part.ms * shortest) / people;
}

/**
 * The rounds in which a turn would come out under the smallest that the part allows.
 * @returns {{part: import('runde:protocol').PlanPart, each: number, least: number}[]}
 */
export function tightRounds(state) {
  const people = company(state).length;
  return state.items
    .flatMap((item) => item.parts)
    .filter((part) => part.on && part.ms > 0)
    .map((part) => ({ part, each: turnOf(part, people), least: turnMin(part) }))
    .filter(({ each, least }) => each !== null && each < least);
}
