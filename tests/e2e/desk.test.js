// desk.test.js -- those who write for others: two scribes and a console in one field, points that are
// mended and moved, a lap that is gathered.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes, gone, soon } from '../support/soon.js';
import { sizes } from './browser.js';
import { lead, stage } from './stage.js';

const agenda = (...parts) => ({
  title: 'Teammøde',
  items: [{ no: 1, title: 'Frikvarter', minutes: 40, parts }],
});

const scribe = async ({ chrome, links, pages }, name) => {
  const page = await chrome.open(links.scribe, sizes.console);
  pages.push(page);
  const writer = page.getByLabel('Dit navn');
  await writer.fill(name);
  await writer.blur();
  return page;
};

/** As fingers do: a letter at a time, also while the field gets other words. */
const type = (page, text) => page.keyboard.type(text, { delay: 40 });

test(
  'two_scribes_and_the_console_write_in_one_answer_and_every_word_is_there',
  { timeout: 900000 },
  () =>
    stage(agenda({ id: '1a', method: 'decision', minutes: 30 }), async (it) => {
      const { console_, join, picture } = it;
      await join('Mette');
      await lead(console_, 'Begynd mødet', console_.locator('.answers').first());
      const [lise, bo] = [await scribe(it, 'Lise'), await scribe(it, 'Bo')];
      const fields = [
        lise.locator('#answer-next_step textarea').first(),
        bo.locator('#answer-next_step textarea').first(),
        console_.locator('.answer.open textarea').first(),
      ];
      for (const page of [lise, bo]) await page.locator('#answer-next_step .answer-name').click();
      for (const field of fields) await field.click();
      await Promise.all([
        type(lise, 'Gården får tre steder med ro'),
        type(bo, 'Skoven bruges hver torsdag'),
        type(console_, 'Elevrådet spørger klasserne'),
      ]);
      const all = [
        'Gården får tre steder med ro',
        'Skoven bruges hver torsdag',
        'Elevrådet spørger klasserne',
      ];
      for (const field of fields)
        await soon(async () => {
          const text = await field.inputValue();
          for (const words of all) assert.ok(text.includes(words), text);
        });
      const text = await fields[0].inputValue();
      for (const field of fields) await becomes(() => field.inputValue(), text);
      // The cursor has stayed in the field, and at its own words.
      // Whoever looks sees it for a while after the last letter: both look at once.
      const seen = Promise.all(
        [console_, bo].map((page) =>
          page
            .getByText(/Lise.* skriver her/)
            .first()
            .waitFor(),
        ),
      );
      await type(lise, ' til alle');
      await seen;
      await picture('desk-1-writes', { console: console_, scribe: bo });
      for (const field of fields)
        await soon(async () => assert.match(await field.inputValue(), /med ro til alle/));
      await lise.locator('h1').click();
      await gone(console_.getByText(/Lise.* skriver her/));
      // Three add a task at once.
      for (const page of [lise, bo]) await page.locator('#answer-tasks .answer-name').click();
      await console_.locator('.answers .line', { hasText: 'Hvem gør hvad' }).click();
      const adders = [
        lise.getByLabel('Ny opgave'),
        bo.getByLabel('Ny opgave'),
        console_.locator('.editor .adder input'),
      ];
      await Promise.all(adders.map((adder, i) => adder.fill(`Opgave ${i}`)));
      await Promise.all(adders.map((adder) => adder.press('Enter')));
      await becomes(() => lise.locator('.task').count(), 3);
      await becomes(() => bo.locator('.task').count(), 3);
      await becomes(() => console_.locator('.task').count(), 3);
      await picture('desk-2-tasks', { console: console_, scribe: bo });
      const minutes = await it.written();
      for (const words of [...all, 'Opgave 0', 'Opgave 1', 'Opgave 2'])
        assert.ok(minutes.includes(words), minutes);
    }),
);

test(
  'a_clash_is_shown_to_its_writer_who_chooses_and_what_the_other_wrote_is_there_too',
  { timeout: 900000 },
  () =>
    stage(agenda({ id: '1a', method: 'decision', minutes: 30 }), async (it) => {
      const { console_, way, picture } = it;
      await it.join('Mette');
      await lead(console_, 'Begynd mødet', console_.locator('.answers').first());
      const lise = await scribe(it, 'Lise');
      await lise.locator('#answer-next_step .answer-name').click();
      const hers = lise.locator('#answer-next_step textarea').first();
      const theirs = console_.locator('.answer.open textarea').first();
      await hers.fill('Fem voksne er ude');
      await becomes(() => theirs.inputValue(), 'Fem voksne er ude');
      await theirs.fill('Fire voksne er ude');
      await hers.fill('Tre voksne er ude');
      const clash = (page) => page.locator('.clash');
      const whose = await soon(async () => {
        for (const page of [console_, lise]) if (await clash(page).count()) return page;
        return assert.fail('no clash is shown');
      });
      await picture('desk-3-clash', { console: console_, scribe: lise });
      await clash(whose).getByRole('button', { name: 'Brug begge' }).click();
      for (const field of [hers, theirs])
        await soon(async () => {
          const text = await field.inputValue();
          assert.ok(text.includes('Fire voksne') && text.includes('Tre voksne'), text);
        });
      assert.ok(way);
    }),
);

test('the_scribe_mends_moves_and_takes_off_a_point_and_gathers_a_lap', { timeout: 900000 }, () =>
  stage(
    agenda(
      { id: '1a', method: 'spiral', minutes: 20, laps: 2, questions: ['Hvad ser I?'] },
      { id: '1b', method: 'decision', minutes: 20 },
    ),
    async (it) => {
      const { console_, board, join, picture } = it;
      const mette = await join('Mette');
      await join('Jonas');
      const lise = await scribe(it, 'Lise');
      await lead(console_, 'Begynd mødet', console_.getByText('Hvad ser I?').first());
      await lead(console_, 'Giv ordet til Mette', console_.getByText('Mette har ordet').first());
      await lise.getByLabel('Point', { exact: false }).first().fill('Gården er for lile');
      await lise.keyboard.press('Enter');
      await board.getByText('Gården er for lile').first().waitFor();
      await lise.getByRole('button', { name: /^Ret/ }).click();
      await lise.locator('.mend textarea').fill('Gården er for lille');
      await lise.locator('.mend .main').click();
      await board.getByText('Gården er for lille').first().waitFor();
      await lise.getByRole('button', { name: /^Ret/ }).click();
      await lise.locator('.mend select').selectOption({ label: 'Jonas' });
      await lise.locator('.toast').getByText('Flyttet til Jonas').waitFor();
      await picture('desk-4-mends', { scribe: lise });
      await lise.locator('.mend .quiet').click();
      await gone(board.getByText('Gården er for lille'));
      await lise.locator('.toast .back').click();
      await board.getByText('Gården er for lille').first().waitFor();
      // The first lap ends, and the second begins by itself; the recap waits for whoever writes it.
      await lead(console_, 'Giv ordet til Jonas', console_.getByText('Jonas har ordet').first());
      await lead(console_, 'Afslut 1. runde', lise.locator('.gather'));
      await becomes(() => lise.locator('.gather li').count(), 1);
      await console_.locator('ul.gather').waitFor();
      await lise.locator('.gather textarea').fill('Vi ser det samme');
      const theirs = console_.getByRole('textbox', { name: 'Hvad kom der ud af 1. runde?' });
      await becomes(() => theirs.inputValue(), 'Vi ser det samme');
      await picture('desk-5-gathers', { console: console_, scribe: lise, board, phone: mette });
      await theirs.fill('Vi ser det samme.\nGangene mangler.');
      await becomes(
        () => lise.locator('.gather textarea').inputValue(),
        'Vi ser det samme.\nGangene mangler.',
      );
      await lise.locator('.gather').getByRole('button', { name: 'Færdig' }).click();
      await gone(lise.locator('.gather'));
      assert.match(await it.written(), /Gangene mangler/);
    },
  ),
);
