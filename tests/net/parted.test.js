/**
 * parted.test.js -- two servers on one PostgreSQL, each in a network of its own behind a switch that can keep them apart, or one
 * of them from the database; people reach both all the while.
 *
 * tests/README.md, rows 28 and 30.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { check } from '../history/check.js';
import { ownerOf, takeNotes } from '../history/journal.js';
import { gather, historyOf, watch, write } from '../history/meeting.js';
import { node } from '../history/nodes.js';
import { dice } from '../support/dice.js';
import { database, sql } from '../support/postgres.js';
import { becomes, until } from '../support/soon.js';
import { hasRunde } from './server.js';

const door = fileURLToPath(new URL('../support/door.js', import.meta.url));

/** A network namespace, as long as somebody holds it: the words before a command in it; or why there is none. */
async function namespace() {
  const holder = spawn('unshare', [
    '--net',
    'sh',
    '-c',
    'ip link set lo up && echo ready && exec cat',
  ]);
  process.once('exit', () => holder.kill('SIGKILL'));
  let said = '';
  holder.stderr.on('data', (bytes) => (said += bytes));
  const ready = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'error').then(([error]) => void (said = error.message)),
    once(holder, 'close').then(() => false),
  ]);
  if (!ready) return { why: said.trim() };
  const words = ['nsenter', `--net=/proc/${holder.pid}/ns/net`];
  return { pid: holder.pid, words, end: () => holder.kill('SIGKILL') };
}

/** Runs each line in a namespace. */
function inside({ words }, lines) {
  for (const line of lines) execFileSync(words[0], [...words.slice(1), ...line.split(' ')]);
}

/** A switch with two cables; its own address is the database's. Or why there is none. */
async function networks() {
  const [hub, ...ends] = [await namespace(), await namespace(), await namespace()];
  const why = [hub, ...ends].find((each) => each.why)?.why;
  if (why) return { why: `no network namespaces: ${why}` };
  try {
    inside(hub, [
      'ip link add hub type bridge',
      'ip addr add 10.88.0.9/24 dev hub',
      'ip link set hub up',
    ]);
    ends.forEach((end, i) => {
      inside(hub, [
        `ip link add port${i} type veth peer name eth0 netns ${end.pid}`,
        `ip link set port${i} master hub up`,
      ]);
      inside(end, [`ip addr add 10.88.0.${i + 1}/24 dev eth0`, 'ip link set eth0 up']);
    });
  } catch (error) {
    return { why: `no switch: ${error.message}` };
  }
  const ports = (words) =>
    inside(
      hub,
      ends.map((_, i) => `bridge link set dev port${i} ${words}`),
    );
  return {
    hub,
    ends,
    /** The two reach the switch, and not each other. @param {boolean} on */
    part: (on) => ports(`isolated ${on ? 'on' : 'off'}`),
    /** One reaches nobody. @param {number} i */
    cut: (i) => inside(hub, [`bridge link set dev port${i} state 0`]),
    mend: (i) => inside(hub, [`bridge link set dev port${i} state 3`]),
    /** Whether the one reaches the other's server. */
    reaches(i, k) {
      const { words } = ends[i];
      const knock = `</dev/tcp/10.88.0.${k + 1}/8080`;
      return (
        spawnSync(words[0], [...words.slice(1), 'timeout', '2', 'bash', '-c', knock]).status === 0
      );
    },
    end: () => [hub, ...ends].forEach((each) => each.end()),
  };
}

process.setMaxListeners(0);
const net = hasRunde ? await networks() : { why: 'there is no server' };
if (net.why) console.log(`# ${net.why}`);
const skip = net.why ?? false;

/** Passes on what comes, inside of a namespace. */
async function passOn({ words }, from, to) {
  const child = spawn(words[0], [...words.slice(1), process.execPath, door, from, to]);
  process.once('exit', () => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

/** A port of this machine's own for a socket. */
async function portOf(path) {
  const server = createServer((near) => {
    const far = connect(path);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroySoon());
    far.on('close', () => near.destroySoon());
    near.pipe(far).pipe(near);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  return server.address().port;
}

/** Two servers behind the switch, and a meeting in which everybody writes until `end`. */
async function writing(t, name) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-parted-'));
  chmodSync(folder, 0o755);
  const socket = `${new URL(database(name).replace('@/', '@localhost/')).searchParams.get('host')}/.s.PGSQL.5432`;
  const children = [await passOn(net.hub, '10.88.0.9:5432', socket)];
  const nodes = [];
  for (const [i, end] of net.ends.entries()) {
    const at = `10.88.0.${i + 1}:8080`;
    const path = join(folder, String(i));
    children.push(await passOn(end, path, at));
    const journal = `postgresql://runde@10.88.0.9:5432/${name}`;
    nodes.push(
      await node('ab'[i], { journal, listen: at, port: await portOf(path), inside: end.words }),
    );
  }
  let over = false;
  t.after(() => {
    over = true;
    for (const each of nodes) each.kill();
    for (const each of children) each.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const say = async (text) => sql(name, text);
  await takeNotes(say);
  const roll = dice(1);
  const all = await gather({ nodes, roll });
  const busy = [all.console, ...all.phones].map((who) => write(who, roll, () => over));
  busy.push(watch(all.board, roll, () => over));
  const answers = () => all.all.flatMap((who) => who.answers);
  const goesOn = async () => {
    const before = answers().length;
    await until(() => answers().length > before + 20);
  };
  await goesOn();
  const owner = async () =>
    nodes.find((each) => each.name === sql(name, 'SELECT owner FROM runde.meeting'));
  return {
    ...{ nodes, all, answers, goesOn, owner },
    other: async () =>
      nodes.find((each) => each.name !== sql(name, 'SELECT owner FROM runde.meeting')),
    isOwner: (each) => becomes(() => ownerOf(say, all.made.code), each.name),
    async end() {
      over = true;
      await Promise.all(busy);
      const history = await historyOf(all, say);
      assert.deepEqual(check(history), []);
      assert.deepEqual([...all.all.flatMap((who) => who.wrong)], []);
      return history;
    },
  };
}

/** Who had it, one after the other. */
const ownersOf = ({ owned }) =>
  owned
    .filter(({ owner }) => owner)
    .map(({ owner }) => owner)
    .filter((owner, i, before) => owner !== before[i - 1]);

test('30 two that cannot reach each other lead one after the other', { skip }, async (t) => {
  const it = await writing(t, 'parted');
  await until(() => net.reaches(0, 1));
  net.part(true);
  t.after(() => net.part(false));
  assert.ok(!net.reaches(0, 1) && !net.reaches(1, 0));
  await it.goesOn();
  for (let i = 0; i < 2; i++) {
    const [owner, other] = [await it.owner(), await it.other()];
    owner.freeze();
    await it.isOwner(other);
    await it.goesOn();
    owner.thaw(); // And finds that it leads nobody any more.
    await it.goesOn();
  }
  const [owner, other] = [await it.owner(), await it.other()];
  await owner.kill();
  await it.isOwner(other);
  await owner.rise();
  await it.goesOn();
  assert.ok(!net.reaches(0, 1) && !net.reaches(1, 0));
  const history = await it.end();
  assert.ok(ownersOf(history).length >= 4, ownersOf(history).join());
});

test(
  '28 30 who is cut off from the database says nothing once another leads',
  { skip },
  async (t) => {
    const it = await writing(t, 'cut');
    const [owner, other] = [await it.owner(), await it.other()];
    const since = performance.now();
    net.cut(it.nodes.indexOf(owner));
    t.after(() => net.mend(it.nodes.indexOf(owner)));
    await it.isOwner(other);
    await it.goesOn();
    const kept = it
      .answers()
      .filter(({ reply, heard }) => reply.ok && heard > since)
      .sort((one, two) => one.heard - two.heard);
    const taken = kept.findIndex((each) => each.node === other.name);
    assert.ok(kept.slice(taken).every((each) => each.node === other.name));
    net.mend(it.nodes.indexOf(owner));
    await it.goesOn();
    const history = await it.end();
    assert.deepEqual(ownersOf(history).slice(0, 2), [owner.name, other.name]);
  },
);

test.after(() => net.end?.());
