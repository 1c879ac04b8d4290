/**
 * nodes.js -- three servers on one PostgreSQL, killed, stopped, frozen and drained at random moments
 * among people who write, and the database too: what was acknowledged is there, once
 * (tests/README.md, rows 27 and 28).
 *
 *     node tests/crash/nodes.js [SECONDS [SEED]]
 *
 * Each meeting has somebody who writes one thing after the other, at any server that lets them in,
 * and again with the same id until it is acknowledged. What is done to the servers, and when, is the
 * seed's; what was on its way then is the machine's.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { fileURLToPath } from 'node:url';

import { join, meeting } from '../net/client.js';
import { control, database, sql } from '../support/postgres.js';
import { start, wait } from '../support/rawhttp.js';
import { dice } from './crowd.js';

const MEETINGS = 20;
const PATIENCE_MS = 3000;
const NAMES = ['a', 'b', 'c'];

const [seconds, seed] = [Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 1)];
const runde = fileURLToPath(new URL('../../build/runde', import.meta.url));
const folder = mkdtempSync(pathOf(tmpdir(), 'runde-nodes-'));
const where = database('nodes');
const roll = dice(seed);
process.setMaxListeners(0);
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const wrong = [];
const done = {};
const sums = { acknowledged: 0, again: 0, longest: 0 };
let over = false;
let hurry = false; // Something of each meeting is on its way.

/** A server of this name, at the port that it had. */
async function rise(node) {
  const args = ['--listen', `127.0.0.1:${node.port ?? 0}`, '--data', pathOf(folder, node.name)];
  const more = [
    '--journal',
    where,
    '--node',
    node.name,
    '--node-url',
    `http://${node.name}.example`,
  ];
  const server = await start(runde, ['serve', '--rate', '0', ...args, ...more]);
  process.once('exit', () => server.kill('SIGKILL'));
  server.ended.then((end) => {
    if (end !== 0 && end !== 'SIGKILL') wrong.push(`${node.name} ended with ${end}`);
  });
  node.port = server.port;
  node.server = server;
}

/** What can be done to one of them, or to all by way of the database. */
const harms = {
  async kill(node) {
    await node.server.kill('SIGKILL');
    await wait(roll(3000));
    await rise(node);
  },
  async freeze(node) {
    node.server.process.kill('SIGSTOP');
    await wait(300 + roll(4500));
    node.server.process.kill('SIGCONT');
  },
  async drain(node) {
    await node.server.kill('SIGTERM');
    await rise(node);
  },
  async restart() {
    control('restart');
  },
  async away() {
    control('halt');
    await wait(roll(4000));
    control('resume');
  },
};

/** Fails where a server that stands still never answers. */
const within = (promise) =>
  Promise.race([
    promise,
    wait(PATIENCE_MS).then(() => {
      throw new Error('too late');
    }),
  ]);

async function enter(node, made) {
  const hello = { as: 'console', meeting: made.code, key: made.key('console') };
  const person = await join(node.port, hello);
  const { refused } = await person.hear('welcome', 'refused');
  if (!refused) return person;
  person.leave();
  throw new Error(refused.code);
}

/** Writes one thing until it is acknowledged; the connection that it was acknowledged on. */
async function write(nodes, made, name, last) {
  const id = randomUUID();
  for (let person = last, tries = 0; ; tries++) {
    try {
      person ??= await within(enter(nodes[Math.floor(Math.random() * nodes.length)], made));
      if ((await within(person.send('seat.add', { name, device: 'none' }, id))).ok) {
        sums.again += tries > 0;
        return person;
      }
    } catch {
      // Whoever was asked is gone, or is not the one: somebody else is asked.
    }
    person?.leave();
    person = null;
    await wait(50);
  }
}

async function writeOn(nodes, made) {
  const names = [];
  let person = null;
  for (let since = performance.now(); !over; since = performance.now()) {
    const name = `Nr. ${names.length + 1}`;
    person = await write(nodes, made, name, person);
    names.push(name);
    sums.acknowledged++;
    sums.longest = Math.max(sums.longest, performance.now() - since);
    if (!hurry) await wait(50);
  }
  person?.leave();
  return names;
}

/** Whether the facts have no holes, and no epoch comes after a newer one. */
function lookAtFacts({ code }) {
  const rows = sql(
    'nodes',
    `SELECT f.seq, f.epoch FROM runde.fact f JOIN runde.meeting m ON m.id = f.meeting
     WHERE m.code = '${code}' ORDER BY f.seq`,
  ).split('\n');
  let epoch = 0;
  rows.forEach((row, i) => {
    const [seq, of] = row.split('|').map(Number);
    if (seq !== i + 1) wrong.push(`${code}: ${seq} comes after ${i}`);
    if (of < epoch) wrong.push(`${code}: epoch ${of} after ${epoch}, at ${seq}`);
    epoch = of;
  });
}

/** Whether everybody sees what was acknowledged, each once and in its order, and nothing else. */
async function lookAtTable(nodes, made, names) {
  for (;;) {
    for (const node of nodes) {
      const person = await within(enter(node, made)).catch(() => null);
      if (!person) continue;
      const { snapshot } = await person.hear('snapshot');
      person.leave();
      const seen = snapshot.seats.map(({ name }) => name);
      if (seen.join() !== names.join())
        wrong.push(`${made.code}: ${names.length} acknowledged, ${seen.length} there`);
      return;
    }
    await wait(100);
  }
}

const nodes = NAMES.map((name) => ({ name }));
for (const node of nodes) await rise(node);
const all = [];
while (all.length < MEETINGS) {
  const made = await meeting(nodes[all.length % nodes.length].port, { template: 'runde' }).catch(
    () => wait(100), // It has no lease yet.
  );
  if (made) all.push(made);
}
const writers = all.map((made) => writeOn(nodes, made));
for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
  await wait(800 + roll(2500));
  const kind = Object.keys(harms)[roll(Object.keys(harms).length)];
  done[kind] = (done[kind] ?? 0) + 1;
  hurry = true;
  await wait(100 + roll(100));
  const harm = harms[kind](nodes[roll(nodes.length)]);
  hurry = false;
  await harm;
}
over = true;
const written = await Promise.all(writers);
for (const [i, made] of all.entries()) {
  lookAtFacts(made);
  await lookAtTable(nodes, made, written[i]);
}
for (const node of nodes) await node.server.kill();
const harmed = Object.entries(done).map(([kind, count]) => `${kind} ${count}`);
console.log(`seed ${seed}: ${harmed.join(', ')}`);
console.log(
  `${sums.acknowledged} acknowledged, ${sums.again} of them sent again; the longest took ` +
    `${(sums.longest / 1000).toFixed(1)} s; ${wrong.length} wrong`,
);
for (const line of wrong) console.log(line);
process.exit(wrong.length ? 1 : 0);
