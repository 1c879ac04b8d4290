// Whose a point is: nobody's, one's, or several people's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { authorsOf, isOf } = await import('../../web/shared/author.js');
const board = await import('../../web/board/choose.js');
const console_ = await import('../../web/console/pieces.js');

const state = {
  seats: ['Mette', 'Ole', 'Pia'].map((name, i) => ({ seat: i + 1, name, function: 'Lærer' })),
};
const together = { seat: 2, with_seats: [1, 3] };

test('a_point_is_its_seats_and_of_all_who_said_it_with_them', () => {
  assert.deepEqual(authorsOf({ seat: null }), []);
  assert.deepEqual(authorsOf({ seat: 2 }), [2]);
  assert.deepEqual(authorsOf(together), [2, 1, 3]);
});

test('a_point_of_several_is_mine_whoever_of_them_i_am', () => {
  assert.ok(isOf(together, [3]));
  assert.ok(isOf(together, [2, 9]));
  assert.ok(!isOf(together, [9]));
  assert.ok(!isOf({ seat: null }, [1]));
});

test('wall_and_console_name_all_of_them', () => {
  for (const { authorOf } of [board, console_]) {
    assert.equal(authorOf(state, { seat: 1, with_seats: [2] }), 'Mette og Ole');
    assert.equal(authorOf(state, together), 'Ole, Mette og Pia');
    assert.equal(authorOf(state, { seat: null }), '');
  }
});
