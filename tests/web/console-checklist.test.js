// What the presentation of data must not forget: the national tests, by whatever name.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './support/hooks.js';

const { saidOfTests } = await import('../../web/console/checklist.js');

const en = JSON.parse(readFileSync(new URL('../../web/locale/en.json', import.meta.url), 'utf8'));

const said = (text, ...words) =>
  Boolean(saidOfTests({ contributions: [{ part: '3a', text }] }, { id: '3a' }, ...words));

for (const text of [
  'De nationale test giver ikke anledning til særlig opmærksomhed.',
  'De nationale overgangstest ligger som sidste år.',
  'Nationale prøver: fint',
  'De NATIONALE OBLIGATORISKE test',
  'den nationale obligatoriske overgangstest i 4. klasse',
  'Nationale færdighedstest',
  'Overgangstesten viser fremgang',
])
  test(`it is said: ${text}`, () => assert.ok(said(text)));

for (const text of [
  'The national tests need no special attention.',
  'National transition tests: as last year',
  'The national assessments are fine',
  'Our proficiency tests',
  'De nationale overgangstest',
])
  test(`it is said in English: ${text}`, () => assert.ok(said(text, en.console.tests_mark)));

for (const text of [
  'Vi tester en ny ordning',
  'Nationale mål for trivsel',
  'Det nationale råd har talt om meget andet end en test',
  'Prøverne i 9. klasse',
  'International week',
  undefined,
])
  test(`it is not said: ${text}`, () => assert.ok(!said(text)));
