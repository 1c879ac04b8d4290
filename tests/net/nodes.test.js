/**
 * nodes.test.js -- several servers on one PostgreSQL: a meeting is led by one of them at a time, and
 * by the next one soon after that one has gone, stands still or stops.  These do not speak with each
 * other; of those that do, see relay.test.js.
 *
 * tests/README.md, rows 27 and 28.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';

import { control, database, sql } from '../support/postgres.js';
import { becomes, soon } from '../support/soon.js';
import { meeting } from './client.js';
import {
  folder,
  argsOf,
  serve,
  get,
  readiness,
  metric,
  greet,
  come,
  add,
  names,
  some,
} from './nodes.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';

/** Two servers, and a meeting that the first has. */
async function two(t, name) {
  const where = database(name);
  const a = await serve(t, where, 'a');
  const b = await serve(t, where, 'b');
  const made = await meeting(a.port, { template: 'runde' });
  return { where, a, b, made };
}

test('27 a killed owner is followed by another, and nothing is lost', { skip }, async (t) => {
  const { a, b, made } = await two(t, 'killed');
  const here = await come(a, made);
  await add(here, some('Anna', 20));
  assert.deepEqual(await greet(b, made), { refused: 'busy' });
  assert.equal((await get(b.port, `/api/meetings/${made.code}/door`)).status, 503);
  assert.match(b.log(), /meeting\.elsewhere meeting=\S+ node=a/);

  const id = randomUUID(); /* Whether it arrived nobody can say. */
  here.say(id, 'seat.add', { name: 'Bo', device: 'none' });
  await a.kill('SIGKILL');
  const there = await come(b, made);
  assert.equal((await there.send('seat.add', { name: 'Bo', device: 'none' }, id)).ok, true);
  await add(there, ['Carla']);
  assert.deepEqual(await names(await come(b, made)), [...some('Anna', 20), 'Bo', 'Carla']);
  assert.equal(sql('killed', 'SELECT max(epoch) FROM runde.fact'), '2');
  assert.equal(await metric(b, 'runde_meetings_claimed_total'), 1);
  assert.ok((await metric(b, 'runde_meetings_elsewhere_total')) >= 2);
});

test('27 a server that comes back has what nobody else has', { skip }, async (t) => {
  const where = database('back');
  const a = await serve(t, where, 'a');
  const made = await meeting(a.port, { template: 'runde' });
  await add(await come(a, made), ['Anna']);
  await a.kill('SIGKILL');
  const again = await serve(t, where, 'a');
  await becomes(() => metric(again, 'runde_meetings'), 1);
  assert.deepEqual(await names(await come(again, made)), ['Anna']);
});

test('28 an owner that stood still answers nothing when it goes on', { skip }, async (t) => {
  const { a, b, made } = await two(t, 'stopped');
  const here = await come(a, made);
  await add(here, some('Anna', 5));
  a.process.kill('SIGSTOP');
  const id = randomUUID();
  here.say(id, 'seat.add', { name: 'Bo', device: 'none' });
  const there = await come(b, made);
  await add(there, ['Carla']);
  a.process.kill('SIGCONT');
  await here.closed();
  assert.equal(
    here.heard.find((frame) => frame.re === id),
    undefined,
  );
  await becomes(() => readiness(a), 200);
  assert.equal(await metric(a, 'runde_lease_terms_total'), 2);
  assert.equal(await metric(a, 'runde_lease_held'), 1);
  assert.deepEqual(await greet(a, made), { refused: 'busy' });
  assert.equal((await there.send('seat.add', { name: 'Bo', device: 'none' }, id)).ok, true);
  assert.deepEqual(await names(await come(b, made)), [...some('Anna', 5), 'Carla', 'Bo']);
});

/** A transaction that holds the meeting's row, and changes it before it ends. */
async function hold(t, name, where) {
  const child = spawn('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', where], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  child.stdin.write("BEGIN; SELECT 'held' FROM runde.meeting FOR UPDATE;\n");
  await once(child.stdout, 'data');
  return async (change) => {
    child.stdin.end(`${change}; COMMIT;\n`);
    await once(child, 'exit');
  };
}

/** How many wait for a lock of somebody else's. */
const waiting = (name) =>
  sql(name, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");

test('28 what comes after a take-over is fenced, and its room closes', { skip }, async (t) => {
  const { where, a, b, made } = await two(t, 'fenced');
  const here = await come(a, made);
  await add(here, ['Anna']);
  const release = await hold(t, 'fenced', where);
  const id = randomUUID();
  here.say(id, 'seat.add', { name: 'Bo', device: 'none' });
  await becomes(() => waiting('fenced'), '1');
  await release("UPDATE runde.meeting SET owner = 'b', epoch = epoch + 1");
  await here.closed();
  assert.ok(!here.heard.some((frame) => frame.re === id && frame.ok));
  assert.equal(await metric(a, 'runde_journal_fenced_total'), 1);
  const there = await come(b, made);
  assert.deepEqual(await names(there), ['Anna']);
  assert.equal((await there.send('seat.add', { name: 'Bo', device: 'none' }, id)).ok, true);
  assert.deepEqual(await names(await come(b, made)), ['Anna', 'Bo']);
  assert.deepEqual(await greet(a, made), { refused: 'busy' });
});

/** The commit came about while nobody was there to hear it. */
test('28 what became durable while its owner stood still is told once', { skip }, async (t) => {
  const { where, a, b, made } = await two(t, 'unheard');
  const here = await come(a, made);
  await add(here, ['Anna']);
  const release = await hold(t, 'unheard', where);
  const id = randomUUID();
  here.say(id, 'seat.add', { name: 'Bo', device: 'none' });
  await becomes(() => waiting('unheard'), '1');
  a.process.kill('SIGSTOP');
  await release('SELECT 1');
  const there = await come(b, made);
  assert.deepEqual(await names(there), ['Anna', 'Bo']);
  a.process.kill('SIGCONT');
  await here.closed();
  assert.ok(!here.heard.some((frame) => frame.re === id));
  assert.equal((await there.send('seat.add', { name: 'Bo', device: 'none' }, id)).ok, true);
  assert.deepEqual(await names(await come(b, made)), ['Anna', 'Bo']);
});

test('what one of them has erased, the others know as erased', { skip }, async (t) => {
  const { a, b, made } = await two(t, 'erased');
  const erase = ['erase', made.code, '--data', a.data];
  const { status, stderr } = spawnSync(rundePath, erase, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  for (const server of [a, b]) {
    assert.deepEqual(await greet(server, made), { refused: 'erased' });
    assert.equal((await get(server.port, `/api/meetings/${made.code}/door`)).status, 410);
  }
  const nothing = { ...made, code: 'NNNN-2345' };
  assert.deepEqual(await greet(b, nothing), { refused: 'no_such_meeting' });
});

test('a server that stops gives its meetings up at once', { skip }, async (t) => {
  const { a, b, made } = await two(t, 'drained');
  const here = await come(a, made);
  await add(here, some('Anna', 5));
  const ended = a.kill();
  await here.closed();
  const { one, refused } = await greet(b, made); /* At the first time of asking. */
  assert.ok(one, refused);
  assert.deepEqual(await names(one), some('Anna', 5));
  assert.equal(await ended, 0);
  assert.equal(sql('drained', "SELECT count(*) FROM runde.node WHERE name = 'a'"), '0');
});

test('without the database nobody answers, and then all goes on', { skip }, async (t) => {
  const { a, b, made } = await two(t, 'gone');
  const here = await come(a, made);
  await add(here, ['Anna']);
  control('halt');
  const id = randomUUID();
  here.say(id, 'seat.add', { name: 'Bo', device: 'none' });
  await here.closed();
  assert.ok(!here.heard.some((frame) => frame.re === id));
  for (const server of [a, b]) await becomes(() => readiness(server), 503);
  assert.deepEqual(await greet(a, made), { refused: 'busy' });
  control('resume');
  for (const server of [a, b]) await becomes(() => readiness(server), 200);
  const owner = await soon(async () => {
    const come = await Promise.all([greet(a, made), greet(b, made)]);
    const let_in = come.filter(({ one }) => one);
    assert.equal(let_in.length, 1, JSON.stringify(come.map(({ refused }) => refused)));
    return let_in[0].one;
  });
  assert.equal((await owner.send('seat.add', { name: 'Bo', device: 'none' }, id)).ok, true);
});

test('every meeting is led by one of them, and clocks go on', { skip }, async (t) => {
  const where = database('clocks');
  const a = await serve(t, where, 'a');
  const made = await meeting(a.port, { template: 'runde' });
  const here = await come(a, made);
  assert.equal((await here.send('meeting.start')).ok, true);
  const before = (await here.find((frame) => frame.welcome)).welcome.now;
  const since = performance.now();
  const b = await serve(t, where, 'b');
  await a.kill('SIGKILL');
  const there = await come(b, made);
  const { now } = (await there.find((frame) => frame.welcome)).welcome;
  const passed = performance.now() - since;
  assert.ok(
    now - before > 0 && Math.abs(now - before - passed) < 1000,
    `${now - before} ${passed}`,
  );
  const { snapshot } = await there.find((frame) => frame.snapshot);
  assert.equal(snapshot.now.state, 'running');
});

test('a name that another server has, and one without a name, are refused', { skip }, async (t) => {
  const where = database('names');
  await serve(t, where, 'a');
  for (const [node, words] of [
    ['a', /--node: another server has this name/],
    ['', /another server uses the database/],
  ]) {
    const args = ['serve', ...argsOf(folder(t), where, { node })];
    const { status, stderr } = spawnSync(rundePath, args, { encoding: 'utf8' });
    assert.equal(status, 75, stderr);
    assert.match(stderr, words);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
  const check = ['check', ...argsOf(folder(t), where, { node: 'b' })];
  const { status, stdout, stderr } = spawnSync(rundePath, check, { encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /meetings are not looked through/);
});

test('a server without a name takes what others have left', { skip }, async (t) => {
  const { where, a, b, made } = await two(t, 'alone');
  await add(await come(a, made), ['Anna']);
  await a.kill('SIGKILL');
  await b.kill('SIGKILL');
  const alone = await serve(t, where, '');
  const one = await come(alone, made);
  await add(one, ['Bo']);
  assert.deepEqual(await names(await come(alone, made)), ['Anna', 'Bo']);
  await alone.kill();
  const back = await serve(t, where, 'a');
  assert.deepEqual(await names(await come(back, made)), ['Anna', 'Bo']);
});
