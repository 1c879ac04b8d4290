// nodes.js -- servers that share a database, each with a way to it that can be cut.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { start } from '../support/rawhttp.js';

const runde = process.env.RUNDE ?? fileURLToPath(new URL('../../build/runde', import.meta.url));

/** A door at this machine for the socket of a database. */
async function door(path, way) {
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path, allowHalfOpen: true });
    const both = [near, far];
    const pair = {
      gone: false,
      /** As the way is just now. */
      look() {
        for (const socket of both) socket.unpipe().pause();
        if (way.up) near.pipe(far);
        if (way.down) far.pipe(near);
      },
      end() {
        way.open.delete(pair);
        both.forEach((socket) => socket.destroy());
      },
    };
    way.open.add(pair);
    near.setNoDelay(true);
    for (const socket of both) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pair.gone = true;
        if (way.up && way.down) pair.end();
      });
    }
    pair.look();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  return server.address().port;
}

/**
 * The way of one server to databases, by their sockets' folders, in the order of its connection string.
 * @param {string[]} folders
 */
async function wayTo(folders) {
  const way = { open: new Set(), up: true, down: true };
  const look = () => way.open.forEach((pair) => pair.look());
  const ports = [];
  for (const folder of folders) ports.push(await door(join(folder, '.s.PGSQL.5432'), way));
  return {
    url: (name) => `postgresql://runde@/${name}?host=${ports.map(() => '127.0.0.1')}&port=${ports}`,
    /** Nothing comes through any more, and nobody is told. */
    cut() {
      way.up = way.down = false;
      look();
    },
    /** What is asked arrives; what is answered does not. */
    swallow() {
      way.down = false;
      look();
    },
    /** What was on its way arrives, and each end hears whether the other one has gone. */
    mend() {
      way.up = way.down = true;
      for (const pair of [...way.open]) if (pair.gone) pair.end();
      look();
    },
    /** Both ends hear that the connections are lost, and with them what was on its way; new ones are taken. */
    reset() {
      way.up = way.down = true;
      for (const pair of [...way.open]) pair.end();
    },
  };
}

/**
 * A server, started anew at the same port whenever it is told to rise.
 * @param {string} name
 * @param {{folders: string[], database: string, direct?: string, args?: string[]}} where  `direct` is a connection string
 *     that it uses instead of the way that can be cut
 */
export async function node(name, { folders, database, direct, args = [] }) {
  const data = mkdtempSync(join(tmpdir(), 'runde-node-'));
  const way = await wayTo(folders);
  const it = {
    name,
    way,
    port: 0,
    /** @type {import('../support/rawhttp.js').Server | null} */
    server: null,
    /** How it ended, where nobody has ended it. */
    wrong: '',
    async rise() {
      const listen = ['--listen', `127.0.0.1:${it.port}`, '--data', data, '--rate', '0'];
      const shared = ['--journal', direct ?? way.url(database), '--node', name];
      const server = await start(runde, [
        ...['serve', ...listen, ...shared, '--node-url', `http://127.0.0.1:${it.port || 1}`],
        ...args,
      ]);
      it.port = server.port;
      it.server = server;
      server.ended.then((end) => {
        if (end !== 0 && end !== 'SIGKILL') it.wrong = `${name} ended with ${end}: ${server.log()}`;
      });
    },
    kill: () => it.server.kill('SIGKILL'),
    drain: () => it.server.kill('SIGTERM'),
    freeze: () => it.server.process.kill('SIGSTOP'),
    thaw: () => it.server.process.kill('SIGCONT'),
  };
  process.once('exit', () => {
    it.server?.process.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });
  await it.rise();
  return it;
}
