/**
 * proxy.js -- what server/deploy says to put into nginx, HAProxy and Caddy, put there: only names,
 * ports and certificates are others.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { Raw, request, wait } from '../support/rawhttp.js';

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

/** The servers' addresses in a sample, and those that they have here. */
const servers = (insides) =>
  (insides.length === 1 ? ['127.0.0.1:8080'] : ['10.0.0.5:8080', '10.0.0.6:8080']).map(
    (address, i) => [address, `127.0.0.1:${insides[i]}`],
  );

/**
 * By proxy: its configuration, and the words that start it. folder: with cert.pem, key.pem, both.pem;
 * insides: the port of the one server behind it, or of two.
 */
export const proxies = {
  nginx: (folder, port, insides) => {
    const site = sample(insides.length > 1 ? 'nginx-nodes.conf' : 'nginx.conf', [
      ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
      ['    listen [::]:443 ssl http2;\n', ''],
      ['runde.example;', 'localhost;'],
      ['/etc/ssl/runde.example.pem', `${folder}/cert.pem`],
      ['/etc/ssl/private/runde.example.key', `${folder}/key.pem`],
      ...servers(insides),
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
  haproxy: (folder, port, insides) => {
    writeFileSync(
      join(folder, 'conf'),
      sample(insides.length > 1 ? 'haproxy-nodes.cfg' : 'haproxy.cfg', [
        ['bind :443', `bind 127.0.0.1:${port}`],
        ['/etc/haproxy/runde.example.pem', `${folder}/both.pem`],
        ...(insides.length > 1 ? [['hdr Host runde.example', `hdr Host localhost:${port}`]] : []),
        ...servers(insides),
      ]),
    );
    return ['haproxy', '-db', '-f', join(folder, 'conf')];
  },
  caddy: (folder, port, insides) => {
    const site = sample('Caddyfile', [
      [
        'runde.example {',
        `https://localhost:${port} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`,
      ],
      ...servers(insides),
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
export async function freePort() {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (holder.address());
  holder.close();
  await once(holder, 'close');
  return port;
}

/** A connection to the proxy. @param {number} port */
export async function tlsTo(port) {
  const socket = connect({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  return new Raw(socket);
}

/** The status of what the proxy answers. */
export async function ask(port, line, headers = {}) {
  const raw = await tlsTo(port);
  raw.send(request(port, line, { Host: `localhost:${port}`, ...headers }));
  await raw.until(() => raw.closed || raw.got.includes('\r\n\r\n'));
  raw.destroy();
  return Number(raw.got.toString('latin1').split(' ')[1]);
}

/**
 * Starts a proxy at `port`, before servers at the ports `insides`, and waits until these answer
 * through it. Gives what a browser trusts its certificate by.
 */
export async function before(t, name, port, insides) {
  const folder = mkdtempSync(join(tmpdir(), `runde-${name}-`));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const trusted = certificate(folder);
  const [program, ...words] = proxies[name](folder, port, insides);
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
  for (let tries = 0; ; tries++) {
    assert.equal(proxy.exitCode, null, said);
    if ((await ask(port, 'GET /readyz').catch(() => 0)) === 200) break;
    assert.ok(tries < 100, `it does not answer: ${said}`);
    await wait(100);
  }
  return trusted;
}

const chosen = (process.env.RUNDE_PROXIES ?? '').split(' ').filter(Boolean);

/** Which of these proxies are asked for. @param {string[]} names */
export const wanted = (names) => names.filter((name) => !chosen.length || chosen.includes(name));
