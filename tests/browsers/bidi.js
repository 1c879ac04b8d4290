// bidi.js -- Firefox, driven by WebDriver BiDi over a WebSocket: each window is one of a browser's
// user contexts, as if it were a device.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ws } from '../support/rawws.js';
import { ended, freePort, untilUp } from './webdriver.js';

/** A value as BiDi writes it. */
const remote = (value) => {
  if (value === null) return { type: 'null' };
  if (value === undefined) return { type: 'undefined' };
  if (Array.isArray(value)) return { type: 'array', value: value.map(remote) };
  if (typeof value === 'object')
    return { type: 'object', value: Object.entries(value).map(([k, v]) => [k, remote(v)]) };
  return { type: typeof value, value };
};

/** … and back. */
const local = ({ type, value }) => {
  if (type === 'array') return value.map(local);
  if (type === 'object') return Object.fromEntries(value.map(([k, v]) => [k, local(v)]));
  return type === 'null' ? null : value;
};

/** @param {string} program @param {{[name: string]: any}} prefs @param {NodeJS.ProcessEnv} env */
export async function firefox(program, prefs, env) {
  const profile = mkdtempSync(join(tmpdir(), 'runde-firefox-'));
  const lines = Object.entries(prefs).map(([k, v]) => `user_pref("${k}", ${JSON.stringify(v)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const port = await freePort();
  const words = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port'];
  const child = spawn(program, [...words, `${port}`], { env, stdio: 'ignore' });
  const plain = { Origin: null, 'Sec-WebSocket-Protocol': null };
  const ws = await untilUp(() => Ws.open(port, plain, 'GET /session'));
  const waiting = new Map();
  let last = 0;
  (async () => {
    for (let got = await ws.message(); got?.opcode === 1; got = await ws.message()) {
      const said = JSON.parse(got.payload.toString());
      const { done, failed } = waiting.get(said.id) ?? {};
      waiting.delete(said.id);
      if (said.type === 'error') failed?.(new Error(`${said.error}: ${said.message}`));
      else done?.(said.result);
    }
  })();
  const say = (method, params = {}) =>
    new Promise((done, failed) => {
      waiting.set(++last, { done, failed });
      ws.text(JSON.stringify({ id: last, method, params }));
    });
  await say('session.new', { capabilities: {} });
  return {
    async open() {
      const { userContext } = await say('browser.createUserContext');
      const { context } = await say('browsingContext.create', { type: 'window', userContext });
      return {
        go: (url) => say('browsingContext.navigate', { context, url, wait: 'complete' }),
        async run(fn, ...args) {
          const { type, result, exceptionDetails } = await say('script.callFunction', {
            functionDeclaration: `${fn}`,
            arguments: args.map(remote),
            awaitPromise: true,
            target: { context },
          });
          if (type === 'exception') throw new Error(exceptionDetails.text);
          return local(result);
        },
        async act(actions) {
          await say('input.performActions', { context, actions });
          await say('input.releaseActions', { context });
        },
        resize: (viewport) => say('browsingContext.setViewport', { context, viewport }),
        shot: async () =>
          Buffer.from((await say('browsingContext.captureScreenshot', { context })).data, 'base64'),
        close: () => say('browser.removeUserContext', { userContext }),
      };
    },
    async close() {
      await say('browser.close').catch(() => {});
      ws.destroy();
      await ended(child);
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
