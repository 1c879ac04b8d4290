// One word for one thing: no text that people read uses another word than the table of terms has,
// wherever the text stands.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { terms } from './terms.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file) => readFileSync(join(root, file), 'utf8');

/** @typedef {{of: import('./terms.js').Source, where: string, text: string}} Text */

/** Every string in a value, with its path. */
const strings = (value, path) =>
  typeof value === 'string'
    ? [[path, value]]
    : Object.entries(value ?? {}).flatMap(([key, each]) => strings(each, `${path}.${key}`));

/** Neither the names of values nor C's formats are words. */
const said = (text) => text.replace(/\{\w+\}/g, '{}').replace(/%[-.\d]*[a-z]+/g, '%');

/** The texts of C's string literals; adjoining literals are one text. */
const literals = (source) => {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*#.*$/gm, '');
  return [...code.matchAll(/(?:"(?:[^"\\]|\\.)*"\s*)+/g)].map(([run]) =>
    [...run.matchAll(/"((?:[^"\\]|\\.)*)"/g)]
      .map(([, text]) => text)
      .join('')
      .replaceAll('\\n', '\n')
      .replaceAll('\\"', '"'),
  );
};

const NAMES = ['id', 'method', 'locale', 'shares', 'start'];
const isSaid = ([path]) => !NAMES.includes(path.split('.').at(-1));

const locale = (language) =>
  strings(JSON.parse(read(`web/locale/${language}.json`)), language).map(([where, text]) => ({
    of: 'locale',
    where,
    text,
  }));

const templates = (language) =>
  readdirSync(join(root, 'server/templates'))
    .map((file) => [file, JSON.parse(read(`server/templates/${file}`))])
    .filter(([, template]) => template.locale === language)
    .flatMap(([file, template]) => strings(template, file).filter(isSaid))
    .map(([where, text]) => ({ of: 'templates', where, text }));

const minutes = (table) => {
  const source = read('server/minutes/words.c');
  const from = source.indexOf(`*const ${table}[WORD_COUNT]`);
  assert.ok(from > 0, table);
  return literals(source.slice(from, source.indexOf('};', from))).map((text) => ({
    of: 'minutes',
    where: `words.c ${table}`,
    text: text.trim(),
  }));
};

const sources = (of, folder, wanted = (/** @type {string} */ _file) => true) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.c') && wanted(file))
    .flatMap((file) =>
      literals(read(`${folder}/${file}`)).map((text) => ({ of, where: `${folder}/${file}`, text })),
    );

/** What the terminal says is in both languages. */
const terminal = [
  ...sources('terminal', 'server/cli'),
  ...sources('terminal', 'server', (file) => file === 'main.c'),
];

/** @type {{[language: string]: Text[]}} */
const texts = {
  da: [
    ...locale('da'),
    ...templates('da'),
    ...minutes('danish'),
    ...sources('demo', 'server/cli/demo', (file) => ['words.c', 'scribe.c'].includes(file)),
    ...terminal,
  ],
  en: [...locale('en'), ...templates('en'), ...minutes('english'), ...terminal],
};

test('the reader of C finds what is said, and joins what stands over several lines', () => {
  assert.deepEqual(literals('#include "a.h"\nf("en ", /* "nej" */\n  "to\\n", 3, "tre");'), [
    'en ',
    'to\n',
    'tre',
  ]);
  assert.deepEqual(literals('f("en "\n  "to \\"tre\\"");'), ['en to "tre"']);
});

test('each source has texts in it', () => {
  for (const [language, all] of Object.entries(texts))
    for (const of of ['locale', 'templates', 'minutes', 'terminal'])
      assert.ok(all.filter((each) => each.of === of).length > 20, `${language} ${of}`);
  assert.ok(texts.da.filter((each) => each.of === 'demo').length > 50);
});

for (const [language, table] of Object.entries(terms)) {
  test(`each term of ${language} is a word that is used, and finds what it once was`, () => {
    for (const { thing, word, not, was } of table) {
      assert.match(was, not, thing);
      assert.doesNotMatch(word, not, thing);
      assert.ok(
        texts[language].some(({ text }) => text.toLowerCase().includes(word.toLowerCase())),
        `${thing}: ${word}`,
      );
    }
  });

  test(`one word for one thing, in ${language}`, () => {
    const found = texts[language].flatMap(({ of, where, text }) =>
      table
        .filter((term) => (term.of ?? [of]).includes(of) && term.not.test(said(text)))
        .map((term) => `${where}: ${term.thing} is “${term.word}”, not as in “${text}”`),
    );
    assert.deepEqual(found, []);
  });
}
