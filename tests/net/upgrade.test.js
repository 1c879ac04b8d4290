/**
 * upgrade.test.js -- who becomes a WebSocket, and who does not (RFC 6455, section 4.2):
 * tests/README.md, rows 32, 33, 34, 35 and 41.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request, upgrade } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { echo, hasRunde, runde } from './server.js';

/** @typedef {import("../support/rawhttp.js").Server} Server */

/** @param {() => Promise<Server>} open */
function upgrades(open) {
  /** @type {Server} */
  let server;
  before(async () => {
    server = await open();
  });
  after(() => server.kill());
  const refused = (name, status, headers, line) =>
    test(name, async () => {
      const answer = await exchange(server.port, upgrade(server.port, headers, line));
      assert.equal(answer.status, status);
      assert.doesNotMatch(answer.text, /Sec-WebSocket-Accept/i);
    });

  test('4.2.2 a good handshake is answered by the book', async () => {
    const ws = await Ws.open(server.port);
    assert.match(ws.head, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/i);
    assert.match(ws.head, /Sec-WebSocket-Protocol: runde\.v1/i);
    assert.match(ws.head, /Upgrade: websocket/i);
    assert.doesNotMatch(ws.head, /Sec-WebSocket-Extensions/i);
    ws.destroy();
  });
  test('9.1 permessage-deflate is not taken up', async () => {
    const ws = await Ws.open(server.port, {
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
    });
    assert.doesNotMatch(ws.head, /Sec-WebSocket-Extensions/i);
    ws.destroy();
  });
  test('4.2.1 Connection may list more, in any case', async () => {
    const ws = await Ws.open(server.port, {
      Connection: 'keep-alive, uPGRADE',
      Upgrade: 'WebSocket',
    });
    ws.destroy();
  });
  test('4.2.1 several subprotocols are offered, ours is taken', async () => {
    const ws = await Ws.open(server.port, { 'Sec-WebSocket-Protocol': 'chat, runde.v1' });
    assert.match(ws.head, /Sec-WebSocket-Protocol: runde\.v1/i);
    ws.destroy();
  });
  refused('32 no Origin is 403', 403, { Origin: null });
  refused('32 foreign Origin is 403', 403, { Origin: 'https://evil.example' });
  refused('32 Origin null is 403', 403, { Origin: 'null' });
  refused('32 empty Origin is 403', 403, { Origin: '' });
  test('32 our name with another port is 403', async () => {
    const origin = `http://127.0.0.1:${server.port + 1}`;
    assert.equal(
      (await exchange(server.port, upgrade(server.port, { Origin: origin }))).status,
      403,
    );
  });
  test('32 two Origins are 403', async () => {
    const own = `http://127.0.0.1:${server.port}`;
    assert.equal(
      (await exchange(server.port, upgrade(server.port, { Origin: [own, own] }))).status,
      403,
    );
  });
  test('32 a name that only begins like ours is 403', async () => {
    const origin = `http://127.0.0.1:${server.port}.evil.example`;
    assert.equal(
      (await exchange(server.port, upgrade(server.port, { Origin: origin }))).status,
      403,
    );
  });
  test('32 https with our name is ours as well', async () => {
    const ws = await Ws.open(server.port, { Origin: `https://localhost:${server.port}` });
    ws.destroy();
  });
  refused('33 no subprotocol is 400', 400, { 'Sec-WebSocket-Protocol': null });
  refused('33 unknown subprotocol is 400', 400, { 'Sec-WebSocket-Protocol': 'chat' });
  refused('33 subprotocol in another case is 400', 400, { 'Sec-WebSocket-Protocol': 'Runde.V1' });
  refused("33 the server's inner protocol is 400", 400, { 'Sec-WebSocket-Protocol': 'none' });
  test('33 the inner protocol before ours opens nothing', async () => {
    const answer = await exchange(
      server.port,
      upgrade(server.port, { 'Sec-WebSocket-Protocol': 'none, runde.v1' }),
    );
    assert.notEqual(answer.status, 101);
  });
  refused('33 an endless list of subprotocols is 400', 400, {
    'Sec-WebSocket-Protocol': `${'x,'.repeat(400)}runde.v1`,
  });
  for (const version of ['12', '8', '0', '14', '013', '13x', '-13', ''])
    refused(`33 version ${JSON.stringify(version)} is 426`, 426, {
      'Sec-WebSocket-Version': version,
    });
  refused('33 no version is 426', 426, { 'Sec-WebSocket-Version': null });
  refused('33 two versions are 426', 426, { 'Sec-WebSocket-Version': ['13', '13'] });
  test('33 the refusal names the version that there is', async () => {
    const answer = await exchange(
      server.port,
      upgrade(server.port, { 'Sec-WebSocket-Version': '12' }),
    );
    assert.equal(answer.headers.get('sec-websocket-version'), '13');
  });
  for (const key of [
    '',
    'x',
    'dGhlIHNhbXBsZSBub25jZQ=',
    'dGhlIHNhbXBsZSBub25jZQ==A',
    '!GhlIHNhbXBsZSBub25jZQ==',
    'x'.repeat(300),
  ])
    refused(`4.2.1 key ${JSON.stringify(key.slice(0, 30))} is 400`, 400, {
      'Sec-WebSocket-Key': key,
    });
  refused('4.2.1 no key is 400', 400, { 'Sec-WebSocket-Key': null });
  refused('4.2.1 no Connection is 400', 400, { Connection: null });
  refused('4.2.1 Connection without upgrade is 400', 400, { Connection: 'keep-alive' });
  refused('4.2.1 another path is 404', 404, {}, 'GET /wsx');
  for (const below of [
    ...['', '1', 'K7QM-4XP', 'K7QM-4XPRS', 'K7QM--4XPR', 'K7QM-4XPR/', 'K7QM-4XPR/x'],
    ...['K7QM-4XP0', 'K7QM%204XPR', '(K7QM4XPR', 'm/K7QM-4XPR', 'x'.repeat(400)],
  ])
    refused(`4.2.1 ${below.slice(0, 12) || 'nothing'} below is 404`, 404, {}, `GET /ws/${below}`);
  refused('4.2.1 a code below anything else is 404', 404, {}, 'GET /wsx/K7QM-4XPR');
  for (const below of ['K7QM-4XPR', 'k7qm-4xpr', 'K7qM4xPR', 'K7QM%2D4XPR'])
    test(`/ws/${below} is /ws`, async () => {
      const ws = await Ws.open(server.port, {}, `GET /ws/${below}`);
      ws.destroy();
    });
  refused('4.2.1 POST is 405', 405, { 'Content-Length': '0' }, 'POST /ws');
  refused('34 an upgrade with a body is 400', 400, { 'Content-Length': '4' });
  refused('34 an upgrade with transfer-encoding is 400', 400, { 'Transfer-Encoding': 'chunked' });
  refused('35 an upgrade with a foreign Host is 421', 421, { Host: 'evil.example' });
  refused('35 an upgrade without Host is 400', 400, { Host: null });
  test('4.2.1 HTTP/1.0 is 400', async () => {
    const text = upgrade(server.port).replace('HTTP/1.1', 'HTTP/1.0');
    assert.equal((await exchange(server.port, text)).status, 400);
  });
  test('/ws without upgrade is 404', async () => {
    const text = upgrade(server.port, { Upgrade: null });
    assert.equal((await exchange(server.port, text)).status, 404);
  });
}

describe('net alone', () => upgrades(() => echo()));
describe('the real server', { skip: !hasRunde && 'there is no server' }, () =>
  upgrades(() => runde()),
);

test('41 after sixty failed hellos an address waits, and is told how long', async () => {
  const server = await echo();
  for (let i = 0; i < 60; i++) {
    const ws = await Ws.open(server.port);
    ws.text('fail');
    assert.equal(await ws.closing(), 1008);
  }
  const answer = await exchange(server.port, request(server.port, 'GET /api/echo'));
  assert.equal(answer.status, 429);
  const seconds = Number(answer.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 3, `told to wait ${seconds} s`);
  const one = await Ws.open(server.port);
  one.text('fail');
  assert.equal(await one.closing(), 1013);
  const known = await Ws.open(server.port);
  known.text('good');
  assert.equal((await known.message()).payload.toString(), 'good');
  known.destroy();
  assert.equal(
    (await exchange(server.port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`))
      .status,
    200,
  );
  await server.kill();
});

test('41 connections opened beforehand are held to it too', async () => {
  const server = await echo();
  const all = await Promise.all(Array.from({ length: 80 }, () => Ws.open(server.port)));
  const statuses = [];
  for (const ws of all) {
    ws.text('fail');
    statuses.push(await ws.closing());
  }
  assert.equal(statuses.filter((status) => status === 1008).length, 60);
  assert.equal(statuses.filter((status) => status === 1013).length, 20);
  await server.kill();
});

test('41 three hundred phones behind one address all come in', async () => {
  const server = await echo();
  const all = await Promise.all(Array.from({ length: 300 }, () => Ws.open(server.port)));
  for (const ws of all) ws.text('hej');
  for (const ws of all) assert.equal((await ws.message()).payload.toString(), 'hej');
  all.forEach((ws) => ws.destroy());
  await server.kill();
});
