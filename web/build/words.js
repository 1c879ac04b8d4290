// words.js -- puts the words of one language into the source: t('a.b') becomes its text, so that a
// page carries neither keys nor words it does not use. Keys put together while running,
// t('refusal.' + code) or t(`phone.is.${x}`), need the table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns {string | {[plural: string]: string} | undefined} */
function find(words, key) {
  const dot = key.indexOf('.');
  const section = words[key.slice(0, dot)] ?? {};
  const name = key.slice(dot + 1);
  if (section[name] !== undefined) return section[name];
  const plurals = Object.entries(section).filter(
    ([each]) =>
      /^(zero|one|two|few|many|other)$/.test(each.slice(name.length + 1)) &&
      each.startsWith(`${name}.`),
  );
  return plurals.length
    ? Object.fromEntries(plurals.map(([each, text]) => [each.slice(name.length + 1), text]))
    : undefined;
}

const forTemplate = (text) =>
  text.replace(/[&<"]/g, (char) => `&#${char.charCodeAt(0)};`).replace(/[\\`$]/g, '\\$&');

/**
 * The source with the texts of its plain keys in it. A key without a text is an error: nobody reads
 * "phone.joinn".
 */
export function inlineWords(source, words, path) {
  const textOf = (key) => {
    const text = find(words, key);
    if (text === undefined) throw new Error(`${path}: no text for ${key}`);
    return text;
  };
  // A text alone in a template is part of the template; as a plain attribute's value it gets
  // quotes.
  const alone = source.replace(
    /(\s[\w-]+=|(?<!=))\$\{(?:\w+\.)?t\('([\w.]+)'\)\}/g,
    (all, attribute, key) => {
      const text = textOf(key);
      if (typeof text !== 'string') return all;
      return attribute ? `${attribute}"${forTemplate(text)}"` : forTemplate(text);
    },
  );
  return alone.replace(
    /\b(?:\w+\.)?t\('([\w.]+)'(?!\s*\+)(\s*,?\s*)(\)?)/g,
    (all, key, comma, end) => {
      const text = textOf(key);
      if (end && !comma.includes(',') && typeof text === 'string') return JSON.stringify(text);
      return `${all.slice(0, all.indexOf('t('))}t(${JSON.stringify(typeof text === 'string' ? [text] : text)}${comma}${end}`;
    },
  );
}

/** @param {Iterable<string>} files  @returns {Set<string>}  what keys begin with */
export function prefixesIn(files) {
  const prefixes = new Set();
  for (const file of files) {
    const source = readFileSync(file, 'utf8');
    for (const [, prefix] of source.matchAll(/\b(?:t|has)\(\s*['`]([\w.]+[._])(?:'\s*\+|\$\{)/g))
      prefixes.add(prefix);
  }
  return prefixes;
}

/** The table of the keys that a page may ask for while running, as source. */
export function wordsTable(prefixes, words) {
  const rows = Object.entries(words).flatMap(([section, texts]) =>
    Object.entries(texts)
      .map(([name, text]) => [`${section}.${name}`, text])
      .filter(([key]) => [...prefixes].some((prefix) => key.startsWith(prefix))),
  );
  return JSON.stringify(Object.fromEntries(rows));
}

/**
 * The functions that phones offer, each by its words in every language, as source: whoever has chosen
 * "School leader" is the agenda's "Skoleleder". @param {string} folder  of the languages
 */
export function functionsModule(folder) {
  const lists = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')).phone.functions.split(', '),
    );
  if (lists.some((list) => list.length !== lists[0].length))
    throw new Error('phone.functions has not as many in each language');
  const wordsOf = (name) => name.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  const functions = lists[0].map((_, i) => lists.map((list) => wordsOf(list[i])));
  return `export const functions = ${JSON.stringify(functions)};`;
}
