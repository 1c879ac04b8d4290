// Pairs in a browser: two phones that write one text, a console that writes for those without, a wall
// that says who talks with whom.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { snapshots } from './fixtures/board.js';
import { moments } from './fixtures/console.js';
import { phone } from './fixtures/phone.js';
import { openBoard } from './support/board.js';
import { built, launch, test } from './support/browser.js';
import { openConsole } from './support/console.js';
import { openPhone, play } from './support/phone.js';

const gen = built('phone', 'console', 'board');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function withPhone(name, use) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const shown = await openPhone(context, { gen, fixture: phone[name] });
  const { page } = shown;
  await play(shown, phone[name]);
  await use({
    page,
    field: page.locator('main textarea[data-in=joint]'),
    tell: (...facts) => page.evaluate((all) => globalThis.fake.tell(all), facts),
    refuse: (code) => page.evaluate((each) => (globalThis.fake.refuse['pairs.write'] = each), code),
    /** Texts that were sent, each with the one that it was written on. */
    sent: () =>
      page.evaluate(() =>
        globalThis.fake.sent
          .filter((frame) => frame.do === 'pairs.write')
          .map(({ with: { part, pair, text, base } }) => [part, pair, text, base]),
      ),
  });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

const written = (text) => ({ fact: 'pairs.written', part: '4f', pair: 2, seat: 4, text });

test('what_is_written_is_sent_at_a_pause_on_the_text_that_it_was_written_on', async () => {
  await withPhone('pairs-two', async ({ page, field, sent, tell }) => {
    await page.getByText('Du taler med Karen').waitFor();
    await field.pressSequentially('Legekasser');
    await becomes(sent, [['4f', 2, 'Legekasser', '']]);
    await tell(written('Legekasser'));
    await page.locator('main').getByText('✓ Gemt').waitFor();
    await field.pressSequentially(' til alle');
    await soon(async () =>
      assert.deepEqual((await sent())[1], ['4f', 2, 'Legekasser til alle', 'Legekasser']),
    );
  });
});

test('the_others_words_appear_and_the_cursor_stays', async () => {
  await withPhone('pairs-written', async ({ page, field, tell }) => {
    const was = await field.inputValue();
    await field.focus();
    await field.evaluate((it) => it.setSelectionRange(9, 9));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    await tell(written(`${was} Hver dag.`));
    await becomes(() => field.inputValue(), `${was} Hver dag.`);
    assert.equal(await field.evaluate((it) => it.selectionStart), 9);
  });
});

test('two_who_write_at_once_keep_both_texts_theirs_first', async () => {
  await withPhone('pairs-two', async ({ field, refuse, sent, tell }) => {
    await refuse('text_changed');
    await field.pressSequentially('Flere voksne');
    await becomes(sent, [['4f', 2, 'Flere voksne', '']]);
    await becomes(() => field.inputValue(), 'Flere voksne');
    await refuse('');
    await tell(written('Legekasser'));
    const both = 'Legekasser\nFlere voksne';
    await soon(async () => assert.deepEqual((await sent()).at(-1), ['4f', 2, both, 'Legekasser']));
    await tell(written(both));
    await becomes(() => field.inputValue(), both);
  });
});

test('that_the_other_has_another_phone_stands_above_the_text_that_it_reads', async () => {
  await withPhone('pairs-two', async ({ page, tell }) => {
    const words = page.getByText('Karen har fået en anden telefon.');
    assert.equal(await words.count(), 0);
    await tell({ ...written('Legekasser'), moved: [3] });
    await words.waitFor();
  });
});

test('without_a_connection_it_is_kept_over_a_reload_and_sent_afterwards', async () => {
  await withPhone('pairs-offline', async ({ page, field, sent, tell }) => {
    await page.getByText('Gemt på telefonen').waitFor();
    await page.reload();
    const text = 'Legekasser, som de voksne åbner';
    await becomes(sent, [['4f', 2, text, '']]);
    await tell(written(text));
    await becomes(() => field.inputValue(), text);
  });
});

test('what_came_too_late_for_the_board_is_said_so_and_stays', async () => {
  await withPhone('pairs-too-late', async ({ page }) => {
    const note = page.getByRole('alert').filter({ hasText: 'Delpunktet er slut' });
    await note.getByText(', som de voksne åbner').waitFor();
    await page.reload();
    await note.getByText(', som de voksne åbner').waitFor();
  });
});

test('shown_the_points_of_ones_own_pair_can_be_mended_and_the_others_have_names', async () => {
  await withPhone('pairs-shown', async ({ page, field }) => {
    await page.getByText('Jonas og Mette').waitFor();
    await page.getByText('Peter, Elev A og Elev B').waitFor();
    assert.equal(await page.locator('main').getByRole('button', { name: 'Ret' }).count(), 1);
    assert.equal(await field.count(), 0);
  });
});

async function withConsole(name, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const { page, errors } = await openConsole(context, {
    gen,
    moment: moments[name](),
  });
  const sent = (wanted) =>
    page.evaluate(
      (command) => globalThis.fake.sent.filter((frame) => frame.do === command),
      wanted,
    );
  await use({ page, sent });
  assert.deepEqual(errors, []);
  await context.close();
}

test('the_console_writes_for_those_who_have_no_phone_and_for_no_others', async () => {
  await withConsole('pairs', async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Skriv det om: Karen' }).click();
    await gone(page.getByRole('button', { name: /: .*(Thomas|Mette)/ }));
    await page.getByLabel('Det, Karen er nået frem til').fill('Et bræt med dagens lege');
    await page.getByRole('button', { name: 'Gem for dem' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('pairs.write')).map((frame) => frame.with),
        [{ part: '4d', pair: 4, text: 'Et bræt med dagens lege' }],
      ),
    );
    await gone(page.getByRole('button', { name: 'Gem for dem' }));
  });
});

test('the_wide_button_shows_what_the_pairs_wrote', async () => {
  await withConsole('pairs', async ({ page, sent }) => {
    await page.getByText('3 af 6 par har skrevet').waitFor();
    await page.waitForTimeout(800); // Until the button hears presses again.
    await page.getByRole('button', { name: 'Vis det, parrene har skrevet' }).click();
    await soon(async () => assert.equal((await sent('pairs.show')).length, 1));
  });
});

test('the_wall_names_the_pairs_and_then_shows_their_points_with_their_names', async () => {
  const board = await openBoard(browser, gen);
  await board.ready();
  await board.show(snapshots['pairs-6']);
  await becomes(
    () => board.page.locator('.pairs li').allInnerTexts(),
    ['Mette og Ole', 'Pia og Yusuf', 'Karen og Jonas'],
  );
  await board.tell({ fact: 'pairs.joined', part: '4d', pair: 3, seat: 4 });
  await becomes(
    () => board.page.locator('.pairs li').allInnerTexts(),
    ['Mette og Ole', 'Pia', 'Karen, Jonas og Yusuf'],
  );
  await board.tell({ fact: 'seat.changed', seat: 3, presence: 'left' });
  await becomes(
    () => board.page.locator('.pairs li').allInnerTexts(),
    ['Mette og Ole', 'Karen, Jonas og Yusuf'],
  );
  const point = { contribution: '9a0c1d2e-3b4f-4c5d-8e6f-708192a3b4c5', seat: 1, with_seats: [2] };
  await board.tell({
    fact: 'pairs.shown',
    part: '4d',
    points: [{ pair: 1, ...point, text: 'Legekasser' }],
  });
  await becomes(() => board.page.locator('.card').allInnerTexts(), ['Mette og Ole: Legekasser']);
  assert.deepEqual(board.wrong, []);
  await board.close();
});
