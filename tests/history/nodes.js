// nodes.js -- servers that share a database, each with a way to it that can be cut.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { start, wait } from '../support/rawhttp.js';

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
export async function wayTo(folders) {
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

/** What servers know each other by; with it each takes anybody for any meeting. */
const KEY = 'a key of thirty-two characters, or more\n';

/** A port that nobody has just now. */
async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/**
 * A server, started anew at the same address whenever it is told to rise.
 * @param {string} name
 * @param {{journal: string, listen?: string, port?: number, alone?: boolean, inside?: string[]}} where  `port` is where people find it, unless
 *     that is where it listens; `alone`: it knows no other server; `inside` the words before its command
 */
export async function node(name, { journal, listen, port, alone = false, inside = [] }) {
  const data = mkdtempSync(join(tmpdir(), 'runde-node-'));
  const key = join(data, 'cluster.key');
  writeFileSync(key, KEY, { mode: 0o600 });
  const at = listen ?? `127.0.0.1:${await freePort()}`;
  const it = {
    name,
    port: port ?? Number(at.split(':')[1]),
    /** @type {import('../support/rawhttp.js').Server | null} */
    server: null,
    /** How it ended, where nobody has ended it. */
    wrong: '',
    async rise() {
      for (;;) {
        const risen = await it.start().catch((error) => error);
        if (!(risen instanceof Error)) return;
        if (!/ended with 69 /.test(risen.message)) throw risen; // The database is away.
        await wait(500);
      }
    },
    async start() {
      const [command, ...args] = [...inside, runde, 'serve', '--listen', at, '--data', data];
      const shared = ['--journal', journal, '--node', name, '--node-url', `http://${at}`];
      const called = port ? ['--base-url', `http://127.0.0.1:${port}`] : [];
      const known = alone ? [] : ['--cluster-key-file', key];
      const server = await start(command, [...args, ...shared, ...called, ...known, '--rate', '0']);
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
