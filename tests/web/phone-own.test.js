// One's own points on the phone once the meeting is over: how the minutes stand, that one was
// misunderstood, that a point is to be out of them, and all that was written here as a file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { becomes, gone } from '../support/soon.js';
import { T0, phone } from './fixtures/phone.js';
import { built, launch, settled, test } from './support/browser.js';
import { openPhone, play, whatIsKept } from './support/phone.js';

const gen = built('phone');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function withPhone(fixture, use, { width = 390, height = 844, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    acceptDownloads: true,
    timezoneId: 'Europe/Copenhagen',
  });
  const shown = await openPhone(context, { gen, fixture, ...options });
  const { page } = shown;
  await play(shown, fixture);
  await use({
    page,
    point: (text) => page.locator('.own li', { hasText: text }),
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    tell: (...facts) => page.evaluate((all) => globalThis.fake.tell(all), facts),
    refuse: (name, code) =>
      page.evaluate(([a, b]) => void (globalThis.fake.refuse[a] = b), [name, code]),
    sent: async (name) =>
      (await page.evaluate(() => globalThis.fake.sent))
        .filter((frame) => frame.do === name)
        .map((frame) => frame.with),
    file: async (name) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await download.path(), 'utf8');
    },
  });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

const FIRST = 'De fleste finder en leg. Det svære er at komme med, når legen er i gang.';
const ID = phone['closed-own'].snapshot.contributions[0].id;
const SAID = 'Jeg mente kun frikvarteret efter spisning.';
const disputed = (text) => ({ fact: 'minutes.disputed', contribution: ID, seat: 4, text });

test('how_the_minutes_stand_is_said_and_until_when_they_are_there', async () => {
  for (const [name, words] of [
    // A server of before says nothing of it.
    ['closed', /^Udkast\. Lederen har ikke godkendt referatet endnu\.$/],
    ['closed-own', /^Udkast\. Lederen har ikke godkendt referatet endnu\.$/],
    ['closed-changed', /^Udkast\. Noget er ændret, siden lederen godkendte referatet\.$/],
    ['closed-approved', /^Godkendt 24\. november\. Du kan hente det her til 24\. december\.$/],
    ['closed-published', /^Offentliggjort 24\. november\. Du kan hente det her til 24\. dec/],
  ])
    await withPhone(phone[name], async ({ page }) =>
      assert.match((await page.locator('.stands').innerText()).trim(), words, name),
    );
  const { snapshot } = phone['closed-approved'];
  const erases = T0 + 3 * 86_400_000;
  const soonErased = { ...snapshot, meeting: { ...snapshot.meeting, erases } };
  await withPhone({ snapshot: soonErased }, ({ page }) =>
    page.getByText('Du kan hente det her til 27. november.').waitFor(),
  );
});

test('what_phones_get_no_more_is_not_offered_and_that_is_said', async () => {
  const approved = T0 - 31 * 86_400_000;
  const { snapshot } = phone['closed-approved'];
  const month = { ...snapshot, standing: { ...snapshot.standing, approved } };
  await withPhone({ snapshot: month, past: true }, async ({ page }) => {
    await page.getByText('Det kunne hentes her til 23. november.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Hent referat' }).count(), 0);
    await page.getByRole('button', { name: 'Hent det, jeg har skrevet' }).waitFor();
  });
});

test('one_s_own_points_are_listed_and_nobody_else_s', async () => {
  const texts = (page) => page.locator('.own li > p:first-child').allTextContents();
  await withPhone(phone['closed-own'], async ({ page }) => {
    assert.deepEqual(await texts(page), [
      FIRST,
      'Vi kan bytte baner om onsdagen',
      'Legevagter fra 5. klasse',
    ]);
    await page.getByText('når lederen har godkendt referatet').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Her er jeg misforstået/ }).count(), 0);
  });
  await withPhone(phone['closed-shared'], async ({ page }) => {
    await page.getByRole('heading', { name: 'Det sagde I' }).waitFor();
    assert.deepEqual((await texts(page)).slice(1, 3), [
      'Peter: De store tager banen hver dag',
      'Peter og Farida: Vi kan bytte baner om onsdagen',
    ]);
  });
  const { snapshot } = phone.closed;
  const items = snapshot.items.map((item) => ({
    ...item,
    parts: item.parts.map((part) => (part.id === '6a' ? { ...part, begun: true } : part)),
  }));
  await withPhone({ snapshot: { ...snapshot, items } }, async ({ page }) => {
    await page.getByText('Ingen pointer i referatet er dine.').waitFor();
    await page.getByText('Ingen kan se, hvem der skrev hvad.').waitFor();
  });
});

test('who_is_misunderstood_says_it_also_without_connection_mends_it_and_takes_it_back', async () => {
  await withPhone(phone['closed-disputing'], async ({ page, point, press, sent, tell }) => {
    const field = page.getByLabel('Hvad mente du?');
    await page.evaluate(() => globalThis.fake.cut());
    await press('Send'); // Nothing is written: the field is where to go.
    assert.equal(await field.evaluate((it) => it === document.activeElement), true);
    await field.fill(` ${SAID} `);
    await press('Send');
    const said = point(FIRST).locator('.disputed');
    await said.getByText(SAID).waitFor();
    await said.getByText('Sendes, når forbindelsen er tilbage').waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-do')),
      'dispute',
    );
    await becomes(async () => (await page.evaluate(whatIsKept)).out.length, 1);

    await page.reload();
    await becomes(() => sent('minutes.dispute'), [{ contribution: ID, text: SAID }]);
    await tell(disputed(SAID));
    await said.getByText('Kun lederen kan se det').waitFor();
    await becomes(async () => (await page.evaluate(whatIsKept)).typed, {});

    await press(`Ret: ${FIRST}`);
    assert.equal(await field.inputValue(), SAID);
    await field.fill('Kun efter spisning.');
    await press('Send');
    await becomes(async () => (await sent('minutes.dispute')).at(-1).text, 'Kun efter spisning.');
    await tell(disputed('Kun efter spisning.'));
    await said.getByText('Misforstået: Kun efter spisning.').waitFor();

    await press(`Ret: ${FIRST}`);
    await press(`Tag det tilbage: ${FIRST}`);
    await becomes(async () => (await sent('minutes.dispute')).at(-1), {
      contribution: ID,
      text: '',
    });
    await tell({ fact: 'minutes.disputed', contribution: ID, seat: 4 });
    await gone(said);
    await page.getByRole('button', { name: `Her er jeg misforstået: ${FIRST}` }).waitFor();
  });
});

test('the_leader_mends_the_point_and_its_author_reads_so', async () => {
  await withPhone(phone['closed-published'], ({ point }) =>
    point(FIRST).getByText('Lederen har rettet pointen siden').waitFor(),
  );
  await withPhone(phone['closed-approved'], async ({ point, tell }) => {
    await point(FIRST).getByText('Kun lederen kan se det').waitFor();
    await tell(
      { fact: 'minutes.drafted', changed: true },
      { fact: 'contribution.edited', contribution: ID, text: 'Efter spisning er det svært.' },
    );
    await point('Efter spisning er det svært.').getByText('Lederen har rettet').waitFor();
  });
});

test('what_is_typed_is_kept_also_when_the_minutes_become_a_draft', async () => {
  await withPhone(phone['closed-disputing'], async ({ page, point, press, tell, refuse }) => {
    const field = page.getByLabel('Hvad mente du?');
    await field.fill(SAID);
    await becomes(async () => (await page.evaluate(whatIsKept)).typed, { [ID]: SAID });
    await tell({ fact: 'minutes.drafted', changed: true });
    await point(FIRST).getByText(`Ikke sendt endnu: ${SAID}`).waitFor();
    await page.getByText('Udkast. Noget er ændret').waitFor();
    await gone(field);
    await tell({ fact: 'minutes.approved', by: 'Jonas' });
    await field.waitFor();
    assert.equal(await field.inputValue(), SAID);
    // It was a draft again before that was heard here.
    await refuse('minutes.dispute', 'not_approved');
    await press('Send');
    await page.getByRole('alert').getByText('Referatet er et udkast igen.').waitFor();
    await point(FIRST).getByText(`Ikke sendt endnu: ${SAID}`).waitFor();
    await press(`Her er jeg misforstået: ${FIRST}`);
    assert.equal(await field.inputValue(), SAID);
    await press('Fortryd');
    await gone(point(FIRST).locator('.disputed'));
    await becomes(async () => (await page.evaluate(whatIsKept)).typed, {});
  });
});

test('whoever_takes_a_point_out_is_asked_first_and_hears_why_not', async () => {
  await withPhone(
    phone['closed-taking-out'],
    async ({ page, point, press, sent, tell, refuse }) => {
      const ask = page.getByRole('group', { name: 'Tag det ud af referatet' });
      await ask.getByText('Så bliver referatet et udkast').waitFor();
      assert.equal(await ask.getByRole('button').first().innerText(), 'Tag det ud');
      await press('Ikke nu');
      await gone(ask);
      assert.deepEqual(await sent('contribution.withdraw'), []);

      const again = () => press(`Tag det ud af referatet: ${FIRST}`);
      for (const [code, words] of [
        [
          'closed',
          'Referatet er offentliggjort, så det kan ikke tages ud af det mere. Spørg lederen.',
        ],
        ['busy', 'Serveren har travlt lige nu.'],
      ]) {
        await refuse('contribution.withdraw', code);
        await again();
        await press('Tag det ud');
        await page.getByRole('alert').getByText(words).waitFor();
      }
      await refuse('contribution.withdraw', '');
      await again();
      await press('Tag det ud');
      await page.getByRole('status').getByText('Det er taget ud af referatet.').waitFor();
      await gone(page.getByRole('alert'));
      assert.deepEqual(
        (await sent('contribution.withdraw')).map((each) => each.contribution),
        [ID, ID, ID],
      );
      await tell(
        { fact: 'minutes.drafted', changed: true },
        { fact: 'contribution.withdrawn', contribution: ID },
      );
      await gone(point(FIRST));
    },
  );
});

test('without_connection_nothing_is_taken_out_later', async () => {
  await withPhone(phone['closed-taking-out'], async ({ page, press, sent }) => {
    await page.evaluate(() => globalThis.fake.cut());
    await press('Tag det ud');
    await page.getByRole('alert').getByText('Ingen forbindelse. Prøv igen').waitFor();
    await page.reload();
    await page.locator('.own li').first().waitFor();
    await settled(page);
    assert.deepEqual(await sent('contribution.withdraw'), []);
  });
});

test('once_they_are_published_nothing_can_be_taken_out_and_the_page_says_so', async () => {
  await withPhone(phone['closed-taking-out'], async ({ page, tell }) => {
    await tell({ fact: 'minutes.published', by: 'Jonas' });
    await page.getByText('Spørg lederen, hvis noget skal ud af det.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Tag det ud/ }).count(), 0);
    assert.equal(await page.getByRole('button', { name: /^Her er jeg misforstået/ }).count(), 3);
  });
});

test('all_that_was_written_here_goes_home_in_one_file', async () => {
  const { snapshot } = phone['closed-approved'];
  const texts = { '4:6a:adjust': 'For lidt tid til data' };
  await withPhone({ snapshot, texts }, async ({ page, file }) => {
    const text = await file('Hent det, jeg har skrevet');
    assert.deepEqual(
      text.split('\n').filter((line) => line.startsWith('—')),
      ['— Det sagde du —', '— Noter —', '— Ikke vist på tavlen —'],
    );
    for (const line of [
      FIRST,
      `Misforstået: ${SAID}`,
      'Legevagter fra 5. klasse',
      'Frikvarteret efter spisning skiller sig ud.',
      'For lidt tid til data',
    ])
      assert.ok(text.split('\n').includes(line), line);
    assert.ok(!text.includes('De store tager banen'), 'what others said is theirs');
    await page.getByRole('status').getByText('Det, du har skrevet, er hentet').waitFor();
  });
  await withPhone(phone['closed-shared'], async ({ file }) =>
    assert.match(await file('Hent det, vi har skrevet'), /^Peter: De store tager banen hver dag$/m),
  );
});

test('what_stands_still_at_the_foot_leaves_room_for_the_page', async () => {
  for (const name of ['closed-approved', 'closed-disputing', 'closed-shared'])
    await withPhone(
      phone[name],
      async ({ page }) => {
        const foot = await page.locator('footer').boundingBox();
        assert.ok(foot.height < 568 / 5, `${name}: ${foot.height}`);
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        const last = await page.getByText('Slet mødet på denne telefon').boundingBox();
        const at = await page.locator('footer').boundingBox();
        assert.ok(last.y + last.height <= at.y, name);
      },
      { width: 320, height: 568 },
    );
});
