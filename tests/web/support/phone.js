// phone.js -- the built phone page in a browser, with a socket of the test's own instead of a
// server.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { T0 } from '../fixtures/phone.js';
import { treeOf } from '../fixtures/tree.js';
import { serveAsset } from './assets.js';
import { PATIENCE_MS, settled } from './browser.js';

const { fromSnapshot } = await import('../../../web/shared/model.js');

const ORIGIN = 'http://runde.test';
const token = 'A'.repeat(43);

/**
 * Runs in a page of the same origin: what a phone keeps of the meeting, as store.js writes and
 * reads it.
 */
export const keep = (kept) =>
  new Promise((done) => {
    const request = indexedDB.open('runde');
    request.onupgradeneeded = () => request.result.createObjectStore('kept');
    request.onsuccess = () => {
      const change = request.result.transaction('kept', 'readwrite');
      change.objectStore('kept').put(kept, 'K7QM4XPR');
      change.oncomplete = () => {
        request.result.close();
        done(kept);
      };
    };
  });
export const whatIsKept = () =>
  new Promise((done) => {
    const request = indexedDB.open('runde');
    request.onsuccess = () => {
      const read = request.result.transaction('kept').objectStore('kept').get('K7QM4XPR');
      read.onsuccess = () => {
        request.result.close();
        done(read.result);
      };
    };
  });

/**
 * Runs in the page: answers hello, clock and commands as the server would; what was sent stands in
 * `sent`.
 */
function fakeServer({ snapshot, seats, now, deaf, refuses, colour }) {
  const fake = { refuses, sent: [], sockets: [], refuse: {}, deaf, seq: 10, down: false };
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
        // One hello after another is refused; the last word stands.
        const [refused, ...then] = fake.refuses;
        if (then.length) fake.refuses = then;
        if (refused) return this.give({ refused });
        this.give({
          welcome: {
            ...(colour ? { colour } : {}),
            seat: seats[0],
            token: fake.token,
            seats: seats.map((seat) => ({ seat, token: fake.token })),
            now,
            wall: 1764000000000 + now,
            protocol: 1,
          },
        });
        this.give(frame.hello.since ? { facts: [], seq: fake.seq } : { snapshot, seq: fake.seq });
      } else if (frame.clock)
        this.give({
          clock: { ...frame.clock, now: Math.round(now + performance.now() - fake.began) },
        });
      else if (!fake.deaf) {
        const code = fake.refuse[frame.do];
        this.give(
          code
            ? { re: frame.id, ok: false, code, field: null }
            : { re: frame.id, ok: true, seq: fake.seq },
        );
      }
    }
    close() {
      setTimeout(() => this.onclose?.());
    }
  }
  fake.began = performance.now();
  fake.token = 'A'.repeat(43);
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

/**
 * @param {import('playwright-core').BrowserContext} context
 * @param {{gen: string, locale?: string, fixture: any, deaf?: boolean, keeps?: 'nothing' |
 *   'strings', untold?: boolean, busy?: number}} options
 *   keeps: what the browser lacks; untold: the page comes without facts before it; busy: how often
 *   the server has not read the meeting yet
 */
export async function openPhone(
  context,
  { gen, locale = 'da', fixture, deaf = false, keeps, untold = false, busy = 0 },
) {
  const page = await context.newPage();
  const seats = fixture.seats === undefined ? [4] : (fixture.seats ?? [4]);
  const folder = join(gen, 'pages');
  const csp = `${readFileSync(join(folder, `phone.${locale}.csp`), 'utf8')}; connect-src 'self' ws://runde.test`;
  const serve = (route, body, type = 'application/json', headers = {}) =>
    route.fulfill({ body, contentType: type, headers });
  const missing = JSON.stringify({ code: 'no_such_meeting', field: null });
  // As the server does: what the form needs stands before the page.
  const { state: stands, title, seats: free } = fixture.about ?? {};
  // Of a meeting that is over whom to ask is read once more.
  const { meeting } = fixture.snapshot ?? {};
  const about = fixture.about ?? (meeting && { ...meeting, seats: [], items: [] });
  const told = untold
    ? ''
    : `<!--${fixture.about ? JSON.stringify({ state: stands, title, seats: free }) : missing}-->`;
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname, search } = new URL(route.request().url());
    if (search.includes('format=json'))
      return serve(route, JSON.stringify(treeOf(fromSnapshot(fixture.snapshot, 1), locale)));
    if (pathname.endsWith('/minutes'))
      return serve(route, `${search} ${route.request().headers().authorization}`, 'text/html');
    if (pathname.startsWith('/api/meetings/') && busy-- > 0)
      return route.fulfill({ status: 503, body: JSON.stringify({ code: 'busy', field: null }) });
    if (pathname.startsWith('/api/meetings/'))
      return about
        ? serve(route, JSON.stringify(about))
        : route.fulfill({ status: 404, body: missing });
    if (pathname.startsWith('/a/')) return serveAsset(folder, route);
    if (pathname === '/empty') return serve(route, '<!doctype html>', 'text/html');
    return serve(
      route,
      told + readFileSync(join(folder, `phone.${locale}.html`), 'utf8'),
      'text/html; charset=utf-8',
      { 'content-security-policy': csp },
    );
  });
  await page.addInitScript(fakeServer, {
    snapshot: fixture.snapshot ?? null,
    seats,
    now: T0,
    deaf,
    refuses: [fixture.refuses ?? []].flat(),
    colour: fixture.colour,
  });
  await page.goto(`${ORIGIN}/empty`);
  if (fixture.seats !== null)
    await page.evaluate(keep, {
      age: 1,
      seats: seats.map((seat) => ({ seat, token })),
      texts: fixture.texts ?? {},
      joint: fixture.joint ?? {},
    });
  if (keeps)
    await page.addInitScript((what) => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
      if (what === 'nothing')
        Object.defineProperty(globalThis, 'localStorage', {
          get: () => {
            throw new Error('not allowed');
          },
        });
    }, keeps);
  const errors = [];
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${ORIGIN}/m/K7QM-4XPR`);
  await page.waitForFunction(
    (still) => document.querySelector('h1') && (still || !document.querySelector('h1.mid')),
    fixture.still,
  );
  await page.waitForFunction(() =>
    [...document.styleSheets[0].cssRules].some((rule) => rule.cssText.startsWith('@media all')),
  );
  // What was agreed comes after the meeting itself, as long as phones get it.
  if (fixture.snapshot?.now.state === 'closed' && !fixture.past)
    await page.locator('.agreed').waitFor();
  return { page, errors };
}

/** The page as a fixture wants it: facts told, a connection lost, sheets open, buttons pressed. */
export async function play({ page }, fixture) {
  if (fixture.enter) {
    await page.locator('[name=name]').fill(fixture.enter);
    await page.keyboard.press('Enter');
    await page.locator(fixture.refuses ? 'h1.mid' : 'header').waitFor();
    if (fixture.refuses) await page.locator('footer button').first().waitFor();
  }
  if (fixture.facts) await page.evaluate((facts) => globalThis.fake.tell(facts), fixture.facts);
  if (fixture.lost) await page.evaluate(() => globalThis.fake.cut());
  if (fixture.write) await page.locator('textarea').first().fill(fixture.write);
  if (fixture.refused)
    await page.evaluate((code) => globalThis.fake.give({ refused: { code } }), fixture.refused);
  if (fixture.open) await page.locator(`${fixture.open} > summary`).first().click();
  for (const name of fixture.press ?? [])
    await page.locator(`[data-do="${name}"]`).first().click({ force: true });
  await settled(page);
}
