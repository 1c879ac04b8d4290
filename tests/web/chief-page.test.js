// The page of the chief of several schools in a browser, under its CSP, with a server of the test's
// own. RUNDE_SHOTS=FOLDER keeps pictures of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { becomes, soon } from '../support/soon.js';
import { axeSource, built, launch, test } from './support/browser.js';
import { CODE, shared, TODAY } from './fixtures/chief.js';

const pages = join(built('chief'), 'pages');
const SECRET = 'A'.repeat(43);
const ORIGIN = 'http://runde.test';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/**
 * Opens the page with a server that answers `says`, which the test may change.
 * @param {any} says  what is shared, or a status
 * @param {(it: {page: import('playwright-core').Page, server: {says: any, asked: any[]}}) => Promise<void>} act
 * @param {{locale?: string, hash?: string, size?: {width: number, height: number}, more?: object}} [how]
 */
async function on(says, act, { locale = 'da', hash = SECRET, size = SIZES[0], more = {} } = {}) {
  const context = await browser.newContext({
    viewport: size,
    timezoneId: 'Europe/Copenhagen',
    ...more,
  });
  const page = await context.newPage();
  const server = { says, asked: [] };
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error' && !line.text().startsWith('Failed to load resource'))
      errors.push(line.text());
  });
  await page.clock.setFixedTime(new Date(`${TODAY}T10:00:00+01:00`));
  await page.route(`${ORIGIN}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/chef')
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        headers: {
          'content-security-policy': `${readFileSync(join(pages, `chief.${locale}.csp`), 'utf8')}; connect-src 'self'`,
        },
        body: readFileSync(join(pages, `chief.${locale}.html`), 'utf8'),
      });
    if (pathname !== '/api/chief') return route.fulfill({ status: 404, body: '' });
    server.asked.push(route.request().headers().authorization);
    if (server.says === 'away') return route.abort();
    return typeof server.says === 'number'
      ? route.fulfill({ status: server.says, json: { code: 'x', field: null } })
      : route.fulfill({ json: server.says });
  });
  await page.goto(`${ORIGIN}/chef${hash && `#${hash}`}`);
  await page.waitForSelector('h1');
  await act({ page, server });
  assert.deepEqual(errors, []);
  await context.close();
}

const axe = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  return violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
};

const shot = async (page, name) => {
  const folder = process.env.RUNDE_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `chief-${name}.png`), fullPage: true });
};

const schools = (page) => page.locator('.schools').first().locator('h2').allInnerTexts();

test('however many schools: nothing wrong for assistive technology, nothing wider than the screen', async () => {
  for (const name of Object.keys(shared))
    for (const colorScheme of /** @type {const} */ (
      name === 'three' ? ['light', 'dark'] : ['light']
    ))
      for (const size of SIZES)
        await on(
          shared[name],
          async ({ page }) => {
            await page.getByText(CODE).waitFor();
            for (const details of await page.locator('details').all())
              await details.evaluate((each) => /** @type {any} */ (each.open = true));
            await shot(page, `${name}-${size.width}-${colorScheme}`);
            if (name === 'none' || (name === 'three' && size.width !== 320))
              assert.deepEqual(await axe(page), [], `${name} at ${size.width}, ${colorScheme}`);
            assert.ok(
              await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
              `${name} at ${size.width}`,
            );
          },
          { size, more: { colorScheme } },
        );
});

test('what wants a look comes first, and then schools by name', async () => {
  await on(shared.twelve, async ({ page }) => {
    await page.locator('.card').first().waitFor();
    assert.deepEqual(await schools(page), [
      'Sydhavnsskolen, afdelingen for indskolingsundervisning og skolefritidsordning',
      'Aaskolen',
      'Fjordskolen',
      'Møde uden titel',
      'Ølsted Skole',
      'Bakkeskolen',
      'Dalum Skole',
      'Engskolen',
      'Grønhøj Skole',
      'Havneskolen',
      'Nordskovens Skole',
      'Ådalens Skole',
    ]);
    assert.deepEqual(await page.locator('.card').first().locator('.flags li').allInnerTexts(), [
      '1 opgave er over fristen',
      'Opfølgning om 7 dage',
    ]);
    assert.equal(await page.locator('.earlier .card').count(), 1);
  });
});

test('schools stand side by side on a wide screen, and one below the other on a phone', async () => {
  const lefts = (page) =>
    page
      .locator('.card')
      .evaluateAll((all) => new Set(all.map((each) => each.getBoundingClientRect().left)).size);
  for (const [size, n] of /** @type {[any, number][]} */ ([
    [SIZES[0], 3],
    [SIZES[1], 1],
  ]))
    await on(
      shared.three,
      async ({ page }) => {
        await page.locator('.card').first().waitFor();
        await becomes(() => lefts(page), n);
        if (n === 1) return;
        const tops = await page
          .locator('.next h3')
          .evaluateAll((all) => new Set(all.map((each) => each.getBoundingClientRect().top)).size);
        assert.equal(tops, 1, 'the same row of each');
      },
      { size },
    );
});

test('with no school it says how one gets here, with the code', async () => {
  await on(shared.none, async ({ page, server }) => {
    await page.getByText('Ingen skoler deler endnu').waitFor();
    assert.equal(await page.locator('.code').innerText(), CODE);
    assert.deepEqual(server.asked, [`Bearer ${SECRET}`]);
  });
  await on(
    shared.none,
    async ({ page }) => {
      await page.getByText('No school shares yet').waitFor();
    },
    { locale: 'en' },
  );
});

test('a link that is not whole is told at once, and one that opens nothing when the server has said so', async () => {
  for (const size of SIZES)
    await on(
      shared.one,
      async ({ page, server }) => {
        await page.getByText('Linket virker ikke').waitFor();
        assert.deepEqual(server.asked, []);
        assert.deepEqual(await axe(page), []);
        await shot(page, `refused-${size.width}`);
      },
      { hash: 'short', size },
    );
  await on(401, async ({ page, server }) => {
    await page.getByText('Linket virker ikke').waitFor();
    assert.equal(server.asked.length, 1);
    await page.getByText('Her ser en chef for flere skoler').waitFor();
  });
});

test('who comes without a link reads what the page is, and comes on to the start page', async () => {
  for (const [locale, about, way] of [
    ['da', 'Her ser en chef for flere skoler', 'Til startsiden'],
    ['en', 'Here an area head sees', 'To the start page'],
  ])
    for (const size of SIZES)
      await on(
        shared.one,
        async ({ page, server }) => {
          await page.getByText(about).waitFor();
          assert.equal(await page.getByText(/Linket virker ikke|does not work/).count(), 0);
          const link = page.getByRole('link', { name: way });
          assert.equal(await link.getAttribute('href'), `/?lang=${locale}`);
          assert.ok((await link.boundingBox()).height >= 43.5);
          assert.deepEqual(server.asked, []);
          assert.deepEqual(await axe(page), []);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
          await shot(page, `no-link-${locale}-${size.width}`);
        },
        { hash: '', locale, size },
      );
});

test('without a connection it says so, and keeps what it had with its hour', async () => {
  await on('away', async ({ page, server }) => {
    await page.getByText('Ingen forbindelse til serveren').waitFor();
    assert.deepEqual(await axe(page), []);
    await shot(page, 'offline');
    server.says = shared.one;
    // Pressed at once, or the page has asked again by itself.
    await page.evaluate(() =>
      [...document.querySelectorAll('button')]
        .find((each) => each.textContent.includes('Prøv igen'))
        ?.click(),
    );
    await page.getByText('Nordskovens Skole').waitFor();
    server.says = 'away';
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByText('Her står det, som det var kl. 10.00').waitFor();
    assert.deepEqual(await schools(page), ['Nordskovens Skole']);
    await shot(page, 'stale');
    server.says = shared.one;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await becomes(() => page.locator('.lost').count(), 0);
  });
});

test('what is taken back is gone when the page asks again', async () => {
  await on(shared.one, async ({ page, server }) => {
    await page.getByText('Nordskovens Skole').waitFor();
    server.says = shared.none;
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('Ingen skoler deler endnu').waitFor();
    assert.equal(await page.getByText('Nordskovens Skole').count(), 0);
  });
});

test('whatever people write is shown as written', async () => {
  const evil = '<img src=x onerror=alert(1)> "&amp; </script>';
  const one = structuredClone(shared.one);
  Object.assign(one.meetings[0], { place: evil, focus: evil, title: evil });
  one.meetings[0].answers[0].text = evil;
  one.meetings[0].tasks[0] = { text: evil, owner: evil };
  await on(one, async ({ page }) => {
    await page.locator('.card').waitFor();
    assert.equal(await page.locator('.card h2').innerText(), evil);
    assert.equal(await page.locator('.card img').count(), 0);
  });
});

test('on paper nothing is folded away, and no button stands there', async () => {
  await on(shared.three, async ({ page }) => {
    await page.locator('.card').first().waitFor();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    await soon(async () =>
      assert.ok(await page.getByText('Vi ringer, når vi har spurgt børnene.').first().isVisible()),
    );
    assert.equal(await page.getByRole('button', { name: 'Udskriv' }).isVisible(), false);
    await shot(page, 'print');
  });
});

test('what people wrote stands in the language of its meeting', async () => {
  await on(shared.twelve, async ({ page }) => {
    await page.locator('.card').first().waitFor();
    const card = page.locator('.card', { hasText: 'Ådalens Skole' });
    assert.equal(await card.locator('.focus p').getAttribute('lang'), 'en');
    assert.equal(await page.locator('.card .focus p[lang=da]').count(), 0);
  });
});

test('its first response is small', () => {
  for (const locale of ['da', 'en'])
    assert.ok(
      gzipSync(readFileSync(join(pages, `chief.${locale}.html`)), { level: 9 }).length < 16 * 1024,
    );
});
