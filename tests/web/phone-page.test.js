// The phone's page in a browser, under its CSP: every screen looked at for what a person would
// notice, and what it sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { packTightly } from '../../web/build/pack.js';
import { becomes, gone, soon } from '../support/soon.js';
import { T0, phone } from './fixtures/phone.js';
import { axeSource, built, launch, settled, test } from './support/browser.js';
import { openPhone, play, whatIsKept } from './support/phone.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const gen = built('phone');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A phone with a fixture on it; closed again after `use`. */
async function withPhone(
  fixture,
  use,
  { width = 390, height = 844, colorScheme = 'light', ...options } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const shown = await openPhone(context, { gen, fixture, ...options });
  await use({
    ...shown,
    sent: (name) =>
      shown.page.evaluate(
        (wanted) => globalThis.fake.sent.filter((frame) => frame.do === wanted),
        name,
      ),
    context,
  });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

test('the_first_response_fits_its_budget_in_both_languages', () => {
  for (const locale of ['da', 'en']) {
    const html = readFileSync(join(gen, 'pages', `phone.${locale}.html`));
    const gzip = packTightly(html); // As it is sent.
    assert.deepEqual(gunzipSync(gzip), html);
    assert.ok(gzip.length <= 14336, `${locale}: ${gzip.length}`);
  }
});

/** What axe finds (WCAG 2.2 A and AA, EN 301 549, good practice). tests/README.md, row 53 */
const faults = (page, only) =>
  page.evaluate(
    async (rules) =>
      (
        await globalThis.axe.run(document, {
          resultTypes: ['violations'],
          ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}),
        })
      ).violations.map((each) => [each.id, each.nodes[0].html, each.nodes[0].failureSummary]),
    only,
  );
/** What can be pressed or written in, and is too small for a thumb. */
const tooSmall = (page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, summary, a, input:not([type=radio], [type=checkbox]), select, textarea',
      ),
    ]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
      .map((each) => each.outerHTML.slice(0, 80)),
  );
/** Where backgrounds are taken away, an edge says what can be pressed. */
const borderless = (page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '.primary, .quiet, input:not([type=radio], [type=checkbox]), textarea, select, .floor',
      ),
    ]
      .filter(
        (each) =>
          each.checkVisibility() &&
          Number.parseFloat(getComputedStyle(each).borderBottomWidth) === 0,
      )
      .map((each) => each.outerHTML.slice(0, 80)),
  );
/** Words that are parted in their middle without a hyphen. */
const broken = (page) =>
  page.evaluate(() => {
    const range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const node = /** @type {Text} */ (walk.currentNode);
      if (!node.parentElement.closest('h1, button, b') || !node.parentElement.checkVisibility())
        continue;
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
          found.push(word);
      }
    }
    return found;
  });
const overhang = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('every_screen_is_whole_by_day_in_the_dark_in_forced_colours_and_at_four_hundred_percent', async (t) => {
  for (const [name, fixture] of Object.entries(phone)) {
    await t.test(name, () =>
      withPhone(fixture, async (shown) => {
        const { page } = shown;
        await play(shown, fixture);
        await page.evaluate(axeSource);
        assert.deepEqual(await faults(page), []);
        assert.deepEqual(await tooSmall(page), []);
        await soon(async () => assert.ok((await overhang(page)) <= 0));
        await page.emulateMedia({ colorScheme: 'dark' });
        assert.deepEqual(await faults(page, ['color-contrast']), [], 'in the dark');
        await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
        assert.deepEqual(await borderless(page), [], 'in forced colours');
        await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
        for (const size of [
          { width: 360, height: 640 },
          { width: 320, height: 256 },
        ]) {
          await page.setViewportSize(size);
          await soon(async () =>
            assert.ok((await overhang(page)) <= 0, `wider than ${size.width}`),
          );
        }
      }),
    );
  }
});

/** Words that stand in more lines than they need: fewer than six letters a line. */
const shredded = (page) =>
  page.evaluate(() => {
    const range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector('.page'), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walk.nextNode()) {
      const node = /** @type {Text} */ (walk.currentNode);
      if (!node.parentElement.checkVisibility()) continue;
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]{6,}/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
        if (lines > Math.ceil(word.length / 6)) found.push(`${word} in ${lines}`);
      }
    }
    return found;
  });

test('a_name_as_long_as_a_name_may_be_neither_widens_the_page_nor_is_shredded', async () => {
  const long = 'Annemariekatrineelisabethjohannemargretheviktoriaalbertinebo';
  assert.equal(long.length, 60);
  const named = (it) => ({
    ...it,
    snapshot: it.snapshot && {
      ...it.snapshot,
      seats: it.snapshot.seats.map((seat) => ({ ...seat, name: long, function: long })),
    },
  });
  const found = {};
  for (const [name, fixture] of Object.entries(phone)) {
    if (!fixture.snapshot) continue;
    await withPhone(
      named(fixture),
      async (shown) => {
        const { page } = shown;
        await play(shown, fixture);
        await page.waitForTimeout(50); // The last draw.
        const wider = await overhang(page);
        const torn = await shredded(page);
        const out = await page.evaluate(() => {
          const [around, inside] = ['.ring svg', '.ring b'].map((each) =>
            document.querySelector(each)?.getBoundingClientRect(),
          );
          return Boolean(inside && (inside.top < around.top || inside.bottom > around.bottom));
        });
        if (wider > 0 || torn.length || out) found[name] = { wider, torn, out };
      },
      { width: 320, height: 568 },
    );
  }
  assert.deepEqual(found, {});
});

test('a_code_of_no_meeting_ends_in_a_field_to_write_it_again', async () => {
  for (const [written, place] of [
    ['k7qm4xp2', '**/m/K7QM-4XP2'],
    ['Kode: K7QM-4XP2.', '**/m/K7QM-4XP2'],
    [`https://x/m/K7QM-4XP2#${'k'.repeat(43)}`, '**/m/K7QM-4XP2**'],
  ])
    await withPhone(
      { seats: null, still: true },
      async ({ page }) => {
        await page.getByText('Der er intet møde med den kode').waitFor();
        await page.evaluate(axeSource);
        assert.deepEqual(await faults(page), []);
        const field = page.getByLabel('Kode eller link');
        assert.equal(await page.getByRole('alert').count(), 0);
        await field.fill('0OIL');
        await page.getByRole('button', { name: 'Gå til mødet' }).click();
        await page.getByText('hverken 0, 1, I, L eller O').waitFor();
        assert.equal(await field.inputValue(), '0OIL');
        await field.fill(written);
        await page.keyboard.press('Enter');
        await page.waitForURL(place);
      },
      { width: 320, height: 568 },
    );
});

test('on_the_smallest_phone_no_word_is_broken_and_what_matters_is_above_the_fold', async () => {
  const small = { width: 320, height: 568 };
  const matters = {
    turn: '.floor',
    'presenter-answers': '.floor h1',
    presenter: '[data-do=answer]',
    shared: '.floor',
    spiral: 'main .pick summary',
    latecomer: '.ask h1',
    paused: '.then',
    reflection: 'textarea',
  };
  for (const locale of ['da', 'en']) {
    for (const [name, what] of Object.entries(matters)) {
      await withPhone(
        phone[name],
        async (shown) => {
          await play(shown, phone[name]);
          const { page } = shown;
          assert.deepEqual(await broken(page), [], `${name} ${locale}`);
          const below = await page
            .locator(what)
            .first()
            .evaluate(
              (each) =>
                each.getBoundingClientRect().bottom -
                Math.max(
                  document.querySelector('footer').getBoundingClientRect().top,
                  each.closest('footer') ? innerHeight : 0,
                ),
            );
          assert.ok(below <= 0, `${name} ${locale}: ${below}`);
        },
        { ...small, locale },
      );
    }
  }
});

test('a_town_s_colour_can_be_read_while_i_speak_and_while_another_does', async () => {
  for (const name of ['turn', 'dialogue', 'dialogue-free']) {
    await withPhone({ ...phone[name], colour: '#ffcc00' }, async ({ page }) => {
      await page.waitForFunction(() => document.documentElement.style.getPropertyValue('--accent'));
      await page.evaluate(axeSource);
      assert.deepEqual(await faults(page, ['color-contrast']), [], name);
      const accent = await page
        .locator('.primary')
        .evaluate((each) => getComputedStyle(each).backgroundColor);
      assert.ok(!['rgb(11, 107, 99)', 'rgb(108, 199, 187)'].includes(accent), accent);
    });
  }
});

test('where_a_browser_has_no_database_or_keeps_nothing_the_page_says_what_is_so', async () => {
  for (const [keeps, words] of [
    ['strings', 'Gemt på telefonen'],
    ['nothing', 'Ikke gemt endnu'],
  ]) {
    const fixture = { ...phone['join-alone'], snapshot: phone['reflection-empty'].snapshot };
    await withPhone(
      fixture,
      async ({ page }) => {
        await page.getByLabel('Navn').fill('Bo');
        await page.keyboard.press('Enter');
        await page.locator('textarea').waitFor();
        await page.evaluate(() => globalThis.fake.cut());
        await page.locator('textarea').fill('Legekasser');
        await page.getByText(words).waitFor();
        if (keeps === 'strings')
          assert.match(await page.evaluate(() => localStorage['runde.K7QM4XPR']), /Legekasser/);
      },
      { keeps },
    );
  }
});

test('the_words_to_say_go_when_the_connection_is_back_and_a_press_is_taken', async () => {
  await withPhone(phone['dialogue-free'], async ({ page, sent }) => {
    const hand = page.getByRole('button', { name: 'Ræk hånden op' });
    await page.evaluate(() => globalThis.fake.cut());
    await page.getByText('Ingen forbindelse').waitFor();
    await hand.click({ force: true });
    await page.getByText('sig det højt').waitFor();
    await page.evaluate(() => {
      globalThis.fake.down = false;
      dispatchEvent(new Event('online'));
    });
    await page.getByText('Uret går videre').waitFor({ state: 'detached' });
    await hand.click();
    await page.getByText('sig det højt').waitFor({ state: 'detached' });
    await soon(async () => assert.equal((await sent('hand.raise')).length, 1));
  });
});

test('whoever_writes_when_the_floor_comes_goes_on_writing', async () => {
  await withPhone(phone.next, async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.locator('.drawer textarea').focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Og så');
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 3, turn: 6 },
          { fact: 'turn.began', seat: 4, turn: 7, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await page.locator('.floor').getByText('Din tur').waitFor();
    await page.keyboard.type(' videre');
    await soon(async () =>
      assert.match(await page.locator('main textarea').inputValue(), / Og så videre$/),
    );
  });
});

/** Every note as it was saved last: a hand may pause in mid-word. */
const saved = async (page) => {
  const frames = await page.evaluate(() =>
    globalThis.fake.sent.filter((frame) => frame.do === 'note.save').map((frame) => frame.with),
  );
  return [
    ...new Map(frames.map(({ note, seat, part, text }) => [note, [seat, part, text]])).values(),
  ];
};

test('a_text_whose_part_ends_before_it_is_shown_is_still_there_to_show', async () => {
  await withPhone(phone['dialogue-free'], async ({ page, sent }) => {
    await page.getByLabel('Skriv en pointe').fill('Legekasser til alle');
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'part.ended', part: '4d', used: 60000 },
          { fact: 'part.began', part: '4a', until: now + 120000 },
        ]),
      T0,
    );
    await page.getByText('Det her kom ikke med på tavlen').waitFor();
    await page.evaluate(axeSource);
    assert.deepEqual(await faults(page), []);
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'part.ended', part: '4a', used: 1000 },
          { fact: 'part.began', part: '4d', until: now + 120000 },
        ]),
      T0,
    );
    await page.getByText('Det her kom ikke med på tavlen').waitFor({ state: 'detached' });
    await becomes(() => page.getByLabel('Skriv en pointe').inputValue(), 'Legekasser til alle');
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'part.ended', part: '4d', used: 2000 },
          { fact: 'part.began', part: '5a', until: now + 120000 },
        ]),
      T0,
    );
    await page.locator('.said').getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.getByText('Det her kom ikke med på tavlen').waitFor({ state: 'detached' });
    await soon(async () =>
      assert.deepEqual(
        (await sent('contribution.add')).map((frame) => frame.with),
        [{ text: 'Legekasser til alle', seat: 4, part: '4d' }],
      ),
    );
  });
});

test('at_a_shared_phone_the_one_who_writes_does_not_go_on_in_the_others_notes_when_the_floor_comes', async () => {
  const { snapshot } = phone.shared;
  const before = {
    ...snapshot,
    now: { ...snapshot.now, speaker: 5, turn: 6, heard: [1, 2, 3, 4], queue: [6, 7, 8, 9] },
  };
  await withPhone({ ...phone.shared, snapshot: before }, async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.locator('.drawer .tabs').getByRole('button', { name: 'Elev B' }).click();
    await page.locator('.drawer textarea').focus();
    await page.keyboard.type('Der er lar');
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 5, turn: 6 },
          { fact: 'turn.began', seat: 6, turn: 7, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await page.locator('.floor h1').getByText('Elev A').waitFor();
    await page.keyboard.type('m');
    await becomes(() => saved(page), [[7, '4b', 'Der er lar']]);
    await gone(page.locator('.speak li'));
  });
});

test('letters_typed_as_the_next_item_begins_are_sent_as_notes_of_the_item_they_were_typed_in', async () => {
  await withPhone({ snapshot: { ...phone.talk.snapshot, notes: [] } }, async ({ page }) => {
    await page.evaluate((now) => {
      const field = document.querySelector('textarea');
      field.value = 'Hvem svarede ikke?';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      globalThis.fake.tell([
        { fact: 'part.ended', part: '3a', used: 60000 },
        { fact: 'part.began', part: '4a', until: now + 120000 },
      ]);
    }, T0);
    await page.getByText('Hvad hæfter du dig').first().waitFor();
    await becomes(() => saved(page), [[4, '3b', 'Hvem svarede ikke?']]);
  });
});

test('what_is_noted_in_the_lobby_is_at_hand_when_the_meeting_begins', async () => {
  await withPhone(phone.lobby, async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.locator('.drawer textarea').fill('Husk legekasserne');
    await becomes(() => saved(page), [[4, '1b', 'Husk legekasserne']]);
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'meeting.started' },
          { fact: 'part.began', part: '1b', until: now + 120000 },
        ]),
      T0,
    );
    await page.getByText('Læg telefonen').waitFor();
    await becomes(() => page.locator('.drawer textarea').inputValue(), 'Husk legekasserne');
  });
});

test('each_of_two_who_spoke_at_a_phone_is_asked_what_to_show', async () => {
  const { snapshot } = phone.shared;
  const notes = [6, 7].map((seat) => ({
    note: `00000000-0000-4000-8000-00000000020${seat}`,
    seat,
    part: '4b',
    text: `Note fra ${seat}`,
  }));
  await withPhone({ ...phone.shared, snapshot: { ...snapshot, notes } }, async ({ page, sent }) => {
    await page.locator('.floor h1').getByText('Elev A').waitFor();
    const turn = (from, to) =>
      page.evaluate(
        ([a, b, now]) =>
          globalThis.fake.tell([
            { fact: 'turn.ended', seat: a, turn: a },
            { fact: 'turn.began', seat: b, turn: b, lap: 1, until: now + 120000 },
          ]),
        [from, to, T0],
      );
    await turn(6, 7);
    await page.locator('.floor h1').getByText('Elev B').waitFor();
    await gone(page.getByText('Vis dine noter på tavlen?'));
    await turn(7, 8);
    await page.getByText('Elev B: Vis dine noter på tavlen?').waitFor();
    assert.equal(await page.getByText('Note fra 7').count(), 0);
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.locator('footer .pick').getByText('Note fra 7').waitFor();
    await page.getByRole('button', { name: 'Ikke nu' }).click();
    await page.getByText('Elev A: Vis dine noter på tavlen?').waitFor();
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.getByRole('button', { name: 'Vis min note på tavlen' }).click();
    await page.getByText('Vis dine noter på tavlen?').waitFor({ state: 'detached' });
    await soon(async () =>
      assert.deepEqual(
        (await sent('note.share')).map((frame) => frame.with.note),
        [notes[0].note],
      ),
    );
  });
});

test('two_who_speak_as_one_have_both_notes_at_hand_and_are_both_asked', async () => {
  const { snapshot } = phone.shared;
  const notes = [6, 7].map((seat) => ({
    note: `00000000-0000-4000-8000-00000000020${seat}`,
    seat,
    part: '4b',
    text: `Note fra ${seat}`,
  }));
  const seats = snapshot.seats.map((each) =>
    each.seat === 6
      ? { ...each, together: true }
      : each.seat === 7
        ? { ...each, with: 6, device: 'shared' }
        : each,
  );
  const joint = { ...snapshot, seats, notes, now: { ...snapshot.now, queue: [8, 9] } };
  await withPhone({ ...phone.shared, snapshot: joint }, async ({ page }) => {
    await page.locator('.floor h1').getByText('Elev A og Elev B').waitFor();
    const me = page.getByRole('button', { name: 'Ja, det er mig' });
    await me.click();
    await page.locator('.speak').getByText('Note fra 6').waitFor();
    await page.locator('.speak').getByRole('button', { name: 'Elev B' }).click();
    await me.click();
    await page.locator('.speak').getByText('Note fra 7').waitFor();
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 6, turn: 6 },
          { fact: 'turn.began', seat: 8, turn: 8, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await page.getByText('Elev A: Vis dine noter på tavlen?').waitFor();
    await page.getByRole('button', { name: 'Ikke nu' }).click();
    await page.getByText('Elev B: Vis dine noter på tavlen?').waitFor();
  });
});

test('at_a_closed_door_the_phone_waits_over_a_reload_and_can_turn_back', async () => {
  await withPhone(phone.knock, async (shown) => {
    const { page } = shown;
    await play(shown, phone.knock);
    await page.getByText('Døren er lukket').waitFor();
    await page.reload();
    await page.getByText('Døren er lukket').waitFor();
    const { hello } = await page.evaluate(() => globalThis.fake.sent[0]);
    assert.equal(hello.name, 'Bo');
    await page.getByRole('button', { name: 'Tilbage' }).click();
    await page.getByText('Hvem er du?').waitFor();
  });
});

test('whoever_comes_by_a_name_that_is_taken_is_asked_and_the_console_decides', async () => {
  await withPhone(phone.same, async (shown) => {
    const { page } = shown;
    await play(shown, phone.same);
    await page.getByRole('heading', { name: 'Er du den Mette, der var her før?' }).waitFor();
    const hellos = () =>
      page.evaluate(() => globalThis.fake.sent.flatMap(({ hello }) => hello ?? []));
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.getByText('Mødelederen er spurgt').waitFor();
    assert.deepEqual(
      (await hellos()).map(({ name, claim, unless_known }) => ({ name, claim, unless_known })),
      [
        { name: 'Mette', claim: undefined, unless_known: true },
        { name: 'Mette', claim: 4, unless_known: undefined },
      ],
    );
    // Nobody answers: then it is a seat of one's own.
    await page.evaluate(() => (globalThis.fake.refuses = []));
    await page.getByRole('button', { name: 'Tag en ny plads' }).click();
    await soon(async () => {
      const { name, claim, unless_known } = (await hellos()).at(-1);
      assert.deepEqual([name, claim, unless_known], ['Mette', undefined, undefined]);
    });
  });
});

test('whoever_only_has_the_same_name_comes_in_as_another_also_after_a_reload', async () => {
  await withPhone(phone.same, async (shown) => {
    const { page } = shown;
    await play(shown, phone.same);
    await page.reload();
    await page.getByRole('heading', { name: 'Er du den Mette, der var her før?' }).waitFor();
    await page.evaluate(() => (globalThis.fake.refuses = []));
    await page.getByRole('button', { name: 'Nej, jeg er en anden' }).click();
    await soon(async () => {
      const hello = await page.evaluate(
        () => globalThis.fake.sent.findLast((each) => each.hello).hello,
      );
      assert.deepEqual(
        [hello.name, hello.claim, hello.unless_known],
        ['Mette', undefined, undefined],
      );
    });
  });
});

test('a_phone_that_is_out_says_so_asks_when_it_is_told_to_and_comes_back_by_itself', async () => {
  await withPhone(phone.out, async ({ page }) => {
    await page.getByRole('heading', { name: 'Du er ikke med i mødet længere' }).waitFor();
    const hellos = () =>
      page.evaluate(() => globalThis.fake.sent.flatMap(({ hello }) => hello ?? []));
    assert.equal((await hellos()).at(-1).knock, undefined);
    await page.evaluate(() => (globalThis.fake.refuses = [{ code: 'door_closed' }]));
    await page.getByRole('button', { name: 'Bed om at komme ind igen' }).click();
    await page.getByRole('heading', { name: 'Mødelederen er spurgt' }).waitFor();
    assert.equal((await hellos()).at(-1).knock, true);
    await page.evaluate(() => (globalThis.fake.refuses = []));
    await page.locator('header').waitFor(); // It said hello again.
  });
});

test('what_is_read_before_the_meeting_links_to_the_web_alone', async () => {
  const { about } = phone.join;
  const data = [
    { data: 'x', title: 'Ond', kind: 'link', url: 'javascript:alert(1)' },
    ...about.data,
  ];
  await withPhone({ ...phone['join-about'], about: { ...about, data } }, async ({ page }) => {
    await becomes(
      () =>
        page.locator('.about a').evaluateAll((all) => all.map((each) => each.getAttribute('href'))),
      ['https://www.uvm.dk/statistik'],
    );
    await page.getByText('Hvad børnene peger på').click();
    await becomes(
      () => page.locator('.about td').allTextContents(),
      ['Skolegården', '16 %', 'Boldbanen; den store', '9 %'],
    );
  });
});

test('where_the_page_was_told_nothing_it_asks', async () => {
  await withPhone(
    phone.join,
    async ({ page }) => {
      await becomes(() => page.locator('#join h2').first().innerText(), phone.join.about.title);
    },
    { untold: true },
  );
});

test('a_phone_that_took_a_seat_over_says_where_the_notes_are', async () => {
  const words = 'Dine noter ligger på den telefon, du skrev dem på.';
  await withPhone(phone['notes-elsewhere'], async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.getByText(words).waitFor();
  });
  await withPhone(phone.notes, async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.locator('.drawer textarea').waitFor();
    assert.equal(await page.getByText(words).count(), 0);
  });
});

test('a_meeting_that_the_server_has_not_read_yet_is_asked_for_again', async () => {
  await withPhone(
    phone.join,
    async ({ page, errors }) => {
      await becomes(() => page.locator('#join h2').first().innerText(), phone.join.about.title);
      assert.ok(errors.splice(0).every((each) => each.includes('503')));
    },
    { untold: true, busy: 2 },
  );
});

test('in_the_lobby_the_agenda_stands_once', async () => {
  await withPhone(phone.lobby, async ({ page }) => {
    await page.locator('.about').waitFor();
    await gone(page.locator('[data-do=look]'));
    await becomes(() => page.getByText('Samtale om samtalen').count(), 1);
  });
});

test('who_shares_a_phone_reads_who_can_see_the_notes', async () => {
  await withPhone(phone['join-alone'], async ({ page }) => {
    await page.getByText('Kun du kan se dine noter.').waitFor();
    await page.getByLabel('Hvor mange er I om telefonen?').selectOption('2');
    await page.getByText('Kun I, der deler telefonen, kan se noterne.').waitFor();
    await gone(page.getByText('Kun du kan se dine noter.'));
  });
});

test('names_are_listed_as_the_language_lists_them', async () => {
  const three = { ...phone['lobby-two'], seats: [6, 7, 8] };
  await withPhone(three, ({ page }) => page.getByText(/^Du er\smed, \S.*, .+ og .+$/).waitFor());
  await withPhone(
    three,
    ({ page }) => page.getByText(/^You’re\sin, \S.*, .+[^,] and .+$/).waitFor(),
    { locale: 'en' },
  );
});

test('an_hour_is_written_as_one_says_it', async () => {
  await withPhone(phone.lobby, async ({ page }) => {
    await becomes(
      async () =>
        / · (\d+\.\d\d) · /.exec(await page.locator('.about .soft').first().innerText())?.[1],
      '9.00',
    );
  });
});

test('who_has_no_turn_is_told_so', async () => {
  const { snapshot } = phone.presenter;
  const items = snapshot.items.map((item) => ({
    ...item,
    parts: item.parts.map((each) => (each.id === '3b' ? { ...each, presenter_turn: false } : each)),
  }));
  await withPhone({ ...phone.presenter, snapshot: { ...snapshot, items } }, async ({ page }) => {
    await page.getByText('Du har ingen tur i denne runde').waitFor();
    await gone(page.getByText('Du kan komme med sidst i runden'));
  });
});

test('what_is_suggested_is_said_to_have_come_and_then_to_be_in_the_answer', async () => {
  const mine = phone['decision-taken'];
  const { contributions, decision } = mine.snapshot;
  const open = { ...decision, answers: [] };
  await withPhone({ snapshot: { ...mine.snapshot, decision: open } }, async ({ page }) => {
    await page.getByText('✓ Sendt – alle kan se dit forslag').waitFor();
    await becomes(() => page.locator('.taken').count(), 1); // The other is somebody else's.
    await page.evaluate(
      (id) =>
        globalThis.fake.tell([
          { fact: 'decision.changed', answer: 'action', text: 'Legekasser', based_on: [id] },
        ]),
      contributions[0].id ?? contributions[0].contribution,
    );
    await page.getByText('✓ Taget med i svaret').waitFor();
    await gone(page.getByText('Sendt – alle kan se dit forslag'));
  });
});

test('what_is_nameless_is_said_not_to_be_seen_before_all_is_shown', async () => {
  await withPhone(phone.retrospect, async ({ page }) => {
    await page.getByText('Ingen kan se det, før alt vises på én gang').waitFor();
  });
  await withPhone(phone['retrospect-shown'], async ({ page }) => {
    await page.getByText('Mere tid til dialogen').waitFor();
    await gone(page.getByText('Ingen kan se det, før alt vises på én gang'));
  });
});

test('at_the_end_it_is_said_that_notes_go_where_there_are_any', async () => {
  const goes = 'Dine noter slettes fra serveren et døgn efter mødet.';
  await withPhone(phone.closed, async ({ page }) => {
    await page.getByText(goes).waitFor();
  });
  await withPhone(
    { ...phone.closed, snapshot: { ...phone.closed.snapshot, notes: [] } },
    async ({ page }) => {
      await page.getByRole('button', { name: 'Hent referat' }).waitFor();
      await gone(page.getByText(goes));
    },
  );
});

test('the_head_says_that_the_agenda_is_behind_it', async () => {
  await withPhone(phone.waiting, async ({ page }) => {
    const head = page.getByRole('button', { name: 'Vis dagsordenen' });
    await head.click();
    await page.locator('header .plan').waitFor();
    await becomes(() => head.getAttribute('aria-expanded'), 'true');
  });
});

test('why_a_thing_was_not_done_is_said_in_words', async () => {
  for (const [code, words] of [
    ['not_saved', 'Det kunne ikke gemmes på disken. Intet er ændret – prøv igen.'],
    ['too_fast', 'Det gik lidt stærkt. Vent et øjeblik, og prøv igen.'],
    ['list_closed', 'Talerlisten er lukket for flere.'],
  ])
    await withPhone(phone['dialogue-free'], async ({ page }) => {
      await page.evaluate((why) => (globalThis.fake.refuse['hand.raise'] = why), code);
      await page.getByRole('button', { name: 'Ræk hånden op' }).click();
      await page.getByRole('alert').getByText(words).waitFor();
    });
});

test('the_plan_behind_the_head_shows_what_was_said', async () => {
  await withPhone(phone.look, async (shown) => {
    await play(shown, phone.look);
    await shown.page.getByText('Spiralsamtale (4)').click();
    await shown.page.getByText('Der mangler nogen at spørge').waitFor();
    await shown.page.locator('[data-do=look]').click();
    await gone(shown.page.locator('.plan'));
  });
});

// tests/README.md, rows 54 and 56
test('a_function_is_enough_for_a_name_on_the_phone', async () => {
  const fixture = { ...phone['join-alone'], snapshot: phone.lobby.snapshot };
  await withPhone(fixture, async ({ page }) => {
    await page.getByLabel('Navn').fill('Pædagogisk leder');
    await page.keyboard.press('Enter');
    await page.getByText('Du er med').waitFor();
    const { hello } = await page.evaluate(() => globalThis.fake.sent[0]);
    assert.deepEqual([hello.name, hello.function], ['Pædagogisk leder', undefined]);
  });
});

test('one_scans_writes_a_name_and_is_in', async () => {
  const fixture = { ...phone['join-alone'], snapshot: phone.lobby.snapshot };
  await withPhone(fixture, async ({ page }) => {
    await page.getByLabel('Navn').fill('Farida');
    await page.getByLabel('Funktion').fill('Skolebestyrelse');
    await page.keyboard.press('Enter');
    await page.getByText('Du er med, Farida').waitFor();
    const { hello } = await page.evaluate(() => globalThis.fake.sent[0]);
    assert.match(hello.id, /^[0-9a-f-]{36}$/);
    assert.deepEqual(
      { ...hello, id: 0 },
      {
        as: 'phone',
        meeting: 'K7QM-4XPR',
        id: 0,
        name: 'Farida',
        function: 'Skolebestyrelse',
        unless_known: true,
      },
    );
    await soon(async () =>
      assert.equal((await page.evaluate(whatIsKept)).seats[0].token.length, 43),
    );
  });
});

test('who_comes_late_reads_what_was_said', async () => {
  await withPhone(phone.latecomer, async (shown) => {
    await play(shown, phone.latecomer);
    await shown.page.getByText('De store tager banen hver dag').waitFor();
    await shown.page.getByRole('button', { name: 'Nu er jeg med' }).click();
    await gone(shown.page.getByText('Det er sket indtil nu'));
  });
});

test('who_came_in_time_has_nothing_to_catch_up_with', async () => {
  await withPhone({ ...phone['join-alone'], snapshot: phone.lobby.snapshot }, async ({ page }) => {
    await page.getByLabel('Navn').fill('Farida');
    await page.keyboard.press('Enter');
    await page.getByText('Du er med, Farida').waitFor();
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'meeting.started' },
          { fact: 'part.began', part: '4d', until: now + 600000 },
        ]),
      T0,
    );
    await page.getByText('Ordet er frit').waitFor();
    await gone(page.getByText('Det er sket indtil nu'));
  });
});

test('a_prepared_place_is_claimed_and_two_may_share_a_phone', async () => {
  await withPhone({ ...phone.join, snapshot: phone.lobby.snapshot }, async ({ page }) => {
    await page.getByText('Elev A').click();
    await page.getByRole('combobox').last().selectOption('2');
    await page.locator('[name=name2]').fill('Elev B');
    await page.getByRole('button', { name: 'Deltag' }).click();
    await page.getByText('Du er med').waitFor();
    const { hello } = await page.evaluate(() => globalThis.fake.sent[0]);
    assert.equal(hello.claim, 6);
    assert.equal(hello.name, undefined);
    assert.deepEqual(hello.also, [{ name: 'Elev B' }]);
  });
});

test('a_returning_phone_resumes_its_seat_and_a_link_is_not_left_in_the_address', async () => {
  await withPhone(phone.waiting, async ({ page }) => {
    await soon(async () => {
      const hello = await page.evaluate(() => globalThis.fake.sent[0]?.hello);
      assert.deepEqual([hello.token, hello.name], ['A'.repeat(43), undefined]);
    });
    await page.goto(`http://runde.test/m/K7QM-4XPR?lang=da#${'B'.repeat(43)}`);
    await page.reload();
    await page.getByRole('heading', { name: 'Du er nr. 3' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
  });
});

test('handing_on_names_the_turn_and_a_late_press_shows_nothing', async () => {
  await withPhone(phone.turn, async ({ page, sent }) => {
    await page.evaluate(() => (globalThis.fake.refuse['turn.done'] = 'already_moved'));
    await page.getByRole('button', { name: 'Giv ordet videre' }).click();
    await settled(page);
    await soon(async () =>
      assert.deepEqual((await sent('turn.done'))[0].with, { turn: 7, seat: 4 }),
    );
    await gone(page.locator('.said'));
  });
});

test('the_floor_comes_and_goes_and_the_screen_follows', async () => {
  await withPhone(phone.next, async ({ page }) => {
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 3, turn: 6 },
          { fact: 'turn.began', seat: 4, turn: 7, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await page.locator('.floor').getByText('Din tur').waitFor();
    await soon(async () =>
      assert.match(await page.locator('.clock b').textContent(), /^(2:00|1:[45]\d)$/),
    );
    await page.getByText('••• Mere').click();
    await page.getByText('De næste får').waitFor();
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 4, turn: 7 },
          { fact: 'turn.began', seat: 5, turn: 8, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await page.getByText('Vis dine noter på tavlen?').waitFor();
  });
});

test('notes_go_to_the_board_only_when_picked', async () => {
  await withPhone(phone.after, async ({ page, sent }) => {
    await play({ page }, phone.after);
    await page.getByLabel('Frikvarteret efter spisning').first().check();
    await page.getByRole('button', { name: 'Vis 1 af 3 på tavlen' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('note.share')).map((frame) => frame.with.note),
        ['00000000-0000-4000-8000-000000000101'],
      ),
    );
    await gone(page.getByText('Vis dine noter på tavlen?'));
  });
});

test('a_ticked_note_stays_ticked_when_the_floor_moves_on', async () => {
  await withPhone(phone.after, async (shown) => {
    await play(shown, phone.after);
    await shown.page.getByLabel('Frikvarteret efter spisning').first().check();
    await shown.page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 5, turn: 8 },
          { fact: 'turn.began', seat: 6, turn: 9, lap: 1, until: now + 120000 },
        ]),
      T0,
    );
    await shown.page.getByText('Elev A taler').waitFor();
    await becomes(
      () => shown.page.getByLabel('Frikvarteret efter spisning').first().isChecked(),
      true,
    );
    await shown.page.getByRole('button', { name: 'Vis 1 af 3 på tavlen' }).waitFor();
    await becomes(
      () => shown.page.locator('.pick .row').first().getByRole('button').allTextContents(),
      ['Vis 1 af 3 på tavlen', 'Ikke nu'],
    );
  });
});

test('nobody_is_asked_to_show_notes_right_after_a_pass_or_when_they_want_to_be_the_last', async () => {
  for (const [name, fact] of [
    ['pass', { fact: 'turn.ended', seat: 4, turn: 7 }],
    ['later', { fact: 'turn.deferred', seat: 4, turn: 7 }],
  ]) {
    await withPhone(phone.turn, async ({ page }) => {
      await page.getByText('••• Mere').click();
      await page.locator(`[data-do=${name}]`).click();
      await page.evaluate(
        ([now, ended]) =>
          globalThis.fake.tell([
            ended,
            { fact: 'turn.began', seat: 5, turn: 8, lap: 1, until: now + 120000 },
          ]),
        /** @type {[number, any]} */ ([T0, fact]),
      );
      await page.getByText('Peter taler').waitFor();
      await becomes(() => page.getByText('Vis dine noter på tavlen?').count(), 0, name);
    });
  }
});

test('notes_that_stand_on_the_board_are_not_said_to_be_mine_alone', async () => {
  await withPhone(phone['notes-shown'], async (shown) => {
    await play(shown, phone['notes-shown']);
    const drawer = shown.page.locator('.drawer');
    await drawer.locator('summary').getByText('Noter – 1 kan alle se').first().waitFor();
    await drawer.getByText('1 kan alle se med dit navn. Resten kan kun du se.').waitFor();
    await gone(drawer.getByText('kun du kan se dem'));
  });
});

test('notes_of_earlier_parts_are_within_reach', async () => {
  await withPhone(phone['notes-earlier'], async (shown) => {
    await play(shown, phone['notes-earlier']);
    const drawer = shown.page.locator('.drawer');
    await becomes(() => drawer.locator('textarea').inputValue(), '');
    await drawer.getByText('Tidligere noter').click();
    await becomes(
      () => drawer.locator('.earlier p').allTextContents(),
      [
        'Velkomst',
        'Spørge om banerne',
        'Refleksion over data',
        phone.notes.snapshot.notes.map((note) => note.text).join('\n'),
      ],
    );
  });
  const { snapshot } = phone.question;
  await withPhone({ snapshot }, async ({ page }) => {
    await page.getByText('Tidligere noter').click();
    await page.locator('main').getByText('Frikvarteret efter spisning skiller sig ud.').waitFor();
  });
});

test('who_is_ready_is_told_who_sees_it', async () => {
  await withPhone(phone.reflection, async ({ page }) =>
    page.getByText('Kun mødelederen kan se, hvem der er klar.').waitFor(),
  );
});

test('the_sheet_is_closed_by_a_press_beside_it_or_escape_and_that_does_nothing_else', async () => {
  await withPhone(phone.question, async ({ page, sent }) => {
    const sheet = page.locator('.more > div');
    await page.getByText('••• Mere').click();
    await sheet.waitFor();
    await page.mouse.click(195, 200);
    await sheet.waitFor({ state: 'hidden' });
    await page.getByText('••• Mere').click();
    await sheet.waitFor();
    const { x, y } = await page.getByRole('button', { name: 'Intet spørgsmål' }).boundingBox();
    await page.mouse.click(x + 20, y + 20);
    await sheet.waitFor({ state: 'hidden' });
    await becomes(() => sent('turn.done'), []);
    await page.getByText('••• Mere').click();
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await becomes(() => page.evaluate(() => document.activeElement.textContent.trim()), '••• Mere');
    await page.getByText('••• Mere').click();
    await page.getByRole('button', { name: 'Jeg siger pas' }).click();
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'turn.pass'),
    );
  });
});

test('a_note_is_saved_a_moment_after_the_last_letter', async () => {
  await withPhone(phone['reflection-empty'], async ({ page, sent }) => {
    await page.locator('textarea').evaluate((/** @type {HTMLTextAreaElement} */ field, text) => {
      for (const letter of text) {
        field.value += letter;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
    }, 'Gården er tom\nEfter spisning');
    await page.getByText('✓ Gemt').waitFor();
    const saved = await sent('note.save');
    assert.deepEqual(
      saved.map((frame) => frame.with.text),
      ['Gården er tom', 'Efter spisning'],
    );
    assert.deepEqual([saved[0].with.seat, saved[0].with.part], [4, '4a']);
  });
});

// tests/README.md, rows 7 and 19
test('what_is_written_without_connection_survives_a_reload_and_arrives_once', async () => {
  await withPhone(phone['dialogue-free'], async ({ page, sent }) => {
    await page.evaluate(() => globalThis.fake.cut());
    await page.getByText('Ingen forbindelse').waitFor();
    await page.getByLabel('Skriv en pointe').fill('Legekasser');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.getByText('Sendes, når forbindelsen er tilbage', { exact: true }).waitFor();
    const kept = await soon(async () => {
      const { out } = await page.evaluate(whatIsKept);
      assert.equal(out.length, 1);
      return out;
    });
    await page.reload();
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'contribution.add'),
    );
    await page
      .getByText('Sendes, når forbindelsen er tilbage', { exact: true })
      .waitFor({ state: 'detached' });
    await soon(async () => assert.deepEqual((await page.evaluate(whatIsKept)).out, []));
    const [frame, ...more] = await sent('contribution.add');
    assert.deepEqual(more, []);
    assert.equal(frame.id, kept[0].id);
    assert.deepEqual(frame.with, { text: 'Legekasser', seat: 4, part: '4d' });
  });
});

// tests/README.md, rows 54 and 56
test('what_looks_like_somebodys_own_is_asked_about_before_others_see_it', async () => {
  await withPhone(phone['dialogue-free'], async ({ page, sent }) => {
    await page.evaluate(axeSource);
    const field = page.getByLabel('Skriv en pointe');
    const question = page.getByRole('alertdialog');
    const asked = async (text, words) => {
      await field.fill(text);
      await page.getByRole('button', { name: 'Vis på tavlen' }).click();
      await question.getByText(words).waitFor();
      await becomes(() => page.evaluate(() => document.activeElement?.textContent), 'Ret teksten');
      assert.deepEqual(await faults(page), []);
      await page.keyboard.press('Enter');
      await gone(question);
      assert.equal(await field.inputValue(), text);
      await becomes(
        () => page.evaluate(() => document.activeElement?.nodeName),
        'TEXTAREA',
        'the field can be mended at once',
      );
    };
    await asked('Hun har 010203-1234', 'CPR-nummer');
    await asked('Skriv til åse@skolen.dk', 'mailadresse');
    await asked('Emma Lund er alene i frikvarteret', 'helt navn');
    assert.deepEqual(await sent('contribution.add'), []);
    await field.fill('Nogle er alene i frikvarteret');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    await becomes(async () => (await sent('contribution.add')).length, 1);
    await field.fill('Emma Lund er alene i frikvarteret');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.getByRole('button', { name: 'Send alligevel' }).click();
    await becomes(
      async () => (await sent('contribution.add')).map((frame) => frame.with.text),
      ['Nogle er alene i frikvarteret', 'Emma Lund er alene i frikvarteret'],
    );
  });
});

test('a_box_that_is_sealed_is_asked_about_too_also_by_the_press_that_one_is_ready', async () => {
  await withPhone(phone.retrospect, async ({ page, sent }) => {
    await page.getByLabel('Skriv her').first().fill('Emma Lund kom ikke til orde');
    await page.getByRole('button', { name: 'Jeg er klar' }).click();
    await page.getByRole('alertdialog').getByText('helt navn').waitFor();
    assert.deepEqual(await sent('ready.set'), []);
    await page.getByRole('button', { name: 'Send alligevel' }).click();
    await becomes(async () => (await sent('ready.set')).length, 1);
    assert.equal((await sent('contribution.add')).length, 1);
  });
});

test('in_the_drawer_too_there_is_room_to_say_where_a_note_is_kept', async () => {
  for (const [name, width] of [
    ['dialogue-free', 390],
    ['notes', 320],
  ]) {
    await withPhone(
      phone[name],
      async ({ page }) => {
        await page.evaluate(() => globalThis.fake.cut());
        await page.locator('.drawer > summary').click();
        await page.locator('.drawer textarea').fill('Legekasser');
        await page.locator('.drawer .time').waitFor();
        const [line, hint, where] = await page
          .locator('.drawer .small')
          .first()
          .evaluate((it) =>
            [it, ...it.children]
              .map((each) => each.getBoundingClientRect())
              .map(({ right, height }) => ({ right, height })),
          );
        assert.ok(
          where.right <= line.right && hint.height < 84,
          JSON.stringify({ line, hint, where }),
        );
        await page.evaluate(axeSource);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await faults(page, ['color-contrast']), [], `${name}, ${colorScheme}`);
        }
      },
      { width },
    );
  }
});

test('letters_typed_without_connection_are_there_after_a_reload', async () => {
  await withPhone(phone['reflection-empty'], async ({ page, sent }) => {
    await page.evaluate(() => globalThis.fake.cut());
    await page.locator('textarea').fill('midt i en sætn');
    await page.reload();
    await page.getByText('Hvad hæfter du dig').waitFor();
    await becomes(() => page.locator('textarea').inputValue(), 'midt i en sætn');
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'note.save'),
    );
    await soon(async () =>
      assert.deepEqual(
        (await sent('note.save')).map((frame) => frame.with.text),
        ['midt i en sætn'],
      ),
    );
  });
});

test('a_button_without_connection_gives_the_words_to_say', async () => {
  await withPhone(phone.offline, async (shown) => {
    await play(shown, phone.offline);
    await shown.page.getByText('Ingen forbindelse – sig det højt').waitFor();
    await shown.page.getByText('Jeg giver ordet videre til Karen').waitFor();
    await becomes(() => shown.sent('turn.done'), []);
  });
});

test('a_refused_text_stays_on_the_phone_with_the_reason', async () => {
  await withPhone(phone['dialogue-free'], async ({ page }) => {
    await page.evaluate(() => (globalThis.fake.refuse['contribution.add'] = 'closed'));
    await page.getByLabel('Skriv en pointe').fill('For sent');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    const box = page.locator('.said');
    await box.getByText('For sent').waitFor();
    await box.getByText('Mødet er slut.').waitFor();
    await box.getByRole('button').click();
    await gone(page.locator('.said'));
  });
});

// tests/README.md, row 61
test('in_a_meeting_that_is_damaged_the_phone_says_so_and_keeps_what_was_not_sent', async () => {
  await withPhone(phone['dialogue-free'], async ({ page }) => {
    await page.evaluate(() => (globalThis.fake.refuse['contribution.add'] = 'not_saved'));
    await page.getByLabel('Skriv en pointe').fill('Ikke gemt');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.evaluate(() => globalThis.fake.give({ refused: { code: 'damaged' } }));
    await page.getByText('Mødets data på serveren er beskadiget').waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    assert.match(kept, /Ikke gemt/);
  });
});

test('the_question_stands_quietly_in_a_round_and_in_a_decision', async () => {
  const question = 'Hvad hæfter du dig særligt ved, når du ser børnenes svar om frikvarterne?';
  for (const name of ['waiting', 'turn']) {
    await withPhone(phone[name], async ({ page }) => {
      await page.getByText(question).waitFor();
      await page.setViewportSize({ width: 320, height: 568 });
      await page.getByText(question).waitFor();
    });
  }
  const { snapshot } = phone.decision;
  const questions = [
    'Næste?',
    'Handling?',
    'Mål?',
    'Hvem?',
    'Hvilke opgaver er der?',
    'Hvornår?',
    'Til chefen?',
  ];
  const items = snapshot.items.map((item) => ({
    ...item,
    parts: item.parts.map((part) => (part.id === '5a' ? { ...part, questions } : part)),
  }));
  await withPhone({ snapshot: { ...snapshot, items } }, async ({ page }) => {
    await page.locator('.answer.open').getByText('Hvilke opgaver er der?').waitFor();
    await page.locator('.answer', { hasText: 'Tilbagemelding' }).getByText('Til chefen?').waitFor();
  });
});

test('a_pupil_is_skipped_and_a_grown_up_passes', async () => {
  await withPhone(phone['turn-pupil'], async ({ page, sent }) => {
    await page.getByText('••• Mere').click();
    await page.getByRole('button', { name: 'Spring mig over' }).click();
    await soon(async () =>
      assert.deepEqual((await sent('turn.pass'))[0].with, { turn: 6, seat: 6 }),
    );
  });
});

test('a_question_is_answered_within_the_turn_and_none_is_an_ordinary_answer', async () => {
  await withPhone(phone.question, async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Bed om svar', exact: true }).click();
    await page.getByRole('button', { name: 'Intet spørgsmål' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('turn.answer')).map((frame) => frame.with),
        [{ answering: true, turn: 3 }],
      ),
    );
    await soon(async () =>
      assert.deepEqual(
        (await sent('turn.done')).map((frame) => frame.with),
        [{ turn: 3, seat: 4 }],
      ),
    );
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'turn.answering', seat: 1, turn: 3, answering: true }]),
    );
    await page.locator('.floor').getByText('Jonas svarer').waitFor();
  });
  await withPhone(phone.presenter, async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Jeg svarer' }).click();
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'turn.answering', seat: 1, turn: 3, answering: true }]),
    );
    await page.getByText('Farida har spurgt').waitFor();
    await page.getByRole('button', { name: 'Svaret er givet' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('turn.answer')).map((frame) => frame.with.answering),
        [true, false],
      ),
    );
  });
});

test('hands_go_up_and_down', async () => {
  await withPhone(phone['dialogue-free'], async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Ræk hånden op' }).click();
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'hand.raised', seat: 4 }]));
    await page.getByRole('button', { name: 'Tag hånden ned' }).click();
    await soon(async () =>
      assert.deepEqual(
        [(await sent('hand.raise')).length, (await sent('hand.lower')).length],
        [1, 1],
      ),
    );
  });
});

test('a_point_says_what_it_builds_on', async () => {
  await withPhone(phone.spiral, async ({ page, sent }) => {
    await page.getByText('Kobl dig på').click();
    await page.getByText('Vi ved ikke, hvem man må spørge').click();
    await page.getByLabel('Skriv en pointe').fill('Legevagter ved, hvem der må spørges');
    await page.getByRole('button', { name: 'Vis på tavlen' }).first().click();
    await soon(async () =>
      assert.deepEqual((await sent('contribution.add'))[0].with.builds_on, [
        '00000000-0000-4000-8000-000000000003',
      ]),
    );
  });
});

test('what_a_point_builds_on_can_be_said_afterwards', async () => {
  const { snapshot } = phone.spiral;
  const mine = {
    id: '00000000-0000-4000-8000-000000000040',
    seat: 4,
    part: '4c',
    lap: 2,
    text: 'Legevagter',
    builds_on: ['00000000-0000-4000-8000-000000000001'],
  };
  await withPhone(
    { snapshot: { ...snapshot, contributions: [...snapshot.contributions, mine] } },
    async ({ page, sent }) => {
      await page.getByRole('button', { name: 'Ret' }).click();
      await page.locator('.points .pick').getByText('De store tager banen hver dag').click();
      await page.getByRole('button', { name: 'Gem', exact: true }).click();
      await becomes(async () => {
        const { text, builds_on } = (await sent('contribution.edit'))[0].with;
        return [text, builds_on];
      }, [
        'Legevagter',
        ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'],
      ]);
    },
  );
});

test('two_at_a_phone_say_whose_point_it_is', async () => {
  await withPhone({ ...phone['dialogue-free'], seats: [6, 7] }, async ({ page, sent }) => {
    await page.locator('main .tabs').getByRole('button', { name: 'Elev B' }).click();
    await page.getByLabel('Skriv en pointe').fill('Der er for meget larm');
    await page.getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'contribution.add'),
    );
    await soon(async () => assert.equal((await sent('contribution.add'))[0].with.seat, 7));
  });
});

test('two_at_a_phone_have_a_hand_each_and_are_ready_together', async () => {
  await withPhone({ ...phone['dialogue-free'], seats: [6, 7] }, async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Elev B: Ræk hånden op' }).click();
    await soon(async () => assert.deepEqual((await sent('hand.raise'))[0].with, { seat: 7 }));
  });
  await withPhone(phone['shared-writing'], async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Vi er klar' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('ready.set')).map((frame) => frame.with),
        [
          { ready: true, seat: 6 },
          { ready: true, seat: 7 },
        ],
      ),
    );
  });
});

test('two_at_a_phone_take_it_together_and_say_when_they_go', () =>
  withPhone(phone['lobby-two'], async ({ page }) => {
    await page.getByLabel('Vi tager den sammen').check();
    await page.getByLabel('Vi skal gå kl.').fill('20:30');
    await page.waitForFunction(
      () =>
        /** @type {any} */ (globalThis).fake.sent.filter((each) => each.do?.startsWith('seat.'))
          .length === 3,
    );
    const sent = await page.evaluate(() =>
      /** @type {any} */ (globalThis).fake.sent
        .filter((each) => each.do?.startsWith('seat.'))
        .map((each) => [each.do, each.with]),
    );
    assert.deepEqual(sent, [
      ['seat.together', { seat: 6, together: true }],
      ['seat.leaves', { seat: 6, leaves: '20:30' }],
      ['seat.leaves', { seat: 7, leaves: '20:30' }],
    ]);
  }));

test('a_suggestion_stays_with_its_question_when_another_is_opened', async () => {
  await withPhone(phone.decision, async ({ page, sent }) => {
    const group = page.locator('.answers > div', { hasText: 'Skolens handling' });
    await group.getByText('Foreslå').click();
    await group.getByLabel('Dit forslag').pressSequentially('Voksne, der');
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'decision.opened', answer: 'follow_up' }]),
    );
    await page.locator('.first', { hasText: 'Hvornår følger vi op?' }).waitFor();
    await page.keyboard.type(' åbner kasserne');
    await becomes(() => page.locator('details.pick[open]').count(), 1);
    await becomes(() => group.getByLabel('Dit forslag').inputValue(), 'Voksne, der åbner kasserne');
    await becomes(
      () =>
        page.evaluate(() => {
          const top = (each) => each.getBoundingClientRect().top;
          return (
            Math.min(...Array.from(document.querySelectorAll('.answers > div'), top)) ===
            top(document.querySelector('.first'))
          );
        }),
      true,
      'it stands above the others',
    );
    await group.getByRole('button', { name: 'Send' }).click();
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'contribution.add'),
    );
    await soon(async () =>
      assert.deepEqual((await sent('contribution.add'))[0].with, {
        text: 'Voksne, der åbner kasserne',
        seat: 4,
        part: '5a',
        answer: 'action',
      }),
    );
  });
});

test('whoever_suggested_something_reads_that_it_was_taken_in_and_nobody_else_does', async () => {
  const snapshot = structuredClone(phone['decision-taken'].snapshot);
  const [whole] = snapshot.decision.answers;
  snapshot.decision.answers = [];
  await withPhone({ snapshot }, async ({ page }) => {
    const mine = page.locator('li', { hasText: 'Legekasser' });
    await mine.getByRole('button', { name: 'Ret' }).waitFor();
    assert.equal(await page.getByText('Taget med').count(), 0);
    await page.evaluate(
      (answer) => globalThis.fake.tell([{ fact: 'decision.changed', ...answer }]),
      whole,
    );
    await mine.getByRole('status').getByText('Taget med i svaret').waitFor();
    assert.equal(await page.getByText('Taget med').count(), 1);
  });
});

test('own_points_of_a_retrospect_can_be_mended_until_they_are_shown', async () => {
  await withPhone(phone.retrospect, async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Ret' }).click();
    await page.getByLabel('Ret').fill('At alle blev hørt');
    await page.getByRole('button', { name: 'Gem' }).first().click();
    await soon(async () =>
      assert.deepEqual((await sent('contribution.edit'))[0].with, {
        contribution: '00000000-0000-4000-8000-000000000030',
        text: 'At alle blev hørt',
      }),
    );
    await page.getByLabel('Skriv her').first().fill('Tempoet');
    await page.getByRole('button', { name: 'Gem' }).first().click();
    await soon(async () =>
      assert.deepEqual((await sent('contribution.add'))[0].with, {
        text: 'Tempoet',
        seat: 4,
        part: '6a',
        box: 'worked_well',
      }),
    );
  });
});

test('whoever_is_ready_has_sent_what_stands_in_the_boxes', async () => {
  await withPhone(phone.retrospect, async ({ page, sent }) => {
    await page.getByLabel('Skriv her').nth(0).fill('Alle kom til orde');
    await page.getByLabel('Skriv her').nth(1).fill('For lidt tid til data');
    await page.getByRole('button', { name: 'Jeg er klar' }).click();
    await page.waitForFunction(
      () => globalThis.fake.sent.filter((frame) => frame.do === 'contribution.add').length === 2,
    );
    await soon(async () =>
      assert.deepEqual(
        (await sent('contribution.add')).map((frame) => [frame.with.box, frame.with.text]),
        [
          ['worked_well', 'Alle kom til orde'],
          ['adjust', 'For lidt tid til data'],
        ],
      ),
    );
    await soon(async () =>
      assert.deepEqual(
        (await sent('ready.set')).map((frame) => frame.with.ready),
        [true],
      ),
    );
    await becomes(() => page.getByLabel('Skriv her').nth(1).inputValue(), '');
  });
});

test('what_was_written_and_not_sent_when_the_points_were_shown_stays_and_can_be_kept', async () => {
  await withPhone(phone.retrospect, async ({ page, sent }) => {
    await page.getByLabel('Skriv her').nth(1).fill('For lidt tid til data');
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'retro.shown', part: '6a', points: [] }]),
    );
    const box = page.locator('.said');
    await box.getByText('Det her kom ikke med på tavlen').waitFor();
    await box.getByText('For lidt tid til data').waitFor();
    await box.getByRole('button', { name: 'Gem i mine noter' }).click();
    await page.waitForFunction(() =>
      globalThis.fake.sent.some((frame) => frame.do === 'note.save'),
    );
    await soon(async () =>
      assert.deepEqual(
        (await sent('note.save')).map((frame) => [frame.with.part, frame.with.text]),
        [['6a', 'For lidt tid til data']],
      ),
    );
    await gone(box);
    await page.locator('.drawer > summary').click();
    await becomes(() => page.locator('.drawer textarea').inputValue(), 'For lidt tid til data');
  });
  await withPhone(phone.retrospect, async ({ page }) => {
    await page.getByLabel('Skriv her').first().fill('Alle kom til orde');
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'meeting.closed' }]));
    await page.locator('.said').getByText('Alle kom til orde').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Hent det, jeg har skrevet' }).click(),
    ]);
    assert.match(readFileSync(await download.path(), 'utf8'), /Alle kom til orde/);
  });
});

test('in_a_presentation_round_the_speaker_s_phone_says_so_and_the_hint_reaches_it', async () => {
  await withPhone(phone.intro, async ({ page }) => {
    await page.getByText('Læg telefonen').waitFor();
    await gone(page.locator('.floor'));
    await page.evaluate(
      (now) =>
        globalThis.fake.tell([
          { fact: 'turn.ended', seat: 2, turn: 2 },
          { fact: 'turn.began', seat: 4, turn: 3, lap: 1, until: now + 15000 },
        ]),
      T0,
    );
    await page.locator('.floor').getByText('Din tur').waitFor();
    await becomes(
      () => page.locator('.floor span').allTextContents(),
      ['Læg telefonen fra dig, og sig, hvem du er'],
    );
    await gone(page.getByText('taler'));
    await gone(page.locator('.clock, [data-do=done]'));
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'hint.given', seat: 4, turn: 3 }]));
    await page.locator('.floor').getByText('rund gerne af').waitFor();
  });
});

test('a_hint_fills_the_screen_of_whoever_presents_until_it_is_touched_and_may_come_again', async () => {
  await withPhone(phone['talk-hint'], async (shown) => {
    const { page } = shown;
    await play(shown, phone['talk-hint']);
    const flood = page.getByRole('alert').getByRole('button', { name: 'Rund gerne af' });
    await flood.waitFor();
    assert.deepEqual(await flood.boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
    const letters = await flood
      .locator('b')
      .evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize));
    assert.ok(letters >= 72, `to be read from a table: ${letters}`);
    await flood.click();
    await gone(flood);
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'hint.given', seat: 1 }]));
    await flood.waitFor();
    await page.keyboard.press('Escape');
    await gone(flood);
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'hint.given', seat: 1 }]));
    await flood.waitFor();
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'part.ended', part: '3a', used: 904_000 }]),
    );
    await gone(flood);
  });
});

test('a_hint_goes_by_itself_and_says_at_a_shared_phone_whom_it_means', async () => {
  const { snapshot } = phone.turn;
  const shared = { ...snapshot, notes: [], now: { ...snapshot.now, speaker: 6 } };
  await withPhone({ seats: [6, 7], snapshot: shared }, async ({ page }) => {
    await page.locator('.floor').click();
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'vibrate', { value: (it) => (globalThis.buzzed = it) });
      globalThis.fake.tell([{ fact: 'hint.given', seat: 6, turn: 5 }]);
    });
    const flood = page.locator('.flood');
    await flood.waitFor();
    const { name } = snapshot.seats.find(({ seat }) => seat === 6);
    assert.equal(await flood.locator('span').textContent(), name);
    assert.deepEqual(await page.evaluate(() => globalThis.buzzed), [400, 200, 400]);
    await flood.waitFor({ state: 'detached', timeout: 20_000 });
    await page.locator('.floor').getByText('rund gerne af').waitFor();
  });
});

test('nobody_else_reads_how_long_somebody_has_spoken_beyond_the_time', async () => {
  const over = (name, ms) => {
    const { snapshot, ...rest } = phone[name];
    const now = { ...snapshot.now, until: T0 - ms, part_until: T0 - ms };
    return { ...rest, snapshot: { ...snapshot, now } };
  };
  const clocks = ({ page }) => page.locator('.clock').innerText();
  await withPhone(phone['talk-over'], async (it) =>
    assert.match(await clocks(it), /^0:00\s+tilbage$/),
  );
  await withPhone(over('talk-mine', 304_000), async (it) => {
    await it.page.locator('.page:not(.dusk)').waitFor();
    assert.match(await clocks(it), /^\+5:0\d\s+over tiden$/);
  });
  const speaking = over('dialogue', 12_000);
  speaking.snapshot.now.speaker = 2;
  await withPhone(speaking, async (it) => assert.match(await clocks(it), /^0:00\s+tilbage$/));
  // What all do together is nobody's.
  await withPhone(over('reflection', 12_000), async (it) =>
    assert.match(await clocks(it), /^\+0:1\d\s+over tiden$/),
  );
});

test('a_pause_says_until_when_how_long_still_and_that_it_is_over', async () => {
  for (const [name, words] of [
    ['paused', /^Vi holder pause – uret står stille$/],
    ['paused-lasted', /^Vi holder pause – uret står stille\s+Pausen har varet 12 min$/],
    ['paused-until', /^Tilbage kl\.\s\d+\.\d\d\s+3 min tilbage af pausen$/],
    ['paused-over', /^Vi begynder igen nu$/],
  ])
    await withPhone(phone[name], async ({ page }) =>
      assert.match((await page.locator('.strip').innerText()).trim(), words, name),
    );
});

// tests/README.md, row 51
test('what_people_write_is_only_text', async () => {
  const evil = '<img src=x onerror="globalThis.hurt=1"><script>globalThis.hurt=1</script>${1}';
  const { snapshot } = phone.dialogue;
  const seats = snapshot.seats.map((seat) => ({ ...seat, name: evil }));
  const contributions = snapshot.contributions.map((each) => ({ ...each, text: evil }));
  await withPhone({ snapshot: { ...snapshot, seats, contributions } }, async ({ page }) => {
    await page.getByText('onerror').first().waitFor();
    await becomes(() => page.evaluate(() => globalThis.hurt), undefined);
    await gone(page.locator('img'));
  });
});

test('my_task_goes_to_the_calendar_and_my_notes_home', async () => {
  await withPhone(phone.closed, async ({ page }) => {
    const file = async (name) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name }).click(),
      ]);
      return readFileSync(await download.path(), 'utf8');
    };
    const event = await file('Læg i kalender');
    assert.match(event, /DTSTART;VALUE=DATE:20270514\r\n/);
    assert.match(event, /SUMMARY:Legevagter i indskolingen på plads\r\n/);
    assert.match(
      await file('Hent det, jeg har skrevet'),
      /Frikvarteret efter spisning skiller sig ud\./,
    );
    await page.getByRole('status').getByText('Det, du har skrevet, er hentet').waitFor();
  });
});

test('the_minutes_are_fetched_at_the_end_with_the_phone_s_own_token', async () => {
  await withPhone(phone.closed, async (shown) => {
    const { page } = shown;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Hent referat' }).click(),
    ]);
    assert.equal(
      download.suggestedFilename(),
      'referat-skoleudviklingssamtale-alle-med-i-frikvarteret.html',
    );
    assert.equal(
      readFileSync(await download.path(), 'utf8'),
      `?edition=participants&format=html Bearer ${'A'.repeat(43)}`,
    );
    await page.getByRole('status').getByText('Referatet er hentet').waitFor();
    await page.route('**/minutes?*', (route) => route.fulfill({ status: 403, body: '' }));
    await page.getByRole('button', { name: 'Hent referat' }).click();
    await page.getByRole('alert').getByText('Det gik ikke').waitFor();
    assert.equal(await page.getByText('Referatet er hentet').count(), 0);
    await page.unroute('**/minutes?*');
    await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Hent referat' }).click(),
    ]);
    await page.getByText('Det gik ikke').waitFor({ state: 'detached' });
    shown.errors.length = 0; // The browser says aloud what the server said.
  });
});

test('whoever_is_ready_reads_it_and_can_take_it_back', async () => {
  for (const [name, part] of [
    ['reflection', '4a'],
    ['retrospect', '6a'],
  ]) {
    await withPhone(phone[name], async ({ page, sent }) => {
      const tell = (ready) =>
        page.evaluate(
          ([is, id]) =>
            globalThis.fake.tell([{ fact: 'ready.changed', seat: 4, part: id, ready: is }]),
          /** @type {[boolean, string]} */ ([ready, part]),
        );
      await page.getByRole('button', { name: 'Jeg er klar' }).focus();
      await page.keyboard.press('Enter');
      assert.equal(
        await page.getByText('Du er klar').count(),
        0,
        'nothing is said that the server has not heard',
      );
      await tell(true);
      await page.getByRole('status').getByText('Du er klar').waitFor();
      await page.keyboard.press('Enter');
      await tell(false);
      await page.getByRole('button', { name: 'Jeg er klar' }).waitFor();
      assert.equal(await page.getByText('Du er klar').count(), 0);
      assert.deepEqual(
        (await sent('ready.set')).map((frame) => frame.with.ready),
        [true, false],
      );
    });
  }
});

test('at_the_end_everybody_is_thanked_by_name', async () => {
  await withPhone(phone.closed, async ({ page }) =>
    page.getByRole('heading', { name: 'Tak for i dag, Farida', exact: true }).waitFor(),
  );
  await withPhone({ ...phone.closed, seats: [6, 7] }, async ({ page }) =>
    page.getByRole('heading', { name: 'Tak for i dag, Elev A og Elev B', exact: true }).waitFor(),
  );
});

test('a_fresh_phone_at_a_meeting_that_is_over_is_told_so_and_gets_no_form', async () => {
  await withPhone(phone.over, async ({ page }) => {
    await page.getByText('Mødet er slut, og denne telefon var ikke med').waitFor();
    await gone(page.locator('form, button'));
  });
});

test('the_time_is_said_at_a_minute_and_never_each_second', async () => {
  const at = async (seconds) => {
    let said;
    const { snapshot } = phone.turn;
    await withPhone(
      { snapshot: { ...snapshot, now: { ...snapshot.now, until: T0 + seconds * 1000 } } },
      async ({ page }) => {
        said = await page.locator('p.vh').textContent();
      },
    );
    return said;
  };
  assert.deepEqual(
    [await at(100), await at(58), await at(30), await at(12), await at(-2), await at(-30)],
    ['', '1 minut tilbage', '', '15 sekunder tilbage', 'Tiden er gået – rund stille af', ''],
  );
});

test('the_floor_can_be_handed_on_by_keyboard_alone', async () => {
  await withPhone(phone.turn, async ({ page, sent }) => {
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      if (
        await page.evaluate(
          () => /** @type {HTMLElement} */ (document.activeElement).dataset.do === 'done',
        )
      )
        break;
    }
    await page.keyboard.press('Enter');
    await soon(async () => assert.equal((await sent('turn.done')).length, 1));
  });
});

test('every_word_is_english_on_the_english_page', async () => {
  for (const name of ['join', 'waiting', 'turn', 'closed']) {
    await withPhone(
      phone[name],
      async ({ page }) => assert.equal(await page.locator('html').getAttribute('lang'), 'en'),
      { locale: 'en' },
    );
  }
  const flat = (locale) =>
    Object.entries(JSON.parse(readFileSync(join(web, `locale/${locale}.json`), 'utf8'))).flatMap(
      ([section, texts]) => Object.keys(texts).map((key) => `${section}.${key}`),
    );
  assert.deepEqual(flat('en').sort(), flat('da').sort());
});

test('the_field_that_a_press_asks_for_has_the_cursor_and_can_be_seen_with_the_keyboard_up', async () => {
  const { snapshot } = phone.dialogue;
  const cases = {
    turn: [phone['turn-over'], (page) => page.getByRole('button', { name: 'Skriv' })],
    'turn with notes': [phone.turn, (page) => page.getByRole('button', { name: 'Ret' })],
    decision: [phone.decision, (page) => page.getByText('Foreslå').nth(6)],
    'point of mine': [{ snapshot }, (page) => page.getByRole('button', { name: 'Ret' })],
  };
  for (const size of [
    { width: 390, height: 844 },
    { width: 320, height: 568 },
  ]) {
    for (const [name, [fixture, asks]] of Object.entries(cases)) {
      await withPhone(
        fixture,
        async ({ page }) => {
          const look = () =>
            page.evaluate(() => {
              const { top, bottom } = document.activeElement.getBoundingClientRect();
              const x = innerWidth / 2;
              const seen = (y) => document.elementFromPoint(x, y) === document.activeElement;
              return [document.activeElement.localName, seen(top + 10), seen(bottom - 10)];
            });
          await asks(page).click();
          assert.deepEqual(await look(), ['textarea', true, true], name);
          await page.keyboard.type('Ja');
          assert.match(await page.locator('textarea:focus').inputValue(), /Ja$/);
          await page.setViewportSize({ ...size, height: Math.round(size.height * 0.56) });
          await page.waitForTimeout(60);
          assert.deepEqual(await look(), ['textarea', true, true], `${name}, with the keyboard`);
        },
        size,
      );
    }
  }
});

test('of_an_empty_field_nothing_is_said_to_be_saved', async () => {
  await withPhone(phone['reflection-empty'], async ({ page }) => {
    await page.getByText('Skriv ikke navne').first().waitFor();
    assert.equal(await page.getByText('Gemt').count(), 0);
    await page.locator('textarea').fill('Legekasser');
    await page.getByText('✓ Gemt').waitFor();
  });
});
