// nodes.test.js -- two servers on one PostgreSQL behind nginx and HAProxy: all of a meeting comes to
// one of them, to the other one when that has gone, and back. A command of its own:
// tests/proxies/run. See tests/README.md, rows 27, 28 and 31.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { meeting } from '../net/client.js';
import { rundePath } from '../net/server.js';
import { database } from '../support/postgres.js';
import { start, upgrade } from '../support/rawhttp.js';
import { CLOSE, TEXT, Ws } from '../support/rawws.js';
import { soon } from '../support/soon.js';
import { ask, before, freePort, tlsTo, wanted } from './proxy.js';

/** All that belongs to a meeting, as its pages ask for it. */
const PATHS = ['/m/', '/console/', '/board/', '/minutes/', '/ws/', '/stream/', '/api/meetings/'];
const SAMPLE = 40;
let databases = 0;

/**
 * The way from the proxy to a server: what was asked of it stands in `asked`. While it is shut nobody
 * listens there, as where the server's machine has gone.
 */
async function gate() {
  const port = await freePort();
  const open = new Set();
  const asked = [];
  let to = 0;
  let door;
  return {
    port,
    asked,
    lead: (target) => void (to = target),
    async open() {
      door = createServer((near) => {
        const far = connect(to, '127.0.0.1');
        near.once('data', (data) => {
          const line = /^(?!GET \/readyz)\S+ (\S+) HTTP/.exec(data.toString('latin1', 0, 1024));
          if (line) asked.push(line[1]);
        });
        for (const [from, into] of [
          [near, far],
          [far, near],
        ]) {
          open.add(from);
          from.on('error', () => {});
          from.on('close', () => open.delete(from) && into.destroySoon());
          from.pipe(into);
        }
      }).listen(port, '127.0.0.1');
      await once(door, 'listening');
    },
    shut() {
      door.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** Two servers on one database behind the proxy. */
async function behind(t, name) {
  const port = await freePort();
  const where = database(`behind_${++databases}`);
  const node = async (word) => {
    const way = await gate();
    const begin = async () => {
      const data = mkdtempSync(join(tmpdir(), 'runde-behind-'));
      t.after(() => rmSync(data, { recursive: true, force: true }));
      const server = await start(rundePath, [
        ...['serve', '--listen', '127.0.0.1:0', '--data', data, '--journal', where],
        ...['--node', word, '--node-url', `http://127.0.0.1:${way.port}`],
        ...['--base-url', `https://localhost:${port}`, '--trust-proxy', '127.0.0.1'],
      ]);
      t.after(() => server.kill('SIGKILL'));
      way.lead(server.port);
      await way.open();
      return server;
    };
    t.after(() => way.shut());
    return { way, begin, server: await begin() };
  };
  const nodes = [await node('a'), await node('b')];
  await before(
    ...[t, name, port],
    nodes.map(({ way }) => way.port),
  );

  /** Which of them is asked for a path by the proxy. */
  const led = async (path) => {
    for (const { way } of nodes) way.asked.length = 0;
    await ask(port, `GET ${path}`);
    const asked = nodes.flatMap(({ way }, i) => (way.asked.includes(path) ? [i] : []));
    assert.equal(asked.length, 1, `${path} comes to ${asked.length} of them`);
    return asked[0];
  };
  /** ... for all paths of a meeting, which are as one. */
  const place = async (code) => {
    const places = [];
    for (const path of PATHS) places.push(await led(path + code));
    assert.deepEqual(new Set(places).size, 1, `${code}: ${places}`);
    return places[0];
  };
  /** A meeting that a node has made and that the proxy leads to it. */
  const made = async (i) => {
    for (;;) {
      const one = await meeting(nodes[i].server.port, { template: 'runde' });
      if ((await led(`/m/${one.code}`)) === i) return one;
    }
  };
  return { port, nodes, led, place, made };
}

/** The console, by the way of the pages; `ended`: the status of the close, or 0 where there is none. */
async function greet(port, { code, key }) {
  const raw = await tlsTo(port);
  const own = { Host: `localhost:${port}`, Origin: `https://localhost:${port}` };
  raw.send(upgrade(port, own, `GET /ws/${code}`));
  await raw.until(() => raw.got.includes('\r\n\r\n') || raw.closed);
  assert.match(raw.got.toString('latin1'), /^HTTP\/1\.1 101 /);
  raw.got = raw.got.subarray(raw.got.indexOf('\r\n\r\n') + 4);
  const ws = new Ws(raw);
  const next = async () => {
    const { opcode, payload } = await ws.message();
    return opcode === TEXT ? JSON.parse(payload.toString()) : { closed: payload };
  };
  ws.text(JSON.stringify({ hello: { as: 'console', meeting: code, key: key('console') } }));
  const first = await next();
  assert.ok(first.welcome, JSON.stringify(first));
  const end = { status: -1 };
  const listen = async () => {
    for (;;) {
      const message = await ws.message();
      if (!message) return 0;
      if (message.opcode === CLOSE) return message.payload.readUInt16BE(0);
    }
  };
  listen().then(
    (status) => (end.status = status),
    () => (end.status = 0),
  );
  return {
    open: () => end.status === -1,
    ended: async () => {
      await soon(() => assert.notEqual(end.status, -1));
      return end.status;
    },
    leave: () => ws.destroy(),
  };
}

/** Comes again until it is let in, as pages do. */
const come = (port, it) => soon(() => greet(port, it));

for (const name of wanted(['nginx', 'haproxy'])) {
  test(`31 ${name}: all of a meeting comes to one server`, { timeout: 300000 }, async (t) => {
    const { led, place, made, port } = await behind(t, name);
    const count = [0, 0];
    for (let i = 0; i < SAMPLE; i++) {
      const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
      const half = () => Array.from({ length: 4 }, () => letters[Math.floor(Math.random() * 31)]);
      count[await led(`/m/${half().join('')}-${half().join('')}`)]++;
    }
    assert.ok(Math.min(...count) >= SAMPLE / 5, `they share: ${count}`);
    for (const i of [0, 1]) {
      const it = await made(i);
      assert.equal(await place(it.code), i);
      (await greet(port, it)).leave();
    }
  });

  test(
    `27 ${name}: a killed server's meetings come to the other, and back`,
    { timeout: 300000 },
    async (t) => {
      const { nodes, place, made, port } = await behind(t, name);
      const [mine, others] = [await made(0), await made(1)];
      const [here, there] = [await greet(port, mine), await greet(port, others)];
      nodes[0].server.kill('SIGKILL');
      nodes[0].way.shut();
      assert.equal(await here.ended(), 0);
      assert.equal(await place(mine.code), 1, 'at once, though nobody leads it yet');
      (await come(port, mine)).leave();
      assert.ok(there.open());
      nodes[0].server = await nodes[0].begin();
      await soon(async () => assert.equal(await place(mine.code), 0));
      assert.equal(await place(others.code), 1);
      assert.ok(there.open());
    },
  );

  test(
    `27 ${name}: a server that stops sends its people to the other`,
    { timeout: 300000 },
    async (t) => {
      const { nodes, place, made, port } = await behind(t, name);
      const [mine, others] = [await made(0), await made(1)];
      const [here, there] = [await greet(port, mine), await greet(port, others)];
      const ended = nodes[0].server.kill('SIGTERM');
      assert.equal(await here.ended(), 1012);
      assert.equal(await ended, 0);
      nodes[0].way.shut();
      (await come(port, mine)).leave();
      assert.equal(await place(mine.code), 1);
      assert.ok(there.open());
    },
  );
}

if (wanted(['haproxy']).length)
  test(
    '28 haproxy: nobody stays with a server that stands still',
    { timeout: 300000 },
    async (t) => {
      const { nodes, place, made, port } = await behind(t, 'haproxy');
      const mine = await made(0);
      const here = await greet(port, mine);
      nodes[0].server.process.kill('SIGSTOP');
      await here.ended();
      (await come(port, mine)).leave();
      assert.equal(await place(mine.code), 1);
      nodes[0].server.process.kill('SIGCONT');
      await soon(async () => assert.equal(await place(mine.code), 0));
    },
  );
