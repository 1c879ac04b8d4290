// led.test.js -- the built-in agenda led from a late start to its end: thirteen minutes late, with a
// pause of known length, two scribes, and a table whose small numbers stay hidden. It ends when it
// was promised to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { soon } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { addSeat, lead, stage, wire } from './stage.js';

const MINUTE = 60000;
const LATE = 13;
const PAUSE = 5;
/** What came up under a finger takes no press at once. */
const SETTLED = 900;
const template = JSON.parse(
  readFileSync(
    new URL('../../server/templates/skoleudviklingssamtale.json', import.meta.url),
    'utf8',
  ),
);
const planned = template.items.reduce((sum, { minutes }) => sum + minutes, 0);
const parts = template.items.flatMap((item) => item.parts).filter((part) => !part.optional);
const csv = 'Klasse;Går ikke ud\n4.a;<5\n5.b;12\n6.a;>95 %';

/** The hour of Denmark's day so many minutes from now: "09:15", and as it is said. */
function hourIn(minutes) {
  const at = new Date(Date.now() + minutes * MINUTE).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/Copenhagen',
    hour: '2-digit',
    minute: '2-digit',
  });
  return { at, said: at.replace(/^0/, '').replace(':', '.') };
}

test(
  'the_built_in_agenda_led_from_a_late_start_with_a_pause_and_two_scribes_ends_when_it_was_promised_to',
  { timeout: 900000 },
  () => {
    const promised = hourIn(planned - LATE).said;
    const agenda = { ...template, starts: hourIn(-LATE).at };
    return stage(agenda, async (it) => {
      const { chrome, console_, board, links, code, join: joins, later, pages } = it;
      const hanne = await joins('Hanne');
      const mette = await joins('Mette');
      const pupils = await joins(['Elev A', 'Elev B']);
      for (const name of ['Karen', 'Yusuf', 'Birgit', 'Farida']) await addSeat(console_, name);
      const scribes = [];
      for (let i = 0; i < 2; i++) scribes.push(await chrome.open(links.scribe, sizes.console));
      pages.push(...scribes);
      const picture = (name, views) => it.picture(`led-${name}`, views);
      const led = await wire(console_, code);
      await led.send('data.put', { title: 'Hvem går ikke ud?', kind: 'table', csv, chart: 'bar' });
      const strip = async () =>
        (await console_.locator('.strip .end').innerText()).replace(/\s+/g, ' ');
      const sheet = console_.locator('dialog.sheet');

      /** What is left of the part that runs, by the facts: the real time between counts too. */
      const rest = () =>
        console_.evaluate(() => {
          const untilOf = ({ fact, until, part_until }) =>
            fact === 'part.began' ? until : /^clock\./.test(fact) ? part_until : undefined;
          const last = globalThis.wire.heard.filter(untilOf).at(-1);
          return untilOf(last) - last.at - (Date.now() - last.heard);
        });
      let moved = 0;
      const passes = async (ms) => {
        moved += ms;
        await later(ms);
      };
      /** So much of the part goes by that its clock comes to its end. */
      const toTheEnd = async () => {
        const left = (await rest()) - moved;
        if (left > 0) await passes(left);
      };
      const isAt = (title) =>
        console_.evaluate(
          (wanted) =>
            document
              .querySelector('.plan [aria-current], .plan .live')
              ?.textContent.includes(wanted),
          title,
        );
      /**
       * A part that has taken too long brings the sheet, and it is taken at its word, unless that
       * is a later end.
       */
      const found = async () => {
        const chosen = sheet.locator('[role=radio][aria-checked=true]');
        if (!(await chosen.count())) return false;
        await console_.waitForTimeout(SETTLED);
        const moves = /^Flyt/.test((await chosen.allInnerTexts()).join());
        const way = moves
          ? sheet.getByRole('button', { name: 'Ikke nu' })
          : sheet.locator('.sum .big');
        await way.click({ timeout: 3000 }).catch(() => {});
        return true;
      };
      /** Presses what the wide button says until the plan has come to this part. */
      const next = async (title) => {
        for (let tries = 0; tries < 40 && !(await isAt(title)); tries++) {
          if (!(await found()))
            await console_
              .locator('main .big')
              .first()
              .click({ timeout: 3000 })
              .catch(() => {});
          await console_.waitForTimeout(420);
        }
        assert.ok(await isAt(title), title);
        await console_.waitForTimeout(SETTLED);
        await found();
        moved = 0;
      };

      // Late: asked about once, and the promise is kept.
      await lead(console_, 'Begynd mødet', sheet.locator('h1'));
      await sheet.getByText(/^I begynder 1[34] min for sent\. Slut /).waitFor();
      await picture('1-late', { console: console_ });
      await console_.waitForTimeout(SETTLED);
      await sheet.getByRole('button', { name: new RegExp(`^Slut ${promised}, hent`) }).click();
      await sheet.waitFor({ state: 'detached' });
      await soon(async () =>
        assert.match(await strip(), new RegExp(`^Slutter ca. ${promised} Vi holder tiden`)),
      );

      for (const [i, part] of parts.entries()) {
        if (i) await next(part.title);
        if (part.id === '3a') {
          await console_.getByRole('button', { name: '1 tabel, link eller tekst' }).first().click();
          await console_.locator('dialog').getByRole('button', { name: 'Vis på tavlen' }).click();
          await board.getByText('Hvem går ikke ud?').first().waitFor();
          for (const words of ['<5', '>95 %', '12'])
            await board.getByText(words, { exact: true }).first().waitFor();
          await console_.keyboard.press('Escape');
          await console_.locator('dialog').waitFor({ state: 'detached' });
          await picture('2-data', { board, console: console_ });
          await console_.keyboard.press('b');
          await board.getByText('Hvem går ikke ud?').first().waitFor({ state: 'detached' });
        }
        if (part.id === '3b') {
          // A pause of known length, and what it took is found again.
          await console_.getByRole('button', { name: /^Pause/ }).click();
          await console_.getByRole('button', { name: `${PAUSE} min`, exact: true }).click();
          await board
            .getByText(/Tilbage kl\./)
            .first()
            .waitFor();
          await picture('4-pause', { board, console: console_, phone: mette });
          await later(PAUSE * MINUTE);
          await console_
            .getByText(/Pausen er slut/)
            .first()
            .waitFor();
          await lead(console_, 'Fortsæt', console_.getByRole('button', { name: /^Pause/ }));
          await console_.getByRole('button', { name: 'Hent tiden ind' }).click();
          await sheet.locator('h1').waitFor();
          await picture('5-found', { console: console_ });
          await found();
          await sheet.waitFor({ state: 'detached' });
          await soon(async () =>
            assert.match(await strip(), new RegExp(`^Slutter ca. ${promised} `)),
          );
          moved = 0;
        }
        if (part.id === '4a') {
          await mette.locator('main textarea').fill('De store tager banen');
          await mette.getByText('✓ Gemt').waitFor();
          await pupils.getByRole('button', { name: 'Ja, det er mig' }).click();
          await pupils.locator('main textarea').fill('Vi må ikke være inde');
          await pupils.getByText('✓ Gemt').waitFor();
        }
        if (part.id === '4b') {
          await lead(
            console_,
            'Giv ordet til',
            console_.locator('.headline', { hasText: 'har ordet' }),
          );
          for (const [n, scribe] of scribes.entries()) {
            await scribe.locator('#point').fill(`Skrevet ned nr. ${n + 1}`);
            await scribe.locator('.composer .b.main').click();
            await board
              .getByText(`Skrevet ned nr. ${n + 1}`)
              .first()
              .waitFor();
          }
          await picture('3-scribes', { board, scribe: scribes[1], phone: mette });
        }
        if (part.id === '5a') {
          const write = async (scribe, answer, text) => {
            await scribe.locator(`#answer-${answer} .answer-name`).click();
            await scribe.locator(`#answer-${answer} textarea`).first().fill(text);
          };
          await Promise.all([
            write(scribes[0], 'next_step', 'Noget at lave i det lange frikvarter'),
            write(scribes[1], 'action', 'Hver klasse får legekasser'),
          ]);
          for (const text of ['Noget at lave i det lange frikvarter', 'Hver klasse får legekasser'])
            for (const page of [board, ...scribes])
              await soon(async () => {
                const seen = await page.evaluate(
                  () =>
                    document.body.innerText +
                    [...document.querySelectorAll('textarea')].map(({ value }) => value).join(' '),
                );
                assert.ok(seen.includes(text), text);
              });
          await picture('6-decision', { board, console: console_, scribe: scribes[0] });
        }
        if (i < parts.length - 1) await toTheEnd();
      }
      // On time: the hour that was promised, to the minute.
      await soon(async () => {
        const [, at] = /^Slutter ca. ([\d.]+)/.exec(await strip()) ?? [];
        const minutes = (said) => said.split('.').reduce((sum, each) => sum * 60 + Number(each), 0);
        const off = Math.abs(minutes(at) - minutes(promised));
        assert.ok(off <= 1, `${at}, promised ${promised}`);
      });
      await picture('7-last', { board, console: console_, phone: mette });
      await lead(console_, 'Afslut mødet', console_.locator('dialog').getByText('Afslut mødet?'));
      await console_.locator('dialog').getByRole('button', { name: 'Afslut mødet' }).click();
      await mette.getByRole('heading', { name: 'Tak for i dag, Mette' }).waitFor();
      await hanne.getByRole('heading', { name: 'Tak for i dag, Hanne' }).waitFor();
      await picture('8-end', { board, console: console_, phone: mette, shared: pupils });

      const text = await it.written();
      for (const words of [
        'Skrevet ned nr. 1',
        'Skrevet ned nr. 2',
        'Noget at lave i det lange frikvarter',
        'Hver klasse får legekasser',
        'Elev A',
        'Karen',
      ])
        assert.ok(text.includes(words), words);
      for (const words of ['De store tager banen', 'Vi må ikke være inde'])
        assert.ok(!text.includes(words), `${words}: a private note`);
      await scribes[0].screenshot({ path: join(shots, 'led-9-minutes.png'), fullPage: true });
    });
  },
);
