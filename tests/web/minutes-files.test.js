// The minutes as a page of their own: valid HTML, and nothing wrong for assistive technology, on a
// screen and on paper.  The pages are those that unit/minutes/minutes_golden_test.c holds.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { axeSource, launch, test } from './support/browser.js';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { HtmlValidate } = require('html-validate');
const folder = new URL('../unit/minutes/golden/', import.meta.url);
const pages = readdirSync(folder)
  .filter((name) => name.endsWith('.html'))
  .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]);

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('every page is valid HTML', async () => {
  const validator = new HtmlValidate({
    root: true,
    extends: ['html-validate:recommended', 'html-validate:document', 'html-validate:a11y'],
    rules: { 'doctype-style': ['error', { style: 'lowercase' }] },
  });
  assert.ok(pages.length >= 4);
  for (const [name, html] of pages) {
    const report = await validator.validateString(html, name);
    assert.deepEqual(
      report.results.flatMap((file) =>
        file.messages.map((each) => `${name}:${each.line} ${each.ruleId}: ${each.message}`),
      ),
      [],
    );
  }
});

test('every page can be read by everybody, on a phone too', async () => {
  for (const [name, html] of pages) {
    for (const size of [
      { width: 1280, height: 900 },
      { width: 320, height: 640 },
    ]) {
      const context = await browser.newContext({ viewport: size });
      const page = await context.newPage();
      await page.setContent(html);
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
      assert.deepEqual(
        violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`),
        [],
        `${name} at ${size.width}`,
      );
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `${name} at ${size.width}`,
      );
      await context.close();
    }
  }
});
