// way.test.js -- the pages on a bad way to the server: a long, thin and lossy one, one that tells
// things twice, and devices whose own clocks are wrong.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { compare, note, wrongBy } from '../support/seconds.js';
import { becomes, soon } from '../support/soon.js';
import { begin, lead, stage, wake } from './stage.js';

const MINUTES = 20;
const DAY = 86400000;
const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: MINUTES,
      parts: [{ id: '1a', method: 'dialogue', minutes: MINUTES, questions: ['Hvad kan vi gøre?'] }],
    },
  ],
};

const write = async (phone, text) => {
  await phone.getByLabel('Skriv en pointe').fill(text);
  await phone.getByRole('button', { name: 'Vis på tavlen' }).click();
};
const waiting = (phone) => phone.locator('.points .time').count();

// tests/README.md, row 18
test(
  'on_a_long_thin_and_lossy_way_each_point_is_acknowledged_and_there_once',
  { timeout: 900000 },
  (t) =>
    stage(agenda, async ({ way, console_, board, join, written }) => {
      way.become({ trip: 400, jitter: 50, kbits: 400, loss: 0.02 });
      const phone = await join('Mette');
      await begin(console_);
      await phone.getByLabel('Skriv en pointe').waitFor();
      const texts = Array.from({ length: 8 }, (_, i) => `Pointe nummer ${i + 1}.`);
      const took = [];
      for (const text of texts) {
        const began = performance.now();
        await write(phone, text);
        await board.getByText(text).first().waitFor();
        await becomes(() => waiting(phone), 0);
        took.push(performance.now() - began);
      }
      const worst = Math.max(...took);
      t.diagnostic(`acknowledged after ${took.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`);
      assert.ok(worst < 30000);
      const all = await written();
      for (const text of texts) assert.equal(all.split(text).length, 2, text);
    }),
);

// tests/README.md, row 26
test('a_phone_that_is_told_things_twice_and_late_shows_what_is', { timeout: 900000 }, () =>
  stage(agenda, async ({ way, console_, board, join, written }) => {
    const [mette, bo] = [await join('Mette'), await join('Bo')];
    await begin(console_);
    await mette.getByLabel('Skriv en pointe').waitFor();
    await bo.getByLabel('Skriv en pointe').waitFor();
    way.become({ twice: 0.3, swapped: 0.3 });
    const texts = Array.from({ length: 8 }, (_, i) => `Pointe nummer ${i + 1}.`);
    for (const [i, text] of texts.entries()) {
      await write(i % 2 ? bo : mette, text);
      await board.getByText(text).first().waitFor();
    }
    for (const phone of [mette, bo]) await becomes(() => waiting(phone), 0);
    way.become();
    const all = await written();
    for (const text of texts) assert.equal(all.split(text).length, 2, text);
    await lead(console_, 'Afslut mødet', console_.locator('dialog').getByText('Afslut mødet?'));
    await console_.locator('dialog').getByRole('button', { name: 'Afslut mødet' }).click();
    for (const phone of [mette, bo])
      await phone.getByRole('heading', { name: /Tak for i dag/ }).waitFor();
  }),
);

// tests/README.md, row 14
test('devices_whose_clocks_are_days_wrong_count_down_together', { timeout: 900000 }, (t) =>
  stage(agenda, async ({ console_, board, join }) => {
    const phone = await join('Mette');
    const screens = [board, phone];
    for (const [i, page] of screens.entries()) {
      await page.context().addInitScript(wrongBy, [3 * DAY, -5 * DAY][i]);
      await page.reload();
    }
    await begin(console_);
    await phone.getByLabel('Skriv en pointe').waitFor();
    for (const page of screens) await wake(page); // It asks for the time anew.
    await console_.waitForTimeout(3000);
    for (const page of screens) await page.evaluate(note, MINUTES * 60);
    const seen = () => Promise.all(screens.map((page) => page.evaluate(() => globalThis.shown)));
    await soon(async () => assert.ok(compare(await seen()).apart.length >= 5));
    const { apart, ends } = compare(await seen());
    t.diagnostic(
      `apart by ${apart.map((ms) => ms.toFixed(0)).join(', ')} ms; of the end by ${ends.toFixed(0)} ms`,
    );
    assert.ok(ends < 1000, `${ends} ms`);
  }),
);
