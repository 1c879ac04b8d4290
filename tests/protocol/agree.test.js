// agree.test.js -- the decoder in C and ajv accept the same frames: tests/README.md, row 38.
//
// C is build/protocol_decode, or the one that RUNDE_DECODE names. What jansson refuses and
// JSON.parse takes is no disagreement; it has a folder of its own, examples/bad/parser, and so has
// what no schema can say, examples/bad/door.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dice, neighbours, seeds } from './mutants.js';
import { commands, facts, factSchema, frames, resolve, validator } from './schema.js';

const { Ajv } = createRequire(new URL('../../web/package.json', import.meta.url))('ajv');
const decoder =
  process.env.RUNDE_DECODE ??
  fileURLToPath(new URL('../../build/protocol_decode', import.meta.url));

const examples = new URL('../../protocol/examples/', import.meta.url);
const valid = validator();
const ajv = new Ajv({ strictTypes: false });
/** A fact of before may have a day of any year. */
const ofAnyYear = (schema) =>
  JSON.parse(JSON.stringify(schema).replaceAll('"^2[01][0-9]{2}-', '"^[0-9]{4}-'));
const storedFacts = new Map(
  [...facts].map(([name, f]) => [name, ajv.compile(ofAnyYear(factSchema(f, true)))]),
);

/** Each file of a folder with its text, the role it is from, and what C says of it. */
function filesOf(sub) {
  const folder = new URL(sub, examples);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const paths = names.map((name) => fileURLToPath(new URL(name, folder)));
  const said = execFileSync(decoder, paths, { encoding: 'utf8' }).trimEnd().split('\n');
  assert.equal(said.length, names.length);
  return names.map((name, i) => ({
    name,
    said: said[i],
    role: name.slice(0, name.indexOf('-')),
    text: readFileSync(paths[i], 'utf8'),
  }));
}

/** What C says of each {role, text}, all in one go. */
function decodeAll(list) {
  const input = list.map(({ role, text }) => `${role} ${text}\n`).join('');
  const out = execFileSync(decoder, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return out.trimEnd().split('\n');
}

/** Whether a place that an agenda names has clocks: what has the form of a zone need not be one. */
function hasClocks(text) {
  const zone = JSON.parse(text).with?.agenda?.zone ?? 'UTC';
  return statSync(`/usr/share/zoneinfo/${zone}`, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether ajv accepts it. */
function accepts({ role, text }) {
  if (role !== 'fact') return valid(text, 'client', role).length === 0 && hasClocks(text);
  try {
    const fact = JSON.parse(text);
    return storedFacts.get(fact?.fact)?.(fact) ?? false;
  } catch {
    return false;
  }
}

/** Fails with the first few on which they differ. */
function mustAgree(list) {
  const said = decodeAll(list);
  assert.equal(said.length, list.length);
  const differ = list.filter((one, i) => (said[i] === 'ok') !== accepts(one));
  const shown = differ.slice(0, 8).map((one) => {
    const text = one.text.length > 300 ? `${one.text.slice(0, 300)}…` : one.text;
    return `${one.role} ${text}\n    C: ${said[list.indexOf(one)]}`;
  });
  assert.equal(differ.length, 0, `${differ.length} of ${list.length} differ:\n${shown.join('\n')}`);
  return said;
}

test('every good example is good to both', () => {
  const files = filesOf('ok/');
  assert.ok(files.length >= 40);
  for (const { name, said, role, text } of files) {
    assert.equal(said, 'ok', name);
    assert.deepEqual(valid(text, 'client', role), [], name);
  }
});

test('every bad example is bad to both', () => {
  const files = filesOf('bad/');
  assert.ok(files.length >= 80);
  for (const { name, said, role, text } of files) {
    assert.notEqual(said, 'ok', name);
    assert.notDeepEqual(valid(text, 'client', role), [], name);
  }
});

test('what only the parser can refuse is refused', () => {
  const files = filesOf('bad/parser/');
  assert.ok(files.length >= 15);
  for (const { name, said } of files) assert.notEqual(said, 'ok', name);
});

test('what is nothing when it is cleaned, or no day, is refused with its field', () => {
  const files = filesOf('bad/door/');
  assert.ok(files.length >= 10);
  for (const { name, said, role, text } of files) {
    assert.match(
      said,
      /^bad_field (name|also\.0\.name|text|date|tasks\.0\.due|agenda\.zone)$/,
      name,
    );
    assert.deepEqual(valid(text, 'client', role), [], name);
  }
});

test('every example in the protocol keeps to its own schema', () => {
  for (const { frame, from, example } of frames.values())
    assert.deepEqual(valid(JSON.stringify(example), from === 'both' ? 'server' : from), [], frame);
  for (const { fact, example } of facts.values()) {
    const frame = { facts: [{ seq: 3, at: 5, fact, ...example }], seq: 3 };
    assert.deepEqual(valid(JSON.stringify(frame), 'server'), [], fact);
  }
  for (const { do: name, who, with: schema, example } of commands.values()) {
    const check = ajv.compile(neverUnsaid(resolve(schema)));
    assert.ok(check(example), `${name}: ${ajv.errorsText(check.errors)}`);
    for (const role of who) assert.ok(accepts({ role, text: frameOf(name, example) }), name);
  }
});

const frameOf = (name, fields) =>
  JSON.stringify({ id: '3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b', do: name, with: fields });

/** The names alone, for commands that never come over the wire and have no frame. */
const neverUnsaid = ({ properties, required }) => ({
  type: 'object',
  properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])),
  required,
  additionalProperties: false,
});

test('a role may send what the protocol says, and nothing else', () => {
  const roles = ['phone', 'console', 'board', 'scribe', 'leader'];
  const list = [...commands.values()].flatMap((command) =>
    roles.map((role) => ({ role, text: frameOf(command.do, command.example), command })),
  );
  const said = mustAgree(list);
  list.forEach(({ role, command }, i) =>
    assert.equal(said[i], command.who.includes(role) ? 'ok' : 'forbidden', `${role} ${command.do}`),
  );
});

test('they agree on everything that is one change away from a good frame', () => {
  const list = seeds().flatMap((seed) =>
    [seed.frame, ...neighbours(seed)].map((frame) => ({
      role: seed.role,
      text: JSON.stringify(frame),
    })),
  );
  const said = mustAgree(list);
  const good = said.filter((line) => line === 'ok').length;
  assert.ok(good > 500 && said.length - good > 2000, `${good} good of ${said.length}`);
});

test('they agree on frames with two changes, by seed', () => {
  const from = seeds();
  for (const seed of [1, 2, 3]) {
    const roll = dice(seed);
    const pick = (list) => list[roll(list.length)];
    const list = Array.from({ length: 1000 }, () => {
      const start = pick(from);
      const once = pick(neighbours(start));
      if (typeof once !== 'object' || once === null)
        return { role: start.role, text: JSON.stringify(once) };
      const twice = pick(neighbours({ ...start, frame: once }));
      return { role: start.role, text: JSON.stringify(twice) };
    });
    mustAgree(list);
  }
});

test('they agree on texts with a character gone or doubled, by seed', () => {
  const from = seeds();
  const roll = dice(7);
  const list = Array.from({ length: 3000 }, () => {
    const { role, frame } = from[roll(from.length)];
    const text = JSON.stringify(frame);
    const at = roll(text.length);
    return { role, text: text.slice(0, at + roll(2)) + text.slice(at + 1 - roll(2)) };
  });
  mustAgree(list);
});
