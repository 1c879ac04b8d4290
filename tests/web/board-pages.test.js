// The board in a browser: every page and hard case under its CSP, looked at for what a room would notice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axeSource, launch } from './support/browser.js';
import { CODE, NOW, WALL, snapshots } from './fixtures/board.js';

const KEY = 'A'.repeat(43);
const web = fileURLToPath(new URL('../../web/', import.meta.url));
const gen = mkdtempSync(join(tmpdir(), 'board-'));
const qr = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>';
let browser;

before(async () => {
  execFileSync(process.execPath, ['build.js', '--only', 'board', '--gen', gen], { cwd: web });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(gen, { recursive: true, force: true });
});

/** The page with a server in the browser itself: `serve(name)` shows another meeting on the open connection. */
async function open({ width = 1920, height = 1080, locale = 'da', colorScheme = 'light', hash = `#${KEY}`, refuse = '' } = {}) {
  const html = readFileSync(join(gen, 'pages', `board.${locale}.html`), 'utf8');
  const csp = readFileSync(join(gen, 'pages', `board.${locale}.csp`), 'utf8');
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: 'reduce', timezoneId: 'Europe/Copenhagen' });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  await page.route('**/*', (route) => {
    const path = new URL(route.request().url()).pathname;
    if (path.startsWith('/qr/')) return route.fulfill({ contentType: 'image/svg+xml', body: qr });
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html, headers: { 'content-security-policy': `${csp}; connect-src 'self'` } });
  });
  await page.addInitScript(fakeServer, { NOW, WALL, refuse });
  await page.goto(`http://runde.test/board/${CODE}${hash}`);
  return { page, wrong, close: () => context.close(), serve: (name) => page.evaluate((snapshot) => globalThis.serve(snapshot), snapshots[name]) };
}

/** Runs in the page. */
function fakeServer({ NOW: now, WALL: wall, refuse }) {
  let seq = 0;
  globalThis.sent = [];
  globalThis.sockets = [];
  globalThis.serve = (snapshot) => globalThis.sockets.at(-1).say({ snapshot, seq: ++seq });
  globalThis.WebSocket = class {
    constructor() {
      globalThis.sockets.push(this);
      setTimeout(() => this.onopen(), 0);
    }

    say(frame) {
      this.onmessage({ data: JSON.stringify(frame) });
    }

    send(text) {
      const frame = JSON.parse(text);
      globalThis.sent.push(frame);
      if (frame.clock) setTimeout(() => this.say({ clock: { sent: frame.clock.sent, now } }), 0);
      else if (frame.hello) setTimeout(() => this.say(refuse ? { refused: { code: refuse } } : { welcome: { seat: null, now, wall, protocol: 1 } }), 0);
    }

    close() {}
  };
}

/** Runs in the page: what reaches over the wall's edge, or lies on something else. */
function lookRound() {
  const found = [];
  const name = (e) => `${e.tagName}.${e.getAttribute('class')} "${e.textContent.trim().slice(0, 30)}"`;
  const boxOf = (e) => e.getBoundingClientRect();
  const all = [...document.querySelectorAll('#app h1, #app h2, #app p, #app li, #app b, #app span, #app text, #app img, #app td')];
  const seen = all.filter((e) => !e.closest('.vh, .slips') && boxOf(e).width > 0);
  for (const e of seen) {
    const { left, top, right, bottom } = boxOf(e);
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) found.push(`over the edge: ${name(e)}`);
  }
  const cards = [...document.querySelectorAll('.card')];
  for (const card of cards) {
    const { bottom } = boxOf(card);
    const text = boxOf(card.firstElementChild);
    if (text.bottom > bottom + 1) found.push(`text out of its card: ${name(card)}`);
    if (bottom > boxOf(card.closest('.cards')).bottom + 2) found.push(`card out of its place: ${name(card)}`);
  }
  const header = document.querySelector('.top');
  const under = document.querySelectorAll('.side > .at, .side .answer, .cards');
  if (header) {
    const low = Math.max(...[...header.querySelectorAll('h1, p, b, img')].map((e) => boxOf(e).bottom));
    for (const e of under) if (boxOf(e).height && boxOf(e).top < low - 1) found.push(`under the header: ${name(e)}`);
  }
  const blocks = [...document.querySelectorAll('section.side > .at:not(.cards)')].filter((e) => boxOf(e).height > 0);
  blocks.forEach((a, i) => blocks.slice(i + 1).forEach((b) => {
    const [p, q] = [boxOf(a), boxOf(b)];
    if (p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1 && q.top < p.bottom - 1) found.push(`on each other: ${name(a)}, ${name(b)}`);
  }));
  if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls');
  return found;
}

for (const [width, height, locale, colorScheme] of [[1920, 1080, 'da', 'light'], [1366, 768, 'en', 'dark'], [1024, 768, 'da', 'light'], [1080, 1920, 'en', 'light']]) {
  test(`every page fits ${width}×${height} (${locale}, ${colorScheme}), and none breaks the CSP`, async () => {
    const { page, wrong, close, serve } = await open({ width, height, locale, colorScheme });
    await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
    for (const name of Object.keys(snapshots)) {
      await serve(name);
      assert.deepEqual(await page.evaluate(lookRound), [], name);
    }
    assert.deepEqual(wrong, []);
    await close();
  });
}

test('it says hello as a board, with the key of its link, also after a reload without one', async () => {
  const { page, close } = await open();
  await page.waitForFunction(() => globalThis.sent.length > 0);
  const said = () => page.evaluate(() => globalThis.sent[0].hello);
  assert.deepEqual(await said(), { as: 'board', meeting: CODE, key: KEY });
  await page.evaluate(() => history.replaceState(null, '', location.pathname));
  await page.reload();
  await page.waitForFunction(() => globalThis.sent.length > 0);
  assert.equal((await said()).key, KEY);
  await close();
});

test('a link that does not fit says what to do, and so does one without a key', async () => {
  for (const [options, words] of [[{ refuse: 'wrong_key' }, 'Kopiér linket'], [{ hash: '' }, 'linket fra styringen'], [{ refuse: 'no_such_meeting' }, 'koden i adressen']]) {
    const { page, close } = await open(options);
    await page.locator('.alone h1').waitFor();
    assert.match(await page.locator('.alone').innerText(), new RegExp(words));
    await close();
  }
});

test('a lost connection is a quiet sign, and the clock goes on', async () => {
  const { page, serve, close } = await open();
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  await serve('reflection');
  const before = await page.locator('.digits').innerText();
  await page.evaluate(() => globalThis.sockets.at(-1).onclose());
  await page.locator('.sign').waitFor();
  await page.waitForFunction((face) => document.querySelector('.digits').textContent !== face, before);
  await close();
});

test('the floor, and the time at its three moments, are told politely', async () => {
  const { page, serve, close } = await open();
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  await serve('turns');
  await serve('turns-before');
  const live = page.locator('[aria-live=polite]');
  assert.equal(await live.innerText(), 'Yusuf har ordet');
  await close();
});

test('nothing on the wall shames anyone', async () => {
  const { page, serve, close } = await open();
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  for (const name of Object.keys(snapshots)) {
    await serve(name);
    assert.doesNotMatch(await page.locator('#app').innerText(), /bagefter|over tid|\+\d+:\d\d|-\d+:\d\d|\bklar\b|\bpas\b/i, name);
  }
  await serve('turns-before');
  assert.doesNotMatch(await page.locator('main').innerText(), /\d:\d\d/, 'no seconds of a person');
  await close();
});

test('axe finds nothing to complain of', async () => {
  const { page, serve, close } = await open();
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  await page.evaluate(axeSource);
  for (const name of ['lobby', 'turns', 'spiral', 'dialogue', 'decision', 'retrospect', 'end', 'restarted']) {
    await serve(name);
    const broken = await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`));
    assert.deepEqual(broken, [], name);
  }
  await close();
});

test('the page stays within its budget', () => {
  const report = execFileSync(process.execPath, ['build.js', '--only', 'board', '--gen', gen], { cwd: web, encoding: 'utf8' });
  const bytes = [...report.matchAll(/board\.\w+: .*?(\d+) bytes gzip/g)].map(([, n]) => Number(n));
  assert.equal(bytes.length, 2);
  for (const n of bytes) assert.ok(n <= 60 * 1024, `${n} bytes`);
});
