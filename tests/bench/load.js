// load.js -- one measurement: load.c against a server that has just been started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join as pathOf } from 'node:path';

import { serve } from './servers.js';

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
 * Runs the work `[KIND, ROOMS, PEERS, X, Y]` of load.c; what it measured, and of the server: core
 * seconds while it worked, and kB a connection once all had joined.
 */
export async function measure(name, work) {
  const server = await serve(name);
  const [, rooms, peers] = work;
  try {
    const codes = await server.codes(rooms);
    const empty = server.memory();
    const [kind, ...numbers] = work;
    const args = [server.dialect, server.port, kind, ...numbers].map(String);
    const load = spawn('taskset', ['-c', LOAD_CORE, pathOf(build, 'bench_load'), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(load, 'exit');
    load.stdin.on('error', () => {}); // It has ended, and says why.
    load.stdin.write(codes.map((code) => `${code}\n`).join(''));
    const said = lines(load.stdout.setEncoding('utf8'));
    if ((await said.next()).value !== 'ready') throw new Error(`${name} fails at ${work}`);
    const kB = (server.memory() - empty) / (rooms * peers);
    const before = server.busy();
    load.stdin.end('\n');
    const { value } = await said.next();
    if (!value) throw new Error(`${name} fails at ${work}`);
    const busy = server.busy() - before;
    await ended;
    return { ...JSON.parse(value), busy, kB };
  } finally {
    await server.stop();
  }
}
