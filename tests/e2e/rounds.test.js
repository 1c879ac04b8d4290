// rounds.test.js -- how a round goes when it does not go by the book: undone, a spiral that builds,
// a list of twelve hands, a phone that dies while it has the floor, two at one phone, no phone at
// all.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { becomes, soon } from '../support/soon.js';
import { addSeat, lead, stage, wire, writeFor } from './stage.js';

/** A meeting of one item with these parts. */
const agenda = (...parts) => ({
  title: 'Teammøde',
  items: [{ no: 1, title: 'Frikvarter', minutes: 40, parts }],
});

/** What is put on the board from a phone's open field. */
const write = async (phone, text) => {
  await phone.getByLabel('Skriv en pointe').fill(text);
  await phone.locator('main').getByRole('button', { name: 'Vis på tavlen' }).click();
  await phone.locator('.points').getByText(text).waitFor();
};
const start = (console_, what) =>
  lead(console_, 'Begynd mødet', console_.locator('main').getByText(what).first());
const speaks = (console_, name) => console_.locator('.headline').getByText(`${name} har ordet`);
const names = (list) => list.locator('.who b').allInnerTexts();
/** Waits until a list of people reads so. */
const reads = (list, wanted) => becomes(() => names(list), wanted);
const seats = (console_) => console_.locator('.people-col ol.people').last();

test(
  'a_part_that_was_skipped_by_mistake_comes_back_with_its_clock_and_all_that_was_written',
  { timeout: 900000 },
  () =>
    stage(
      agenda(
        { id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'dialogue', minutes: 10, questions: ['Hvad vil vi gøre?'] },
      ),
      async ({ console_, board, join, later, picture, written }) => {
        const phone = await join('Mette');
        await start(console_, 'Hvad kan vi gøre?');
        await write(phone, 'Legekasser til alle');
        await phone.locator('.drawer > summary').click();
        await phone.locator('.drawer textarea').fill('De store tager banen');
        await phone.getByText('✓ Gemt').waitFor();
        await phone.locator('.drawer > summary').click();
        await phone.getByLabel('Skriv en pointe').fill('Og en makkerbænk');
        await later(180000);
        await lead(
          console_,
          'Næste: Fri dialog',
          console_.locator('main').getByText('Hvad vil vi gøre?').first(),
        );
        await board.getByText('Hvad vil vi gøre?').first().waitFor();
        await phone.locator('.said').getByText('Og en makkerbænk').waitFor();
        await write(phone, 'Boldene ud først');
        await picture('undo-1-skipped', { console: console_, board, phone });
        await console_.getByRole('button', { name: 'Fortryd: videre til næste delpunkt' }).click();
        await board.getByText('Hvad kan vi gøre?').first().waitFor();
        await phone.getByText('Hvad kan vi gøre?').first().waitFor();
        await board.getByText('Legekasser til alle').first().waitFor();
        await phone.locator('.points').getByText('Legekasser til alle').waitFor();
        await becomes(() => phone.locator('.drawer textarea').inputValue(), 'De store tager banen');
        await becomes(() => phone.getByLabel('Skriv en pointe').inputValue(), 'Og en makkerbænk');
        await soon(async () =>
          assert.match(await console_.locator('.dial .face b').innerText(), /^[56]:\d\d$/),
        );
        await picture('undo-2-undone', { console: console_, board, phone });
        const text = await written();
        for (const each of ['Legekasser til alle', 'Boldene ud først'])
          assert.ok(text.includes(each), each);
      },
    ),
);

test(
  'in_the_second_lap_of_a_spiral_a_phone_builds_on_what_was_said_and_the_board_shows_it',
  { timeout: 900000 },
  () =>
    stage(
      agenda({ id: '1a', method: 'spiral', minutes: 20, questions: ['Hvad ser vi?'] }),
      async ({ console_, board, join, picture, written }) => {
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
        await jonas.getByRole('button', { name: /^Vis mi/ }).click();
        await board.getByText('De mindste finder aldrig en makker').first().waitFor();
        await speaks(console_, 'Karen').waitFor();
        await writeFor(console_, 'Karen', 'Gården er for lille');
        await picture('spiral-1-lap', { console: console_, board, phone: jonas });
        await lead(console_, 'Afslut 1. runde', speaks(console_, 'Mette'));

        await mette.getByText('du har ordet').waitFor();
        await mette.getByText('Kobl dig på').click();
        await becomes(
          () => mette.locator('.pick label:has([data-in=builds]) span').allInnerTexts(),
          ['Jonas De mindste finder aldrig en makker', 'Karen Gården er for lille'],
        );
        await mette.getByLabel('Jonas De mindste').check();
        await mette.getByLabel('Skriv en pointe').fill('En makkerbænk ved indgangen');
        await picture('spiral-2-picking', { phone: mette });
        await mette.getByRole('button', { name: 'Vis på tavlen' }).last().click();
        await board.getByText('En makkerbænk ved indgangen').first().waitFor();
        const under = board.locator('.side .on');
        await under.getByText('Bygger på').waitFor();
        await under.getByText('De mindste finder aldrig en makker').waitFor();
        await soon(async () =>
          assert.match(await board.locator('.stage .link.now').getAttribute('d'), /^M/),
        );
        await picture('spiral-3-built', { console: console_, board, phone: mette });
        await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
        await jonas.getByText('du har ordet').waitFor();
        await jonas.getByRole('button', { name: 'Giv ordet videre' }).click();
        await speaks(console_, 'Karen').waitFor();
        await lead(
          console_,
          'Afslut runden',
          console_.locator('.headline').getByText('Alle har haft ordet'),
        );
        await mette.getByRole('heading', { name: 'Runden er slut' }).waitFor();
        await picture('spiral-4-over', { console: console_, board, phone: mette });
        await soon(async () =>
          assert.match(
            await written(),
            /En makkerbænk ved indgangen[^]*De mindste finder aldrig en makker/,
          ),
        );
      },
    ),
);

test(
  'twelve_hands_are_heard_first_timers_first_one_after_another_as_the_console_has_the_list',
  { timeout: 900000 },
  () =>
    stage(
      agenda({ id: '1a', method: 'dialogue', minutes: 30, questions: ['Hvad kan vi gøre?'] }),
      async ({ console_, board, code, join, picture }) => {
        const mette = await join('Mette');
        const jonas = await join('Jonas');
        const others = ['Karen', 'Bo', 'Eva', 'Ib', 'Lis', 'Ole', 'Pia', 'Rie', 'Tom', 'Ulla'];
        const line = await wire(console_, code);
        for (const name of others)
          assert.equal((await line.send('seat.add', { name, device: 'none' })).ok, true);
        await start(console_, 'Hvad kan vi gøre?');
        await mette.getByRole('button', { name: 'Ræk hånden op' }).click();
        await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
        await mette.getByRole('button', { name: 'Giv ordet videre' }).click();
        await console_.locator('.headline').getByText('Ordet er frit').waitFor();

        await mette.getByRole('button', { name: 'Ræk hånden op' }).click();
        await jonas.getByRole('button', { name: 'Ræk hånden op' }).click();
        const list = console_.locator('.speakers');
        await reads(list, ['Jonas', 'Mette']);
        for (const name of others)
          await console_.getByRole('button', { name: `Ræk hånden op for ${name}` }).click();
        await reads(list, ['Jonas', ...others, 'Mette']);
        await mette.locator('.then').getByText('Du er nr. 12').waitFor();
        await board.getByText('Jonas', { exact: true }).first().waitFor();
        await picture('hands-1-twelve', { console: console_, board, phone: mette });

        await jonas.getByRole('button', { name: 'Tag hånden ned' }).click();
        await reads(list, [...others, 'Mette']);
        await list.locator('.who', { hasText: 'Ulla' }).click();
        await list.getByRole('button', { name: 'Sæt forrest' }).click();
        await reads(list, ['Ulla', ...others.slice(0, -1), 'Mette']);
        await list.locator('.who', { hasText: 'Ulla' }).click();
        await list.locator('.who', { hasText: 'Eva' }).press('Alt+ArrowUp');
        const wanted = [
          'Ulla',
          'Karen',
          'Eva',
          'Bo',
          'Ib',
          'Lis',
          'Ole',
          'Pia',
          'Rie',
          'Tom',
          'Mette',
        ];
        await reads(list, wanted);
        await console_.getByRole('button', { name: 'Luk for flere' }).click();
        await jonas.getByText('Listen er lukket').waitFor();
        await picture('hands-2-edited', { console: console_, board, phone: jonas });

        for (const [i, name] of wanted.entries()) {
          await lead(console_, `Giv ordet til ${name}`, speaks(console_, name));
          await becomes(() => console_.locator('.people li.speaking').count(), 1);
          await reads(list, wanted.slice(i + 1));
        }
        await mette.getByText('du har ordet').waitFor();
        await picture('hands-3-last', { console: console_, board, phone: mette });
      },
    ),
);

test(
  'a_phone_that_dies_with_the_floor_stops_nobody_and_comes_back_to_its_seat',
  { timeout: 900000 },
  () =>
    stage(
      agenda({ id: '1a', method: 'turns', minutes: 10, questions: ['Hvad ser vi?'] }),
      async ({ chrome, console_, board, join, picture }) => {
        const mette = await join('Mette');
        const jonas = await join('Jonas');
        await addSeat(console_, 'Karen');
        await start(console_, 'Hvad ser vi?');
        await mette.getByRole('heading', { name: 'Du er den første' }).waitFor();
        await mette.locator('.drawer > summary').click();
        await mette.locator('.drawer textarea').fill('De store tager banen');
        await mette.getByText('✓ Gemt').waitFor();
        await lead(console_, 'Giv ordet til Mette', mette.getByText('du har ordet'));
        const device = mette.context();
        await mette.close();
        const again = await chrome.beside(device, mette.url());
        await again.getByText('du har ordet').waitFor();
        await again.locator('.speak').getByText('De store tager banen').waitFor();
        await again.close();

        await seats(console_)
          .locator('li', { hasText: 'Mette' })
          .getByRole('img', { name: 'sover' })
          .waitFor();
        await board.getByText('Mette', { exact: true }).first().waitFor();
        await picture('dead-1-gone', { console: console_, board });
        await lead(console_, 'Giv ordet til Jonas', jonas.getByText('du har ordet'));
        const back = await chrome.beside(device, mette.url());
        await back.getByRole('heading', { name: 'Tak – nu lytter vi' }).waitFor();
        await back.getByText('Jonas taler').waitFor();
        await back.locator('.drawer > summary').click();
        await becomes(() => back.locator('.drawer textarea').inputValue(), 'De store tager banen');
        await picture('dead-2-back', { phone: back });
        await jonas.getByRole('button', { name: 'Giv ordet videre' }).click();
        await speaks(console_, 'Karen').waitFor();
        await lead(
          console_,
          'Afslut runden',
          console_.locator('.headline').getByText('Alle har haft ordet'),
        );
        await board.getByText('Alle har haft ordet').waitFor();
        await back.getByRole('heading', { name: 'Runden er slut' }).waitFor();
        await reads(seats(console_), ['Mette', 'Jonas', 'Karen']);
      },
    ),
);

test('two_at_one_phone_each_have_a_turn_and_their_own_notes', { timeout: 900000 }, () =>
  stage(
    agenda({ id: '1a', method: 'turns', minutes: 10, questions: ['Hvad ser vi?'] }),
    async ({ console_, board, join, picture, written }) => {
      const two = await join(['Elev A', 'Elev B']);
      const jonas = await join('Jonas');
      await start(console_, 'Hvad ser vi?');
      /** Whose turn it is to write or look says so, unless they were the last to. */
      const itIsMe = async (words) => {
        const me = two.getByRole('button', { name: 'Ja, det er mig' });
        await me.or(words).first().waitFor();
        if (await me.count()) await me.first().click();
      };
      const note = async (name, text) => {
        await two.locator('.drawer .tabs').getByRole('button', { name }).click();
        await itIsMe(two.locator('.drawer textarea'));
        await two.locator('.drawer textarea').fill(text);
        await two.getByText('✓ Gemt').waitFor();
      };
      await two.locator('.drawer > summary').click();
      await note('Elev A', 'Vi mangler bolde');
      await note('Elev B', 'Der er for meget larm');
      await picture('two-1-notes', { phone: two });
      await lead(console_, 'Giv ordet til Elev A', speaks(console_, 'Elev A'));
      for (const [name, own, other] of [
        ['Elev A', 'Vi mangler bolde', 'Der er for meget larm'],
        ['Elev B', 'Der er for meget larm', 'Vi mangler bolde'],
      ]) {
        await two.locator('.floor h1').getByText(name).waitFor();
        await itIsMe(two.locator('.speak').getByText(own));
        await two.locator('.speak').getByText(own).waitFor();
        await becomes(() => two.locator('.speak').getByText(other).count(), 0);
        await speaks(console_, name).waitFor();
        await picture(`two-2-${name.at(-1).toLowerCase()}`, { board, phone: two });
        await two.getByRole('button', { name: 'Giv ordet videre' }).click();
      }
      await jonas.getByText('du har ordet').waitFor();
      await two.getByText('Elev B: Vis dine noter på tavlen?').waitFor();
      await picture('two-3-asked', { phone: two });
      await itIsMe(two.getByRole('button', { name: /^Vis mi/ }));
      await two.getByRole('button', { name: /^Vis mi/ }).click();
      await board.getByText('Der er for meget larm').first().waitFor();
      await two.getByText('Elev A: Vis dine noter på tavlen?').waitFor();
      await two.getByRole('button', { name: 'Ikke nu' }).click();
      await picture('two-4-shown', { console: console_, board, phone: two });
      assert.equal((await written()).includes('Vi mangler bolde'), false);
      await jonas.getByRole('button', { name: 'Giv ordet videre' }).click();
      await console_.locator('.headline').getByText('Alle har haft ordet').waitFor();
      // Elev A gets a phone of their own: the one that stays goes on with Elev B's seat, and asks
      // nothing.
      await seats(console_).locator('.who', { hasText: 'Elev A' }).click();
      await console_.getByRole('button', { name: 'Giv pladsen en telefon' }).click();
      await console_.getByRole('button', { name: 'Lav linket' }).click();
      await two.locator('.drawer .tabs').waitFor({ state: 'detached' });
      await becomes(() => two.locator('.drawer textarea').inputValue(), 'Der er for meget larm');
      await picture('two-5-parted', { console: console_, phone: two });
    },
  ),
);

test('a_round_is_led_from_the_console_where_nobody_has_a_phone', { timeout: 900000 }, () =>
  stage(
    agenda({ id: '1a', method: 'turns', minutes: 10, questions: ['Hvad ser vi?'] }),
    async ({ console_, board, picture, written }) => {
      for (const name of ['Karen', 'Ole', 'Pia']) await addSeat(console_, name);
      await picture('none-1-lobby', { console: console_, board });
      await start(console_, 'Hvad ser vi?');
      await lead(console_, 'Giv ordet til Karen', speaks(console_, 'Karen'));
      await writeFor(console_, 'Karen', 'Gården er for lille');
      await board.getByText('Gården er for lille').first().waitFor();
      await picture('none-2-speaks', { console: console_, board });
      await lead(console_, 'Giv ordet til Ole', speaks(console_, 'Ole'));
      await console_.getByRole('button', { name: 'Tag til sidst' }).click();
      await speaks(console_, 'Pia').waitFor();
      await writeFor(console_, 'Pia', 'Vi kan dele den op');
      await board.getByText('Vi kan dele den op').first().waitFor();
      await lead(console_, 'Giv ordet til Ole', speaks(console_, 'Ole'));
      await lead(
        console_,
        'Afslut runden',
        console_.locator('.headline').getByText('Alle har haft ordet'),
      );
      await board.getByText('Alle har haft ordet').waitFor();
      await picture('none-3-over', { console: console_, board });
      const text = await written();
      assert.ok(text.indexOf('Gården er for lille') < text.indexOf('Vi kan dele den op'));
    },
  ),
);
