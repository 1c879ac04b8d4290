// schedule.js -- the plan against what has been used: pure functions of the state and the meeting
// clock.
import * as traits from 'runde:traits';
import { allParts, partOf, seatOf } from './model.js';

/**
 * @import {PlanItem, PlanPart, TableSeat} from 'runde:protocol'
 * @import {State} from './model.js'
 */

/** Turns are dealt in whole steps of this. */
const STEP = 5000;
/** The smallest turn where people present themselves. */
const TURN_MIN_INTRO = 15000;
const MINUTE = 60000;

/**
 * Milliseconds to the part's deadline, negative after it; standing while paused; null when no part
 * runs.
 */
export const partLeft = (/** @type {State} */ { now }, at) =>
  now.part_until !== null ? now.part_until - at : now.part_left;

/** Milliseconds to the deadline that counts: the speaker's, else the part's. */
export const left = (/** @type {State} */ { now }, at) =>
  now.until !== null ? now.until - at : now.left;

/** The smallest turn of a part. */
export const turnMin = (/** @type {PlanPart} */ part) =>
  part.turn_min ?? (part.intro ? TURN_MIN_INTRO : traits.turn_min(part));

/**
 * Who waits for the floor and is at the table, in order: the floor passes over those who are away.
 */
export const waiting = (/** @type {State} */ state) =>
  state.now.queue.filter((n) => seatOf(state, n)?.presence === 'here');

/**
 * Who takes the seat's turn: it, and those with it who have none of their own in this lap
 * (server/engine/together.h).
 */
export const voices = (/** @type {State} */ state, /** @type {number} */ n) => {
  const { lap, queue, heard, speaker } = state.now;
  const own = (/** @type {number} */ seat) =>
    seat === speaker || queue.includes(seat) || heard.includes(seat);
  const shares = (/** @type {TableSeat} */ each) =>
    each.with === n && each.presence !== 'left' && !own(each.seat);
  return seatOf(state, n)?.together && lap
    ? [n, ...state.seats.filter(shares).map((each) => each.seat)]
    : [n];
};

/** How many people take these seats' turns, those who are away too, for they may come back. */
const people = (/** @type {State} */ state, /** @type {number[]} */ seats) =>
  seats.reduce(
    (sum, n) => sum + (seatOf(state, n)?.presence === 'left' ? 0 : voices(state, n).length),
    0,
  );

/**
 * The turn that the next of the queue would get; `less` is time that the running turn takes beyond
 * its own.
 */
export const share = (/** @type {State} */ state, at, less = 0) =>
  each(state, at, less) * voices(state, waiting(state)[0]).length;

/** The same for each who speaks. */
function each(/** @type {State} */ state, at, less = 0) {
  const { now } = state;
  const part = partOf(state);
  const end = now.lap_until ?? now.part_until;
  const standing = (now.lap_left ?? now.part_left ?? 0) - (now.speaker === null ? 0 : now.left);
  const from = now.speaker === null ? at : Math.max(at, now.until ?? at);
  const rest = (end === null ? standing : end - from) - less;
  return Math.max(
    part ? turnMin(part) : 0,
    Math.floor(rest / Math.max(1, people(state, now.queue)) / STEP) * STEP,
  );
}

/**
 * How long until a seat has the floor. place 0: it speaks; 1: it is next. null when it does not
 * wait.
 * @param {State} state
 * @returns {{place: number, ms: number} | null}
 */
export function waitOf(state, seat, at) {
  const { now } = state;
  if (now.speaker === seat) return { place: 0, ms: 0 };
  const ahead = waiting(state).indexOf(seat);
  if (ahead < 0) return null;
  const current = now.speaker === null ? 0 : Math.max(0, left(state, at));
  return {
    place: ahead + 1,
    ms: current + people(state, waiting(state).slice(0, ahead)) * each(state, at),
  };
}

/**
 * The part of the running turn that is left, 0..1; an estimate where its beginning was not seen.
 * @param {State} state
 */
export function turnFraction(state, at) {
  const { now } = state;
  const rest = left(state, at) ?? 0;
  const part = partOf(state);
  if (now.speaker === null) return part?.ms ? clamp(rest / part.ms) : 0;
  const whole =
    now.turn_from !== null ? now.until - now.turn_from : Math.max(rest, share(state, at));
  return clamp(rest / Math.max(1, whole));
}

const clamp = (x) => Math.min(1, Math.max(0, x));

/**
 * A row for each part: planned, used, expected. Times are on the meeting clock; plannedAt and
 * plannedEnd are null before the meeting began, and are counted from its beginning.
 * @param {State} state
 * @returns {{part: PlanPart, item: PlanItem, planned: number, plannedAt: number | null, ms: number,
 *   used: number, expectedAt: number, status: 'done' | 'live' | 'next' | 'coming' | 'off'}[]}
 */
export function plan(state, at) {
  const { now, meeting } = state;
  const parts = allParts(state);
  const live = parts.findIndex((part) => part.id === now.part);
  const began = meeting.began ?? null;
  let plannedAt = began;
  let expectedAt = at;
  let next = true;
  if (live >= 0) expectedAt = at - liveUsed(state, parts[live], at);
  return parts.map(({ item, ...part }, i) => {
    const planned = part.minutes ?? 0;
    const row = {
      part,
      item,
      planned,
      plannedAt,
      ms: part.ms,
      used: part.used,
      expectedAt,
      status: statusOf(part, i, live, now),
    };
    if (row.status === 'live') {
      row.used = liveUsed(state, part, at);
      row.expectedAt = at - row.used;
      expectedAt = at + Math.max(0, partLeft(state, at) ?? 0);
    } else if (row.status === 'coming') {
      if (next) row.status = 'next';
      next = false;
      expectedAt += part.ms;
    }
    if (plannedAt !== null && !(part.optional && !part.on)) plannedAt += planned * MINUTE;
    return row;
  });
}

/**
 * A part that was gone through has used time; one that was gone back over comes again.
 * @type {(part: PlanPart, i: number, live: number, now: State['now']) =>
 *   'done' | 'live' | 'next' | 'coming' | 'off'}
 */
function statusOf(part, i, live, now) {
  if (i === live && now.state !== 'closed') return 'live';
  if (i < live || now.state === 'closed') return part.on || part.used > 0 ? 'done' : 'off';
  return part.on ? 'coming' : 'off';
}

/** What the running part has used: its length less what is left of it. */
const liveUsed = (/** @type {State} */ state, /** @type {PlanPart} */ part, at) =>
  Math.max(0, part.ms - (partLeft(state, at) ?? part.ms));

/** When the meeting is expected to end, on the meeting clock. */
export function expectedEnd(/** @type {State} */ state, at) {
  let end = at + Math.max(0, partLeft(state, at) ?? 0);
  for (const row of plan(state, at))
    if (row.status === 'next' || row.status === 'coming') end += row.ms;
  return end;
}

/** "9:00" and 65 minutes: hours and minutes of a day, or null. */
export function clockAfter(starts, minutes) {
  const read = /^(\d\d):(\d\d)$/.exec(starts ?? '');
  if (!read) return null;
  const total = (Number(read[1]) * 60 + Number(read[2]) + minutes) % 1440;
  return { hours: Math.floor(total / 60), minutes: total % 60 };
}

/** When it should end: its beginning and the items' minutes. null before it began. */
export function plannedEnd(/** @type {State} */ state) {
  const minutes = state.items.reduce((sum, item) => sum + item.minutes, 0);
  return state.meeting.began == null ? null : state.meeting.began + minutes * MINUTE;
}

/** Milliseconds behind (positive) or ahead (negative); 0 before the meeting began. */
export const drift = (/** @type {State} */ state, at) =>
  plannedEnd(state) === null ? 0 : expectedEnd(state, at) - plannedEnd(state);

/**
 * A moment as people are told it: the nearest whole minute of the meeting. What is planned lies on
 * such minutes, so that the hours that stand side by side, and the words about what lies between
 * them, add up.
 */
export function toldAt(/** @type {State} */ { meeting }, moment) {
  const began = meeting.began ?? null;
  return began === null ? moment : began + Math.round((moment - began) / MINUTE) * MINUTE;
}

/** Behind or ahead as people are told it, in whole minutes. */
export const toldDrift = (/** @type {State} */ state, end) =>
  plannedEnd(state) === null ? 0 : Math.round((toldAt(state, end) - plannedEnd(state)) / MINUTE);

/** Behind or ahead in words: never by a sign. @param {number} off  whole minutes */
export function driftWords(t, off) {
  const n = Math.abs(off);
  if (!n) return t('shared.on_time');
  return off > 0 ? t('shared.behind', { n }) : t('shared.ahead', { n });
}
