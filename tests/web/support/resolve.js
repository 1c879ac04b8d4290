// resolve.js -- the loader of hooks.js, in node's own thread for that.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { planModule } from '../../../web/build/schema.js';

const root = new URL('../../../', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

function wordsModule() {
  const locale = process.env.RUNDE_LOCALE ?? 'da';
  const flat = {};
  for (const [section, texts] of Object.entries(read(`web/locale/${locale}.json`))) {
    for (const [name, text] of Object.entries(texts)) flat[`${section}.${name}`] = text;
  }
  const languages = {
    da: read('web/locale/da.json').shared.language,
    en: read('web/locale/en.json').shared.language,
  };
  return `export const languages = ${JSON.stringify(languages)}; export const locale = ${JSON.stringify(locale)}; export const words = ${JSON.stringify(flat)};`;
}

function protocolModule() {
  const types = read('protocol/types.json');
  const enums = Object.fromEntries(
    Object.entries(types)
      .filter(([, type]) => type.enum)
      .map(([name, type]) => [name, type.enum]),
  );
  const facts = readdirSync(new URL('protocol/facts/', root)).map((file) => file.slice(0, -5));
  return [
    `export const limits = ${JSON.stringify(read('protocol/limits.json'))};`,
    `export const refusals = ${JSON.stringify(Object.keys(read('protocol/refusals.json')))};`,
    `export const facts = ${JSON.stringify(facts)};`,
    `export const enums = ${JSON.stringify(enums)};`,
  ].join('\n');
}

const agendaModule = () => planModule(fileURLToPath(new URL('protocol', root)));

const made = {
  'runde:words': wordsModule,
  'runde:protocol': protocolModule,
  'runde:agenda': agendaModule,
};

export function resolve(specifier, context, next) {
  if (Object.hasOwn(made, specifier)) return { url: specifier, shortCircuit: true };
  return next(specifier, context);
}

export function load(url, context, next) {
  if (Object.hasOwn(made, url))
    return { format: 'module', source: made[url](), shortCircuit: true };
  return next(url, context);
}
