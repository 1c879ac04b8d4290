// saving.test.js -- the database is away for a while in a meeting: every page goes on showing what it
// has, and says so.  tests/README.md, row 29
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { control, database } from '../support/postgres.js';
import { gone } from '../support/soon.js';
import { sizes } from './browser.js';
import { begin, stage } from './stage.js';

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [{ id: '1a', method: 'dialogue', minutes: 20, questions: ['Hvad kan vi gøre?'] }],
    },
  ],
};

test(
  'the_database_is_away_and_board_and_console_say_so_and_go_on_when_it_is_back',
  { timeout: 900000 },
  () =>
    stage(
      agenda,
      async ({ chrome, console_, board, links, join, picture, written }) => {
        const phone = await join('Mette', { sure: true });
        await begin(console_);
        await board.getByText('Hvad kan vi gøre?').first().waitFor();
        control('halt');
        await phone.locator('main textarea').first().fill('Legekasser til alle');
        await phone.getByRole('button', { name: 'Vis på tavlen' }).first().click();
        await board.getByText('Gemmer ikke lige nu').waitFor();
        await console_.getByText('Serveren gemmer ikke lige nu.').waitFor();
        await phone.getByText('Sendes, når forbindelsen er tilbage').first().waitFor();
        await board.getByText('Hvad kan vi gøre?').first().waitFor();
        const late = await chrome.open(links.board, sizes.board);
        await late.getByText('Tavlen kommer frem, når den kan igen.').waitFor();
        await console_.locator('.people').getByText('Mette').first().waitFor();
        await picture('not-saving', { board, console_, late, phone });
        assert.equal(await board.getByText('Legekasser til alle').count(), 0);

        control('resume');
        for (const page of [board, late]) {
          await page.getByText('Legekasser til alle').first().waitFor();
          await gone(page.locator('.sign'));
        }
        await gone(console_.locator('.unsaved'));
        assert.equal((await written()).split('Legekasser til alle').length, 2, 'it is there once');
      },
      { journal: database('saving') },
    ),
);
