// shuffle.js -- a way that knows WebSocket, and tells messages twice or in the wrong order.
import { CLOSE, unframe } from './rawws.js';

/**
 * One direction of a connection: passes on what comes; after the upgrade whole messages, some of them twice, some
 * behind the next, and at the latest after `late` ms.
 * @param {() => number} roll
 * @param {(bytes: Buffer) => void} pass
 * @param {number} late
 * @returns {(bytes: Buffer, how: {twice: number, swapped: number}) => void}
 */
export function shuffle(roll, pass, late) {
  let rest = Buffer.alloc(0);
  /** @type {'head' | 'frames' | 'other'} */
  let kind = 'head';
  let held = null;
  /** The frames of a message that is not whole yet. */
  const part = [];

  function release() {
    if (held) pass(held);
    held = null;
  }

  function message(bytes, { twice, swapped }) {
    const [again, behind] = [roll() < twice, roll() < swapped];
    const all = again ? Buffer.concat([bytes, bytes]) : bytes;
    if (behind && !held) {
      held = all;
      setTimeout(() => held === all && release(), late);
      return;
    }
    pass(all);
    release();
  }

  return (bytes, how) => {
    rest = Buffer.concat([rest, bytes]);
    if (kind === 'head') {
      const head = rest.indexOf('\r\n\r\n') + 4;
      if (head < 4) return;
      kind = /^upgrade: *websocket/im.test(rest.toString('latin1', 0, head)) ? 'frames' : 'other';
      pass(rest.subarray(0, head));
      rest = rest.subarray(head);
    }
    if (kind === 'other') {
      if (rest.length) pass(rest);
      rest = rest.subarray(rest.length);
      return;
    }
    for (let one = unframe(rest); one; one = unframe(rest)) {
      const frame = rest.subarray(0, rest.length - one.rest.length);
      rest = one.rest;
      if (one.opcode === CLOSE) release();
      if (one.opcode >= CLOSE)
        pass(frame); // Control frames are the connection's own.
      else if (part.push(frame) && one.fin) message(Buffer.concat(part.splice(0)), how);
    }
  };
}
