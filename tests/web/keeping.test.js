// keeping.test.js -- the day on which a meeting is erased, in words.
import './support/hooks.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';

const { forget, setSample, useSteady } = await import('../../web/shared/clock.js');
const { dayOf, erasedWords } = await import('../../web/shared/keeping.js');

const DAY = 86400000;

test('a day of another year is told with its year, so that nobody takes it for this one’s', () => {
  forget();
  useSteady(() => 1000);
  setSample({ sent: 1000, now: 0, wall: Date.parse('2026-12-01T09:00Z') }, 1000);
  assert.equal(dayOf(30 * DAY), '31. december');
  assert.equal(dayOf(365 * DAY), '1. december 2027');
  assert.match(erasedWords({ keep: 365, erases: 365 * DAY }), /slettes 1\. december 2027\./);
  assert.doesNotMatch(erasedWords({ keep: 30, erases: 30 * DAY }), /202/);
});
