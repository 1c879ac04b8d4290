// duty.test.js -- who presents and who facilitates: the pages' rule against the cases that the
// engine is held against.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './support/hooks.js';

const { dutySeat, fits } = await import('../../web/shared/duty.js');
const cases = JSON.parse(
  readFileSync(new URL('../../protocol/examples/duty.json', import.meta.url), 'utf8'),
);

test('a function fits a phrase by its words', () => {
  for (const [role, phrase, expected] of cases.fits)
    assert.equal(fits(role, phrase), expected, `${role} | ${phrase}`);
});

test('the agenda says who has a duty, and the console may say otherwise', () => {
  const seats = ['PUF-konsulent', 'Skoleleder', 'Børn og Unge-chef', 'Skoleleder'].map(
    (role, i) => ({
      seat: i + 1,
      name: 'N',
      function: role,
      device: 'own',
      presence: 'here',
    }),
  );
  for (const { method, part, item, ...expected } of cases.duties) {
    const it = { method, responsible: part, item: { responsible: item } };
    for (const duty of ['presenter', 'facilitator'])
      assert.equal(
        dutySeat({ seats }, it, duty)?.function ?? null,
        expected[duty],
        JSON.stringify([method, part, item, duty]),
      );
  }
  const named = { method: 'talk', responsible: ['Skoleleder'], item: {}, presenter: 4 };
  assert.equal(dutySeat({ seats }, named, 'presenter').seat, 4);
  const gone = seats.map((seat) => (seat.seat === 2 ? { ...seat, presence: 'left' } : seat));
  assert.equal(dutySeat({ seats: gone }, { ...named, presenter: undefined }, 'presenter').seat, 4);
});
