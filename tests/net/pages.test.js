/**
 * pages.test.js -- pages, scripts, QR codes, health, the API's road, and the end: tests/README.md,
 * rows 8, 40, 46 and 52.
 */
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';

import { connecting } from '../../web/early.js';
import { becomes, soon } from '../support/soon.js';
import { Raw, exchange, request, start, wait } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { echo, echoPath, hasRunde, runde } from './server.js';

/** @typedef {import("../support/rawhttp.js").Server} Server */

describe('net alone', () => {
  /** @type {Server} */
  let server;
  before(async () => {
    server = await echo('metrics=127.0.0.1:0', 'base_url=http://runde.example:8080');
  });
  after(() => server.kill());
  const ask = (line, headers, body) =>
    exchange(server.port, request(server.port, line, headers, body));
  const page = async (path, headers) => (await ask(`GET ${path}`, headers)).body.toString();

  test('each page stands where it should', async () => {
    assert.equal(await page('/'), '<p>start.da');
    assert.equal(await page('/m/K7QM-4XPR'), '<!--no--><p>phone.da');
    assert.equal(await page('/console/K7QM-4XPR'), '<p>console.da');
    assert.equal(await page('/board/K7QM-4XPR'), '<p>board.da');
    assert.equal(await page('/board'), '<p>board.da');
    assert.equal(await page('/minutes/K7QM-4XPR'), '<p>minutes.da');
  });
  for (const [path, place] of [
    ['/m/K7QM-4XPR.', '/m/K7QM-4XPR'],
    ['/m/K7QM-4XPR%20', '/m/K7QM-4XPR'],
    ['/m/k7qm4xpr', '/m/K7QM-4XPR'],
    ['/m/K7QM4XPR', '/m/K7QM-4XPR'],
    ['/m/k7qm4xpr)', '/m/K7QM-4XPR'],
    ['/m/k7qm%204xpr', '/m/K7QM-4XPR'],
    ['/m/K7Q-M4XPR', '/m/K7QM-4XPR'],
    ['/m/K7QM-4XPR/x', '/m/K7QM-4XPR'],
    ['/m/K7QM-4XPR%3E?lang=en', '/m/K7QM-4XPR?lang=en'],
    ['/console/(K7QM-4XPR)', '/console/K7QM-4XPR'],
    ['/board/K7QM-4XPR.', '/board/K7QM-4XPR'],
    ['/minutes/Kode:%20K7QM-4XPR', '/minutes/K7QM-4XPR'],
  ])
    test(`${path} leads to the page`, async () => {
      const answer = await ask(`GET ${path}`);
      assert.equal(answer.status, 302);
      assert.equal(answer.headers.get('location'), place);
    });
  // libwebsockets takes it for the end of the line, and what follows for a header.
  test('a line end in the address is refused', async () => {
    assert.equal((await ask('GET /m/K7QM-4XPR?lang=%0D%0Ax:y')).status, 505);
  });
  for (const path of ['/m/K7QM', '/m/K7QM-4XP0', '/console/x', '/m/'])
    test(`${path} is 404, with the start page to try again on`, async () => {
      const answer = await ask(`GET ${path}`);
      assert.equal(answer.status, 404);
      assert.equal(answer.body.toString(), '<p>start.da');
    });
  for (const path of [
    '/m',
    '/console',
    '/x',
    '/a/nothing.js',
    '/index.html',
    '/../etc/passwd',
    '/%00',
    '/m/../..',
    '/;x',
    '/a;b',
  ])
    test(`${path} is 404 or the start`, async () => {
      const answer = await ask(`GET ${path}`);
      assert.ok(
        answer.status === 404 || answer.body.toString() === '<p>start.da' || answer.status === 0,
      );
    });
  test('language: what is asked for, by weight, and Danish first', async () => {
    const speak = (language) => page('/', { 'Accept-Language': language });
    assert.equal(await speak('en'), '<p>start.en');
    assert.equal(await speak('en-GB,da;q=0.9'), '<p>start.en');
    assert.equal(await speak('da-DK,en;q=0.9'), '<p>start.da');
    assert.equal(await speak('en;q=0.5, da;q=0.8'), '<p>start.da');
    assert.equal(await speak('de, fr'), '<p>start.da');
    assert.equal(await speak('*'), '<p>start.da');
    assert.equal(await speak('da;q=0, *'), '<p>start.en');
    assert.equal(await speak(`${'x,'.repeat(3000)}en`.slice(0, 4000)), '<p>start.da');
  });
  test('language: ?lang wins', async () => {
    assert.equal(await page('/?lang=en', { 'Accept-Language': 'da' }), '<p>start.en');
    assert.equal(await page('/?a=1&lang=da', { 'Accept-Language': 'en' }), '<p>start.da');
    assert.equal(await page('/?lang=xx', { 'Accept-Language': 'en' }), '<p>start.en');
  });
  test('brotli where it is taken, else gzip, plain else', async () => {
    const encoding = async (value, path = '/') => {
      const answer = await ask(`GET ${path}`, { 'Accept-Encoding': value });
      const coding = answer.headers.get('content-encoding');
      if (answer.status === 200)
        assert.equal(answer.body.toString().startsWith('br '), coding === 'br', `${value} ${path}`);
      return coding;
    };
    assert.equal(await encoding('gzip, deflate, br, zstd'), 'br');
    assert.equal(await encoding('br;q=0.1, *;q=1'), 'br');
    assert.equal(await encoding('gzip, deflate'), 'gzip');
    assert.equal(await encoding('br;q=0, *;q=0.1'), 'gzip');
    assert.equal(await encoding('gzip;q=0'), undefined);
    assert.equal(await encoding('identity'), undefined);
    assert.equal(await encoding('gzip, br', '/a/0f1e.js'), 'br');
    assert.equal(await encoding('gzip', '/a/0f1e.js'), 'gzip');
  });
  test('a page that is known is 304', async () => {
    const first = await ask('GET /');
    const tag = first.headers.get('etag');
    for (const known of [tag, `"x", ${tag}`, '*', tag.slice(2)]) {
      const again = await ask('GET /', { 'If-None-Match': known });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
    }
    assert.equal((await ask('GET /', { 'If-None-Match': '"other"' })).status, 200);
    assert.equal((await ask('GET /?lang=en', { 'If-None-Match': tag })).status, 200);
  });
  test('HEAD has the headers and no body', async () => {
    const head = await ask('HEAD /');
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-length'), String('<p>start.da'.length));
    assert.equal(head.body.length, 0);
  });
  test('52 every page forbids what it does not need', async () => {
    const { headers } = await ask('GET /m/K7QM-4XPR', { Host: 'runde.example:8080' });
    const policy = headers.get('content-security-policy');
    assert.match(policy, /^default-src 'none'; script-src 'sha256-x'; connect-src /);
    assert.match(policy, /ws:\/\/runde\.example:8080 wss:\/\/runde\.example:8080$/);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.ok(headers.get('permissions-policy'));
    assert.equal(headers.get('cache-control'), 'no-cache');
    assert.equal(headers.get('server'), undefined);
  });
  test('52 the opener policy is sent where browsers heed it, and nowhere else', async (t) => {
    const policy = (port, host) =>
      exchange(port, request(port, 'GET /', host ? { Host: host } : {})).then(({ headers }) =>
        headers.get('cross-origin-opener-policy'),
      );
    assert.equal(await policy(server.port), 'same-origin');
    assert.equal(await policy(server.port, `localhost:${server.port}`), 'same-origin');
    assert.equal(await policy(server.port, 'runde.example:8080'), undefined);
    const behind = await echo('base_url=https://runde.example');
    t.after(() => behind.kill());
    assert.equal(await policy(behind.port, 'runde.example'), 'same-origin');
  });
  test('a script is kept for ever', async () => {
    const answer = await ask('GET /a/0f1e.js', { 'Accept-Encoding': 'gzip' });
    assert.match(answer.headers.get('cache-control'), /immutable/);
    assert.equal(answer.headers.get('content-type'), 'text/javascript');
    assert.equal((await ask('GET /a/0f1e.js')).status, 406);
  });
  test("the QR code is an SVG that leads to the phone's page", async () => {
    const answer = await ask('GET /qr/k7qm4xpr.svg');
    assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
    assert.match(answer.body.toString(), /^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    for (const path of ['/qr/K7QM.svg', '/qr/K7QM-4XPR.png', '/qr/.svg', '/qr/K7QM-4XPR'])
      assert.equal((await ask(`GET ${path}`)).status, 404);
  });
  test('health, readiness and version', async () => {
    assert.equal((await ask('GET /healthz')).body.toString(), 'ok\n');
    assert.equal((await ask('GET /readyz')).status, 200);
    assert.equal(JSON.parse((await ask('GET /version')).body.toString()).version, 'test');
  });
  test('metrics have a listener of their own', async () => {
    assert.equal((await ask('GET /metrics')).status, 404);
    const own = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
    assert.match(own.body.toString(), /^runde_connections_total \d+$/m);
    for (const path of ['/', '/api/echo', '/healthz'])
      assert.equal(
        (await exchange(server.metrics, request(server.metrics, `GET ${path}`))).status,
        404,
      );
    const page = request(server.metrics, 'GET /metrics', { Origin: 'http://evil.example' });
    assert.equal((await exchange(server.metrics, page)).status, 403);
  });

  test('the API gets method, query, bearer and body', async () => {
    const answer = await ask(
      'POST /api/echo?edition=public&format=md',
      { Authorization: 'Bearer k3y', 'Content-Length': '5' },
      'hello',
    );
    assert.equal(
      answer.body.toString(),
      'POST near=1 query=edition=public&format=md bearer=k3y body=hello',
    );
  });
  test('what stands escaped in a query stays so', async () => {
    const answer = await ask('GET /api/echo?a=%26%3D%20%C3%A6&b=1%2b2');
    assert.match(answer.body.toString(), /query=a=%26=%20%C3%A6&b=1%2B2 /);
  });
  test('a body may come in pieces', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(request(server.port, 'POST /api/echo', { 'Content-Length': '200000' }));
    for (let i = 0; i < 20; i++) {
      raw.send('x'.repeat(10000));
      await wait(5);
    }
    assert.equal(await raw.status(), 200);
    assert.match(raw.got.toString(), /body=x{200000}$/);
  });
  test('a body over 256 KiB is 413, and the answer gets through', async () => {
    const answer = await ask('POST /api/echo', { 'Content-Length': '262145' }, 'x'.repeat(262145));
    assert.equal(answer.status, 413);
  });
  test('an answer may come later', async () => {
    const answer = await ask('GET /api/later');
    assert.equal(answer.body.toString(), 'later');
    assert.equal((await ask('POST /api/later', { 'Content-Length': '2' }, '{}')).status, 200);
  });
  test('a long answer comes whole, also to a slow reader', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(request(server.port, 'GET /api/big?3000000'));
    raw.socket.pause();
    await wait(1500);
    raw.socket.resume();
    await raw.end();
    const text = raw.got.toString();
    assert.equal(text.length - text.indexOf('\r\n\r\n') - 4, 3000000);
  });
  test('who hangs up while the API works is forgotten', async () => {
    const metrics = async (name) => {
      const { text } = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
      return Number(text.match(new RegExp(`^fake_${name} (\\d+)$`, 'm'))[1]);
    };
    let kept = await metrics('kept');
    const before = await metrics('cancelled');
    for (const text of [
      request(server.port, 'GET /api/never'),
      request(server.port, 'POST /api/never', { 'Content-Length': '1' }, 'x'),
    ]) {
      const raw = await Raw.connect(server.port);
      raw.send(text);
      await becomes(() => metrics('kept'), ++kept);
      raw.destroy();
    }
    await becomes(() => metrics('cancelled'), before + 2);
  });
  test('sessions and connections are forgotten when they go', async () => {
    await soon(async () => {
      const { text } = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
      assert.match(text, /^fake_sessions 0$/m);
      assert.match(text, /^runde_connections 1$/m);
    });
  });
});

describe('the real server', { skip: !hasRunde && 'there is no server' }, () => {
  /** @type {Server} */
  let server;
  before(async () => {
    server = await runde('--metrics', '127.0.0.1:0');
  });
  after(() => server.kill());
  const ask = (line, headers, body) =>
    exchange(server.port, request(server.port, line, headers, body));

  for (const path of ['/', '/m/K7QM-4XPR', '/console/K7QM-4XPR', '/board', '/minutes/K7QM-4XPR'])
    test(`${path} in both languages`, async () => {
      for (const lang of ['da', 'en']) {
        const answer = await ask(`GET ${path}?lang=${lang}`);
        assert.equal(answer.status, 200);
        assert.match(answer.body.toString('utf8'), new RegExp(`<html[^>]* lang="?${lang}`));
        assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
      }
    });
  test('52 the service worker stands for the whole site, is asked for each time, and may ask nobody else', async () => {
    const answer = await ask('GET /sw.js', { 'Accept-Encoding': 'gzip' });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^text\/javascript/);
    assert.equal(answer.headers.get('cache-control'), 'no-cache');
    assert.equal(
      answer.headers.get('content-security-policy'),
      "default-src 'none'; connect-src 'self'",
    );
    const text = gunzipSync(answer.body).toString();
    assert.match(text, /runde-[0-9a-f]{16}/);
    // What it puts into the phone's page is the page's.
    assert.ok(text.includes(connecting));
    assert.doesNotMatch(text.replace(connecting, ''), /\/api\/|\/ws\b/);
    for (const [path, may] of /** @type {const} */ ([
      ['/', false],
      ['/m/K7QM-4XPR', true],
      ['/console/K7QM-4XPR', true],
      ['/board', true],
      ['/minutes/K7QM-4XPR', true],
    ])) {
      const policy = (await ask(`GET ${path}`)).headers.get('content-security-policy');
      assert.equal(/; worker-src 'self';/.test(policy), may, path);
    }
  });
  test("a phone's page tells what its first screen shows, packed or not, and whatever it is called", async () => {
    const body = JSON.stringify({ template: 'runde', title: '--> <!-- \u00e5 </script>' });
    const made = await ask(
      'POST /api/meetings',
      { 'Content-Length': String(Buffer.byteLength(body)) },
      body,
    );
    const { code } = JSON.parse(made.body.toString());
    const plain = await ask(`GET /m/${code}`);
    const packed = await ask(`GET /m/${code}`, {
      'Accept-Encoding': 'gzip, br', // What stands before it is put before gzip.
    });
    assert.equal(packed.headers.get('content-encoding'), 'gzip');
    assert.equal(gunzipSync(packed.body).toString(), plain.body.toString());
    const [, facts] = plain.body.toString().match(/^<!--([^>]*)--><!doctype html>/);
    assert.deepEqual(JSON.parse(facts), {
      state: 'lobby',
      title: '--> <!-- \u00e5 </script>',
      seats: [],
      keep: 30,
    });
    const again = await ask(`GET /m/${code}`, { 'If-None-Match': plain.headers.get('etag') });
    assert.equal(again.status, 304);
    const other = await ask('GET /m/K7QM-4XPR');
    assert.match(other.body.toString(), /^<!--\{"code":"no_such_meeting"/);
    assert.notEqual(other.headers.get('etag'), plain.headers.get('etag'));
    assert.match((await ask(`GET /board/${code}`)).body.toString(), /^<!doctype html>/);
  });
  test("templates, a meeting, its minutes, and nobody else's", async () => {
    const templates = JSON.parse((await ask('GET /api/templates')).body.toString());
    assert.ok(JSON.stringify(templates).includes('skoleudviklingssamtale'));
    const made = await ask(
      'POST /api/meetings',
      { 'Content-Length': '37' },
      '{"template":"skoleudviklingssamtale"}',
    );
    assert.equal(made.status, 201);
    const { code, links } = JSON.parse(made.body.toString());
    assert.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const key = links.console.split('#')[1];
    const minutes = (bearer) =>
      ask(
        `GET /api/meetings/${code}/minutes?edition=participants&format=md`,
        bearer ? { Authorization: `Bearer ${bearer}` } : {},
      );
    assert.equal((await minutes(key)).status, 200);
    assert.ok([401, 403].includes((await minutes('')).status));
    assert.ok([401, 403].includes((await minutes('x'.repeat(43))).status));
    const timing = (role) =>
      ask(`GET /api/meetings/${code}/minutes?edition=facilitator&format=md`, {
        Authorization: `Bearer ${links[role].split('#')[1]}`,
      });
    assert.match((await timing('console')).body.toString(), /Plan og forløb/);
    for (const role of ['scribe', 'leader', 'board'])
      assert.equal((await timing(role)).status, 403, role);
    assert.ok(!server.log().includes(key), '46 a key stands in the log');
  });
  test('it says when it is ready', async () => {
    assert.equal((await ask('GET /readyz')).status, 200);
    assert.match(
      (await exchange(server.metrics, request(server.metrics, 'GET /metrics'))).body.toString(),
      /^runde_connections /m,
    );
  });
  test('a second server on the same data folder gives way', async () => {
    await assert.rejects(
      start(process.env.RUNDE ?? 'build/runde', [
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--data',
        server.data,
        '--meeting',
        'none',
      ]),
      /ended with 75/,
    );
  });
});

describe('8 the end', () => {
  for (const signal of ['SIGTERM', 'SIGINT'])
    test(`${signal} closes with 1012 and ends with 0`, async () => {
      const server = await echo();
      const all = await Promise.all(Array.from({ length: 5 }, () => Ws.open(server.port)));
      all[0].text('flood 3 200000');
      await all[0].raw.until(() => all[0].raw.got.length);
      const ended = server.kill(/** @type {NodeJS.Signals} */ (signal));
      for (let i = 0; i < 3; i++) assert.equal((await all[0].message()).payload.length, 200000);
      for (const ws of all) assert.equal(await ws.closing(), 1012);
      assert.equal(await ended, 0);
    });
  test('who does not answer the close does not hold up the end', async () => {
    const server = await echo();
    await Ws.open(server.port);
    const slow = await Ws.open(server.port);
    slow.raw.socket.pause();
    slow.text('flood 60 1000000');
    await wait(300);
    assert.equal(await server.kill(), 0);
  });
  test('SIGSEGV kills', async () => {
    const server = await echo();
    assert.notEqual(await server.kill('SIGSEGV'), 0);
  });
  test('a second signal does not wait', async () => {
    const server = await echo();
    const ws = await Ws.open(server.port);
    server.kill();
    await wait(100);
    server.kill('SIGINT');
    assert.equal(await server.ended, 0);
    ws.destroy();
  });
  test('nothing turns while nobody asks', async () => {
    const server = await echo();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => Ws.open(server.port)));
    const used = () =>
      readFileSync(`/proc/${server.pid}/stat`, 'utf8')
        .split(' ')
        .slice(13, 15)
        .reduce((sum, ticks) => sum + Number(ticks), 0);
    const before = used();
    await wait(2000);
    assert.ok(used() - before <= 3, `${used() - before} ticks of processor in 2 s`);
    sockets.forEach((ws) => ws.destroy());
    await server.kill();
  });
});

test('40 without descriptors it turns callers away, and recovers', async () => {
  const server = await start('sh', ['-c', `ulimit -n 160; exec "${echoPath}"`]);
  const ws = await Ws.open(server.port);
  const crowd = [];
  for (let i = 0; i < 300; i++) crowd.push(await Raw.connect(server.port));
  await soon(() => assert.ok(crowd.filter((raw) => raw.closed).length > 100));
  ws.text('still here');
  assert.equal((await ws.message()).payload.toString(), 'still here');
  crowd.forEach((raw) => raw.destroy());
  const again = await soon(async () => {
    const open = await Ws.open(server.port).catch(() => null);
    assert.ok(open, 'still full');
    return open;
  });
  again.text('hej');
  assert.equal((await again.message()).payload.toString(), 'hej');
  again.destroy();
  ws.destroy();
  assert.equal(await server.kill(), 0);
});
