/**
 * starts.test.js -- how a start ends with which something is wrong, where several servers share a
 * database: with one line that says what, with the code of sysexits that says whose it is to mend,
 * and with nothing half done.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { test } from 'node:test';

import { clockFile } from '../support/clock_file.js';
import { database, roles, sql } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { soon } from '../support/soon.js';
import { join, meeting } from './client.js';
import { hasRunde, rundePath } from './server.js';

const wallJump = new URL('../../build/wall_jump.so', import.meta.url).pathname;
const skip =
  (!hasRunde && 'there is no server') ||
  (!existsSync(wallJump) && 'build/wall_jump.so is not built');

const HOUR = 3600000;
const USAGE = 64;
const DATA = 65;
const UNAVAILABLE = 69;
const TEMPORARY = 75;
const MAY_NOT = 77;

function folder(t) {
  const data = mkdtempSync(pathOf(tmpdir(), 'runde-starts-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

const argsOf = (t, where, node) => [
  ...['--listen', '127.0.0.1:0', '--data', folder(t), '--journal', where],
  ...['--node', node, '--node-url', `http://${node}.example:8080`],
];

/** How a command ends, and what it says on both streams. */
function run(args, env = {}) {
  const how = { encoding: /** @type {const} */ ('utf8'), env: { ...process.env, ...env } };
  const { status, stdout, stderr } = spawnSync(rundePath, args, how);
  return { status, said: stdout + stderr };
}

/** A start ends so, after one line. */
function refused(t, where, status, words) {
  const start_ = run(['serve', ...argsOf(t, where, 'a')]);
  assert.equal(start_.status, status, start_.said);
  assert.match(start_.said, words);
  assert.equal(start_.said.trim().split('\n').length, 1, start_.said);
}

async function serve(t, where, node, env = {}) {
  const server = await start(rundePath, ['serve', ...argsOf(t, where, node)], env);
  t.after(() => server.kill('SIGKILL'));
  await soon(async () => {
    const ready = await exchange(server.port, request(server.port, 'GET /readyz'));
    assert.equal(ready.status, 200);
  });
  return server;
}

test('a database that cannot be reached', { skip }, (t) => {
  refused(t, 'postgresql://x@127.0.0.1:1/x', UNAVAILABLE, /--journal: .*Connection refused/);
  refused(t, 'postgresql://x@nosuch.invalid/x', UNAVAILABLE, /--journal: .*"nosuch\.invalid"/);
  refused(t, 'postgresql:///x?host=/nonexistent', UNAVAILABLE, /--journal: .*No such file/);
});

test('tables that this role may neither make nor upgrade', { skip }, (t) => {
  const { owner, server, name } = roles('strict');
  const number = () => sql(name, 'SELECT max(number) FROM runde.version');
  const upgrade = /`runde upgrade` makes or upgrades the tables as the role that owns them/;
  refused(t, server, MAY_NOT, /the tables are not there yet, and this role may not make them/);
  refused(t, server, MAY_NOT, upgrade);
  assert.equal(number(), '');
  assert.equal(run(['upgrade', '--journal', owner]).status, 0);
  const newest = number();
  sql(name, 'UPDATE runde.version SET number = 1');
  refused(
    t,
    server,
    MAY_NOT,
    /of an older version \(1; this program needs \d+\), and this role may/,
  );
  refused(t, server, MAY_NOT, upgrade);
  assert.equal(run(['upgrade', '--journal', server]).status, MAY_NOT);
  assert.equal(number(), '1');
  const check = run(['check', ...argsOf(t, server, 'a')]);
  assert.equal(check.status, 0, check.said);
  assert.match(check.said, /older than this program/);
  sql(name, `UPDATE runde.version SET number = ${newest}`);
});

test('a schema of a later release', { skip }, (t) => {
  const where = database('starts_later');
  assert.equal(run(['upgrade', '--journal', where]).status, 0);
  sql('starts_later', 'UPDATE runde.version SET number = 99');
  refused(t, where, DATA, /newer version of this program \(99; this one knows up to \d+\)/);
  const check = run(['check', ...argsOf(t, where, 'a')]);
  assert.equal(check.status, DATA, check.said);
  assert.match(check.said, /newer version/);
  assert.equal(sql('starts_later', 'SELECT number FROM runde.version'), '99');
  assert.equal(sql('starts_later', 'SELECT count(*) FROM runde.node'), '0');
});

test('a name that another server has, who goes on', { skip }, async (t) => {
  const where = database('starts_name');
  const first = await serve(t, where, 'a');
  const made = await meeting(first.port, { template: 'runde' });
  const console_ = { as: 'console', meeting: made.code, key: made.key('console') };
  const one = await join(first.port, console_);
  const row = () => sql('starts_name', 'SELECT url, run FROM runde.node');
  const before = row();
  refused(t, where, TEMPORARY, /--node: another server has this name/);
  assert.equal(row(), before);
  assert.equal((await one.send('seat.add', { name: 'Bo', device: 'none' })).ok, true);
  one.leave();
});

test('several servers need a database to share', { skip }, (t) => {
  const args = argsOf(t, 'x', 'a').filter((word) => word !== '--journal' && word !== 'x');
  const { status, said } = run(['serve', ...args]);
  assert.equal(status, USAGE, said);
  assert.match(said, /--node: needs --journal/);
});

/** Times of day are the machine's; no clock of a meeting is. */
test(
  'a clock on the wall that is an hour wrong is told, and nothing waits for it',
  { skip },
  async (t) => {
    const where = database('starts_wall');
    const a = await serve(t, where, 'a');
    assert.doesNotMatch(a.log(), /clock\.wrong/);
    const made = await meeting(a.port, { template: 'runde' });
    const hello = { as: 'console', meeting: made.code, key: made.key('console') };
    const here = await join(a.port, hello);
    const { welcome: right } = await here.hear('welcome');
    const since = performance.now();
    assert.equal((await here.send('meeting.start')).ok, true);

    for (const [jump, word] of [
      [HOUR, 'ahead of'],
      [-HOUR, 'behind'],
    ]) {
      const wall = clockFile();
      t.after(() => wall.end());
      wall.set(jump);
      const env = { LD_PRELOAD: wallJump, WALL_JUMP: wall.file };
      const check = run(['check', ...argsOf(t, where, 'c')], env);
      assert.equal(check.status, 0, check.said);
      assert.match(check.said, new RegExp(`clock is (3599|3600) s ${word} the database's`));
      if (jump < 0) continue;
      const b = await serve(t, where, 'b', env);
      assert.match(b.log(), /clock\.wrong ahead_of_database_ms=(3599|3600)\d{3}\b/);
      await a.kill();
      const there = await join(b.port, hello);
      const { welcome } = await there.hear('welcome');
      const passed = performance.now() - since;
      assert.ok(
        Math.abs(welcome.now - right.now - passed) < 1000,
        'the clock of the meeting goes on',
      );
      assert.ok(
        Math.abs(welcome.wall - right.wall - passed - HOUR) < 1000,
        'what time it is, is wrong',
      );
      const { snapshot } = await there.hear('snapshot');
      assert.equal(snapshot.now.state, 'running');
      assert.equal((await there.send('clock.pause')).ok, true);
      there.leave();
    }
    here.leave();
    assert.equal(run(['check', ...argsOf(t, where, 'c')]).said.includes("database's: one"), false);
  },
);
