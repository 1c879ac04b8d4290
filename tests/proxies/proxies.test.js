// proxies.test.js -- what server/deploy says to put into nginx, HAProxy and Caddy, put there: only
// names, ports and certificates are others. A command of its own: tests/proxies/run. See
// tests/README.md, rows 25 and 42.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { browser, server as serve } from '../e2e/browser.js';
import { wholeMeeting } from '../e2e/meeting.js';
import { test } from '../support/chromium.js';
import { Raw, request, upgrade, wait } from '../support/rawhttp.js';
import { PING, PONG, TEXT, Ws } from '../support/rawws.js';

/** Longer than any of the samples lets a connection be silent. */
const SILENT_MS = 80000;
/** More than an address may guess wrong at once. */
const GUESSES = 150;

const deploy = new URL('../../server/deploy/', import.meta.url);

/** A sample with other words in it, each of which must be there. */
function sample(name, others) {
  let text = readFileSync(new URL(name, deploy), 'utf8');
  for (const [from, to] of others) {
    assert.ok(text.includes(from), `${name} says ${from}`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** By proxy: its configuration, and the words that start it. in: a folder with cert.pem, key.pem, both.pem. */
const proxies = {
  nginx: (folder, port, inside) => {
    const site = sample('nginx.conf', [
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['    listen [::]:443 ssl http2;\n', ''],
      ['runde.example;', 'localhost;'],
      ['/etc/ssl/runde.example.pem', `${folder}/cert.pem`],
      ['/etc/ssl/private/runde.example.key', `${folder}/key.pem`],
      ['127.0.0.1:8080', `127.0.0.1:${inside}`],
    ]);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((what) => `${what}_temp_path ${folder}/${what};`)
      .join(' ');
    writeFileSync(
      join(folder, 'conf'),
      `daemon off; user root; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${temporary}\n${site}}\n`,
    );
    return ['nginx', '-p', folder, '-c', join(folder, 'conf')];
  },
  haproxy: (folder, port, inside) => {
    writeFileSync(
      join(folder, 'conf'),
      sample('haproxy.cfg', [
        ['bind :443', `bind 127.0.0.1:${port}`],
        ['/etc/haproxy/runde.example.pem', `${folder}/both.pem`],
        ['127.0.0.1:8080', `127.0.0.1:${inside}`],
      ]),
    );
    return ['haproxy', '-db', '-f', join(folder, 'conf')];
  },
  caddy: (folder, port, inside) => {
    const site = sample('Caddyfile', [
      [
        'runde.example {',
        `https://localhost:${port} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`,
      ],
      ['127.0.0.1:8080', `127.0.0.1:${inside}`],
    ]);
    writeFileSync(
      join(folder, 'conf'),
      `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`,
    );
    return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'conf')];
  },
};

/** Made for localhost; the hash of its key, by which a browser takes it for a good one. */
function certificate(folder) {
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', 'key.pem', '-out', 'cert.pem'],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  assert.equal(made.status, 0, made.stderr);
  const both = ['cert.pem', 'key.pem'].map((name) => readFileSync(join(folder, name), 'utf8'));
  writeFileSync(join(folder, 'both.pem'), both.join(''));
  const { publicKey } = new X509Certificate(both[0]);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64');
}

/** A port that nobody has just now. */
async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (holder.address());
  holder.close();
  await once(holder, 'close');
  return port;
}

async function tlsTo(port) {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  return new Raw(socket);
}

/** A server, and the proxy before it, which answers. */
async function behind(t, name) {
  const folder = mkdtempSync(join(tmpdir(), `runde-${name}-`));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const trusted = certificate(folder);
  const port = await freePort();
  const server = await serve(
    ...['--base-url', `https://localhost:${port}`, '--trust-proxy', '127.0.0.1'],
  );
  t.after(() => server.stop());
  const [program, ...words] = proxies[name](folder, port, new URL(server.url).port);
  const proxy = spawn(program, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let said = '';
  proxy.stderr.on('data', (bytes) => (said += bytes));
  t.after(async () => {
    proxy.kill('SIGTERM');
    if (proxy.exitCode === null) await once(proxy, 'close');
  });
  const ask = async (line, headers = {}) => {
    const raw = await tlsTo(port);
    raw.send(request(port, line, { Host: `localhost:${port}`, ...headers }));
    await raw.until(() => raw.closed || raw.got.includes('\r\n\r\n'));
    raw.destroy();
    return Number(raw.got.toString('latin1').split(' ')[1]);
  };
  for (let tries = 0; ; tries++) {
    assert.equal(proxy.exitCode, null, said);
    if ((await ask('GET /readyz').catch(() => 0)) === 200) break;
    assert.ok(tries < 100, `it does not answer: ${said}`);
    await wait(100);
  }
  const links = async () => {
    const answer = await server.meeting({ template: 'skoleudviklingssamtale' });
    const there = Object.entries(answer.links).map(([role, link]) => [
      role,
      `https://localhost:${port}${link.slice(server.url.length)}`,
    ]);
    return { code: answer.code, links: Object.fromEntries(there) };
  };
  return { port, server, ask, links, trusted };
}

const chosen = (process.env.RUNDE_PROXIES ?? '').split(' ').filter(Boolean);
for (const name of Object.keys(proxies)) {
  if (chosen.length && !chosen.includes(name)) continue;

  test(`${name}: a whole meeting`, { timeout: 900000 }, async (t) => {
    const { server, links, trusted } = await behind(t, name);
    const chrome = await browser(undefined, [`--ignore-certificate-errors-spki-list=${trusted}`]);
    t.after(() => chrome.close());
    const made = await links();
    await wholeMeeting({
      links: made.links,
      chrome,
      restart: () => server.restart(),
      begin: `${name}-`,
    });
  });

  test(`25 ${name}: what is silent stays open`, { timeout: 300000 }, async (t) => {
    const { port, links } = await behind(t, name);
    const made = await links();
    const raw = await tlsTo(port);
    raw.send(upgrade(port, { Host: `localhost:${port}`, Origin: `https://localhost:${port}` }));
    await raw.until(() => raw.got.includes('\r\n\r\n') || raw.closed);
    assert.match(raw.got.toString('latin1'), /^HTTP\/1\.1 101 /);
    raw.got = raw.got.subarray(raw.got.indexOf('\r\n\r\n') + 4);
    const ws = new Ws(raw);
    const key = new URL(made.links.board).hash.slice(1);
    ws.text(JSON.stringify({ hello: { as: 'board', meeting: made.code, key } }));
    const until = performance.now() + SILENT_MS;
    let pings = 0;
    // It says nothing but what a browser does by itself.
    const answering = (async () => {
      for (let one = await ws.frame(); one; one = await ws.frame()) {
        if (one.opcode === PING) ws.send(PONG, one.payload) && pings++;
        if (one.opcode === TEXT && one.payload.includes('"clock":{')) return 'open';
      }
      return 'closed';
    })();
    while (performance.now() < until && !raw.closed) await wait(500);
    ws.text('{"clock":{"sent":1}}');
    assert.equal(await answering, 'open');
    assert.ok(pings >= 2, 'the server asks into silence');
    ws.destroy();
  });

  test(
    `42 ${name}: who claims another address guesses no more for it`,
    { timeout: 300000 },
    async (t) => {
      const { ask } = await behind(t, name);
      const answers = [];
      for (let i = 0; i < GUESSES; i++)
        answers.push(
          await ask('GET /api/meetings/AAAA-AAAA', { 'X-Forwarded-For': `10.9.8.${i}` }),
        );
      assert.equal(answers[0], 404);
      assert.equal(answers.at(-1), 429);
    },
  );
}
