// phone.test.js -- what is written on a phone, against everything that a phone meets: lost answers,
// a tunnel, a reload, a page that goes while letters are typed, a server that dies. It is there in
// the end, once.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { begin, lead, stage, wire } from './stage.js';

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'turns', minutes: 10 },
      ],
    },
  ],
};

/** The same with Mette's phone, that has joined by the way that can fail. */
const joined = (use) =>
  stage(agenda, async (it) => {
    const phone = await it.join('Mette');
    const start = () => begin(it.console_);
    await use({ ...it, phone, start });
  });

const times = (text, part) => text.split(part).length - 1;
const write = async (phone, text) => {
  await phone.getByLabel('Skriv en pointe').fill(text);
  await phone.getByRole('button', { name: 'Vis på tavlen' }).click();
};
const waits = (phone, n) =>
  phone.waitForFunction(
    (wanted) => document.querySelectorAll('.points .time').length === wanted,
    n,
  );

// tests/README.md, rows 6 and 7
test(
  'points_survive_lost_answers_a_tunnel_a_reload_and_a_dead_server_and_are_there_once',
  { timeout: 900000 },
  () =>
    joined(async ({ way, server, board, phone, start, written }) => {
      await start();
      way.swallow(true);
      await write(phone, 'Legekasser til alle');
      await board.getByText('Legekasser til alle').first().waitFor();
      await waits(phone, 1);
      way.close();
      await phone.getByText('Ingen forbindelse').waitFor();
      await write(phone, 'Flere voksne ude');
      await waits(phone, 2);
      await phone.screenshot({ path: join(shots, 'phone-tunnel.png') });
      await server.restart();
      way.open();
      await phone.reload();
      await board.getByText('Flere voksne ude').first().waitFor();
      await waits(phone, 0);
      await becomes(async () => {
        const text = await written();
        return [times(text, 'Legekasser til alle'), times(text, 'Flere voksne ude')];
      }, [1, 1]);
      await becomes(() => phone.locator('.points').getByText('Legekasser til alle').count(), 1);
    }),
);

test(
  'a_note_typed_while_the_page_goes_is_on_the_phone_and_reaches_the_server_for_another_phone',
  { timeout: 900000 },
  () =>
    joined(async ({ way, chrome, phone, start, written }) => {
      await start();
      await phone.locator('.drawer > summary').click();
      const field = phone.locator('.drawer textarea');
      await field.fill('De store tager banen');
      await phone.getByText('✓ Gemt').waitFor();
      way.close();
      await phone.getByText('Ingen forbindelse').waitFor();
      await field.fill('De store tager banen\nElevrådet ved, hvem der');
      await phone.goto('about:blank');
      way.open();
      await phone.goBack();
      await phone.locator('.drawer > summary').click();
      await becomes(() => field.inputValue(), 'De store tager banen\nElevrådet ved, hvem der');
      await phone.getByText('✓ Gemt').waitFor();
      assert.equal(times(await written(), 'De store tager banen'), 0);

      const { url, token } = await phone.evaluate(
        () =>
          new Promise((done) => {
            const request = indexedDB.open('runde');
            request.onsuccess = () => {
              const all = request.result.transaction('kept').objectStore('kept').getAll();
              all.onsuccess = () =>
                done({ url: location.pathname, token: all.result[0].seats[0].token });
            };
          }),
      );
      const other = await chrome.open(`${way.url}${url}#${token}`, sizes.phone);
      await phone.getByText('Mødet er åbnet et andet sted.').waitFor();
      await other.locator('.drawer > summary').click();
      await becomes(
        () => other.locator('.drawer textarea').inputValue(),
        'De store tager banen\nElevrådet ved, hvem der',
      );
      await phone.getByRole('button', { name: 'Tilbage til mødet' }).click();
      await other.getByText('Mødet er åbnet et andet sted.').waitFor();
    }),
);

test(
  'a_press_without_a_connection_says_what_to_say_and_is_not_sent_afterwards',
  { timeout: 900000 },
  () =>
    joined(async ({ way, console_, phone, start }) => {
      await start();
      await lead(console_, 'På skift', phone.getByText('Du er den første'));
      await lead(console_, 'Giv ordet til Mette', phone.getByText('du har ordet'));
      way.close();
      await phone.getByText('Ingen forbindelse').waitFor();
      await phone.getByRole('button', { name: 'Giv ordet videre' }).click({ force: true });
      await phone.getByText('sig det højt').waitFor();
      way.open();
      await phone.getByText('Ingen forbindelse. Uret').waitFor({ state: 'detached' });
      await phone.getByText('du har ordet').waitFor();
    }),
);

test(
  'two_who_share_a_phone_keep_both_seats_however_often_it_is_opened_again',
  { timeout: 900000 },
  () =>
    joined(async ({ way, server, chrome, phone, board }) => {
      const two = await chrome.open(phone.url(), sizes.phone);
      await two.getByRole('combobox').last().selectOption('2');
      await two.locator('[name=name]').fill('Elev A');
      await two.locator('[name=name2]').fill('Elev B');
      await two.getByRole('button', { name: 'Deltag' }).click();
      for (const again of [
        () => two.reload(),
        () => two.reload(),
        () => server.restart().then(() => way.open()),
        () => two.reload(),
      ]) {
        await two.getByText('Du er med, Elev A og Elev B').waitFor();
        await again();
      }
      await two.getByText('Du er med, Elev A og Elev B').waitFor();
      await board.getByText('Elev B', { exact: true }).first().waitFor();
      await becomes(() => board.getByText('Elev B', { exact: true }).count(), 1);
      await two.screenshot({ path: join(shots, 'phone-two.png') });
    }),
);

test(
  'who_comes_to_a_closed_door_waits_over_a_reload_until_let_in_or_turned_away',
  { timeout: 900000 },
  () =>
    joined(async ({ chrome, console_, phone }) => {
      const code = new URL(phone.url()).pathname.split('/')[2];
      const lead_ = await wire(console_, code);
      assert.equal((await lead_.send('door.close', { closed: true })).ok, true);
      const come = async (name) => {
        const late = await chrome.open(phone.url(), sizes.phone);
        await late.getByLabel('Navn').fill(name);
        await late.getByRole('button', { name: 'Deltag' }).click();
        await late.getByText('Døren er lukket').waitFor();
        return late;
      };
      const bo = await come('Bo');
      await bo.reload();
      await bo.getByText('Døren er lukket').waitFor();
      await bo.screenshot({ path: join(shots, 'phone-door.png') });
      await lead_.send('knock.answer', { phone: await lead_.knock('Bo'), let_in: true });
      await bo.getByText('Du er med, Bo').waitFor();
      const eva = await come('Eva');
      await lead_.send('knock.answer', { phone: await lead_.knock('Eva'), let_in: false });
      await eva.getByText('Du kom ikke ind').waitFor();
      await eva.getByText('Hvem er du?').waitFor();
      await phone.reload();
      await phone.getByText('Du er med, Mette').waitFor();
    }),
);
