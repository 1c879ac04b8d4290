/**
 * server.js -- kills the whole server at random moments, and looks whether it kept its word
 * (tests/README.md, rows 1 and 6).
 *
 *     node tests/crash/server.js [--seeds A B] [--build DIR]
 *
 * Each seed is one `kill -9` of `runde serve` while people in several meetings write, meetings are
 * made, erased, and taken in from a file; then a start on the same folder, and a look at all that
 * anybody was told. What people do and when the kill comes are the seed's: after so many answers,
 * and so many microseconds. Which of them the server had on its way then is the machine's.
 *
 * A folder goes on for LIFE seeds; each begins at a seed that LIFE divides, so that a run of some
 * seeds can be done again by itself. 1 to 20 unless told otherwise; thousands run in pieces.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { start, wait } from '../support/rawhttp.js';
import { begin, dice, enter, make, writeAll } from './crowd.js';
import { inside, look } from './look.js';

process.setMaxListeners(0); // Each server of a run is ended with it.

const LIFE = 20;
const FOREIGN = 5;
const MEETINGS_MAX = 5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string' }, build: { type: 'string', default: 'build' } },
});
const [first, last] = values.seeds
  ? [Number(values.seeds), Number(positionals[0] ?? values.seeds)]
  : [1, 20];
const root = fileURLToPath(new URL('../../', import.meta.url));
const runde = resolve(root, values.build, 'runde');
const folder = mkdtempSync(join(tmpdir(), 'runde-crash-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const sums = {
  kills: 0,
  early: 0,
  acknowledged: 0,
  facts: 0,
  again: 0,
  made: 0,
  erased: 0,
  taken: 0,
};
let slowest = 0;

async function serve(data) {
  const began = performance.now();
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'];
  const server = await start(runde, ['serve', ...args]);
  process.once('exit', () => server.kill('SIGKILL'));
  return { ...server, took: performance.now() - began };
}

/** A command of the operator's: its exit code, once it has ended. */
const run = (...args) =>
  new Promise((done) => spawn(runde, args, { stdio: 'ignore' }).once('close', done));

/** Meetings of another server, as files, and as those who are in them know them. */
async function foreigners(seed, data) {
  mkdirSync(data);
  const server = await serve(data);
  const roll = dice(~seed);
  const all = [];
  for (let i = 0; i < FOREIGN; i++) {
    const meeting = await make(server.port, roll);
    const people = await enter(server.port, meeting);
    await begin(meeting, people);
    let told = 0;
    await writeAll(meeting, people, seed + i, () => {
      if (++told === 30) for (const { link } of people) link.leave();
    });
    const file = join(folder, meeting.code);
    // It is busy as long as something of the meeting is on its way.
    while ((await run('export', meeting.code, file, '--data', data)) !== 0);
    all.push({ meeting, file });
  }
  await server.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
  return all;
}

/** Makes a meeting, and begins it. */
async function found(life, port, roll) {
  const meeting = await make(port, roll);
  if (!meeting) return;
  life.meetings.push(meeting);
  sums.made++;
  await begin(meeting, await enter(port, meeting));
}

/** Has one erased: by the socket, or by the command. */
async function erase(life, data, roll) {
  const alive = life.meetings.filter(({ fate }) => fate === 'lives');
  if (alive.length < 3) return;
  const meeting = alive[roll(alive.length)];
  const line = `/inside/erase?code=${meeting.code}`;
  meeting.fate = 'asked';
  const done = roll(4)
    ? (await inside(data, line)) === '{}'
    : (await run('erase', meeting.code, '--data', data)) === 0;
  if (done) meeting.fate = 'erased';
}

async function takeIn(life, data) {
  const next = life.foreign.pop();
  if (!next) return;
  const code = await run('import', next.file, '--data', data);
  if (code === 0) {
    life.meetings.push(next.meeting);
    sums.taken++;
  }
}

/** What is done beside the writing, each by its own chance; `kill` may come right after an erasure. */
function beside(life, port, data, roll, kill) {
  const alive = life.meetings.filter(({ fate }) => fate === 'lives').length;
  const deeds = [];
  if (alive < MEETINGS_MAX && roll(3) === 0) deeds.push(found(life, port, roll));
  if (roll(3) === 0) deeds.push(erase(life, data, roll).then(roll(2) ? kill : undefined));
  if (alive < MEETINGS_MAX && roll(4) === 0) deeds.push(takeIn(life, data));
  return deeds;
}

/** Lets everybody write until the server has been killed. */
async function writeUntilKilled(life, server, data, rooms, seed) {
  const roll = dice(seed);
  const answers = 1 + roll(60);
  const delay = roll(3000) / 1000;
  const deeds = [];
  let told = 0;
  let killed = false;
  const kill = async () => {
    if (killed) return;
    killed = true;
    const late = performance.now() + (deeds.length ? delay * roll(20) : 0);
    while (performance.now() < late) await wait(1);
    const until = performance.now() + delay;
    while (performance.now() < until); // Timers have whole milliseconds.
    await server.kill('SIGKILL');
  };
  deeds.push(...beside(life, server.port, data, roll, kill));
  for (const deed of deeds) deed.catch(() => {}); // The server is gone.
  const writing = rooms.map(({ meeting, people }, i) =>
    writeAll(meeting, people, seed * 31 + i, () => {
      if (++told === answers) kill();
    }),
  );
  await Promise.all(writing);
  await kill(); // Whoever had nobody left to write to.
  await Promise.allSettled(deeds);
  for (const { people } of rooms) for (const { link } of people) link.leave();
}

/** A start that is killed before it is over. */
async function killEarly(data, roll) {
  const args = ['serve', '--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none'];
  const child = spawn(runde, args, { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('close', done));
  await wait(roll(60));
  child.kill('SIGKILL');
  await ended;
  sums.early++;
}

async function oneKill(life, data, seed) {
  const roll = dice(seed * 257);
  await writeUntilKilled(life, life.server, data, life.rooms, seed);
  sums.kills++;
  if (roll(6) === 0) await killEarly(data, roll);
  life.server = await serve(data);
  slowest = Math.max(slowest, life.server.took);
  const { rooms, figures } = await look(life.server.port, data, life.meetings);
  life.rooms = rooms;
  return figures;
}

/** One folder, from its first meeting on. */
async function live(from, to) {
  const data = join(folder, `data-${from}`);
  const foreign = await foreigners(from, join(folder, 'elsewhere'));
  mkdirSync(data);
  const life = { meetings: [], rooms: [], foreign, server: await serve(data) };
  const roll = dice(from * 65537);
  for (let i = 0; i < 3; i++) await found(life, life.server.port, roll);
  life.rooms = (await look(life.server.port, data, life.meetings)).rooms;
  let figures = {};
  for (let seed = from; seed <= to; seed++) {
    try {
      figures = await oneKill(life, data, seed);
    } catch (error) {
      await life.server.kill('SIGKILL');
      console.error(
        `seed ${seed} failed; again: node tests/crash/server.js --seeds ${from} ${seed}`,
      );
      throw error;
    }
  }
  for (const name of ['acknowledged', 'facts', 'again', 'erased']) sums[name] += figures[name];
  await life.server.kill('SIGKILL');
  for (const { people } of life.rooms) for (const { link } of people) link.leave();
  rmSync(data, { recursive: true, force: true });
}

const began = performance.now();
for (let from = first; from <= last;) {
  const to = Math.min(last, from - (from % LIFE) + LIFE - 1);
  await live(from, to);
  from = to + 1;
}
const seconds = (performance.now() - began) / 1000;
console.log(
  `seeds ${first}-${last}: ${sums.kills} kills (and ${sums.early} of a start) in ${seconds.toFixed(0)} s; ` +
    `${sums.acknowledged} acknowledged commands of ${sums.facts} facts, all there once; ` +
    `${sums.again} said again; ${sums.made} meetings made, ${sums.taken} taken in, ` +
    `${sums.erased} erased; slowest start ${Math.round(slowest)} ms`,
);
