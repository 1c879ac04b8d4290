/** console-steps.test.js -- what people took a wrong step at, in the console as it is built. */
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { built, launch, settled, test } from './support/browser.js';
import { openConsole } from './support/console.js';
import { moments } from './fixtures/console.js';

const gen = built('console');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function at(moment, use) {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    reducedMotion: 'reduce',
  });
  const shown = await openConsole(context, { gen, moment });
  const sent = (command) =>
    shown.page.evaluate(
      (wanted) =>
        globalThis.fake.sent.filter((frame) => frame.do === wanted).map((frame) => frame.with),
      command,
    );
  await shown.page.locator('.strip').waitFor();
  await use({
    ...shown,
    sent,
    tell: (...facts) => shown.page.evaluate((all) => globalThis.fake.tell(all), facts),
  });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

test('in a presentation round a press on a name gives the floor; the rest of the seat has a button of its own', async () => {
  await at(moments.intro(), async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Farida Skolebestyrelse' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('floor.give')).map(({ seat }) => seat),
        [7],
      ),
    );
    await gone(page.locator('.seat-menu'));
    await page.getByRole('button', { name: 'Flere valg for Farida' }).click();
    await page.locator('.seat-menu').waitFor();
    await page.getByRole('button', { name: 'Thomas' }).click();
    await soon(async () =>
      assert.equal(
        (await sent('floor.give')).length,
        1,
        'whoever has been heard is opened by the name',
      ),
    );
  });
});

test('another part begins at its top, with nothing left open from the one before', async () => {
  await at(moments.turns(), async ({ page, tell }) => {
    await page.getByRole('button', { name: 'Begyndte før trykket' }).click();
    await page.locator('#now').evaluate((now) => now.scrollTo(0, 400));
    await soon(async () =>
      assert.ok((await page.locator('#now').evaluate((now) => now.scrollTop)) > 0),
    );
    await tell(
      { fact: 'part.ended', part: '4b', used: 60000 },
      { fact: 'part.began', part: '4d', until: 48e5 },
    );
    await page.getByRole('button', { name: 'Begyndte før trykket', expanded: false }).waitFor();
    await becomes(() => page.locator('#now').evaluate((now) => now.scrollTop), 0);
  });
});

test('the late sheet that was put away stays away after a step back', async () => {
  await at(moments.reflection(), async ({ page, tell }) => {
    const on = [
      { fact: 'part.ended', part: '4a', used: 120000 },
      { fact: 'part.began', part: '4b', until: 48e5 },
    ];
    await tell(...on);
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(800);
    await page.getByRole('button', { name: 'Ikke nu' }).click();
    await tell(
      { fact: 'part.ended', part: '4b', used: 0 },
      { fact: 'part.began', part: '4a', until: 48e5 },
    );
    await tell(...on);
    await settled(page);
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

test('a suggestion that waits is seen while its question is closed, and every new link says whose it is', async () => {
  const moment = moments.decision();
  moment.snapshot.contributions.push({
    id: '00000000-0000-4000-8000-000000000999',
    seat: 5,
    part: moment.snapshot.now.part,
    text: 'Elevrådet spørger',
    builds_on: [],
    answer: 'feedback',
  });
  await at(moment, async ({ page }) => {
    await page
      .locator('.answer:not(.open) .line')
      .filter({ hasText: /Tilbagemelding/ })
      .filter({ hasText: '1 nyt forslag' })
      .waitFor();
  });
  await at(moments.lobby(), async ({ page }) => {
    await page.getByRole('button', { name: 'Links og tavle' }).click();
    for (const whose of ['tavlen', 'referenten', 'skolelederen', 'styringen'])
      await page.getByRole('button', { name: `Nyt link til ${whose}` }).waitFor();
  });
});
