// start.js -- the built start page in a browser, with answers of the test's own instead of a
// server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveAsset } from './assets.js';
import { PATIENCE_MS } from './browser.js';

export const ORIGIN = 'http://runde.test';
export const CODE = 'K7QM-4XPR';
export const KEY = 'A'.repeat(43);
const folder = new URL('../../../server/templates/', import.meta.url);
const names = readdirSync(folder).map((file) => file.slice(0, -5));
export const agendaOf = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const qr =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1zM5 1h3v3H5zM1 5h3v3H1zM5 5h1v1H5zM7 7h1v1H7z"/></svg>';

export const links = Object.fromEntries(
  [
    ['join', `/m/${CODE}`],
    ['console', `/console/${CODE}#${KEY}`],
    ['board', `/board/${CODE}#${KEY}`],
    ['scribe', `/minutes/${CODE}#${KEY}`],
    ['leader', `/minutes/${CODE}#${KEY}`],
  ].map(([role, path]) => [role, ORIGIN + path]),
);
export const kept = {
  code: CODE,
  title: 'Alle med i frikvarteret',
  at: Date.UTC(2026, 4, 5, 8, 30),
  links,
};

const listed = names.map((template) => {
  const { title, about, locale, items } = agendaOf(template);
  return {
    template,
    title,
    about,
    locale,
    minutes: items.reduce((sum, item) => sum + item.minutes, 0),
    items: items.map(({ no, title: name, minutes }) => ({ no, title: name, minutes })),
  };
});

/**
 * Runs in the page: a meeting that waits to begin, as console and leader see it; what was sent
 * stands in `fake.sent`.
 */
function fakeServer() {
  const fake = { sent: [], refuse: {}, seq: 1, state: { state: 'lobby' } };
  /** @type {any} */ (globalThis).fake = fake;
  class Socket {
    constructor() {
      this.readyState = 0; // It may be open before anybody listens (web/early.js).
      setTimeout(() => {
        this.readyState = 1;
        this.onopen?.();
      });
    }
    give(frame) {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(frame) }));
    }
    send(text) {
      const frame = JSON.parse(text);
      fake.sent.push(frame);
      if (frame.hello) {
        this.give({ welcome: { seat: null, now: 0, wall: 0, protocol: 1 } });
        this.give({
          snapshot: {
            meeting: {},
            items: [],
            seats: [],
            contributions: [],
            notes: [],
            data: fake.data ?? [],
            now: fake.state,
          },
          seq: fake.seq,
        });
      } else if (frame.clock) this.give({ clock: { ...frame.clock, now: 0 } });
      else
        this.give(
          fake.refuse[frame.do]
            ? { re: frame.id, ok: false, field: null, ...fake.refuse[frame.do] }
            : { re: frame.id, ok: true, seq: 2 },
        );
    }
    close() {
      setTimeout(() => this.onclose?.());
    }
  }
  /** @type {any} */ (globalThis).WebSocket = Socket;
}

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {{gen: string, locale?: string, hash?: string, storage?: {[key: string]: string},
 *   answers?: {[path: string]: [number, any]}}} options
 *   answers: by "METHOD /path", instead of what a server that is well says
 */
export async function openStart(
  context,
  { gen, locale = 'da', hash = '', storage = {}, answers = {} },
) {
  const page = await context.newPage();
  const pages = join(gen, 'pages');
  const csp = `${readFileSync(join(pages, `start.${locale}.csp`), 'utf8')}; connect-src 'self' ws://runde.test`;
  const posted = [];
  const well = {
    'GET /api/templates': [200, listed],
    'POST /api/meetings': [201, { code: CODE, links }],
    'POST /api/chiefs': [201, { link: `${ORIGIN}/chef#${KEY}`, code: 'WZ2N-7AYJ-99UW-6FJ8' }],
    [`GET /api/meetings/${CODE}`]: [
      200,
      {
        code: CODE,
        state: 'lobby',
        title: 'Alle med i frikvarteret',
        date: '2026-05-12',
        starts: '09:00',
        place: 'Lærerværelset',
      },
    ],
    [`GET /api/meetings/${CODE}/agenda`]: [
      200,
      { ...agendaOf('skoleudviklingssamtale'), title: 'Alle med i frikvarteret' },
    ],
    ...Object.fromEntries(
      names.map((name) => [`GET /api/templates/${name}`, [200, agendaOf(name)]]),
    ),
    ...answers,
  };
  await page.route(`${ORIGIN}/**`, (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/qr/'))
      return route.fulfill({ contentType: 'image/svg+xml', body: qr });
    if (pathname.startsWith('/a/')) return serveAsset(pages, route);
    if (!pathname.startsWith('/api/'))
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: readFileSync(join(pages, `start.${locale}.html`)),
        headers: { 'content-security-policy': csp },
      });
    if (request.method() === 'POST')
      posted.push({ body: request.postDataJSON(), key: request.headers().authorization });
    const [status, body] = well[`${request.method()} ${pathname}`] ?? [
      404,
      { code: 'no_such_meeting', field: null },
    ];
    return status
      ? route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) })
      : route.abort();
  });
  await page.addInitScript(fakeServer);
  await page.addInitScript((all) => {
    for (const [key, text] of Object.entries(all)) localStorage[key] ??= text;
  }, storage);
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !/status of [45]\d\d|ERR_FAILED/.test(message.text()) &&
      errors.push(message.text()),
  );
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${ORIGIN}/${hash}`);
  await page.locator('h1').waitFor();
  return { page, errors, posted };
}
