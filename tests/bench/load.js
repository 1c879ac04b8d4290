// load.js -- one measurement: load.c against a server that has just been started.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join as pathOf } from 'node:path';

import { SERVER_CORE, serve, servers } from './servers.js';

const build = process.env.RUNDE_BUILD ?? new URL('../../build', import.meta.url).pathname;
const LOAD_CORE = '1';

/** Tells whoever looks on what is being done. */
export function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** The lines that a process says, one at a time. */
async function* lines(stream) {
  let rest = '';
  for await (const text of stream) {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

/**
 * The crowd of load.c, which joins the meetings of a server: `begin` lets it work, and gives what it
 * measured.
 */
export async function crowd(server, work, codes) {
  const [kind, ...numbers] = work;
  const args = [server.dialect, server.port, kind, ...numbers].map(String);
  const load = spawn('taskset', ['-c', LOAD_CORE, pathOf(build, 'bench_load'), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(load, 'exit');
  load.stdin.on('error', () => {}); // It has ended, and says why.
  load.stdin.write(codes.map((code) => `${code}\n`).join(''));
  const said = lines(load.stdout.setEncoding('utf8'));
  if ((await said.next()).value !== 'ready') throw new Error(`it fails at ${work}`);
  return {
    async begin() {
      load.stdin.end('\n');
      const { value } = await said.next();
      if (!value) throw new Error(`it fails at ${work}`);
      return JSON.parse(value);
    },
    ended,
  };
}

/** By how much each number has grown. */
export const grown = (before, after) =>
  before && Object.fromEntries(Object.entries(after).map(([key, n]) => [key, n - before[key]]));

/**
 * Runs the work `[KIND, ROOMS, PEERS, X, Y]` of load.c; what it measured, and of the server: core
 * seconds while it worked, what it stored meanwhile, and kB a connection once all had joined.
 */
export async function measure(name, work) {
  const server = await serve(name);
  const [, rooms, peers] = work;
  try {
    const codes = await server.codes(rooms);
    const empty = server.memory();
    const those = await crowd(server, work, codes);
    const kB = (server.memory() - empty) / (rooms * peers);
    const [before, stored] = [server.busy(), await server.stored()];
    const told = await those.begin();
    const busy = server.busy() - before;
    const more = grown(stored, await server.stored());
    await those.ended;
    return { ...told, busy, kB, empty, stored: more };
  } finally {
    await server.stop();
  }
}

/** Runs append.c with the kind of journal that a server has. */
export function append(name, [, ...numbers]) {
  const args = ['-c', SERVER_CORE, pathOf(build, 'bench_append'), servers[name].kind];
  const env = { ...process.env, RUNDE_TEST_FSYNC: 'on', RUNDE_TEST_NAPTIME: '60' };
  const how = { env, encoding: /** @type {const} */ ('utf8') };
  return JSON.parse(execFileSync('taskset', [...args, ...numbers.map(String)], how));
}
