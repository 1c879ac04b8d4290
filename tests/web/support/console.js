// console.js -- the built console in a browser, with a socket of the test's own instead of a
// server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WALL } from '../fixtures/console.js';
import { serveAsset } from './assets.js';
import { PATIENCE_MS, settled } from './browser.js';

const ORIGIN = 'http://runde.test';
const CODE = 'K7QM-4XPR';
const KEY = 'A'.repeat(43);
const qr =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1zM5 1h3v3H5zM1 5h3v3H1zM5 5h1v1H5zM7 7h1v1H7z"/></svg>';

/**
 * Runs in the page: answers hello, clock and commands as the server would; what was sent stands in
 * `fake.sent`.
 */
function fakeServer({ snapshot, seq, now, wall, presence }) {
  const fake = { sent: [], sockets: [], refuse: {}, made: {}, seq, down: false };
  /** @type {any} */ (globalThis).fake = fake;
  class Socket {
    constructor() {
      fake.sockets.push(this);
      this.readyState = 0; // It may be open before anybody listens (web/early.js).
      setTimeout(() => {
        this.readyState = fake.down ? 3 : 1;
        (fake.down ? this.onclose : this.onopen)?.call(this);
      });
    }
    give(frame) {
      setTimeout(() => this.onmessage?.({ data: JSON.stringify(frame) }));
    }
    send(text) {
      const frame = JSON.parse(text);
      fake.sent.push(frame);
      if (frame.hello) {
        this.give({
          welcome: { seat: null, now, wall: wall + now, wifi: Boolean(fake.wifi), protocol: 1 },
        });
        this.give(frame.hello.since ? { facts: [], seq: fake.seq } : { snapshot, seq: fake.seq });
        this.give({ presence });
      } else if (frame.writing)
        return; // Nobody answers that.
      else if (frame.clock) this.give({ clock: { ...frame.clock, now } });
      else {
        const code = fake.refuse[frame.do];
        const { base: _, ...edited } = frame.with ?? {};
        if (frame.do === 'contribution.edit' && !code)
          fake.tell([{ fact: 'contribution.edited', ...edited }]);
        this.give(
          code
            ? { re: frame.id, ok: false, code, field: null }
            : { re: frame.id, ok: true, seq: fake.seq, made: fake.made[frame.do] },
        );
      }
    }
    close() {
      setTimeout(() => this.onclose?.());
    }
  }
  fake.tell = (facts) =>
    fake.sockets.at(-1).onmessage({
      data: JSON.stringify({
        facts: facts.map((fact) => ({ seq: ++fake.seq, at: now, ...fact })),
        seq: fake.seq,
      }),
    });
  fake.give = (frame) => fake.sockets.at(-1).onmessage({ data: JSON.stringify(frame) });
  fake.cut = () => {
    fake.down = true;
    fake.sockets.at(-1).onclose();
  };
  /** @type {any} */ (globalThis).WebSocket = Socket;
}

const links = Object.fromEntries(
  [
    ['join', `/m/${CODE}`],
    ['console', `/console/${CODE}#${KEY}`],
    ['board', `/board/${CODE}#${KEY}`],
    ['scribe', `/minutes/${CODE}#${KEY}`],
    ['leader', `/minutes/${CODE}#${KEY}`],
  ].map(([role, path]) => [role, ORIGIN + path]),
);

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {{gen: string, locale?: string, moment: any, known?: boolean, board?: boolean, storage?:
 *   {[key: string]: string}}} options
 *   known: this device made the meeting, and has its links; board: the miniature is the board
 *   itself
 */
export async function openConsole(
  context,
  { gen, locale = 'da', moment, known = true, board = false, storage = {} },
) {
  const page = await context.newPage();
  const folder = join(gen, 'pages');
  const built = (name) => ({
    contentType: 'text/html; charset=utf-8',
    body: readFileSync(join(folder, `${name}.${locale}.html`)),
    headers: {
      'content-security-policy': `${readFileSync(join(folder, `${name}.${locale}.csp`), 'utf8')}; connect-src 'self' ws://runde.test`,
    },
  });
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/qr/') || pathname.endsWith('/qr'))
      return route.fulfill({ contentType: 'image/svg+xml', body: qr });
    if (pathname.startsWith('/board/'))
      return route.fulfill(
        board
          ? built('board')
          : {
              contentType: 'text/html',
              body: '<!doctype html><html lang=da><title>Tavlen</title><main><h1>Tavlen</h1></main>',
            },
      );
    if (pathname.startsWith('/a/')) return serveAsset(folder, route);
    // Here the socket alone tells what there is.
    if (pathname.endsWith('/state')) return route.fulfill({ status: 204 });
    if (pathname.startsWith('/api/'))
      return route.fulfill({ status: 404, contentType: 'application/json', body: '{}' });
    return route.fulfill(built('console'));
  });
  await page.addInitScript(fakeServer, { ...moment, wall: WALL });
  const kept = known
    ? {
        'runde.meetings': JSON.stringify([
          { code: CODE, title: 'Alle med i frikvarteret', at: 0, links },
        ]),
      }
    : {};
  await page.addInitScript(
    (all) => {
      if (location.pathname.startsWith('/console'))
        for (const [key, text] of Object.entries(all)) localStorage[key] ??= text;
    },
    { ...kept, ...storage },
  );
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${ORIGIN}/console/${CODE}#${KEY}`);
  await page.locator('.strip').waitFor();
  return { page, errors };
}

/** The page as a moment wants it: facts told, a connection lost, a server that cannot save, buttons pressed. */
export async function play({ page }, moment) {
  if (moment.facts) await page.evaluate((facts) => globalThis.fake.tell(facts), moment.facts);
  if (moment.press)
    await page
      .getByRole('button', { name: new RegExp(moment.press.join('|')) })
      .first()
      .click();
  for (const key of moment.keys ?? []) await page.keyboard.press(key);
  if (moment.unsaved) await page.evaluate(() => globalThis.fake.give({ saving: false }));
  if (moment.lost) await page.evaluate(() => globalThis.fake.cut());
  await settled(page);
}
