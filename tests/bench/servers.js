// servers.js -- who is measured, and what is measured of a process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';

import { join } from '../net/client.js';
import { database } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';

const here = new URL('.', import.meta.url).pathname;
const build = process.env.RUNDE_BUILD ?? pathOf(here, '../../build');
const SERVER_CORE = '0';

const runde = (program, ...more) => ({
  dialect: 'runde',
  command: (data) => [
    program,
    ...['serve', '--listen', '127.0.0.1:0', '--data', data],
    ...['--rate', '0', '--meeting', 'none'],
    ...more.flatMap((each) => each()),
  ],
});
let databases = 0;
/** A database of its own in a PostgreSQL that waits for the disk, as one in use does. */
const postgres = () => {
  process.env.RUNDE_TEST_FSYNC = 'on';
  return ['--journal', database(`bench_${databases++}`)];
};
const limit = (how) => ({
  dialect: 'plain',
  command: (data) => [pathOf(build, 'bench_limit'), how, pathOf(data, 'log')],
});
const peer = (kind, dialect) => ({
  dialect,
  command: (data) => [process.execPath, pathOf(here, 'peers.js'), kind, pathOf(data, 'log')],
});

/** By name, in the order of the table; RUNDE_OTHER names another build of the server. */
export const servers = {
  runde: runde(pathOf(build, 'runde')),
  'runde, postgresql': runde(pathOf(build, 'runde'), postgres),
  ...(process.env.RUNDE_OTHER && { other: runde(process.env.RUNDE_OTHER) }),
  'limit, joined': limit('joined'),
  'limit, each': limit('each'),
  ws: peer('ws', 'plain'),
  'socket.io': peer('socket.io', 'socketio'),
};

export const AGENDA = {
  title: 'Bench',
  items: [
    {
      no: 1,
      title: 'Samtale',
      minutes: 240,
      parts: [{ id: '1a', method: 'dialogue', minutes: 240 }],
    },
  ],
};

/** A meeting that runs, so that phones may contribute; its code. */
export async function meeting(port) {
  const body = JSON.stringify({ agenda: AGENDA });
  const head = { 'Content-Length': String(Buffer.byteLength(body)) };
  const made = await exchange(port, request(port, 'POST /api/meetings', head, body));
  const { code, links } = JSON.parse(made.body.toString());
  const key = links.console.split('#')[1];
  const console = await join(port, { as: 'console', meeting: code, key });
  const { ok } = await console.send('meeting.start');
  if (!ok) throw new Error('the meeting does not start');
  console.leave();
  return code;
}

const CLOCK_TICKS = Number(execFileSync('getconf', ['CLK_TCK']));

/** Starts a server on a core of its own, on an empty folder or on that of an earlier one. */
export async function serve(name, { data = mkdtempSync(pathOf(tmpdir(), 'runde-bench-')) } = {}) {
  const { dialect, command } = servers[name];
  const from = performance.now();
  const server = await start('taskset', ['-c', SERVER_CORE, ...command(data)]);
  const startedMs = Math.round(performance.now() - from);
  const proc = (file) => readFileSync(`/proc/${server.pid}/${file}`, 'utf8');
  return {
    dialect,
    data,
    startedMs,
    port: server.port,
    async codes(count) {
      const codes = [];
      if (dialect === 'runde') while (codes.length < count) codes.push(await meeting(server.port));
      return codes;
    },
    /** Core seconds of all its threads so far. */
    busy() {
      const [user, system] = proc('stat').split(') ')[1].split(' ').slice(11, 13);
      return (Number(user) + Number(system)) / CLOCK_TICKS;
    },
    /** Resident memory, kB. */
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))[1]),
    async stop({ keep = false } = {}) {
      await server.kill('SIGKILL');
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
}
