// methods.js -- the methods of a meeting as the pages take them in. A method has a row in
// protocol/methods, and its views stand together in web/method/NAME: phone.js, board.js and
// console.js, each with a style sheet of the same name where it needs one, and fold.js where facts of
// its own change the state. What was said in it stands in the minutes as the server words it.
//
// The modules made here: `runde:traits`, what the rows say, as functions of a part;
// `runde:method/SCREEN`, the views by method; `runde:method/fold`, the folds. A view that is
// missing stops the build.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{method: string, place: number, traits: {[name: string]: any}}} Method */

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The rows, in the planner's order. @param {string} protocol  its folder @returns {Method[]} */
export const readMethods = (protocol) =>
  readdirSync(join(protocol, 'methods'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => read(join(protocol, 'methods', file)))
    .sort((a, b) => a.place - b.place);

const NONE = { integer: 0, command: '', fact: '', seen: '', array: [] };

/** The value that most methods have, where all have one. */
function commonest(name, methods) {
  const count = (value) => methods.filter(({ traits }) => traits[name] === value).length;
  return methods.map(({ traits }) => traits[name]).sort((a, b) => count(b) - count(a))[0];
}

/** One trait: of a part by its method, false or empty for a method that does not have it. */
function traitSource(name, type, methods) {
  const having = methods.filter(({ traits }) => traits[name]);
  if (type === 'boolean')
    return `(part) => ${JSON.stringify(having.map(({ method }) => method))}.includes(part?.method)`;
  const other = having.length < methods.length ? NONE[type] : commonest(name, having);
  const values = having
    .map(({ method, traits }) => [method, traits[name]])
    .filter(([, value]) => value !== other);
  const table = JSON.stringify(Object.fromEntries(values));
  return `(part) => (${table})[part?.method] ?? ${JSON.stringify(other)}`;
}

/** `traits.wide(part)` and so on: a page carries those that it asks for. */
export const traitsModule = (protocol) =>
  Object.entries(read(join(protocol, 'traits.json')))
    .map(([name, { type }], i) => {
      const source = traitSource(name, type, readMethods(protocol));
      return `const trait_${i} = ${source};\nexport { trait_${i} as ${name} };`;
    })
    .join('\n');

/** The phone's views are in two scripts: `late` stands for those of the second one. */
const screenOf = (name) => (name === 'late' ? 'phone' : name);
const isOf = (name, { traits }) =>
  (name !== 'phone' && name !== 'late') || Boolean(traits.first_page) === (name === 'phone');

const file = (web, method, name) => join(web, 'method', method, name);

/** The style sheets of a screen's views. */
const sheets = (web, protocol, name) =>
  readMethods(protocol)
    .filter((row) => isOf(name, row))
    .map(({ method }) => file(web, method, `${screenOf(name)}.css`))
    .filter((path) => existsSync(path));

/** To be imported by the page's own style sheet, at its place. */
export const sheetsModule = (web, protocol, name) =>
  sheets(web, protocol, name)
    .map((path) => `@import ${JSON.stringify(path)};`)
    .join('\n');

function viewsModule(web, protocol, name, address) {
  const methods = readMethods(protocol).filter((row) => isOf(name, row));
  const imports = methods.map(({ method }, i) => {
    const path = file(web, method, `${screenOf(name)}.js`);
    if (!existsSync(path))
      throw new Error(`${path} is missing: a method has a view for every screen`);
    return `import view_${i} from ${JSON.stringify(address(path))};`;
  });
  const rows = methods.map(({ method }, i) => `${method}: view_${i}`);
  return [...imports, `export const views = { ${rows.join(', ')} };`].join('\n');
}

/** The second script brings the styles of its views as text. */
function lateModule(web, protocol, address) {
  const paths = sheets(web, protocol, 'late');
  const imports = paths.map((path, i) => `import style_${i} from ${JSON.stringify(path)};`);
  const styles = paths.map((_, i) => `style_${i}`).join(' + ');
  return [
    viewsModule(web, protocol, 'late', address),
    ...imports,
    `export const styles = ${styles || "''"};`,
  ].join('\n');
}

function foldModule(web, protocol, address) {
  // What a method adds to a snapshot its fold must know; others have one where they need it.
  const paths = readMethods(protocol)
    .map(({ method, seen }) => ({ path: file(web, method, 'fold.js'), needed: Boolean(seen) }))
    .filter(({ path, needed }) => needed || existsSync(path))
    .map(({ path }) => path);
  const spread = (name) => paths.map((_, i) => `...fold_${i}.${name}`).join(', ');
  return [
    ...paths.map((path, i) => `import * as fold_${i} from ${JSON.stringify(address(path))};`),
    `export const empty = { ${spread('empty')} };`,
    `export const folds = { ${spread('folds')} };`,
  ].join('\n');
}

/**
 * The source of `runde:method/NAME`: a screen, `late` or `fold`.
 * @param {string} web  @param {string} protocol  their folders
 * @param {(path: string) => string} [address]  how a file is imported
 */
export function methodModule(web, protocol, name, address = (path) => path) {
  if (name === 'fold') return foldModule(web, protocol, address);
  if (name === 'late') return lateModule(web, protocol, address);
  return viewsModule(web, protocol, name, address);
}
