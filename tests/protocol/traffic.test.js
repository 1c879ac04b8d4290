// traffic.test.js -- what scripts and pages really said to the server, and what it answered, held
// against the schemas.
//
// RUNDE_TRAFFIC names a file with one frame a line: direction ('>' from a client, '<' from the
// server), role, JSON. The run fails where a command, a fact or a refusal was never exercised.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validator } from './schema.js';

const protocol = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'protocol');
const json = (path) => JSON.parse(readFileSync(join(protocol, path), 'utf8'));
const names = (folder) =>
  readdirSync(join(protocol, folder)).map((file) => file.replace('.json', ''));

/**
 * Cannot be made to happen by a client on purpose, or only by a fault, or is said over HTTP alone, which
 * nobody writes down here; each has a test of its own.
 */
const elsewhere = new Set([
  'busy',
  'too_fast',
  'too_large',
  'hello_late',
  'too_early',
  'hello_expected',
  'full',
  'nothing_dated',
]);

const lines = readFileSync(/** @type {string} */ (process.env.RUNDE_TRAFFIC), 'utf8')
  .trimEnd()
  .split('\n');
const frames = lines.map((line) => {
  const [, direction, role, text] = /** @type {RegExpMatchArray} */ (
    line.match(/^([<>]) (\w+) (.*)$/s)
  );
  return { direction, role, text };
});
const fromServer = frames
  .filter((frame) => frame.direction === '<')
  .map((frame) => ({ ...frame, json: JSON.parse(frame.text) }));

test('every frame of the server is as its schema says', () => {
  const validate = validator();
  for (const { text, role } of fromServer) {
    const errors = validate(text, 'server', role);
    assert.equal(
      errors.length,
      0,
      `${text.slice(0, 400)}\n${JSON.stringify(errors).slice(0, 600)}`,
    );
  }
});

test('every command was sent and accepted', () => {
  const accepted = new Set(fromServer.filter(({ json }) => json.ok).map(({ json }) => json.re));
  const done = new Set();
  for (const { direction, text } of frames) {
    if (direction !== '>' || !text.startsWith('{')) continue;
    try {
      const { id, do: name } = JSON.parse(text);
      if (accepted.has(id)) done.add(name);
    } catch {
      continue; // Scripts send broken frames too.
    }
  }
  const public_ = names('commands').filter((name) => json(`commands/${name}.json`).who.length > 0);
  assert.deepEqual(
    public_.filter((name) => !done.has(name)),
    [],
  );
});

test('every fact that somebody may see was told', () => {
  const told = new Set(fromServer.flatMap(({ json }) => json.facts ?? []).map(({ fact }) => fact));
  const visible = names('facts').filter((name) => json(`facts/${name}.json`).seen_by.length > 0);
  assert.deepEqual(
    visible.filter((name) => !told.has(name) && name !== 'meeting.created'),
    [],
  );
});

test('nobody was told a fact that the role may not see', () => {
  for (const { role, json: frame } of fromServer) {
    for (const { fact } of frame.facts ?? []) {
      const { seen_by: seen } = json(`facts/${fact}.json`);
      assert.ok(
        seen.includes(role) || (role === 'phone' && seen.includes('author')),
        `${role} was told ${fact}`,
      );
    }
  }
});

test('every refusal was given', () => {
  const given = new Set(fromServer.map(({ json }) => json.code ?? json.refused?.code));
  const all = Object.keys(json('refusals.json'));
  assert.deepEqual(
    all.filter((code) => !given.has(code) && !elsewhere.has(code)),
    [],
  );
});
