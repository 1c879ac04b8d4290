/**
 * relayed.js -- what it costs that a session is passed on to the server that leads its meeting.
 *
 *     node tests/bench/relayed.js [--rounds 5] [--phones 100] [--short]
 *
 * Two servers on one PostgreSQL. The crowd of load.c is at the owner, at the other one, and half and
 * half, in turn; the servers share a core, and the crowd has the other. Figures are medians over the
 * rounds, ratios those within a round. build/bench/relayed.json has them; `delivery` and `bytes` are
 * what a delivery takes more where it is passed on: core seconds of both servers, and bytes of the trunk
 * (`relayed` in costs.json). Wants what tests/bench/run has built.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { parseArgs } from 'node:util';

import { join } from '../net/client.js';
import { freePort } from '../net/nodes.js';
import { database } from '../support/postgres.js';
import { exchange, request, start } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { progress } from './load.js';
import { AGENDA } from './servers.js';

const here = new URL('.', import.meta.url).pathname;
const build = process.env.RUNDE_BUILD ?? pathOf(here, '../../build');
const out = pathOf(here, '../../build/bench');
const [SERVER_CORE, LOAD_CORE] = ['0', '1'];

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    phones: { type: 'string', default: '100' },
    short: { type: 'boolean', default: false },
  },
});
const phones = Number(values.phones);
/** Contributions a second, and seconds. */
const [rate, seconds] = values.short ? [20, 2] : [100, 8];

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

/** Core seconds of all threads of a server so far, to the nanosecond. */
const busy = ({ pid }) =>
  readdirSync(`/proc/${pid}/task`)
    .map((task) => readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
    .reduce((sum, ns) => sum + Number(ns) / 1e9, 0);

/** Bytes that a server has sent to those who are connected to it. */
function sent({ port }) {
  const lines = execFileSync('ss', ['-tinH', 'state', 'established', `( sport = :${port} )`]);
  return [...lines.toString().matchAll(/bytes_sent:(\d+)/g)].reduce((sum, m) => sum + +m[1], 0);
}

async function serve(folder, where, node) {
  const port = await freePort();
  const args = ['serve', '--listen', `127.0.0.1:${port}`, '--data', pathOf(folder, node)];
  const own = ['--node', node, '--node-url', `http://127.0.0.1:${port}`];
  const both = ['--journal', where, '--cluster-key-file', pathOf(folder, 'key')];
  const more = ['--rate', '0', '--meeting', 'none'];
  const all = ['-c', SERVER_CORE, pathOf(build, 'runde'), ...args, ...own, ...both, ...more];
  return start('taskset', all);
}

/** A meeting that runs, led by the server at `port`: its code, and the console that keeps it there. */
async function meeting(port) {
  const body = JSON.stringify({ agenda: AGENDA });
  const head = { 'Content-Length': String(Buffer.byteLength(body)) };
  const made = await exchange(port, request(port, 'POST /api/meetings', head, body));
  const { code, links } = JSON.parse(made.body.toString());
  const key = links.console.split('#')[1];
  const console_ = await join(port, { as: 'console', meeting: code, key });
  if (!(await console_.send('meeting.start')).ok) throw new Error('the meeting does not start');
  return { code, console_ };
}

/** The crowd at these ports, in a meeting of the first server's. */
async function work(servers, ports) {
  const [owner] = servers;
  const { code, console_ } = await meeting(owner.port);
  const args = ['runde', ports.join(), 'paced', 1, phones, rate, seconds].map(String);
  const load = spawn('taskset', ['-c', LOAD_CORE, pathOf(build, 'bench_load'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(load, 'exit');
  load.stdin.write(`${code}\n`);
  const said = load.stdout.setEncoding('utf8')[Symbol.asyncIterator]();
  if (!(await said.next()).value?.startsWith('ready')) throw new Error(`fails at ${ports}`);
  const before = { busy: servers.map(busy), sent: sent(owner) };
  load.stdin.end('\n');
  const line = (await said.next()).value;
  if (!line) throw new Error(`fails at ${ports}`);
  const spent = servers.map((server, i) => busy(server) - before.busy[i]);
  const bytes = sent(owner) - before.sent;
  await ended;
  console_.leave();
  const { ack, fan_out, deliveries } = JSON.parse(line);
  return { ack, fan_out, deliveries, busy: spent, bytes };
}

const figures = {
  'answer, p50 ms': (r) => r.ack[0],
  'answer, p99 ms': (r) => r.ack[1],
  'fan-out, p50 ms': (r) => r.fan_out[0],
  'fan-out, p99 ms': (r) => r.fan_out[1],
  'core ms of the owner for 1000 deliveries': (r) => (r.busy[0] * 1e6) / r.deliveries,
  'core ms of the other for 1000 deliveries': (r) => (r.busy[1] * 1e6) / r.deliveries,
  'core ms of both for 1000 deliveries': (r) => ((r.busy[0] + r.busy[1]) * 1e6) / r.deliveries,
};

const folder = mkdtempSync(pathOf(tmpdir(), 'runde-bench-'));
writeFileSync(pathOf(folder, 'key'), 'a key of thirty-two characters, or more\n', { mode: 0o600 });
process.env.RUNDE_TEST_FSYNC = 'on';
const where = database('relayed');
const servers = [await serve(folder, where, 'a'), await serve(folder, where, 'b')];
const ports = servers.map(({ port }) => port);
const runs = { owner: [ports[0]], other: [ports[1]], half: ports };
const all = { owner: [], other: [], half: [] };
try {
  for (const { port } of servers)
    await becomes(async () => (await exchange(port, request(port, 'GET /readyz'))).status, 200);
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, at] of Object.entries(runs)) {
      progress(`${round + 1}: ${name}`);
      all[name].push(await work(servers, at));
    }
} finally {
  progress('');
  for (const server of servers) await server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

const digits = (n) => (n >= 100 ? n.toFixed(0) : n.toPrecision(3));
console.log(
  `1 meeting × ${phones} phones, ${rate} contributions a second: at the owner · at the other · half and half`,
);
for (const [name, of] of Object.entries(figures)) {
  const [owner, other, half] = Object.values(all).map((results) => median(results.map(of)));
  const ratio = (results) => median(results.map((r, i) => of(r) / of(all.owner[i])));
  const ratios =
    owner > 0 ? `, × ${digits(ratio(all.other))} and × ${digits(ratio(all.half))}` : '';
  console.log(`  ${name}: ${digits(owner)} · ${digits(other)} · ${digits(half)}${ratios}`);
}
const core = (r) => (r.busy[0] + r.busy[1]) / r.deliveries;
const relayed = {
  delivery: median(all.other.map((r, i) => core(r) - core(all.owner[i]))),
  bytes: median(all.other.map((r) => r.bytes / r.deliveries)),
};
console.log(
  `  more for a relayed delivery: ${digits(relayed.delivery * 1e6)} core µs, ${digits(relayed.bytes)} bytes of the trunk`,
);
mkdirSync(out, { recursive: true });
writeFileSync(pathOf(out, 'relayed.json'), JSON.stringify({ ...relayed, rounds: all }, null, 1));
process.exit(0);
