// model.js -- the meeting as this page may see it: a pure fold of facts.
//
// The state is what a snapshot holds (protocol/frames/snapshot.json) and three things more: `seq`, the number of the last
// fact in it; `undoStack`, the console's labels; and `now.turn_from`, when the running turn began, null if it was not seen.
// `fold` never changes its argument: branches that a fact does not touch are the same objects in the new state.

/**
 * @typedef {{id: string, method: string, title?: string, text?: string, lead?: string, questions?: string[],
 *   minutes: number | null, optional?: boolean, on: boolean, protected?: boolean, intro?: boolean, answers?: boolean,
 *   shares?: string, responsible?: string[], start?: string, turn_min?: number, laps?: number, first_lap?: number,
 *   ms: number, used: number}} Part
 * @typedef {{no: number, title: string, minutes: number, goal?: string, responsible?: string[],
 *   bank?: {title?: string, questions: string[]}[], parts: Part[]}} Item
 * @typedef {{seat: number, name: string | null, function: string | null, device: string, presence: string,
 *   held?: boolean}} Seat
 * @typedef {{id: string, seat: number | null, part: string, lap?: number, text: string | null, builds_on: string[],
 *   box?: string, answer?: string, late?: boolean}} Contribution
 * @typedef {{note: string, seat: number, part: string | null, text: string, contribution?: string}} Note
 * @typedef {{id: string, seat: number, part: string, box: string, text: string}} Own
 * @typedef {{answer: string, text?: string, unsettled?: boolean, date?: string, stakeholders?: any[], tasks?: any[],
 *   based_on?: string[]}} Answer
 * @typedef {{part: string | null, state: 'lobby' | 'running' | 'paused' | 'closed', speaker: number | null, turn: number,
 *   lap: number, laps: number, until: number | null, part_until: number | null, lap_until: number | null,
 *   left: number | null, part_left: number | null, lap_left: number | null, queue: number[], heard: number[],
 *   hands: number[], closed: boolean, time_up: boolean, turn_up: boolean, restart: number | null,
 *   turn_from: number | null}} Now
 * @typedef {{do: string, seat?: number, part?: string}} UndoLabel
 * @typedef {{meeting: any, items: Item[], seats: Seat[], contributions: Contribution[], notes: Note[], own: Own[],
 *   decision: {open: string | null, answers: Answer[]}, shown: string[], now: Now, ready: number[], passed: number[],
 *   hint: boolean, undo: (UndoLabel & {depth: number}) | null, undoStack: UndoLabel[], seq: number}} State
 */

const UNDO_MAX = 50;

/** @type {Now} */
const stillness = {
  part: null,
  state: 'lobby',
  speaker: null,
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
  closed: false,
  time_up: false,
  turn_up: false,
  restart: null,
  turn_from: null,
};

/**
 * The state that a snapshot tells, whole: what it leaves out is empty.
 * @param {any} snapshot  the object of the frame's `snapshot`
 * @param {number} seq
 * @returns {State}
 */
export const fromSnapshot = (snapshot, seq) => ({
  own: [],
  shown: [],
  ready: [],
  passed: [],
  hint: false,
  undo: null,
  ...snapshot,
  undoStack: snapshot.undo ? [snapshot.undo] : [],
  now: { ...stillness, ...snapshot.now },
  seq,
});

/** @returns {State} */
const setNow = (state, now) => ({ ...state, now: { ...state.now, ...now } });
const without = (list, value) => list.filter((each) => each !== value);
const once = (list, value) => (list.includes(value) ? list : [...list, value]);

/** The list with the element whose `key` is `value` merged with `change`. */
const merge = (list, key, value, change) =>
  list.map((each) => (each[key] === value ? { ...each, ...change } : each));

/** The same, but added at the end when no element has it. */
const put = (list, key, thing) =>
  list.some((each) => each[key] === thing[key]) ? merge(list, key, thing[key], thing) : [...list, thing];

const drop = (list, key, value) => list.filter((each) => each[key] !== value);

/** The parts named in `slots` with what those say: length, on or off, time used. */
function setPlan(state, slots) {
  const known = new Map(slots.map(({ part, ...slot }) => [part, slot]));
  const items = state.items.map((item) =>
    item.parts.some((part) => known.has(part.id))
      ? { ...item, parts: item.parts.map((part) => (known.has(part.id) ? { ...part, ...known.get(part.id) } : part)) }
      : item,
  );
  return { ...state, items };
}

/** Seats in the given order; those that it does not name follow as they stood. */
function setOrder(state, order) {
  const seats = order.map((n) => seatOf(state, n)).filter(Boolean);
  return { ...state, seats: [...seats, ...state.seats.filter((seat) => !order.includes(seat.seat))] };
}

/** Without speaker the deadline that counts is the part's. */
const floorFree = (now) => ({ speaker: null, until: now.part_until, left: now.part_left, turn_from: null, turn_up: false });

/** Only the fields of `fact` that are named and there. */
function picked(fact, ...names) {
  const found = {};
  for (const name of names) if (fact[name] !== undefined) found[name] = fact[name];
  return found;
}

/** What a retrospect or note fact says of its author's own point. */
const shownAs = ({ contribution: id, seat = null, part, text = null, builds_on = [], ...fact }) => ({
  id,
  seat,
  part,
  text,
  builds_on,
  ...picked(fact, 'lap', 'box', 'answer', 'late'),
});

/** The block's deadlines and floor; what it leaves out is empty. */
function setBlock(state, block) {
  const { plan, table, ...rest } = block;
  let next = setNow(state, {
    ...stillness,
    hands: state.now.hands,
    time_up: false,
    ...rest,
  });
  next.now.until ??= next.now.part_until;
  next.now.left ??= next.now.part_left;
  if (plan) next = setPlan(next, plan);
  return table ? setOrder(next, table) : next;
}

/** What only the console ever hears of: left out of the phone's page when that is built. */
const forConsole = {
  'turn.passed': (s, f) => ({ ...s, passed: once(s.passed, f.seat) }),
  'undo.kept': (s, f) => {
    const undoStack = [...s.undoStack, picked(f, 'do', 'seat', 'part')].slice(-UNDO_MAX);
    return { ...s, undoStack, undo: { ...undoStack.at(-1), depth: Math.min(UNDO_MAX, (s.undo?.depth ?? 0) + 1) } };
  },
  'meeting.created': (s, { agenda }) => {
    const { items, ...meeting } = agenda;
    const parts = (item) =>
      item.parts.map((part) => ({
        ...part,
        minutes: part.minutes ?? null,
        ms: (part.minutes ?? 0) * 60000,
        used: 0,
        on: part.on ?? !part.optional,
      }));
    return { ...s, meeting: { ...s.meeting, ...meeting }, items: items.map((item) => ({ ...item, parts: parts(item) })) };
  },
};

/** One function per fact; a fact that is not here changes nothing but `seq`. */
const folds = {
  ...(globalThis.RUNDE_PAGE === 'phone' ? {} : forConsole),
  'meeting.started': (s, f) => setNow({ ...s, meeting: { ...s.meeting, began: f.at, wall: f.wall } }, { state: 'running' }),
  'meeting.closed': (s) =>
    setNow(s, { ...floorFree(stillness), state: 'closed', part_until: null, lap_until: null, part_left: null, lap_left: null }),
  'part.began': (s, f) => ({
    ...s,
    ready: [],
    passed: [],
    hint: false,
    now: { ...stillness, part: f.part, state: 'running', turn: s.now.turn, until: f.until, part_until: f.until },
  }),
  'part.ended': (s, f) => setPlan(setNow({ ...s, hint: false }, { speaker: null, until: null, left: null, turn_from: null }), [picked(f, 'part', 'used')]),
  'plan.changed': (s, f) => setPlan(s, f.parts),
  'clock.changed': (s, f) => {
    const next = setPlan(s, [picked(f, 'part', 'ms')]);
    const now = picked(f, 'part_until', 'lap_until', 'part_left', 'lap_left');
    const free = s.now.speaker === null ? { until: now.part_until ?? null, left: now.part_left ?? null } : {};
    return setNow(next, { ...now, ...free, ...(now.part_until > f.at || now.part_left > 0 ? { time_up: false } : {}) });
  },
  'clock.paused': (s, f) =>
    setNow(s, {
      state: 'paused',
      until: null,
      part_until: null,
      lap_until: null,
      left: f.left ?? f.part_left,
      part_left: f.part_left,
      lap_left: f.lap_left ?? null,
      restart: f.restart ?? null,
      turn_from: null,
    }),
  'clock.resumed': (s, f) =>
    setNow(s, {
      state: 'running',
      until: f.until ?? f.part_until,
      part_until: f.part_until,
      lap_until: f.lap_until ?? null,
      left: null,
      part_left: null,
      lap_left: null,
      restart: null,
    }),
  'time.up': (s, f) => setNow(s, f.of === 'part' ? { time_up: true } : { turn_up: true }),
  'lap.began': (s, f) => setNow({ ...s, passed: [] }, { lap: f.lap, laps: f.laps, queue: f.order, heard: [], lap_until: f.until }),
  'turn.began': (s, f) =>
    setNow(
      { ...s, hint: false },
      {
        speaker: f.seat,
        turn: f.turn,
        lap: f.lap,
        until: f.until,
        left: null,
        turn_from: f.at,
        turn_up: false,
        queue: without(s.now.queue, f.seat),
        hands: without(s.now.hands, f.seat),
      },
    ),
  'turn.ended': (s, f) => setNow({ ...s, hint: false }, { ...floorFree(s.now), heard: once(s.now.heard, f.seat) }),
  'turn.deferred': (s, f) =>
    setNow({ ...s, hint: false }, { ...floorFree(s.now), queue: [...without(s.now.queue, f.seat), f.seat] }),
  'turn.extended': (s, f) => setNow(s, { until: f.until, turn_up: false }),
  'floor.ordered': (s, f) => setNow(s, { queue: f.order }),
  'floor.closed': (s, f) => setNow(s, { closed: f.closed }),
  'hand.raised': (s, f) => setNow(s, { hands: once(s.now.hands, f.seat) }),
  'hand.lowered': (s, f) => setNow(s, { hands: without(s.now.hands, f.seat) }),
  'ready.changed': (s, f) => ({ ...s, ready: f.ready ? once(s.ready, f.seat) : without(s.ready, f.seat) }),
  'hint.given': (s) => ({ ...s, hint: true }),
  'seat.added': (s, f) => ({
    ...s,
    seats: put(s.seats, 'seat', {
      seat: f.seat,
      name: f.name ?? null,
      function: f.function ?? null,
      device: f.device,
      presence: 'here',
      held: f.device !== 'none',
    }),
  }),
  'seat.changed': (s, f) => ({
    ...s,
    seats: merge(s.seats, 'seat', f.seat, picked(f, 'name', 'function', 'presence', 'device')),
  }),
  'table.ordered': (s, f) => setOrder(s, f.order),
  'note.saved': (s, { note, seat, part = null, text = '' }) => ({ ...s, notes: put(s.notes, 'note', { note, seat, part, text }) }),
  'note.removed': (s, f) => ({ ...s, notes: drop(s.notes, 'note', f.note) }),
  'note.shared': (s, f) => ({ ...s, notes: merge(s.notes, 'note', f.note, picked(f, 'contribution')) }),
  'contribution.added': (s, f) => ({ ...s, contributions: put(s.contributions, 'id', shownAs(f)) }),
  'contribution.edited': (s, f) => ({
    ...s,
    contributions: merge(s.contributions, 'id', f.contribution, picked(f, 'text', 'builds_on')),
  }),
  'contribution.withdrawn': (s, f) => ({ ...s, contributions: drop(s.contributions, 'id', f.contribution) }),
  'decision.opened': (s, f) => ({ ...s, decision: { ...s.decision, open: f.answer } }),
  'decision.changed': (s, { seq, at, fact, ...answer }) => ({
    ...s,
    decision: { ...s.decision, answers: [...drop(s.decision.answers, 'answer', answer.answer), answer] },
  }),
  'retro.added': (s, { contribution: id, seat, part, box, text }) => ({
    ...s,
    own: put(s.own, 'id', { id, seat, part, box, text }),
  }),
  'retro.edited': (s, f) => ({ ...s, own: merge(s.own, 'id', f.contribution, picked(f, 'text')) }),
  'retro.withdrawn': (s, f) => ({ ...s, own: drop(s.own, 'id', f.contribution) }),
  'retro.shown': (s, f) => ({
    ...s,
    shown: once(s.shown, f.part),
    own: drop(s.own, 'part', f.part),
    contributions: [...s.contributions, ...f.points.map((point) => shownAs({ ...point, part: f.part }))],
  }),
  undone: (s, f) => {
    const undoStack = s.undoStack.slice(0, -1);
    const depth = (s.undo?.depth ?? 1) - 1;
    const undo = depth > 0 ? { do: '', ...undoStack.at(-1), depth } : null;
    return setBlock({ ...s, undoStack, undo, hint: false }, f.block);
  },
};

/**
 * The state after one fact.
 * @param {State} state
 * @param {any} fact
 * @returns {State}
 */
export function fold(state, fact) {
  const change = Object.hasOwn(folds, fact.fact) && folds[fact.fact];
  const next = change ? change(state, fact) : state;
  return fact.seq > next.seq ? { ...next, seq: fact.seq } : next;
}

/**
 * The state after a frame of the server: a snapshot begins anew, facts that the state has already are dropped.
 * @param {State | null} state
 * @param {any} frame
 * @returns {State | null}
 */
export function applyFrame(state, frame) {
  if (frame.snapshot) return fromSnapshot(frame.snapshot, frame.seq);
  if (!frame.facts || !state) return state;
  let next = state;
  for (const fact of frame.facts) if (fact.seq > state.seq) next = fold(next, fact);
  return frame.seq > next.seq ? { ...next, seq: frame.seq } : next;
}

/** Every part in the agenda's order, each with its item. @returns {(Part & {item: Item})[]} */
export const allParts = (state) => state.items.flatMap((item) => item.parts.map((part) => ({ ...part, item })));

/** The part that runs, with its item; null in the lobby. @returns {(Part & {item: Item}) | null} */
export function partOf(state, id = state.now.part) {
  for (const item of state.items) for (const part of item.parts) if (part.id === id) return { ...part, item };
  return null;
}

/** @returns {Seat | undefined} */
export const seatOf = (state, n) => state.seats.find((seat) => seat.seat === n);

/** What stands on the board from one part, oldest first. @returns {Contribution[]} */
export const contributionsOf = (state, part) => state.contributions.filter((each) => each.part === part);
