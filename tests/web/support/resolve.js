// resolve.js -- the loader of hooks.js, in node's own thread for that.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { methodModule, readMethods, traitsModule } from '../../../web/build/methods.js';
import { planModule } from '../../../web/build/schema.js';
import { functionsModule } from '../../../web/build/words.js';

const root = new URL('../../../', import.meta.url);
const folder = (name) => fileURLToPath(new URL(name, root));
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
  const methods = readMethods(folder('protocol')).map(({ method }) => method);
  const types = { ...read('protocol/types.json'), method: { enum: methods } };
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

const agendaModule = () => planModule(folder('protocol'));
const address = (path) => pathToFileURL(path).href;
const methodSource = (name) => methodModule(folder('web'), folder('protocol'), name, address);

const made = {
  'runde:words': wordsModule,
  'runde:protocol': protocolModule,
  'runde:functions': () => functionsModule(folder('web/locale')),
  'runde:agenda': agendaModule,
  'runde:traits': () => traitsModule(folder('protocol')),
  ...Object.fromEntries(
    ['phone', 'board', 'console', 'fold'].map((name) => [
      `runde:method/${name}`,
      () => methodSource(name),
    ]),
  ),
};

const csv = new URL('web/shared/csv.js', root).href;

/** Here what pages fetch later is there from the beginning. */
made['runde:tables'] = () =>
  `export * from ${JSON.stringify(csv)}; export const whenTablesCome = () => {};`;

export function resolve(specifier, context, next) {
  if (specifier.endsWith('/shared/tables.js')) return { url: 'runde:tables', shortCircuit: true };
  if (Object.hasOwn(made, specifier)) return { url: specifier, shortCircuit: true };
  return next(specifier, context);
}

export function load(url, context, next) {
  if (Object.hasOwn(made, url))
    return { format: 'module', source: made[url](), shortCircuit: true };
  return next(url, context);
}
