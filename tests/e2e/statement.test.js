// statement.test.js -- /privatliv and /tilgaengelighed as people meet them: in both languages, by day and
// in the dark, on a small phone, filled in and not, and whatever is filled in.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { axeSource } from '../web/support/browser.js';
import { browser, server as serve, shots, sizes } from './browser.js';

const PAGES = ['privatliv', 'tilgaengelighed'];
const FILLED = {
  unsaid: [],
  said: [
    ...['--organisation', 'Nordby Kommune', '--contact', 'skole@nordby.example, 12 34 56 78'],
    ...['--dpo', 'dpo@nordby.example', '--reviewed', '2026-05-09'],
  ],
  hostile: [
    ...['--organisation', '<img src=x onerror=alert(1)>\u202eNordby', '--reviewed', '2026-05-09'],
    ...['--contact', `${'W'.repeat(600)}</p><h1>`, '--dpo', '{organisation}'],
  ],
};

/** What axe finds: WCAG 2.2 A and AA, EN 301 549, good practice. */
const faults = (page) =>
  page.evaluate(async () =>
    (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations.map((each) => [
      each.id,
      each.nodes[0].html,
    ]),
  );

for (const [name, flags] of Object.entries(FILLED))
  test(`the_statements_can_be_read_by_everybody_${name}`, { timeout: 300000 }, async () => {
    const it = await serve(...flags);
    const chrome = await browser();
    for (const path of PAGES)
      for (const lang of ['da', 'en']) {
        const page = await chrome.open(`${it.url}/${path}?lang=${lang}`, sizes.phone);
        await page.evaluate(axeSource);
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await faults(page), [], `${path} ${lang} ${colorScheme}`);
          await page.screenshot({
            path: join(shots, `${path}-${name}-${lang}-${colorScheme}.png`),
            fullPage: true,
          });
        }
        for (const width of [390, 320]) {
          await page.setViewportSize({ width, height: 568 });
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${path} is ${wide} at ${width}`);
        }
        // What nobody has filled in can be seen; what somebody has is words.
        const marks = await page.locator('mark').count();
        assert.equal(marks > 0, name === 'unsaid', `${marks} marks`);
        assert.equal(await page.locator('h1').count(), 1);
        assert.equal(await page.locator('img').count(), 0);
        await page.context().close();
      }
    assert.deepEqual(chrome.trouble, []);
    await chrome.close();
    await it.stop();
  });
