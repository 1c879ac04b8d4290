// Languages: the same words in each, none left in a page's source, none of one in another's page,
// and a third by one file.
import './support/hooks.js';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { becomes } from '../support/soon.js';
import { moments } from './fixtures/start.js';
import { launch, test } from './support/browser.js';
import { agendaOf, openStart } from './support/start.js';
import { templatesOf, textsIn } from './support/texts.js';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const PAGES = ['start', 'phone', 'console', 'board', 'minutes', 'chief'];
const wordsOf = (file) => {
  const sections = JSON.parse(readFileSync(join(web, 'locale', file), 'utf8'));
  return Object.fromEntries(
    Object.entries(sections).flatMap(([section, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${section}.${name}`, text]),
    ),
  );
};
const files = readdirSync(join(web, 'locale'));
const languages = Object.fromEntries(files.map((file) => [file.slice(0, -5), wordsOf(file)]));
const { da, en } = languages;
const holders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const family = (key) => key.replace(/\.(zero|one|two|few|many|other)$/, '');

test('every language has the same texts, none of them empty', () => {
  for (const [locale, words] of Object.entries(languages)) {
    assert.deepEqual(
      [...new Set(Object.keys(words).map(family))].sort(),
      [...new Set(Object.keys(da).map(family))].sort(),
      locale,
    );
    assert.deepEqual(
      Object.keys(words).filter((key) => !words[key].trim()),
      [],
      locale,
    );
  }
});

test('every text holds the same values as its Danish one, and numbers have all their forms', () => {
  for (const [locale, words] of Object.entries(languages)) {
    for (const [key, text] of Object.entries(words)) {
      const model = da[key] ?? da[`${family(key)}.other`];
      const mine = holders(text).filter((name) => name !== 'n' || !/\.one$/.test(key));
      assert.deepEqual(
        mine,
        holders(model).filter((name) => name !== 'n' || !/\.one$/.test(key)),
        `${locale} ${key}`,
      );
    }
    const plural = new Set(
      Object.keys(words)
        .map(family)
        .filter((key) => `${key}.one` in words && `${key}.other` in words),
    );
    for (const key of plural)
      for (const form of new Intl.PluralRules(locale).resolvedOptions().pluralCategories)
        assert.ok(`${key}.${form}` in words, `${locale} ${key}.${form}`);
  }
});

test('English is English: no Danish letter in it, and nothing is left as it was', () => {
  const names = /MED|PUF|skoleudviklingssamtale|æble|^shared\.language$/i;
  for (const [key, text] of Object.entries(en))
    if (!names.test(text)) assert.doesNotMatch(text, /[æøåÆØÅ]/, key);
  const same = Object.keys(en).filter(
    (key) => en[key] === da[key] && /\p{L}{6}/u.test(en[key].replace(/\{\w+\}/g, '')),
  );
  const names_ = ['HTML', 'Markdown', 'OpenDocument', 'Runde'];
  assert.deepEqual(
    same
      .filter((key) => !names_.some((name) => en[key].includes(name)))
      .filter((key) => !['start.link', 'retrospektiv'].includes(key)),
    [],
  );
});

test('every refusal that a page may show has words', () => {
  /** What no person caused, and what pages say in words of their own. */
  const unsaid = [
    'malformed',
    'unknown_command',
    'hello_expected',
    'hello_twice',
    'hello_late',
    'already_moved',
    'nothing_changed',
    'too_early',
    'no_such_meeting',
    'erased',
    'wrong_key',
    'replaced',
    'ended',
    'door_closed',
    'not_let_in',
    'out',
    'name_taken',
  ];
  const all = JSON.parse(readFileSync(join(web, '../protocol/refusals.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(all).filter((code) => !unsaid.includes(code) && !(`refusal.${code}` in da)),
    [],
  );
});

const sourcesOf = (folder) =>
  readdirSync(join(web, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(folder, file));

test('the reader of templates finds a text that stands in one, and takes no code for it', () => {
  const texts = (source) => templatesOf(source).flatMap(textsIn);
  assert.deepEqual(texts('html`<p class="a">Hej <b>${t("x")}</b></p>`'), ['Hej']);
  assert.deepEqual(texts('html`<p>${a ? html`<i>ja</i>` : "nej"}</p>`').sort(), ['ja']);
  assert.deepEqual(
    texts('html`<a aria-label="Luk" @click=${() => { if (a > b) c("}"); }}>×</a>`'),
    ['"Luk"'],
  );
  assert.deepEqual(texts('// html`<p>nej</p>`\nconst a = /`/; `nej`'), []);
  assert.deepEqual(texts('svg`<path d="M1 1" /><text>om</text>`'), ['om']);
});

test('no page has a text of its own: all stand in locale/', () => {
  const brand = ['Runde'];
  const found = [...PAGES, 'method', 'shared'].flatMap(sourcesOf).flatMap((file) =>
    templatesOf(readFileSync(join(web, file), 'utf8'))
      .flatMap(textsIn)
      .filter((text) => !brand.includes(text))
      .map((text) => `${file}: ${text}`),
  );
  assert.deepEqual(found, []);
});

test('no page has Danish letters in its source', () => {
  const found = [...PAGES, 'method', 'shared'].flatMap(sourcesOf).flatMap((file) => {
    const code = readFileSync(join(web, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
    return code
      .split('\n')
      .filter((line) => /['"`][^'"`]*[æøåÆØÅ][^'"`]*['"`]/.test(line))
      .map((line) => `${file}: ${line.trim().slice(0, 120)}`);
  });
  // What people may write is matched in Danish: the words of an agenda, and of compounds.
  assert.deepEqual(
    found.filter((line) => !/\bfits\(|æ\/g|replace\(|^board\/danish\.js/.test(line)),
    [],
  );
});

test('no page has quotes in its source: each language has its own', () => {
  const found = [...PAGES, 'method', 'shared'].flatMap(sourcesOf).flatMap((file) =>
    readFileSync(join(web, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .split('\n')
      .filter((line) => /[“”»«]/.test(line.replace(/\/\/.*$/, '')))
      .map((line) => `${file}: ${line.trim()}`),
  );
  assert.deepEqual(found, []);
});

// ---- the pages, built with a third language ----

const gen = mkdtempSync(join(tmpdir(), 'locale-'));
const folder = join(gen, 'words');
const mark = (text) => `⟦${text}⟧`;
/**
 * Texts in a language that nobody speaks: what is not marked in a page was not in its file. Swedish
 * is its calendar's.
 */
const marked = (value) =>
  typeof value === 'string'
    ? mark(value)
    : Array.isArray(value)
      ? value.map(marked)
      : typeof value === 'object' && value
        ? Object.fromEntries(
            Object.entries(value).map(([name, each]) => [
              name,
              [
                'id',
                'method',
                'shares',
                'start',
                'date',
                'starts',
                'locale',
                'kind',
                'due',
                'from_date',
                'url',
                'csv',
                'chart',
                'template',
                'code',
                'links',
                'at',
              ].includes(name)
                ? each
                : marked(each),
            ]),
          )
        : value;
let browser;

before(async () => {
  mkdirSync(folder);
  for (const file of files) cpSync(join(web, 'locale', file), join(folder, file));
  const texts = JSON.parse(readFileSync(join(web, 'locale/en.json'), 'utf8'));
  const third = Object.fromEntries(
    Object.entries(texts).map(([section, all]) => [
      section,
      Object.fromEntries(Object.entries(all).map(([key, text]) => [key, mark(text)])),
    ]),
  );
  third.shared.language = 'Påhittat';
  writeFileSync(join(folder, 'sv.json'), JSON.stringify(third));
  execFileSync(
    process.execPath,
    ['build.js', '--only', PAGES.join(','), '--words', folder, '--gen', gen],
    { cwd: web, stdio: 'pipe' },
  );
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(gen, { recursive: true, force: true });
});

test('a third language is one file: every page is there in it, and nobody else’s changes', () => {
  const pages = readdirSync(join(gen, 'pages'));
  for (const page of PAGES) {
    const html = readFileSync(join(gen, 'pages', `${page}.sv.html`), 'utf8');
    assert.match(html, /^<!doctype html><html lang=sv>/);
    assert.ok(html.includes('⟦'), page);
    assert.ok(pages.includes(`${page}.sv.csp`));
    for (const locale of ['da', 'en'])
      assert.ok(
        !readFileSync(join(gen, 'pages', `${page}.${locale}.html`), 'utf8').includes('⟦'),
        `${page}.${locale}`,
      );
  }
});

test('no text of one language is in another’s page', () => {
  const late = readdirSync(join(gen, 'pages')).filter((file) => file.endsWith('.js'));
  for (const page of PAGES) {
    const html = readFileSync(join(gen, 'pages', `${page}.en.html`), 'utf8');
    const script = readFileSync(join(gen, 'pages', `${page}.en.html`), 'utf8')
      .match(/\/a\/[0-9a-f]{12}\.js/)?.[0]
      .replaceAll('/', '_');
    assert.ok(!script || late.includes(script));
    const all = html + (script ? readFileSync(join(gen, 'pages', script), 'utf8') : '');
    const left = Object.entries(da).filter(
      ([key, text]) =>
        text !== en[key] &&
        /\p{L}{4}/u.test(text) &&
        /[æøåÆØÅ ]/.test(text) &&
        !holders(text).length &&
        all.includes(`"${text}"`) &&
        !Object.values(en).includes(text) &&
        !key.startsWith('shared.language'),
    );
    assert.deepEqual(
      left.map(([key]) => key),
      [],
      page,
    );
  }
});

/**
 * Every text that stands on the page or is read out, but what stands in fields that people write
 * in.
 */
const textsOf = (page) =>
  page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (
        !parentElement.closest(
          'script, style, .langs, .brand, textarea, .preview td, .preview th',
        ) &&
        parentElement.getClientRects().length
      )
        found.push(textContent.trim());
    }
    for (const each of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        found.push(each.getAttribute(name) ?? '');
    return found.filter(Boolean);
  });

/**
 * What is left of a text when all that is marked, all figures and the calendar's own words are
 * taken out.
 */
const calendar = new Set(
  [...Array(12)].flatMap((_, m) =>
    [...Array(7)].flatMap((_, d) =>
      new Date(2026, m, 1 + d)
        .toLocaleDateString('sv', {
          weekday: 'long',
          day: 'numeric',
          month: 'long',
          year: 'numeric',
        })
        .match(/\p{L}+/gu),
    ),
  ),
);
function unmarked(text) {
  let rest = text.replace(/\b\w{4}-\w{4}\b/g, ' ');
  for (let before = ''; before !== rest;) [before, rest] = [rest, rest.replace(/⟦[^⟦⟧]*⟧/g, ' ')];
  return (rest.match(/\p{L}{2,}/gu) ?? []).filter(
    (word) => !calendar.has(word.toLowerCase()) && word !== 'kl',
  );
}

/** Buttons that the states find by their Danish names. */
const deeds = {
  home_asks: (page) => page.locator('.recent > .b.text').click(),
};

test('in the third language every text of the start page, in every state, is that language’s', async (t) => {
  const names = [
    'home',
    'home_many',
    'home_code_wrong',
    'home_asks',
    'home_unreachable',
    'meeting',
    'meeting_gone',
    'plan_part',
    'plan_dialogue',
    'plan_item',
    'plan_over',
    'plan_wrong',
    'plan_figures',
    'plan_carried',
    'plan_asked',
    'lobby',
    'lobby_over',
    'plan_no_draft',
  ];
  for (const name of names) {
    await t.test(name, async () => {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        timezoneId: 'Europe/Copenhagen',
      });
      const moment = moments[name];
      const storage = Object.fromEntries(
        Object.entries(moment.storage ?? {}).map(([key, text]) => [
          key,
          JSON.stringify(marked(JSON.parse(String(text)))),
        ]),
      );
      const answers = {
        'GET /api/templates': [
          200,
          [
            {
              ...marked({ title: 'Runde', about: 'En runde' }),
              template: 'runde',
              locale: 'sv',
              minutes: 30,
              items: marked(agendaOf('runde').items),
            },
          ],
        ],
        'GET /api/meetings/K7QM-4XPR/agenda': [200, marked(agendaOf('skoleudviklingssamtale'))],
        'GET /api/meetings/K7QM-4XPR': [
          200,
          {
            code: 'K7QM-4XPR',
            ...marked({ title: 'Alle', place: 'Her' }),
            state: name === 'lobby_over' ? 'running' : 'lobby',
            date: '2026-05-12',
            starts: '09:00',
          },
        ],
        ...(name === 'home_unreachable' ? moment.answers : {}),
      };
      const { page, errors } = await openStart(context, {
        gen,
        locale: 'sv',
        ...moment,
        storage,
        answers,
      });
      if (moment.wait) await page.locator(moment.wait).first().waitFor();
      await (deeds[name] ?? moment.act)?.(page);
      const left = (await textsOf(page)).filter((text) => unmarked(text).length);
      assert.deepEqual(left, []);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});

test('the new language is offered by its own name, and takes the place along', async () => {
  const context = await browser.newContext();
  const { page } = await openStart(context, {
    gen,
    locale: 'da',
    ...moments.plan,
  });
  await page.locator('.item').first().waitFor();
  await becomes(() => page.locator('.langs a').allInnerTexts(), ['English', 'Påhittat']);
  await page.getByRole('link', { name: 'Påhittat' }).click();
  await page.waitForURL('**/?lang=sv#draft/abcd');
  await context.close();
});

test('dates, numbers and plurals are the language’s own', async () => {
  for (const [locale, day, minutes] of [
    ['da', 'tirsdag den 12. maj 2026', '1.114 min'],
    ['en', '12 May 2026', '1,114 min'],
    ['sv', 'tisdag 12 maj 2026', '1 114 min'],
  ]) {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
    });
    const meeting = await openStart(context, {
      gen,
      locale,
      ...moments.meeting,
    });
    await meeting.page.locator('.lead:not(:empty)').waitFor();
    const said = await meeting.page.locator('.lead').textContent();
    assert.ok(said.includes(day), said);
    const plan = await openStart(context, { gen, locale, ...moments.plan });
    await plan.page.locator('#f-items-1-minutes').fill('999');
    const sum = await plan.page.locator('.total').textContent();
    assert.ok(sum.replace(/\s/g, ' ').includes(minutes), sum);
    await context.close();
  }
});

test('the leader’s link promises to read the minutes wherever it is handed on, and gives no more', async () => {
  const { may } = await import('../../web/minutes/read.js');
  for (const right of /** @type {const} */ (['write', 'decide', 'connect', 'mend']))
    assert.equal(may('leader', right), false, right);
  for (const [words, reads] of /** @type {const} */ ([
    [da, /læser referatet/],
    [en, /reads the minutes/],
  ]))
    for (const key of ['start.link_how.leader', 'start.link_after.leader', 'console.link.leader'])
      assert.match(words[key], reads, key);
  const terminal = readFileSync(join(web, '../server/cli/links.c'), 'utf8');
  assert.match(terminal, /"leader: reads the minutes"/);
});
