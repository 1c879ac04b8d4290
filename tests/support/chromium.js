// chromium.js -- Debian's Chromium without a window, for tests that look at pages; and what a test
// that fails leaves of what it saw.
//
// A file that looks at pages takes `test` from here. A context that is still open when its test
// fails is pictured: so whatever opens one closes it when all went well, and not in a `finally`.
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { test as plain } from 'node:test';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Full Chromium runs the tests as well, with three times the work. */
export const program = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

/** Where pictures, words and console of a test that failed are left, below the project. */
const LEFT = 'build/tests/failed';
const ANSWERS_MS = 20000;

/**
 * The test that runs, and its open contexts, each with what its pages have said.
 * @type {AsyncLocalStorage<{t: any, name: string, open: Map<import('playwright-core').BrowserContext, string[]>}>}
 */
const running = new AsyncLocalStorage();

/** A browser; the caller closes it. */
export async function launch(executablePath = program, flags = []) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...flags],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ timezoneId: 'Europe/Copenhagen', ...options });
    const open = running.getStore()?.open;
    const said = [];
    open?.set(context, said);
    context.on('close', () => open?.delete(context));
    context.on('console', (line) => said.push(`${line.type()}: ${line.text()}`));
    context.on('weberror', (wrong) => said.push(`uncaught: ${wrong.error()}`));
    return context;
  };
  return browser;
}

/** node's own, for a test that opens pages; `t.test` within it is of the kind too. */
export const test = (name, ...rest) => plain(name, ...rest.map((each) => seen(each, name)));

/** The function of a test, so that what it opens is pictured where it fails, and closed. */
function seen(run, name) {
  if (typeof run !== 'function') return run;
  return async (t) => {
    const within = t.test.bind(t);
    t.test = (part, ...rest) => within(part, ...rest.map((each) => seen(each, `${name} ${part}`)));
    const open = new Map();
    await running.run({ t, name, open }, async () => {
      try {
        await run(t);
      } catch (error) {
        await leave();
        throw error;
      } finally {
        for (const context of [...open.keys()]) await context.close();
      }
    });
  };
}

/** Pictures what the test that runs has open: it failed. */
export async function leave() {
  const { t, name, open } = running.getStore();
  const words = `${basename(process.argv[1], '.test.js')} ${name}`;
  const begin = join(LEFT, words.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120));
  mkdirSync(join(root, LEFT), { recursive: true });
  let pages = 0;
  for (const [context, said] of open) {
    for (const page of context.pages()) {
      const file = ++pages > 1 ? `${begin}-${pages}` : begin;
      await inTime(page.screenshot({ path: join(root, `${file}.png`), timeout: ANSWERS_MS }));
      const text = await inTime(page.evaluate(() => document.body.innerText));
      writeFileSync(join(root, `${file}.txt`), `${page.url()}\n\n${text}\n\n${said.join('\n')}\n`);
      t.diagnostic(`left: ${file}.png`);
    }
  }
}

/** A page may be stuck: whatever it does not answer is left out. */
const inTime = (answer) =>
  Promise.race([
    answer.catch((error) => `(${error.message.split('\n')[0]})`),
    new Promise((done) => setTimeout(done, ANSWERS_MS, '(no answer)').unref()),
  ]);
