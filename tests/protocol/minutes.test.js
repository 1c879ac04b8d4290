// The minutes as JSON keep to protocol/minutes.schema.json: every golden file of them, with
// everything that minutes can hold.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const { Ajv } = createRequire(new URL('../../web/package.json', import.meta.url))('ajv');
const schema = JSON.parse(
  readFileSync(new URL('../../protocol/minutes.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv({ strict: true, strictTuples: false, allErrors: true }).compile(schema);
const folder = new URL('../unit/minutes/golden/', import.meta.url);

/** Every kind of thing and every mark in a tree. */
const kindsIn = (value) =>
  Array.isArray(value)
    ? value.flatMap(kindsIn)
    : value && typeof value === 'object'
      ? [value.is, value.mark, value.about, ...kindsIn(value.of)].filter(Boolean)
      : [];

test('what is written is what the schema says', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(files.length >= 4);
  for (const name of files) {
    const minutes = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
    assert.ok(validate(minutes), `${name}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  }
});

test('the golden files hold all that the schema knows', () => {
  const minutes = readFileSync(new URL('facilitator.da.json', folder), 'utf8');
  const found = new Set(kindsIn(JSON.parse(minutes).of));
  const { definitions } = schema;
  const wanted = [
    ...definitions.about.enum,
    ...['section', 'heading', 'paragraph', 'list', 'item', 'terms', 'table', 'row'],
    ...definitions.inline.items.oneOf[1].properties.mark.enum,
    ...['term', 'detail', 'caption', 'column_head', 'row_head', 'cell', 'text', 'date', 'break'],
  ];
  assert.deepEqual(
    wanted.filter((each) => !found.has(each)),
    [],
  );
});

test('what the schema does not know is refused', () => {
  const minutes = JSON.parse(readFileSync(new URL('facilitator.da.json', folder), 'utf8'));
  for (const spoil of [
    (m) => (m.version = 2),
    (m) => (m.of[0].level = 5),
    (m) => (m.of[0].color = 'red'),
    (m) => m.of[0].of.push({ is: 'image' }),
    (m) => delete m.lang,
  ]) {
    const spoilt = structuredClone(minutes);
    spoil(spoilt);
    assert.ok(!validate(spoilt), String(spoil));
  }
});
