// The meeting clock as a page measures it, and its face.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './support/hooks.js';

process.env.TZ = 'Europe/Copenhagen';
const { face, forget, serverNow, setSample, ticker, useSteady, wallOf } =
  await import('../../web/shared/clock.js');

let steady = 0;
beforeEach(() => {
  steady = 1000;
  useSteady(() => steady);
});

test('the_offset_is_taken_from_the_middle_of_the_round_trip', () => {
  setSample({ sent: 1000, now: 50000 }, 1200);
  steady = 1200;
  assert.equal(serverNow(), 50100);
});

test('a_faster_answer_wins_over_a_slower_one_and_a_slower_changes_nothing', () => {
  setSample({ sent: 1000, now: 50000 }, 1800);
  setSample({ sent: 2000, now: 51000 }, 2020);
  setSample({ sent: 3000, now: 99000 }, 3900);
  steady = 4000;
  assert.equal(serverNow(), 52990);
});

test('an_old_sample_loses_its_worth', () => {
  setSample({ sent: 1000, now: 50000 }, 1020);
  setSample({ sent: 600000, now: 700000 }, 600200);
  steady = 600200;
  assert.equal(serverNow(), 700100);
});

test('after_a_sleep_the_next_sample_counts', () => {
  setSample({ sent: 1000, now: 50000 }, 1010);
  forget();
  setSample({ sent: 2000, now: 90000 }, 2800);
  steady = 2800;
  assert.equal(serverNow(), 90400);
});

// tests/README.md, row 14
test('a_wall_clock_days_wrong_is_never_asked', () => {
  const real = Date.now;
  Date.now = () => real() + 5 * 86400000;
  setSample({ sent: 1000, now: 50000 }, 1000);
  assert.equal(serverNow(), 50000);
  Date.now = real;
});

test('a_face_shows_a_second_until_it_has_really_gone', () => {
  assert.deepEqual(
    [60000, 59999, 59001, 59000, 1, 0, -1].map((ms) => face(ms)),
    ['1:00', '1:00', '1:00', '0:59', '0:01', '0:00', '0:00'],
  );
  assert.equal(face(3599000), '59:59');
});

test('a_face_counts_up_calmly_where_it_is_asked_to', () => {
  assert.deepEqual(
    [0, -999, -1000, -12000, -61500].map((ms) => face(ms, true)),
    ['0:00', '0:00', '+0:01', '+0:12', '+1:01'],
  );
});

test('a_time_of_day_is_counted_from_the_clock_of_the_server', () => {
  const wall = new Date(2026, 10, 24, 10, 41).getTime();
  setSample({ sent: 1000, now: 60000, wall }, 1000);
  assert.equal(wallOf(60000), wall);
  assert.equal(wallOf(60000 + 3600000), wall + 3600000);
});

/** A timer that is moved by hand. */
function naps() {
  const taken = [];
  return {
    taken,
    setTimer: (fn, ms) => taken.push({ fn, ms }),
    clearTimer: () => taken.push('stopped'),
  };
}

test('it_wakes_exactly_when_the_shown_second_changes', () => {
  const timer = naps();
  setSample({ sent: 1000, now: 5250 }, 1000);
  const drawn = [];
  const stop = ticker((now) => (drawn.push(now), 7000), timer);
  assert.equal(timer.taken[0].ms, 750);
  steady += 750;
  timer.taken[0].fn();
  assert.deepEqual([drawn, timer.taken[1].ms], [[5250, 6000], 1000]);
  stop();
  assert.equal(timer.taken.at(-1), 'stopped');
});

test('after_the_deadline_it_still_wakes_with_the_seconds', () => {
  const timer = naps();
  setSample({ sent: 1000, now: 9300 }, 1000);
  ticker(() => 7000, timer);
  assert.equal(timer.taken[0].ms, 700);
});
