// look.js -- all that a server tells of meetings that it has folded from its journal: every link's
// and phone's snapshot, what can be fetched, the minutes, and what undo brings back.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exchange, request, start } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';

/** More steps than a meeting keeps. */
const UNDO_MAX = 60;

/** A server on this data folder, by whose clock it is now `wall`. */
export async function serve(runde, data, wall) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-compat-'));
  const shift = Buffer.alloc(8);
  shift.writeBigInt64LE(BigInt(wall - Date.now()));
  writeFileSync(join(folder, 'clock'), shift);
  const server = await start(
    runde,
    ['serve', '--listen', '127.0.0.1:0', '--data', data, '--rate', '0', '--meeting', 'none'],
    { RUNDE_TEST_CLOCK: join(folder, 'clock'), TZ: 'UTC' },
  );
  server.ended.then(() => rmSync(folder, { recursive: true, force: true }));
  return server;
}

/** Says hello, and hears until there is a frame with one of these. */
async function greet(server, hello) {
  const ws = await Ws.open(server.port);
  const next = async (...wanted) => {
    for (;;) {
      const { payload } = (await ws.message()) ?? {};
      if (!payload) throw new Error('the connection ended');
      const frame = JSON.parse(payload.toString());
      if (wanted.some((name) => name in frame)) return frame;
    }
  };
  ws.text(JSON.stringify({ hello }));
  const first = await next('welcome', 'refused');
  return { ws, next, first };
}

/** What somebody who comes by this link or token is told. */
export async function told(server, hello) {
  const { ws, next, first } = await greet(server, hello);
  const { welcome } = first;
  if (!welcome) {
    ws.destroy();
    return first;
  }
  const { seq, snapshot } = await next('snapshot');
  ws.destroy();
  return { welcome: { seat: welcome.seat, seats: welcome.seats }, seq, snapshot };
}

/** Presses undo until there is nothing to take back; what each press was answered and told. */
async function undone(server, hello) {
  const { ws, next, first } = await greet(server, hello);
  const steps = [];
  if (!first.welcome) {
    ws.destroy();
    return steps;
  }
  await next('snapshot');
  for (let i = 0; i < UNDO_MAX; i++) {
    const id = randomUUID();
    ws.text(JSON.stringify({ id, do: 'undo', with: {} }));
    const { ok, code, seq } = await next('re');
    const facts = [];
    for (let heard = 0; ok && heard < seq;) {
      const frame = await next('facts');
      facts.push(...frame.facts);
      heard = frame.seq;
    }
    steps.push(ok ? { seq, facts } : { code });
    if (!ok) break;
  }
  ws.destroy();
  return steps;
}

async function fetched(server, path, key) {
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const line = `GET ${path}`;
  const { status, body } = await exchange(server.port, request(server.port, line, headers));
  return { status, body: body.toString() };
}

/** What a request for the meeting is answered. */
export const statusOf = async (server, code) =>
  (await fetched(server, `/api/meetings/${code}`)).status;

const MINUTES = ['participants', 'facilitator'].flatMap((edition) =>
  ['html', 'md'].map((format) => `/minutes?edition=${edition}&format=${format}`),
);

/**
 * @param {{port: number}} server
 * @param {{code: string, keys: Record<string, string>, tokens: string[]}} meeting
 */
export async function look(server, { code, keys, tokens }) {
  const seen = { links: {}, phones: [], fetched: {}, undone: [], after: null };
  for (const [as, key] of Object.entries(keys))
    seen.links[as] = await told(server, { as, meeting: code, key });
  for (const token of tokens)
    seen.phones.push(await told(server, { as: 'phone', meeting: code, token }));
  for (const path of ['', '/door', '/agenda', ...MINUTES])
    seen.fetched[path] = await fetched(server, `/api/meetings/${code}${path}`, keys.console);
  const console_ = { as: 'console', meeting: code, key: keys.console };
  seen.undone = await undone(server, console_);
  seen.after = await told(server, console_);
  return seen;
}
