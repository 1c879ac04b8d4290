// actions.js -- what the facilitator can do now, and what the one wide button does.
//
// Pure: state in, plain data out. A label is a name in the table `console.primary` and its values,
// so that tests need no language. `primary` decides what is offered, `enabled` what can be pressed,
// `command` what is sent.
import * as traits from 'runde:traits';
import {
  hasPhone,
  heard,
  inLaps,
  isIntro,
  isOpen,
  isShown,
  livePart,
  nextPart,
  nextSpeaker,
  previousPart,
  seatOf,
  speaker,
  toShow,
  waiting,
} from './read.js';
import { presenter } from '../shared/duty.js';
import { drift, starting } from '../shared/schedule.js';
import { changesOrder, first, orderedAs } from './orders.js';

/** A press so soon after the button's meaning changed was meant for what it said before. */
export const SETTLE_MS = 700;
const MINUTE = 60000;

/**
 * @typedef {import('../shared/model.js').State} State
 * @typedef {{action: string, label: string, values?: {part?: any, seat?: any, n?: number}, icon:
 *   'go' | 'next' | 'stop' | 'show',
 *   arg?: any, confirm?: boolean, method?: string}} Primary
 *   confirm: asked once before; method: that may have words of its own for it
 */

/** Pressing on to the next part, or to the end of the meeting. @returns {Primary} */
function onward(state) {
  const part = nextPart(state);
  return part
    ? { action: 'next', label: 'next', values: { part }, icon: 'next' }
    : { action: 'close', label: 'close', icon: 'stop', confirm: true };
}

/** @returns {Primary} */
const giveTo = (seat) => ({
  action: 'give',
  label: 'give',
  values: { seat },
  icon: 'go',
  arg: seat.seat,
});

/**
 * A lap is over when its last speaker is done; the next one begins by itself. @returns {Primary}
 */
function endOfLap(state) {
  const { lap, laps } = state.now;
  return lap < laps
    ? { action: 'done', label: 'end_lap', values: { n: lap }, icon: 'next' }
    : { action: 'done', label: 'end_round', icon: 'next' };
}

/** @returns {Primary} */
function inRound(state) {
  const next = nextSpeaker(state);
  if (next) return giveTo(next);
  return speaker(state) ? endOfLap(state) : onward(state);
}

/** @returns {Primary} */
function inDialogue(state) {
  const next = nextSpeaker(state);
  if (next) return giveTo(next);
  const seat = speaker(state);
  return seat ? { action: 'done', label: 'done', values: { seat }, icon: 'next' } : onward(state);
}

/** By what the live part's method is like. @returns {Primary} */
function inPart(state) {
  const part = livePart(state);
  if (toShow(state)) return { action: 'show', label: 'show', icon: 'show', method: part.method };
  if (traits.laps(part)) return inRound(state);
  return traits.hands_wait(part) ? inDialogue(state) : onward(state);
}

/**
 * What the wide button does, and says that it does; null when nothing is left to do.
 * @param {State} state
 * @returns {Primary | null}
 */
export function primary(state) {
  switch (state.now.state) {
    case 'lobby':
      return { action: 'start', label: 'start', icon: 'go' };
    case 'paused':
      return { action: 'resume', label: 'resume', icon: 'go' };
    case 'closed':
      return null;
    default:
      return inPart(state);
  }
}

/** Two presses that mean the same thing have the same key: a double press is told by its change. */
export function primaryKey(state) {
  const it = primary(state);
  return it
    ? [it.action, state.now.part, state.now.turn, it.arg ?? '', state.now.lap].join(' ')
    : '';
}

const running = (state) => state.now.state === 'running';
const speaking = (state) => running(state) && state.now.speaker !== null;
const notClosed = (state) => state.now.state !== 'closed';
const here = (seat) => Boolean(seat) && seat.presence !== 'left';

const sameOnWall = (wall, it) =>
  ['show', 'text', 'contribution', 'data'].every((each) => wall[each] === it[each]);

/**
 * How much earlier the live part can have begun: what the part before it used; the first one, as
 * long as there is a meeting.
 */
export function startedBefore(state) {
  const before = previousPart(state);
  return before ? before.used : (state.meeting.began ?? 0);
}

/** Whether somebody else than the asker presents the part. */
function mayAnswer(state) {
  const who = presenter(state, livePart(state));
  return Boolean(who) && who.seat !== state.now.speaker;
}

/**
 * One row per button: when it can be pressed. `arg` is the seat's number or the part's id that it
 * is about.
 */
const rules = {
  start: (s) => s.now.state === 'lobby' && Boolean(nextPart(s, null)),
  close: (s) => isOpen(s),
  next: (s) => isOpen(s) && Boolean(nextPart(s)),
  back: (s) => isOpen(s) && Boolean(previousPart(s)),
  goto: (s, id) => isOpen(s) && s.now.part !== id,
  switch: (s, id) => notClosed(s) && s.now.part !== id,
  pause: running,
  resume: (s) => s.now.state === 'paused',
  until: (s, back) => s.now.state === 'paused' && s.now.back !== back,
  less: isOpen,
  more: isOpen,
  give: (s, n) => running(s) && here(seatOf(s, n)) && s.now.speaker !== n,
  done: speaking,
  hint: (s) => running(s) && Boolean(heard(s)) && hasPhone(heard(s)),
  later: (s) => speaking(s) && inLaps(s) && Boolean(nextSpeaker(s)),
  pass: (s) => speaking(s) && inLaps(s),
  extra: speaking,
  raise: (s, n) =>
    isOpen(s) && here(seatOf(s, n)) && !s.now.hands.includes(n) && s.now.speaker !== n,
  lower: (s, n) => isOpen(s) && s.now.hands.includes(n),
  list: isOpen,
  lap: (s) => running(s) && traits.more_laps(livePart(s)) && s.now.laps < 5,
  show: (s) => running(s) && toShow(s),
  write: (s) => isOpen(s) && s.seats.length > 0 && !(traits.sealed(livePart(s)) && isShown(s)),
  seat: notClosed,
  link: notClosed,
  order: notClosed,
  queue: (s) => isOpen(s) && waiting(s).length > 1,
  way: (s, { way, from }) => isOpen(s) && inLaps(s) && changesOrder(s, way, from),
  answer: (s) =>
    speaking(s) && Boolean(livePart(s)?.answers) && (s.now.answering !== null || mayAnswer(s)),
  door: notClosed,
  fair: (s) => isOpen(s) && traits.hands_wait(livePart(s)),
  remark: (s, n) =>
    isOpen(s) &&
    Boolean(livePart(s)?.remarks) &&
    here(seatOf(s, n)) &&
    s.now.speaker !== n &&
    !s.now.remarks.includes(n),
  wall: (s, it) => notClosed(s) && !sameOnWall(s.wall, it),
  correct: (s, ms) => isOpen(s) && ms <= startedBefore(s),
  first: (s, n) => isOpen(s) && s.now.queue.includes(n) && s.now.queue[0] !== n,
  late: (s, at) => isOpen(s) || (s.now.state === 'lobby' && drift(s, at) >= MINUTE),
  undo: (s) => notClosed(s) && s.undo !== null,
  decide: (s) => s.now.state !== 'lobby',
};

/**
 * Whether a button can be pressed.
 * @param {State} state
 * @param {string} action  a row of `rules`
 * @param {any} [arg]
 */
export const enabled = (state, action, arg) => Boolean(rules[action](state, arg));

/** Which turn is meant: a number that is no longer live is refused without a word. */
const live = (state) => (state.now.turn > 0 ? { turn: state.now.turn } : {});
const from = (state) => (state.now.part ? { from: state.now.part } : {});
const spoken = (state) => ({ ...live(state), seat: state.now.speaker });

const commands = {
  start: (s, arg, at) => ['meeting.start', starting(s, at)],
  close: () => ['meeting.close', {}],
  next: (s) => ['part.next', from(s)],
  back: (s) => ['part.back', from(s)],
  goto: (s, part) => ['part.goto', { part }],
  switch: (s, { part, on }) => ['part.switch', { part, on }],
  pause: () => ['clock.pause', {}],
  resume: () => ['clock.resume', {}],
  until: (s, back) => ['pause.change', back === null ? {} : { back }],
  less: (s, ms) => ['clock.add', { ms: -ms }],
  more: (s, ms) => ['clock.add', { ms }],
  give: (s, seat) => ['floor.give', { seat, ...live(s) }],
  done: (s) => ['turn.done', spoken(s)],
  hint: (s) => ['floor.hint', s.now.speaker === null ? { part: s.now.part } : live(s)],
  later: (s) => ['turn.later', spoken(s)],
  pass: (s) => ['turn.pass', spoken(s)],
  extra: (s) => ['turn.more', spoken(s)],
  raise: (s, seat) => ['hand.raise', { seat }],
  lower: (s, seat) => ['hand.lower', { seat }],
  way: (s, { way, from }) => ['floor.order', { order: orderedAs(s, way, from) }],
  answer: (s) => ['turn.answer', { answering: s.now.answering === null, ...live(s) }],
  door: (s) => ['door.close', { closed: !s.door.closed }],
  fair: (s) => ['floor.fair', { fair: !s.now.fair }],
  remark: (s, seat) => ['hand.raise', { seat, remark: true }],
  wall: (s, it) => ['wall.show', it],
  correct: (s, ms) => ['clock.correct', { ms }],
  first: (s, seat) => ['floor.order', { order: first(s.now.queue, seat) }],
  list: (s) => ['floor.close', { closed: !s.now.closed }],
  lap: () => ['lap.add', {}],
  show: (s) => [traits.shown_by(livePart(s)), {}],
  undo: () => ['undo', {}],
};

/**
 * What a button sends.
 * @param {State} state
 * @param {string} action
 * @param {any} [arg]
 * @param {number} [at]  the meeting clock
 * @returns {{do: string, with: object}}
 */
export function command(state, action, arg, at) {
  const [name, fields] = commands[action](state, arg, at);
  return { do: name, with: fields };
}

/**
 * The order with one seat moved by so many places; the same list when it would fall off an end.
 * @param {number[]} order
 */
export function moved(order, seat, by) {
  const at = order.indexOf(seat);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return order;
  const rest = order.filter((n) => n !== seat);
  return [...rest.slice(0, to), seat, ...rest.slice(to)];
}

/** The order with one seat standing where another stands. */
export function movedTo(order, seat, target) {
  return moved(order, seat, order.indexOf(target) - order.indexOf(seat));
}

/**
 * Moving one of those who wait changes the queue, of a round or of a dialogue; everywhere else it
 * is the table that changes.
 */
export const orderOf = (state, seat) => {
  const { queue } = state.now;
  const queued =
    isOpen(state) && !isIntro(state) && (inLaps(state) ? queue.length > 1 : queue.includes(seat));
  return queued
    ? { do: 'floor.order', order: queue }
    : { do: 'table.order', order: state.seats.map((each) => each.seat) };
};
