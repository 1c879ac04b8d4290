/**
 * moving.test.js -- a meeting goes from one server to another as a file, with its links and its phones'
 * seats; what is no such file, or not all of one, leaves nothing; and the other commands for whoever
 * runs the server, while it runs and while it does not.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';

function folders(t) {
  const root = mkdtempSync(join(tmpdir(), 'runde-moving-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const data = (name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  };
  return { root, data, file: (name) => join(root, name) };
}

async function serve(t, data) {
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'];
  const server = await start(rundePath, ['serve', ...args]);
  t.after(() => server.kill());
  return server;
}

/** A command of the operator's. */
const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(rundePath, args, { encoding: 'utf8' });
  return { status, stdout, stderr };
};

const good = (...args) => {
  const it = run(...args);
  assert.equal(it.status, 0, it.stderr);
  return it.stdout;
};

async function make(server) {
  const body = '{"template":"runde"}';
  const head = { 'Content-Length': String(body.length) };
  const made = await exchange(server.port, request(server.port, 'POST /api/meetings', head, body));
  const { code, links } = JSON.parse(made.body.toString());
  return { code, key: (role) => links[role].split('#')[1] };
}

async function enter(server, hello) {
  const ws = await Ws.open(server.port);
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
  const { snapshot } = welcome ? await hear('snapshot') : {};
  const order = async (what, with_ = {}, id = randomUUID()) => {
    ws.text(JSON.stringify({ id, do: what, with: with_ }));
    return hear('re');
  };
  return { welcome, refused, snapshot, order, hear };
}

/** A meeting that has been through something, and who was in it. */
async function held(server) {
  const { code, key } = await make(server);
  const lead = await enter(server, { as: 'console', meeting: code, key: key('console') });
  const phone = await enter(server, { as: 'phone', meeting: code, name: 'Ana', id: randomUUID() });
  const sent = randomUUID();
  await lead.order('meeting.start');
  const first = await phone.order('contribution.add', { text: 'Flere "voksne" ude 🙂' }, sent);
  await phone.order('note.save', { note: randomUUID(), text: 'Kun min' });
  await lead.order('part.next');
  await lead.order('undo');
  return { code, key, token: phone.welcome.token, sent, first };
}

test('a meeting goes on at another server, and a phone has its seat there', { skip }, async (t) => {
  const { data, file } = folders(t);
  const [here, there] = [data('here'), data('there')];
  const one = await serve(t, here);
  const { code, key, token, sent, first } = await held(one);
  good('export', code, file('meeting'), '--data', here);
  assert.equal(
    run('export', code, file('meeting'), '--data', here).status,
    73,
    'never over a file',
  );
  assert.ok(!readFileSync(file('meeting')).includes(token));
  assert.ok(!readFileSync(file('meeting')).includes(key('console')));

  const other = await serve(t, there);
  assert.equal(good('import', file('meeting'), '--data', there), `${code}\n`);
  assert.equal(run('import', file('meeting'), '--data', there).status, 15);
  await becomes(async () => {
    const back = await enter(other, { as: 'phone', meeting: code, token });
    return [back.welcome?.seat, back.snapshot?.notes[0].text, back.snapshot?.contributions[0].text];
  }, [1, 'Kun min', 'Flere "voksne" ude 🙂']);
  const phone = await enter(other, { as: 'phone', meeting: code, token });
  assert.deepEqual(await phone.order('contribution.add', { text: 'igen' }, sent), first, 'known');
  const lead = await enter(other, { as: 'console', meeting: code, key: key('console') });
  assert.equal((await lead.order('clock.pause')).ok, true);

  // Out of the other's folder it is the same file but for what came since, and it may be taken back.
  await other.kill();
  good('export', code, file('again'), '--data', there);
  const lines = (name) => readFileSync(file(name), 'utf8').split('\n').slice(1, -2);
  assert.deepEqual(lines('again').slice(0, lines('meeting').length), lines('meeting'));
  assert.ok(lines('again').length > lines('meeting').length);
});

/** The file with another end, so that its sum is right. */
function sealed(lines) {
  const whole = lines.map((line) => `${line}\n`).join('');
  const sum = createHash('sha256').update(whole).digest('hex');
  return `${whole}{"end":${lines.length - 1},"sum":"${sum}"}\n`;
}

test('what is not such a file, or not all of it, leaves nothing', { skip }, async (t) => {
  const { data, file } = folders(t);
  const [here, there] = [data('here'), data('there')];
  const one = await serve(t, here);
  const { code } = await held(one);
  good('export', code, file('meeting'), '--data', here);
  const text = readFileSync(file('meeting'), 'utf8');
  const lines = text.split('\n').slice(0, -2);
  const added = lines.findIndex((line) => line.includes('"contribution.added"'));
  const withLine = (i, line) => sealed(lines.map((each, k) => (k === i ? line : each)));
  const hostile = {
    nothing: [10, ''],
    'a picture': [10, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0])],
    'another JSON': [10, '{"title":"Runde"}\n'],
    'of a newer version': [11, text.replace('"version":1,', '"version":2,"more":true,')],
    'cut in its head': [12, text.slice(0, 30)],
    'cut in half': [12, text.slice(0, text.length / 2)],
    'cut at a line': [12, `${lines.slice(0, -2).join('\n')}\n`],
    'cut by its last byte': [12, text.slice(0, -1)],
    'a word is another': [13, text.replace('voksne', 'voksen')],
    'a line is missing': [13, sealed(lines.filter((_, i) => i !== added))],
    'a field more': [13, withLine(added, lines[added].replace('"at"', '"more":1,"at"'))],
    'two lines turned round': [
      13,
      sealed([...lines.slice(0, -2), lines[lines.length - 1], lines[lines.length - 2]]),
    ],
    'an unknown fact': [
      14,
      withLine(added, lines[added].replace('"contribution.added"', '"contribution.sung"')),
    ],
    'a field of a fact that is not': [
      14,
      withLine(added, lines[added].replace('"fact":{', '"fact":{"mood":true,')),
    ],
    'facts that contradict each other': [
      14,
      withLine(added, lines[added].replace('"contribution.added"', '"note.removed"')),
    ],
    'without its beginning': [
      14,
      sealed([
        lines[0].replace(/"facts":\d+/, '"facts":1'),
        lines[1].replace('"meeting.created"', '"meeting.closed"'),
      ]),
    ],
  };
  for (const running of [false, true]) {
    if (running) await serve(t, there);
    for (const [name, [status, bytes]] of Object.entries(hostile)) {
      writeFileSync(file('hostile'), bytes);
      const it = run('import', file('hostile'), '--data', there);
      if (name === 'without its beginning') assert.ok([13, 14].includes(it.status), name);
      else assert.equal(it.status, status, `${name}: ${it.stderr}`);
      assert.equal(it.stderr.trim().split('\n').length, 1, `${name}: ${it.stderr}`);
    }
    assert.equal(good('list', '--data', there).trim().split('\n').length, 1, 'no meeting');
  }
  good('import', file('meeting'), '--data', there);
  assert.match(good('list', '--data', there), new RegExp(`^${code}  running `, 'm'));
});

test('a meeting is erased at once, and its file is not taken in again', { skip }, async (t) => {
  const { data, file } = folders(t);
  const here = data('here');
  const server = await serve(t, here);
  const one = await held(server),
    two = await held(server);
  const lead = await enter(server, { as: 'console', meeting: one.code, key: one.key('console') });
  good('export', one.code, file('one'), '--data', here);
  good('erase', one.code, '--data', here);
  assert.equal((await lead.hear('refused')).refused.code, 'erased');
  assert.equal(run('erase', one.code, '--data', here).status, 66);
  assert.equal(run('erase', 'ABCD-2345', '--data', here).status, 66);
  assert.equal(run('erase', 'no code', '--data', here).status, 64);
  assert.equal(run('import', file('one'), '--data', here).status, 16);
  const listed = () => good('list', '--data', here);
  assert.doesNotMatch(listed(), new RegExp(one.code));
  assert.match(listed(), new RegExp(two.code));
  await server.kill();
  good('erase', two.code, '--data', here);
  assert.equal(listed().trim().split('\n').length, 1);
  const bytes = readdirSync(here)
    .filter((name) => name.startsWith('runde.db'))
    .map((name) => readFileSync(join(here, name)));
  assert.ok(bytes.length > 0 && !bytes.some((each) => each.includes('voksne')));
});

test('a backup is whole while people write', { skip }, async (t) => {
  const { data, file } = folders(t);
  const here = data('here');
  const server = await serve(t, here);
  const { code, token } = await held(server);
  const phone = await enter(server, { as: 'phone', meeting: code, token });
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; i++) await phone.order('contribution.add', { text: `nummer ${i}` });
  })();
  good('backup', file('copy.db'), '--data', here);
  writing = false;
  await writer;
  assert.equal(run('backup', file('copy.db'), '--data', here).status, 73, 'never over a file');
  const there = data('there');
  writeFileSync(join(there, 'runde.db'), readFileSync(file('copy.db')));
  assert.match(good('check', '--data', there), /meetings: 1, unreadable: 0/);
});
