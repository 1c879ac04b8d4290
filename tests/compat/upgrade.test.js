// upgrade.test.js -- the data folder of an earlier release, of the first schema, is brought up to date;
// the power goes at each operation of that in its turn; it is begun again, and nothing is missing.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { inside, journal } from '../crash/look.js';
import { start } from '../support/rawhttp.js';

const of = (path) => fileURLToPath(new URL(path, import.meta.url));
const fixture = gunzipSync(readFileSync(of('journal/runde.db.gz')));
/** Where a database has the number of its schema (https://sqlite.org/fileformat.html). */
const SCHEMA_AT = 60;
/** The newest schema (store/sqlite_schema.c). */
const NEWEST = 3;
/** More operations than any upgrade takes. */
const OPERATIONS = 200;

function folder(t) {
  const data = mkdtempSync(join(tmpdir(), 'runde-upgrade-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

const serve = (program, data, env = {}) =>
  start(
    of(`../../build/${program}`),
    ['serve', '--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none'],
    env,
  );

const schemaOf = (data) => readFileSync(join(data, 'runde.db')).readInt32BE(SCHEMA_AT);

/** Every meeting's facts, as far as `upTo` knows them; the server is ended. */
async function facts(server, data, upTo) {
  const all = new Map();
  let list;
  do list = JSON.parse(await inside(data, '/inside/list'));
  while (!Array.isArray(list));
  for (const { code } of list) {
    const { lines, why } = await journal(data, code);
    assert.ok(lines, `${code}: ${why}`);
    all.set(code, lines.slice(1, -1).slice(0, upTo?.get(code)?.length));
  }
  await server.kill('SIGKILL');
  return all;
}

test('an upgrade that ends at any operation can be begun again', async (t) => {
  const whole = folder(t);
  writeFileSync(join(whole, 'runde.db'), fixture);
  assert.equal(schemaOf(whole), 1);
  const wanted = await facts(await serve('runde', whole), whole);
  assert.ok(wanted.size > 60);
  assert.equal(schemaOf(whole), NEWEST);

  // tests/README.md, row 10
  for (let n = 1; ; n++) {
    assert.ok(n < OPERATIONS);
    const data = folder(t);
    writeFileSync(join(data, 'runde.db'), fixture);
    const fault = { RUNDE_FAULT: `power:${n}:${n % 2 ? n : 0}` };
    const upgraded = await serve('runde_fault', data, fault).catch((error) => {
      assert.match(error.message, /ended with SIGKILL/);
    });
    await upgraded?.kill('SIGKILL');
    assert.deepEqual(await facts(await serve('runde', data), data, wanted), wanted, `at ${n}`);
    assert.equal(schemaOf(data), NEWEST);
    if (!upgraded) continue;
    t.diagnostic(`${n - 1} operations, each the last one once`);
    assert.ok(n > 5);
    return;
  }
});

test('a folder of a later release is refused, and left as it is', async (t) => {
  const data = folder(t);
  const later = Buffer.from(fixture);
  later.writeInt32BE(NEWEST + 1, SCHEMA_AT);
  writeFileSync(join(data, 'runde.db'), later);
  await assert.rejects(serve('runde', data), /ended with 65 [^]*newer version/);
  assert.ok(readFileSync(join(data, 'runde.db')).equals(later));
});
