// tls.test.js -- the server's own TLS: who trusts its certificate's issuer talks with it over https and wss, everybody
// else over nothing; another certificate counts from SIGHUP on and nobody who is inside notices.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask } from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import tls from 'node:tls';

import { exchange, request } from '../support/rawhttp.js';
import { soon } from '../support/soon.js';
import { hasRunde, runde, rundePath } from './server.js';

const folder = mkdtempSync(join(tmpdir(), 'runde-tls-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name) => join(folder, name);
const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** A certificate of our own authority for localhost. @param {string} name @param {string[]} [kind] */
function certify(name, days = 30, kind = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']) {
  openssl(
    'req',
    '-newkey',
    ...kind,
    '-nodes',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    `${name}.key`,
    '-out',
    'csr',
  );
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  openssl(
    ...['x509', '-req', '-in', 'csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
    ...['-extfile', 'names', '-days', `${days}`, '-out', `${name}.pem`],
  );
}

/** What the server serves with from its next start or SIGHUP on. */
function use(name, key = name) {
  copyFileSync(at(`${name}.pem`), at('cert.pem'));
  copyFileSync(at(`${key}.key`), at('key.pem'));
}

/** An https request, on a connection of its own. @returns {Promise<{status, headers, text, issued}>} */
const get = (port, path, options = {}) =>
  new Promise((resolve, reject) => {
    const call = ask(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        path,
        ca: readFileSync(at('ca.pem')),
        agent: false,
        ...options,
      },
      (answer) => {
        const issued = answer.socket.getPeerCertificate().subject.CN;
        let text = '';
        answer.setEncoding('utf8').on('data', (piece) => (text += piece));
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, text, issued }),
        );
      },
    );
    call.on('error', reject);
    call.end(options.body);
  });

/** A WebSocket over TLS that hears frames. */
function wss(port) {
  const socket = tls.connect({
    host: '127.0.0.1',
    servername: 'localhost',
    port,
    ca: readFileSync(at('ca.pem')),
  });
  const it = { socket, heard: [], closed: false };
  let bytes = Buffer.alloc(0);
  socket.on('close', () => (it.closed = true)).on('error', () => {});
  it.open = new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.once('data', (answer) => {
      assert.match(answer.toString('latin1'), /^HTTP\/1\.1 101 /);
      socket.on('data', (more) => {
        bytes = Buffer.concat([bytes, more]);
        for (;;) {
          if (bytes.length < 2) return;
          const short = bytes[1] & 127;
          const head = short < 126 ? 2 : short === 126 ? 4 : 10;
          if (bytes.length < head) return;
          const len =
            short < 126
              ? short
              : short === 126
                ? bytes.readUInt16BE(2)
                : Number(bytes.readBigUInt64BE(2));
          if (bytes.length < head + len) return;
          if ((bytes[0] & 15) === 1)
            it.heard.push(JSON.parse(bytes.subarray(head, head + len).toString()));
          bytes = bytes.subarray(head + len);
        }
      });
      resolve(it);
    });
  });
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: https://localhost:${port}\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
      'Sec-WebSocket-Protocol: runde.v1\r\n\r\n',
  );
  it.say = (message) => {
    const text = Buffer.from(JSON.stringify(message));
    const head =
      text.length < 126
        ? Buffer.from([0x81, 0x80 | text.length])
        : Buffer.from([0x81, 0xfe, text.length >> 8, text.length & 255]);
    socket.write(Buffer.concat([head, Buffer.alloc(4), text]));
  };
  return it.open;
}

const check = (...args) => {
  try {
    return {
      code: 0,
      out: execFileSync(rundePath, ['check', ...args], { cwd: folder, stdio: 'pipe' }).toString(),
    };
  } catch (error) {
    return { code: error.status, out: `${error.stdout}${error.stderr}` };
  }
};

describe('TLS of its own', { skip: !hasRunde && 'there is no server' }, () => {
  let server;
  const with_tls = [
    '--tls-cert',
    at('cert.pem'),
    '--tls-key',
    at('key.pem'),
    '--metrics',
    '127.0.0.1:0',
  ];
  before(async () => {
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=ours',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '30',
    );
    certify('first');
    certify('second', 40, ['rsa:2048']);
    certify('short', 3);
    use('first');
    server = await runde(...with_tls);
  });
  after(() => server?.kill());

  const hangup = async (said) => {
    const from = server.log().length;
    server.process.kill('SIGHUP');
    await soon(() => assert.match(server.log().slice(from), said));
    assert.equal(
      server.log().slice(from).trimEnd().split('\n').length,
      1,
      server.log().slice(from),
    );
  };
  const figure = async (name) => {
    const page = (
      await exchange(server.metrics, request(server.metrics, 'GET /metrics'))
    ).body.toString();
    return Number(
      page
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length + 1),
    );
  };

  test('pages come over https, and say that nothing else may be used', async () => {
    const page = await get(server.port, '/');
    assert.equal(page.status, 200);
    assert.equal(page.headers['strict-transport-security'], 'max-age=31536000');
    assert.match(page.text, /<html/);
    for (const path of ['/healthz', '/nothing', '/privatliv'])
      assert.ok((await get(server.port, path)).headers['strict-transport-security'], path);
    assert.match(server.log(), /^listening https:\/\/127\.0\.0\.1:\d+$/m);
  });

  test('the figures come by plain HTTP, and say how long the certificate holds', async () => {
    const until = await figure('runde_certificate_until_timestamp_seconds');
    const written = new Date(
      openssl('x509', '-in', 'cert.pem', '-noout', '-enddate').toString().slice('notAfter='.length),
    );
    assert.equal(until, written.getTime() / 1000);
  });

  test('whoever speaks plain HTTP, TLS 1.1 or rubbish is sent away, and none is counted for ever', async () => {
    const rude = (bytes) =>
      new Promise((resolve) => {
        let heard = '';
        const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes));
        socket.on('data', (piece) => (heard += piece.toString('latin1')));
        socket.on('error', () => {}).on('close', () => resolve(heard));
      });
    for (const bytes of [
      request(server.port, 'GET /healthz'),
      '\x16\x03\x01\xff\xff',
      '\0'.repeat(300),
    ])
      assert.doesNotMatch(await rude(bytes), /HTTP\/1\.1/);
    await assert.rejects(
      get(server.port, '/', {
        maxVersion: 'TLSv1.1',
        minVersion: 'TLSv1',
        ciphers: 'ALL@SECLEVEL=0',
      }),
    );
    await assert.rejects(get(server.port, '/', { ca: [] }), /self-signed|issuer|verify/i);
    await soon(async () => assert.equal(await figure('runde_connections'), 1));
    assert.equal((await get(server.port, '/healthz')).status, 200);
  });

  test('HTTP/2 is not offered', async () => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port: server.port,
      ca: readFileSync(at('ca.pem')),
      servername: 'localhost',
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    await new Promise((resolve, reject) =>
      socket.once('secureConnect', resolve).once('error', reject),
    );
    assert.equal(socket.alpnProtocol, 'http/1.1');
    socket.destroy();
  });

  test('a meeting over wss goes on while the certificate changes, and who comes then gets the new one', async () => {
    const body = JSON.stringify({ template: 'runde' });
    const made = await get(server.port, '/api/meetings', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Content-Length': body.length },
    });
    assert.equal(made.status, 201, made.text);
    const { code, links } = JSON.parse(made.text);
    assert.match(links.board, new RegExp(`^https://127\\.0\\.0\\.1:${server.port}/board/`));
    const phone = await wss(server.port);
    phone.say({ hello: { meeting: code, as: 'phone', name: 'Solvej' } });
    await soon(() =>
      assert.ok(
        phone.heard.some((frame) => frame.welcome),
        JSON.stringify(phone.heard),
      ),
    );

    use('second');
    await hangup(/settings\.reloaded changed=- restart_for=-/);
    assert.equal((await get(server.port, '/healthz')).issued, 'second');
    assert.equal((await get(server.port, '/healthz', { maxVersion: 'TLSv1.2' })).issued, 'second');

    // What cannot be used is not taken, and is named.
    use('first', 'second');
    await hangup(/error settings\.kept wrong=".*key\.pem: does not fit the certificate"/);
    writeFileSync(at('cert.pem'), 'rubbish');
    await hangup(/settings\.kept wrong=".*cert\.pem: is not a certificate in PEM"/);
    writeFileSync(
      at('cert.pem'),
      `${readFileSync(at('first.pem'))}-----BEGIN CERTIFICATE-----\nAAAA\n`,
    );
    await hangup(/settings\.kept wrong=".*cert\.pem: is not a certificate in PEM"/);
    rmSync(at('cert.pem'));
    await hangup(/settings\.kept wrong=".*cert\.pem: No such file or directory"/);
    use('first');
    openssl('ec', '-in', 'first.key', '-aes128', '-passout', 'pass:secret', '-out', 'key.pem');
    await hangup(
      /settings\.kept wrong=".*key\.pem: is not a private key in PEM without a passphrase"/,
    );
    assert.equal((await get(server.port, '/healthz')).issued, 'second');

    use('first'); // Of another kind than the one before, which must not stay beside it.
    await hangup(/settings\.reloaded/);
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'])
      for (const sigalgs of [undefined, 'ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256'])
        assert.equal((await get(server.port, '/healthz', { maxVersion, sigalgs })).issued, 'first');
    await assert.rejects(get(server.port, '/healthz', { sigalgs: 'rsa_pss_rsae_sha256' }));

    const id = randomUUID();
    phone.say({ id, do: 'meeting.start', with: {} });
    await soon(() => assert.ok(phone.heard.some((frame) => frame.re === id)));
    assert.equal(phone.closed, false);
    phone.socket.destroy();
  });

  test('a large answer comes whole through a slow reader', async () => {
    const socket = tls.connect({
      host: '127.0.0.1',
      port: server.port,
      ca: readFileSync(at('ca.pem')),
      servername: 'localhost',
      highWaterMark: 1024,
    });
    socket.write(`GET /console/2222-2222 HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`);
    let bytes = Buffer.alloc(0);
    for await (const piece of socket) bytes = Buffer.concat([bytes, piece]);
    const split = bytes.indexOf('\r\n\r\n');
    const length = Number(/content-length: (\d+)/i.exec(bytes.subarray(0, split).toString())[1]);
    assert.ok(length > 100000);
    assert.equal(bytes.length - split - 4, length);
  });

  test('runde check reads certificate and key, and says what browsers would refuse', () => {
    const data = ['--data', at('checked'), '--listen', '127.0.0.1:0'];
    const files = (name, key = name) => [
      '--tls-cert',
      at(`${name}.pem`),
      '--tls-key',
      at(`${key}.key`),
    ];
    const good = check(...data, ...files('first'), '--base-url', 'https://localhost');
    assert.equal(good.code, 0, good.out);
    assert.match(good.out, /^certificate: until \d{4}-\d\d-\d\d$/m);
    assert.doesNotMatch(good.out, /certificate expires|not for base-url|trust-proxy/);
    const other = check(...data, ...files('short'), '--base-url', 'https://other.example');
    assert.match(other.out, /^note: the certificate expires within 14 days/m);
    assert.match(other.out, /^note: the certificate is not for base-url's name/m);
    openssl(
      'x509',
      '-req',
      '-in',
      'csr',
      '-signkey',
      'short.key',
      '-days',
      '-1',
      '-out',
      'old.pem',
    );
    for (const [wrong, code, why] of [
      [files('first', 'second'), 64, /second\.key: does not fit the certificate/],
      [files('old', 'short'), 78, /old\.pem: has expired/],
      [['--tls-cert', at('first.pem')], 64, /--tls-key: is missing/],
      [['--tls-key', at('first.key')], 64, /--tls-cert: is missing/],
      [['--tls-cert', at('none.pem'), '--tls-key', at('first.key')], 66, /none\.pem: No such file/],
    ]) {
      const it = check(...data, ...wrong);
      assert.equal(it.code, code, it.out);
      assert.match(it.out, why);
    }
  });
});
