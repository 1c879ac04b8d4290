/**
 * server.js -- which server the cases of this folder knock at.
 *
 *     NET_ECHO   the echo server (build/net_echo), for cases about net alone
 *     RUNDE      the real one (build/runde), for cases that hold for both
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { start } from '../support/rawhttp.js';

const root = new URL('../..', import.meta.url).pathname;
export const echoPath = process.env.NET_ECHO ?? join(root, 'build/net_echo');
export const rundePath = process.env.RUNDE ?? join(root, 'build/runde');
export const hasRunde = existsSync(rundePath);

/** @param {string[]} [args] */
export const echo = (...args) => start(echoPath, args);

/** The real server on an empty data folder of its own. @param {string[]} [args] */
export async function runde(...args) {
  const data = mkdtempSync(join(tmpdir(), 'runde-net-'));
  const server = await start(rundePath, [
    'serve',
    '--listen',
    '127.0.0.1:0',
    '--data',
    data,
    '--meeting',
    'none',
    ...args,
  ]);
  server.ended.then(() => rmSync(data, { recursive: true, force: true }));
  return { ...server, data };
}
