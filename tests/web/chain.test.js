// chain.test.js -- which meetings belong together, what is still open, and where in the year they are.
import './support/hooks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { chainOf, stillOpen, yearAngle } = await import('../../web/shared/chain.js');

const state = (more = {}) =>
  /** @type {any} */ ({
    meeting: { code: 'K7QM-4XPR', title: 'Opfølgning', date: '2027-05-14' },
    decision: { answers: [] },
    chain: [],
    carried: [],
    ...more,
  });

test('a chain goes from the meeting before by the days of those after, with a day that is only agreed on', () => {
  const chain = [
    { is: 'next', meeting: 'B', title: 'Næste år', date: '2027-11-20' },
    { is: 'before', meeting: 'A', title: 'Talk', date: '2026-11-20' },
    { is: 'before', meeting: 'D', title: 'Den første', date: '2025-11-20' },
    { is: 'next', meeting: 'C', title: 'Uden dag' },
  ];
  const answers = [{ answer: 'follow_up', date: '2027-08-20' }];
  assert.deepEqual(
    chainOf(state({ chain, decision: { answers } })).map(({ is, date }) => [is, date]),
    [
      ['before', '2025-11-20'],
      ['before', '2026-11-20'],
      ['this', '2027-05-14'],
      ['planned', '2027-08-20'],
      ['next', '2027-11-20'],
      ['next', undefined],
    ],
  );
  const made = [{ answer: 'follow_up', date: '2027-11-20' }];
  const links = chainOf(state({ chain, decision: { answers: made } }));
  assert.ok(!links.some(({ is }) => is === 'planned'));
});

test('open is what is under way or was not spoken of, and what was agreed here', () => {
  const task = (text, outcome) => ({ kind: 'task', text, outcome });
  const carried = [
    task('gjort', 'done'),
    task('i gang', 'under_way'),
    task('opgivet', 'dropped'),
    task('intet'),
    { kind: 'adjust', text: 'lære' },
  ];
  const answers = [{ answer: 'tasks', tasks: [{ text: 'ny' }] }];
  assert.deepEqual(
    stillOpen(state({ carried, decision: { answers } })).map(({ text }) => text),
    ['i gang', 'intet', 'ny'],
  );
});

test('the year begins at the top, and goes round once', () => {
  assert.equal(yearAngle('2027-01-01'), 0);
  assert.ok(Math.abs(yearAngle('2027-07-02') - 180) < 1);
  assert.ok(yearAngle('2028-12-31') > 358);
});
