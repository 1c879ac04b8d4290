// The board in a browser: every page and hard case under its CSP, looked at for what a room would notice.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axeSource, launch } from './support/browser.js';
import { KEY, buildBoard, lookRound, openBoard } from './support/board.js';
import { CODE, snapshots } from './fixtures/board.js';

const gen = mkdtempSync(join(tmpdir(), 'board-'));
let browser;

before(async () => {
  buildBoard(gen);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(gen, { recursive: true, force: true });
});

/** Open and ready to be told something. */
async function open(options = {}) {
  const board = await openBoard(browser, gen, options);
  if (!options.refuse && !options.path) await board.ready();
  return board;
}

for (const [width, height, locale, colorScheme] of [[1920, 1080, 'da', 'light'], [1366, 768, 'en', 'dark'], [1024, 768, 'da', 'light'], [1080, 1920, 'en', 'light']]) {
  test(`every page fits ${width}×${height} (${locale}, ${colorScheme}), and none breaks the CSP`, async () => {
    const { page, wrong, close, serve } = await open({ width, height, locale, colorScheme });
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
  for (const [options, words] of [[{ refuse: 'wrong_key' }, 'Kopiér linket'], [{ path: `/board/${CODE}` }, 'linket fra styringen'], [{ refuse: 'no_such_meeting' }, 'koden i adressen']]) {
    const { page, close } = await open(options);
    await page.locator('.alone h1').waitFor();
    assert.match(await page.locator('.alone').innerText(), new RegExp(words));
    await close();
  }
});

test('a lost connection is a quiet sign, and the clock goes on', async () => {
  const { page, serve, close } = await open();
  await serve('reflection');
  const before = await page.locator('.digits').innerText();
  await page.evaluate(() => globalThis.sockets.at(-1).onclose());
  await page.locator('.sign').waitFor();
  await page.waitForFunction((face) => document.querySelector('.digits').textContent !== face, before);
  await close();
});

test('the floor, and the time at its three moments, are told politely', async () => {
  const { page, serve, close } = await open();
  await serve('turns');
  await serve('turns-before');
  const live = page.locator('[aria-live=polite]');
  assert.equal(await live.innerText(), 'Yusuf har ordet');
  await close();
});

test('nothing on the wall shames anyone', async () => {
  const { page, serve, close } = await open();
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
  await page.evaluate(axeSource);
  for (const name of ['lobby', 'turns', 'spiral', 'dialogue', 'decision', 'retrospect', 'end', 'restarted']) {
    await serve(name);
    const broken = await page.evaluate(async () => (await globalThis.axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`));
    assert.deepEqual(broken, [], name);
  }
  await close();
});

test('the page stays within its budget', () => {
  const bytes = [...buildBoard(gen).matchAll(/board\.\w+: .*?(\d+) bytes gzip/g)].map(([, n]) => Number(n));
  assert.equal(bytes.length, 2);
  for (const n of bytes) assert.ok(n <= 60 * 1024, `${n} bytes`);
});
