// late.js -- where lost minutes can be found again: pure arithmetic for the late sheet.
//
// All times in milliseconds; what is missing is counted in whole 30 s. Nothing is lost and nothing
// made up: what the parts give is exactly what is found, and what is found is what is missing
// unless there is not so much to give.
import * as traits from 'runde:traits';
import { isProtected, lapsOf } from '../shared/parts.js';
import {
  hoursApart,
  plan,
  promise,
  timeline,
  toldAt,
  toldDrift,
  turnMin,
} from '../shared/schedule.js';
import { allParts, company, roundComplete } from './read.js';

export const STEP = 30000;
const MINUTE = 60000;
/** From so far behind on, the sheet is offered. */
export const LATE_MS = 2 * MINUTE;
/**
 * … and already from here when what comes next is the last part that can give anything: then it is
 * now or not at all.
 */
export const LAST_CHANCE_MS = 5000;

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

/** The least that a part can be cut to: everybody's smallest turn, or a minute. */
export function least(part, people) {
  const laps = lapsOf(part) || traits.laps(part);
  return laps ? Math.max(MINUTE, laps * people * turnMin(part)) : MINUTE;
}

/**
 * @typedef {{part: import('runde:protocol').PlanPart, before: number, after: number, least:
 *   number, protected: boolean,
 *   optional: boolean, on: boolean}} Row  on: false when an optional part is dropped
 * @typedef {'spread' | 'one' | 'drop' | 'move'} Way
 * @typedef {{way: Way, possible: boolean, rows: Row[], found: number, ends: number}} Offer
 *   found: what the parts give together; ends: when the meeting would then end, on the meeting
 *   clock
 */

/**
 * The parts still to come, as they are. Those in `flipped` are protected where they were not, and
 * the other way round.
 * @param {import('../shared/model.js').State} state
 * @param {number} now
 * @param {Set<string>} [flipped]  ids of parts
 * @returns {Row[]}
 */
export function ahead(state, now, flipped = new Set()) {
  const people = company(state).length;
  return plan(state, now)
    .filter((row) => row.status === 'next' || row.status === 'coming')
    .map(({ part }) => ({
      part,
      before: part.ms,
      after: part.ms,
      least: Math.min(part.ms, least(part, people)),
      protected: isProtected(part) !== flipped.has(part.id),
      optional: Boolean(part.optional),
      on: true,
    }));
}

/** What a row can give away. */
const spare = (row) => (row.protected || !row.on ? 0 : Math.max(0, row.after - row.least));

const give = (row, ms) => ({ ...row, after: row.after - ms });

const byLength = (rows) =>
  rows.map((_, i) => i).sort((a, b) => rows[b].before - rows[a].before || a - b);

/**
 * Takes `need` from the rows, from each by its own length, in whole 30 s; the rest from the longest
 * that can.
 * @param {Row[]} rows
 * @param {number} need
 * @returns {Row[]}
 */
export function spread(rows, need) {
  const target = Math.min(need, sum(rows.map(spare)));
  const lengths = sum(rows.filter((row) => spare(row) > 0).map((row) => row.before));
  let next = rows.map((row) => {
    const mine = spare(row) > 0 ? Math.floor((target * row.before) / lengths / STEP) * STEP : 0;
    return give(row, Math.min(mine, Math.floor(spare(row) / STEP) * STEP));
  });
  let rest = target - sum(next.map((row) => row.before - row.after));
  for (const i of byLength(rows)) {
    const more = Math.min(rest, spare(next[i]));
    next = next.map((row, k) => (k === i ? give(row, more) : row));
    rest -= more;
  }
  return next;
}

/** Takes as much of `need` as one part can give. */
export const fromOne = (rows, need, id) =>
  rows.map((row) => (row.part.id === id ? give(row, Math.min(need, spare(row))) : row));

/** Leaves one optional part out. */
export const without = (rows, ids) =>
  rows.map((row) => (row.optional && ids.has(row.part.id) ? { ...row, on: false, after: 0 } : row));

/** The part that has most to give, or undefined when none has anything. */
export const mostSpare = (rows) =>
  byLength(rows)
    .map((i) => rows[i])
    .find((row) => spare(row) > 0)?.part.id;

/**
 * The fewest optional parts that together give `need`, shortest way first; all of them when that is
 * not enough.
 */
function dropped(rows, need) {
  const choices = rows.filter((row) => row.optional).sort((a, b) => a.before - b.before);
  const enough = choices.find((row) => row.before >= need);
  if (enough) return new Set([enough.part.id]);
  const ids = new Set();
  let got = 0;
  for (const row of choices.reverse()) {
    if (got >= need) break;
    ids.add(row.part.id);
    got += row.before;
  }
  return ids;
}

/** What rows give, the dropped ones their whole length. */
export const found = (rows) => sum(rows.map((row) => row.before - row.after));

/**
 * The meeting as it goes on now with these rows: from a round that is complete what that had left is
 * nobody's any more.
 * @param {Row[]} [rows]
 */
export const going = (state, now, rows) =>
  timeline(state, now, { over: roundComplete(state), others: rows });

/** When the meeting ends if it goes on now. */
export const endFrom = (state, now, rows) => going(state, now, rows).end;

/** How far behind what was promised; 0 when not behind. */
export const behind = (state, now) => {
  const told = promise(state, now);
  return told ? Math.max(0, endFrom(state, now) - told.ends) : 0;
};

/**
 * How much is missing: so far behind, in half minutes begun, for what still comes can make the rest
 * up but not find more. Before anything is over the whole of it still comes: in full half minutes.
 */
export function missing(state, now) {
  const steps = behind(state, now) / STEP;
  return (
    STEP * (allParts(state).some((part) => part.used > 0) ? Math.ceil(steps) : Math.floor(steps))
  );
}

/**
 * The four ways to make up for being late.
 * @param {import('../shared/model.js').State} state
 * @param {number} now  the meeting clock
 * @param {{flipped?: Set<string>, one?: string, dropping?: Set<string>}} [choice]
 * @returns {{need: number, ends: number, planned: number | null, offers: Offer[]}}
 */
export function offers(state, now, { flipped, one, dropping } = {}) {
  const need = missing(state, now);
  const rows = ahead(state, now, flipped);
  /** @param {Way} way @param {Row[]} changed @returns {Offer} */
  const offer = (way, changed) => ({
    way,
    rows: changed,
    found: found(changed),
    ends: endFrom(state, now, changed),
    possible: way === 'move' || found(changed) > 0,
  });
  return {
    need,
    ends: endFrom(state, now),
    planned: promise(state, now)?.ends ?? null,
    offers: [
      offer('spread', spread(rows, need)),
      offer('one', fromOne(rows, need, one ?? mostSpare(rows))),
      offer('drop', without(rows, dropping ?? dropped(rows, need))),
      offer('move', rows),
    ],
  };
}

/** The way that is proposed: the first of those that can be gone. @returns {Way} */
export const firstWay = (state, now) =>
  offers(state, now).offers.find((offer) => offer.possible)?.way ?? 'move';

/**
 * One row longer or shorter by hand; never under its least. A row may also become longer than it
 * was.
 * @param {Row[]} rows
 */
export const adjusted = (rows, id, by) =>
  rows.map((row) =>
    row.part.id === id && row.on && !row.protected
      ? { ...row, after: Math.max(row.least, row.after + by) }
      : row,
  );

/** What plan.change is sent: only the parts that change. */
export const slots = (rows) =>
  rows
    .filter((row) => row.after !== row.before || !row.on)
    .map((row) => ({ part: row.part.id, ms: row.on ? row.after : row.before, on: row.on }));

/**
 * When each row would begin and end. @param {Row[]} rows @returns {{from: number, to: number}[]}
 */
export function times(state, now, rows) {
  const all = going(state, now, rows).rows;
  return rows.map((row) => all.find((each) => each.part.id === row.part.id));
}

/**
 * What plan.change is sent: the parts that change, and the end where that is to move, as it was
 * told.
 * @param {import('../shared/model.js').State} state
 * @param {number} now  when the sheet was opened
 * @param {Pick<Offer, 'way' | 'rows' | 'ends'>} offer
 */
export const planned = (state, now, { way, rows, ends }) => ({
  parts: slots(rows),
  ...(way === 'move' && { ends: Math.round(toldAt(state, ends, now)) }),
});

/**
 * A late start in minutes, as people are told it: how late it is, and how much of that the plan's air
 * takes up. null where it is not late enough to ask.
 * @returns {{late: number, air: number} | null}
 */
export function lateStart(state, now) {
  const told = promise(state, now);
  const began = state.meeting.began ?? now;
  if (!told || behind(state, now) < LATE_MS) return null;
  const late = hoursApart(told.begins, began);
  const air = late - toldDrift(state, endFrom(state, now), now);
  return late > 0 ? { late, air: Math.max(0, air) } : null;
}

/** How many minutes it began too soon, as people are told it; 0 where it did not. */
export function earlyStart(state, now) {
  const told = promise(state, now);
  return told ? Math.max(0, hoursApart(state.meeting.began ?? now, told.begins)) : 0;
}

/** How much worse it must have become before what was answered "not now" is asked again. */
export const WORSE_MS = 3 * MINUTE;

/** Where the live part stands in the plan. */
const place = (state) => allParts(state).findIndex((part) => part.id === state.now.part);

/**
 * The part whose end brings the sheet by itself, or null: a part or its round has ended just now.
 * Never after a step back.
 * @param {import('../shared/model.js').State} before  @param {import('../shared/model.js').State}
 *   next
 */
export function endedPart(before, next) {
  if (next.now.state !== 'running' || before.now.state === 'lobby') return null;
  if ((next.undo?.depth ?? 0) < (before.undo?.depth ?? 0) || place(next) < place(before))
    return null;
  const moved = next.now.part !== before.now.part;
  return moved || (roundComplete(next) && !roundComplete(before)) ? before.now.part : null;
}

/**
 * Whether the sheet is to be offered now: a part has ended, and we are behind by more than was
 * agreed to before.
 * @param {number} agreed  ms of delay that the facilitator has accepted already
 * @param {number | null} declined  how far behind it was when the sheet was put away
 */
export function isLate(state, now, agreed = 0, declined = null) {
  if (declined !== null && behind(state, now) - declined < WORSE_MS) return false;
  const givers = ahead(state, now).filter((row) => spare(row) > 0).length;
  return behind(state, now) - agreed >= (givers === 1 ? LAST_CHANCE_MS : LATE_MS);
}
