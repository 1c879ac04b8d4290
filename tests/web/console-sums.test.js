import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';

const { itemSums, tightRounds, turnOf } = await import('../../web/console/sums.js');
const { clockAfter, plan: rows, promise } = await import('../../web/shared/schedule.js');
const { fromSnapshot } = await import('../../web/shared/model.js');

const at = (name) => {
  const { snapshot, seq, now } = moments[name]();
  return { state: fromSnapshot(snapshot, seq), now };
};
const row = (all, id) => all.find(({ part }) => part.id === id);
const MIN = 60000;

test('what is behind us began where the time used before it ended', () => {
  const { state, now } = at('turns');
  const all = rows(state, now);
  assert.equal(row(all, '1a').from, 15 * MIN);
  assert.equal(row(all, '1b').from, 16 * MIN);
  assert.equal(
    row(all, '3b').from,
    15 * MIN + 23 * MIN,
    'five, five and twelve minutes later, and one',
  );
  assert.equal(row(all, '4b').status, 'live');
  assert.equal(row(all, '4b').from, now - row(all, '4b').used);
});

test('what is ahead begins when the live part should end', () => {
  const { state, now } = at('turns');
  const all = rows(state, now);
  assert.equal(row(all, '4d').status, 'next');
  assert.equal(row(all, '4d').from, state.now.part_until);
  assert.equal(row(all, '4e').from, state.now.part_until + 13 * MIN);
  assert.equal(row(all, '4c').status, 'off');
});

test('planned times count from the beginning, and leave out what is off', () => {
  const { state, now } = at('turns');
  const all = rows(state, now);
  assert.deepEqual(
    ['1a', '1b', '3a', '4b', '4d', '7a'].map(
      (id) => (row(all, id).plannedAt - state.meeting.began) / MIN,
    ),
    [0, 1, 10, 37, 62, 119],
  );
});

test('before the meeting there is no time of day but the agreed one', () => {
  const { state, now } = at('lobby');
  const { begins, ends } = promise(state, now);
  assert.equal(row(rows(state, now), '1a').from, begins);
  assert.equal(ends - begins, 120 * MIN);
  delete state.meeting.starts;
  assert.equal(promise(state, now), null);
  for (const each of rows(state, now)) assert.equal(each.from, null);
  assert.deepEqual(clockAfter('09:00', 65), { hours: 10, minutes: 5 });
  assert.deepEqual(clockAfter('23:30', 45), { hours: 0, minutes: 15 });
  assert.equal(clockAfter(undefined, 5), null);
});

test('an item says what its parts come to, with and without what is optional', () => {
  const { state } = at('lobby');
  const four = itemSums(state).find((item) => item.no === 4);
  assert.deepEqual([four.sum, four.minutes, four.over], [45, 45, 0]);
  state.items[3].parts.find((part) => part.id === '4e').on = false;
  assert.deepEqual(itemSums(state)[3].over, -5);
  assert.equal(itemSums(state)[3].withOptional, 45);
  state.items[3].parts.find((part) => part.id === '4d').ms = 20 * MIN;
  assert.equal(itemSums(state)[3].over, 2);
});

test('a turn is the minutes divided by the people, and a spiral by its shortest lap', () => {
  assert.equal(turnOf({ method: 'turns', ms: 25 * MIN }, 12), 125000);
  assert.equal(Math.round(turnOf({ method: 'spiral', laps: 2, ms: 25 * MIN }, 12)), 50000);
  assert.equal(turnOf({ method: 'spiral', laps: 1, ms: 25 * MIN }, 10), 150000);
  assert.equal(turnOf({ method: 'dialogue', ms: MIN }, 12), null);
  assert.equal(turnOf({ method: 'turns', ms: MIN }, 0), null);
});

test('rounds that cannot give everybody the smallest turn are named', () => {
  const { state } = at('turns');
  assert.deepEqual(tightRounds(state), []);
  state.seats = Array.from({ length: 40 }, (_, i) => ({ ...state.seats[0], seat: i + 1 }));
  assert.deepEqual(
    tightRounds(state).map(({ part }) => part.id),
    ['1b', '3b', '4b'],
  );
});
