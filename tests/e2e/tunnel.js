// tunnel.js -- the way between a phone and the server: it can close, and it can swallow the
// answers.
import { connect, createServer } from 'node:net';

/**
 * @returns {Promise<{url: string, to: (url: string) => void, close: () => void, open: () => void,
 *   swallow: (on: boolean) => void, instead: (path: string, answer: string) => void, asked: () => string[],
 *   end: () => Promise<void>}>}
 */
export async function tunnel() {
  let target = 0;
  let shut = false;
  let swallowing = false;
  const sockets = new Set();
  /** @type {Map<string, string>} */
  const answers = new Map();
  const asked = [];
  const way = createServer((near) => {
    if (shut) return near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => {
      const path = /^GET (\S+) /.exec(bytes.toString('latin1', 0, 256))?.[1];
      if (path) asked.push(path);
      if (answers.has(path)) near.end(answers.get(path));
      else far.write(bytes);
    });
    far.on('data', (bytes) => swallowing || near.write(bytes));
  });
  await new Promise((done) => way.listen(0, '127.0.0.1', () => done(undefined)));
  const close = () => {
    shut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (way.address()).port}`,
    to: (url) => (target = Number(new URL(url).port)),
    close,
    open: () => (shut = swallowing = false),
    /** The paths of all that was fetched. */
    asked: () => asked,
    /** A whole HTTP answer of the test's own. */
    instead: (path, answer) => void answers.set(path, answer),
    /** What the phone says arrives; what is answered does not. */
    swallow: (on) => (swallowing = on),
    end() {
      close();
      return new Promise((done) => way.close(() => done(undefined)));
    },
  };
}
