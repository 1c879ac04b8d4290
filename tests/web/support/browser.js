// browser.js -- Debian's Chromium, driven by the playwright-core of web/.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../web/package.json', import.meta.url));
export const { chromium } = require('playwright-core');
export const axeSource = require('axe-core').source;

/** How long a page has for what it is waited for. */
export const PATIENCE_MS = 20000;

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

/** A browser of this test's own; the caller closes it. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
