// slow.js -- a long thin way to a server: every byte takes its time, WebSockets too, which the
// browser's own throttling leaves alone.
//
// A connection costs a round trip before anything can be asked. Bytes go at the rate that all
// connections share, in packets with their headers, and arrive half a round trip later. A
// connection may have ten packets on the way to the phone, and twice as many with each round trip
// (RFC 6928): an answer that needs an eleventh waits for the first to be acknowledged.
import { connect, createServer } from 'node:net';

const PACKET = 1460;
const HEADERS = 40;
const FIRST = 10 * PACKET;

const later = (at, fn) => setTimeout(fn, Math.max(0, at - performance.now()));

/**
 * One direction: packets of all connections one after another. They arrive in that order, however
 * late a timer is.
 */
function lane(kbits, trip) {
  const line = [];
  let free = 0;
  let waits = false;
  const arrive = () => {
    while (line.length && line[0].at <= performance.now()) line.shift().arrived();
    waits = line.length > 0;
    if (waits) later(line[0].at, arrive);
  };
  return {
    /** @param {() => void} arrived */
    send(bytes, arrived) {
      free = Math.max(free, performance.now()) + ((bytes + HEADERS) * 8) / kbits;
      line.push({ at: free + trip / 2, arrived });
      if (!waits) later(line[0].at, arrive);
      waits = true;
    },
  };
}

/** What one connection sends one way; never more on the way than is allowed. */
function stream(lane, trip, opens, into) {
  const waiting = [];
  let flying = 0;
  let coming = 0;
  let allowed = FIRST;
  let ended = false;
  const closed = () => ended && !waiting.length && !coming && into.end();
  const go = () => {
    if (performance.now() < opens) return void later(opens, go);
    while (waiting.length && flying + waiting[0].length <= allowed) {
      const packet = waiting.shift();
      flying += packet.length;
      coming++;
      lane.send(packet.length, () => {
        into.write(packet);
        coming--;
        closed();
        later(performance.now() + trip / 2, () => {
          flying -= packet.length;
          allowed += packet.length;
          go();
        });
      });
    }
  };
  return {
    write(bytes) {
      for (let i = 0; i < bytes.length; i += PACKET) waiting.push(bytes.subarray(i, i + PACKET));
      go();
    },
    end() {
      ended = true;
      closed();
    },
  };
}

/**
 * @param {{kbits: number, trip: number}} way  trip: a round trip in ms
 * @returns {Promise<{url: string, to: (url: string) => void, bytes: () => number, begin: () =>
 *   void, end: () => Promise<void>}>}
 *   bytes: what the server has sent since `begin`
 */
export async function slowWay({ kbits, trip }) {
  let target = 0;
  let bytes = 0;
  const [up, down] = [lane(kbits, trip), lane(kbits, trip)];
  const sockets = new Set();
  const way = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const opens = performance.now() + trip; // The browser took the connection for open at once.
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const [asks, answers] = [stream(up, trip, opens, far), stream(down, trip, 0, near)];
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('data', (data) => asks.write(data));
    near.on('end', () => asks.end());
    far.on('data', (data) => {
      bytes += data.length;
      answers.write(data);
    });
    far.on('end', () => answers.end());
    near.on('close', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise((done) => way.listen(0, '127.0.0.1', () => done(undefined)));
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (way.address()).port}`,
    to: (url) => (target = Number(new URL(url).port)),
    bytes: () => bytes,
    begin: () => (bytes = 0),
    end() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => way.close(() => done(undefined)));
    },
  };
}
