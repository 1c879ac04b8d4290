// A day that somebody types is told when it is meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled } from '../../web/shared/when.js';

test('a year that is on its way is not told when the hand rests; the whole one is', (t) => {
  const rests = [];
  t.mock.method(globalThis, 'setTimeout', (then) => rests.push(then));
  const told = [];
  const field = /** @type {any} */ ({
    type: 'date',
    value: '',
    validity: { badInput: false },
    toggleAttribute: () => {},
  });
  for (const value of ['0002-05-12', '0020-05-12', '0202-05-12', '2026-05-12']) {
    field.value = value;
    filled(field, '', (day) => told.push(day));
    rests.at(-1)();
  }
  assert.deepEqual(told, ['2026-05-12']);
});
