/**
 * rawws.js -- WebSocket frames by hand (RFC 6455, section 5), right and wrong ones.
 */
import { Raw, upgrade } from './rawhttp.js';

export const TEXT = 1,
  BINARY = 2,
  CONTINUATION = 0,
  CLOSE = 8,
  PING = 9,
  PONG = 10;

/**
 * One frame as a client sends it.
 * @param {number} opcode
 * @param {string|Uint8Array} payload
 * @param {{fin?: boolean, rsv?: number, mask?: boolean, length?: number, wide?: number}} [how]
 *     `length` claims another length than the payload has; `wide` forces 2 or 8 bytes of length
 */
export function frame(opcode, payload = '', how = {}) {
  const bytes = Buffer.from(payload);
  const length = how.length ?? bytes.length;
  const masked = how.mask ?? true;
  const wide = how.wide ?? (length < 126 ? 0 : length < 65536 ? 2 : 8);
  const head = Buffer.alloc(2 + wide);
  head[0] = ((how.fin ?? true) ? 0x80 : 0) | ((how.rsv ?? 0) << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (wide === 0 ? length : wide === 2 ? 126 : 127);
  if (wide === 2) head.writeUInt16BE(length, 2);
  if (wide === 8) head.writeBigUInt64BE(BigInt(length), 2);
  if (!masked) return Buffer.concat([head, bytes]);
  const key = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
  const hidden = Buffer.from(bytes.map((byte, i) => byte ^ key[i % 4]));
  return Buffer.concat([head, key, hidden]);
}

/** Takes one frame off the front of `bytes`; null when it is not whole yet. A masked payload stays as it is. */
export function unframe(bytes) {
  if (bytes.length < 2) return null;
  let length = bytes[1] & 0x7f,
    at = 2;
  if (length === 126) {
    if (bytes.length < 4) return null;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return null;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const masked = (bytes[1] & 0x80) !== 0;
  if (masked) at += 4;
  if (bytes.length < at + length) return null;
  return {
    fin: (bytes[0] & 0x80) !== 0,
    rsv: (bytes[0] >> 4) & 7,
    opcode: bytes[0] & 0xf,
    masked,
    payload: bytes.subarray(at, at + length),
    rest: bytes.subarray(at + length),
  };
}

/** A WebSocket over a raw connection. */
export class Ws {
  /**
   * @param {number} port @param {Record<string, string|string[]|null>} [headers]
   * @param {string} [line]  of the request, where it is not that of our server
   */
  static async open(port, headers = {}, line = undefined) {
    const raw = await Raw.connect(port);
    raw.send(upgrade(port, headers, line));
    const ws = new Ws(raw);
    await raw.until(() => raw.got.indexOf('\r\n\r\n') >= 0 || raw.closed);
    const text = raw.got.toString('latin1');
    if (!text.startsWith('HTTP/1.1 101 ')) throw new Error(`refused: ${text.split('\r\n')[0]}`);
    ws.head = text.slice(0, text.indexOf('\r\n\r\n'));
    raw.got = raw.got.subarray(raw.got.indexOf('\r\n\r\n') + 4);
    return ws;
  }

  /** @param {Raw} raw */
  constructor(raw) {
    this.raw = raw;
    this.head = '';
  }

  /** @param {Parameters<typeof frame>} args */
  send(...args) {
    this.raw.send(frame(...args));
    return this;
  }

  text(payload) {
    return this.send(TEXT, payload);
  }

  /** The next frame, or null when the server has closed without one. */
  async frame() {
    const got = await this.raw.until(() => {
      const one = unframe(this.raw.got);
      return one ?? (this.raw.closed ? 'closed' : null);
    });
    if (got === 'closed') return null;
    this.raw.got = got.rest;
    return got;
  }

  /** The next whole message, put together from its fragments; and how many they were. Pings are answered. */
  async message() {
    const parts = [];
    for (;;) {
      const one = await this.frame();
      if (!one) return null;
      if (one.opcode === PING) {
        this.send(PONG, one.payload);
        continue;
      }
      if (one.opcode === CLOSE || one.opcode === PONG) return one;
      parts.push(one.payload);
      if (one.fin) return { opcode: TEXT, payload: Buffer.concat(parts), fragments: parts.length };
    }
  }

  /** The status that the server closes with; 0 where it closes without. */
  async closing() {
    for (;;) {
      const one = await this.frame();
      if (!one) return 0;
      if (one.opcode !== CLOSE) continue;
      this.send(CLOSE, one.payload);
      await this.raw.end();
      return one.payload.length >= 2 ? one.payload.readUInt16BE(0) : 1005;
    }
  }

  destroy() {
    this.raw.destroy();
  }
}
