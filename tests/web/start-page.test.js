// The start page and the planning page in a browser, under their CSP: every state looked at, and
// what people do there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { keptFile, moments } from './fixtures/start.js';
import { axeSource, built, launch, test } from './support/browser.js';
import { CODE, KEY, openStart, ORIGIN } from './support/start.js';

const gen = built('start');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A page in one of its states; closed again after `use`. */
async function at(name, use, { width = 1440, height = 900, locale = 'da', ...more } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    ...more,
  });
  const moment = typeof name === 'string' ? moments[name] : name;
  const shown = await openStart(context, { gen, locale, ...moment });
  if (moment.wait) await shown.page.locator(moment.wait).first().waitFor();
  await moment.act?.(shown.page);
  await use(shown);
  assert.deepEqual(shown.errors, []);
  await context.close();
}

const complaints = async (page) => {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document, {
      runOnly: [
        'wcag2a',
        'wcag2aa',
        'wcag21a',
        'wcag21aa',
        'wcag22aa',
        'EN-301-549',
        'best-practice',
      ],
      resultTypes: ['violations'],
    });
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`,
    );
  });
};

// tests/README.md, row 53
test('every state: axe finds nothing in either theme or with forced colours, and nothing is wider than the screen', async (t) => {
  for (const name of Object.keys(moments)) {
    await t.test(name, async () => {
      await at(name, async ({ page }) => {
        for (const media of [
          { colorScheme: 'light' },
          { colorScheme: 'dark' },
          { colorScheme: 'light', forcedColors: 'active' },
        ]) {
          await page.emulateMedia(/** @type {any} */ (media));
          assert.deepEqual(await complaints(page), [], JSON.stringify(media));
        }
        // Laptop, tablet, phone, and a laptop at four hundred percent.
        for (const [width, height] of [
          [1440, 900],
          [768, 1024],
          [390, 844],
          [320, 256],
        ]) {
          await page.setViewportSize({ width, height });
          const [content, screen] = await page.evaluate(() => [
            document.documentElement.scrollWidth,
            innerWidth,
          ]);
          assert.ok(content <= screen, `at ${width}: ${content}`);
        }
      });
    });
  }
});

test('on a phone what is pressed is large enough for a thumb', async () => {
  for (const name of ['home_many', 'meeting', 'plan', 'plan_part', 'plan_figures']) {
    await at(
      name,
      async ({ page }) => {
        const small = await page.evaluate(() =>
          [...document.querySelectorAll('button, a, select, input, label.chip')]
            .filter(
              (each) =>
                each.getClientRects().length &&
                !each.closest('.chip > *, .picker, .summary') &&
                !/skip|lang/.test(each.className),
            )
            .filter((each) => {
              const { height } = (
                each.closest('label, .tick, .checks li') ?? each
              ).getBoundingClientRect();
              return height < 43.5;
            })
            .map((each) => each.outerHTML.slice(0, 120)),
        );
        assert.deepEqual(small, [], name);
      },
      { width: 390, height: 844 },
    );
  }
});

test('the page that comes first is small, and nothing is asked of anybody else', async () => {
  const budget = 30 * 1024;
  const { gzipSync } = await import('node:zlib');
  for (const file of readdirSync(join(gen, 'pages')).filter((each) =>
    /^start\..*html$/.test(each),
  )) {
    assert.ok(gzipSync(readFileSync(join(gen, 'pages', file))).length <= budget, file);
  }
  await at('plan', async ({ page }) => {
    const hosts = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
    );
    assert.deepEqual([...new Set(hosts)], ['runde.test']);
  });
});

test('a code in any case, with or without its dash, leads to the meeting; another one says why not', async () => {
  await at('home', async ({ page }) => {
    await page.locator('#code').fill('k7qm4xpr');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/m/K7QM-4XPR');
  });
  for (const [pasted, place] of [
    ['Kode: K7QM-4XPR', '**/m/K7QM-4XPR'],
    ['https://runde.skole.dk/m/k7qm4xpr.', '**/m/K7QM-4XPR'],
    [`<http://x/console/K7QM-4XPR#${'k'.repeat(43)}>`, `**/console/K7QM-4XPR#${'k'.repeat(43)}`],
  ])
    await at('home', async ({ page }) => {
      await page.locator('#code').fill(pasted);
      await page.keyboard.press('Enter');
      await page.waitForURL(place);
    });
  await at('home_code_wrong', async ({ page }) => {
    await becomes(() => page.evaluate(() => document.activeElement.id), 'code');
    await soon(async () =>
      assert.match(await page.locator('#code-wrong').innerText(), /hverken 0, 1, I, L eller O/),
    );
  });
});

test('an address whose code is none is this page, with the code to mend', async () => {
  await at({ hash: 'm/K7QM-4XP0%20' }, async ({ page }) => {
    assert.equal(await page.locator('#code').inputValue(), 'K7QM-4XP0');
    assert.match(await page.locator('#code-wrong').innerText(), /hverken 0, 1, I, L eller O/);
    assert.deepEqual(await complaints(page), []);
    await page.locator('#code').fill('K7QM-4XPR');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/m/K7QM-4XPR');
  });
});

test('a meeting as the template has it is one press, and its page copies links without a clipboard API', async () => {
  await at('home', async ({ page, posted }) => {
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.getByRole('button', { name: 'Opret det, som det er' }).click();
    await page.locator('.ready').waitFor();
    assert.deepEqual(
      posted.map(({ body }) => body),
      [{ template: 'skoleudviklingssamtale', locale: 'da', zone: 'Europe/Copenhagen' }],
    );
    assert.equal(new URL(page.url()).hash, '#K7QM-4XPR');
    await page.evaluate(() =>
      document.addEventListener(
        'copy',
        () =>
          (globalThis.copied =
            getSelection().toString() || /** @type {any} */ (document.activeElement).value),
      ),
    );
    await page.getByRole('button', { name: 'Kopiér linket: Tavlen' }).click();
    await soon(async () =>
      assert.match(await page.evaluate(() => globalThis.copied), /\/board\/K7QM-4XPR#A{43}$/),
    );
    await becomes(
      () => page.getByRole('button', { name: 'Kopieret: linket Tavlen' }).innerText(),
      'Kopieret',
    );
    await page.goBack();
    await page.locator('.recent').waitFor();
    await soon(async () => assert.match(await page.locator('.recent').innerText(), /K7QM-4XPR/));
  });
});

test('the page of a meeting advises what helps before it, during it and after it', async () => {
  const before = /indkaldelsen|På dagen|Dagsordenen kan rettes/;
  await at('meeting', async ({ page }) => {
    await page.getByText('Send deltagerlinket i indkaldelsen').waitFor();
    await page.locator('img.qr').waitFor();
  });
  for (const state of ['running', 'paused'])
    await at(
      {
        ...moments.meeting_running,
        answers: { [`GET /api/meetings/${CODE}`]: [200, { code: CODE, state, title: 'Alle med' }] },
      },
      async ({ page }) => {
        await page.getByText('Mødet er i gang', { exact: true }).waitFor();
        assert.doesNotMatch(await page.locator('.steps').innerText(), before);
        assert.equal(await page.locator('img.qr').count(), 1, 'who is late still comes in');
      },
    );
  await at('meeting_over', async ({ page }) => {
    await page.getByText('Mødet er slut', { exact: true }).waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), before);
    assert.equal(await page.locator('img.qr').count(), 0);
    assert.equal(await page.locator('.big-code').count(), 0);
    const first = page.locator('.go').first();
    assert.equal(await first.innerText(), 'Læs referatet');
    assert.match(await first.getAttribute('href'), /\/minutes\/K7QM-4XPR#/);
  });
  await at('lobby_closed', async ({ page }) => {
    await page.getByText('Mødet er slut. Dagsordenen kan ikke rettes mere.').waitFor();
  });
});

test('who plans the next meeting from its minutes comes back to them, also where it is refused first', async () => {
  for (const template of ['', '/opfoelgende-samtale'])
    await at({ hash: `minutes/${CODE}#${KEY}` }, async ({ page }) => {
      const wait = await page.evaluate(() => history.length);
      let answer;
      await page.route('**/agenda*', async (route) => {
        await new Promise((done) => (answer = done));
        await route.fallback();
      });
      await page.goto(`${ORIGIN}/#${CODE}.${KEY}/next${template}`);
      await page.getByText('Henter dagsordener …').waitFor();
      assert.equal(await page.locator('.ready').count(), 0, 'it is no page of the meeting');
      await becomes(() => Boolean(answer), true);
      answer();
      await page.locator('.item').first().waitFor();
      assert.match(page.url(), /#draft\//);
      assert.equal(await page.evaluate(() => history.length), wait + 1);
      await page.goBack();
      await page.waitForURL(`**/minutes/${CODE}#${KEY}`);
      await page.goForward();
      await page.locator('.item').first().waitFor();
      assert.equal(
        await page.evaluate(() => JSON.parse(localStorage['runde.drafts']).length),
        1,
        'it is not planned twice',
      );
    });
  await at({ hash: `minutes/${CODE}#${KEY}` }, async ({ page }) => {
    await page.route('**/agenda*', (route) => route.abort());
    await page.goto(`${ORIGIN}/#${CODE}.${KEY}/next`);
    await page.locator('.error + .ready-head').waitFor();
    await page.goBack();
    await page.waitForURL(`**/minutes/${CODE}#${KEY}`);
  });
});

test('who goes elsewhere while the next meeting is fetched is not taken to its plan', async () => {
  await at({ hash: '' }, async ({ page }) => {
    let answer;
    await page.route('**/agenda*', async (route) => {
      await new Promise((done) => (answer = done));
      await route.fallback();
    });
    await page.evaluate((hash) => (location.hash = hash), `${CODE}.${KEY}/next`);
    await becomes(() => Boolean(answer), true);
    await page.goBack();
    const came = page.waitForResponse('**/agenda*');
    answer();
    await (await came).finished();
    await page.getByRole('button', { name: 'Opret det, som det er' }).waitFor();
    assert.equal(new URL(page.url()).hash, '');
    assert.equal(await page.evaluate(() => localStorage['runde.drafts']), undefined);
  });
});

test('a key in the address may be a leader’s: it opens the minutes, and is handed on as no link', async () => {
  for (const state of ['lobby', 'running', 'closed'])
    for (const next of ['', '/next'])
      await at(
        {
          hash: `#${CODE}.${KEY}${next}`,
          answers: {
            [`GET /api/meetings/${CODE}`]: [200, { code: CODE, state, title: 'Alle med' }],
            [`GET /api/meetings/${CODE}/agenda`]: [503, { code: 'busy', field: null }],
          },
          wait: '.steps',
        },
        async ({ page }) => {
          const main = page.locator('main');
          assert.doesNotMatch(await main.innerText(), /Styring|styring/);
          const values = await main
            .locator('input')
            .evaluateAll((all) => all.map((each) => /** @type {any} */ (each).value));
          assert.deepEqual(values, [`${ORIGIN}/m/${CODE}`]);
          const hrefs = await main
            .locator('a')
            .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
          const opens = { lobby: [`#${CODE}.${KEY}/plan`], closed: [`/minutes/${CODE}#${KEY}`] };
          assert.deepEqual(
            hrefs.filter((href) => href.includes(KEY)),
            opens[state] ?? [],
          );
        },
      );
});

test('a page that stood open through the meeting sees that it is over', async () => {
  await at('meeting', async ({ page }) => {
    await page.getByText('Send deltagerlinket i indkaldelsen').waitFor();
    await page.route(`**/api/meetings/${CODE}`, (route) =>
      route.fulfill({ json: { code: CODE, state: 'closed', title: 'Alle med i frikvarteret' } }),
    );
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByText('Mødet er slut', { exact: true }).waitFor();
    assert.equal(await page.getByText('indkaldelsen').count(), 0);
    // Without a connection what is known stands.
    await page.route(`**/api/meetings/${CODE}`, (route) => route.abort());
    const asked = page.waitForEvent('requestfailed');
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await asked;
    assert.equal(await page.locator('.error').count(), 0);
    await page.getByText('Mødet er slut', { exact: true }).waitFor();
  });
});

test('a saved plan that is read again asks nothing twice', async () => {
  await at('plan_figures', async ({ page }) => {
    await page.getByLabel('14', { exact: true }).check();
    await page.locator('#f-items-0-title').fill('');
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Gem som fil' }).click(),
    ]);
    const file = await saved.path();
    await page.goto('http://runde.test/');
    await page.locator('#file').setInputFiles({
      name: 'plan.json',
      mimeType: 'application/json',
      buffer: readFileSync(file),
    });
    await page.locator('.item').first().waitFor();
    assert.equal(await page.getByLabel('14', { exact: true }).isChecked(), true);
    assert.equal(await page.locator('#f-seats-0-name').inputValue(), 'Mette');
    assert.equal(await page.locator('#f-seats-1-function').inputValue(), 'Elevråd');
    assert.equal(await page.locator('#f-data-0-url').inputValue(), 'https://eksempel.dk/trivsel');
    assert.equal(await page.locator('#f-items-0-title').inputValue(), '');
  });
});

test('a server that asks for a key gets it', async () => {
  await at('home_key', async ({ page, posted }) => {
    await page.locator('#server-key').fill('hemmelig');
    await page.locator('.start .b.big').click();
    await page.waitForFunction(
      () => !document.querySelector('.start .b.big').textContent.includes('…'),
    );
    await becomes(() => posted.at(-1).key, 'Bearer hemmelig');
  });
});

test('a link for the chief of several schools is one press, with the code for leaders beside it', async () => {
  await at('home_chief', async ({ page, posted }) => {
    assert.match(await page.locator('#chief-link').inputValue(), /\/chef#A{43}$/);
    assert.equal(await page.locator('#chief-code').inputValue(), 'WZ2N-7AYJ-99UW-6FJ8');
    assert.deepEqual(posted.at(-1).body, {});
    assert.equal(await page.evaluate(() => document.activeElement.id), 'chief-h');
    await page.getByRole('button', { name: 'Kopiér: Din kode til lederne' }).click();
    await page.locator('.chief').getByText('Kopieret').waitFor();
    // It is kept nowhere: a reload has forgotten it.
    assert.equal(
      await page.evaluate(() => JSON.stringify(localStorage).includes('A'.repeat(43))),
      false,
    );
  });
  const wrong = (status) => ({
    wait: '.template',
    answers: { 'POST /api/chiefs': [status, { code: 'wrong_key', field: null }] },
    act: (page) => page.locator('.chief .b').click(),
  });
  await at(wrong(401), async ({ page, posted }) => {
    await page.locator('.chief .error').waitFor();
    await page.locator('#chief-key').fill('hemmelig');
    await page.locator('.chief .b').click();
    await becomes(() => posted.at(-1).key, 'Bearer hemmelig');
  });
  await at(wrong(403), async ({ page }) => {
    await page.locator('.chief .error').waitFor();
    assert.equal(await page.locator('#chief-key').count(), 0);
  });
});

test('what is forgotten can be had back, and forgetting everything asks first', async () => {
  await at('home_forgotten', async ({ page }) => {
    await gone(page.locator('.recent').getByText('K7QM-4XPR'));
    await page.getByRole('button', { name: 'Fortryd' }).click();
    await becomes(
      () => page.locator('.recent .name').first().innerText(),
      'Alle med i frikvarteret',
    );
  });
  await at('home_asks', async ({ page }) => {
    await page.getByRole('button', { name: 'Glem alt' }).click();
    await page.locator('#gone').waitFor();
    await becomes(() => page.evaluate(() => Object.keys(localStorage)), []);
  });
});

test('a file that is no agenda is told place by place, and one that is becomes a plan', async () => {
  await at('home_file_wrong', async ({ page }) => {
    await becomes(
      () => page.locator('#file-wrong li').allInnerTexts(),
      [
        'Mødet, farve: Kendes ikke.',
        'Punkt 1, titlen: Skriv noget her.',
        'Punkt 1, minutterne: Skriv et helt tal.',
        'Punkt 1, listen af delpunkter: Punktet har ingen delpunkter. Tilføj mindst ét.',
      ],
    );
    const agenda = {
      items: [{ no: 1, title: 'Et', minutes: 5, parts: [{ id: 'a', method: 'talk', minutes: 5 }] }],
    };
    await page.locator('#file').setInputFiles({
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(agenda)),
    });
    await page.locator('.item').waitFor();
    await becomes(() => page.locator('#f-items-0-title').inputValue(), 'Et');
  });
});

test('what was kept of a meeting that is forgotten becomes the next one', async () => {
  await at('plan_kept', async ({ page, posted }) => {
    await becomes(
      () => page.locator('#carried-h').innerText(),
      'Med fra Skoletalk, 20. november 2025',
    );
    const lines = page.locator('.carried li .what');
    await becomes(
      async () => (await lines.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      [
        'Spørge elevrådet Skoleleder I gang De mødes i maj',
        'Lidt mere tid til dialogen',
        'Købe mål Lærer · 1. marts Gjort De står der',
      ],
    );
    await page.locator('.finish .go').click();
    await page.locator('.ready').waitFor();
    const { agenda, from } = posted.at(-1).body;
    assert.equal(from, undefined, 'no server need know the meeting');
    assert.equal(agenda.version, undefined);
    assert.deepEqual(agenda.carried, keptFile.carried);
    assert.deepEqual([agenda.from, agenda.from_date], ['Skoletalk', '2025-11-20']);
  });
});

test('what was kept for next year is named where files are opened', async () => {
  await at('home', async ({ page }) => {
    assert.match(
      await page.locator('#file-hint').innerText(),
      /planlægningen eller gemt til næste år/,
    );
  });
});

test('a meeting that left nothing is named all the same', async () => {
  await at('home', async ({ page }) => {
    const { carried, ...file } = keptFile;
    const buffer = Buffer.from(JSON.stringify(file));
    await page
      .locator('#file')
      .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
    await page.locator('.carried').getByText('Der var intet at tage med.').waitFor();
    assert.match(await page.locator('#carried-h').innerText(), /^Med fra Skoletalk/);
  });
});

test('a kept file that is newer, cut or another says so, and nothing of it is taken', async () => {
  await at('home', async ({ page }) => {
    const whole = JSON.stringify(keptFile);
    for (const [body, words] of [
      [whole.replace('"version":1', '"version":2'), 'Filen er lavet af en nyere udgave af Runde'],
      [whole.slice(0, whole.length / 2), 'Det er ikke en dagsordensfil'],
      ['{"version":1,"lang":"da","of":[]}', 'Kendes ikke.'],
    ]) {
      const buffer = Buffer.from(body);
      await page
        .locator('#file')
        .setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
      await page.locator('#file-wrong').getByText(words).first().waitFor();
      assert.equal(await page.evaluate(() => localStorage['runde.drafts']), undefined);
    }
  });
});

test('an agenda in Windows-1252 keeps its letters, and a file that is no text is said to be none', async () => {
  await at('home', async ({ page }) => {
    const text =
      '{"items":[{"no":1,"title":"Øvelse på gården","minutes":5,"parts":[{"id":"a","method":"talk","minutes":5}]}]}';
    const file = (buffer) => ({ name: 'a.json', mimeType: 'application/json', buffer });
    await page.locator('#file').setInputFiles(file(Buffer.from([0x50, 0x4b, 3, 4, 0, 0])));
    await page.getByText('Det er ikke en dagsordensfil: indholdet kan ikke læses.').waitFor();
    await page.locator('#file').setInputFiles(file(Buffer.from(text, 'latin1')));
    await page.locator('.item').waitFor();
    await becomes(() => page.locator('#f-items-0-title').inputValue(), 'Øvelse på gården');
  });
});

test('a meeting whose script cannot come says so', async () => {
  await at('home', async ({ page }) => {
    await page.route('**/a/*.js', (route) => route.abort());
    await page.getByRole('button', { name: 'Planlæg mødet' }).click();
    await page.getByText('Planlægningen kunne ikke hentes').waitFor();
  });
});
