/**
 * http_guards.test.js -- requests that a good client never sends: tests/README.md, rows 32, 34, 35,
 * 39 and 42.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Raw, exchange, request, start, wait } from '../support/rawhttp.js';
import { echo, hasRunde, runde } from './server.js';

/** @typedef {import("../support/rawhttp.js").Server} Server */

/** Cases that hold whatever stands behind net. @param {() => Promise<Server>} open */
function guards(open) {
  /** @type {Server} */
  let server;
  before(async () => {
    server = await open();
  });
  after(() => server.kill());
  const ask = (...args) => exchange(server.port, request(server.port, ...args));
  const refused = (name, status, ...args) =>
    test(name, async () => {
      const answer = await ask(...args);
      assert.equal(answer.status, status);
      assert.equal(answer.answers, 1);
    });
  const chunked = '5\r\nhello\r\n0\r\n\r\n';

  refused(
    '34 chunked body is 400',
    400,
    'POST /api/x',
    { 'Transfer-Encoding': 'chunked' },
    chunked,
  );
  refused(
    '34 chunked with a length is 400',
    400,
    'POST /api/x',
    { 'Transfer-Encoding': 'chunked', 'Content-Length': '5' },
    chunked,
  );
  refused('34 transfer-encoding identity is 400', 400, 'GET /', {
    'Transfer-Encoding': 'identity',
  });
  refused('34 empty transfer-encoding is 400', 400, 'GET /', { 'Transfer-Encoding': '' });
  refused('34 transfer-encoding with a blank before the colon is 400', 400, 'GET /', {
    'Transfer-Encoding ': 'chunked',
  });
  refused('34 obfuscated transfer-encoding is 400', 400, 'POST /api/x', {
    'Transfer-Encoding': 'xchunked',
    'Content-Length': '0',
  });
  refused('34 negative length is 400', 400, 'POST /api/x', { 'Content-Length': '-1' });
  refused('34 signed length is 400', 400, 'POST /api/x', { 'Content-Length': '+3' }, 'abc');
  refused('34 hexadecimal length is 400', 400, 'POST /api/x', { 'Content-Length': '0x3' }, 'abc');
  refused('34 length with a comma is 400', 400, 'POST /api/x', { 'Content-Length': '3, 3' }, 'abc');
  refused('34 two lengths are 400', 400, 'POST /api/x', { 'Content-Length': ['3', '3'] }, 'abc');
  refused(
    '34 two different lengths are 400',
    400,
    'POST /api/x',
    { 'Content-Length': ['3', '30'] },
    'abc',
  );
  refused(
    '34 a second, empty length is 400',
    400,
    'POST /api/x',
    { 'Content-Length': ['3', ''] },
    'abc',
  );
  refused('34 length beyond 64 bits is 400', 400, 'POST /api/x', {
    'Content-Length': '99999999999999999999999',
  });
  refused('34 a GET with a body is 400', 400, 'GET /', { 'Content-Length': '3' }, 'abc');
  refused('34 a POST without length is 411', 411, 'POST /api/x');

  test('34 a smuggled second request gets no answer', async () => {
    const inner = request(server.port, 'GET /healthz');
    const answer = await exchange(
      server.port,
      request(server.port, 'POST /api/x', { 'Content-Length': '0' }, inner),
    );
    assert.ok(answer.answers <= 1);
  });
  test('34 pipelined requests get one answer', async () => {
    const one = request(server.port, 'GET /healthz');
    const answer = await exchange(server.port, one + one + one);
    assert.equal(answer.answers, 1);
    assert.equal(answer.status, 200);
  });
  test('34 keep-alive is not granted', async () => {
    const answer = await ask('GET /healthz', { Connection: 'keep-alive' });
    assert.equal(answer.headers.get('connection'), 'close');
  });

  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    refused(`35 ${method} is 405`, 405, `${method} /`);
  refused('35 POST to a page is 405', 405, 'POST /', { 'Content-Length': '0' });
  for (const method of ['TRACE', 'PROPFIND', 'CONNECT', 'G\u0001T'])
    test(`35 ${JSON.stringify(method)} gets nothing done`, async () => {
      const answer = await ask(`${method} /healthz`);
      assert.ok(answer.status === 0 || answer.status >= 400);
    });
  test('35 CONNECT opens no tunnel', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(
      `CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\nSSH-2.0-x\r\n`,
    );
    await raw.end();
    assert.doesNotMatch(raw.got.toString(), /200|SSH/);
  });

  refused('35 no Host is 400', 400, 'GET /', { Host: null });
  test('35 two Hosts are 400', async () => {
    const own = `127.0.0.1:${server.port}`;
    assert.equal((await ask('GET /', { Host: [own, own] })).status, 400);
  });
  for (const host of [
    'evil.example',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
    '127.0.0.2',
    '127.0.0.1:0x50',
    '',
    '[::1',
    'user@127.0.0.1',
  ])
    test(`35 Host ${JSON.stringify(host)} is not ours`, async () => {
      const answer = await ask('GET /', { Host: host });
      assert.ok([400, 421].includes(answer.status), `got ${answer.status}`);
    });
  test('35 Host with a foreign name and our port is 421', async () => {
    assert.equal((await ask('GET /', { Host: `evil.example:${server.port}` })).status, 421);
  });
  for (const host of ['localhost', 'LOCALHOST', '127.0.0.1'])
    test(`35 Host ${host} with our port is ours`, async () => {
      assert.equal((await ask('GET /healthz', { Host: `${host}:${server.port}` })).status, 200);
    });
  refused(
    '32 POST from a foreign page is 403',
    403,
    'POST /api/meetings',
    { Origin: 'https://evil.example', 'Content-Length': '2' },
    '{}',
  );
  refused(
    '32 POST from an unnamed page is 403',
    403,
    'POST /api/meetings',
    { Origin: 'null', 'Content-Length': '2' },
    '{}',
  );

  test('34 clear-text HTTP/2 by upgrade is refused', async () => {
    const answer = await ask('GET /healthz', {
      Connection: 'Upgrade, HTTP2-Settings',
      Upgrade: 'h2c',
      'HTTP2-Settings': 'AAMAAABkAARAAAAAAAIAAAAA',
    });
    assert.ok(answer.status >= 400, `got ${answer.status}`);
    assert.doesNotMatch(answer.text, / 101 /);
  });
  test('34 the preface of HTTP/2 is no request', async () => {
    const answer = await exchange(server.port, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    assert.ok(answer.status === 0 || answer.status >= 400);
  });
  test('34 an unknown upgrade is refused', async () => {
    const answer = await ask('GET /', { Connection: 'Upgrade', Upgrade: 'foo' });
    assert.ok(answer.status === 0 || answer.status >= 400, `got ${answer.status}`);
  });
  test('39 a header that never ends is cut off', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX: `);
    raw.send('x'.repeat(20000));
    assert.notEqual(await raw.status(), 200);
  });
  test('39 a thousand headers are cut off', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`);
    raw.send('Accept: a\r\n'.repeat(5000));
    raw.send('\r\n');
    assert.notEqual(await raw.status(), 200);
  });
  test('39 rubbish is cut off', async () => {
    for (const bytes of [
      '\0\0\0\0\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01',
      'GET\r\n\r\n',
      '\r\n\r\n\r\n',
    ]) {
      const raw = await Raw.connect(server.port);
      raw.send(bytes);
      await raw.end();
      assert.doesNotMatch(raw.got.toString('latin1'), / 200 /);
    }
  });
  test('39 headers that drip and callers that stay silent go, others go on', async () => {
    const slow = await Promise.all(Array.from({ length: 300 }, () => Raw.connect(server.port)));
    const drip = setInterval(() => {
      for (const raw of slow.slice(0, 200)) raw.send('X');
    }, 300);
    slow.slice(0, 200).forEach((raw) => raw.send('GET / HTTP/1.1\r\nX'));
    for (let i = 0; i < 40; i++) {
      assert.equal((await ask('GET /healthz')).status, 200);
      await wait(50);
    }
    await Promise.all(slow.map((raw) => raw.end()));
    clearInterval(drip);
  });
  test('39 a body that drips is given up as well, also one that nobody wants', async () => {
    const drips = await Promise.all(
      ['POST /api/meetings', 'POST /'].map(async (line) => {
        const raw = await Raw.connect(server.port);
        raw.send(request(server.port, line, { 'Content-Length': '200000' }));
        return raw;
      }),
    );
    const drip = setInterval(() => drips.forEach((raw) => raw.send(' ')), 500);
    await Promise.all(drips.map((raw) => raw.end()));
    clearInterval(drip);
  });
  test('39 a body that never comes is given up', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(request(server.port, 'POST /api/x', { 'Content-Length': '10' }, 'abc'));
    await raw.end();
  });
}

describe('net alone', () => guards(() => echo()));
describe('the real server', { skip: !hasRunde && 'there is no server' }, () =>
  guards(() => runde()),
);

test('42 X-Forwarded-For counts from a trusted proxy only', async () => {
  const plain = await echo();
  const trusting = await echo('trust_proxy=10.1.2.3, 127.0.0.1');
  const near = async (server, value) =>
    /near=(\d)/.exec(
      (
        await exchange(
          server.port,
          request(server.port, 'GET /api/echo', { 'X-Forwarded-For': value }),
        )
      ).text,
    )[1];
  assert.equal(await near(plain, '203.0.113.9'), '1');
  assert.equal(await near(trusting, '203.0.113.9'), '0');
  assert.equal(await near(trusting, '192.168.1.4, 203.0.113.9'), '0');
  assert.equal(await near(trusting, '203.0.113.9, 192.168.1.4'), '1');
  assert.equal(await near(trusting, 'rubbish'), '1');
  await Promise.all([plain.kill(), trusting.kill()]);
});

test("35 behind a proxy the base URL's name is ours, with or without its port", async () => {
  const server = await echo('base_url=https://runde.example');
  const ask = async (host) =>
    (await exchange(server.port, request(server.port, 'GET /', { Host: host }))).status;
  assert.equal(await ask('runde.example'), 200);
  assert.equal(await ask('RUNDE.example:443'), 200);
  assert.equal(await ask('runde.example:8443'), 421);
  assert.equal(await ask('xrunde.example'), 421);
  await server.kill();
});

test('a port that is taken is said in words', async () => {
  const server = await echo();
  await assert.rejects(
    start(process.env.NET_ECHO ?? 'build/net_echo', [`listen=127.0.0.1:${server.port}`]),
    /in use/,
  );
  await server.kill();
});
