// What people do on the planning page, in a browser: by mouse, by finger, by keyboard alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { moments } from './fixtures/start.js';
import { built, launch, test } from './support/browser.js';
import { CODE, openStart } from './support/start.js';

const gen = built('start');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function on(name, use, more = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...(more.timezoneId && { timezoneId: more.timezoneId }),
  });
  const moment = { ...moments[name], ...more };
  const shown = await openStart(context, { gen, ...moment });
  const titles = (item) =>
    shown.page.locator('.item').nth(item).locator('.part-name .title').allInnerTexts();
  const kept = () => shown.page.evaluate(() => JSON.parse(localStorage['runde.drafts'])[0]);
  await shown.page.locator(moment.wait).first().waitFor();
  await moment.act?.(shown.page);
  await use({ ...shown, titles, kept });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

const focused = (page) => page.evaluate(() => document.activeElement.id);

test('sums and ends follow each letter, and nothing else changes', async () => {
  await on('plan', async ({ page, kept }) => {
    await page.locator('#f-starts').fill('09:00');
    await page.locator('#f-items-3-parts-3-minutes').fill('20');
    await soon(async () =>
      assert.match(
        await page.locator('.item').nth(3).locator('.sum').innerText(),
        /^47 af 45 min: 2 over/,
      ),
    );
    await soon(async () =>
      assert.match(await page.locator('.side').innerText(), /Kl\. 9\.00–11\.00/),
    );
    await soon(async () =>
      assert.match(
        await page.locator('.side').innerText(),
        /Delpunkterne tager 122 min: 2 min for meget\. I slutter ca\. 11\.02\./,
      ),
    );
    await becomes(async () => {
      const { minutes, parts } = (await kept()).agenda.items[3];
      return [minutes, parts[3].minutes];
    }, [45, 20]);
  });
});

test('forty-two of forty-five is told with the ways there are; one of them is a press, and undo takes it back', async () => {
  await on('plan', async ({ page }) => {
    const item = page.locator('.item').nth(3);
    await soon(async () =>
      assert.match(
        await item.locator('.sum').innerText(),
        /^42 af 45 min: 3 min luft\s*47 med det valgfrie$/,
      ),
    );
    await item.getByRole('button', { name: 'Tag Opsummering med (5 min)' }).click();
    await soon(async () =>
      assert.match(await item.locator('.sum').innerText(), /^47 af 45 min: 2 over/),
    );
    assert.deepEqual(await item.locator('.ways button').allInnerTexts(), [
      'Forkort Fri dialog: 15 → 13 min',
      'Udelad Opsummering',
      'Lån af Beslutning (Fælles drøftelse bliver kortere): 30 → 28 min',
      'Gør punktet længere: 45 → 47 min',
    ]);
    await item.getByRole('button', { name: /Lån af/ }).click();
    await soon(async () => assert.match(await item.locator('.sum').innerText(), /^47 af 47 min/));
    await soon(async () =>
      assert.match(await page.locator('.item').nth(4).locator('.sum').innerText(), /^28 af 28 min/),
    );
    await page.locator('.tools').getByRole('button', { name: 'Fortryd' }).click();
    await page.locator('.tools').getByRole('button', { name: 'Fortryd' }).click();
    await soon(async () => assert.match(await item.locator('.sum').innerText(), /^42 af 45 min/));
    await page.locator('.tools').getByRole('button', { name: 'Gentag' }).click();
    await soon(async () => assert.match(await item.locator('.sum').innerText(), /^47 af 45 min/));
  });
});

test('time for each is told for six to fourteen and for a number of one’s own, and warned of when it is too short', async () => {
  await on('plan', async ({ page }) => {
    const row = page.locator('.side tbody tr').nth(5);
    await becomes(
      () => row.locator('td').allInnerTexts(),
      ['4:10', '3:07', '2:30', '2:05', '1:47'],
    );
    await page.locator('.own input').fill('40');
    await becomes(
      () => page.locator('.item').nth(3).locator('.each').first().innerText(),
      '0:37 til hver\n– for kort',
    );
    await soon(async () =>
      assert.match(
        await page.locator('.side').innerText(),
        /Refleksioner på skift: med 40 ved bordet bliver turen kortere end 45 sek\./,
      ),
    );
  });
});

test('a part is moved by keys alone, over the edge of its item, and the focus goes with it', async () => {
  await on('plan', async ({ page, titles }) => {
    await page.locator('#handle-3b').focus();
    await page.keyboard.press('ArrowDown');
    await becomes(() => titles(2), ['Præsentation af data']);
    await soon(async () => assert.equal((await titles(3))[0], 'Opklarende spørgsmål'));
    await becomes(() => focused(page), 'handle-3b');
    await becomes(
      () => page.locator('[aria-live=polite]').innerText(),
      'Opklarende spørgsmål er nu nr. 1 i Refleksion over data',
    );
    await page.keyboard.press('ArrowDown');
    await soon(async () => assert.equal((await titles(3))[1], 'Opklarende spørgsmål'));
    await page.locator('#handle-i7').focus();
    await page.keyboard.press('ArrowUp');
    await becomes(() => page.locator('#f-items-5-title').inputValue(), 'Tak for i dag');
    await becomes(() => focused(page), 'handle-i7');
  });
});

async function dragTo(page, handle, target) {
  const from = await page.locator(handle).boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  const to = await page.locator(target).boundingBox();
  await page.mouse.move(to.x + 40, to.y + 4, { steps: 4 });
}

test('a part is dragged to another item, with a line where it would land; Escape leaves it', async () => {
  await on('plan', async ({ page, titles }) => {
    await page.locator('.item').nth(2).scrollIntoViewIfNeeded();
    await dragTo(page, '#handle-3b', '.item:nth-child(2) .part:first-child');
    await becomes(() => page.locator('.part.before').count(), 1);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await becomes(() => titles(2), ['Præsentation af data', 'Opklarende spørgsmål']);
    await dragTo(page, '#handle-3b', '.item:nth-child(2) .part:first-child');
    await page.mouse.up();
    await becomes(() => titles(1), ['Opklarende spørgsmål', 'Rammesætning']);
    await becomes(() => titles(2), ['Præsentation af data']);
    await page.locator('.done').getByRole('button', { name: 'Fortryd' }).click();
    await becomes(() => titles(2), ['Præsentation af data', 'Opklarende spørgsmål']);
  });
});

test('what is wrong is listed with links to its fields, and sent only when it is right', async () => {
  await on('plan_wrong', async ({ page, posted }) => {
    await becomes(() => focused(page), 'told-wrong');
    await becomes(
      () => page.locator('.summary a').allInnerTexts(),
      [
        'Punkt 1, titlen: Mangler.',
        'Punkt 2, minutterne: Højst 480.',
        'Punkt 3, delpunkt 1, minutterne: Skriv et helt tal.',
      ],
    );
    await page.locator('.summary a').last().click();
    await becomes(() => focused(page), 'f-items-2-parts-0-minutes');
    await becomes(
      () => page.locator('#f-items-2-parts-0-minutes').getAttribute('aria-invalid'),
      'true',
    );
    assert.equal(posted.length, 0);
    await page.locator('#f-items-2-parts-0-minutes').fill('10');
    await page.locator('#f-items-1-minutes').fill('5');
    await page.locator('#f-items-0-title').fill('Velkommen');
    await gone(page.locator('.summary'));
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    assert.equal(posted[0].body.agenda.items[0].title, 'Velkommen');
    assert.deepEqual(Object.keys(posted[0].body), ['agenda', 'zone']);
  });
});

test('by which clocks the hour is meant is asked where they are not those of here', async () => {
  const makes = async (page) => {
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
  };
  await on('plan', async ({ page }) => gone(page.locator('#f-zone')));
  const away = { timezoneId: 'Asia/Tokyo' };
  await on(
    'plan',
    async ({ page, posted }) => {
      assert.equal(await page.getByLabel('Klokken er').inputValue(), 'Asia/Tokyo');
      await makes(page);
      assert.equal(posted[0].body.zone, 'Asia/Tokyo');
    },
    away,
  );
  await on(
    'plan',
    async ({ page, posted }) => {
      await page
        .getByLabel('Klokken er')
        .selectOption({ label: 'Centraleuropæisk tid (Europe/Copenhagen)' });
      await makes(page);
      assert.equal(posted[0].body.agenda.zone, 'Europe/Copenhagen');
      assert.equal('zone' in posted[0].body, false);
    },
    away,
  );
});

test('what the server finds wrong stands at its field until it is changed', async () => {
  const answers = {
    'POST /api/meetings': [400, { code: 'bad_field', field: 'agenda.items.3.parts.1.questions.0' }],
  };
  await on(
    'plan',
    async ({ page }) => {
      await page.locator('.finish .go').click();
      await page.locator('.summary a').click();
      await becomes(() => focused(page), 'f-items-3-parts-1-questions');
      await soon(async () =>
        assert.match(
          await page.locator('#f-items-3-parts-1-questions-e').innerText(),
          /Serveren tog ikke imod/,
        ),
      );
      await page.keyboard.type('x');
      await gone(page.locator('.summary'));
    },
    { answers },
  );
});

test('figures and seats go to the meeting when it is made, one after the other', async () => {
  await on('plan_figures', async ({ page }) => {
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    const sent = () =>
      page.evaluate(() =>
        globalThis.fake.sent.filter((frame) => frame.do).map((frame) => [frame.do, frame.with]),
      );
    await becomes(sent, [
      ['data.put', { kind: 'link', title: 'Trivselsmåling', url: 'https://eksempel.dk/trivsel' }],
      [
        'data.put',
        {
          kind: 'table',
          title: 'Bedste sted i pausen',
          csv: 'Sted;Andel\nSkolegård;16 %\nKlasse;40 %',
          chart: 'bar',
        },
      ],
      ['seat.add', { name: 'Mette', function: 'Skoleleder', device: 'none', awaited: true }],
      ['seat.add', { name: 'Elevråd', function: 'Elevråd', device: 'none', awaited: true }],
    ]);
    await becomes(() => page.evaluate(() => JSON.parse(localStorage['runde.drafts'])), []);
  });
});

test('a table from a file is shown as it was written, and a file that is no text changes nothing', async () => {
  await on('plan_figures', async ({ page }) => {
    const file = (name, buffer) => ({ name, mimeType: 'text/csv', buffer });
    const csv = page.locator('#f-data-1-csv');
    const cells = () => page.locator('.preview tbody td').allInnerTexts();
    await becomes(cells, ['Skolegård', '16 %', 'Klasse', '40 %']);
    await page.locator('#csv-file-1').setInputFiles(file('a.xlsx', Buffer.from([80, 75, 3, 4, 0])));
    await page.getByText('Det er et regneark.').first().waitFor();
    await becomes(() => csv.inputValue(), 'Sted;Andel\nSkolegård;16 %\nKlasse;40 %');
    const danish = 'sep=;\r\nÅrgang;Snit;\r\nØvrige;7,0;\r\nFå;<5;\r\n';
    await page.locator('#csv-file-1').setInputFiles(file('a.csv', Buffer.from(danish, 'latin1')));
    await becomes(cells, ['Øvrige', '7,0', 'Få', '<5']);
    await becomes(() => page.locator('.preview thead th').allInnerTexts(), ['Årgang', 'Snit']);
    await becomes(() => page.getByText('Det er et regneark.').count(), 0);
  });
});

test('what did not get to the meeting is said', async () => {
  await on('plan_figures', async ({ page }) => {
    await page.evaluate(() => (globalThis.fake.refuse['data.put'] = { code: 'full' }));
    await page.locator('.finish .go').click();
    await page.getByText('ikke alle data og pladser kom med').waitFor();
  });
});

test('the links stand there while the figures are still on their way', async () => {
  await on('plan_figures', async ({ page }) => {
    await page.evaluate(() => {
      globalThis.WebSocket = /** @type {any} */ (
        class {
          send() {}
          close() {}
        }
      );
    });
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    const kept = await page.evaluate(() => JSON.parse(localStorage['runde.meetings']));
    assert.match(kept[0].links.console, /#/);
    assert.equal(await page.evaluate(() => JSON.parse(localStorage['runde.drafts']).length), 1);
  });
});

test('a reload loses no letter', async () => {
  await on('plan', async ({ page }) => {
    await page.locator('#f-focus').fill('Hvordan bliver flere en del af legen?');
    await page.reload();
    await page.locator('.item').first().waitFor();
    await becomes(
      () => page.locator('#f-focus').inputValue(),
      'Hvordan bliver flere en del af legen?',
    );
    await soon(async () =>
      assert.match(await page.locator('.checks').innerText(), /Læringsfokus er et spørgsmål/),
    );
  });
});

test('what is not in order before the meeting is said, and no more once it is', async () => {
  await on('plan', async ({ page }) => {
    const warned = () => page.locator('.checks .warn').allInnerTexts();
    const day = (days) => {
      // The browser's zone, in which it may be tomorrow already.
      const it = new Date(Date.now() + days * 86400000);
      return it.toLocaleDateString('sv-SE', { timeZone: 'Europe/Copenhagen' });
    };
    await page.locator('#f-focus').fill('Pausen. Hvad nu?');
    await page.locator('#f-date').fill(day(3));
    await soon(async () => {
      assert.match((await warned())[0], /ikke ét spørgsmål/);
      assert.match((await warned()).at(-1), /kun 3 dage til mødet/);
    });
    await page.locator('#f-focus').fill('Hvordan bliver pausen bedre?');
    await page.getByLabel(/Data og læringsfokus er sendt ud/).check();
    await soon(async () => assert.doesNotMatch((await warned()).join(), /ét spørgsmål|dage/));
    const before = (await warned()).length;
    await page.locator('#f-items-0-minutes').fill('1');
    await soon(async () => {
      assert.ok((await warned()).length >= before);
      assert.match((await warned()).join(), /Punkt 1 går ikke op/);
    });
  });
});

test('a file is saved with the agenda and what is planned beside it', async () => {
  await on('plan_over', async ({ page, kept }) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Gem som fil' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'skoleudviklingssamtale-2026-05-12.json');
    assert.deepEqual(JSON.parse(readFileSync(await download.path(), 'utf8')), {
      version: 1,
      ...(await kept()).agenda,
      plan: { people: 14 },
    });
  });
});

test('everything of a part can be set: method, text, questions, and what the method asks', async () => {
  await on('plan_part', async ({ page, kept }) => {
    const form = page.locator('.part-form:not([hidden])');
    await form.getByLabel('Korteste taletid').fill('30');
    await form.getByLabel('Antal runder').fill('3');
    await form.getByLabel('Første rundes andel').fill('50');
    await form.getByLabel('Rækkefølge').selectOption('volunteers');
    await form.getByLabel('Mødelederen får også en tur').uncheck();
    await form.getByLabel('Spørgsmål').fill('Hvad hørte du?\nHvad vil du bygge videre på?\n');
    await form.getByLabel('Beskyttet, når mødet er bagefter').check();
    await becomes(async () => (await kept()).agenda.items[3].parts[2], {
      id: '4c',
      method: 'spiral',
      title: 'Spiralsamtale',
      text: 'Først en runde, hvor alle bliver hørt. Så en runde, hvor vi kobler os på hinandens pointer.',
      optional: true,
      shares: '4b',
      laps: 3,
      responsible: ['PUF-konsulent'],
      turn_min: 30000,
      first_lap: 50,
      start: 'volunteers',
      facilitator_turn: false,
      questions: ['Hvad hørte du?', 'Hvad vil du bygge videre på?'],
      protected: true,
    });
    await form.getByLabel('Metode').selectOption('dialogue');
    await soon(async () => assert.equal((await kept()).agenda.items[3].parts[2].laps, undefined));
    await gone(form.getByLabel('Antal runder'));
  });
});

test('items and parts are added, copied and removed, and undo brings back what was removed', async () => {
  await on('plan', async ({ page, titles }) => {
    await page.getByRole('button', { name: 'Tilføj et punkt' }).click();
    await becomes(() => focused(page), 'f-items-7-title');
    await page.keyboard.type('Evaluering');
    await page.locator('#add-8').selectOption('reflection');
    await becomes(() => focused(page), 'f-items-7-parts-1-title');
    await becomes(() => titles(7), ['Oplæg', 'Individuel refleksion']);
    await page.locator('.item').nth(7).locator('.more').click();
    await page.getByRole('button', { name: 'Fjern punktet' }).click();
    await becomes(() => page.locator('.item').count(), 7);
    await page.locator('.done').getByRole('button', { name: 'Fortryd' }).click();
    await becomes(() => page.locator('#f-items-7-title').inputValue(), 'Evaluering');
  });
});

test('what came from last time is shown, can be left, and goes along', async () => {
  await on('plan_carried', async ({ page, posted }) => {
    await soon(async () =>
      assert.match(
        await page.locator('#carried-h').innerText(),
        /^Med fra Skoleudviklingssamtale, 20\. november 2025$/,
      ),
    );
    await soon(async () =>
      assert.match(await page.locator('.carried li').first().innerText(), /Peter · 1\. marts/),
    );
    await page.getByRole('button', { name: 'Lad det ligge: Lidt mere tid til dialogen' }).click();
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    assert.deepEqual(
      posted[0].body.agenda.carried.map(({ kind }) => kind),
      ['task', 'carry_forward'],
    );
    assert.equal(posted[0].body.agenda.from_date, '2025-11-20');
  });
});

test('what is asked before the meeting is demanded, goes along, and is put among the data', async () => {
  await on('plan_asked', async ({ page, posted }) => {
    const checks = page.locator('.checks');
    const tests = page.getByRole('group', { name: 'Noget særligt ved testene?' });
    await checks.getByText('Svar ja eller nej: Noget særligt ved testene?').waitFor();
    await tests.getByText('Ja', { exact: true }).click();
    await checks.getByText('Skriv, hvordan I håndterer det: Noget særligt').waitFor();
    await page.locator('#f-before-0-text').fill('Læsebånd');
    await page.locator('#f-before-1-text').fill('Flere voksne ude');
    await checks.getByText('Alle spørgsmål er besvaret').waitFor();
    await tests.getByRole('button', { name: 'Læg blandt mødets data' }).click();
    await tests.getByText('Ligger blandt mødets data').waitFor();
    assert.equal(
      await page.locator('#f-data-0-text').inputValue(),
      'Ja. Sådan håndterer vi det: Læsebånd',
    );
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    assert.deepEqual(
      posted[0].body.agenda.before.map(({ ask, ...it }) => it),
      [
        { id: 'tests', yes_no: true, yes: true, text: 'Læsebånd' },
        { id: 'now', text: 'Flere voksne ude' },
      ],
    );
  });
});

test('an agenda is edited while the meeting waits, and its figures with it', async () => {
  await on('lobby', async ({ page }) => {
    await soon(async () => assert.match(await page.locator('h1').innerText(), /K7QM-4XPR/));
    await page.locator('#f-title').fill('Alle med i legen');
    await page.getByRole('button', { name: 'Tilføj et link' }).click();
    await page.locator('#f-data-0-title').fill('Tal');
    await page.locator('#f-data-0-url').fill('https://eksempel.dk');
    await page.getByRole('button', { name: 'Gem ændringerne' }).click();
    await page.getByText('Ændringerne er gemt').waitFor();
    const sent = await page.evaluate(() => globalThis.fake.sent.filter((frame) => frame.do));
    assert.deepEqual(
      sent.map((frame) => frame.do),
      ['agenda.change', 'data.put'],
    );
    assert.equal(sent[0].with.agenda.title, 'Alle med i legen');
    assert.equal(sent[0].with.base, 1, 'made of the agenda as it was at that number');
    await becomes(
      () => page.evaluate(() => localStorage['runde.drafts'] ?? null),
      null,
      'a meeting’s agenda is no draft',
    );
  });
});

test('a meeting that began meanwhile says so, and keeps what was typed on the screen', async () => {
  await on('lobby', async ({ page }) => {
    await page.evaluate(
      () => (globalThis.fake.refuse['agenda.change'] = { code: 'already_started' }),
    );
    await page.locator('#f-title').fill('For sent');
    await page.getByRole('button', { name: 'Gem ændringerne' }).click();
    await page.getByText('Mødet er begyndt').waitFor();
    await becomes(() => page.locator('#f-title').inputValue(), 'For sent');
    await becomes(() => page.locator('.finish .go').isDisabled(), true);
  });
});

test('what another has changed meanwhile is not overwritten unasked, and what was typed stays', async () => {
  await on('lobby', async ({ page }) => {
    const change = () => page.getByRole('button', { name: 'Gem ændringerne' }).click();
    const bases = () =>
      page.evaluate(() =>
        globalThis.fake.sent
          .filter((frame) => frame.do === 'agenda.change')
          .map((frame) => frame.with.base),
      );
    await page.evaluate(() => {
      globalThis.fake.refuse['agenda.change'] = { code: 'text_changed' };
      globalThis.fake.seq = 14;
    });
    await page.locator('#f-title').fill('Min udgave');
    await change();
    await page.getByText('En anden har ændret planen').waitFor();
    assert.equal(await page.locator('#f-title').inputValue(), 'Min udgave');
    await page.evaluate(() => delete globalThis.fake.refuse['agenda.change']);
    await change();
    await page.getByText('Ændringerne er gemt').waitFor();
    assert.deepEqual(await bases(), [1, 14]);
  });
});

test('a link that is no good says so', async () => {
  await on(
    'lobby',
    async ({ page }) => {
      await soon(async () => assert.match(await page.locator('.error').innerText(), /nøgle/));
    },
    {
      answers: { [`GET /api/meetings/${CODE}/agenda`]: [401, { code: 'wrong_key', field: null }] },
      wait: '.error',
    },
  );
});
