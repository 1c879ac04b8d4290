// servers.js -- who is measured, and what is measured of a process.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';

import { join } from '../net/client.js';
import { database, sql } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';

const here = new URL('.', import.meta.url).pathname;
const build = process.env.RUNDE_BUILD ?? pathOf(here, '../../build');
export const SERVER_CORE = '0';

/** kind: of journal, as append.c knows it. */
const runde = (program, kind = 'sqlite') => ({
  dialect: 'runde',
  kind,
  command: (data, store) => [
    program,
    ...['serve', '--listen', '127.0.0.1:0', '--data', data, '--metrics', '127.0.0.1:0'],
    ...['--rate', '0', '--meeting', 'none'],
    ...(store ? ['--journal', store] : []),
  ],
});
let databases = 0;
/** A database of its own in a PostgreSQL that waits for the disk, as one in use does. */
export function newDatabase() {
  process.env.RUNDE_TEST_FSYNC = 'on';
  process.env.RUNDE_TEST_NAPTIME = '60'; // PostgreSQL's own.
  const name = `bench_${databases++}`;
  return { name, url: database(name) };
}
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
  'runde, postgresql': runde(pathOf(build, 'runde'), 'postgres'),
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

/** Of /proc/PID/stat, from the state on. */
const statOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
const ticks = (fields) => fields.reduce((sum, each) => sum + Number(each), 0) / CLOCK_TICKS;

/** Core seconds of a database's processes so far, also of those that have ended. */
export function databaseBusy(name) {
  const one = sql(name, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
  const postmaster = statOf(one)[1];
  let sum = ticks(statOf(postmaster).slice(11, 15)); // With those that have ended.
  for (const pid of readdirSync('/proc'))
    try {
      const stat = /^[0-9]+$/.test(pid) ? statOf(pid) : [];
      if (stat[1] === postmaster) sum += ticks(stat.slice(11, 13));
    } catch {
      // It ends just now.
    }
  return sum;
}

/** Bytes that a database has written into its log. */
export const databaseLog = (name) =>
  Number(sql(name, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"));

/** Bytes that its tables and indexes have. */
const databaseSize = (name) =>
  Number(
    sql(
      name,
      "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'runde'::regnamespace",
    ),
  );

/**
 * Starts a server on a core of its own, on an empty folder or on that of an earlier one.
 * shared: the database of several, and this one's name among them.
 * @param {string} name
 * @param {{data?: string, core?: string, shared?: {database: {name: string, url: string}, node: string}}} [how]
 */
export async function serve(name, how = {}) {
  const { data = mkdtempSync(pathOf(tmpdir(), 'runde-bench-')), core = SERVER_CORE, shared } = how;
  const { dialect, kind, command } = servers[name];
  const base = shared?.database ?? (kind === 'postgres' ? newDatabase() : null);
  const node = shared ? ['--node', shared.node, '--node-url', `http://${shared.node}.example`] : [];
  const from = performance.now();
  const words = [...command(data, base?.url), ...node];
  const server = await start('taskset', ['-c', core, ...words]);
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
    busy: () => ticks(statOf(server.pid).slice(11, 13)),
    /** Resident memory, kB. */
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(proc('status'))[1]),
    /**
     * What it has stored so far: commits, the seconds that they took, and facts; in a database, bytes of the log and core seconds
     * of the database's own as well. null of what is no server of ours.
     */
    async stored() {
      if (dialect !== 'runde') return null;
      const { body } = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
      const figure = (which) =>
        Number(new RegExp(`^${which} (\\S+)$`, 'm').exec(body.toString())?.[1]);
      return {
        commits: figure('runde_journal_commit_seconds_count'),
        seconds: figure('runde_journal_commit_seconds_sum'),
        facts: figure('runde_journal_facts_total'),
        ...(base && {
          log: databaseLog(base.name),
          size: databaseSize(base.name),
          busy: databaseBusy(base.name),
        }),
      };
    },
    async stop({ keep = false } = {}) {
      await server.kill('SIGKILL');
      if (!keep) rmSync(data, { recursive: true, force: true });
    },
  };
}
