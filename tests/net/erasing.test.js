/**
 * erasing.test.js -- a meeting whose days are over is nowhere: not in the folder's bytes, for nobody's
 * link, and not after a restart. tests/README.md, row 55.
 */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

const DAY = 86400000;

/** A server with a clock that can be moved, on a folder of its own. */
async function world(t, ...more) {
  const root = mkdtempSync(join(tmpdir(), 'runde-erasing-'));
  const data = join(root, 'data');
  const clock = join(root, 'clock');
  writeFileSync(clock, Buffer.alloc(8));
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none'];
  const run = () => start(rundePath, ['serve', ...args, '--test-clock', clock, ...more]);
  const w = { data, server: await run() };
  t.after(() => w.server.kill().then(() => rmSync(root, { recursive: true, force: true })));
  w.restart = async () => {
    await w.server.kill();
    w.server = await run();
  };
  w.later = (ms) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(ms));
    writeFileSync(clock, bytes, { flag: 'r+' });
  };
  w.get = async (path, key) => {
    const headers = key ? { Authorization: `Bearer ${key}` } : {};
    const { status, body } = await exchange(
      w.server.port,
      request(w.server.port, `GET ${path}`, headers),
    );
    return { status, body: body.toString() };
  };
  w.make = async () => {
    const body = '{"template":"runde"}';
    const made = await exchange(
      w.server.port,
      request(w.server.port, 'POST /api/meetings', { 'Content-Length': String(body.length) }, body),
    );
    const { code, links } = JSON.parse(made.body.toString());
    return { code, key: (role) => links[role].split('#')[1] };
  };
  return w;
}

/** Somebody who is connected: gives commands, and hears why the connection is closed. */
async function enter(w, hello) {
  const ws = await Ws.open(w.server.port);
  ws.text(JSON.stringify({ hello }));
  const hear = async (...names) => {
    for (;;) {
      const { payload } = (await ws.message()) ?? {};
      assert.ok(payload, `the connection ended before ${names}`);
      const frame = JSON.parse(payload.toString());
      if (names.some((name) => name in frame)) return frame;
    }
  };
  const { welcome, refused } = await hear('welcome', 'refused');
  if (welcome) await hear('snapshot');
  const order = async (what, with_ = {}) => {
    ws.text(JSON.stringify({ id: randomUUID(), do: what, with: with_ }));
    const answer = await hear('re');
    assert.ok(answer.ok, JSON.stringify(answer));
  };
  return { welcome, refused, order, hear };
}

const found = (data, secrets) =>
  readdirSync(data)
    .filter((name) => name.startsWith('runde.db'))
    .flatMap((name) => {
      const bytes = readFileSync(join(data, name));
      return secrets.filter((secret) => bytes.includes(secret)).map((secret) => [name, secret]);
    });

test(
  '55 nothing of a meeting is in the folder when its days are over',
  { skip: !hasRunde && 'there is no server' },
  async (t) => {
    const w = await world(t, '--rate', '0');
    const one = await w.make(),
      other = await w.make();
    const phone = await enter(w, { as: 'phone', meeting: one.code, name: 'Anastasia' });
    const lead = await enter(w, { as: 'console', meeting: one.code, key: one.key('console') });
    const beside = await enter(w, { as: 'phone', meeting: other.code, name: 'Bertram' });
    const elsewhere = { as: 'console', meeting: other.code, key: other.key('console') };
    await lead.order('meeting.start');
    await (await enter(w, elsewhere)).order('meeting.start');
    for (let i = 0; i < 40; i++) {
      await phone.order('contribution.add', { text: `Hemmelighed47 nummer ${i}` });
      await beside.order('contribution.add', { text: `Bliver23 nummer ${i}` });
    }
    await phone.order('note.save', { note: randomUUID(), text: 'Hemmelighed47 for mig selv' });
    await phone.order('contribution.add', { text: `Hemmelighed47 ${'lang '.repeat(100)}` });
    await lead.order('meeting.close');
    const { token } = phone.welcome;
    const hash = createHash('sha256').update(token).digest('hex');
    const secrets = ['Hemmelighed47', 'Anastasia', hash, one.code];
    assert.deepEqual(
      secrets.filter((secret) => !found(w.data, [secret]).length),
      [],
      'all of it is there',
    );

    w.later(30 * DAY - 3600000);
    await w.restart(); // The clock goes on while the server is away, too.
    assert.equal((await w.get(`/api/meetings/${one.code}`)).status, 200);
    const back = await enter(w, { as: 'phone', meeting: one.code, token });
    w.later(30 * DAY + 3600000);
    assert.equal((await back.hear('refused')).refused.code, 'erased');
    await becomes(() => found(w.data, secrets), []);
    assert.ok(found(w.data, ['Bliver23']).length, 'the other one is there');

    for (const again of [false, true]) {
      if (again) await w.restart();
      const gone = { status: 410, body: '{"code":"erased","field":null}' };
      assert.deepEqual(await w.get(`/api/meetings/${one.code}`), gone);
      assert.deepEqual(await w.get(`/api/meetings/${one.code}/minutes`, one.key('leader')), gone);
      const { refused } = await enter(w, { as: 'phone', meeting: one.code, token });
      assert.equal(refused.code, 'erased');
      assert.equal((await w.get(`/api/meetings/${other.code}`)).status, 200);
    }
  },
);

test(
  '55 how long meetings are kept is said where people come in, and by --keep-days',
  { skip: !hasRunde && 'there is no server' },
  async (t) => {
    const w = await world(t, '--keep-days', '3');
    const { code, key } = await w.make();
    const door = JSON.parse((await w.get(`/api/meetings/${code}/door`)).body);
    assert.equal(door.keep, 3);
    const lead = await enter(w, { as: 'console', meeting: code, key: key('console') });
    await lead.order('meeting.keep', { days: 0 });
    assert.equal(JSON.parse((await w.get(`/api/meetings/${code}`)).body).keep, 0);
    await lead.order('meeting.close');
    assert.equal((await lead.hear('refused')).refused.code, 'erased');
  },
);
