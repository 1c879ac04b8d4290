// The server's rule for texts from people, as pages know it: the same vectors as base/clean_test.c.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clean, cleanLine } from '../../web/shared/clean.js';

const rows = JSON.parse(readFileSync(new URL('../vectors/texts.json', import.meta.url), 'utf8'));

test('texts become what the vectors say', () => {
  assert.ok(rows.length > 30);
  for (const { what, written, line, lines } of rows) {
    assert.equal(cleanLine(written), line, what);
    assert.equal(clean(written), lines ?? line, what);
  }
});

test('a cleaned text stays as it is', () => {
  for (const { what, written } of rows)
    for (const each of [clean, cleanLine]) assert.equal(each(each(written)), each(written), what);
});

test('half an emoji, as a field that cuts leaves it, is gone', () => {
  assert.equal(clean('a\ud83d'), 'a');
  assert.equal(clean('\ude00b'), 'b');
});
