import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moments } from './fixtures/console.js';
import './support/hooks.js';

const { command, enabled } = await import('../../web/console/actions.js');
const { nudge } = await import('../../web/console/nudge.js');
const { changesOrder, orderedAs } = await import('../../web/console/orders.js');
const { livePart } = await import('../../web/console/read.js');
const { fromSnapshot } = await import('../../web/shared/model.js');

const { earlierThan } = await import('../../web/console/pick.js');
const { saidBefore, toggled } = await import('../../web/shared/bases.js');

const state = (name, change = {}) => {
  const { snapshot, seq } = moments[name]();
  return fromSnapshot({ ...snapshot, now: { ...snapshot.now, ...change } }, seq);
};
const MIN = 60000;

test('every order names each of those who wait once, and nobody else', () => {
  const it = state('turns', { queue: [7, 5, 12, 11, 6], hands: [11, 3] });
  for (const [way, order] of Object.entries({
    round: [5, 6, 7, 11, 12],
    reversed: [12, 11, 7, 6, 5],
    volunteers: [11, 7, 5, 12, 6],
    leader_last: [7, 5, 11, 6, 12],
  }))
    assert.deepEqual(orderedAs(it, way), order, way);
  assert.deepEqual(orderedAs(it, 'from', 11), [11, 12, 5, 6, 7]);
});

test('an order that changes nothing cannot be chosen', () => {
  const it = state('turns', { queue: [5, 6, 7], hands: [] });
  assert.equal(changesOrder(it, 'round'), false);
  assert.equal(enabled(it, 'way', { way: 'volunteers' }), false);
  assert.equal(enabled(it, 'way', { way: 'reversed' }), true);
});

test('whoever waits can be put first, and the first cannot', () => {
  const it = state('turns', { queue: [5, 6, 7] });
  assert.deepEqual(command(it, 'first', 7), { do: 'floor.order', with: { order: [7, 5, 6] } });
  assert.deepEqual(
    [5, 7, 1].map((n) => enabled(it, 'first', n)),
    [false, true, false],
  );
});

test('what is asked for at the end of the decision is what is not filled', () => {
  const it = state('decision');
  const at = moments.decision().now;
  assert.deepEqual(nudge(it, at), { missing: ['tasks', 'follow_up'], rest: 3 * MIN });
  assert.deepEqual(
    nudge(
      {
        ...it,
        decision: {
          open: null,
          answers: [
            { answer: 'tasks', unsettled: true },
            { answer: 'follow_up', date: '2026-11-17' },
          ],
        },
      },
      at,
    ).missing,
    [],
  );
});

test('the talk before the decision counts to its time, and a part of another item is not asked', () => {
  const it = state('decision', { part: '5a' });
  const at = it.now.part_until;
  assert.deepEqual(nudge(it, at - 6 * MIN).missing, [], 'eleven minutes');
  assert.deepEqual(nudge(it, at - 5 * MIN).missing, ['tasks', 'follow_up'], 'ten');
  assert.deepEqual(nudge(state('dialogue'), at).missing, []);
});

test('three bases and no fourth', () => {
  assert.deepEqual(toggled(['a', 'b'], 'c'), ['a', 'b', 'c']);
  assert.deepEqual(toggled(['a', 'b', 'c'], 'd'), ['a', 'b', 'c']);
  assert.deepEqual(toggled(['a', 'b', 'c'], 'b'), ['a', 'c']);
});

test('a point of a lap builds on earlier laps, never on its own', () => {
  const it = state('spiral');
  assert.equal(earlierThan(it, livePart(it), 2).length, 5);
  assert.equal(earlierThan(it, livePart(it), 1).length, 0);
});

test('an answer rests on what was said, not on suggestions', () => {
  assert.ok(saidBefore(state('decision')).every((each) => !each.answer));
  assert.equal(saidBefore(state('retrospect-shown')).length, 0);
});
