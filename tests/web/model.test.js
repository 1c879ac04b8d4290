// The fold of facts: one story for each fact, and nothing that a fact does not touch is touched.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import './support/hooks.js';

const { allParts, applyFrame, contributionsOf, fold, fromSnapshot, partOf, seatOf } =
  await import('../../web/shared/model.js');

const part = (id, minutes, more = {}) => ({
  id,
  method: 'turns',
  minutes,
  ms: minutes * 60000,
  used: 0,
  on: true,
  ...more,
});
const snapshot = {
  meeting: { code: 'K7QM-4XPR', title: 'Runde', locale: 'da' },
  items: [
    { no: 1, title: 'A', minutes: 10, parts: [part('1', 10)] },
    {
      no: 2,
      title: 'B',
      minutes: 20,
      parts: [part('2a', 5), part('2b', 15, { optional: true, on: false })],
    },
  ],
  seats: [1, 2, 3].map((seat) => ({
    seat,
    name: `P${seat}`,
    function: null,
    device: 'own',
    presence: 'here',
  })),
  contributions: [],
  notes: [],
  decision: { open: null, answers: [] },
  now: {
    part: null,
    state: 'lobby',
    speaker: null,
    turn: 0,
    lap: 0,
    laps: 0,
    until: null,
    part_until: null,
    queue: [],
    heard: [],
    hands: [],
    closed: false,
  },
};
const fresh = () => fromSnapshot(structuredClone(snapshot), 5);

/** The state after facts, each at its own second. */
const after = (...facts) =>
  facts.reduce(
    (state, fact, i) => fold(state, { seq: 6 + i, at: (i + 1) * 1000, ...fact }),
    fresh(),
  );
const begun = [
  { fact: 'meeting.started', wall: 1 },
  { fact: 'part.began', part: '1', until: 600000 },
  { fact: 'lap.began', lap: 1, laps: 1, order: [1, 2, 3], until: 590000 },
];
const speaking = [...begun, { fact: 'turn.began', seat: 1, turn: 1, lap: 1, until: 90000 }];

test('a_fact_for_every_name_in_the_protocol_is_folded_or_never_sent', () => {
  const folder = new URL('../../protocol/facts/', import.meta.url);
  const web = new URL('../../web/', import.meta.url);
  const source = [
    'shared/model.js',
    'shared/standing.js',
    ...readdirSync(new URL('method/', web)).map((method) => `method/${method}/fold.js`),
  ]
    .filter((path) => existsSync(new URL(path, web)))
    .map((path) => readFileSync(new URL(path, web), 'utf8'))
    .join('');
  // That all have spoken is seen from queue and speaker; what is published, from its preview.
  const quiet = ['lap.ended', 'public.chosen', 'public.marked'];
  for (const file of readdirSync(folder)) {
    const { fact, seen_by: seenBy } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    if (seenBy.length === 0 || quiet.includes(fact)) continue;
    assert.ok(source.includes(`'${fact}':`) || source.includes(`  ${fact}:`), fact);
  }
});

test('meeting_created_lays_out_the_agenda', () => {
  const items = [
    {
      no: 1,
      title: 'A',
      minutes: 5,
      parts: [
        { id: 'a', method: 'talk', minutes: 5 },
        { id: 'b', method: 'spiral', optional: true },
      ],
    },
  ];
  const state = after({
    fact: 'meeting.created',
    agenda: { title: 'Ny', locale: 'en', items },
    wall: 1,
  });
  assert.equal(state.meeting.title, 'Ny');
  assert.deepEqual(
    allParts(state).map(({ id, ms, used, on, minutes }) => [id, ms, used, on, minutes]),
    [
      ['a', 300000, 0, true, 5],
      ['b', 0, 0, false, null],
    ],
  );
});

test('meeting_started_runs_and_remembers_when', () => {
  const state = after({ fact: 'meeting.started', wall: 77 });
  assert.equal(state.now.state, 'running');
  assert.equal(state.meeting.began, 1000);
});

test('part_began_starts_with_an_empty_floor', () => {
  const state = after(
    ...speaking,
    { fact: 'turn.passed', seat: 1, turn: 1 },
    { fact: 'ready.changed', seat: 2, ready: true },
    { fact: 'part.ended', part: '1', used: 5 },
    { fact: 'part.began', part: '2a', until: 900000 },
  );
  assert.equal(partOf(state).id, '2a');
  assert.equal(partOf(state).item.no, 2);
  const { speaker, until, part_until, queue, heard, hands, lap, turn, time_up: up } = state.now;
  assert.deepEqual(
    { speaker, until, part_until, queue, heard, hands, lap, turn, up },
    {
      speaker: null,
      until: 900000,
      part_until: 900000,
      queue: [],
      heard: [],
      hands: [],
      lap: 0,
      turn: 1,
      up: false,
    },
  );
  assert.deepEqual([state.ready, state.passed], [[], []]);
});

test('part_ended_keeps_the_time_used', () => {
  const state = after(...speaking, { fact: 'part.ended', part: '1', used: 12345 });
  assert.equal(partOf(state, '1').used, 12345);
  assert.deepEqual([state.now.speaker, state.now.until], [null, null]);
});

test('plan_changed_sets_lengths_and_switches', () => {
  const state = after({ fact: 'plan.changed', parts: [{ part: '2b', ms: 60000, on: true }] });
  assert.deepEqual(
    [partOf(state, '2b').ms, partOf(state, '2b').on, partOf(state, '2a').ms],
    [60000, true, 300000],
  );
});

test('clock_changed_moves_the_deadline_of_nobody_who_speaks', () => {
  const state = after(...speaking, {
    fact: 'clock.changed',
    part: '1',
    ms: 660000,
    part_until: 660000,
    lap_until: 650000,
  });
  assert.deepEqual(
    [state.now.until, state.now.part_until, state.now.lap_until, partOf(state).ms],
    [90000, 660000, 650000, 660000],
  );
  const free = after(...begun, {
    fact: 'clock.changed',
    part: '1',
    ms: 660000,
    part_until: 660000,
    lap_until: 650000,
  });
  assert.equal(free.now.until, 660000);
});

test('a_part_that_began_earlier_takes_its_time_from_the_one_before', () => {
  const state = after(
    ...begun,
    { fact: 'part.ended', part: '1', used: 400000 },
    { fact: 'part.began', part: '2a', until: 305000 },
  );
  const corrected = fold(state, {
    fact: 'clock.corrected',
    seq: 99,
    at: 9000,
    part: '2a',
    from: '1',
    ms: 180000,
    part_until: 125000,
  });
  assert.deepEqual(
    [
      partOf(corrected, '1').used,
      corrected.now.part_until,
      corrected.now.until,
      corrected.now.time_up,
    ],
    [220000, 125000, 125000, false],
  );
  assert.equal(corrected.meeting.began, state.meeting.began);
  const past = fold(state, {
    fact: 'clock.corrected',
    seq: 99,
    at: 9000,
    part: '2a',
    from: '1',
    ms: 300000,
    part_until: 5000,
  });
  assert.equal(past.now.time_up, true);
});

test('a_first_part_that_began_earlier_takes_the_meeting_with_it', () => {
  const state = after(...begun, {
    fact: 'clock.corrected',
    part: '1',
    ms: 500,
    began: 500,
    part_until: 599500,
    lap_until: 589500,
  });
  assert.deepEqual(
    [state.meeting.began, state.now.part_until, state.now.lap_until, partOf(state).used],
    [500, 599500, 589500, 0],
  );
});

test('pause_keeps_the_time_left_and_resume_gives_it_back', () => {
  const paused = after(...speaking, {
    fact: 'clock.paused',
    left: 50000,
    part_left: 500000,
    lap_left: 490000,
  });
  const { state, until, part_until: partUntil, left, part_left: partLeft } = paused.now;
  assert.deepEqual(
    [state, until, partUntil, left, partLeft],
    ['paused', null, null, 50000, 500000],
  );
  const on = fold(paused, {
    fact: 'clock.resumed',
    seq: 99,
    at: 70000,
    until: 120000,
    part_until: 570000,
    lap_until: 560000,
  });
  assert.deepEqual(
    [on.now.state, on.now.until, on.now.part_until, on.now.left, on.now.part_left],
    ['running', 120000, 570000, null, null],
  );
});

test('a_pause_without_speaker_has_the_parts_time_left', () => {
  const paused = after(...begun, { fact: 'clock.paused', part_left: 500000, restart: 4 });
  assert.deepEqual([paused.now.left, paused.now.restart], [500000, 4]);
});

test('time_up_is_of_a_part_or_a_turn', () => {
  assert.deepEqual(pickUps(after(...speaking, { fact: 'time.up', of: 'part', part: '1' })), [
    true,
    false,
  ]);
  assert.deepEqual(
    pickUps(after(...speaking, { fact: 'time.up', of: 'turn', part: '1', seat: 1, turn: 1 })),
    [false, true],
  );
});
const pickUps = ({ now }) => [now.time_up, now.turn_up];

test('a_lap_sets_who_waits', () => {
  const { now } = after(...begun);
  assert.deepEqual(
    [now.lap, now.laps, now.queue, now.heard, now.lap_until],
    [1, 1, [1, 2, 3], [], 590000],
  );
  assert.equal(after(...begun, { fact: 'lap.added', laps: 2 }).now.laps, 2);
});

test('an_answer_is_given_within_a_turn_and_ends_with_it', () => {
  const asked = after(...speaking, { fact: 'turn.answering', seat: 2, turn: 1, answering: true });
  assert.deepEqual([asked.now.speaker, asked.now.answering], [1, 2]);
  assert.equal(
    fold(asked, { fact: 'turn.answering', seq: 99, at: 1, seat: 2, turn: 1, answering: false }).now
      .answering,
    null,
  );
  assert.equal(
    fold(asked, { fact: 'turn.ended', seq: 99, at: 1, seat: 1, turn: 1 }).now.answering,
    null,
  );
});

test('a_short_remark_is_a_hand_of_its_own_kind', () => {
  const asked = after(
    ...begun,
    { fact: 'hand.raised', seat: 2 },
    { fact: 'hand.raised', seat: 3, remark: true },
  );
  assert.deepEqual([asked.now.hands, asked.now.remarks], [[2, 3], [3]]);
  assert.deepEqual(fold(asked, { fact: 'hand.lowered', seq: 99, at: 1, seat: 3 }).now.remarks, []);
  assert.deepEqual(
    fold(asked, { fact: 'turn.began', seq: 99, at: 1, seat: 3, turn: 1, lap: 1, until: 9 }).now
      .remarks,
    [],
  );
});

test('a_part_says_whether_first_time_speakers_come_first_and_the_console_may_change_it', () => {
  assert.equal(after(...begun).now.fair, true);
  const unfair = fromSnapshot(
    structuredClone({
      ...snapshot,
      items: [{ no: 1, title: 'A', minutes: 10, parts: [part('1', 10, { fair: false })] }],
    }),
    5,
  );
  const began = fold(unfair, { seq: 6, at: 1, fact: 'part.began', part: '1', until: 9 });
  assert.equal(began.now.fair, false);
  assert.equal(fold(began, { seq: 7, at: 1, fact: 'floor.fair', fair: true }).now.fair, true);
});

test('who_knocks_waits_until_answered_and_the_door_is_told_apart', () => {
  const console = fromSnapshot(
    structuredClone({ ...snapshot, door: { closed: false, knocks: [] } }),
    5,
  );
  const tell = (state, ...facts) =>
    facts.reduce((s, fact, i) => fold(s, { seq: s.seq + 1 + i, at: 1, ...fact }), state);
  const knocked = tell(
    console,
    { fact: 'door.changed', closed: true },
    { fact: 'knock.added', phone: 'x', name: 'Bo' },
    { fact: 'knock.added', phone: 'y', claim: 2 },
  );
  assert.deepEqual(knocked.door, {
    closed: true,
    knocks: [
      { phone: 'x', name: 'Bo' },
      { phone: 'y', claim: 2 },
    ],
  });
  assert.deepEqual(tell(knocked, { fact: 'knock.added', phone: 'x', claim: 3 }).door.knocks, [
    { phone: 'y', claim: 2 },
    { phone: 'x', claim: 3 },
  ]);
  assert.deepEqual(
    tell(knocked, { fact: 'knock.answered', phone: 'x', let_in: false }).door.knocks,
    [{ phone: 'y', claim: 2 }],
  );
  assert.deepEqual(tell(knocked, { fact: 'meeting.closed' }).door, { closed: true, knocks: [] });
  assert.deepEqual(tell(fresh(), { fact: 'meeting.closed' }).door, { closed: false });
});

test('a_turn_takes_its_seat_out_of_queue_and_hands', () => {
  const state = after(
    ...begun,
    { fact: 'hand.raised', seat: 2 },
    { fact: 'turn.began', seat: 2, turn: 1, lap: 1, until: 90000 },
  );
  assert.deepEqual(
    [state.now.speaker, state.now.queue, state.now.hands, state.now.until],
    [2, [1, 3], [], 90000],
  );
  assert.equal(state.now.turn_from, 5000);
});

test('turn_ended_is_heard_once_and_leaves_the_parts_deadline', () => {
  const state = after(
    ...speaking,
    { fact: 'turn.ended', seat: 1, turn: 1 },
    { fact: 'turn.ended', seat: 1, turn: 1 },
  );
  assert.deepEqual([state.now.speaker, state.now.heard, state.now.until], [null, [1], 600000]);
});

test('who_speaks_after_a_pass_has_not_passed', () => {
  const pass = [
    { fact: 'turn.ended', seat: 1, turn: 1 },
    { fact: 'turn.passed', seat: 1, turn: 1 },
    { fact: 'turn.began', seat: 1, turn: 2, lap: 1, until: 90000 },
  ];
  assert.deepEqual(after(...speaking, ...pass).passed, [1]);
  assert.deepEqual(
    after(
      ...speaking,
      ...pass,
      { fact: 'turn.ended', seat: 1, turn: 2 },
      { fact: 'turn.passed', turn: 2 },
    ).passed,
    [],
  );
});

test('turn_deferred_comes_last', () => {
  const state = after(...speaking, { fact: 'turn.deferred', seat: 1, turn: 1 });
  assert.deepEqual([state.now.speaker, state.now.queue, state.now.heard], [null, [2, 3, 1], []]);
});

test('turn_extended_moves_only_the_turn', () => {
  const state = after(...speaking, { fact: 'turn.extended', seat: 1, turn: 1, until: 120000 });
  assert.deepEqual([state.now.until, state.now.part_until], [120000, 600000]);
});

test('hands_are_kept_in_the_order_of_raising', () => {
  const state = after(
    ...begun,
    { fact: 'hand.raised', seat: 3 },
    { fact: 'hand.raised', seat: 1 },
    { fact: 'hand.raised', seat: 2 },
    { fact: 'hand.lowered', seat: 1 },
  );
  assert.deepEqual(state.now.hands, [3, 2]);
});

test('the_floors_list_is_ordered_and_closed', () => {
  const state = after(
    ...begun,
    { fact: 'floor.ordered', order: [3, 2, 1] },
    { fact: 'floor.closed', closed: true },
  );
  assert.deepEqual([state.now.queue, state.now.closed], [[3, 2, 1], true]);
});

test('ready_comes_and_goes', () => {
  const yes = { fact: 'ready.changed', seat: 2, ready: true };
  assert.deepEqual(after(...begun, yes, yes).ready, [2]);
  assert.deepEqual(after(...begun, yes, { ...yes, ready: false }).ready, []);
});

test('a_pause_says_since_when_and_until_when_and_undo_brings_both_back', () => {
  const paused = after(...speaking, {
    fact: 'clock.paused',
    at: 7000,
    left: 1000,
    part_left: 2000,
    back: 600_000,
  });
  assert.deepEqual([paused.now.since, paused.now.back], [7000, 600_000]);
  const tell = (state, fact) => fold(state, { seq: 99, at: 9000, ...fact });
  assert.equal(tell(paused, { fact: 'pause.changed', back: 900_000 }).now.back, 900_000);
  assert.equal(tell(paused, { fact: 'pause.changed' }).now.back, null);
  const added = { fact: 'clock.changed', part: paused.now.part, ms: 60_000, part_left: 3000 };
  assert.equal(
    tell(paused, added).now.back,
    600_000,
    'more time for the part is not for the pause',
  );
  const away = { fact: 'clock.paused', part_left: 2000, restart: 4000 };
  assert.deepEqual(
    [tell(paused, away).now.since, tell(paused, away).now.back],
    [4000, null],
    'the server was away',
  );
  const { part, turn, lap, laps } = paused.now;
  const block = { state: 'paused', part, turn, lap, laps, closed: false, heard: [], queue: [] };
  const undone = {
    fact: 'undone',
    what: 'clock.resume',
    block: { ...block, part_left: 2000, since: 7000, back: 600_000 },
  };
  const again = tell(paused, undone).now;
  assert.deepEqual([again.state, again.since, again.back], ['paused', 7000, 600_000]);
});

test('a_hint_lasts_until_the_turn_ends', () => {
  const hinted = after(...speaking, { fact: 'hint.given', seat: 1, turn: 1 });
  assert.equal(hinted.hinted, 1);
  assert.equal(fold(hinted, { fact: 'turn.ended', seq: 99, at: 1, seat: 1, turn: 1 }).hinted, null);
  const answers = { fact: 'turn.answering', seq: 99, at: 1, seat: 2, turn: 1, answering: true };
  assert.equal(fold(hinted, answers).hinted, null, 'it was for who was heard then');
});

test('seats_come_change_and_move', () => {
  const state = after(
    { fact: 'seat.added', seat: 4, name: 'Bo', device: 'none' },
    { fact: 'seat.changed', seat: 2, presence: 'away' },
    { fact: 'table.ordered', order: [4, 1, 2] },
  );
  assert.deepEqual(
    state.seats.map((each) => each.seat),
    [4, 1, 2, 3],
  );
  assert.deepEqual(seatOf(state, 4), {
    seat: 4,
    name: 'Bo',
    function: null,
    device: 'none',
    presence: 'here',
  });
  assert.deepEqual([seatOf(state, 2).presence, seatOf(state, 2).name], ['away', 'P2']);
});

test('somebody_is_awaited_until_that_is_said_otherwise_or_a_turn_has_ended', () => {
  const added = { fact: 'seat.added', seat: 4, name: 'Bo', device: 'none', awaited: true };
  const awaited = (...facts) => seatOf(after(added, ...facts), 4).awaited;
  assert.equal(awaited(), true);
  assert.equal(awaited({ fact: 'seat.changed', seat: 4, name: 'Bodil' }), true);
  const come = { fact: 'seat.changed', seat: 4, device: 'own', awaited: false };
  assert.equal(awaited(come), undefined);
  assert.equal(awaited(come, { fact: 'seat.changed', seat: 4, awaited: true }), true);
  const turn = { fact: 'turn.began', seat: 4, turn: 1, lap: 1, until: 90000 };
  assert.equal(awaited(...begun, turn), true);
  assert.equal(awaited(...begun, turn, { fact: 'turn.ended', seat: 4, turn: 1 }), undefined);
});

test('notes_are_saved_shared_and_removed', () => {
  const one = { fact: 'note.saved', note: 'n1', seat: 1, part: '1', text: 'a' };
  const state = after(
    one,
    { ...one, text: 'b' },
    { ...one, note: 'n2' },
    { fact: 'note.shared', note: 'n1', seat: 1, contribution: 'c1' },
    { fact: 'note.removed', note: 'n2', seat: 1 },
  );
  assert.deepEqual(state.notes, [
    { note: 'n1', seat: 1, part: '1', text: 'b', contribution: 'c1' },
  ]);
});

test('points_are_added_mended_and_taken_down', () => {
  const one = {
    fact: 'contribution.added',
    contribution: 'c1',
    seat: 1,
    part: '1',
    lap: 2,
    text: 'a',
    builds_on: ['x'],
  };
  const state = after(
    one,
    { ...one, contribution: 'c2', builds_on: undefined },
    { fact: 'contribution.edited', contribution: 'c1', text: 'b' },
    { fact: 'contribution.edited', contribution: 'c1', builds_on: ['y'] },
  );
  assert.deepEqual(contributionsOf(state, '1')[0], {
    id: 'c1',
    seat: 1,
    part: '1',
    lap: 2,
    text: 'b',
    builds_on: ['y'],
  });
  const less = fold(state, { fact: 'contribution.withdrawn', seq: 99, at: 1, contribution: 'c1' });
  assert.deepEqual(
    less.contributions.map((each) => each.id),
    ['c2'],
  );
});

test('a_point_without_author_has_null', () => {
  const [point] = after({ fact: 'contribution.added', contribution: 'c', part: '1' }).contributions;
  assert.deepEqual(point, { id: 'c', seat: null, part: '1', text: null, builds_on: [] });
});

test('an_answer_is_replaced_whole', () => {
  const state = after(
    { fact: 'decision.opened', answer: 'tasks' },
    { fact: 'decision.changed', answer: 'tasks', unsettled: true },
    { fact: 'decision.changed', answer: 'tasks', tasks: [{ text: 'x' }] },
    { fact: 'decision.changed', answer: 'targets', text: 'y' },
  );
  assert.equal(state.decision.open, 'tasks');
  assert.deepEqual(state.decision.answers, [
    { answer: 'tasks', tasks: [{ text: 'x' }] },
    { answer: 'targets', text: 'y' },
  ]);
});

test('what_is_shown_is_nobodys_any_more', () => {
  const own = {
    fact: 'retro.added',
    contribution: 'o1',
    seat: 1,
    part: '2a',
    box: 'adjust',
    text: 'a',
  };
  const mine = after(
    own,
    { ...own, contribution: 'o2' },
    { fact: 'retro.edited', contribution: 'o1', seat: 1, text: 'b' },
    { fact: 'retro.withdrawn', contribution: 'o2', seat: 1 },
  );
  assert.deepEqual(mine.own, [{ id: 'o1', seat: 1, part: '2a', box: 'adjust', text: 'b' }]);
  const shown = fold(mine, {
    fact: 'retro.shown',
    seq: 99,
    at: 1,
    part: '2a',
    points: [{ contribution: 'p1', box: 'adjust', text: 'b' }],
  });
  assert.deepEqual([shown.own, shown.shown], [[], ['2a']]);
  assert.deepEqual(shown.contributions, [
    { id: 'p1', seat: null, part: '2a', box: 'adjust', text: 'b', builds_on: [] },
  ]);
});

test('undo_sets_back_what_its_block_says_and_names_the_next', () => {
  const kept = (name, seat) => ({ fact: 'undo.kept', what: name, seat, block: {} });
  const state = after(...speaking, kept('floor.give', 1), kept('clock.add'));
  assert.deepEqual(state.undo, { what: 'clock.add', depth: 2 });
  const block = {
    state: 'running',
    part: '1',
    turn: 1,
    lap: 1,
    laps: 1,
    part_until: 700000,
    lap_until: 690000,
    closed: false,
    queue: [1, 2, 3],
    heard: [],
    plan: [{ part: '1', ms: 1, on: true, used: 2 }],
    table: [3, 2, 1],
  };
  const undone = fold(state, { fact: 'undone', seq: 99, at: 9000, what: 'clock.add', block });
  assert.deepEqual(undone.undo, { what: 'floor.give', seat: 1, depth: 1 });
  assert.deepEqual(
    [undone.now.speaker, undone.now.until, undone.now.queue],
    [null, 700000, [1, 2, 3]],
  );
  assert.deepEqual([partOf(undone).ms, partOf(undone).used], [1, 2]);
  assert.deepEqual(
    undone.seats.map((each) => each.seat),
    [3, 2, 1],
  );
  assert.equal(
    fold(undone, { fact: 'undone', seq: 100, at: 9000, what: 'floor.give', block }).undo,
    null,
  );
});

test('a_step_beside_the_floor_is_taken_back_by_facts_of_its_own', () => {
  const kept = (what) => ({ fact: 'undo.kept', what, was: {}, became: {} });
  const state = after(
    kept('clock.add'),
    kept('seat.change'),
    { fact: 'seat.changed', seat: 1, function: '' },
    { fact: 'undo.spent', what: 'seat.change' },
  );
  assert.deepEqual(state.undo, { what: 'clock.add', depth: 1 });
  assert.equal(state.seats.find((each) => each.seat === 1).function, null);
  const alone = fold(state, { fact: 'seat.removed', seq: 100, at: 9000, seat: 1 });
  assert.deepEqual(
    alone.seats.map((each) => each.seat),
    state.seats.map((each) => each.seat).filter((n) => n !== 1),
  );
  assert.equal(fold(state, { fact: 'decision.opened', seq: 100, at: 9000 }).decision.open, null);
});

test('at_most_fifty_steps_can_be_undone', () => {
  const state = after(
    ...Array.from({ length: 60 }, () => ({ fact: 'undo.kept', what: 'clock.add', block: {} })),
  );
  assert.deepEqual([state.undo.depth, state.undoStack.length], [50, 50]);
});

test('a_closed_meeting_has_no_deadlines', () => {
  const { now } = after(...speaking, { fact: 'meeting.closed' });
  assert.deepEqual(
    [now.state, now.speaker, now.until, now.part_until, now.lap_until],
    ['closed', null, null, null, null],
  );
});

test('a_fact_changes_no_state_that_was_there_before', () => {
  const state = after(...speaking);
  const copy = structuredClone(state);
  const next = fold(state, { fact: 'seat.changed', seq: 99, at: 1, seat: 2, name: 'Ny' });
  assert.deepEqual(state, copy);
  for (const branch of ['items', 'contributions', 'notes', 'decision', 'now'])
    assert.equal(next[branch], state[branch], branch);
  assert.notEqual(next.seats, state.seats);
});

test('an_unknown_fact_only_counts', () => {
  const state = fresh();
  const next = fold(state, { fact: 'toString', seq: 42, at: 1 });
  assert.deepEqual({ ...next, seq: 5 }, state);
  assert.equal(next.seq, 42);
});

// tests/README.md, row 26, for a page that hears the same twice.
test('facts_that_the_snapshot_covers_are_dropped', () => {
  const state = applyFrame(fresh(), {
    facts: [
      { seq: 5, at: 1, fact: 'meeting.closed' },
      { seq: 7, at: 1, fact: 'floor.closed', closed: true },
    ],
    seq: 9,
  });
  assert.deepEqual([state.now.state, state.now.closed, state.seq], ['lobby', true, 9]);
});

test('a_snapshot_begins_anew', () => {
  const state = applyFrame(after(...speaking), { snapshot: structuredClone(snapshot), seq: 50 });
  assert.deepEqual([state.now.state, state.seq, state.own], ['lobby', 50, []]);
  assert.equal(applyFrame(null, { facts: [], seq: 3 }), null);
});

test('a phone, which has no stack of steps, takes an undo as any other fact', async (t) => {
  t.after(() => delete globalThis.RUNDE_PAGE);
  globalThis.RUNDE_PAGE = 'phone';
  const phone = await import('../../web/shared/model.js?phone');
  const snapshot = {
    meeting: { code: 'K7QM-4XPR', title: 'Runde', locale: 'da', began: 0 },
    items: [],
    seats: [],
    contributions: [],
    notes: [],
    decision: { open: null, answers: [] },
    now: {
      part: 'b',
      state: 'running',
      speaker: null,
      turn: 3,
      lap: 0,
      laps: 0,
      until: 900,
      part_until: 900,
      queue: [],
      heard: [],
      hands: [],
      closed: false,
    },
  };
  const block = {
    state: 'running',
    part: 'a',
    turn: 4,
    lap: 0,
    laps: 0,
    part_until: 700,
    closed: false,
    queue: [],
    heard: [],
    hands: [],
    plan: [],
    wall: { show: 'meeting' },
  };
  const state = phone.fold(phone.fromSnapshot(snapshot, 9), {
    seq: 10,
    at: 500,
    fact: 'undone',
    what: 'part.next',
    block,
  });
  assert.equal(state.now.part, 'a');
  assert.equal(state.now.until, 700);
  assert.equal('undoStack' in state, false);
});
