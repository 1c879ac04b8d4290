// split.js -- a page in two scripts: the first has what is seen first, the second the rest.
//
// The second one takes from globalThis.runde what the first has already, by its place there. Which
// names these are is found here: what stands in the first script anyway, and everything of a library
// or of a module that has a state in it, for there may be but one of these. Of other modules the
// second script has the rest itself.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a module's top level and may change, or is made once: `let x`, `const x = keeper()`. */
const STATE = /^(?:export )?(?:let (\w+)|const (\w+) = (?:new )?\w+\()/gm;

/** What is shorter is written twice: a place in the list takes bytes of the first script. */
const WORTH = 160;

/** The names that a module exports: one by one, or in a list at its end. */
const exported = (source) => [
  ...[...source.matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)].map(
    ([, name]) => name,
  ),
  ...[...source.matchAll(/export\s*\{([^}]*)\}(?!\s*from)/g)].flatMap(([, list]) =>
    list.match(/\w+(?=\s*(?:,|$))/g),
  ),
];

/** By module, the text that an unminified bundle has of it. */
function sections(text, folder) {
  const pieces = text.split(/^\/\/ (\S+)\n/m).slice(1);
  const found = new Map();
  for (let i = 0; i < pieces.length; i += 2) found.set(join(folder, pieces[i]), pieces[i + 1]);
  return found;
}

/** What a bundle's text declares under a name, to which esbuild may have put a number; or ''. */
const declared = (body, name) =>
  new RegExp(
    `^(?:async )?(?:function\\*?|var|let|const|class) ${name}\\d*\\b[^]*?(?=^(?:async )?(?:function|var|let|const|class)\\b|$(?![^]))`,
    'm',
  ).exec(body)?.[0] ?? '';

/**
 * What of a module the first script can give, of which it has `body`.
 * @returns {{path: string, name: string, whole: boolean}[]}  whole: the second has nothing of the
 *   module itself
 */
function offered([path, body]) {
  const source = readFileSync(path, 'utf8');
  const whole =
    path.includes('node_modules') ||
    [...source.matchAll(STATE)].some(([, one, other]) => declared(body, one ?? other));
  return exported(source)
    .filter((name) => whole || declared(body, name).length > WORTH)
    .map((name) => ({ path, name, whole }));
}

/**
 * esbuild's plugin for the second script.
 * @param {ReturnType<typeof offered>} given
 * @param {ReturnType<typeof offered>} taken  those of them that have a place; the others are named
 *   by what is shaken off
 */
const there = (given, taken, folder) => ({
  name: 'there',
  setup(on) {
    const known = new Set(given.map(({ path }) => path));
    on.onResolve({ filter: /^runde:page$/ }, ({ path }) => ({ path, namespace: 'page' }));
    on.onLoad({ filter: /./, namespace: 'page' }, () => ({
      contents: `export const [${taken.map((_, i) => place(i))}] = globalThis.runde;`,
    }));
    on.onResolve({ filter: /^[^:]*$/ }, async ({ path, pluginData, namespace, ...how }) => {
      if (pluginData === 'asked') return undefined;
      const it = await on.resolve(path, { ...how, namespace: '', pluginData: 'asked' });
      const itself = namespace === 'there' && it.path === how.importer;
      return known.has(it.path) && !itself ? { path: it.path, namespace: 'there' } : it;
    });
    on.onLoad({ filter: /./, namespace: 'there' }, ({ path }) => {
      const mine = given.filter((it) => it.path === path);
      const names = mine.map((it) =>
        taken.includes(it)
          ? `export {${place(taken.indexOf(it))} as ${it.name}} from "runde:page";`
          : `export const ${it.name} = null;`,
      );
      const rest = mine[0].whole ? '' : `export * from ${JSON.stringify(path)};`;
      return { contents: `${names.join('')}${rest}`, resolveDir: folder };
    });
  },
});

const place = (i) => `there${i}`;

/**
 * @param {(options: object) => Promise<import('esbuild').BuildResult>} make  esbuild, with the
 *   page's own options, and its own plugins behind those of `options`
 * @param {string} first  the entry of the first script
 * @param {string} rest  of the second
 * @param {string} folder  where modules are
 * @returns {Promise<{first: string, rest: string, plugin: object}>}  the first script's entry, as a
 *   text; the second's, which leaves what it exports in globalThis.runde_late; and its plugin
 */
export async function split(make, first, rest, folder) {
  const plain = { minify: false, absWorkingDir: folder };
  const alone = await make({ ...plain, entryPoints: [first] });
  const given = [...sections(alone.outputFiles[0].text, folder)]
    .filter(([path]) => existsSync(path) && path.endsWith('.js'))
    .flatMap(offered);
  const second = `import * as it from ${JSON.stringify(rest)}; globalThis.runde_late = it;`;
  const tried = await make({
    ...plain,
    stdin: { contents: second, resolveDir: folder },
    plugins: [there(given, given, folder)],
  });
  const { text } = tried.outputFiles[0];
  /** What is named once stands in the list alone. */
  const isTaken = (_, i) => [...text.matchAll(new RegExp(`\\b${place(i)}\\b`, 'g'))].length > 1;
  const taken = given.filter(isTaken);
  const imports = taken.map(
    ({ path, name }, i) => `import {${name} as ${place(i)}} from ${JSON.stringify(path)};`,
  );
  return {
    first: `${imports.join('')}globalThis.runde = [${taken.map((_, i) => place(i))}];import ${JSON.stringify(first)};`,
    rest: second,
    plugin: there(given, taken, folder),
  };
}
