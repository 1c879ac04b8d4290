/**
 * rawhttp.js -- talks to a server byte by byte, so that it can be rude.
 *
 * No dependency but node's own net: what a library would refuse to send is what these tests
 * are about.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';

/** A machine may be slow, and a server's own deadlines are up to 45 s: what comes later never does. */
const PATIENCE_MS = 180000;

/** A promise that resolves after `ms`. @param {number} ms */
export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A server of ours, started on a port that the system chose.
 * @typedef {{port: number, metrics: number, log: () => string, pid: number,
 *     ended: Promise<number|string>, kill: (signal?: NodeJS.Signals) => Promise<number|string>,
 *     process: import("node:child_process").ChildProcess}} Server
 */

/**
 * Starts `command` and waits for the line by which it says where it listens.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<Server>}
 */
export async function start(command, args, env = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
  let log = '';
  const ended = new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'gone'));
  });
  child.stderr.setEncoding('utf8');
  await new Promise((resolve, reject) => {
    child.stderr.on('data', (text) => {
      log += text;
      if (/^listening https?:\/\/\S+$/m.test(log)) resolve(null);
    });
    ended.then((code) => reject(new Error(`ended with ${code} before listening:\n${log}`)));
  });
  await wait(50);
  const portOf = (what) =>
    Number(log.match(new RegExp(`^${what} https?://\\S*?:(\\d+)`, 'm'))?.[1]);
  return {
    port: portOf('listening'),
    metrics: portOf('metrics'),
    log: () => log,
    pid: child.pid,
    process: child,
    ended,
    kill(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

/** One connection: writes what it is told, keeps all that comes. */
export class Raw {
  /** @param {number} port @param {string} [host] */
  static async connect(port, host = '127.0.0.1') {
    const socket = net.connect({ port, host });
    await once(socket, 'connect');
    return new Raw(socket);
  }

  /** @param {net.Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.got = Buffer.alloc(0);
    this.closed = false;
    this.reset = false;
    /** @type {Set<() => void>} */
    this.watchers = new Set();
    socket.setNoDelay(true);
    socket.on('data', (bytes) => {
      this.got = Buffer.concat([this.got, bytes]);
      this.#tell();
    });
    socket.on('error', () => {
      this.reset = true;
    });
    socket.on('close', () => {
      this.closed = true;
      this.#tell();
    });
  }

  #tell() {
    for (const watcher of [...this.watchers]) watcher();
  }

  /** @param {string|Uint8Array} bytes */
  send(bytes) {
    if (!this.closed && !this.socket.destroyed) this.socket.write(bytes);
    return this;
  }

  /**
   * Waits until `ready` gives something; fails where it never does.
   * @template T
   * @param {() => T} ready
   * @returns {Promise<NonNullable<T>>}
   */
  until(ready) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.watchers.delete(look);
        reject(new Error(`nothing came; got ${this.got.subarray(0, 300)}`));
      }, PATIENCE_MS);
      const look = () => {
        const value = ready();
        if (!value) return;
        clearTimeout(timer);
        this.watchers.delete(look);
        resolve(value);
      };
      this.watchers.add(look);
      look();
    });
  }

  /** Waits for the other side to close. */
  end() {
    return this.until(() => this.closed);
  }

  /** The status of an HTTP answer once the connection has closed; 0 where there was none. */
  async status() {
    await this.end();
    return Number(this.got.toString('latin1').match(/^HTTP\/1\.1 (\d{3}) /)?.[1] ?? 0);
  }

  destroy() {
    this.socket.destroy();
  }
}

/**
 * Sends a whole request as it stands and reads the answer until the server closes.
 * @param {number} port
 * @param {string|Uint8Array} bytes
 */
export async function exchange(port, bytes) {
  const raw = await Raw.connect(port);
  raw.send(bytes);
  const status = await raw.status();
  const text = raw.got.toString('latin1');
  const split = text.indexOf('\r\n\r\n');
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const line of text.slice(0, split).split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { status, headers, body: raw.got.subarray(split + 4), text, answers: answersIn(text) };
}

/** How many answers a connection gave: more than one means that a request was smuggled. */
const answersIn = (text) => text.split('HTTP/1.1 ').length - 1;

/** @param {number} port @param {Record<string, string|string[]|null>} [headers] */
export function request(port, line, headers = {}, body = '') {
  const all = { Host: `127.0.0.1:${port}`, ...headers };
  let text = `${line} HTTP/1.1\r\n`;
  for (const [name, value] of Object.entries(all))
    for (const one of value === null ? [] : [value].flat()) text += `${name}: ${one}\r\n`;
  return `${text}\r\n${body}`;
}

/** The headers of a good upgrade. @param {number} port */
export const upgradeHeaders = (port) => ({
  Upgrade: 'websocket',
  Connection: 'Upgrade',
  Origin: `http://127.0.0.1:${port}`,
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Protocol': 'runde.v1',
});

/** @param {number} port @param {Record<string, string|string[]|null>} [headers] */
export const upgrade = (port, headers = {}, line = 'GET /ws') =>
  request(port, line, { ...upgradeHeaders(port), ...headers });
