// time.test.js -- what an hour brings: a meeting that is late, a phone and a console without a
// connection for a minute, a laptop and a server that start again. The server's clock is moved;
// nobody waits for it.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes, soon } from '../support/soon.js';
import { sizes } from './browser.js';
import { addSeat, lead, stage, wake } from './stage.js';

const speaks = (console_, name) => console_.locator('.headline').getByText(`${name} har ordet`);
const start = (console_, what) =>
  lead(console_, 'Begynd mødet', console_.locator('main').getByText(what).first());
const talk = (id, minutes, title) => ({ id, method: 'talk', minutes, title });
/** A press may be taken for a slip until this has passed. */
const SETTLED = 900;

const long = {
  title: 'Teammøde',
  items: [
    { no: 1, title: 'Velkomst', minutes: 5, parts: [talk('1a', 5, 'Velkomst')] },
    {
      no: 2,
      title: 'Frikvarter',
      minutes: 30,
      parts: [
        talk('2a', 10, 'Oplæg om frikvarter'),
        {
          id: '2b',
          method: 'dialogue',
          minutes: 15,
          title: 'Fri dialog',
          questions: ['Hvad kan vi gøre?'],
        },
        { id: '2c', method: 'summary', minutes: 5, title: 'Opsummering', optional: true, on: true },
      ],
    },
    {
      no: 3,
      title: 'Beslutning',
      minutes: 20,
      parts: [{ id: '3a', method: 'decision', minutes: 20, title: 'Beslutning' }],
    },
  ],
};

test(
  'lost_minutes_are_found_in_the_late_sheet_with_one_tap_and_undone_and_the_board_says_nothing',
  { timeout: 900000 },
  () =>
    stage(long, async ({ console_, board, join, later, picture }) => {
      const phone = await join('Mette');
      await start(console_, 'Velkomst');
      await later(5 * 60000 + 3 * 60000 + 31000);
      await console_.locator('.strip .chip.late').waitFor();
      await board.locator('.frame, body').getByText('Velkomst').first().waitFor();
      const sheet = console_.locator('dialog.sheet');
      await lead(console_, 'Næste: Oplæg', sheet);
      await becomes(
        () => sheet.locator('h1').innerText(),
        'Vi er 4 min bagefter. Hvor henter vi dem ind?',
      );
      const rows = async () =>
        (await sheet.locator('.lt tbody tr').all()).reduce(
          async (all, row) => ({
            ...(await all),
            [await row.locator('td b').first().innerText()]: [
              await row.locator('td.r').first().innerText(),
              await row.locator('output, .fixed').innerText(),
            ],
          }),
          {},
        );
      await becomes(
        () => sheet.getByRole('radio', { name: 'Fordel det' }).getAttribute('aria-checked'),
        'true',
      );
      await becomes(rows, {
        'Fri dialog': ['15 min', '12 min'],
        Opsummering: ['5 min', '4 min'],
        Beslutning: ['20 min', '20 min'],
      });
      await sheet.getByText('4 min af 4 min hentet ind').waitFor();
      await picture('late-1-offer', { console: console_, board, phone });
      await console_.waitForTimeout(SETTLED);
      await sheet.getByRole('radio', { name: 'Tag det fra ét delpunkt' }).click();
      await soon(async () => assert.deepEqual((await rows())['Fri dialog'], ['15 min', '11 min']));
      await picture('late-2-one', { console: console_ });
      await sheet.getByRole('radio', { name: 'Fordel det' }).click();
      await sheet.getByRole('button', { name: 'Brug den nye plan' }).click();
      await sheet.waitFor({ state: 'detached' });

      const planned = (title) =>
        console_.locator('.plan tr', { hasText: title }).locator('td.num').nth(1);
      await console_.locator('.strip').getByText('Vi holder tiden').waitFor();
      await becomes(() => planned('Fri dialog').innerText(), '12');
      await becomes(() => planned('Opsummering').innerText(), '4');
      await picture('late-3-found', { console: console_, board });
      for (const page of [board, phone])
        assert.doesNotMatch(await page.locator('body').innerText(), /bagefter|ny plan|fundet/i);
      await console_.getByRole('button', { name: 'Fortryd: ny plan' }).click();
      await console_.locator('.strip .chip.late').waitFor();
      await becomes(() => planned('Fri dialog').innerText(), '15');
      await becomes(() => planned('Opsummering').innerText(), '5');
      await console_.getByRole('button', { name: 'Hent tiden ind' }).click();
      await sheet.locator('h1').waitFor();
      await soon(async () => assert.match((await rows())['Fri dialog'].join(), /^15 min,1[12]/)); // By the time that has gone since.
      for (const page of [board, phone])
        assert.doesNotMatch(await page.locator('body').innerText(), /bagefter|ny plan|fundet/i);
    }),
);

/** The hour of the browsers' day that is so many minutes from now: "09:15", and as it is said. */
function hourIn(minutes) {
  const agreed = new Date(Date.now() + minutes * 60000).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Copenhagen',
    hour: '2-digit',
    minute: '2-digit',
  });
  return { agreed, said: agreed.replace(/^0/, '').replace(':', '.') };
}

test(
  'a_late_start_is_asked_about_once_and_the_promised_end_is_kept_or_moved_for_everybody',
  { timeout: 900000 },
  () => {
    const [begins, promised] = [hourIn(-13).agreed, hourIn(60 - 13).said];
    const items = [{ ...long.items[0], minutes: 10 }, ...long.items.slice(1)];
    return stage({ ...long, items, starts: begins }, async ({ console_, board, join, picture }) => {
      const phone = await join('Mette');
      const sheet = console_.locator('dialog.sheet');
      const strip = async () =>
        (await console_.locator('.strip .end').innerText()).replace(/\s+/g, ' ');
      const kept = `^Slutter ca. ${promised} Vi holder tiden planlagt ${promised}$`;
      const wall = board.locator('.when b');
      // By the seconds of the minute that it is now.
      const late = `[89] min bagefter planlagt ${promised} Hent tiden ind`;
      await soon(async () => assert.match(await strip(), new RegExp(late)));
      await picture('promise-1-lobby', { console: console_, board, phone });
      await console_.keyboard.press('l');
      await sheet.getByText(/Vi er [89] min bagefter/).waitFor();
      await console_.keyboard.press('Escape');
      await start(console_, 'Velkomst');
      await sheet.locator('h1').waitFor();
      const asked = await sheet.locator('h1').innerText();
      const [, n, found, later] =
        /^I begynder (\d+) min for sent. Slut [\d.]+ \(hent ([\d½]+) min ind\) eller ([\d.]+)\?$/.exec(
          asked,
        ) ?? [];
      assert.ok(n === '13' || n === '14', asked);
      assert.equal(parseInt(found), n - 5, 'the air is counted in');
      assert.ok([hourIn(60 - 5).said, hourIn(60 - 6).said].includes(later), later);
      await sheet.getByText('Planens luft på 5 min er regnet med').waitFor();
      await picture('promise-2-asked', { console: console_, board, phone });
      await console_.waitForTimeout(SETTLED);
      await sheet.getByRole('button', { name: `Slut ${promised}, hent ${found} min ind` }).click();
      await sheet.waitFor({ state: 'detached' });
      await soon(async () => {
        assert.match(await strip(), new RegExp(kept));
        assert.equal(await wall.innerText(), `Slutter ca. ${promised}`);
      });
      await picture('promise-3-kept', { console: console_, board, phone });
      await console_.getByRole('button', { name: 'Fortryd: ny plan' }).click();
      await console_.getByRole('button', { name: 'Hent tiden ind' }).click();
      await sheet.locator('h1').waitFor();
      await console_.waitForTimeout(SETTLED);
      await sheet.getByRole('radio', { name: 'Flyt sluttiden' }).click();
      await sheet.locator('.sum .big').click();
      await sheet.waitFor({ state: 'detached' });
      const moved = async () => /^Slutter ca. ([\d.]+) .*planlagt ([\d.]+)$/.exec(await strip());
      await soon(async () => {
        const [, ends, planned] = (await moved()) ?? [];
        assert.ok(ends !== promised && ends === planned);
        assert.equal(await wall.innerText(), `Slutter ca. ${ends}`);
      });
      await picture('promise-4-moved', { console: console_, board, phone });
      const [, , planned] = await moved();
      await console_.reload();
      await soon(async () => assert.match(await strip(), new RegExp(`planlagt ${planned}$`)));
      for (const page of [board, phone])
        assert.doesNotMatch(await page.locator('body').innerText(), /bagefter|for sent/i);
    });
  },
);

const round = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'turns', minutes: 10, title: 'På skift', questions: ['Hvad ser vi?'] },
      ],
    },
  ],
};

// tests/README.md, row 19
test(
  'a_minute_without_a_connection_sends_no_press_late_and_loses_no_word',
  { timeout: 900000 },
  () =>
    stage(
      round,
      async ({ way, chrome, console_, board, links, pages, join, later, picture, written }) => {
        const mette = await join('Mette');
        await addSeat(console_, 'Karen');
        const strip = mette.getByText('Ingen forbindelse. Uret går videre her.');
        const lost = async () => {
          way.close();
          await strip.waitFor();
        };
        const found = async () => {
          way.open();
          await wake(mette);
          await strip.waitFor({ state: 'detached' });
          await mette.getByText('sig det højt').waitFor({ state: 'detached' });
        };
        await start(console_, 'Hvad kan vi gøre?');
        await mette.getByText('Hvad kan vi gøre?').first().waitFor();
        await lost();
        await mette.getByRole('button', { name: 'Ræk hånden op' }).click({ force: true });
        await mette.getByText('sig det højt').waitFor();
        await mette.getByLabel('Skriv en pointe').fill('Legekasser til alle');
        await mette.getByRole('button', { name: 'Vis på tavlen' }).click();
        await mette.locator('.points').getByText('Sendes, når forbindelsen er tilbage').waitFor();
        await mette.locator('.drawer > summary').click();
        await mette.locator('.drawer textarea').fill('De store tager banen');
        await mette.getByText('Gemt på telefonen').waitFor();
        await picture('lost-1-written', { phone: mette });
        await later(60000);
        await lead(
          console_,
          'Næste: På skift',
          console_.locator('main').getByText('Hvad ser vi?').first(),
        );
        await found();
        await mette.getByRole('heading', { name: 'Du er den første' }).waitFor();
        await mette.getByText('✓ Gemt').waitFor();
        await becomes(() => mette.locator('.drawer textarea').inputValue(), 'De store tager banen');
        const text = await written();
        assert.equal(text.split('Legekasser til alle').length, 2, 'there once');
        await becomes(
          () => console_.locator('.people .hand').count(),
          0,
          'the hand was not raised late',
        );

        await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
        await lost();
        await mette.getByRole('button', { name: 'Giv ordet videre' }).click({ force: true });
        await mette.getByText('sig det højt').waitFor();
        await mette.getByText('”Jeg giver ordet videre til Karen.”').waitFor();
        await picture('lost-2-aloud', { phone: mette });
        await later(60000);
        await lead(console_, 'Giv ordet til Karen', speaks(console_, 'Karen'));
        await found();
        await mette.getByRole('heading', { name: 'Tak – nu lytter vi' }).waitFor();
        await mette.getByText('Karen taler').waitFor();
        await picture('lost-3-back', { phone: mette, board });

        const far = await chrome.open(
          links.console.replace(new URL(links.console).origin, way.url),
          sizes.console,
        );
        pages.push(far);
        await speaks(far, 'Karen').waitFor();
        way.close();
        await far.getByText('Mødet kører videre').waitFor();
        await far.waitForTimeout(SETTLED);
        await far.locator('main .big').click();
        await far.getByText('Ingen forbindelse – sig det højt.').waitFor();
        await picture('lost-4-far', { console: far });
        await later(60000);
        way.open();
        await wake(far);
        await far.getByText('Mødet kører videre').waitFor({ state: 'detached' });
        // What comes after it on the same line tells that nothing was before it.
        await lead(
          far,
          'Afslut runden',
          console_.locator('.headline').getByText('Alle har haft ordet'),
        );
        await soon(async () =>
          assert.match(await console_.locator('.undo').innerText(), /Karen færdig/),
        );
      },
    ),
);

// tests/README.md, rows 9 and 24
test('a_laptop_and_a_server_that_start_again_go_on_where_they_were', { timeout: 900000 }, () =>
  stage(
    round,
    async ({ server, chrome, console_, board, links, pages, join, later, moveClock, picture }) => {
      const mette = await join('Mette');
      await addSeat(console_, 'Karen');
      await start(console_, 'Hvad kan vi gøre?');
      await lead(
        console_,
        'Næste: På skift',
        console_.locator('main').getByText('Hvad ser vi?').first(),
      );
      await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
      await console_.context().close();
      await later(60000);

      const second = await chrome.open(links.console, sizes.console);
      pages.push(second);
      await speaks(second, 'Mette').waitFor();
      await second.getByText('Fortryd: ordet til Mette').waitFor();
      await picture('again-1-laptop', { console: second });
      await lead(second, 'Giv ordet til Karen', speaks(second, 'Karen'));
      await mette.getByRole('heading', { name: 'Tak – nu lytter vi' }).waitFor();

      await server.restart();
      for (const page of [second, board, mette]) await wake(page);
      await second.getByText('Mødet kører videre').waitFor({ state: 'detached' });
      await speaks(second, 'Karen').waitFor();
      const third = await chrome.open(links.console, sizes.console);
      pages.push(third);
      await speaks(third, 'Karen').waitFor();
      await third.getByRole('button', { name: 'Fortryd: ordet til Karen' }).click();
      await mette.getByText('du har ordet').waitFor();

      await server.restart(() => moveClock(10 * 60000));
      for (const page of [second, third, board, mette]) await wake(page);
      await third.getByText(/Vi holdt pause kl\. .* – intet er tabt/).waitFor();
      await board.getByText('Intet er tabt').waitFor();
      await mette.getByText('Vi holder pause – uret står stille').waitFor();
      await picture('again-2-paused', { console: third, board, phone: mette });
      await lead(third, 'Fortsæt', speaks(third, 'Mette'));
      await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
      await speaks(third, 'Karen').waitFor();
      await lead(
        third,
        'Afslut runden',
        third.locator('.headline').getByText('Alle har haft ordet'),
      );
      await second.locator('.headline').getByText('Alle har haft ordet').waitFor();
    },
  ),
);
