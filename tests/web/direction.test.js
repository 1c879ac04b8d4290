// Names that are read from the right turn nothing beside them, and Danish ones are as they were.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { built, launch, test as inBrowser } from './support/browser.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { apart, list, t } = await import('../../web/shared/i18n.js');

test('a name that is read from the right stands apart from the words around it', () => {
  assert.equal(apart('Mette Ærø'), 'Mette Ærø');
  for (const name of ['محمد', 'יעל', 'Ali علی', 'ﻣﺤﻤﺪ'])
    assert.equal(apart(name), `\u2068${name}\u2069`);
  assert.equal(t(['{name} har ordet'], { name: 'Mette' }), 'Mette har ordet');
  assert.equal(t(['{name} har ordet'], { name: 'محمد' }), '\u2068محمد\u2069 har ordet');
  assert.equal(list(['Mette', 'Bo']).includes('\u2068'), false);
  assert.match(list(['Mette', 'محمد']), /\u2068محمد\u2069/);
});

/** Where each of these stands, from the left, in a page of this style. */
const order = (page, body, words) =>
  page.evaluate(([html, wanted]) => {
    document.body.replaceChildren(
      document.createRange().createContextualFragment(/** @type {string} */ (html)),
    );
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const lefts = new Map();
    while (walk.nextNode()) {
      const node = /** @type {Text} */ (walk.currentNode);
      for (const word of wanted) {
        const at = node.data.indexOf(word);
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        lefts.set(word, range.getBoundingClientRect().left);
      }
    }
    return [...wanted].sort((a, b) => lefts.get(a) - lefts.get(b));
  }, /** @type {[string, string[]]} */ ([body, words]));

inBrowser(
  'on every page a name from the right leaves what stands beside it in its place',
  async () => {
    const gen = built('start', 'phone', 'console', 'board', 'minutes', 'chief');
    const style = readFileSync(new URL('../../web/shared/direction.css', import.meta.url), 'utf8');
    for (const name of ['start', 'console', 'board', 'minutes', 'chief']) {
      const html = readFileSync(join(gen, 'pages', `${name}.da.html`), 'utf8');
      assert.match(html, /unicode-bidi: ?plaintext/, name);
    }
    const browser = await launch();
    const page = await browser.newPage();
    await page.addStyleTag({ content: style });
    const name = 'محمد';
    assert.deepEqual(
      await order(page, `<p><b>${name}</b> 12 og <span>Bo</span></p>`, [name, '12', 'Bo']),
      [name, '12', 'Bo'],
    );
    assert.deepEqual(
      await order(page, `<p>${t(['{name} – 3 min til Bo'], { name })}</p>`, [name, '3 min', 'Bo']),
      [name, '3 min', 'Bo'],
    );
    assert.deepEqual(await order(page, '<p>Mette – 3 min til Bo</p>', ['Mette', '3 min', 'Bo']), [
      'Mette',
      '3 min',
      'Bo',
    ]);
    await browser.close();
  },
);
