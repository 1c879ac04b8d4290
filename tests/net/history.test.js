/**
 * history.test.js -- what is looked for in a history of a meeting on several servers is found in bad ones, made by hand, and
 * not in a good one.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { check } from '../history/check.js';

/** Of three points, by two people on two servers; the first server has gone after the second point. */
function good() {
  const row = (seq, epoch, text) => ({
    ...{ seq, epoch, at: 100 * seq, writer: `process ${epoch}`, kept: `k${seq}` },
    fact: { at: 100 * seq, fact: 'contribution.added', seat: 1, text, builds_on: [] },
  });
  const rows = [row(1, 1, 'et'), row(2, 1, 'to'), row(3, 2, 'tre')];
  const answer = (seq, node, more = {}) => ({
    ...{ id: `i${seq}`, kept: `k${seq}`, do: 'contribution.add', text: rows[seq - 1].fact.text },
    ...{ first: 10 * seq, sent: 10 * seq, heard: 10 * seq + 5, tries: 1, node },
    ...{ reply: { ok: true, seq }, ...more },
  });
  const seen = rows.map(({ seq, fact }) => ({ seq, fact: { seq, ...fact } }));
  return {
    rows,
    owned: [
      { epoch: 1, owner: 'a' },
      { epoch: 1, owner: '' },
      { epoch: 2, owner: 'b' },
    ],
    parties: [
      {
        name: 'phone',
        answers: [answer(1, 'a'), answer(3, 'b')],
        seen,
        clocks: [
          { asked: 1, heard: 9, now: 100, node: 'a' },
          { asked: 2, heard: 3, now: 90, node: 'a' }, // It was asked before the other was answered.
          { asked: 40, heard: 41, now: 300, node: 'b' },
        ],
        live: { seats: [{ seat: 1, name: 'Ana' }], now: { part: 'a' } },
        fresh: { now: { part: 'a' }, seats: [{ name: 'Ana', seat: 1 }] },
      },
      {
        name: 'console',
        answers: [
          answer(2, 'b', { sent: 100, heard: 110, tries: 2 }), // By the second of them.
          answer(2, 'a', { id: 'no', kept: 'none', text: undefined, reply: { ok: false } }),
        ],
        seen: seen.slice(0, 2),
        clocks: [],
      },
    ],
  };
}

test('in a good history nothing is found', () => assert.deepEqual(check(good()), []));

/** What is wrong, how it is made so, and what is found: all of it, in the order of the rules. */
const bad = {
  'a lost acknowledgement': [
    ({ rows }) => rows.pop(),
    [/i3 was acknowledged as 3, and is not there/, /"tre" was ack.*not there/, /phone saw fact 3/],
  ],
  'an acknowledgement of another number': [
    ({ parties }) => (parties[0].answers[0].reply.seq = 2),
    [/i1 was acknowledged as 2, and is 1/],
  ],
  'a refusal of what is there': [
    ({ parties }) => (parties[1].answers[1].kept = 'k1'),
    [/no was refused as \S+, and is 1/],
  ],
  'a command that is there twice': [
    ({ rows }) => (rows[2].kept = 'k1'),
    [/k1 is there twice: 1,3/, /i3 was acknowledged as 3, and is not there/],
  ],
  'a text that is there twice': [
    ({ rows, parties }) => {
      rows.push({ ...rows[0], seq: 4, at: 400, epoch: 2, writer: 'process 2', kept: 'k4' });
      parties.pop();
    },
    [/"et" is there twice: 1,4/],
  ],
  'a hole': [
    ({ rows, parties }) => {
      rows[2].seq = 4;
      parties[0].answers[1].reply.seq = 4;
      parties[0].seen.pop();
    },
    [/fact 4 stands where 3 should/],
  ],
  'a fact of an earlier time than the one before': [
    ({ rows }) => (rows[2].at = 150),
    [/fact 3 is of 150, the one before of 200/],
  ],
  'two owners of an epoch': [
    ({ owned }) => owned.push({ epoch: 2, owner: 'a' }),
    [/epoch 2 was b's and a's/],
  ],
  'two processes in an epoch': [
    ({ rows }) => (rows[1].writer = 'process 2'),
    [/fact 2 of epoch 1 is process 2's, others of it are process 1's/],
  ],
  'an epoch that was claimed again': [
    ({ owned }) => owned.push({ epoch: 1, owner: 'a' }),
    [/epoch 1 was claimed after 2/],
  ],
  'a fact of an epoch that was over': [
    ({ rows }) => {
      rows[1].epoch = 2;
      rows[1].writer = 'process 2';
      rows[2].epoch = 1;
    },
    [/fact 3 is of epoch 1, the one before of 2/, /process 2's, others of it are process 1's/],
  ],
  'a fact of an epoch that nobody had': [
    ({ owned }) => owned.pop(),
    [/fact 3 is of epoch 2, which nobody had/],
  ],
  'an answer of an owner that was one no longer': [
    ({ parties }) => Object.assign(parties[0].answers[0], { sent: 90, heard: 99 }),
    [/a acknowledged i1 in epoch 1 after somebody was answered in 2/],
  ],
  'a fact that somebody saw, and that is gone': [
    ({ parties }) => parties[1].seen.push({ seq: 4, fact: { fact: 'turn.began' } }),
    [/console saw fact 4 \(turn.began\), which is not there/],
  ],
  'a fact that somebody saw, and that is another': [
    ({ parties }) =>
      (parties[1].seen[0] = { seq: 1, fact: { fact: 'contribution.added', text: 'x' } }),
    [/console saw fact 1 as .*"x".*, and it is .*"et"/],
  ],
  'a clock that went back': [
    ({ parties }) => (parties[0].clocks[2].now = 99),
    [/the clock was 100 at a, and then 99 at b/],
  ],
  'a screen with another state': [
    ({ parties }) => (parties[0].live.seats[0].name = 'Bo'),
    [/phone has another state than a new screen: \.seats\.0\.name: "Bo" and "Ana"/],
  ],
};

for (const [what, [make, words]] of Object.entries(bad))
  test(`${what} is found`, () => {
    const history = structuredClone(good());
    make(history);
    const found = check(history);
    assert.equal(found.length, words.length, found.join('\n'));
    words.forEach((word, i) => assert.match(found[i], word));
  });
