/**
 * faults.js -- the whole server on a disk that fails, among people who write; then a start on a good
 * one, and a look at all that anybody was told (tests/README.md, rows 2, 3 and 4).
 *
 *     node tests/crash/faults.js [--seeds A B] [--build DIR]
 *
 * Each seed is one fault at one moment, in files of SQLite's:
 *
 *     power   the power goes at an operation: what was not synced is gone, or some of it is there,
 *             torn; of -shm any state may be on the disk, and the machine was started anew
 *     sync    an fsync returns EIO: nothing more is acknowledged, and the server ends with an error
 *     write   a write returns EIO, once: what waited was not saved, and all goes on
 *     short   the same, half way through it
 *
 * 1 to 24 unless told otherwise.
 */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { start } from '../support/rawhttp.js';
import { begin, dice, enter, make, writeAll } from './crowd.js';
import { look } from './look.js';

const LIFE = 24;
const MEETINGS = 3;
/** Operations of the disk, or answers, within which the fault comes, or a server ends without one. */
const WITHIN = 250;
const KINDS = ['power', 'power', 'power', 'sync', 'write', 'short'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string' }, build: { type: 'string', default: 'build' } },
});
const [first, last] = values.seeds
  ? [Number(values.seeds), Number(positionals[0] ?? values.seeds)]
  : [1, 24];
const build = resolve(fileURLToPath(new URL('../../', import.meta.url)), values.build);
const folder = mkdtempSync(join(tmpdir(), 'runde-faults-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.setMaxListeners(0);

const sums = { acknowledged: 0, facts: 0, again: 0, unsaved: 0, unmet: 0 };
const struck = {};
let slowest = 0;

async function serve(program, data, fault) {
  const began = performance.now();
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'];
  const env = fault ? { RUNDE_FAULT: fault } : {};
  const server = await start(join(build, program), ['serve', ...args], env);
  process.once('exit', () => server.kill('SIGKILL'));
  return { ...server, took: performance.now() - began };
}

/** Everybody writes until the server is gone, or has answered for long enough. */
async function write(server, meetings, seed) {
  const rooms = [];
  for (const meeting of meetings) rooms.push(await enter(server.port, meeting));
  let told = 0;
  await Promise.all(
    meetings.map((meeting, i) =>
      writeAll(meeting, rooms[i], seed * 31 + i, () => {
        if (++told === 2 * WITHIN) server.kill('SIGKILL');
      }),
    ),
  );
  for (const people of rooms) for (const { link } of people) link.leave();
}

/** What a machine that lost its power is like: another boot, and -shm as it was at some time. */
function boot(data, earlier, roll) {
  const shm = join(data, 'runde.db-shm');
  const dice = roll(3);
  if (dice === 0) rmSync(shm, { force: true });
  if (dice === 1 && existsSync(earlier)) copyFileSync(earlier, shm);
  writeFileSync(join(data, 'runde.db-lock'), '00000000-0000-4000-8000-000000000000\n');
}

/** What was not saved was told so; after an fsync that failed it may be there all the same. */
function forgive(meetings, kind) {
  for (const { sent } of meetings)
    for (const one of sent) {
      if (one.reply?.code !== 'not_saved') continue;
      sums.unsaved++;
      if (kind === 'sync') delete one.reply;
    }
}

/** How the server ended is what its disk deserves. @param {number|string} how */
function checkEnd(kind, how, log) {
  if (kind === 'sync' && /journal\.failed/.test(log)) {
    assert.equal(how, 74, 'it ends with an error');
    assert.match(log, /error journal\.failed error="[^"]+" why="disk I\/O error"/);
    struck.sync = (struck.sync ?? 0) + 1;
    return;
  }
  assert.equal(how, 'SIGKILL', log);
  const isStuck = /journal\.stuck error="Input\/output error"/.test(log);
  if (kind === 'power' || isStuck) struck[kind] = (struck[kind] ?? 0) + 1;
  else sums.unmet++;
}

async function oneFault(data, meetings, seed) {
  const roll = dice(seed * 613);
  const kind = KINDS[roll(KINDS.length)];
  const within = kind === 'sync' ? WITHIN / 4 : WITHIN;
  const fault = `${kind}:${1 + roll(within)}:${roll(2) * seed}`;
  const shm = join(data, 'runde.db-shm');
  const earlier = join(folder, 'earlier-shm');
  let server;
  try {
    server = await serve('runde_fault', data, fault);
    if (existsSync(shm)) copyFileSync(shm, earlier);
    await write(server, meetings, seed);
  } catch (error) {
    // The fault came before anybody was in: the start says so, or the connection was cut.
    if (/ended with (?!SIGKILL)/.test(error.message))
      assert.match(error.message, /runde: .*runde\.db/);
  }
  if (server) checkEnd(kind, await server.ended, server.log());
  else struck.start = (struck.start ?? 0) + 1;
  forgive(meetings, kind);
  if (kind === 'power') boot(data, earlier, roll);

  server = await serve('runde', data);
  slowest = Math.max(slowest, server.took);
  const { rooms, figures } = await look(server.port, data, meetings);
  await server.kill('SIGKILL');
  for (const { people } of rooms) for (const { link } of people) link.leave();
  return figures;
}

/** One folder, from its first meeting on. */
async function live(from, to) {
  const data = join(folder, `data-${from}`);
  const meetings = [];
  const roll = dice(from * 65537);
  mkdirSync(data);
  const server = await serve('runde', data);
  for (let i = 0; i < MEETINGS; i++) {
    const meeting = await make(server.port, roll);
    await begin(meeting, await enter(server.port, meeting));
    meetings.push(meeting);
  }
  await server.kill('SIGKILL');
  let figures = {};
  for (let seed = from; seed <= to; seed++) {
    try {
      figures = await oneFault(data, meetings, seed);
    } catch (error) {
      console.error(
        `seed ${seed} failed; again: node tests/crash/faults.js --seeds ${from} ${seed}`,
      );
      throw error;
    }
  }
  for (const name of ['acknowledged', 'facts', 'again']) sums[name] += figures[name];
  rmSync(data, { recursive: true, force: true });
}

const began = performance.now();
for (let from = first; from <= last;) {
  const to = Math.min(last, from - (from % LIFE) + LIFE - 1);
  await live(from, to);
  from = to + 1;
}
const kinds = Object.entries(struck).map(([kind, n]) => `${n} ${kind}`);
console.log(
  `seeds ${first}-${last}: ${kinds.join(', ')}, ${sums.unmet} not met, in ` +
    `${((performance.now() - began) / 1000).toFixed(0)} s; ${sums.acknowledged} acknowledged commands of ` +
    `${sums.facts} facts, all there once; ${sums.unsaved} not saved; ${sums.again} said again; ` +
    `slowest start ${Math.round(slowest)} ms`,
);
