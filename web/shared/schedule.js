// schedule.js -- what was promised, what has been used, what is to be expected: pure functions of the
// state and the meeting clock. Whoever tells a time takes it from here.
import * as traits from 'runde:traits';
import { wallOf } from './clock.js';
import { dayAt, momentAt } from './zone.js';
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
/** server/engine/agenda.c: what an item leaves its parts is dealt in steps, and never less than this. */
const LEFT_STEP = 30000;
const LEFT_MIN = MINUTE;
/** Whoever begins so much sooner than was agreed only tries it out: the plan counts from there. */
const EARLY = 60 * MINUTE;
const HALF_DAY = 720 * MINUTE;

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

const sum = (/** @type {number[]} */ numbers) => numbers.reduce((a, b) => a + b, 0);

/**
 * How long each part of an item was planned, in ms: its own minutes, or what the item leaves it, as
 * the server lays them out. One that shares another's minutes has none of its own.
 * @param {{minutes: number, parts: {minutes?: number | null, shares?: string}[]}} item
 * @param {(part: any) => boolean} [isOn]
 */
export function lengths(item, isOn = (part) => part.on) {
  const whole = (value) => (Number.isInteger(value) && value >= 0 ? value : 0);
  const own = (part) => part.minutes !== null && part.minutes !== undefined;
  const on = item.parts.filter(isOn);
  const rest = whole(item.minutes) - sum(on.filter(own).map((part) => whole(part.minutes)));
  const many = on.filter((part) => !own(part) && !part.shares).length;
  const each = Math.max(
    LEFT_MIN,
    Math.floor((rest * MINUTE) / Math.max(1, many) / LEFT_STEP) * LEFT_STEP,
  );
  return item.parts.map((part) =>
    own(part) ? whole(part.minutes) * MINUTE : part.shares ? 0 : each,
  );
}

/** What all items take, as people were told. */
const agendaLength = (/** @type {Pick<State, 'items'>} */ { items }) =>
  sum(items.map((item) => item.minutes)) * MINUTE;

/**
 * An hour, "09:00", on the meeting clock: of its day, or else of the nearest.
 * @param {{date?: string, starts?: string}} cover
 */
export function momentOf({ date, starts }, at) {
  const near = wallOf(at);
  const off = momentAt(date ?? dayAt(near), starts) - near;
  return at + off - (date ? 0 : Math.round(off / (2 * HALF_DAY)) * 2 * HALF_DAY);
}

/**
 * When people were told that it begins and ends, on the meeting clock; before it has begun by the
 * agenda's hour. A meeting without such an hour is planned from the moment when it began: null
 * before that.
 * @param {State} state
 * @returns {{begins: number, ends: number} | null}
 */
export function promise(state, at) {
  const { meeting } = state;
  const length = agendaLength(state);
  const lobby = state.now.state === 'lobby';
  const ends = meeting.ends ?? null;
  const began = lobby ? null : (meeting.began ?? null);
  const agreed = lobby && meeting.starts ? momentOf(meeting, at) : null;
  const begins = meeting.begins ?? (lobby && ends !== null ? ends - length : (began ?? agreed));
  return begins === null ? null : { begins, ends: ends ?? begins + length };
}

/**
 * What meeting.start tells of the promise: nothing where there is none to keep, because it is over
 * or far ahead.
 * @param {State} state
 * @returns {{begins?: number}}
 */
export function starting(state, at) {
  const told = promise(state, at);
  return told && told.ends > at && told.begins - at <= EARLY
    ? { begins: Math.round(told.begins) }
    : {};
}

/**
 * A pause in whole minutes: how long it has lasted, and what is left of it, null where nobody has
 * said. 0: people are to be back; nothing goes on by itself.
 * @param {State} state
 */
export function pauseOf({ now }, at) {
  const { since, back } = now;
  return {
    lasted: Math.floor((at - (since ?? at)) / MINUTE),
    left: back === null ? null : Math.max(0, Math.ceil((back - at) / MINUTE)),
  };
}

/** When the clocks go on: of a pause, at its end, and from then on now. @param {State} state */
const goesOn = ({ now }, at) => (now.state === 'paused' ? Math.max(at, now.back ?? at) : at);

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

/**
 * @typedef {{part: PlanPart, item: PlanItem, planned: number, plannedAt: number | null, ms: number,
 *   used: number, from: number | null, to: number | null,
 *   status: 'done' | 'live' | 'next' | 'coming' | 'off'}} Row
 *   planned: ms, as the agenda has it; plannedAt: by the promise, null where there is none; from,
 *   to: when it was, or is expected, null before there is any hour. The minutes that an item has more
 *   than its parts are planned for are its air: nobody's, so a delay takes them before anything else.
 * @typedef {{part: PlanPart, after: number, on: boolean}} Other  a part as it might be
 */

/**
 * How much of each item's air is still to be expected where the meeting would end so much too soon
 * without any. The first is given away first: a delay is then made up soonest.
 */
function airLeft(/** @type {number[]} */ air, early) {
  const stays = [];
  let rest = Math.max(0, early);
  for (let i = air.length - 1; i >= 0; i--) {
    stays[i] = Math.min(air[i], rest);
    rest -= stays[i];
  }
  return stays;
}

/**
 * The parts in the plan, with no hour yet but the planned one.
 * @type {(state: State, told: {begins: number, ends: number} | null, live: number,
 *   others: Other[]) => Row[]}
 */
function laid(state, told, live, others) {
  const moved = told ? told.ends - told.begins - agendaLength(state) : 0;
  const otherOf = (/** @type {PlanPart} */ part) => others.find((it) => it.part.id === part.id);
  let [itemAt, i, next] = [0, 0, true];
  return state.items.flatMap((item) => {
    const planned = lengths(item, (part) => (otherOf(part) ?? part).on);
    const itemEnd = itemAt + item.minutes * MINUTE;
    let offset = itemAt;
    itemAt = itemEnd;
    return item.parts.map((part, k) => {
      const other = otherOf(part);
      const ms = other ? other.after : part.ms;
      let status = statusOf(other ? { ...part, on: other.on } : part, i, live, state.now);
      if (status === 'coming' && next) status = 'next';
      next &&= status !== 'next';
      const plannedAt = told && told.begins + Math.min(offset, itemEnd) + (i > live ? moved : 0);
      if (status !== 'off') offset += planned[k];
      i++;
      const { used } = part;
      return { part, item, planned: planned[k], plannedAt, ms, used, from: null, to: null, status };
    });
  });
}

/** When a meeting begins that has not: as agreed, and from then on now, as long as that makes sense. */
const beginning = (/** @type {{begins: number, ends: number} | null} */ told, at) =>
  told && (told.begins > at || told.ends <= at) ? told.begins : at;

/**
 * Every part planned, used and expected, and when the meeting ends. What lies ahead follows without
 * a gap, but for the air that an item has.
 * @param {State} state
 * @param {number} at  the meeting clock
 * @param {{over?: boolean, others?: Other[]}} [how]  over: what the live part has left is nobody's
 *   any more; others: parts as they might be
 * @returns {{rows: Row[], end: number}}
 */
export function timeline(state, at, { over = false, others = [] } = {}) {
  const { now, meeting } = state;
  const told = promise(state, at);
  const live = allParts(state).findIndex((part) => part.id === now.part);
  const lobby = now.state === 'lobby';
  const left = over ? 0 : Math.max(0, partLeft(state, at) ?? 0);
  const rows = laid(state, told, live, others);
  const ahead = (/** @type {Row} */ row) => row.status === 'next' || row.status === 'coming';
  const start = lobby ? beginning(told, at) : goesOn(state, at) + left;
  const plain = start + sum(rows.filter(ahead).map((row) => row.ms));
  const air = state.items.map((item) => {
    const own = rows.filter((row) => row.item === item);
    const still = now.state !== 'closed' && rows.indexOf(own.at(-1)) >= live;
    const taken = sum(own.map((row) => (row.status === 'off' ? 0 : row.planned)));
    return still ? Math.max(0, item.minutes * MINUTE - taken) : 0;
  });
  const stays = airLeft(air, told ? told.ends - plain : Infinity);
  let end = lobby ? start : (meeting.began ?? at);
  rows.forEach((row, i) => {
    if (row.status === 'live') {
      row.used = liveUsed(state, row.part, at);
      row.from = row.part.began ?? at - row.used;
      end = start;
    } else {
      if (row.status === 'done') end = row.part.began ?? end;
      row.from = end;
      end += row.status === 'done' ? row.used : ahead(row) ? row.ms : 0;
    }
    row.to = end;
    if (row.item !== rows[i + 1]?.item) end += stays[state.items.indexOf(row.item)];
  });
  if (lobby && !told) rows.forEach((row) => Object.assign(row, { from: null, to: null }));
  return { rows, end: now.state === 'closed' ? at : end };
}

/** The rows alone. @param {State} state */
export const plan = (state, at) => timeline(state, at).rows;

/** When the meeting is expected to end, on the meeting clock. @param {State} state */
export const expectedEnd = (state, at, how = {}) => timeline(state, at, how).end;

/** When it should end: as people were promised. null where nobody was, before it began. */
export const plannedEnd = (/** @type {State} */ state, at) => promise(state, at)?.ends ?? null;

/** Milliseconds behind (positive) or ahead (negative); 0 where nothing was promised. */
export const drift = (/** @type {State} */ state, at) =>
  expectedEnd(state, at) - (plannedEnd(state, at) ?? expectedEnd(state, at));

/**
 * A moment that was, or is expected, as people are told it: whole minutes from when it began, at the
 * minute that clocks showed then; and half a minute from the promised end is the promised end. So
 * the hours that stand side by side, a clock beside them, and the words about what lies between them
 * add up. What is planned lies on its minutes already.
 */
export function toldAt(/** @type {State} */ state, moment, at = moment) {
  const { began } = state.meeting;
  const told = promise(state, at);
  if (told && Math.abs(moment - told.ends) < MINUTE / 2) return told.ends;
  const from = state.now.state === 'lobby' ? beginning(told, at) : (began ?? moment);
  return from + Math.round((moment - from) / MINUTE) * MINUTE;
}

/**
 * The minute of the day that a moment is told by, in milliseconds since 1970. An agreed hour is the
 * first moment of its minute; two measures of one clock differ by less than is added here.
 */
export const minuteOf = (meetingMs) => Math.floor((wallOf(meetingMs) + 500) / 60000) * 60000;

/** Whole minutes from an hour to another, as clocks show them. */
export const hoursApart = (from, to) => (minuteOf(to) - minuteOf(from)) / MINUTE;

/** Behind or ahead as people are told it, in whole minutes. @param {State} state */
export function toldDrift(state, end, at = end) {
  const planned = plannedEnd(state, at);
  return planned === null ? 0 : hoursApart(planned, toldAt(state, end, at));
}

/**
 * Whole minutes that a row has used. Of the live one those that are full; of others what lies
 * between its hours as they are told, so that the sum is told as the sum of what is told.
 * @param {State} state @param {Row} row
 */
export const toldUsed = (state, row, at) =>
  row.status === 'done' && row.from !== null
    ? hoursApart(toldAt(state, row.from, at), toldAt(state, row.to, at))
    : Math.floor(row.used / MINUTE);

/**
 * How many minutes more, or less (negative), a row that is over took than planned: 0 of one that
 * shared another's time.
 * @param {State} state @param {Row} row
 */
export const toldOver = (state, row, at) =>
  row.status === 'done' && row.part.on && row.planned
    ? toldUsed(state, row, at) - row.planned / MINUTE
    : 0;

/** "9:00" and 65 minutes: hours and minutes of a day, or null. */
export function clockAfter(starts, minutes) {
  const read = /^(\d\d):(\d\d)$/.exec(starts ?? '');
  if (!read) return null;
  const total = (Number(read[1]) * 60 + Number(read[2]) + minutes) % 1440;
  return { hours: Math.floor(total / 60), minutes: total % 60 };
}

/** Behind or ahead in words: never by a sign. @param {number} off  whole minutes */
export function driftWords(t, off) {
  const n = Math.abs(off);
  if (!n) return t('shared.on_time');
  return off > 0 ? t('shared.behind', { n }) : t('shared.ahead', { n });
}
