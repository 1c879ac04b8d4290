// What old browsers lack is found in scripts and styles, and a page of an older browser says so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { inScripts, inStyle, lacking } from '../../web/build/compat.js';
import { browsers, targets } from '../../web/build/oldest.js';
import { becomes } from '../support/soon.js';
import { built, launch, test } from './support/browser.js';

const ts = createRequire(new URL('../../web/package.json', import.meta.url))('typescript');
const gen = built('start', 'phone', 'console', 'board', 'minutes', 'chief');
const OLD = { chrome: '108', safari_ios: '16.0' };

/** What is found in a script of these lines: the features, without the place. */
function featuresIn(text, oldest = OLD) {
  const host = ts.createCompilerHost({});
  const plain = host.getSourceFile;
  host.getSourceFile = (name, how) =>
    name === 'it.js' ? ts.createSourceFile(name, text, how, true) : plain(name, how);
  host.fileExists = (name) => name === 'it.js' || ts.sys.fileExists(name);
  return inScripts(['it.js'], oldest, host).map((line) => line.split(': ')[1]);
}

test('a name is looked up by the type that it is of', () => {
  assert.deepEqual(
    featuresIn(`
      [3, 1].toSorted();
      new CSSStyleSheet().replaceSync('');
      const { toReversed } = [1];
      Object.groupBy([], String);
      document.body.checkVisibility();
      for (const each of document.querySelectorAll('p')) each.togglePopover();
      'a b'.match(/(?<=a) b/);
    `),
    [
      'javascript.builtins.Array.toSorted',
      'api.CSSStyleSheet.CSSStyleSheet',
      'api.CSSStyleSheet.replaceSync',
      'javascript.builtins.Array.toReversed',
      'javascript.builtins.Object.groupBy',
      'api.Element.checkVisibility',
      'api.HTMLElement.togglePopover',
      'javascript.regular_expressions.lookbehind_assertion',
    ],
  );
});

test('what all have, what is asked for, and what only bears the name is no find', () => {
  assert.deepEqual(
    featuresIn(`
      [1].at(0);
      structuredClone({});
      document.startViewTransition?.(() => {});
      const mine = { toSorted: () => 1, groupBy: 2 };
      mine.toSorted();
      mine.groupBy;
      JSON.stringify(JSON.parse('{}').with);
    `),
    [],
  );
});

test('a method of lists is found where the type is not known, and on node too', () => {
  assert.deepEqual(featuresIn('const f = (x) => x.toSorted(); f(JSON.parse("[]"));'), [
    'javascript.builtins.Array.toSorted',
  ]);
  assert.deepEqual(featuresIn('[1].toSpliced(0); [1].findLast(String);', browsers.node), [
    'javascript.builtins.Array.toSpliced',
  ]);
});

test('of a style: selectors, properties, values, units and rules', () => {
  const found = (text) => inStyle('it.css', text, OLD).map((line) => line.split(': ')[1]);
  assert.deepEqual(
    found(`
      a { color: color-mix(in srgb, red, blue); }
      p { interpolate-size: allow-keywords; & b { top: 0 } }
      h1 { width: 2rlh; -webkit-line-clamp: 2 }
      @starting-style { a { top: 0 } }
      a:user-valid { top: 0 }
    `),
    [
      'css.types.color.color-mix',
      'css.properties.interpolate-size',
      'css.properties.interpolate-size.allow-keywords',
      'css.selectors.nesting',
      'css.types.length.rlh',
      'css.at-rules.starting-style',
      'css.selectors.user-valid',
    ],
  );
});

test('a value that has another before it, and what @supports asks for, is no find', () => {
  assert.deepEqual(
    inStyle(
      'it.css',
      `a { color: red; color: color-mix(in srgb, red, blue) }
       @supports (interpolate-size: allow-keywords) { a { interpolate-size: allow-keywords } }`,
      OLD,
    ),
    [],
  );
});

test('what the page asks an old browser for is there in all that are promised, and in none of a year before', () => {
  const asked = 'api.HTMLInputElement.showPicker';
  assert.deepEqual(lacking(asked, browsers.oldest), []);
  assert.deepEqual(
    lacking(asked, { safari_ios: '15.6', safari: '15.6', firefox: '95', chrome: '98' }).length,
    4,
  );
  assert.deepEqual(targets, ['chrome108', 'edge108', 'firefox107', 'safari16.0', 'ios16.0']);
});

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test('in an older browser every page says so in both languages, and nothing of it begins', async () => {
  for (const name of ['start', 'phone', 'console', 'board', 'minutes', 'chief']) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() =>
      Reflect.deleteProperty(HTMLInputElement.prototype, 'showPicker'),
    );
    const asked = [];
    await page.route('**', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname !== '/m/K7QM-4XPR') return asked.push(pathname) && route.abort();
      const file = join(gen, 'pages', `${name}.da`);
      const policy = readFileSync(`${file}.csp`, 'utf8');
      return route.fulfill({
        headers: { 'content-type': 'text/html', 'content-security-policy': policy },
        body: readFileSync(`${file}.html`, 'utf8'),
      });
    });
    await page.goto('http://runde.test/m/K7QM-4XPR');
    await becomes(
      () => page.locator('body').innerText(),
      'Din browser er for gammel. Opdater den, eller brug en anden enhed.\n\n' +
        'Your browser is too old. Update it, or use another device.',
      name,
    );
    assert.deepEqual(asked, [], name);
    await context.close();
  }
});
