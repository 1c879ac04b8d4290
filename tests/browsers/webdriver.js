// webdriver.js -- a browser that is driven as W3C WebDriver says: a program that listens on a port,
// and a session in it for one window.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const STARTS_MS = 30000;

/** A port that nobody has. */
export const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => done(port));
    });
  });

/** Asks until the program listens. */
export async function untilUp(ask) {
  const late = performance.now() + STARTS_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > late) throw error;
    }
    await pause(50);
  }
}

/** Ends a program and waits until it has ended. */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((done) => child.once('close', done));
  child.kill();
  await over;
}

/**
 * @param {string} program @param {object} capabilities @param {NodeJS.ProcessEnv} env
 * @param {(say: (method: string, path: string, body?: object) => Promise<any>) => Promise<any>} [quit]
 *   ends the browser, where the end of the session does not
 */
export async function webdriver(program, capabilities, env, quit = async () => {}) {
  const port = await freePort();
  const child = spawn(program, [`--port=${port}`], { env, stdio: 'ignore' });
  const base = `http://127.0.0.1:${port}`;
  async function ask(method, path, body) {
    const answer = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }
  await untilUp(() => ask('GET', '/status'));
  const { sessionId } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: capabilities },
  });
  const say = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  return {
    go: (url) => say('POST', '/url', { url }),
    run: (fn, ...args) =>
      say('POST', '/execute/sync', { script: `return (${fn})(...arguments)`, args }),
    async act(actions) {
      await say('POST', '/actions', { actions });
      await say('DELETE', '/actions');
    },
    /** The window as large as makes the page this large: what else is in it takes its place. */
    async resize({ width, height }) {
      await say('POST', '/window/rect', { width, height });
      for (let tries = 0; tries < 10; tries++) {
        await pause(100);
        const [w, h] = await say('POST', '/execute/sync', {
          script: 'return [innerWidth, innerHeight]',
          args: [],
        });
        if (w === width && h === height) return;
        const rect = await say('GET', '/window/rect');
        await say('POST', '/window/rect', {
          width: rect.width + width - w,
          height: rect.height + height - h,
        });
      }
    },
    shot: async () => Buffer.from(await say('GET', '/screenshot'), 'base64'),
    async close() {
      await quit(say).catch(() => {}); // It may have ended by itself.
      await say('DELETE', '').catch(() => {});
      await ended(child);
    },
  };
}
