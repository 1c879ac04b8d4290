// board.js -- the board's page in a browser, with a server in the page itself that says what a test
// wants it to.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveAsset } from './assets.js';
import { PATIENCE_MS } from './browser.js';
import { CODE, NOW, WALL, snapshots } from '../fixtures/board.js';

export const KEY = 'A'.repeat(43);
const qr =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>';

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} gen  where the page was built
 * @param {{width?: number, height?: number, locale?: string, colorScheme?: 'light' | 'dark',
 *   reducedMotion?: 'reduce' | 'no-preference',
 *   forcedColors?: 'active' | 'none', path?: string, refuse?: string, saving?: boolean, welcome?: object, api?:
 *   (request: any) => any, scripts?: boolean}} options
 *   saving: what is told instead of a welcome; api: what /api/ answers: {status, body};
 *   scripts: whether those that the page fetches come
 */
export async function openBoard(browser, gen, options = {}) {
  const {
    width = 1920,
    height = 1080,
    locale = 'da',
    colorScheme = 'light',
    reducedMotion = 'reduce',
    forcedColors = 'none',
  } = options;
  const {
    path = `/board/${CODE}#${KEY}`,
    refuse = '',
    saving = true,
    welcome = {},
    api = () => ({ status: 404, body: {} }),
    scripts = true,
  } = options;
  const html = readFileSync(join(gen, 'pages', `board.${locale}.html`), 'utf8');
  const csp = readFileSync(join(gen, 'pages', `board.${locale}.csp`), 'utf8');
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion,
    forcedColors,
    timezoneId: 'Europe/Copenhagen',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/qr/'))
      return route.fulfill({ contentType: 'image/svg+xml', body: qr });
    if (pathname.endsWith('/qr')) return route.fulfill({ contentType: 'image/svg+xml', body: qr });
    if (pathname.startsWith('/a/'))
      return scripts ? serveAsset(join(gen, 'pages'), route) : route.abort();
    // Here the socket alone tells what there is.
    if (pathname.endsWith('/state')) return route.fulfill({ status: 204 });
    if (pathname.startsWith('/api/')) {
      const { status, body } = api(route.request());
      return route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });
    }
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: html,
      headers: { 'content-security-policy': `${csp}; connect-src 'self'` },
    });
  });
  await page.addInitScript(fakeServer, { NOW, WALL, refuse, saving, more: welcome });
  await page.goto(`http://runde.test${path}`);
  /** Until what a meeting needs that runs has come. */
  const isFetched = () => !document.querySelector('div.board .alone:not(.quiet-wall) .lone-ring');
  const show = async (snapshot) => {
    await page.evaluate((each) => globalThis.serve(each), snapshot);
    if (scripts) await page.waitForFunction(isFetched);
  };
  return {
    page,
    wrong,
    show,
    ready: () => page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock)),
    serve: (name) => show(snapshots[name]),
    give: (frame) => page.evaluate((each) => globalThis.give(each), frame),
    tell: (...facts) => page.evaluate((all) => globalThis.tell(all), facts),
    close: () => context.close(),
  };
}

/** Runs in the page. */
function fakeServer({ NOW: now, WALL: wall, refuse, saving, more }) {
  let seq = 0;
  globalThis.sent = [];
  globalThis.sockets = [];
  globalThis.serve = (snapshot) => globalThis.sockets.at(-1).say({ snapshot, seq: ++seq });
  globalThis.give = (frame) => globalThis.sockets.at(-1).say(frame);
  globalThis.tell = (facts) => {
    const told = facts.map((fact) => ({ at: now, ...fact, seq: ++seq }));
    globalThis.sockets.at(-1).say({ facts: told, seq });
  };
  globalThis.WebSocket = class {
    constructor() {
      globalThis.sockets.push(this);
      this.readyState = 0; // It may be open before anybody listens (web/early.js).
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
      });
    }

    say(frame) {
      this.onmessage({ data: JSON.stringify(frame) });
    }

    send(text) {
      const frame = JSON.parse(text);
      globalThis.sent.push(frame);
      if (frame.clock) setTimeout(() => this.say({ clock: { sent: frame.clock.sent, now } }), 0);
      else if (frame.hello)
        setTimeout(
          () =>
            this.say(
              refuse
                ? { refused: { code: refuse } }
                : saving
                  ? { welcome: { seat: null, now, wall, protocol: 1, ...more } }
                  : { saving },
            ),
          0,
        );
    }

    close() {}
  };
}

/** Runs in the page: what reaches over the wall's edge, or lies on something else. */
export function lookRound() {
  const found = [];
  const name = (e) =>
    `${e.tagName}.${e.getAttribute('class')} "${e.textContent.trim().slice(0, 30)}"`;
  const boxOf = (e) => e.getBoundingClientRect();
  const all = [
    ...document.querySelectorAll(
      '#app h1, #app h2, #app p, #app li, #app b, #app span, #app text, #app img, #app td',
    ),
  ];
  const seen = all.filter((e) => !e.closest('.vh, .slips') && boxOf(e).width > 0);
  for (const e of seen) {
    const { left, top, right, bottom } = boxOf(e);
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
      found.push(`over the edge: ${name(e)}`);
  }
  const cards = [...document.querySelectorAll('.card')];
  for (const card of cards) {
    const { bottom } = boxOf(card);
    const text = boxOf(card.firstElementChild);
    if (text.bottom > bottom + 1) found.push(`text out of its card: ${name(card)}`);
    if (bottom > boxOf(card.closest('.cards')).bottom + 2)
      found.push(`card out of its place: ${name(card)}`);
  }
  const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let words = 0;
  for (let node = walker.nextNode(); node && words < 4000; node = walker.nextNode()) {
    if (node.parentElement.closest('svg, .vh, style')) continue;
    for (const { 0: word, index } of node.data.matchAll(/[^\s\u00ad\-–/]+/g)) {
      words++;
      // The first letter behind a soft hyphen counts the hyphen as its own.
      range.setStart(node, index + (node.data[index - 1] === '\u00ad' ? 1 : 0));
      range.setEnd(node, index + word.length);
      const tops = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      if (tops.size > 1) found.push(`torn: ${word} in ${name(node.parentElement)}`);
    }
  }
  const header = document.querySelector('.top');
  const under = document.querySelectorAll('.side > .at, .side .answer, .cards');
  if (header) {
    const low = Math.max(
      ...[...header.querySelectorAll('h1, p, b, img')].map((e) => boxOf(e).bottom),
    );
    for (const e of under)
      if (boxOf(e).height && boxOf(e).top < low - 1) found.push(`under the header: ${name(e)}`);
  }
  const blocks = [
    ...document.querySelectorAll('section.side > .at:not(.cards), section.side > .cards > *'),
  ]
    .map((e) => [e, boxOf(e)])
    .filter(([e, { height }]) => height > 0 && !e.matches('.slips'));
  blocks.forEach(([a, p], i) =>
    blocks.slice(i + 1).forEach(([b, q]) => {
      if (
        p.left < q.right - 1 &&
        q.left < p.right - 1 &&
        p.top < q.bottom - 1 &&
        q.top < p.bottom - 1
      )
        found.push(`on each other: ${name(a)}, ${name(b)}`);
    }),
  );
  if (
    document.documentElement.scrollHeight > innerHeight ||
    document.documentElement.scrollWidth > innerWidth
  )
    found.push('the page scrolls');
  return found;
}
