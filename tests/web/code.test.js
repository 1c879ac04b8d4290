// Codes and links as people hand them on: the same vectors as base/code_test.c.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { keyIn, placeIn, readCode } from '../../web/shared/code.js';

const rows = JSON.parse(readFileSync(new URL('../vectors/codes.json', import.meta.url), 'utf8'));

test('codes are found where the vectors say', () => {
  assert.ok(rows.length > 40);
  for (const { written, code } of rows) assert.equal(readCode(written), code, written);
});

test('a secret is read with whatever stands behind it', () => {
  const key = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde';
  for (const after of ['', '.', ')', '>', '%20', ' og mere', '_', '/plan'])
    assert.equal(keyIn(`https://x/console/K7QM-4XPR#${key}${after}`), key, after);
  assert.equal(keyIn(`#${key}.`), key);
  for (const none of ['', undefined, '#', `#${key.slice(1)}`, 'https://x/m/K7QM-4XPR'])
    assert.equal(keyIn(none), '');
});

test('a link that is pasted leads to its own page, with its secret', () => {
  const key = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde';
  const led = {
    'Kode: K7QM-4XPR': '/m/K7QM-4XPR',
    'https://elsewhere.dk/m/k7qm4xpr.': '/m/K7QM-4XPR',
    [`https://x/m/K7QM-4XPR#${key}.`]: `/m/K7QM-4XPR#${key}`,
    [`<https://x/console/K7QM-4XPR#${key}>`]: `/console/K7QM-4XPR#${key}`,
    [`https://x/minutes/K7QM-4XPR#${key}%20`]: `/minutes/K7QM-4XPR#${key}`,
    'https://x/console/K7QM-4XPR': '/m/K7QM-4XPR',
  };
  for (const [typed, place] of Object.entries(led)) assert.equal(placeIn(typed), place);
  assert.equal(placeIn('https://x/'), null);
});
