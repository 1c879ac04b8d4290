/**
 * nodes.js -- several servers on one PostgreSQL, and somebody in a meeting of theirs.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';

import { database } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { CLOSE, TEXT, Ws } from '../support/rawws.js';
import { becomes, soon, until } from '../support/soon.js';
import { rundePath } from './server.js';

export const RESTART = 1012;

export function folder(t) {
  const data = mkdtempSync(pathOf(tmpdir(), 'runde-nodes-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A file with a key for servers. @param {string} [key] */
export function keyFile(t, key = 'a key of thirty-two characters, or more') {
  const path = pathOf(folder(t), 'cluster.key');
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  return path;
}

/** A port that nobody listens on just now: a server must name its own before it has it. */
export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * `url`: where the others reach it, if not at the port it listens on.
 * @param {{node?: string, key?: string, port?: number, url?: string, more?: string[]}} [as]
 */
export function argsOf(data, where, { node, key, port = 0, url = '', more = [] } = {}) {
  url ||= port ? `http://127.0.0.1:${port}` : `http://${node}.example`;
  return ['--listen', `127.0.0.1:${port}`, '--data', data, '--journal', where]
    .concat(node ? ['--node', node, '--node-url', url] : [])
    .concat(key ? ['--cluster-key-file', key] : [])
    .concat(more);
}

export async function serve(t, where, node, as = {}) {
  const more = ['--metrics', '127.0.0.1:0', '--log', 'debug', ...(as.more ?? [])];
  const data = as.data ?? folder(t);
  const args = argsOf(data, where, { ...as, node, more });
  const server = await start(rundePath, ['serve', ...args]);
  t.after(() => server.kill('SIGKILL'));
  await becomes(() => readiness(server), 200);
  return { ...server, data, node };
}

/** Servers of these names that speak with each other. */
export async function several(t, name, nodes) {
  const where = database(name);
  const key = keyFile(t);
  const servers = [];
  for (const node of nodes)
    servers.push(await serve(t, where, node, { key, port: await freePort() }));
  await speak(servers);
  return { where, key, servers };
}

/** Waits until each of them has called each other one. */
export async function speak(servers) {
  for (const server of servers)
    await becomes(() => metric(server, 'runde_trunks'), 2 * (servers.length - 1));
}

export const get = (port, path) => exchange(port, request(port, `GET ${path}`));
export const readiness = async ({ port }) => (await get(port, '/readyz')).status;

/** What /metrics says. */
export async function metric({ metrics }, name) {
  const { body } = await get(metrics, '/metrics');
  return Number(body.toString().match(new RegExp(`^${name} (\\S+)$`, 'm'))?.[1]);
}

/** Somebody who keeps all that is said until the connection ends, and with which status it did. */
export async function talk({ port }, hello) {
  const ws = await Ws.open(port);
  const heard = [];
  const end = { status: -1 };
  const listen = async () => {
    for (;;) {
      const message = await ws.message();
      if (!message) return 0;
      if (message.opcode === CLOSE) {
        ws.send(CLOSE, message.payload);
        return message.payload.readUInt16BE(0);
      }
      if (message.opcode === TEXT) heard.push(JSON.parse(message.payload.toString()));
    }
  };
  listen().then(
    (status) => (end.status = status),
    () => (end.status = 0),
  );
  const say = (frame) => ws.text(JSON.stringify(frame));
  const find = (wanted) => until(() => heard.find(wanted));
  say({ hello });
  return {
    heard,
    find,
    say: (id, command, fields = {}) => say({ id, do: command, with: fields }),
    async send(command, fields = {}, id = randomUUID()) {
      say({ id, do: command, with: fields });
      return find((frame) => frame.re === id);
    },
    status: () => end.status,
    closed: () => becomes(() => end.status, RESTART),
    leave: () => ws.destroy(),
  };
}

export const consoleOf = (made) => ({
  as: 'console',
  meeting: made.code,
  key: made.key('console'),
});

/** Whether it is let in; else why not. */
export async function greet(server, made) {
  const one = await talk(server, consoleOf(made));
  const first = await one.find((frame) => frame.welcome || frame.refused);
  if (first.welcome) return { one };
  one.leave();
  return { refused: first.refused.code };
}

/** Comes again until it is let in, as pages do. */
export const come = (server, made) =>
  soon(async () => {
    const { one, refused } = await greet(server, made);
    assert.ok(one, refused);
    return one;
  });

/** Adds seats of these names; all are acknowledged. */
export async function add(one, names) {
  for (const name of names) {
    const reply = await one.send('seat.add', { name, device: 'none' });
    assert.equal(reply.ok, true, JSON.stringify(reply));
  }
}

/** The names at the table, as a snapshot has them. */
export async function names(one) {
  const { snapshot } = await one.find((frame) => frame.snapshot);
  return snapshot.seats.map(({ name }) => name);
}

export const some = (prefix, count) =>
  Array.from({ length: count }, (_, i) => `${prefix} ${i + 1}`);
