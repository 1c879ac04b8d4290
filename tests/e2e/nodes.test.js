// nodes.test.js -- phone, board and console come by one of two servers, and the other, which leads
// the meeting, ends: nobody sees it; or the database is away for both.  tests/README.md, rows 27, 29 and 31
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../net/nodes.js';
import { test } from '../support/chromium.js';
import { control, database } from '../support/postgres.js';
import { gone, soon } from '../support/soon.js';
import { binary, browser, serverAt, shots, sizes } from './browser.js';
import { begin, lead, wake } from './stage.js';

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 60,
      parts: [
        { id: '1a', method: 'reflection', minutes: 20, questions: ['Hvad ser vi?'] },
        { id: '1b', method: 'dialogue', minutes: 20, questions: ['Hvad kan vi gøre?'] },
        { id: '1c', method: 'reflection', minutes: 20, questions: ['Hvad tager vi med?'] },
      ],
    },
  ],
};

/** Leads each connection to the first of these ports at which somebody listens. */
async function balancer(ports) {
  const open = new Set();
  const lead_ = (near, [port, ...others]) => {
    if (!port) return void near.destroy();
    const far = net.connect({ port, host: '127.0.0.1', noDelay: true });
    far.once('connect', () => {
      near.pipe(far).pipe(near);
      far.on('error', () => near.destroy());
      far.on('close', () => near.destroy());
      near.on('close', () => far.destroy());
    });
    far.once('error', () => far.pending && lead_(near, others));
  };
  const door = net.createServer({ noDelay: true, pauseOnConnect: true }, (near) => {
    open.add(near);
    near.on('error', () => near.destroy());
    near.on('close', () => open.delete(near));
    lead_(near, ports);
  });
  await new Promise((done) => door.listen(0, '127.0.0.1', () => done(undefined)));
  return {
    url: `http://127.0.0.1:${/** @type {net.AddressInfo} */ (door.address()).port}`,
    end() {
      for (const near of open) near.destroy();
      return new Promise((done) => door.close(() => done(undefined)));
    },
  };
}

/** Two servers that share a database and a key, of which the first is the balancer's choice. */
async function two(name) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-key-'));
  const key = join(folder, 'key');
  writeFileSync(key, 'a key of thirty-two characters, or more\n', { mode: 0o600 });
  const ports = [await freePort(), await freePort()];
  const way = await balancer(ports);
  const where = database(name);
  const servers = [];
  for (const [i, port] of ports.entries()) {
    const own = ['--node', 'ab'[i], '--node-url', `http://127.0.0.1:${port}`];
    const both = ['--journal', where, '--cluster-key-file', key, '--base-url', way.url];
    servers.push(await serverAt(`127.0.0.1:${port}`, binary, ...own, ...both, '--log', 'debug'));
  }
  await soon(async () => assert.match(servers[0].log(), /trunk\.up .* called=no/));
  return {
    way,
    a: servers[0],
    b: servers[1],
    async end() {
      for (const server of servers) await server.stop();
      await way.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Keeps what a page says of its connection, and when which second stands there. */
const watch = (page, clock) =>
  page.evaluate((selector) => {
    const kept = /** @type {any} */ (globalThis);
    kept.said = new Set();
    kept.seconds = [];
    const away = /Ingen forbindelse|Forbinder igen|[Gg]emmer ikke|prøver igen/g;
    let shown = '';
    new MutationObserver(() => {
      for (const [words] of document.body.innerText.matchAll(away)) kept.said.add(words);
      const text = document.querySelector(selector)?.textContent ?? '';
      const [, minutes, seconds] = text.match(/^\s*(\d+):(\d\d)/) ?? [];
      if (text !== shown && minutes)
        kept.seconds.push(Date.now() / 1000 + Number(minutes) * 60 + Number(seconds));
      shown = text;
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, clock);
const said = (page) => page.evaluate(() => [.../** @type {any} */ (globalThis).said]);

/**
 * When the clock that a page shows will be out, s since 1970: a second that is drawn late says it
 * too late, so the earliest counts. Of what is drawn from now on.
 */
async function out(page) {
  await page.evaluate(() => void Object.assign(globalThis, { seconds: [] }));
  const drawn = () => page.evaluate(() => /** @type {any} */ (globalThis).seconds);
  await soon(async () => assert.ok((await drawn()).length > 3));
  return Math.min(...(await drawn()));
}
const same = (one, other) => assert.ok(Math.abs(one - other) < 1, `${one} and ${other}`);

const picture = async (name, views) => {
  for (const [view, page] of Object.entries(views))
    await page.screenshot({ path: join(shots, `${name}-${view}.png`) });
};

/** Writes a point, and shows it. */
async function say(phone, text) {
  await phone.getByLabel('Skriv en pointe').fill(text);
  await phone.getByRole('button', { name: 'Vis på tavlen', exact: true }).click();
}

for (const [signal, how] of [
  ['SIGKILL', 'is_killed'],
  ['SIGTERM', 'is_stopped'],
])
  test(
    `the_server_that_leads_${how}_and_no_page_at_another_one_shows_it`,
    { timeout: 900000 },
    async () => {
      const { way, a, b, end } = await two(`nodes_${how}`);
      const chrome = await browser();
      const { code, links } = await a.meeting({ agenda });
      const by = (url, link) => url + link.slice(new URL(link).origin.length);
      const join_ = async (url, name) => {
        const phone = await chrome.open(by(url, links.join), sizes.phone);
        await phone.locator('[name=name]').fill(name);
        await phone.getByRole('button', { name: 'Deltag' }).click();
        await phone.getByText(`Du er med, ${name}`).waitFor();
        return phone;
      };
      const console_ = await chrome.open(by(b.url, links.console), sizes.console);
      const board = await chrome.open(by(b.url, links.board), sizes.board);
      const phone = await join_(b.url, 'Mette');
      const there = await chrome.open(by(way.url, links.board), sizes.board);
      const other = await join_(way.url, 'Sofie');
      const here = { console: console_, board, phone };
      await begin(console_);
      await board.getByText('Hvad ser vi?').first().waitFor();
      await watch(console_, '.dial .face b, .face b');
      for (const page of [board, there, phone, other]) await watch(page, 'p.digits');

      // The same second at both servers.
      same(await out(board), await out(there));
      await lead(console_, 'Næste', board.getByText('Hvad kan vi gøre?').first());
      const before = await out(console_);
      await phone.getByLabel('Skriv en pointe').fill('Legekasser');

      const ended = a.end(signal);
      await say(phone, 'Legekasser til alle');
      await wake(phone); // As if it had been taken up.
      await phone.getByLabel('Skriv en pointe').fill('En voksen');
      await picture(`nodes-${how}-1-held`, { ...here, there, other });
      await ended;
      await board.getByText('Legekasser til alle').first().waitFor();
      await say(phone, 'En voksen mere ude');
      await board.getByText('En voksen mere ude').first().waitFor();
      same(await out(console_), before);
      for (const page of Object.values(here)) assert.deepEqual(await said(page), [], page.url());

      // Whoever was at the one that is gone is at the other.
      await gone(other.getByText('Ingen forbindelse'));
      await say(other, 'Bander på skift');
      for (const page of [board, there]) {
        await page.getByText('Bander på skift').first().waitFor();
        await gone(page.locator('.sign'));
      }
      await picture(`nodes-${how}-2-after`, { ...here, there, other });
      await lead(console_, 'Næste', board.getByText('Hvad tager vi med?').first());
      same(await out(board), await out(there));
      for (const page of Object.values(here)) assert.deepEqual(await said(page), [], page.url());
      const key = new URL(links.console).hash.slice(1);
      const minutes = await fetch(
        `${b.url}/api/meetings/${code}/minutes?edition=participants&format=md`,
        { headers: { authorization: `Bearer ${key}` } },
      );
      const text = await minutes.text();
      for (const point of ['Legekasser til alle', 'En voksen mere ude', 'Bander på skift'])
        assert.equal(text.split(point).length, 2, `${point} is there once`);
      assert.deepEqual(chrome.trouble, []);
      await chrome.close();
      await end();
    },
  );

test(
  'the_database_is_away_for_two_servers_and_screens_say_so_and_go_on',
  { timeout: 900000 },
  async () => {
    const { a, b, end } = await two('nodes_away');
    const chrome = await browser();
    const { links } = await a.meeting({ agenda });
    const by = (url, link) => url + link.slice(new URL(link).origin.length);
    const console_ = await chrome.open(by(a.url, links.console), sizes.console);
    const boards = [a, b].map(({ url }) => chrome.open(by(url, links.board), sizes.board));
    const [board, there] = await Promise.all(boards);
    const phone = await chrome.open(by(b.url, links.join), sizes.phone);
    await phone.locator('[name=name]').fill('Mette');
    await phone.getByRole('button', { name: 'Deltag' }).click();
    await phone.getByText('Du er med, Mette').waitFor();
    await begin(console_);
    await lead(console_, 'Næste', board.getByText('Hvad kan vi gøre?').first());

    control('halt');
    await say(phone, 'Legekasser til alle');
    for (const page of [board, there]) await page.getByText('Gemmer ikke lige nu').waitFor();
    await console_.getByText('Serveren gemmer ikke lige nu.').waitFor();
    for (const { url } of [a, b])
      await soon(async () => assert.equal((await fetch(`${url}/readyz`)).status, 503));
    // They have no lease any more: the sign stays, and what stood there.
    await new Promise((done) => setTimeout(done, 4000));
    for (const page of [board, there]) {
      assert.ok(await page.getByText('Gemmer ikke lige nu').isVisible());
      assert.ok(await page.getByText('Hvad kan vi gøre?').first().isVisible());
    }
    await picture('nodes-away', { board, there, console: console_, phone });

    control('resume');
    for (const page of [board, there]) {
      await page.getByText('Legekasser til alle').first().waitFor();
      await gone(page.locator('.sign'));
    }
    await gone(console_.locator('.unsaved'));
    await chrome.close();
    await end();
  },
);
