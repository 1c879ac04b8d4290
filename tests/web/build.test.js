// What the build does to modules and styles: nothing that can be seen.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { cString } from '../../web/build/c.js';
import { trimLit } from '../../web/build/lit.js';
import { methodModule, readMethods, sheetsModule, traitsModule } from '../../web/build/methods.js';
import { split } from '../../web/build/split.js';
import { tighten } from '../../web/build/style.js';
import { minifyTemplates } from '../../web/build/templates.js';
import { inlineWords } from '../../web/build/words.js';
import { angleOf, arc, at, places, spiral } from '../../web/shared/ring.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const protocol = fileURLToPath(new URL('../../protocol/', import.meta.url));
const { build } = createRequire(join(web, 'package.json'))('esbuild');
const SCREENS = ['phone', 'late', 'board', 'console'];

const words = {
  a: {
    plain: 'Deltag',
    named: 'Hej {name}',
    'n.one': '{n} pointe',
    'n.other': '{n} pointer',
    sharp: '<b> & "x"',
    tick: 'a`b${c}',
  },
};

test('layout_of_the_source_goes_and_words_keep_their_spaces', () => {
  const made = (source) => minifyTemplates(source);
  assert.equal(made('html`<p>\n  <b>a</b>\n  c d  e\n</p>`'), 'html`<p><b>a</b> c d e</p>`');
  assert.equal(made('html`\n<li>\n  <p>\n${x}\n</p>\n</li>\n`'), 'html`<li><p>${x}</p></li>`');
  assert.equal(made('html`<p>\n  ${x}\n  ${y}\n</p>`'), 'html`<p>${x} ${y}</p>`');
  assert.equal(made('html`<b>${x}</b> ${y} z`'), 'html`<b>${x}</b> ${y} z`');
  assert.equal(made('html` <b>${x}</b>\n`'), 'html` <b>${x}</b> `');
  assert.equal(
    made('html`<button\n>\n  <i></i> ${x}\n</button>`'),
    'html`<button><i></i> ${x}</button>`',
  );
});

test('a_line_break_means_what_a_space_does', () => {
  const source = 'html`<li> <b>${x}</b> <span>${y}</span> <p title="a > b"> c </p> </li>`';
  assert.equal(minifyTemplates(source.replaceAll('> <', '>\n    <')), minifyTemplates(source));
});

test('a_value_that_ends_a_tag_does_not_take_its_slash', () => {
  assert.equal(minifyTemplates('html`<i\n  a=${x}\n  b=${y}\n/>`'), 'html`<i a=${x} b=${y} />`');
  assert.equal(minifyTemplates('html`<i\n  a="b"\n/>`'), 'html`<i a="b"/>`');
});

test('templates_within_values_are_templates_too', () => {
  assert.equal(
    minifyTemplates('html`<ul>\n ${list.map((x) => html`\n <li>${`${x}`}</li>\n`)}\n</ul>`'),
    'html`<ul>${list.map((x) => html`<li>${`${x}`}</li>`)}</ul>`',
  );
});

test('strings_patterns_and_plain_templates_are_left_alone', () => {
  for (const source of [
    "const a = 'html`<p>\\n </p>` // no';",
    'const b = /[`\'"/]\\/\\/x/g;',
    'const c = `ws://${host}/x  y`;',
    "f('it\\'s // not');",
  ]) {
    assert.equal(minifyTemplates(source), source);
  }
});

test('comments_go', () => {
  assert.equal(minifyTemplates("a; // t('x.y')\nb; /* c */ d;"), 'a; \nb;  d;');
});

test('a_plain_key_becomes_its_text', () => {
  const put = (source) => inlineWords(source, words, 'x.js');
  assert.equal(put("f(t('a.plain'))"), 'f("Deltag")');
  assert.equal(put("f(c.t('a.plain'))"), 'f("Deltag")');
  assert.equal(put("html`<p>${t('a.plain')}</p>`"), 'html`<p>Deltag</p>`');
  assert.equal(put("html`<p title=${t('a.plain')}>`"), 'html`<p title="Deltag">`');
  assert.equal(put("t('a.named', { name })"), 't(["Hej {name}"], { name })');
  assert.equal(put("t('a.n', { n })"), 't({"one":"{n} pointe","other":"{n} pointer"}, { n })');
  assert.equal(put("t('a.' + x)"), "t('a.' + x)");
});

test('a_text_in_a_template_can_end_neither_tag_nor_template', () => {
  assert.equal(
    inlineWords("html`<p>${t('a.sharp')}</p>`", words, ''),
    'html`<p>&#60;b> &#38; &#34;x&#34;</p>`',
  );
  assert.equal(inlineWords("html`${t('a.tick')}`", words, ''), 'html`a\\`b\\${c}`');
});

test('a_key_without_a_text_stops_the_build', () => {
  assert.throws(
    () => inlineWords("t('a.missing')", words, 'x.js'),
    /x\.js: no text for a\.missing/,
  );
});

test('a_property_set_once_is_its_value_and_one_set_twice_stays', () => {
  assert.equal(
    tighten(':root{--a: 1px;--b: red}.d{--b: blue}p{margin:var(--a);color:var(--b)}'),
    ':root{--b:red}.d{--b:blue}p{margin:1px;color:var(--b)}',
  );
});

test('the_phone_uses_nothing_of_lit_html_that_was_taken_out', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((each) =>
    /^phone\/.*\.js$|^method\/\w+\/phone(-\w+)?\.js$/.test(each),
  );
  assert.ok(files.length > 20);
  for (const file of files) {
    const source = readFileSync(join(web, file), 'utf8');
    const uses = [
      /\s[@?][\w-]+=\$\{/,
      /<textarea[^>]*>[^<]/,
      /<\w+ \$\{/,
      /<!--/,
      /\bmathml\b/,
      /lit-html\/./,
      /\bnoChange\b/,
    ].filter((each) => each.test(source));
    assert.deepEqual(uses, [], file);
  }
});

test('another_lit_html_stops_the_build', () => {
  assert.throws(() => trimLit('export {}'), /not the one/);
});

test('a_text_is_the_same_bytes_in_c', () => {
  assert.equal(cString('a"\\?å\n1'), '"a\\"\\\\\\?\\303\\245\\0121"');
});

test('seats_go_clockwise_from_the_top', () => {
  assert.deepEqual(
    places(4, 10).map(({ x, y }) => [x + 0, y + 0]),
    [
      [0, -10],
      [10, 0],
      [0, 10],
      [-10, 0],
    ],
  );
  assert.equal(angleOf(0, 0), 0);
  assert.deepEqual(at(0, 5), { x: 0, y: -5 });
});

test('an_arc_is_never_a_whole_turn_and_nothing_has_no_path', () => {
  assert.equal(arc(0, 0, 10), '');
  assert.match(arc(0, 360, 10), /^M0 -10A10 10 0 1 1 /);
  assert.match(arc(0, 90, 10), /A10 10 0 0 1 10 0$/);
});

test('a_spiral_winds_inwards', () => {
  const ends = spiral(2, 100, 20).match(/-?[\d.]+ -?[\d.]+/g);
  assert.deepEqual([ends[0], ends.at(-1)], ['0 -100', '0 -20']);
});

const viewsOf = (folder, screen) =>
  [...methodModule(folder, protocol, screen).matchAll(/(\w+): view_\d+/g)].map(([, name]) => name);

test('every_method_has_a_view_on_every_screen', () => {
  const names = readMethods(protocol).map(({ method }) => method);
  assert.ok(names.length >= 8);
  for (const screen of ['board', 'console']) assert.deepEqual(viewsOf(web, screen), names, screen);
  assert.deepEqual([...viewsOf(web, 'phone'), ...viewsOf(web, 'late')].sort(), [...names].sort());
});

test('a_view_that_is_missing_stops_the_build', () => {
  const copy = mkdtempSync(join(tmpdir(), 'methods-'));
  try {
    for (const { method } of readMethods(protocol)) {
      for (const screen of ['phone', 'board', 'console']) {
        cpSync(join(web, 'method'), join(copy, 'method'), { recursive: true });
        rmSync(join(copy, 'method', method, `${screen}.js`));
        assert.throws(
          () => SCREENS.forEach((each) => methodModule(copy, protocol, each)),
          new RegExp(`${method}/${screen}\\.js is missing`),
        );
      }
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('style_sheets_that_stand_beside_views_are_taken_in_and_a_phone_has_the_later_ones_as_text', () => {
  const copy = mkdtempSync(join(tmpdir(), 'methods-'));
  try {
    cpSync(join(web, 'method'), join(copy, 'method'), { recursive: true });
    const rows = readMethods(protocol);
    const late = rows.find(({ traits }) => !traits.first_page).method;
    for (const name of ['board.css', 'phone.css'])
      writeFileSync(join(copy, 'method', late, name), '.mine { color: red; }');
    assert.match(sheetsModule(copy, protocol, 'board'), new RegExp(`/${late}/board\\.css`));
    assert.doesNotMatch(sheetsModule(copy, protocol, 'phone'), new RegExp(`/${late}/`));
    assert.match(methodModule(copy, protocol, 'late'), new RegExp(`/${late}/phone\\.css`));
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('a_trait_is_asked_of_a_part_and_empty_where_its_method_has_none', async () => {
  const source = traitsModule(protocol);
  const traits = await import(`data:text/javascript,${encodeURIComponent(source)}`);
  for (const { method, traits: told } of readMethods(protocol)) {
    for (const [name, value] of Object.entries(told))
      assert.deepEqual(traits[name]({ method }), value, `${method} ${name}`);
  }
  assert.equal(traits.wide({ method: 'none' }), false);
  assert.equal(traits.wide(null), false);
  assert.equal(traits.laps({ method: 'none' }), 0);
  assert.deepEqual(traits.boxes(undefined), []);
});

test('a_page_in_two_scripts_has_one_of_each_state_and_writes_nothing_large_twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'split-'));
  const large = `'${'x'.repeat(400)}'`;
  const modules = {
    'counter.js': `let n = 0;\nexport const up = () => ++n;\nexport const now = () => n;\n`,
    'places.js': `const kept = made();\nfunction made() {\n  return new Map();\n}\nexport const keep = (key) => kept.set(key, 1);\nexport const has = (key) => kept.has(key);\n`,
    'words.js': `import { now } from './counter.js';\nexport function large() {\n  return ${large} + now();\n}\nexport const small = () => 'small';\nexport function unseen() {\n  return 'unseen' + now();\n}\n`,
    'main.js': `import { up } from './counter.js';\nimport { keep } from './places.js';\nimport { large, small } from './words.js';\nup();\nkeep('a');\nglobalThis.drawn = large() + small();\n`,
    'rest.js': `import { up, now } from './counter.js';\nimport { has } from './places.js';\nimport { large, small, unseen } from './words.js';\nexport const all = () => [up(), now(), has('a'), large().length, small(), unseen()];\n`,
  };
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
  const make = (options) =>
    build({ bundle: true, format: 'esm', write: false, minify: true, ...options });
  const [main, rest] = ['main.js', 'rest.js'].map((name) => join(folder, name));
  const two = await split(make, main, rest, folder);
  const stdin = (contents) => ({ stdin: { contents, resolveDir: folder } });
  const [first, second] = (
    await Promise.all([make(stdin(two.first)), make({ ...stdin(two.rest), plugins: [two.plugin] })])
  ).map(({ outputFiles }) => outputFiles[0].text);
  const page = {};
  page.globalThis = page;
  for (const text of [first, second]) runInNewContext(`{(() => {${text}})()}`, page);
  assert.deepEqual([...page.runde_late.all()], [2, 2, true, 401, 'small', 'unseen2']);
  assert.ok(first.includes('xxx') && !second.includes('xxx'), 'it stands in the first');
  assert.ok(!first.includes('unseen') && second.includes('unseen'), 'and this in the second');
  rmSync(folder, { recursive: true });
});
