/** client.js -- somebody in a meeting, over a real WebSocket or by the pages' own stream. */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

import { exchange, request } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { until } from '../support/soon.js';
import { streamTo } from '../../web/shared/stream.js';

/** What is said, for tests/protocol/traffic.test.js. */
function note(direction, role, text) {
  const file = process.env.RUNDE_TRAFFIC_OUT;
  if (file) appendFileSync(file, `${direction} ${role} ${text}\n`);
}

/**
 * Makes a meeting: its code, and the keys of its links.
 * @param {object} body  `{agenda}` or `{template}`
 */
export async function meeting(port, body) {
  const text = JSON.stringify(body);
  const headers = { 'Content-Length': String(Buffer.byteLength(text)) };
  const made = await exchange(port, request(port, 'POST /api/meetings', headers, text));
  if (made.status !== 201) throw new Error(`${made.status} ${made.body}`);
  const { code, links } = JSON.parse(made.body.toString());
  return { code, key: (role) => links[role].split('#')[1] };
}

/**
 * Says hello. `send` gives the command's reply, `hear` the next frame of one of the names, `next` the next that
 * is wanted; several may wait at once. What was heard is in `heard`.
 * @param {number} port
 * @param {object} hello
 */
export async function join(port, hello) {
  const ws = await Ws.open(port);
  const say = (frame) => {
    note('>', hello.as, JSON.stringify(frame));
    ws.text(JSON.stringify(frame));
  };
  const heard = [];
  let waiting = [];
  let reads = false;
  const read = async () => {
    reads = true;
    while (waiting.length) {
      const message = await ws.message();
      if (!message || message.opcode !== 1) throw new Error('the connection ended');
      const text = message.payload.toString();
      const frame = JSON.parse(text);
      note('<', hello.as, text);
      heard.push(frame);
      const one = waiting.find(({ wanted }) => wanted(frame));
      waiting = waiting.filter((each) => each !== one);
      one?.done(frame);
    }
    reads = false;
  };
  const next = (wanted) =>
    new Promise((done, failed) => {
      waiting.push({ wanted, done, failed });
      if (reads) return;
      read().catch((error) => {
        reads = false;
        for (const each of waiting.splice(0)) each.failed(error);
      });
    });
  say({ hello });
  return {
    ws,
    heard,
    say,
    next,
    hear: (...names) => next((frame) => names.some((name) => name in frame)),
    send(command, fields = {}, id = randomUUID()) {
      say({ id, do: command, with: fields });
      return next((frame) => frame.re === id);
    },
    leave: () => ws.destroy(),
  };
}

/** The same by a stream: `heard` is all that came, `fact` waits for one of a name. */
export function joinByStream(port, hello) {
  const heard = [];
  let closed = false;
  const socket = streamTo(`ws://127.0.0.1:${port}/ws`);
  socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
  socket.onclose = () => (closed = true);
  const say = (frame) => socket.send(JSON.stringify(frame));
  socket.onopen = () => say({ hello });
  const find = (wanted) => until(() => heard.find(wanted));
  return {
    heard,
    say,
    socket,
    closed: () => until(() => closed),
    hear: (name) => find((frame) => name in frame),
    async send(command, fields = {}) {
      const id = randomUUID();
      say({ id, do: command, with: fields });
      return find((frame) => frame.re === id);
    },
    fact: (name) => find(({ facts }) => facts?.some(({ fact }) => fact === name)),
  };
}
