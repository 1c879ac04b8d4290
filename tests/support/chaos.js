// chaos.js -- the way between somebody and the server, as bad as a test wants it: long, thin, lossy and chopped; shut,
// deaf, cut, or with nobody at its end any more.
//
// TCP keeps its promise whatever becomes of packets, so loss is here what a connection notices of it: all that follows
// the lost packet waits until that has come again. Chance comes from a seed: the nth packet of a connection fares the
// same each time. What falls into one packet, and when, is the machine's affair; so far is a run the same again.
import { connect, createServer } from 'node:net';

import { dice } from './dice.js';
import { shuffle } from './shuffle.js';

/**
 * How the way is.
 * @typedef {object} Way
 * @property {number} trip  ms there and back; opening a connection costs one
 * @property {number} jitter  ms by which a packet is later than that, at the most
 * @property {number} kbits  kbit/s of each direction, for all connections together; 0: no limit
 * @property {number} loss  the part of all packets that is lost: 0.02
 * @property {number} chop  bytes of a packet at the most, the sizes drawn by chance; 0: as many as there are
 * @property {number} idle  ms after which a connection is broken in which nobody says anything; 0: never
 * @property {number} twice  the part of all WebSocket messages that arrives twice
 * @property {number} swapped  … that arrives after the one behind it
 */

/** @type {Way} */
export const GOOD = {
  trip: 0,
  jitter: 0,
  kbits: 0,
  loss: 0,
  chop: 0,
  idle: 0,
  twice: 0,
  swapped: 0,
};

const PACKET = 1460;
const HEADERS = 40;
/** So many bytes may be on the way at first; twice as many with each round trip (RFC 6928). */
const WINDOW = 10 * PACKET;
/** A lost packet is sent again after so long and a round trip, and after twice as long the next time (RFC 6298). */
const RESENT_MS = 200;
/** Of what a sender has sent so much is taken off its hands, as by the buffers of a socket. */
const BUFFER = 65536;
/** A message that nothing follows comes so much later. */
const SWAPPED_MS = 100;

/** Breaks a connection. One that is just ending cannot be reset: libuv would wait for it for ever. */
function reset(socket) {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/**
 * What becomes of the packets of one direction of a connection, one after the other: of how many bytes each is at the
 * most, and by how many ms it is late.
 * @param {number} seed
 * @param {number} n  of the connection
 * @param {'up' | 'down'} direction
 * @returns {(way: Way) => {size: number, late: number}}
 */
export function fates(seed, n, direction) {
  const roll = dice(seed * 1000003 + n * 2 + Number(direction === 'down'));
  return ({ trip, jitter, loss, chop }) => {
    const [size, late, luck] = [roll(), roll(), roll()]; // As many for each, whatever the way is like.
    const losses = loss > 0 ? Math.floor(Math.log(1 - luck) / Math.log(loss)) : 0;
    return {
      size: chop ? 1 + Math.floor(size * chop) : PACKET,
      late: late * jitter + (2 ** losses - 1) * (RESENT_MS + trip),
    };
  };
}

/**
 * One direction of all connections: when a packet that is sent now is through, since those before it had to go first.
 * @param {() => Way} way
 */
function lane(way) {
  let free = 0;
  return (bytes) => {
    const { kbits } = way();
    free = Math.max(free, performance.now());
    if (kbits) free += ((bytes + HEADERS) * 8) / kbits;
    return free;
  };
}

/**
 * One direction of one connection. What is written arrives in order, and no faster than it is taken.
 * @param {{way: () => Way, through: (bytes: number) => number, fate: (way: Way) => {size: number, late: number},
 *   opens: number, from: import('node:net').Socket, into: import('node:net').Socket}} it
 */
function pipe({ way, through, fate, opens, from, into }) {
  /** Not sent yet; sent, each with its time; and how much of both there is. */
  const waiting = [];
  const flying = [];
  let bytes = 0;
  let sent = 0;
  let allowed = WINDOW;
  let last = 0;
  let timer;
  /** @type {(() => void) | null} */
  let ended = null;

  const at = (when, fn) => setTimeout(fn, Math.max(0, when - performance.now()));

  function arrive() {
    timer = null;
    while (flying.length && flying[0].at <= performance.now() && !into.writableNeedDrain) {
      const { packet } = flying.shift();
      if (!into.destroyed) into.write(packet);
      bytes -= packet.length;
      at(performance.now() + way().trip / 2, () => {
        sent -= packet.length;
        allowed += packet.length;
        send();
      });
    }
    if (bytes < BUFFER) from.resume();
    if (!bytes) ended?.();
    if (into.writableNeedDrain) into.once('drain', arrive);
    else if (flying.length) timer = at(flying[0].at, arrive);
  }

  function send() {
    if (performance.now() < opens) return void at(opens, send);
    while (waiting.length && sent < allowed) {
      const next = fate(way());
      const packet = waiting[0].subarray(0, next.size);
      waiting[0] = waiting[0].subarray(packet.length);
      if (!waiting[0].length) waiting.shift();
      last = Math.max(last, through(packet.length) + way().trip / 2 + next.late);
      flying.push({ packet, at: last });
      sent += packet.length;
    }
    if (!timer && flying.length && !into.writableNeedDrain) arrive();
  }

  return {
    write(data) {
      waiting.push(data);
      bytes += data.length;
      if (bytes >= BUFFER) from.pause();
      send();
    },
    /** Once all has arrived. @param {() => void} then */
    end(then) {
      ended = then;
      if (!bytes) then();
    },
  };
}

/**
 * Opens a way, a good one unless told otherwise; `to` says to which server it leads.
 * @param {Partial<Way>} [conditions]
 * @param {number} [seed]
 */
export async function chaos(conditions = {}, seed = 1) {
  let way = { ...GOOD, ...conditions };
  let target = 0;
  let shut = false;
  let deaf = false;
  let count = 0;
  let bytes = 0;
  const lanes = { up: lane(() => way), down: lane(() => way) };
  const open = new Set();
  /** @type {Map<string, string>} */
  const answers = new Map();
  const asked = [];

  const door = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    if (shut) return void near.destroy();
    const n = ++count;
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const it = { near, far, gone: false };
    open.add(it);
    let silence;
    const heard = () => {
      clearTimeout(silence);
      if (way.idle) silence = setTimeout(() => [near, far].forEach(reset), way.idle);
    };
    heard();
    const direction = (name, from, into, opens = 0) => {
      const one = pipe({
        ...{ way: () => way, through: lanes[name], fate: fates(seed, n, name) },
        ...{ from, into, opens },
      });
      const mixed = shuffle(dice(seed * 1000003 + n), (data) => one.write(data), SWAPPED_MS);
      from.on('data', (data) => {
        if (name === 'down') bytes += data.length;
        heard();
        if (it.gone || (deaf && name === 'down')) return;
        mixed(data, way);
      });
      from.on('end', () => it.gone || one.end(() => into.end()));
      from.on('error', () => it.gone || reset(into));
      from.on('close', () => {
        if (near.destroyed && far.destroyed) {
          open.delete(it);
          clearTimeout(silence);
        }
        if (!it.gone) one.end(() => into.destroySoon());
      });
    };
    near.once('data', (data) => {
      const path = /^GET (\S+) /.exec(data.toString('latin1', 0, 1024))?.[1];
      if (path) asked.push(path);
      if (!answers.has(path)) return;
      it.gone = true;
      near.end(answers.get(path));
      far.destroy();
    });
    direction('up', near, far, way.trip && performance.now() + way.trip);
    direction('down', far, near);
  });
  await new Promise((done) => door.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (door.address());
  const each = (what) => {
    for (const it of open) for (const socket of [it.near, it.far]) what(socket);
  };

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    /** @param {string | number} server  its address or its port */
    to: (server) =>
      void (target = Number(typeof server === 'string' ? new URL(server).port : server)),
    /** From now on it is as bad as this, and good in all else. @param {Partial<Way>} [worse] */
    become: (worse = {}) => void (way = { ...GOOD, ...worse }),
    /** Nothing comes through any more, and both ends notice. */
    close() {
      shut = true;
      each((socket) => socket.destroy());
    },
    open: () => void (shut = deaf = false),
    /** What the phone says arrives; what is answered does not. @param {boolean} on */
    swallow: (on) => void (deaf = on),
    /** Both ends are told that the connection is broken (RST); new ones are taken. */
    reset: () => each(reset),
    /** Of those who are connected nothing is heard any more, and neither end is told; new ones are taken. */
    vanish() {
      for (const it of open) it.gone = true;
    },
    /** What each connection fetched first: its path. */
    asked: () => asked,
    /** A whole HTTP answer of the test's own. @param {string} path @param {string} answer */
    instead: (path, answer) => void answers.set(path, answer),
    /** How much the server has sent. */
    bytes: () => bytes,
    end() {
      shut = true;
      each((socket) => socket.destroy());
      return new Promise((done) => door.close(() => done(undefined)));
    },
  };
}
