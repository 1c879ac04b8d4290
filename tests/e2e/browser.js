// browser.js -- a daemon of its own and a Chromium, for tests that see what people see.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../support/chromium.js';

const here = dirname(fileURLToPath(import.meta.url));

export const shots = process.env.RUNDE_SHOTS ?? join(here, '../../build/tests/shots');
export const binary = process.env.RUNDE_BIN ?? join(here, '../../build/runde');

export const sizes = {
  phone: { width: 390, height: 844 },
  console: { width: 1440, height: 900 },
  board: { width: 1920, height: 1080 },
};

/**
 * Starts a server in an empty folder; `restart` kills it and starts another on the same port and
 * folder, and something may be done between the two. more: flags
 */
export const server = (...more) => serverAt('127.0.0.1:0', binary, ...more);

/** … with this door, and of this program, which may be one that starts the server elsewhere. */
export async function serverAt(door, program, ...more) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-'));
  let child;
  let url = '';
  let logged = '';
  const start = (listen) =>
    new Promise((resolve, reject) => {
      child = spawn(
        program,
        [
          'serve',
          '--listen',
          listen,
          '--data',
          folder,
          '--meeting',
          'none',
          '--rate',
          '0',
          ...more,
        ],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      let said = '';
      child.stderr.on('data', (bytes) => {
        said += bytes;
        logged += bytes;
        const at = said.match(/listening (http:\/\/[\d.]+:\d+)\n/);
        if (at) resolve((url = at[1]));
      });
      child.once('exit', () => reject(new Error(`the server ended: ${said}`)));
    });
  /** Ends it by this signal, if it is there. */
  const end = async (signal) => {
    child.removeAllListeners('exit');
    if (child.exitCode !== null || child.signalCode) return;
    child.kill(signal);
    await new Promise((done) => child.once('close', done));
  };
  await start(door);
  return {
    /** All that it has logged, at the finest level where `--log debug` is given. */
    log: () => logged,
    get url() {
      return url;
    },
    async meeting(body) {
      const answer = await fetch(`${url}/api/meetings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      const { code, links } = await answer.json();
      const local = Object.fromEntries(
        Object.entries(links).map(([name, link]) => [
          name,
          url + link.slice(new URL(link).origin.length),
        ]),
      );
      return { code, links: local };
    },
    async restart(meanwhile = () => {}) {
      await end('SIGKILL');
      meanwhile();
      await start(new URL(url).host);
    },
    end,
    async stop() {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Keeps every frame that a page sends and gets, for tests/protocol/traffic.test.js. */
function listen(page) {
  const log = process.env.RUNDE_TRAFFIC_OUT;
  if (!log) return;
  page.on('websocket', (socket) => {
    let role = '';
    const keep =
      (direction) =>
      ({ payload }) => {
        role ||= JSON.parse(payload).hello.as; // Whoever it is, the first frame says so.
        appendFileSync(log, `${direction} ${role} ${payload}\n`);
      };
    socket.on('framesent', keep('>'));
    socket.on('framereceived', keep('<'));
  });
}

/**
 * Opens Chromium; each page stands in a context of its own, like a device. Whatever goes wrong in
 * one is in `trouble`, but for what a server that is killed leaves unanswered.
 * @param {string} [program]  instead of the usual one
 * @param {string[]} [flags]  of it, beside the usual ones
 */
export async function browser(program, flags) {
  mkdirSync(shots, { recursive: true });
  const chrome = await launch(program, flags);
  const trouble = [];
  /** Another page of the same device. */
  const beside = async (context, url) => {
    const page = await context.newPage();
    page.setDefaultTimeout(60000);
    listen(page);
    page.on(
      'console',
      (line) =>
        line.type() === 'error' &&
        // ERR_FAILED is what the service worker could not fetch either.
        !/WebSocket|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_FAILED/.test(line.text()) &&
        trouble.push(`${url}: ${line.text()}`),
    );
    page.on('pageerror', (error) => trouble.push(`${url}: ${error}`));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(url).origin)
        trouble.push(`${url} asked ${request.url()}`);
    });
    await page.goto(url);
    return page;
  };
  return {
    trouble,
    beside,
    open: async (url, size, options = {}) =>
      beside(
        await chrome.newContext({
          viewport: size,
          locale: 'da-DK',
          timezoneId: 'Europe/Copenhagen',
          ...options,
        }),
        url,
      ),
    close: () => chrome.close(),
  };
}
