// journal.test.js -- a journal that an earlier release has written: this server folds it to the same
// meetings, and tells them, their minutes and their undo as that release did. See README.md.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { becomes } from '../support/soon.js';
import { look, serve, statusOf, told } from './look.js';

const here = fileURLToPath(new URL('journal/', import.meta.url));
const runde = process.env.RUNDE ?? fileURLToPath(new URL('../../build/runde', import.meta.url));
const unpacked = (name) => gunzipSync(readFileSync(join(here, name)));
const { at, meetings } = JSON.parse(unpacked('told.json.gz').toString());

/**
 * All that was told then is told now, in the same place and with the same value; more may be.
 * @param {any} then @param {any} now @param {string} path
 */
function covers(then, now, path) {
  if (path.endsWith('.body') && typeof then === 'string' && then.startsWith('{')) {
    covers(JSON.parse(then), JSON.parse(now), path);
  } else if (Array.isArray(then)) {
    assert.ok(Array.isArray(now) && now.length === then.length, `${path}: as many`);
    then.forEach((each, i) => covers(each, now[i], `${path}[${i}]`));
  } else if (then && typeof then === 'object') {
    assert.ok(now && typeof now === 'object', `${path}: an object, and not ${now}`);
    for (const [key, value] of Object.entries(then)) covers(value, now[key], `${path}.${key}`);
  } else {
    assert.equal(now, then, path);
  }
}

/**
 * Phones that have a seat by the console's leave, or by a link, and were told by that release what the
 * phone before them had written for itself: the first of their notes.
 */
const TOOK_OVER = { 'EFPD-FVNG': 2, 'GPDJ-CG4Y': 2 };

const SPANS = ['left', 'part_left', 'lap_left'];

/**
 * Undo was pressed a moment earlier or later than then. What it says is left is the same, or differs
 * by that moment where the clock ran meanwhile.
 */
function atTheMomentOf(then, now) {
  const late = now.at - then.at;
  for (const name of SPANS)
    if (then.block && now.block?.[name] + late === then.block[name])
      now.block[name] = then.block[name];
  now.at = then.at;
}

const isMinutes = (path) => path.startsWith('/minutes');

/**
 * What people wrote, anywhere in what was told; but for the names of items and parts, which stand no
 * more where there is nothing under them, and of groups, which stood on the wall alone.
 * @param {any} told @returns {string[]}
 */
const written = (told) =>
  told && typeof told === 'object'
    ? Object.entries(told).flatMap(([key, value]) =>
        ['text', 'title', 'name'].includes(key) && typeof value === 'string'
          ? [value]
          : written(
              ['items', 'parts', 'groups'].includes(key)
                ? value.map(({ title, ...it }) => it)
                : value,
            ),
      )
    : [];

/**
 * Minutes are written in the words of today, and hold what people wrote as they did then: all of it,
 * and nothing that was left out. A short text may be part of another word.
 */
function sameMinutes(then, now, texts, path) {
  assert.equal(now.status, then.status, path);
  for (const text of texts) {
    const stood = then.body.includes(text);
    if (stood || [...text].length > 7)
      assert.equal(now.body.includes(text), stood, `${path}: ${text}`);
  }
}

let folder, server;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runde-compat-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'data', 'runde.db'), unpacked('runde.db.gz'));
  server = await serve(runde, join(folder, 'data'), at);
});
after(async () => {
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

for (const { seen, ...meeting } of meetings)
  test(`meeting ${meeting.code}`, async () => {
    const now = await look(server, meeting);
    seen.undone.forEach(({ facts = [] }, step) =>
      facts.forEach((fact, i) => {
        const same = now.undone[step]?.facts?.[i];
        if (same) atTheMomentOf(fact, same);
      }),
    );
    // That a file was fetched of a meeting that is over is a fact today.
    if (now.after.snapshot) now.after.seq -= now.after.snapshot.fetched.length;
    const texts = new Set(written([seen.links, seen.phones]));
    assert.ok(texts.size > 0);
    for (const path of Object.keys(seen.fetched).filter(isMinutes)) {
      sameMinutes(seen.fetched[path], now.fetched[path], texts, path);
      delete seen.fetched[path];
    }
    const other = TOOK_OVER[meeting.code];
    if (other) {
      const { notes } = now.phones[other].snapshot;
      assert.equal(notes.length, seen.phones[other].snapshot.notes.length - 1);
      seen.phones[other].snapshot.notes = seen.phones[other].snapshot.notes.slice(1);
    }
    covers(seen, now, 'seen');
  });

/**
 * Nobody was told then how long a meeting is kept: the first time that its days are over, they begin
 * anew, and then it is erased. (One that runs is paused by the server that starts, which is a fact.)
 */
test('meetings that told nobody how long they are kept get their days', async (t) => {
  const data = mkdtempSync(join(folder, 'kept-'));
  writeFileSync(join(data, 'runde.db'), unpacked('runde.db.gz'));
  const after = async (days, look) => {
    const one = await serve(runde, data, at + days * 86400000);
    t.after(() => one.kill());
    await look(one);
    await one.kill();
  };
  const over = meetings.filter(({ seen }) => seen.links.console.snapshot?.now.state === 'closed');
  const statuses = async (one) => [
    ...new Set(await Promise.all(over.map(({ code }) => statusOf(one, code)))),
  ];
  const [{ code, keys, seen }] = over;
  assert.ok(over.length > 5);
  await after(31, async (one) => {
    const hello = { as: 'console', meeting: code, key: keys.console };
    await becomes(async () => (await told(one, hello)).seq > seen.links.console.seq, true);
    assert.deepEqual(await statuses(one), [200]);
  });
  await after(62, (one) => becomes(() => statuses(one), [410]));
});
