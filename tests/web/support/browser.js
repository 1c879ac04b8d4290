// browser.js -- the built pages and a Chromium to look at them, for the tests of this folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { launch, test } from '../../support/chromium.js';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
export const axeSource = require('axe-core').source;
const web = fileURLToPath(new URL('../../../web/', import.meta.url));

/** How long a page has for what it is waited for. */
export const PATIENCE_MS = 30000;

/**
 * The folder with these pages as they are built: once for all files where tests/run says so, and
 * anew for a file that runs alone.
 * @param {...string} pages
 */
export function built(...pages) {
  if (process.env.RUNDE_GEN) return process.env.RUNDE_GEN;
  const gen = mkdtempSync(join(tmpdir(), 'runde-pages-'));
  process.on('exit', () => rmSync(gen, { recursive: true, force: true }));
  execFileSync(process.execPath, ['build.js', '--only', pages.join(), '--gen', gen], { cwd: web });
  return gen;
}

/**
 * Lets the page end what it has begun: an answer of the fake server comes with a timer and is drawn
 * with a frame. For what must not happen; what must is waited for.
 */
export const settled = (page) =>
  page.evaluate(async () => {
    for (let rounds = 0; rounds < 3; rounds++) {
      await new Promise((done) => setTimeout(done));
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
