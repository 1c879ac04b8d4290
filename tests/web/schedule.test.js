// The plan against the clock, and what a turn is worth.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { fromSnapshot } = await import('../../web/shared/model.js');
const { t } = await import('../../web/shared/i18n.js');
const schedule = await import('../../web/shared/schedule.js');
const {
  drift,
  driftWords,
  expectedEnd,
  left,
  partLeft,
  plan,
  plannedEnd,
  share,
  toldAt,
  toldDrift,
  turnFraction,
  voices,
  waitOf,
} = schedule;

const MIN = 60000;
const part = (id, minutes, more = {}) => ({
  id,
  method: 'turns',
  minutes,
  ms: minutes * MIN,
  used: 0,
  on: true,
  ...more,
});

function meeting(now, { seats = 4, parts, began = 0 } = {}) {
  const list = parts ?? [
    part('a', 10),
    part('b', 20),
    part('c', 5, { optional: true, on: false }),
    part('d', 15),
  ];
  return fromSnapshot(
    {
      meeting: { began },
      items: [{ no: 1, title: '', minutes: 45, parts: list }],
      seats: Array.from({ length: seats }, (_, i) => ({
        seat: i + 1,
        name: '',
        function: null,
        device: 'own',
        presence: 'here',
      })),
      contributions: [],
      notes: [],
      decision: { open: null, answers: [] },
      now: {
        part: null,
        state: 'running',
        speaker: null,
        turn: 0,
        lap: 1,
        laps: 1,
        until: null,
        part_until: null,
        queue: [],
        heard: [],
        hands: [],
        closed: false,
        ...now,
      },
    },
    1,
  );
}
const live = (now, more) =>
  meeting({ part: 'b', until: 30 * MIN, part_until: 30 * MIN, ...now }, more);

test('a_pause_counts_until_people_are_back_and_from_then_on_until_they_are', () => {
  const paused = (back) =>
    live({
      state: 'paused',
      until: null,
      part_until: null,
      part_left: 20 * MIN,
      since: 8 * MIN,
      back,
    });
  assert.equal(expectedEnd(paused(null), 10 * MIN), 45 * MIN, 'as if it went on now');
  assert.equal(expectedEnd(paused(16 * MIN), 10 * MIN), 51 * MIN);
  assert.equal(drift(paused(16 * MIN), 10 * MIN), 6 * MIN);
  assert.equal(expectedEnd(paused(16 * MIN), 20 * MIN), 55 * MIN, 'nobody has come back yet');
  assert.equal(
    plan(paused(16 * MIN), 10 * MIN).find((row) => row.status === 'next').from,
    36 * MIN,
  );
  const told = (back, at) => schedule.pauseOf(paused(back), at);
  assert.deepEqual(told(null, 10.9 * MIN), { lasted: 2, left: null });
  assert.deepEqual(told(16 * MIN, 10 * MIN + 1), { lasted: 2, left: 6 });
  assert.deepEqual(told(16 * MIN, 15.9 * MIN), { lasted: 7, left: 1 });
  assert.deepEqual(told(16 * MIN, 16 * MIN), { lasted: 8, left: 0 });
  assert.deepEqual(told(16 * MIN, 30 * MIN), { lasted: 22, left: 0 });
});

test('the_end_is_what_is_left_and_what_is_to_come', () => {
  assert.equal(expectedEnd(live(), 10 * MIN), 45 * MIN);
  assert.equal(expectedEnd(live(), 20 * MIN), 45 * MIN);
});

test('a_part_over_its_time_moves_the_end_with_every_minute', () => {
  assert.equal(expectedEnd(live(), 33 * MIN), 48 * MIN);
  assert.equal(drift(live(), 33 * MIN), 3 * MIN);
});

test('pause_moves_the_end_and_not_what_is_left', () => {
  const paused = live({
    state: 'paused',
    until: null,
    part_until: null,
    left: 12 * MIN,
    part_left: 12 * MIN,
  });
  assert.equal(partLeft(paused, 99 * MIN), 12 * MIN);
  assert.equal(left(paused, 99 * MIN), 12 * MIN);
  assert.equal(expectedEnd(paused, 99 * MIN), (99 + 12 + 15) * MIN);
});

test('rows_say_done_live_next_coming_and_off', () => {
  const rows = plan(
    live(
      {},
      {
        parts: [
          part('a', 10, { used: 9 * MIN }),
          part('b', 20),
          part('c', 5, { optional: true, on: false }),
          part('d', 15),
          part('e', 1),
        ],
      },
    ),
    15 * MIN,
  );
  assert.deepEqual(
    rows.map((row) => row.status),
    ['done', 'live', 'off', 'next', 'coming'],
  );
  assert.deepEqual(
    rows.map((row) => row.plannedAt / MIN),
    [0, 10, 30, 30, 45],
  );
  assert.deepEqual(
    rows.slice(3).map((row) => row.from / MIN),
    [30, 45],
  );
  assert.equal(rows[1].used, 5 * MIN);
});

test('nothing_is_behind_before_it_began', () => {
  const lobby = meeting({ state: 'lobby' }, { began: null });
  assert.deepEqual([plannedEnd(lobby), drift(lobby, 5 * MIN)], [null, 0]);
});

test('behind_and_ahead_are_words', () => {
  assert.equal(driftWords(t, 3), '3 min bagefter');
  assert.equal(driftWords(t, -2), '2 min i overskud');
  assert.equal(driftWords(t, 0), 'Vi holder tiden');
});

test('hours_and_the_words_between_them_are_of_one_rounding', () => {
  const began = 12345;
  const state = live({}, { began });
  const planned = plannedEnd(state);
  for (const [off, words] of [
    [-10000, 0],
    [20000, 0],
    [-31000, -1],
    [260000, 4],
    [-90001, -2],
    [30000, 1],
  ]) {
    assert.equal(toldDrift(state, planned + off), words, `${off}`);
    assert.equal(toldAt(state, planned + off), planned + words * MIN, `${off}`);
  }
  assert.equal(toldAt(meeting({ state: 'lobby' }, { began: null }), 777), 777);
});

test('a_share_is_an_equal_part_of_what_is_left_in_whole_five_seconds', () => {
  const state = live({ queue: [1, 2, 3], lap_until: 20 * MIN });
  assert.equal(share(state, 10 * MIN), 200000);
  assert.equal(share(state, 10 * MIN + 4000), 195000);
});

test('a_share_is_never_under_the_parts_smallest_turn', () => {
  assert.equal(share(live({ queue: [1, 2, 3], lap_until: 10 * MIN }), 10 * MIN), 45000);
  assert.equal(
    share(live({ queue: [1] }, { parts: [part('b', 20, { turn_min: 20000 })] }), 30 * MIN),
    20000,
  );
  assert.equal(
    share(live({ queue: [1] }, { parts: [part('b', 20, { intro: true })] }), 30 * MIN),
    15000,
  );
});

test('the_running_turn_is_not_dealt_out_again', () => {
  const state = live({ speaker: 4, until: 11 * MIN, queue: [1, 2, 3], lap_until: 20 * MIN });
  assert.equal(share(state, 10 * MIN), 180000);
  assert.equal(share(state, 10 * MIN, 30000), 170000);
});

test('who_has_left_gets_no_share_and_who_is_away_may_come_back', () => {
  const state = live({ queue: [1, 2, 3], lap_until: 20 * MIN });
  state.seats[0].presence = 'left';
  state.seats[1].presence = 'away';
  assert.equal(share(state, 10 * MIN), 300000);
});

test('a_share_while_paused_is_of_the_time_that_stands', () => {
  const state = live({
    state: 'paused',
    until: null,
    part_until: null,
    speaker: 4,
    left: MIN,
    part_left: 10 * MIN,
    lap_left: 10 * MIN,
    queue: [1, 2, 3],
  });
  assert.equal(share(state, 77 * MIN), 180000);
});

test('a_wait_counts_those_who_are_here', () => {
  const state = live({ speaker: 4, until: 11 * MIN, queue: [1, 2, 3], lap_until: 20 * MIN });
  assert.deepEqual(waitOf(state, 4, 10 * MIN), { place: 0, ms: 0 });
  assert.deepEqual(waitOf(state, 1, 10 * MIN), { place: 1, ms: MIN });
  assert.deepEqual(waitOf(state, 3, 10 * MIN), { place: 3, ms: MIN + 2 * 180000 });
  state.seats[0].presence = 'away';
  assert.equal(waitOf(state, 3, 10 * MIN).place, 2);
  assert.equal(waitOf(live({ queue: [] }), 1, 0), null);
});

test('what_is_left_of_a_turn_drains_from_one_to_nothing', () => {
  const state = live({ speaker: 4, until: 11 * MIN, turn_from: 9 * MIN });
  assert.deepEqual(
    [9, 10, 11, 12].map((at) => turnFraction(state, at * MIN)),
    [1, 0.5, 0, 0],
  );
  assert.equal(turnFraction(live(), 20 * MIN), 0.5);
});

test('those_who_take_it_together_get_as_much_as_all_of_them', () => {
  const state = live({ speaker: 1, until: 15 * MIN, queue: [2, 4], lap_until: 30 * MIN });
  const at = 12 * MIN;
  assert.equal(share(state, at), 7.5 * MIN);
  state.seats[1].together = true;
  state.seats[2].with = 2;
  assert.deepEqual(voices(state, 2), [2, 3]);
  assert.equal(share(state, at), 10 * MIN, 'two of three');
  assert.deepEqual(waitOf(state, 4, at), { place: 2, ms: 13 * MIN });
  const own = live({ speaker: 3, until: 15 * MIN, queue: [2, 4], lap_until: 30 * MIN });
  own.seats = state.seats;
  assert.deepEqual(voices(own, 2), [2], 'whoever has a turn of their own has it');
});
