// What a page asks about before others see it: tests/README.md, rows 54 and 68.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { personal } from '../../web/shared/personal.js';

const { cases, known } = JSON.parse(
  readFileSync(new URL('../vectors/personal.json', import.meta.url), 'utf8'),
);

for (const [text, what] of cases)
  test(`${JSON.stringify(text)} ${what ? `looks like ${what}` : 'is nobody’s'}`, () =>
    assert.equal(personal(text, known) ?? '', what));

test('no text makes it slow', () => {
  for (const text of [
    'Aa '.repeat(200),
    'a@'.repeat(300),
    '1 2 '.repeat(150),
    'a.'.repeat(300),
    'Aa-'.repeat(200),
  ]) {
    const from = process.cpuUsage();
    personal(text.slice(0, 600), known);
    assert.ok(process.cpuUsage(from).user < 500000, text.slice(0, 9));
  }
});

test('nothing of the agendas that are built in is anybody’s', () => {
  const folder = new URL('../../server/templates/', import.meta.url);
  const texts = [];
  const gather = (value) =>
    typeof value === 'string'
      ? texts.push(value)
      : value && typeof value === 'object' && Object.values(value).forEach(gather);
  for (const name of ['skoleudviklingssamtale', 'runde'])
    gather(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
  assert.ok(texts.length > 50);
  for (const text of texts) assert.equal(personal(text), null, text);
});
