// rounds.test.js -- how a round goes when it does not go by the book: undone, a spiral that builds, a list of twelve hands, a
// phone that dies while it has the floor, two at one phone, no phone at all.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSeat, house, lead, writeFor } from './house.js';

/** A meeting of one item with these parts. */
const agenda = (...parts) => ({ title: 'Teammøde', items: [{ no: 1, title: 'Frikvarter', minutes: 40, parts }] });

/** What is put on the board from a phone's open field. */
const write = async (phone, text) => {
  await phone.getByLabel('Skriv en pointe').fill(text);
  await phone.getByRole('button', { name: 'Vis på tavlen' }).click();
  await phone.locator('.points').getByText(text).waitFor();
};
const start = (console_, what) => lead(console_, 'Begynd mødet', console_.locator('main').getByText(what).first());
const speaks = (console_, name) => console_.locator('.headline').getByText(`${name} har ordet`);
const names = (list) => list.locator('.who b').allInnerTexts();
/** Waits until a list of people reads so. */
const reads = async (list, wanted) => {
  for (let tries = 0; tries < 100 && (await names(list)).join() !== wanted.join(); tries++) await list.page().waitForTimeout(100);
  assert.deepEqual(await names(list), wanted);
};
const seats = (console_) => console_.locator('.people-col ol.people').last();

test('a_part_that_was_skipped_by_mistake_comes_back_with_its_clock_and_all_that_was_written', { timeout: 120000 }, () =>
  house(
    agenda({ id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] }, { id: '1b', method: 'dialogue', minutes: 10, questions: ['Hvad vil vi gøre?'] }),
    async ({ console_, board, join, later, picture, written }) => {
      const phone = await join('Mette');
      await start(console_, 'Hvad kan vi gøre?');
      await write(phone, 'Legekasser til alle');
      await phone.locator('.drawer > summary').click();
      await phone.locator('.drawer textarea').fill('De store tager banen');
      await phone.getByText('✓ Gemt').waitFor();
      await later(180000);
      await lead(console_, 'Næste: Fri dialog', console_.locator('main').getByText('Hvad vil vi gøre?').first());
      await board.getByText('Hvad vil vi gøre?').first().waitFor();
      await write(phone, 'Boldene ud først');
      await picture('undo-1-skipped', { console: console_, board, phone });
      await console_.getByRole('button', { name: 'Fortryd: videre til næste del' }).click();
      await board.getByText('Hvad kan vi gøre?').first().waitFor();
      await phone.getByText('Hvad kan vi gøre?').first().waitFor();
      await board.getByText('Legekasser til alle').first().waitFor();
      await phone.locator('.points').getByText('Legekasser til alle').waitFor();
      assert.equal(await phone.locator('.drawer textarea').inputValue(), 'De store tager banen');
      assert.match(await console_.locator('.dial .face b').innerText(), /^[56]:\d\d$/);
      await picture('undo-2-undone', { console: console_, board, phone });
      const text = await written();
      for (const each of ['Legekasser til alle', 'Boldene ud først']) assert.ok(text.includes(each), each);
    },
  ));

test('in_the_second_lap_of_a_spiral_a_phone_builds_on_what_was_said_and_the_board_shows_it', { timeout: 180000 }, () =>
  house(agenda({ id: '1a', method: 'spiral', minutes: 20, questions: ['Hvad ser vi?'] }), async ({ console_, board, join, picture, written }) => {
    const mette = await join('Mette');
    const jonas = await join('Jonas');
    await addSeat(console_, 'Karen');
    await start(console_, 'Hvad ser vi?');
    await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
    await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
    await jonas.getByText('du har ordet').waitFor();
    await jonas.getByRole('button', { name: 'Skriv', exact: true }).click();
    await jonas.locator('main textarea').first().fill('De mindste finder aldrig en makker');
    await jonas.getByText('✓ Gemt').waitFor();
    await jonas.getByRole('button', { name: 'Giv ordet videre' }).click();
    await jonas.getByText('Vis dine noter på tavlen?').waitFor();
    await jonas.getByRole('button', { name: 'Alle' }).click();
    await board.getByText('De mindste finder aldrig en makker').first().waitFor();
    await speaks(console_, 'Karen').waitFor();
    await writeFor(console_, 'Karen', 'Gården er for lille');
    await picture('spiral-1-lap', { console: console_, board, phone: jonas });
    await lead(console_, 'Afslut 1. runde', speaks(console_, 'Mette'));

    await mette.getByText('du har ordet').waitFor();
    await mette.getByText('Kobl dig på').click();
    assert.deepEqual(await mette.locator('.pick label:has([data-in=builds]) span').allInnerTexts(), ['Jonas De mindste finder aldrig en makker', 'Karen Gården er for lille']);
    await mette.getByLabel('Jonas De mindste').check();
    await mette.getByLabel('Skriv en pointe').fill('En makkerbænk ved indgangen');
    await picture('spiral-2-picking', { phone: mette });
    await mette.getByRole('button', { name: 'Vis på tavlen' }).last().click();
    await board.getByText('En makkerbænk ved indgangen').first().waitFor();
    const under = board.locator('.side .on');
    await under.getByText('Bygger på').waitFor();
    await under.getByText('De mindste finder aldrig en makker').waitFor();
    assert.match(await board.locator('.stage .link.now').getAttribute('d'), /^M/);
    await picture('spiral-3-built', { console: console_, board, phone: mette });
    await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
    await jonas.getByText('du har ordet').waitFor();
    await jonas.getByRole('button', { name: 'Giv ordet videre' }).click();
    await speaks(console_, 'Karen').waitFor();
    await lead(console_, 'Afslut runden', console_.locator('.headline').getByText('Alle har haft ordet'));
    await mette.getByText('Runden er slut').waitFor();
    await picture('spiral-4-over', { console: console_, board, phone: mette });
    assert.match(await written(), /En makkerbænk ved indgangen[^]*De mindste finder aldrig en makker/);
  }));
