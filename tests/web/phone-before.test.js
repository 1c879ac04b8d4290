// What a participant reads before the meeting: when each item begins, what its parts ask of everybody,
// what to think about, and what is one's own to do; and what becomes of what they write.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { phone } from './fixtures/phone.js';
import { built, launch, test } from './support/browser.js';
import { openPhone, play } from './support/phone.js';

const gen = built('phone');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function withPhone(fixture, use, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Copenhagen',
  });
  const shown = await openPhone(context, { gen, fixture, ...options });
  await play(shown, fixture);
  await shown.page.locator('.about .wants').first().waitFor();
  await use(shown.page);
  assert.deepEqual(shown.errors, []);
  await context.close();
}
const texts = (page, where) => page.locator(`.about ${where}`).allInnerTexts();

test('each_item_says_when_it_begins_and_what_it_asks_of_everybody', async () => {
  for (const name of ['lobby', 'join-about'])
    await withPhone(phone[name], async (page) => {
      assert.deepEqual(
        (await texts(page, '.plan .num:nth-child(2)')).map((each) => each.trim()),
        ['9.00', '9.05', '9.15', '10.00', '10.30'],
        name,
      );
      assert.deepEqual(
        await texts(page, '.plan > li:nth-child(3) .wants li'),
        [
          'Skriv for dig selv i stilhed. Kun du kan se dine noter.',
          'Alle får ordet efter tur. Sig, hvad du tænker.',
          'Først siger alle noget. Bagefter bygger I videre på det, andre har sagt.',
          'Ræk hånden op på telefonen, når du vil sige noget.',
          'Vi samler op. Skriv det, du synes mangler.',
        ],
        name,
      );
      assert.deepEqual(await texts(page, '.plan > li:last-child .wants li'), [
        'Skriv, hvordan mødet gik. Ingen kan se, hvem der skrev hvad.',
      ]);
      assert.deepEqual(await texts(page, '.think li'), [
        'Hvad hæfter du dig særligt ved, når du ser børnenes svar om frikvarterne?',
        'Hvad kan vi gøre i de lange frikvarterer?',
      ]);
      await page.getByText('du må altid springe din tur over').last().waitFor();
    });
});

test('parts_that_are_off_ask_nothing_and_without_an_hour_none_is_told', async () => {
  const { snapshot, about } = phone.lobby;
  const items = snapshot.items.map((item) => ({
    ...item,
    parts: item.parts.map((part) => ({ ...part, on: part.method !== 'spiral' })),
  }));
  const { starts: _, ...undated } = about;
  await withPhone({ about: undated, snapshot: { ...snapshot, items } }, async (page) => {
    assert.equal(await page.getByText('Bagefter bygger I videre').count(), 0);
    assert.equal(await page.locator('.about .plan .num + .num').count(), 0);
  });
});

test('who_has_something_to_do_reads_it_and_who_has_not_reads_that', async () => {
  const duties = (seats, use) => withPhone({ ...phone.lobby, seats }, use);
  await duties([4], async (page) => {
    await page.getByText('Du har ingen særlig opgave på mødet.').waitFor();
    assert.deepEqual(await texts(page, '.duties li'), []);
  });
  await duties([1], async (page) =>
    assert.deepEqual(await texts(page, '.duties li'), [
      'Du leder samtalen: Præsentationsrunde',
      'Præsentation af data: Skolelederen præsenterer data',
      'Du præsenterer: Præsentation af data',
    ]),
  );
  // The agenda's own words say it; of two at a phone it is said whose it is.
  await duties([3, 4], async (page) => {
    assert.deepEqual(await texts(page, '.duties li'), [
      'Karen: Præsentation af data: PUF-konsulenten faciliterer',
    ]);
    await page.getByRole('heading', { name: 'Det bliver I bedt om' }).waitFor();
  });
  // Whom the console has named.
  const { snapshot } = phone.lobby;
  const items = snapshot.items.map((item) => ({
    ...item,
    parts: item.parts.map((part) => (part.id === '3a' ? { ...part, presenter: 4 } : part)),
  }));
  await withPhone({ ...phone.lobby, snapshot: { ...snapshot, items } }, async (page) =>
    assert.deepEqual(await texts(page, '.duties li'), ['Du præsenterer: Præsentation af data']),
  );
});

test('who_comes_reads_what_is_kept_who_sees_it_and_what_they_can_do', async () => {
  await withPhone(phone['join-about'], async (page) => {
    // What, who, how long and whom to ask stand there without a press.
    for (const words of [
      'det, du viser på tavlen, gemmes',
      'Alle, der er med, kan se det',
      'Mødet slettes 30 dage efter, at det er slut',
      'Er du i tvivl, så spørg mødelederen',
    ])
      await page.locator('.keeps').getByText(words).waitFor();
    await page.getByText('Hvad gemmes, og hvor længe?').click();
    for (const words of [
      'kan alle, der er med, se, og det står i referatet',
      'tage dine pointer ud af referatet, indtil det er offentliggjort',
      'vil du have noget slettet før, så spørg mødelederen',
    ])
      await page.getByText(words).waitFor();
    const ways = page.locator('.contact a');
    assert.deepEqual(await ways.allTextContents(), ['skole@nordby.example', '12 34 56 78']);
    assert.equal(await ways.first().getAttribute('href'), 'mailto:skole@nordby.example');
    assert.equal(await ways.last().getAttribute('href'), 'tel:12345678');
    await page.getByText('Nordby Kommune').waitFor();
  });
  await withPhone(
    phone.lobby,
    async (page) => {
      await page.getByRole('heading', { name: 'What you are asked to do' }).waitFor();
      await page.getByText('Raise your hand on the phone').waitFor();
    },
    { locale: 'en' },
  );
});

test('whom_to_ask_is_the_leader_where_nobody_has_said_it_and_any_words_are_words', async () => {
  const { contact: _, ...unsaid } = phone['join-kept'].about;
  const kept = (about, use) => withPhone({ ...phone['join-kept'], about }, use);
  await kept(unsaid, async (page) => {
    await page.getByText('så spørg mødelederen').last().waitFor();
    assert.equal(await page.locator('.contact').count(), 0);
  });
  for (const contact of [
    '<a href=javascript:alert(1)>javascript:alert(1)</a>',
    'a@b?bcc=c@d',
    'https://x.example/@y',
  ])
    await kept({ ...unsaid, contact }, async (page) => {
      assert.equal(await page.locator('.contact bdi').textContent(), contact);
      for (const href of await page
        .locator('.contact a')
        .evaluateAll((all) => all.map((a) => a.href)))
        assert.match(href, /^mailto:[^?]+$/);
    });
});
