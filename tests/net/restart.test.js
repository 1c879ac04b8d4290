// restart.test.js -- the second after a start, in which meetings are read from the journal: who comes
// then waits or is told to come again, never that the meeting is not there, and has guessed nothing.
// What is damaged is named, and stops nothing else.
// tests/README.md, rows 58, 60 and 61.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { becomes } from '../support/soon.js';
import { hasRunde, rundePath } from './server.js';

const MEETINGS = 400;
/** More than may be guessed in a burst. */
const CALLERS = 120;

const serve = async (t, data, port) => {
  const server = await start(rundePath, [
    ...['serve', '--listen', `127.0.0.1:${port}`, '--data', data],
    ...['--rate', '0', '--meeting', 'none'],
  ]);
  t.after(() => server.kill());
  return server;
};

function folder(t) {
  const data = mkdtempSync(join(tmpdir(), 'runde-restart-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

const ask = (port, line, headers = {}, body = '') =>
  exchange(port, request(port, line, headers, body));

async function create(port, more = {}) {
  const body = JSON.stringify({ template: 'runde', ...more });
  const headers = { 'Content-Type': 'application/json', 'Content-Length': `${body.length}` };
  return JSON.parse((await ask(port, 'POST /api/meetings', headers, body)).body.toString());
}

/** The first frame after this hello, and how the connection was closed where it was. */
async function greet(port, hello) {
  const ws = await Ws.open(port);
  ws.text(JSON.stringify({ hello }));
  const frame = JSON.parse((await ws.message()).payload.toString());
  const status = frame.refused ? await ws.closing() : 0;
  ws.destroy();
  return { ...frame, status };
}

/** The same when the port does not take anybody yet, or not any more. */
const orNot = (promise) => promise.catch(() => null);

/** One caller of each kind; what each was told, as far as it was told anything. */
async function callers(port, { code, token, key }) {
  const bearer = (secret) => ({ Authorization: `Bearer ${secret}` });
  const [page, door, minutes, phone, lead, alive, ready] = await Promise.all([
    orNot(ask(port, `GET /m/${code}`)),
    orNot(ask(port, `GET /api/meetings/${code}/door`)),
    orNot(ask(port, `GET /api/meetings/${code}/minutes`, bearer(token))),
    orNot(greet(port, { as: 'phone', meeting: code, token })),
    orNot(greet(port, { as: 'console', meeting: code, key })),
    orNot(ask(port, 'GET /healthz')),
    orNot(ask(port, 'GET /readyz')),
  ]);
  return { page, door, minutes, phone, lead, alive, ready };
}

function comesIn({ welcome, refused, status }) {
  if (welcome) return;
  // Of two callers with one token the newer one has the seat.
  if (refused.code === 'replaced') return;
  assert.deepEqual([refused.code, status], ['busy', 1013]);
}

const saysNone = ({ body }) => /^<!--[^>]*no_such_meeting/.test(body.toString());

function isAnswered({ status, headers }, what) {
  if (status === 503) assert.ok(Number(headers.get('retry-after')) >= 1, `${what} is told when`);
  else assert.equal(status, 200, what);
}

test(
  'who comes while meetings are read is told to come again',
  {
    skip: !hasRunde && 'there is no server',
  },
  async (t) => {
    const data = folder(t);
    let server = await serve(t, data, 0);
    const { port } = server;
    for (let i = 0; i < MEETINGS; i += 20)
      await Promise.all(Array.from({ length: 20 }, () => create(port)));
    const { code, links } = await create(port); // It is read last.
    const key = links.console.split('#')[1];
    const hello = { as: 'phone', meeting: code, name: 'Ana', id: randomUUID() };
    const { token } = (await greet(port, hello)).welcome;
    await server.kill();

    let open = false;
    const starting = serve(t, data, port).then((it) => {
      open = true;
      return it;
    });
    const early = [];
    while (!open) early.push(await callers(port, { code, token, key }));
    server = await starting;
    const late = await Promise.all(
      Array.from({ length: CALLERS }, () => callers(port, { code, token, key })),
    );
    for (const { page, door, minutes, phone, lead, alive, ready } of [...early, ...late]) {
      if (page) assert.equal(page.status, 200);
      if (page) assert.ok(!saysNone(page), 'the page says that the meeting is not there');
      if (door) isAnswered(door, 'the door');
      if (minutes) isAnswered(minutes, 'the minutes');
      if (ready) isAnswered(ready, 'readyz');
      if (phone) comesIn(phone);
      if (lead) comesIn(lead);
      if (alive) assert.equal(alive.status, 200);
    }
    for (const { door, minutes, ready } of late)
      assert.deepEqual([door.status, minutes.status, ready.status], [200, 200, 200]);
    // Nobody has guessed: whoever does now has the whole of a burst.
    const none = await ask(port, 'GET /api/meetings/AAAA-AAAA');
    assert.equal(none.status, 404);
  },
);

test(
  'a meeting whose rows are damaged is named, and the others are served',
  { skip: !hasRunde && 'there is no server' },
  async (t) => {
    const data = folder(t);
    const first = await serve(t, data, 0);
    const bad = await create(first.port, { title: 'Broken' });
    const good = await create(first.port, { title: 'Whole' });
    await first.kill();
    const file = join(data, 'runde.db');
    const bytes = readFileSync(file);
    const at = bytes.indexOf('"title":"Broken"');
    assert.ok(at > 0, 'it is in the file');
    for (let i = at; i >= 0; i = bytes.indexOf('"title":"Broken"', i + 1)) bytes[i] = 0x21;
    writeFileSync(file, bytes);

    const server = await serve(t, data, 0);
    await becomes(() => server.log().includes(`meeting.unreadable meeting=${bad.code}`), true);
    const door = await ask(server.port, `GET /api/meetings/${bad.code}/door`);
    assert.deepEqual([door.status, JSON.parse(door.body).code], [500, 'damaged']);
    const hello = { as: 'console', meeting: bad.code, key: bad.links.console.split('#')[1] };
    const { refused, status } = await greet(server.port, hello);
    assert.deepEqual([refused.code, status], ['damaged', 1008]);
    assert.equal((await ask(server.port, `GET /api/meetings/${good.code}/door`)).status, 200);
    const ready = await ask(server.port, 'GET /readyz');
    assert.deepEqual([ready.status, `${ready.body}`], [200, 'ready\ndamaged 1\n']);
    assert.equal((await create(server.port)).code.length, 9);
  },
);

test(
  'who has a good token comes in while another at the address guesses',
  {
    skip: !hasRunde && 'there is no server',
  },
  async (t) => {
    const data = folder(t);
    const server = await serve(t, data, 0);
    const { port } = server;
    const { code, links } = await create(port);
    const key = links.console.split('#')[1];
    const hello = { as: 'phone', meeting: code, name: 'Ana', id: randomUUID() };
    const { token } = (await greet(port, hello)).welcome;
    const statuses = [];
    for (let i = 0; i < CALLERS; i++)
      statuses.push((await ask(port, 'GET /api/meetings/AAAA-AAAA')).status);
    assert.equal(statuses[0], 404);
    assert.equal(statuses.at(-1), 429);

    const bearer = { Authorization: `Bearer ${token}` };
    assert.equal((await ask(port, `GET /api/meetings/${code}/minutes`, bearer)).status, 200);
    assert.ok((await greet(port, { as: 'phone', meeting: code, token })).welcome);
    assert.ok((await greet(port, { as: 'console', meeting: code, key })).welcome);
    for (const meeting of [code, 'AAAA-AAAA']) {
      const { refused, status } = await greet(port, { as: 'phone', meeting, name: 'Bo' });
      assert.deepEqual([refused.code, status], ['too_fast', 1013]);
      assert.ok(refused.wait > 0);
    }
    assert.equal((await ask(port, `GET /m/${code}`)).status, 200);
  },
);
