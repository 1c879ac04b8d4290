// The phone for who is heard least: who will see a text is said before it is sent, what a press does
// stands on it and can be taken back, and each of two at a phone is told apart.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { T0, phone } from './fixtures/phone.js';
import { axeSource, built, launch, settled, test } from './support/browser.js';
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
  });
  const shown = await openPhone(context, { gen, fixture, ...options });
  await play(shown, fixture);
  await use({
    ...shown,
    context,
    tell: (facts) => shown.page.evaluate((all) => globalThis.fake.tell(all), facts),
    sent: async (name) =>
      (await shown.page.evaluate(() => globalThis.fake.sent))
        .filter((frame) => frame.do === name)
        .map((frame) => frame.with),
  });
  assert.deepEqual(shown.errors, []);
  await context.close();
}
const round = phone.turn.snapshot;
const ended = [
  { fact: 'turn.ended', seat: 4, turn: 7 },
  { fact: 'turn.began', seat: 5, turn: 8, lap: 1, until: T0 + 120000 },
];

test('under_each_field_stands_who_will_see_it_and_when', async () => {
  const all = 'Alle kan se det med det samme, og det står i referatet med navnet Farida.';
  const box =
    'Ingen andre ser det, før alle får det vist, uden navn. Så kan det ikke tages tilbage.';
  for (const [name, words, count] of /** @type {[string, string, number][]} */ ([
    ['dialogue-free', all, 1],
    ['spiral', all, 1],
    ['summary', all, 1],
    ['decision', `${all} Bliver det til svaret, står det der uden navn.`, 7],
    ['retrospect', box, 3],
    ['reflection', 'Andre ser dem kun, hvis du selv viser dem.', 1],
    [
      'pairs-two',
      'Kun I to kan se det, indtil det bliver vist på tavlen. Så står det der og i referatet',
      1,
    ],
  ]))
    await withPhone(phone[name], async ({ page }) => {
      await becomes(() => page.locator('main').getByText(words).count(), count, name);
      // Each field of the screen stands in a form or a section that says it.
      const unsaid = await page.evaluate(
        () =>
          [...document.querySelectorAll('main textarea')].filter(
            (each) => !/se det|ser de/.test(each.closest('form, section').textContent),
          ).length,
      );
      assert.equal(unsaid, 0, name);
    });
});

test('no_two_controls_of_a_screen_have_one_name', async () => {
  for (const name of ['retrospect', 'decision', 'decision-taken', 'summary', 'retrospect-missed'])
    await withPhone(phone[name], async ({ page }) => {
      const names = await page.evaluate(() =>
        [...document.querySelectorAll('.page :is(button, summary, textarea)')]
          .map(
            (each) =>
              `${each.localName} ${each.getAttribute('aria-label') ?? (each['labels']?.[0] ?? each).textContent}`,
          )
          .map((each) => each.replace(/\s+/g, ' ').trim())
          .sort(),
      );
      assert.ok(names.length > 1 && names.every(Boolean), name);
      assert.deepEqual(names, [...new Set(names)], name);
    });
});

test('notes_are_offered_for_the_board_after_the_turn_and_the_press_says_what_it_does', async () => {
  const offer = /Vis mine 3 noter på tavlen/;
  for (const name of ['notes', 'intro', 'talk', 'lobby'])
    await withPhone({ ...phone[name], open: undefined }, async ({ page }) => {
      await page.locator('.drawer > summary').click();
      await page.locator('.drawer textarea').waitFor();
      assert.equal(await page.getByRole('button', { name: /på tavlen/ }).count(), 0, name);
    });
  await withPhone({ snapshot: round }, async ({ page, tell }) => {
    await tell(ended);
    await page.getByRole('button', { name: offer }).waitFor();
    await page.getByLabel('Frikvarteret efter spisning').first().check();
    await page.getByRole('button', { name: 'Vis 1 af 3 på tavlen' }).waitFor();
  });
});

test('what_was_shown_by_one_press_is_taken_back_by_another_for_some_seconds', async () => {
  await withPhone({ snapshot: round }, async ({ page, tell, sent }) => {
    await page.clock.install();
    await tell(ended);
    await page.getByRole('button', { name: /Vis mine 3/ }).click();
    await page.getByRole('status').getByText('3 noter er vist på tavlen').waitFor();
    await page.locator('.dusk .receipt').waitFor();
    await page.evaluate(axeSource);
    assert.deepEqual(
      await page.evaluate(async () => {
        const only = { runOnly: ['color-contrast'] };
        const { violations } = await globalThis.axe.run(document, only);
        return violations.flatMap(({ nodes }) => nodes.map((each) => each.html));
      }),
      [],
      'what a press has done is to be read also while others speak',
    );
    await page.getByRole('button', { name: 'Fortryd' }).click();
    await soon(async () => assert.equal((await sent('contribution.withdraw')).length, 3));
    const ids = await page.evaluate(() =>
      globalThis.fake.sent.filter((frame) => frame.do === 'note.share').map(({ id }) => id),
    );
    assert.deepEqual(
      (await sent('contribution.withdraw')).map((each) => each.contribution),
      ids,
    );
    await gone(page.getByRole('button', { name: 'Fortryd' }));
  });
  await withPhone({ snapshot: round }, async ({ page, tell }) => {
    await tell(ended);
    await page.clock.install();
    await page.getByRole('button', { name: /Vis mine 3/ }).click();
    await page.getByRole('button', { name: 'Fortryd' }).waitFor();
    await page.clock.runFor(11000);
    await page.getByRole('button', { name: 'Fortryd' }).waitFor({ state: 'detached' });
  });
});

test('a_note_that_is_being_written_as_the_item_changes_is_written_to_its_end', async () => {
  await withPhone(
    { snapshot: { ...phone.talk.snapshot, notes: [] } },
    async ({ page, tell, sent }) => {
      await page.locator('.drawer > summary').click();
      await page.locator('.drawer textarea').focus();
      await page.keyboard.type('Hvem sva');
      await tell([
        { fact: 'part.ended', part: '3a', used: 60000 },
        { fact: 'part.began', part: '4a', until: T0 + 120000 },
      ]);
      await page.getByText('Hvad hæfter du dig').first().waitFor();
      await page.keyboard.type('rede ikke?');
      await becomes(() => page.locator('textarea').inputValue(), 'Hvem svarede ikke?');
      await page.getByRole('button', { name: 'Jeg er klar' }).focus();
      await becomes(() => page.locator('textarea').inputValue(), '');
      await soon(async () => {
        const saved = new Map((await sent('note.save')).map((each) => [each.note, each]));
        assert.deepEqual(
          [...saved.values()].map(({ text, part }) => [text, part]),
          [['Hvem svarede ikke?', '3b']],
        );
      });
    },
  );
});

test('a_text_that_was_not_sent_by_the_end_is_copied_fetched_or_deleted', async () => {
  const fixture = { ...phone.closed, texts: { '4:6a:adjust': 'For lidt tid til data' } };
  await withPhone(fixture, async ({ page, context }) => {
    const box = page.locator('.said');
    await box.getByText('Det følger med, når du henter det, du har skrevet.').waitFor();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {});
    await page.evaluate(() => {
      globalThis.copied = [];
      document.addEventListener('copy', () =>
        globalThis.copied.push(`${getSelection()}` || document.activeElement['value']),
      );
    });
    await box.getByRole('button', { name: 'Kopiér' }).click();
    await becomes(() => page.evaluate(() => globalThis.copied), ['For lidt tid til data']);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Hent det, jeg har skrevet' }).click(),
    ]);
    assert.match(readFileSync(await download.path(), 'utf8'), /For lidt tid til data/);
    await box.getByRole('button', { name: 'Slet' }).click();
    await gone(box);
  });
});

test('of_two_at_a_phone_each_is_told_apart', async () => {
  const waiting = {
    ...round,
    now: { ...round.now, speaker: 5, queue: [6, 7, 8], heard: [1, 2, 3, 4] },
  };
  await withPhone({ seats: [6, 7], snapshot: { ...waiting, notes: [] } }, async ({ page }) => {
    await page.getByRole('heading', { name: 'Elev A: Du er den næste' }).waitFor();
    assert.deepEqual(await page.locator('.ring text').allTextContents(), ['EA', 'EB']);
  });
  await withPhone(phone['shared-writing'], async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Vi er klar' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('ready.set')).map(({ seat, ready }) => [seat, ready]),
        [
          [6, true],
          [7, true],
        ],
      ),
    );
  });
});

test('between_the_private_words_of_two_at_a_phone_there_are_two_presses', async () => {
  const notes = [
    { note: '00000000-0000-4000-8000-000000000061', seat: 6, part: '4a', text: 'As hemmelighed' },
    { note: '00000000-0000-4000-8000-000000000071', seat: 7, part: '4a', text: 'Bs hemmelighed' },
  ];
  const secret = { A: /As hemmelighed/, B: /Bs hemmelighed/ };
  const values = (page) =>
    page.evaluate(
      () =>
        document.body.innerText +
        [...document.querySelectorAll('textarea')].map(({ value }) => value).join('\n'),
    );
  const tab = (page, name) => page.locator('.tabs').first().getByRole('button', { name });
  const { snapshot } = phone['shared-writing'];
  await withPhone({ seats: [6, 7], snapshot: { ...snapshot, notes } }, async ({ page }) => {
    await page.getByText('Er det dig, Elev A?').waitFor();
    assert.doesNotMatch(await values(page), /hemmelighed/);
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.getByRole('textbox', { name: 'Elev A skriver her' }).waitFor();
    assert.match(await values(page), secret.A);
    await tab(page, 'Elev B').click();
    await page.getByText('Er det dig, Elev B?').waitFor();
    assert.doesNotMatch(await values(page), /hemmelighed/);
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.getByRole('textbox', { name: 'Elev B skriver her' }).waitFor();
    assert.doesNotMatch(await values(page), secret.A);
    await tab(page, 'Elev A').click();
    await page.getByText('Er det dig, Elev A?').waitFor();
    assert.doesNotMatch(await values(page), /hemmelighed/);
  });
  // The floor comes to the other one: what is theirs stays covered until they say so.
  await withPhone({ ...phone.shared, press: ['mine'] }, async ({ page, tell }) => {
    await page.getByRole('button', { name: 'Skriv', exact: true }).waitFor();
    await tell([
      { fact: 'turn.began', seat: 7, turn: 8, queue: [8, 9], until: 1e9, part_until: 2e9 },
    ]);
    await page.getByText('Er det dig, Elev B?').waitFor();
  });
  // The boxes of a retrospect: each reads their own alone until all are shown.
  await withPhone(phone['shared-retrospect'], async ({ page, sent }) => {
    await page.getByText('At alle kom til orde').waitFor();
    assert.doesNotMatch(await values(page), /Stilheden/);
    await tab(page, 'Elev B').click();
    await page.getByText('Er det dig, Elev B?').waitFor();
    assert.doesNotMatch(await values(page), /At alle kom|Stilheden/);
    await page.getByRole('button', { name: 'Ja, det er mig' }).click();
    await page.getByText('Stilheden før runden').waitFor();
    await page.getByLabel('Skriv her: Hvad kan justeres?').fill('Mere tid');
    await page.getByRole('button', { name: 'Gem: Hvad kan justeres?' }).click();
    await soon(async () => assert.equal((await sent('contribution.add')).at(-1).seat, 7));
  });
});

test('two_at_a_phone_press_under_their_names', async () => {
  await withPhone(phone['shared-dialogue'], async ({ page }) => {
    await page.getByText('Elev A: Du er den næste').waitFor();
    await page.getByText('Elev B: Du er nr. 2').waitFor();
    await page.locator('.points b', { hasText: 'Elev A' }).waitFor();
  });
  await withPhone(phone['shared-decision'], async ({ page, sent }) => {
    await page.locator('.points b', { hasText: 'Elev B' }).waitFor();
    const first = page.locator('.answers .pick').first();
    await first.getByRole('button', { name: 'Elev B' }).click();
    await first.getByText('med navnet Elev B').waitFor();
    await first.locator('textarea').fill('En legebank');
    await first.getByRole('button', { name: /^Send/ }).click();
    await soon(async () => assert.equal((await sent('contribution.add')).at(-1).seat, 7));
  });
});

test('in_a_later_lap_the_task_and_what_to_build_on_are_seen', async () => {
  for (const size of [{}, { width: 320, height: 568 }])
    await withPhone(
      { ...phone.spiral, open: undefined },
      async ({ page }) => {
        await page.getByText('Kobl jer på det, der er sagt').waitFor();
        const summary = page.getByText('Kobl dig på en pointe (3)');
        const footer = await page.locator('footer').boundingBox();
        const { y, height } = await summary.boundingBox();
        assert.ok(y + height <= footer.y, `${y + height} of ${footer.y}`);
      },
      size,
    );
});

test('a_pass_is_not_said_to_be_seen_by_nobody', async () => {
  await withPhone(phone['turn-more'], ({ page }) =>
    page.getByText('Kun mødelederen ser det nu, og ingen bagefter.').waitFor(),
  );
});

test('what_has_no_answer_is_soon_said_to_have_no_connection', async () => {
  await withPhone(
    phone['reflection-empty'],
    async ({ page }) => {
      await page.clock.install();
      await page.locator('textarea').fill('Legekasser');
      await page.clock.runFor(1000);
      await page.getByText('Gemmer …').waitFor();
      await page.clock.runFor(3000);
      await page.getByText('Ingen forbindelse.').waitFor();
      await page.getByText('Gemt på telefonen.').waitFor();
    },
    { deaf: true },
  );
});

test('a_name_is_mended_and_the_meeting_left_and_come_back_to', async () => {
  await withPhone({ ...phone['dialogue-free'], press: ['look'] }, async ({ page, tell, sent }) => {
    await page.getByText('Ret navn eller funktion').click();
    await page.getByLabel('Navn', { exact: true }).fill('Farida B.');
    await page.locator('[data-do=rename] button').click();
    await becomes(
      () => sent('seat.change'),
      [{ seat: 4, name: 'Farida B.', function: 'Skolebestyrelse' }],
    );
    await tell([{ fact: 'seat.changed', seat: 4, name: 'Farida B.' }]);
    await page.locator('header').getByText('Farida B.').first().waitFor();
    await page.getByText('Forlad mødet', { exact: true }).click();
    await page.getByRole('button', { name: 'Forlad mødet nu' }).click();
    await soon(async () => assert.equal((await sent('seat.change')).at(-1).presence, 'left'));
    await tell([{ fact: 'seat.changed', seat: 4, presence: 'left' }]);
    await page.getByRole('heading', { name: 'Du har forladt mødet' }).waitFor();
    await page.getByRole('button', { name: 'Tilbage til mødet' }).click();
    await soon(async () => assert.equal((await sent('seat.change')).at(-1).presence, 'here'));
  });
});

test('at_the_end_it_is_said_what_is_kept_and_the_phone_can_forget_it', async () => {
  await withPhone(phone.closed, async ({ page }) => {
    await page.getByText('Mødet slettes').first().waitFor();
    await page.getByText('slettes fra serveren et døgn efter mødet').waitFor();
    await page.getByText('Slet mødet på denne telefon').click();
    await page.getByRole('button', { name: 'Slet', exact: true }).click();
    await page.getByText('Der er intet møde med den kode').waitFor();
    const { seats, drafts, texts } = await page.evaluate(whatIsKept);
    assert.deepEqual([seats, drafts, texts], [[], {}, {}]);
  });
});

test('in_forced_colours_my_turn_has_the_colour_of_what_is_chosen', async () => {
  await withPhone({ snapshot: round }, async ({ page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    const [mine, chosen, around] = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.cssText = 'forced-color-adjust:none;background:Highlight';
      const colourOf = (each) => getComputedStyle(each).backgroundColor;
      return [document.querySelector('.floor'), probe, document.querySelector('.page')].map(
        colourOf,
      );
    });
    assert.equal(mine, chosen);
    assert.notEqual(mine, around);
  });
});

test('two_fields_and_the_buttons_below_them_never_cover_each_other_on_a_small_phone', async () => {
  await withPhone(
    phone['reflection-empty'],
    async ({ page }) => {
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await settled(page);
      const field = await page.locator('textarea').boundingBox();
      const footer = await page.locator('footer').boundingBox();
      assert.ok(field.y + field.height <= footer.y, 'the field is clear of the button');
      assert.ok(field.height >= 100, `${field.height}`);
    },
    { width: 320, height: 568 },
  );
});
