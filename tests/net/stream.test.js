/**
 * stream.test.js -- where WebSocket is blocked: the same frames by server-sent events and requests,
 * with the same guards and limits.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, Raw, request } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { until } from '../support/soon.js';
import { join as joinBySocket, joinByStream as join } from './client.js';
import { hasRunde, runde } from './server.js';

describe('streams', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys;
  const ask = (line, headers = {}, body = '') =>
    exchange(
      server.port,
      request(
        server.port,
        line,
        {
          ...headers,
          ...(line.startsWith('POST') && { 'Content-Length': String(Buffer.byteLength(body)) }),
        },
        body,
      ),
    );
  const open = async (hello) => {
    const { status, body } = await ask('POST /stream', {}, JSON.stringify({ hello }));
    return { status, secret: status === 200 && JSON.parse(body.toString()).stream };
  };
  const console_ = () => ({ as: 'console', meeting: code, key: keys.console });

  before(async () => {
    server = await runde();
    const agenda = {
      locale: 'da',
      title: 'Runde',
      items: [{ no: 1, title: 'Runde', minutes: 10, parts: [{ id: 'a', method: 'turns' }] }],
    };
    const made = await ask('POST /api/meetings', {}, JSON.stringify({ agenda }));
    const answer = JSON.parse(made.body.toString());
    code = answer.code;
    keys = Object.fromEntries(
      Object.entries(answer.links).map(([role, link]) => [role, link.split('#')[1]]),
    );
  });
  after(() => server?.kill('SIGKILL'));

  test('a meeting goes by streams as it does by sockets', async () => {
    const leader = join(server.port, console_());
    await leader.hear('snapshot');
    const mette = join(server.port, { as: 'phone', meeting: code, name: 'Mette' });
    await mette.hear('snapshot');
    const bo = await joinBySocket(server.port, { as: 'phone', meeting: code, name: 'Bo' });
    await bo.hear('snapshot');
    assert.equal((await leader.send('meeting.start')).ok, true);
    await mette.fact('meeting.started');
    const [first, second] = await Promise.all([
      mette.send('contribution.add', { text: 'Flere voksne ude – æøå 🙂' }),
      mette.send('contribution.add', { text: 'To linjer\nher' }),
    ]);
    assert.ok(first.ok && second.ok && first.seq < second.seq, 'in the order they were said');
    await leader.fact('contribution.added');
    const facts = leader.heard.flatMap((frame) => frame.facts ?? []);
    const texts = facts.filter(({ fact }) => fact === 'contribution.added').map(({ text }) => text);
    assert.deepEqual(texts, ['Flere voksne ude – æøå 🙂', 'To linjer\nher']);
    assert.equal((await mette.send('meeting.close')).code, 'forbidden');
    mette.say({ clock: { sent: 1 } });
    await mette.hear('clock');
    const presence = () => leader.heard.findLast((frame) => frame.presence)?.presence.connected;
    await until(() => presence()?.length === 2);
    mette.socket.close();
    await until(() => presence()?.length === 1);
    leader.socket.close();
    bo.leave();
  });

  test('whoever is refused hears why, and that it closes', async () => {
    const wrong = join(server.port, { as: 'console', meeting: code, key: 'x'.repeat(43) });
    assert.equal((await wrong.hear('refused')).refused.code, 'wrong_key');
    await wrong.closed();
    const mute = join(server.port, { as: 'king' });
    assert.ok((await mute.hear('refused')).refused.code);
    await mute.closed();
  });

  test('a code below /ws and /stream is for balancers: the hello says which meeting it is', async () => {
    for (const below of ['K7QM-4XPR', code, code.toLowerCase().replace('-', '')]) {
      const ws = await Ws.open(server.port, {}, `GET /ws/${below}`);
      ws.text(JSON.stringify({ hello: console_() }));
      assert.match((await ws.message()).payload.toString(), /^\{"welcome":/);
      const snapshot = JSON.parse((await ws.message()).payload.toString()).snapshot;
      assert.equal(snapshot.meeting.code, code);
      ws.destroy();
      const body = JSON.stringify({ hello: console_() });
      const opened = await ask(`POST /stream/${below}`, {}, body);
      assert.equal(opened.status, 200);
      const Authorization = `Bearer ${JSON.parse(opened.body.toString()).stream}`;
      const hears = await Raw.connect(server.port);
      hears.send(request(server.port, `GET /stream/${below}`, { Authorization }));
      await until(() => hears.got.includes(`"code":"${code}"`));
      hears.destroy();
    }
    for (const below of ['', 'x', `${code}/`, `${code}x`]) {
      assert.equal((await ask(`POST /stream/${below}`, {}, '{}')).status, 405, below);
      assert.equal((await ask(`GET /stream/${below}`)).status, 404, below);
    }
  });

  test('its secret alone opens a stream, once, and nothing else does', async () => {
    const { secret } = await open(console_());
    assert.match(secret, /^[A-Za-z0-9_-]{43}$/);
    for (const bearer of ['x', 'x'.repeat(43), 'x'.repeat(900), keys.console]) {
      const headers = { Authorization: `Bearer ${bearer}` };
      assert.equal((await ask('GET /stream', headers)).status, 404);
      assert.equal((await ask('POST /stream', headers, '{}')).status, 404);
    }
    assert.equal((await ask('GET /stream')).status, 404);
    assert.equal((await ask(`GET /stream?stream=${secret}`)).status, 404, 'not by its address');
    const Authorization = `Bearer ${secret}`;
    assert.equal((await ask('HEAD /stream', { Authorization })).status, 405);
    const first = await Raw.connect(server.port);
    first.send(request(server.port, 'GET /stream', { Authorization }));
    await until(() => first.got.includes('"snapshot"'));
    assert.match(first.got.toString(), /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(first.got.toString(), /\r\nContent-Type: text\/event-stream\r\n/);
    assert.match(first.got.toString(), /\r\nCache-Control: no-store\r\n/);
    assert.equal((await ask('GET /stream', { Authorization })).status, 404, 'one listens');
    first.destroy();
    const gone = async () => (await ask('POST /stream', { Authorization }, '{}')).status === 404;
    await until(gone);
  });

  test('a page of another place opens none and says nothing', async () => {
    const Origin = 'https://evil.example';
    const hello = JSON.stringify({ hello: console_() });
    assert.equal((await ask('POST /stream', { Origin }, hello)).status, 403);
    const { secret } = await open(console_());
    const Authorization = `Bearer ${secret}`;
    assert.equal((await ask('POST /stream', { Origin, Authorization }, '{}')).status, 403);
    assert.equal((await ask('GET /stream', { Origin, Authorization })).status, 403);
  });

  test('what is too long, or no text, closes it; several frames go in one request', async () => {
    for (const [body, status] of [
      ['x'.repeat(70000), 1009],
      [Buffer.from([0xff, 0xfe]), 1007],
    ]) {
      const { secret } = await open(console_());
      const Authorization = `Bearer ${secret}`;
      const raw = await Raw.connect(server.port);
      raw.send(request(server.port, 'GET /stream', { Authorization }));
      await until(() => raw.got.includes('"snapshot"'));
      await ask('POST /stream', { Authorization }, body);
      await until(() => raw.got.includes(`event: close\ndata: ${status}\n\n`));
    }
    const { secret } = await open(console_());
    const Authorization = `Bearer ${secret}`;
    const raw = await Raw.connect(server.port);
    raw.send(request(server.port, 'GET /stream', { Authorization }));
    const clocks = [1, 2].map((sent) => JSON.stringify({ clock: { sent } })).join('\n\n');
    assert.equal((await ask('POST /stream', { Authorization }, clocks)).status, 204);
    await until(() => raw.got.toString().match(/"sent":[12]\b/g)?.length === 2);
    raw.destroy();
  });

  test('no more than 256 wait for a listener, and none of them longer than ten seconds', async () => {
    const opened = [];
    for (let i = 0; i < 300; i++) opened.push((await open(console_())).status);
    assert.ok(opened.includes(503));
    assert.ok(opened.filter((status) => status === 200).length <= 256);
    await until(async () => (await open(console_())).status === 200);
  });

  test('when the server stops they are told to come again', async () => {
    const one = join(server.port, console_());
    await one.hear('snapshot');
    const stopped = server.kill('SIGTERM');
    await one.closed();
    assert.equal(await stopped, 0);
  });
});
