/**
 * trunk.test.js -- servers speak with those who have their key and their name, over whichever net
 * they reach each other by, and with nobody else.
 *
 * tests/README.md, rows 31 and 32.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { request as askTls } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';

import { database } from '../support/postgres.js';
import { Raw, start, upgrade } from '../support/rawhttp.js';
import { BINARY, TEXT, Ws } from '../support/rawws.js';
import { becomes, soon } from '../support/soon.js';
import { meeting } from './client.js';
import { argsOf, come, folder, freePort, get, greet, keyFile, metric, serve } from './nodes.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';
const CALL = { Origin: null, 'Sec-WebSocket-Protocol': 'runde.node.v1' };

test(
  '31 a key that is missing, short, anybody’s or another one is refused',
  { skip },
  async (t) => {
    const where = database('keys');
    const fails = (key, status, words) => {
      const args = ['serve', ...argsOf(folder(t), where, { node: 'b', key })];
      const it = spawnSync(rundePath, args, { encoding: 'utf8' });
      assert.equal(it.status, status, it.stderr);
      assert.match(it.stderr, words);
      assert.match(it.stderr, /--cluster-key-file/);
      assert.equal(it.stderr.trim().split('\n').length, 1, it.stderr);
    };
    await serve(t, where, 'a', { key: keyFile(t), port: await freePort() });
    fails(
      keyFile(t, 'another key of thirty-two characters'),
      78,
      /the other servers have another key/,
    );
    fails(join(folder(t), 'none'), 66, /No such file/);
    fails(keyFile(t, 'x'.repeat(31)), 78, /32 to 4096 characters/);
    fails(keyFile(t, 'x'.repeat(4097)), 78, /32 to 4096 characters/);
    const open = keyFile(t);
    chmodSync(open, 0o604);
    fails(open, 78, /anybody on this machine can read it/);
  },
);

test('32 31 no browser and no stranger comes in by /node', { skip }, async (t) => {
  const where = database('strangers');
  const a = await serve(t, where, 'a', { key: keyFile(t), port: await freePort() });
  const status = async (headers, line) => {
    const raw = await Raw.connect(a.port);
    raw.send(upgrade(a.port, { ...CALL, ...headers }, line));
    await raw.until(() => raw.got.includes('\r\n\r\n') || raw.closed);
    const [, code] = raw.got.toString().match(/^HTTP\/1\.1 (\d+)/) ?? [];
    raw.destroy();
    return Number(code ?? 0);
  };
  const node = 'GET /node';
  assert.equal(await status({}, node), 101);
  assert.equal(await status({ Origin: `http://127.0.0.1:${a.port}` }, node), 403);
  assert.equal(await status({ Origin: 'null' }, node), 403);
  assert.equal(await status({ 'Sec-WebSocket-Protocol': 'runde.v1' }, node), 400);
  assert.equal(await status({ 'Sec-WebSocket-Protocol': null }, node), 400);
  assert.notEqual(await status({ 'Sec-WebSocket-Protocol': 'runde.v1, runde.node.v1' }, node), 101);
  assert.notEqual(await status({}, 'GET /ws'), 101);
  assert.equal(await status({}, 'GET /node/'), 404);
  assert.equal((await get(a.port, '/node')).status, 404);

  const silent = await Ws.open(a.port, CALL, node);
  const challenge = await silent.frame();
  assert.equal(challenge.opcode, BINARY);
  assert.equal(challenge.payload.length, 4 + 1 + 8 + 4 + 32 + 1);
  for (const [opcode, bytes] of [
    [TEXT, '{"hello":{}}'],
    [BINARY, Buffer.alloc(200000)],
    [BINARY, Buffer.from('0000000104', 'hex')],
    [BINARY, 'GET / HTTP/1.1\r\n\r\n'],
  ]) {
    const one = await Ws.open(a.port, CALL, node);
    one.send(opcode, bytes);
    await one.raw.end();
  }
  await silent.raw.end(); /* And nothing more was said to it. */
  assert.equal(await metric(a, 'runde_trunks'), 0);
  assert.equal((await get(a.port, '/healthz')).status, 200);
});

test('31 without a key there is no /node', { skip }, async (t) => {
  const a = await serve(t, database('keyless'), 'a');
  await assert.rejects(Ws.open(a.port, CALL, 'GET /node'));
});

test('31 by IPv6, and by a name of several addresses', { skip }, async (t) => {
  const where = database('six');
  const key = keyFile(t);
  const [one, other] = [await freePort(), await freePort()];
  const more = ['--listen', `[::]:${one}`];
  const a = await serve(t, where, 'a', { key, port: one, url: `http://[::1]:${one}`, more });
  const b = await serve(t, where, 'b', { key, port: other, url: `http://localhost:${other}` });
  for (const server of [a, b]) await becomes(() => metric(server, 'runde_trunks'), 2);
  const made = await meeting(a.port, { template: 'runde' });
  await come(b, made);
});

test('31 a name that nobody has is told, and clients hear busy', { skip }, async (t) => {
  const where = database('nowhere');
  const key = keyFile(t);
  const a = await serve(t, where, 'a', { key, url: 'http://there-is-none.invalid:8080' });
  const b = await serve(t, where, 'b', { key, port: await freePort() });
  const made = await meeting(a.port, { template: 'runde' });
  await soon(async () => assert.match(b.log(), /node\.unknown host=there-is-none\.invalid/));
  assert.deepEqual(await greet(b, made), { refused: 'busy' });
  await come(a, made);
});

/** An authority, and certificates of it for these names: a folder with ca.pem, NAME.pem, NAME.key. */
function authority(t, ...hosts) {
  const cwd = folder(t);
  const openssl = (...args) => execFileSync('openssl', args, { cwd, stdio: 'pipe' });
  const fresh = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    ...fresh,
    '-x509',
    '-subj',
    '/CN=Ours',
    '-days',
    '30',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  for (const host of hosts) {
    openssl(...fresh, '-subj', `/CN=${host}`, '-keyout', `${host}.key`, '-out', 'csr');
    writeFileSync(join(cwd, 'names'), `subjectAltName=DNS:${host}\n`);
    openssl(
      ...['x509', '-req', '-in', 'csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-extfile', 'names', '-days', '30', '-out', `${host}.pem`],
    );
  }
  return cwd;
}

const overTls = (port, ca, method, path, body = '') =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, ca: readFileSync(ca), agent: false };
    const call = askTls({ ...options, checkServerIdentity: () => undefined }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece) => (text += piece));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    call.on('error', reject);
    call.end(body);
  });

test('31 by TLS, where the certificate is good and of that name', { skip }, async (t) => {
  const certificates = authority(t, 'localhost', 'other.example');
  const at = (name) => join(certificates, name);
  const key = keyFile(t);
  const where = database('tls');
  const begin = async (node, host) => {
    const port = await freePort();
    const more = ['--metrics', '127.0.0.1:0', '--log', 'debug', '--cluster-ca-file', at('ca.pem')];
    const tls = ['--tls-cert', at(`${host}.pem`), '--tls-key', at(`${host}.key`)];
    const url = `https://localhost:${port}`;
    const args = argsOf(folder(t), where, { node, key, port, url, more: [...more, ...tls] });
    const server = await start(rundePath, ['serve', ...args]);
    t.after(() => server.kill('SIGKILL'));
    return server;
  };
  const ask = (server, ...what) => overTls(server.port, at('ca.pem'), ...what);
  const a = await begin('a', 'localhost');
  const b = await begin('b', 'localhost');
  const up = (server) =>
    soon(async () => assert.equal(await metric(server, 'runde_trunks'), 2, server.log()));
  await Promise.all([a, b].map(up));
  const made = await soon(async () => {
    const answer = await ask(a, 'POST', '/api/meetings', '{"template":"runde"}');
    assert.equal(answer.status, 201, answer.text);
    return JSON.parse(answer.text);
  });
  const door = `/api/meetings/${made.code}/door`;
  assert.equal((await ask(b, 'GET', door)).status, 200);
  assert.equal(await metric(b, 'runde_meetings_claimed_total'), 0);

  /* Its certificate is of another name: nobody calls it, and it calls others. */
  const c = await begin('c', 'other.example');
  await becomes(() => metric(c, 'runde_trunks'), 2);
  await soon(async () => assert.match(a.log(), /node\.unreached host=localhost/));
  const other = JSON.parse((await ask(c, 'POST', '/api/meetings', '{"template":"runde"}')).text);
  assert.equal((await ask(a, 'GET', `/api/meetings/${other.code}/door`)).status, 503);
  assert.equal((await ask(c, 'GET', door)).status, 200);
});
