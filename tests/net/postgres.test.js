/**
 * postgres.test.js -- a server whose meetings are in PostgreSQL, and the commands for whoever runs
 * it: what is wrong is told in a line that repeats no secret, and nothing is half done.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { test } from 'node:test';

import { control, database, sql } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';

function folder(t) {
  const data = mkdtempSync(pathOf(tmpdir(), 'runde-postgres-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** How a command ends, and what it says on both streams. */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(rundePath, args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

async function serve(t, data, where) {
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none'];
  const server = await start(rundePath, ['serve', ...args, '--journal', where]);
  t.after(() => server.kill('SIGKILL'));
  return server;
}

async function make(server) {
  const body = '{"template":"runde"}';
  const head = { 'Content-Length': String(body.length) };
  const made = await exchange(server.port, request(server.port, 'POST /api/meetings', head, body));
  const { code, links } = JSON.parse(made.body.toString());
  return { code, links, key: links.console.split('#')[1] };
}

test('its meetings are in the database, and nothing of them in the folder', { skip }, async (t) => {
  const data = folder(t);
  const where = database('whole');
  const server = await serve(t, data, where);
  const { code, key } = await make(server);
  const console_ = await join(server.port, { as: 'console', meeting: code, key });
  assert.equal((await console_.send('meeting.start')).ok, true);
  console_.leave();
  assert.ok(Number(sql('whole', 'SELECT count(*) FROM runde.fact')) > 3);
  assert.deepEqual(
    readdirSync(data).filter((name) => name.startsWith('runde.db')),
    [],
  );
  assert.ok(run('list', '--data', data).said.includes(code), 'the server is asked');

  const other = folder(t);
  const { status, said } = run('list', '--data', other, '--journal', where);
  assert.equal(status, 75, said);
  assert.match(said, /another server uses the database/);

  assert.equal(await server.kill(), 0);
  const again = await serve(t, data, where);
  const back = await join(again.port, { as: 'console', meeting: code, key });
  assert.equal((await back.send('clock.pause')).ok, true);
  back.leave();
  await again.kill();
});

test('a meeting goes out, is erased and comes in without a server', { skip }, async (t) => {
  const data = folder(t);
  const where = database('moving');
  const elsewhere = database('elsewhere');
  const file = pathOf(data, 'meeting');
  const server = await serve(t, data, where);
  const { code } = await make(server);
  await server.kill();
  const there = ['--data', data, '--journal', where];
  assert.equal(run('export', code, file, ...there).status, 0);
  const check = run('check', '--listen', '127.0.0.1:0', ...there);
  assert.equal(check.status, 0, check.said);
  assert.match(check.said, /fsync off/);
  assert.match(check.said, /meetings: 1, unreadable: 0/);
  assert.equal(run('erase', code, ...there).status, 0);
  assert.equal(run('import', file, ...there).status, 16, 'it was erased here');
  for (const table of ['meeting', 'fact', 'text', 'command'])
    assert.equal(sql('moving', `SELECT count(*) FROM runde.${table}`), '0');

  const here = folder(t);
  assert.equal(run('import', file, '--data', here, '--journal', elsewhere).status, 0);
  assert.equal(run('import', file, '--data', here).status, 0, 'and into a file');
  assert.ok(existsSync(pathOf(here, 'runde.db')));
  assert.ok(run('list', '--data', here, '--journal', elsewhere).said.includes(code));
});

test('what is wrong is told in one line, which repeats no password', { skip }, (t) => {
  const data = folder(t);
  const file = pathOf(data, 'runde.ini');
  const secret = 'postgresql://runde:hemmelig@localhost/runde';
  writeFileSync(file, `journal = ${secret}\n`);
  for (const args of [
    ['--journal', secret],
    ['--config', file],
  ])
    for (const command of [['serve', '--listen', '127.0.0.1:0'], ['list'], ['check']]) {
      const { status, said } = run(...command, '--data', data, ...args);
      assert.equal(status, 64, said);
      assert.match(said, /password/);
      assert.doesNotMatch(said, /hemmelig/);
    }
  const cases = [
    ['mysql://x', 64, /is written like/],
    ['postgresql:///x?host=/nonexistent', 69, /No such file/],
    [database('bare').replace('bare?', 'nonesuch?'), 69, /"nonesuch" does not exist/],
  ];
  for (const [where, code, words] of cases) {
    const { status, said } = run('serve', '--data', data, '--journal', where);
    assert.equal(status, code, said);
    assert.match(said, words);
    assert.equal(said.trim().split('\n').length, 1, said);
  }
  const backup = run('backup', pathOf(data, 'x'), '--data', data, '--journal', 'service=runde');
  assert.equal(backup.status, 69);
  assert.match(backup.said, /pg_dump/);
});

test('a schema of a later release is refused; upgrade makes what is missing', { skip }, (t) => {
  const data = folder(t);
  const where = database('later');
  assert.equal(run('upgrade', '--journal', where).status, 0);
  assert.equal(run('upgrade', '--journal', where).status, 0, 'and again changes nothing');
  sql('later', 'UPDATE runde.version SET number = 99');
  for (const args of [['serve', '--data', data], ['list', '--data', data], ['upgrade']]) {
    const { status, said } = run(...args, '--journal', where);
    assert.equal(status, 65, said);
    assert.match(said, /newer version/);
  }
  assert.equal(run('upgrade').status, 64);
});

// tests/README.md, row 29: nothing is answered while the database is away, and then all is; screens
// are told of both, also who came meanwhile.
test('what is said while the database is away is answered when it is back', { skip }, async (t) => {
  const data = folder(t);
  const server = await serve(t, data, database('away'));
  const { code, links } = await make(server);
  const enter = (as) => join(server.port, { as, meeting: code, key: links[as].split('#')[1] });
  const is = (saving) => (frame) => frame.saving === saving;
  const console_ = await enter('console');
  const board = await enter('board');
  const phone = await join(server.port, { as: 'phone', meeting: code, name: 'Ana' });
  await Promise.all([console_, board, phone].map((it) => it.hear('snapshot')));
  control('halt');
  const answer = console_.send('meeting.start');
  for (let seconds = 0; seconds < 3; seconds++)
    await Promise.all([console_, board].map((it) => it.next(is(false))));
  const late = await enter('board');
  await late.next(is(false));
  assert.deepEqual(late.heard, [{ saving: false }]);
  for (const it of [console_, board, phone])
    assert.doesNotMatch(JSON.stringify(it.heard), /"re"|meeting\.started/);
  control('resume');
  assert.equal((await answer).ok, true);
  await late.hear('snapshot');
  await Promise.all([console_, board, late].map((it) => it.next(is(true))));
  assert.deepEqual(
    phone.heard.filter((frame) => 'saving' in frame),
    [],
  );
  assert.equal((await console_.send('clock.pause')).ok, true);
  assert.match(server.log(), /journal\.away/);
  assert.match(server.log(), /journal\.back/);
  for (const it of [console_, board, phone, late]) it.leave();
});
