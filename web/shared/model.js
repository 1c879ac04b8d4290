// model.js -- the meeting as this page may see it: a pure fold of facts.
//
// The state is what a snapshot holds (protocol/records/snapshot.json) and three things more: `seq`,
// the number of the last fact in it; `undoStack`, the console's labels; and `now.turn_from`, when
// the running turn began, null if it was not seen. `fold` never changes its argument: branches that
// a fact does not touch are the same objects in the new state.
import { empty, folds as ofMethods } from 'runde:method/fold';
import { drop, once, point, put, said, undoable, without } from './folding.js';
import { apart } from './names.js';
import { folds as ofMinutes } from './standing.js';
import { ofList } from './once.js';

/**
 * @import {Agenda, Clocks, Contribution, Exhibit, Fact, Facts, Grouping} from 'runde:protocol'
 * @import {Seat} from './names.js'
 * @import {PlanItem, PlanPart, Preparation, Slot, Snapshot, TableSeat, UndoLabel} from 'runde:protocol'
 */

/**
 * @typedef {import('runde:protocol').Now & {turn_from: number | null}} Now
 * @typedef {Required<Omit<Snapshot, 'now' | 'undo' | 'seats'>> & {now: Now, seq: number, seats: Seat[],
 *   undo: (UndoLabel & {depth: number}) | null, undoStack: UndoLabel[], hintSeq?: number}} State
 *   A phone has neither the undo steps nor what `room` holds.
 * @typedef {Partial<Omit<State, 'now'>> & {now?: Partial<Now>}} Change  what a fact makes different,
 *   by branch; of `now`, by field
 * @typedef {{[F in keyof Facts]?: (s: State, f: Fact<F>) => Change}} Folds
 * @typedef {PlanPart & {item: PlanItem}} PartOfItem
 */

const UNDO_MAX = 50;

/** @type {Now} */
const stillness = {
  part: null,
  state: 'lobby',
  speaker: null,
  answering: null,
  turn: 0,
  lap: 0,
  laps: 0,
  until: null,
  part_until: null,
  lap_until: null,
  left: null,
  part_left: null,
  lap_left: null,
  queue: [],
  heard: [],
  hands: [],
  remarks: [],
  closed: false,
  time_up: false,
  turn_up: false,
  since: null,
  back: null,
  restart: null,
  turn_from: null,
};

/** What phones never see, or have from their minutes. */
const room =
  globalThis.RUNDE_PAGE === 'phone'
    ? {}
    : {
        passed: [],
        recaps: [],
        groups: [],
        data: [],
        carried: [],
        before: [],
        chain: [],
        chiefs: [],
        fetched: [],
        wall: { show: 'meeting' },
        door: { closed: false },
        standing: { state: 'draft' },
        disputes: [],
      };

/** Told apart. On a phone that comes with its later script. @type {(seats: Seat[]) => Seat[]} */
const known = (seats) => (globalThis.RUNDE_PAGE === 'phone' ? seats : apart(seats));

/**
 * The state that a snapshot tells, whole: what it leaves out is empty.
 * @param {Snapshot} snapshot  the object of the frame's `snapshot`
 * @param {number} seq
 * @returns {State}
 */
export const fromSnapshot = (snapshot, seq) =>
  /** @type {State} */ ({
    ...empty,
    ready: [],
    leaving: [],
    hinted: null,
    ...room,
    ...snapshot,
    seats: known(snapshot.seats),
    ...undoable(snapshot.undo ?? []),
    now: { ...stillness, ...snapshot.now },
    seq,
  });

/**
 * The items, with what `slots` say of their parts. Others stay the same objects.
 * @type {(s: Pick<State, 'items'>, slots: (Partial<PlanPart> & {part: string})[]) => PlanItem[]}
 */
const planned = ({ items }, slots) =>
  items.map((item) => {
    const told = (part) => slots.findLast((slot) => slot.part === part.id);
    if (!item.parts.some(told)) return item;
    const parts = item.parts.map((part) => {
      const { part: id, ...fields } = told(part) ?? {};
      return id ? { ...part, ...fields } : part;
    });
    return { ...item, parts };
  });

/** That a part began so much earlier, which phones tell nobody. */
const earlier = (/** @type {State} */ s, part, ms) =>
  globalThis.RUNDE_PAGE === 'phone' ? [] : [{ part, began: (partOf(s, part)?.began ?? 0) - ms }];

/**
 * Seats in the given order; those that it does not name follow as they stood.
 * @type {(s: State, order: number[]) => Seat[]}
 */
const ordered = (state, order) => [
  ...order.map((n) => seatOf(state, n)).filter(Boolean),
  ...state.seats.filter((seat) => !order.includes(seat.seat)),
];

/**
 * Every deadline, as a fact or block tells them. Without a speaker the one that counts is the
 * part's.
 * @param {Clocks} clocks
 */
const deadlines = ({
  part_until = null,
  lap_until = null,
  part_left = null,
  lap_left = null,
  until = part_until,
  left = part_left,
}) => ({
  part_until,
  lap_until,
  part_left,
  lap_left,
  until,
  left,
  turn_from: null,
});

/**
 * The part's deadlines moved, and with them the one that counts while nobody speaks; `up`: it may
 * be past.
 * @type {(now: Now, fact: Clocks & {at: number}, up: boolean) => Partial<Now>}
 */
const clocked = ({ speaker }, { at, ...fact }, up) => {
  const { until, left, turn_from, ...clocks } = deadlines(fact);
  return {
    ...clocks,
    ...(speaker === null && { until, left }),
    time_up: up && !(clocks.part_until > at || clocks.part_left > 0),
  };
};

/** The floor is nobody's. @type {(s: State) => Partial<Now>} */
const floorFree = ({ now }) => ({
  speaker: null,
  answering: null,
  until: now.part_until,
  left: now.part_left,
  turn_from: null,
  turn_up: false,
});

/**
 * One gets a phone of their own: the first of those who stay is the host there
 * (server/engine/together.h).
 */
const parted = (/** @type {TableSeat[]} */ seats, n) => {
  const was = seats.find((each) => each.seat === n);
  const stay = seats
    .filter((each) => each.seat !== n && each.with && each.with === (was?.with ?? n))
    .map((each) => each.seat);
  const host = was?.with ?? Math.min(...stay);
  const others = stay.some((each) => each !== host);
  return seats.map((each) => {
    if (each.seat === n) return { ...each, with: undefined, together: undefined };
    if (each.seat === host)
      return {
        ...each,
        with: undefined,
        together: (others && (was?.together || each.together)) || undefined,
      };
    return stay.includes(each.seat) ? { ...each, with: host } : each;
  });
};

/**
 * The groups, each with those of its points that stay; a group of none is gone.
 * @type {(groups: Grouping[], stays: (group: string, id: string) => boolean) => Grouping[]}
 */
const grouped = (groups, stays) =>
  groups
    .map((each) => ({
      ...each,
      contributions: each.contributions.filter((id) => stays(each.group, id)),
    }))
    .filter((each) => each.contributions.length);

/** What has been answered stays with its question; a yes only where it is asked as yes or no still. */
const answerTo = (/** @type {State} */ { before }, /** @type {Preparation} */ { id, yes_no }) => {
  const { yes, text } = before.find((each) => each.id === id) ?? {};
  return { ...(yes_no && yes !== undefined && { yes }), ...(text !== undefined && { text }) };
};

/**
 * Another agenda, and how each of its parts stands in the plan.
 * @type {(s: State, f: {agenda: Agenda, plan?: Slot[]}) => Change}
 */
const withAgenda = (s, { agenda: { items, ...meeting }, plan = [] }) => {
  const { code, locale, began, wall, keep } = s.meeting;
  const begun = (part) => {
    const { presenter, facilitator } = partOf(s, part.id) ?? {};
    return {
      minutes: null,
      on: !part.optional,
      ...part,
      ms: (part.minutes ?? 0) * 60000,
      used: 0,
      begun: false,
      presenter,
      facilitator,
    };
  };
  const all = items.map((item) => ({ ...item, parts: item.parts.map(begun) }));
  const notes = s.notes.map((note) =>
    partOf({ items: all }, note.part) ? note : { ...note, part: null },
  );
  return {
    ...undoable([]),
    ...(globalThis.RUNDE_PAGE !== 'phone' && {
      carried: meeting.carried ?? [],
      before: (meeting.before ?? []).map((it) => ({ ...answerTo(s, it), ...it })),
      chief: meeting.chief,
    }),
    meeting: {
      code,
      title: 'Runde',
      locale,
      began,
      wall,
      keep,
      ...meeting,
      ...(globalThis.RUNDE_PAGE !== 'phone' && {
        carried: undefined,
        before: undefined,
        chief: undefined,
      }),
    },
    items: planned({ items: all }, plan),
    notes,
  };
};

/**
 * A link that becomes a table, or the other way, keeps nothing of what it was.
 * @type {Partial<Exhibit>}
 */
const noFigure = { url: undefined, csv: undefined, chart: undefined, text: undefined };

/**
 * What phones never hear of, or never tell, as when the meeting began and is to end: left out of the phone's page when that is built.
 * @type {Folds}
 */
const notForPhones = {
  'meeting.started': (s, { at: began, begins, ends }) => ({
    meeting: { ...s.meeting, began, begins, ends },
    now: { state: 'running' },
  }),
  'plan.changed': (s, { parts, begins = s.meeting.begins, ends = s.meeting.ends }) => ({
    meeting: { ...s.meeting, begins, ends },
    items: planned(s, parts),
  }),
  'turn.passed': (s, { seat }) => (seat ? { passed: once(s.passed, seat) } : {}),
  'undo.kept': (s, { what, seat, part }) =>
    undoable(
      [...s.undoStack, { what, ...(seat && { seat }), ...(part && { part }) }].slice(-UNDO_MAX),
    ),
  'undo.spent': (s) => undoable(s.undoStack.slice(0, -1)),
  'group.changed': (s, { group, title, contributions }) => {
    const points = s.contributions
      .map((each) => each.id)
      .filter((id) => contributions.includes(id));
    const others = grouped(s.groups, (other, id) => other === group || !points.includes(id));
    return {
      groups: grouped(put(others, 'group', { group, title, contributions: points }), () => true),
    };
  },
  'data.changed': (s, f) => ({ data: put(s.data, 'data', { ...noFigure, ...said(f) }) }),
  'data.confided': (s, f) => ({
    data: put(s.data, 'data', { ...noFigure, ...said(f), confidential: true }),
  }),
  'data.removed': (s, f) => ({ data: drop(s.data, 'data', f.data) }),
  'contribution.withdrawn': (s, f) => ({
    contributions: drop(s.contributions, 'id', f.contribution),
    groups: grouped(s.groups, (group, id) => id !== f.contribution),
  }),
  'door.changed': (s, { closed }) => ({ door: { ...s.door, closed } }),
  'knock.added': (s, f) => ({
    door: { ...s.door, knocks: [...drop(s.door.knocks, 'phone', f.phone), said(f)] },
  }),
  'knock.answered': (s, f) => ({
    door: { ...s.door, knocks: drop(s.door.knocks, 'phone', f.phone) },
  }),
  'floor.fair': (s, { fair }) => ({ now: { fair } }),
  'wall.shown': (s, { wall }) => ({ wall }),
  'carried.came': (s, f) => ({ carried: put(s.carried, 'id', said(f)) }),
  'chief.allowed': (s, { code, by, at }) => ({
    chiefs: [...drop(s.chiefs, 'code', code), { code, by, at }],
  }),
  'chief.refused': (s, { code }) => ({ chiefs: drop(s.chiefs, 'code', code) }),
  'minutes.fetched': (s, { file, format, as, day }) => ({
    fetched: [
      ...s.fetched.filter((it) => it.file !== file || it.format !== format || it.as !== as),
      { file, format, as, day },
    ],
  }),
  'prepared.changed': (s, f) => ({ before: put(s.before, 'id', said(f)) }),
  'chain.linked': (s, f) => ({ chain: [...s.chain, said(f)] }),
  'recap.saved': (s, { part, lap, text }) => {
    const others = s.recaps.filter((each) => each.part !== part || each.lap !== lap);
    return { recaps: text ? [...others, { part, lap, text }] : others };
  },
  'meeting.created': withAgenda,
};

/**
 * One function per fact. A fact that is not here changes nothing; the phone's later script has some.
 * @type {Folds & {__proto__: null}}
 */
export const folds = {
  __proto__: null,
  'agenda.changed': withAgenda,
  'meeting.started': () => ({ now: { state: 'running' } }),
  'keep.changed': (s, f) => ({ meeting: { ...s.meeting, ...said(f) } }),
  'meeting.closed': (s, { erases }) => ({
    ...undoable([]),
    meeting: { ...s.meeting, erases },
    hinted: null,
    ...(globalThis.RUNDE_PAGE !== 'phone' && s.door.knocks && { door: { ...s.door, knocks: [] } }),
    now: {
      ...deadlines({}),
      speaker: null,
      queue: [],
      hands: [],
      remarks: [],
      since: null,
      back: null,
      state: 'closed',
    },
  }),
  'part.began': (s, { part, until, at: began }) => ({
    ...(globalThis.RUNDE_PAGE !== 'phone' && { items: planned(s, [{ part, began }]) }),
    ready: [],
    hinted: null,
    now: {
      ...stillness,
      ...deadlines({ part_until: until }),
      ...(globalThis.RUNDE_PAGE !== 'phone' && { fair: partOf(s, part)?.fair ?? true }),
      part,
      state: 'running',
      turn: s.now.turn,
    },
  }),
  'part.ended': (s, f) => ({
    ...(globalThis.RUNDE_PAGE !== 'phone' && { passed: [] }),
    hinted: null,
    items: planned(s, [said(f)]),
    now: { speaker: null, until: null, left: null, turn_from: null },
  }),
  'part.assigned': (s, { part, as, seat }) => ({ items: planned(s, [{ part, [as]: seat }]) }),
  'plan.changed': (s, f) => ({ items: planned(s, f.parts) }),
  'clock.changed': (s, { part, ms, ...f }) => ({
    items: planned(s, [{ part, ms }]),
    now: clocked(s.now, f, s.now.time_up),
  }),
  'clock.corrected': (s, { from, ms, began, ...f }) => ({
    ...(globalThis.RUNDE_PAGE !== 'phone' && began != null && { meeting: { ...s.meeting, began } }),
    items: planned(s, [
      { part: from, used: (partOf(s, from)?.used ?? 0) - ms },
      ...earlier(s, f.part, ms),
    ]),
    now: clocked(s.now, f, true),
  }),
  'clock.paused': (s, f) => ({
    now: {
      ...deadlines(f),
      state: 'paused',
      restart: f.restart ?? null,
      since: f.restart ?? f.at,
      back: f.back ?? null,
    },
  }),
  'pause.changed': (s, { back = null }) => ({ now: { back } }),
  'clock.resumed': (s, f) => ({
    now: { ...deadlines(f), state: 'running', restart: null, since: null, back: null },
  }),
  'time.up': (s, f) => ({ now: { [f.of === 'part' ? 'time_up' : 'turn_up']: true } }),
  'lap.began': (s, { lap, laps, order: queue, until: lap_until }) => ({
    ...(globalThis.RUNDE_PAGE !== 'phone' && { passed: [] }),
    now: { lap, laps, queue, heard: [], lap_until },
  }),
  'lap.added': (s, { laps }) => ({ now: { laps } }),
  'turn.began': (s, { seat: speaker, turn, until, at: turn_from }) => ({
    hinted: null,
    now: {
      speaker,
      turn,
      until,
      left: null,
      turn_from,
      turn_up: false,
      queue: without(s.now.queue, speaker),
      hands: without(s.now.hands, speaker),
      remarks: without(s.now.remarks, speaker),
    },
  }),
  'turn.ended': (s, f) => ({
    hinted: null,
    ...(globalThis.RUNDE_PAGE !== 'phone' && {
      passed: without(s.passed, f.seat), // Unless turn.passed follows.
      ...(seatOf(s, f.seat)?.awaited && {
        seats: put(s.seats, 'seat', { seat: f.seat, awaited: undefined }),
      }),
    }),
    now: { ...floorFree(s), heard: [...new Set([...s.now.heard, f.seat])] },
  }),
  'turn.deferred': (s, f) => ({
    hinted: null,
    now: { ...floorFree(s), queue: once(s.now.queue, f.seat) },
  }),
  'turn.answering': (s, { seat, answering }) => ({
    hinted: null,
    now: { answering: answering ? seat : null },
  }),
  'turn.extended': (s, { until }) => ({ now: { until, turn_up: false } }),
  'floor.ordered': (s, { order: queue }) => ({ now: { queue } }),
  'floor.closed': (s, { closed }) => ({ now: { closed } }),
  'hand.raised': (s, f) => ({
    now: {
      hands: once(s.now.hands, f.seat),
      ...(f.remark && { remarks: once(s.now.remarks, f.seat) }),
    },
  }),
  'hand.lowered': (s, f) => ({
    now: { hands: without(s.now.hands, f.seat), remarks: without(s.now.remarks, f.seat) },
  }),
  'ready.changed': (s, f) => ({ ready: (f.ready ? once : without)(s.ready, f.seat) }),
  'hint.given': (s, { seq, seat: hinted }) => ({ hinted, hintSeq: seq }),
  'seat.added': (s, f) => ({
    seats: put(s.seats, 'seat', {
      name: null,
      function: null,
      presence: 'here',
      ...said(f),
    }),
  }),
  'seat.removed': (s, f) => ({ seats: drop(s.seats, 'seat', f.seat) }),
  'seat.changed': (s, f) => ({
    seats: put(f.device === 'own' ? parted(s.seats, f.seat) : s.seats, 'seat', {
      ...said(f),
      ...(f.function === '' && { function: null }),
      ...(globalThis.RUNDE_PAGE !== 'phone' && f.awaited === false && { awaited: undefined }),
    }),
  }),
  'seat.together': (s, { seat, together }) => ({
    seats: put(s.seats, 'seat', { seat, together: together || undefined }),
  }),
  'seat.leaves': (s, f) => ({
    leaving: [...drop(s.leaving, 'seat', f.seat), ...(f.leaves ? [said(f)] : [])],
  }),
  'table.ordered': (s, f) => ({ seats: ordered(s, f.order) }),
  'note.saved': (s, f) => ({ notes: put(s.notes, 'note', { part: null, text: '', ...said(f) }) }),
  'note.removed': (s, f) => ({ notes: drop(s.notes, 'note', f.note) }),
  'note.shared': (s, f) => ({ notes: put(s.notes, 'note', said(f)) }),
  'contribution.added': (s, f) => ({
    contributions: put(s.contributions, 'id', {
      seat: null,
      text: null,
      builds_on: [],
      ...point(f),
    }),
  }),
  'contribution.edited': (s, f) => ({ contributions: put(s.contributions, 'id', point(f)) }),
  'contribution.withdrawn': (s, f) => ({
    contributions: drop(s.contributions, 'id', f.contribution),
  }),
  'decision.opened': (s, { answer: open = null }) => ({ decision: { ...s.decision, open } }),
  'decision.changed': (s, f) => ({
    decision: {
      ...s.decision,
      answers: [...drop(s.decision.answers, 'answer', f.answer), said(f)],
    },
  }),
  undone: (s, { at, block: { plan, table, wall, before, ...block } }) => ({
    ...(globalThis.RUNDE_PAGE !== 'phone' && {
      ...undoable(s.undoStack.slice(0, -1), wall),
      passed: s.passed.filter((n) => block.part === s.now.part && block.heard.includes(n)),
    }),
    hinted: null,
    ...(plan && {
      items: planned(
        s,
        plan.map((slot) => ({ presenter: undefined, facilitator: undefined, ...slot })),
      ),
    }),
    ...(table && { seats: ordered(s, table) }),
    now: {
      ...stillness,
      hands: s.now.hands,
      ...block,
      ...deadlines(block),
      time_up: block.part_until <= at || block.part_left <= 0,
      turn_up: block.until <= at || block.left <= 0,
    },
  }),
  ...ofMethods,
  ...(globalThis.RUNDE_PAGE === 'phone' ? {} : { ...notForPhones, ...ofMinutes }),
};

if (globalThis.RUNDE_PAGE !== 'phone') {
  const { undone } = folds;
  folds.undone = (s, { block: { began = null, begins, ends, ...block }, ...f }) => ({
    ...undone(s, { ...f, block }),
    meeting: { ...s.meeting, began, begins, ends },
  });
}

/**
 * The state after one fact.
 * @param {State} state
 * @param {Fact} fact
 * @returns {State}
 */
export function fold(state, fact) {
  /** @type {Change} */
  const { now, ...rest } = /** @type {any} */ (folds[fact.fact])?.(state, fact) ?? {};
  return {
    ...state,
    ...rest,
    ...(rest.seats && { seats: known(rest.seats) }),
    now: now ? { ...state.now, ...now } : state.now,
    seq: Math.max(state.seq, fact.seq),
  };
}

/**
 * The state after a frame of the server: a snapshot begins anew, facts that the state has already
 * are dropped.
 * @param {State | null} state
 * @param {{snapshot?: Snapshot, facts?: Fact[], seq?: number}} frame
 * @returns {State | null}
 */
export function applyFrame(state, frame) {
  if (frame.snapshot) return fromSnapshot(frame.snapshot, frame.seq);
  if (!frame.facts || !state) return state;
  let next = state;
  for (const fact of frame.facts) if (fact.seq > state.seq) next = fold(next, fact);
  return frame.seq > next.seq ? { ...next, seq: frame.seq } : next;
}

/**
 * Every part in the agenda's order, each with its item.
 * @type {(state: Pick<State, 'items'>) => PartOfItem[]}
 */
export const allParts = (state) =>
  state.items.flatMap((item) => item.parts.map((part) => ({ ...part, item })));

/**
 * The part that runs, with its item; null in the lobby.
 * @param {Pick<State, 'items'> & {now?: Now}} state
 * @returns {PartOfItem | null}
 */
export function partOf(state, id = state.now.part) {
  for (const item of state.items)
    for (const part of item.parts) if (part.id === id) return { ...part, item };
  return null;
}

const byNumber = ofList(
  (/** @type {TableSeat[]} */ seats) => new Map(seats.map((seat) => [seat.seat, seat])),
);

/** @type {(state: Pick<State, 'seats'>, n: number) => TableSeat | undefined} */
export const seatOf = ({ seats }, n) => byNumber(seats).get(n);

/**
 * What stands on the board from one part, oldest first.
 * @type {(state: Pick<State, 'contributions'>, part: string) => Contribution[]}
 */
export const contributionsOf = (state, part) =>
  state.contributions.filter((each) => each.part === part);
