// disk.test.js -- the whole server on a disk that fails, and a backup of one that is written to.
// tests/README.md, row 64.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { begin, dice, enter, make, writeAll } from '../crash/crowd.js';
import { journal, keptId, look } from '../crash/look.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { join } from './client.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';
const of = (name) => fileURLToPath(new URL(name, import.meta.url));
const PRESSES = 200;
/** Meetings of five people each: fifty in all. */
const MEETINGS = 10;

function folder(t) {
  const root = mkdtempSync(path(tmpdir(), 'runde-disk-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const data = path(root, 'data');
  mkdirSync(data);
  return { root, data };
}

async function serve(t, program, data, env = {}) {
  const server = await start(
    program,
    [
      ...['serve', '--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'],
      ...['--metrics', '127.0.0.1:0'],
    ],
    env,
  );
  t.after(() => server.kill('SIGKILL'));
  return server;
}

async function meetings(server, count) {
  const roll = dice(count);
  const all = [];
  for (let i = 0; i < count; i++) {
    const meeting = await make(server.port, roll);
    const people = await enter(server.port, meeting);
    await begin(meeting, people);
    all.push({ meeting, people });
  }
  return all;
}

async function metric(server, name) {
  const { body } = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
  return Number(`${body}`.match(new RegExp(`^${name} (\\d+)$`, 'm'))[1]);
}

/** A fact of a copy, without what has been blanked since. */
function asNow({ text, ...fact }, now) {
  return now?.text ? { ...fact, text } : fact;
}

const times = (text, what) => text.split(what).length - 1;

test('2 3 what a disk does that fails, or loses its power', { skip }, (t) => {
  const { status, stdout, stderr } = spawnSync(
    'node',
    [of('../crash/faults.js'), '--seeds', '1', '12'],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  t.diagnostic(stdout.trim());
  assert.match(stdout, /[1-9]\d* power/);
  assert.match(stdout, /[1-9]\d* sync/);
});

test('4 a full disk costs the refusals, and says so once', { skip }, async (t) => {
  const { root, data } = folder(t);
  const full = path(root, 'full');
  const program = rundePath.replace(/runde$/, 'runde_fault');
  const server = await serve(t, program, data, { RUNDE_FAULT: `full:${full}` });
  const [one, other] = await meetings(server, 2);
  const read = await metric(server, 'runde_meetings_read_total');
  const [phone] = one.people.slice(2);

  writeFileSync(full, '');
  const add = () => phone.link.send('contribution.add', { text: 'Bliver ikke gemt' });
  for (let pressed = 0; pressed < PRESSES;) {
    const { code } = await add();
    // The first one has it read anew; nothing is taken meanwhile.
    if (code !== 'busy') assert.equal((pressed++, code), 'not_saved');
  }
  assert.ok(
    (await metric(server, 'runde_meetings_read_total')) <= read + 1,
    'it was read anew once',
  );
  assert.equal(await metric(server, 'runde_journal_stuck'), 1);
  const { code, keys } = other.meeting;
  const board = await join(server.port, { as: 'board', meeting: code, key: keys.board });
  assert.ok((await board.hear('snapshot')).snapshot, 'who only looks comes in');
  await board.next(({ saving }) => saving === false);
  const body = '{"template":"runde"}';
  const head = { 'Content-Length': String(body.length) };
  for (let i = 0; i < 5; i++) {
    const made = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', head, body),
    );
    assert.deepEqual([made.status, JSON.parse(made.body).code], [503, 'not_saved']);
  }
  await becomes(() => metric(server, 'runde_meetings'), 2, 'none is left of what was not made');

  rmSync(full);
  await becomes(async () => (await add()).ok, true, 'it recovers by itself');
  await board.next(({ saving }) => saving === true);
  board.leave();
  const again = {
    id: randomUUID(),
    as: 'phone',
    who: 2,
    do: 'contribution.add',
    with: { text: 'Ja' },
  };
  again.reply = await phone.link.send(again.do, again.with, again.id);
  assert.ok(again.reply.ok);
  one.meeting.sent.push(again);
  assert.equal(times(server.log(), 'journal.stuck error="No space left on device"'), 1);
  assert.equal(times(server.log(), 'journal.well'), 1);
  await server.kill('SIGKILL');

  const next = await serve(t, rundePath, data);
  const { rooms } = await look(next.port, data, [one.meeting, other.meeting]);
  assert.equal(rooms.length, 2);
});

test('11 a backup while fifty people write is a whole meeting', { skip }, async (t) => {
  const { root, data } = folder(t);
  const server = await serve(t, rundePath, data);
  const all = await meetings(server, MEETINGS);
  const before = new Map();
  let told = 0;
  let backup = null;
  const file = path(root, 'copy.db');

  const begun = () => {
    for (const { meeting } of all) {
      const known = meeting.sent.filter(({ reply }) => reply?.ok);
      before.set(
        meeting.code,
        known.map((one) => keptId(meeting, one)),
      );
    }
    const child = spawn(rundePath, ['backup', '--data', data, file], { stdio: 'ignore' });
    backup = new Promise((done) => child.once('close', done));
    let after = 0;
    backup.then(() => (after = told + 200));
    return () => after > 0 && told > after;
  };
  let isOver = null;
  await Promise.all(
    all.map(({ meeting, people }, i) =>
      writeAll(meeting, people, i, () => {
        if (++told === 500) isOver = begun();
        if (isOver?.()) server.kill('SIGKILL');
      }),
    ),
  );
  assert.equal(await backup, 0);
  const acknowledged = [...before.values()].flat().length;
  assert.ok(acknowledged > 100 && existsSync(file));

  const restored = path(root, 'restored');
  mkdirSync(restored);
  spawnSync('cp', [file, path(restored, 'runde.db')]);
  const next = await serve(t, rundePath, restored);
  await becomes(() => metric(next, 'runde_meetings'), MEETINGS);
  const later = await serve(t, rundePath, data);
  for (const { meeting } of all) {
    const copy = (await journal(restored, meeting.code)).facts;
    const whole = (await journal(data, meeting.code)).facts;
    const differs = copy.findIndex(
      (fact, i) => !isDeepStrictEqual(asNow(fact, whole[i]), whole[i]),
    );
    assert.equal(differs, -1, `${meeting.code} is as it was at a moment`);
    assert.equal(copy.at(-1).rest, 0, 'with whole commands');
    const ids = new Set(copy.map(({ command }) => command));
    for (const id of before.get(meeting.code)) assert.ok(ids.has(id), `${meeting.code} has ${id}`);
  }
  t.diagnostic(`${acknowledged} commands were acknowledged before it began, ${told} until the end`);
  await later.kill('SIGKILL');
});
