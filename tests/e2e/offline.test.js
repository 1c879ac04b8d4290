// offline.test.js -- pages that are opened again while there is no network, or while the server is
// away: what was here last, and on again when it is back.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { sizes } from './browser.js';
import { begin, lead, stage } from './stage.js';

const agenda = (title) => ({
  title,
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'reflection', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'turns', minutes: 10 },
      ],
    },
  ],
});

/** What the browser keeps of pages: [name of the cache, address] each. */
const keptPages = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const all = await Promise.all(
      names.map(async (name) => {
        const cache = await caches.open(name);
        const requests = await cache.keys();
        return requests.map(({ url }) => [name, new URL(url).pathname + new URL(url).search]);
      }),
    );
    return all.flat();
  });
const isKept = (page, name) =>
  becomes(
    async () => (await keptPages(page)).filter(([, url]) => url === `/${name}/?lang=`).length,
    1,
  );
/** What the phone's store has of how each meeting was when it saw it last. */
const lastSeen = (page) =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open('runde');
        request.onsuccess = () => {
          const store = request.result.transaction('kept').objectStore('kept');
          store.getAll().onsuccess = ({ target }) =>
            done(
              target.result
                .filter((it) => it.state?.now)
                .map((it) => it.state.now.state)
                .sort(),
            );
        };
      }),
  );
const field = (phone) => phone.locator('main textarea').first();

test(
  'a_phone_that_is_opened_again_without_a_network_shows_what_it_saw_and_keeps_what_is_written',
  { timeout: 900000 },
  () =>
    stage(agenda('Teammøde'), async ({ way, join, console_, board, written, picture }) => {
      const phone = await join('Mette');
      await isKept(phone, 'm');
      await begin(console_);
      await field(phone).fill('Legekasser til alle');
      await phone.getByText('✓ Gemt').waitFor();
      await becomes(() => lastSeen(phone), ['running']);
      way.close();
      await phone.reload();
      await phone.getByText('Ingen forbindelse. Sådan så mødet ud').waitFor();
      await phone.getByText('Hvad kan vi gøre?').first().waitFor();
      await becomes(() => field(phone).inputValue(), 'Legekasser til alle');
      await field(phone).fill('Legekasser til alle\nEn voksen mere ude');
      await phone.getByText('Gemt på telefonen').first().waitFor();
      await picture('offline', { phone });
      // Once more, with what waits.
      await phone.reload();
      await becomes(() => field(phone).inputValue(), 'Legekasser til alle\nEn voksen mere ude');
      way.open();
      await phone.getByText('Ingen forbindelse').first().waitFor({ state: 'detached' });
      await phone.getByText('✓ Gemt').waitFor();
      await becomes(() => field(phone).inputValue(), 'Legekasser til alle\nEn voksen mere ude');
      // Nothing of it was shown by that.
      assert.doesNotMatch(await written(), /Legekasser/);
      // Neither a code nor a fact of the meeting lies in what the browser keeps of pages.
      const pages = await keptPages(phone);
      assert.deepEqual(
        pages.filter(([, url]) => !/^\/a\/\w+\.js$|^\/m\/\?lang=$/.test(url)),
        [],
      );
      const text = await phone.evaluate(async () => (await caches.match('/m/?lang=')).text());
      assert.match(text, /^<!doctype html>/);
      assert.doesNotMatch(text, /Teammøde|Mette/);
      // The wall and the control are opened again too, and go on by themselves.
      await isKept(board, 'board');
      await isKept(console_, 'console');
    }),
);

test(
  'what_the_meeting_became_meanwhile_is_what_a_phone_shows_that_comes_back',
  { timeout: 900000 },
  () =>
    stage(agenda('Teammøde'), async ({ way, join, console_ }) => {
      const phone = await join('Mette');
      await isKept(phone, 'm');
      await begin(console_);
      await becomes(() => lastSeen(phone), ['running']);
      way.close();
      await phone.reload();
      await phone.getByText('Ingen forbindelse. Sådan så mødet ud').waitFor();
      await lead(console_, 'På skift', console_.getByText('Giv ordet til Mette').first());
      await lead(console_, 'Giv ordet til Mette', console_.getByText('Mette har ordet').first());
      way.open();
      await phone.getByText('du har ordet').waitFor();
    }),
);

/** What the server answers, changed, as another build would have it. */
async function renewed(url, change) {
  const answer = await fetch(url);
  const body = change(await answer.text());
  const kept = ['content-type', 'content-security-policy', 'cache-control', 'content-language'];
  const headers = kept.flatMap((name) => {
    const value = answer.headers.get(name);
    return value ? [`${name}: ${value}`] : [];
  });
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return ['HTTP/1.1 200 OK', ...headers, length, 'connection: close', '', body].join('\r\n');
}

test(
  'a_server_that_was_renewed_is_never_hidden_by_what_is_kept_and_its_pages_take_the_place',
  { timeout: 900000 },
  () =>
    stage(agenda('Teammøde'), async ({ way, server, join, code }) => {
      const phone = await join('Mette');
      await isKept(phone, 'm');
      const page = `/m/${code}`;
      const asIs = new URL(server.url).host;
      const there = (text) => text.replaceAll(asIs, new URL(way.url).host);
      way.instead(
        page,
        there(await renewed(`${server.url}${page}`, (text) => `${text}<p id=renewed></p>`)),
      );
      way.instead(
        '/sw.js',
        await renewed(`${server.url}/sw.js`, (text) =>
          text.replace(/runde-[0-9a-f]{16}/, 'runde-renewed'),
        ),
      );
      await phone.reload();
      await phone.locator('#renewed').waitFor({ state: 'attached' });
      await phone.getByText('Du er med, Mette').waitFor();
      await becomes(
        async () => [...new Set((await keptPages(phone)).map(([name]) => name))],
        ['runde-renewed'],
      );
      await isKept(phone, 'm');
      way.close();
      await phone.reload();
      await phone.locator('#renewed').waitFor({ state: 'attached' });
      await phone.getByText('Ingen forbindelse').first().waitFor();
      way.open();
      await phone.getByText('Ingen forbindelse').first().waitFor({ state: 'detached' });
    }),
);

test('two_meetings_in_one_browser_share_the_page_and_keep_what_each_saw', { timeout: 900000 }, () =>
  stage(agenda('Første møde'), async ({ way, server, chrome, join, console_, pages }) => {
    const phone = await join('Mette');
    await isKept(phone, 'm');
    const other = await server.meeting({ agenda: agenda('Andet møde') });
    const second = await chrome.beside(
      phone.context(),
      `${way.url}${new URL(other.links.join).pathname}`,
    );
    pages.push(second);
    await second.locator('[name=name]').fill('Sofie');
    await second.getByRole('button', { name: 'Deltag' }).click();
    await second.getByText('Du er med, Sofie').waitFor();
    await begin(console_);
    await becomes(() => lastSeen(second), ['lobby', 'running']);
    way.close();
    await phone.reload();
    await second.reload();
    await phone.getByText('Hvad kan vi gøre?').first().waitFor();
    await second.getByText('Du er med, Sofie').waitFor();
    await second.getByText('Ingen forbindelse. Sådan så mødet ud').waitFor();
    // One that this device was never in says at least what is wrong.
    const third = await server.meeting({ agenda: agenda('Tredje møde') });
    const stranger = await chrome.beside(
      phone.context(),
      `${way.url}${new URL(third.links.join).pathname}`,
    );
    await stranger.getByText('Ingen forbindelse. Prøv igen').waitFor();
    way.open();
    await stranger.getByRole('button', { name: 'Deltag' }).waitFor();
    await second.getByText('Ingen forbindelse').first().waitFor({ state: 'detached' });
    // Deleting a meeting on this phone leaves nothing of it there.
    await stranger.goto(`${way.url}/`);
    await stranger.getByRole('button', { name: 'Glem mig på denne enhed' }).click();
    await stranger.getByRole('button', { name: 'Glem alt' }).click();
    await becomes(() => stranger.evaluate(() => caches.keys()), []);
  }),
);

test(
  'wall_console_and_minutes_are_opened_again_while_the_server_is_away_and_go_on_with_it',
  { timeout: 900000 },
  () =>
    stage(agenda('Teammøde'), async ({ way, chrome, links, join }) => {
      await join('Mette');
      const here = (link) => way.url + link.slice(new URL(link).origin.length);
      const shown = {
        board: 'Teammøde',
        console: 'Begynd mødet',
        scribe: 'Teammøde',
      };
      const opened = {};
      for (const [role, text] of Object.entries(shown)) {
        opened[role] = await chrome.open(here(links[role]), sizes.console);
        await opened[role].getByText(text).first().waitFor();
        await isKept(opened[role], role === 'scribe' ? 'minutes' : role);
      }
      way.close();
      for (const page of Object.values(opened)) {
        await page.reload();
        await page
          .getByText(/prøver igen/)
          .first()
          .waitFor();
      }
      way.open();
      for (const [role, text] of Object.entries(shown))
        await opened[role].getByText(text).first().waitFor();
    }),
);
