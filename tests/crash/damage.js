/**
 * damage.js -- harms one file of the data folder of a server that was killed, and looks what the next
 * start makes of it (tests/README.md, rows 5, 61 and 62).
 *
 *     node tests/crash/damage.js [--seeds A B] [--build DIR]
 *
 * Each seed is one harm to one file: a bit is turned round, a stretch is zeroed or filled with
 * chance, the file is cut short, emptied, taken away, or replaced by an older copy of itself or by
 * that of another server. The start must then be refused with words that name a file of the
 * database, which is left as it is; or every meeting is there whole; or those that are not are named
 * as damaged to whoever asks, and the others are served. 1 to 40 unless told otherwise.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { join as enterAs } from '../net/client.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { begin, dice, enter, make, writeAll } from './crowd.js';
import { journal } from './look.js';

const MEETINGS = 4;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string' }, build: { type: 'string', default: 'build' } },
});
const [first, last] = values.seeds
  ? [Number(values.seeds), Number(positionals[0] ?? values.seeds)]
  : [1, 40];
const root = fileURLToPath(new URL('../../', import.meta.url));
const runde = resolve(root, values.build, 'runde');
const folder = mkdtempSync(join(tmpdir(), 'runde-damage-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.setMaxListeners(0);

async function serve(data) {
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'];
  const server = await start(runde, ['serve', ...args]);
  process.once('exit', () => server.kill('SIGKILL'));
  return server;
}

/** Some minutes of several meetings; then `harm` copies what the killed server leaves. */
async function live(data, server, meetings, seed, answers) {
  const rooms = [];
  for (const meeting of meetings) rooms.push(await enter(server.port, meeting));
  for (const [i, meeting] of meetings.entries()) await begin(meeting, rooms[i]);
  let told = 0;
  await Promise.all(
    meetings.map((meeting, i) =>
      writeAll(meeting, rooms[i], seed + i, () => {
        if (++told === answers) server.kill('SIGKILL');
      }),
    ),
  );
  await server.ended;
  for (const people of rooms) for (const { link } of people) link.leave();
}

/** A folder that a killed server has left: most of it in the database, the newest in the log. */
async function left(name, seed) {
  const data = join(folder, name);
  mkdirSync(data);
  const meetings = [];
  const roll = dice(seed);
  let server = await serve(data);
  for (let i = 0; i < MEETINGS; i++) meetings.push(await make(server.port, roll));
  await live(data, server, meetings, seed, 300);
  cpSync(data, `${data}-older`, { recursive: true, filter: (file) => !file.endsWith('inlet') });
  server = await serve(data); // It moves the log into the database.
  await live(data, server, meetings, seed + 99, 200);
  rmSync(join(data, 'inlet'), { force: true });
  const whole = `${data}-whole`;
  cpSync(data, whole, { recursive: true });
  server = await serve(whole);
  for (const meeting of meetings) {
    // What came last may be in the log and nobody was told of it: that may be lost.
    const told = Math.max(...meeting.sent.map(({ reply }) => (reply?.ok ? reply.seq : 0)));
    meeting.lines = (await journal(whole, meeting.code)).lines.slice(1, told + 1);
  }
  await server.kill('SIGKILL');
  return { data, meetings };
}

/** What happens to a file: its name, and how. */
function harms(file, other, older, roll) {
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const at = roll(Math.max(bytes.length, 1));
  const stretch = Math.min(bytes.length - at, 1 + roll(roll(2) ? 40 : 9000));
  const change = (fill) => {
    for (let i = at; i < at + stretch; i++) bytes[i] = fill();
    writeFileSync(file, bytes);
  };
  const put = (from) => (existsSync(from) ? cpSync(from, file) : rmSync(file, { force: true }));
  return [
    ['a bit', () => ((bytes[at] ^= 1 << roll(8)), writeFileSync(file, bytes))],
    ['zeros', () => change(() => 0)],
    ['chance', () => change(() => roll(256))],
    ['cut', () => existsSync(file) && truncateSync(file, at)],
    ['empty', () => writeFileSync(file, '')],
    ['gone', () => rmSync(file, { force: true })],
    ['older', () => put(older)],
    ["another's", () => put(other)],
  ];
}

const counts = { refused: 0, whole: 0, named: 0 };
const FILES = [
  'runde.db',
  'runde.db',
  'runde.db-wal',
  'runde.db-wal',
  'runde.db-shm',
  'runde.db-lock',
  'lock',
];

/** The start is refused: the log says of which file, and nothing was written. */
function checkRefusal(data, error, before) {
  assert.match(error.message, /ended with (65|73) before listening/);
  assert.match(error.message, /runde: .*runde\.db/);
  for (const [name, bytes] of before)
    assert.ok(readFileSync(join(data, name)).equals(bytes), `${name} was left as it was`);
  counts.refused++;
}

/** It starts: each meeting is whole, or everybody is told that it is not. */
async function checkServed(server, data, meetings) {
  let damaged = 0;
  for (const { code, keys, lines } of meetings) {
    const got = await journal(data, code);
    if (got.lines) {
      // The server itself may have gone on: it was away for long.
      const same = lines.findIndex((line, i) => line !== got.lines[i + 1]);
      assert.equal(same, -1, `${code} is whole, but for fact ${same + 1} of ${lines.length}`);
      continue;
    }
    assert.equal(got.why, 'damaged', code);
    damaged++;
    assert.ok(server.log().includes(`meeting.unreadable meeting=${code}`), 'the log names it');
    const link = await enterAs(server.port, { as: 'console', meeting: code, key: keys.console });
    assert.equal((await link.hear('refused', 'welcome')).refused?.code, 'damaged');
    link.leave();
    const door = await exchange(
      server.port,
      request(server.port, `GET /api/meetings/${code}/door`),
    );
    assert.deepEqual([door.status, JSON.parse(door.body).code], [500, 'damaged']);
  }
  const ready = await exchange(server.port, request(server.port, 'GET /readyz'));
  assert.equal(`${ready.body}`, damaged ? `ready\ndamaged ${damaged}\n` : 'ready\n');
  counts[damaged ? 'named' : 'whole']++;
}

const ours = await left('ours', 1);
const others = await left('others', 2);
const began = performance.now();
for (let seed = first; seed <= last; seed++) {
  const roll = dice(seed * 977);
  const data = join(folder, 'now');
  rmSync(data, { recursive: true, force: true });
  cpSync(ours.data, data, { recursive: true });
  const name = FILES[roll(FILES.length)];
  const [others_, older] = [others.data, `${ours.data}-older`].map((from) => join(from, name));
  const all = harms(join(data, name), others_, older, roll);
  const [what, harm] = all[roll(all.length)];
  harm();
  const before = ['runde.db', 'runde.db-wal']
    .filter((each) => existsSync(join(data, each)))
    .map((each) => [each, readFileSync(join(data, each))]);
  let server;
  try {
    const refused = await serve(data).then(
      (it) => void (server = it),
      (error) => error,
    );
    if (refused) checkRefusal(data, refused, before);
    else await checkServed(server, data, ours.meetings);
  } catch (error) {
    console.error(`seed ${seed}: ${name}, ${what}`);
    throw error;
  }
  await server?.kill('SIGKILL');
}
console.log(
  `seeds ${first}-${last}: ${counts.refused} starts refused, ${counts.whole} with all there, ` +
    `${counts.named} with meetings named as damaged, in ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
