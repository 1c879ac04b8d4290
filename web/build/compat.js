// compat.js -- what the oldest browsers that are promised do not have, found in scripts and styles by
// the data that MDN keeps of every feature.
//
// A name in a script is looked up by its type: `names.toSorted()` is Array's, whatever the list is
// called. What is asked for as it is used (`navigator.clipboard?.writeText`) may be missing, and so
// may what browsers.json says a page does without, and how.
import { createRequire } from 'node:module';
import { parse, walk } from 'css-tree';
import ts from 'typescript';
import { browsers } from './oldest.js';

const data = createRequire(import.meta.url)('@mdn/browser-compat-data');

const at = (path) => path.split('.').reduce((node, name) => node?.[name], data);
/** The first of these that MDN knows. */
const known = (paths) => paths.find((path) => at(path)?.__compat);
const mayLack = (path) =>
  Object.keys(browsers.may_lack).some((each) => `${path}.`.startsWith(`${each}.`));

const isNewer = (one, other) => {
  const [a, b] = [one, other].map((each) => each.split('.').map(Number));
  return a[0] !== b[0] ? a[0] > b[0] : (a[1] ?? 0) > (b[1] ?? 0);
};

/** Whether it is there in this version: under its own name, and for everybody. */
const isThere = ({ version_added, version_removed, flags, prefix, alternative_name }, version) => {
  const [since, until] = [version_added, version_removed].map((each) =>
    String(each).replace('≤', ''),
  );
  return (
    /^[\d.]+$/.test(since) &&
    !isNewer(since, version) &&
    (!version_removed || isNewer(until, version)) &&
    !(flags || prefix || alternative_name)
  );
};

/** Those of `oldest` that have not what stands at a path of the data. */
export const lacking = (path, oldest) =>
  Object.entries(oldest)
    .filter(([name, version]) => {
      const support = [at(path).__compat.support[name] ?? []].flat();
      return !support.some((each) => isThere(each, version));
    })
    .map(([name, version]) => `${name} ${version}`);

/** A line of what was found, or none. */
const told = (where, path, oldest) => {
  const without = path && !mayLack(path) ? lacking(path, oldest) : [];
  return without.length ? [`${where}: ${path}: not in ${without.join(', ')}`] : [];
};

/* Scripts. */

const OPTIONS = {
  ...{ allowJs: true, noEmit: true, skipLibCheck: true, types: [] },
  ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};

const isOfLibrary = (declaration) =>
  /\/typescript\/lib\/lib\.[\w.]*d\.ts$/.test(declaration.getSourceFile().fileName);

/** Where MDN may have a member: of JavaScript itself, or of the browser's interfaces. */
function placesOf(owner, member) {
  const plain = owner.replace(/Constructor$/, '').replace(/^Readonly(?=Array|Map|Set)/, '');
  return ['javascript.builtins', 'javascript.builtins.Intl', 'api'].flatMap((home) =>
    ['', '_static'].map((kind) => `${home}.${plain}.${member}${kind}`),
  );
}

/** The names of a type and of all that it extends. */
function namesOf(checker, type) {
  const names = new Set();
  const add = (each) => {
    if (each.isUnionOrIntersection()) return each.types.forEach(add);
    const name = each.symbol?.name;
    if (!name || names.has(name)) return;
    names.add(name);
    const whole = each.target ?? each;
    if (whole.isClassOrInterface()) checker.getBaseTypes(whole).forEach(add);
  };
  add(checker.getApparentType(type));
  return [...names];
}

/** `it?.x`, `it.x?.()`, `it.x?.y`: without it nothing happens. */
const isAsked = (node) => {
  const isStep = ({ parent }) =>
    ts.isCallExpression(parent) || ts.isPropertyAccessExpression(parent);
  for (let each = node; isStep(each); each = each.parent)
    if (each.parent.questionDotToken) return true;
  return false;
};

/** What a member is taken from: `it.x`, `const { x } = it`. */
const ownerOf = ({ parent }) =>
  ts.isPropertyAccessExpression(parent)
    ? parent.expression
    : ts.isBindingElement(parent)
      ? parent.parent
      : null;

/** A method of a list or a text whose type is not known: where they alone have the name. */
const ofAny = ({ text, parent }) =>
  ts.isPropertyAccessExpression(parent) &&
  ts.isCallExpression(parent.parent) &&
  parent.parent.expression === parent
    ? known(['Array', 'String'].map((owner) => `javascript.builtins.${owner}.${text}`))
    : undefined;

/** What a name says: of `const { x } = it` the member, and not the variable. */
function symbolOf(checker, node) {
  const { parent } = node;
  const isMember =
    ts.isBindingElement(parent) &&
    ts.isObjectBindingPattern(parent.parent) &&
    node === (parent.propertyName ?? parent.name);
  return isMember
    ? checker.getTypeAtLocation(parent.parent).getProperty(node.text)
    : checker.getSymbolAtLocation(node);
}

/** What a name of a script stands for in MDN's data. */
function featureOf(checker, node) {
  const symbol = symbolOf(checker, node);
  if (!symbol) return ofAny(node);
  const declaration = symbol.declarations?.find(isOfLibrary);
  if (!declaration) return undefined;
  const { name } = symbol;
  if (ts.isInterfaceDeclaration(declaration.parent)) {
    const owner = ownerOf(node);
    return (
      known(placesOf(declaration.parent.name.text, name)) ??
      (owner &&
        known(
          namesOf(checker, checker.getTypeAtLocation(owner)).flatMap((each) =>
            placesOf(each, name),
          ),
        ))
    );
  }
  const isMade = ts.isNewExpression(node.parent) && node.parent.expression === node;
  return (
    (isMade && known(placesOf(name, name))) ||
    known(
      ['javascript.builtins', 'javascript.builtins.Intl', 'api', 'api.Window'].map(
        (home) => `${home}.${name}`,
      ),
    )
  );
}

/** What came late to regular expressions. */
const patterns = [
  [/\(\?<[=!]/, 'javascript.regular_expressions.lookbehind_assertion'],
  [/\/[a-z]*v[a-z]*$/, 'javascript.builtins.RegExp.unicodeSets'],
];

/**
 * A line for each use of what is missing somewhere.
 * @param {string[]} files @param {{[name: string]: string}} [oldest]  where they run
 * @param {any} [host]  of TypeScript, where the files are no files
 */
export function inScripts(files, oldest = browsers.oldest, host = undefined) {
  const program = ts.createProgram(files, OPTIONS, host);
  const checker = program.getTypeChecker();
  const found = [];
  for (const file of files.filter((each) => !each.endsWith('.d.ts'))) {
    const source = program.getSourceFile(file);
    const tell = (node, path) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(...told(`${file}:${line + 1}`, path, oldest));
    };
    const visit = (node) => {
      if (ts.isIdentifier(node) && !isAsked(node)) tell(node, featureOf(checker, node));
      if (ts.isRegularExpressionLiteral(node))
        for (const [pattern, path] of patterns) if (pattern.test(node.text)) tell(node, path);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/* Styles. */

const unitOf = (unit) => {
  const [, of] = /^([sld])v(?:h|w|i|b|min|max)$/.exec(unit) ?? [];
  if (of) return `viewport_percentage_units_${{ s: 'small', l: 'large', d: 'dynamic' }[of]}`;
  return /^cq(?:h|w|i|b|min|max)$/.test(unit) ? 'container_query_length_units' : unit;
};

/** Where MDN may have a node of a sheet. */
function stylePlaces(node, property) {
  switch (node.type) {
    case 'Declaration':
      return [`css.properties.${node.property}`];
    case 'Identifier':
      return property ? [`css.properties.${property}.${node.name}`] : [];
    case 'Function':
      return ['', 'color.', 'image.gradient.', 'easing-function.'].map(
        (kind) => `css.types.${kind}${node.name}`,
      );
    case 'Dimension':
      return [`css.types.length.${unitOf(node.unit)}`];
    case 'PseudoClassSelector':
    case 'PseudoElementSelector':
      return [`css.selectors.${node.name}`];
    case 'NestingSelector':
      return ['css.selectors.nesting'];
    case 'Atrule':
      return [`css.at-rules.${node.name}`];
    case 'Feature':
      return [`css.at-rules.media.${node.name}`];
    default:
      return [];
  }
}

/**
 * A line for each use of what is missing somewhere. A declaration that is not understood leaves the
 * one before it, a prefix is for whoever knows it, and what `@supports` asks for is asked for.
 * @param {string} name @param {string} text
 */
export function inStyle(name, text, oldest = browsers.oldest) {
  const found = [];
  const before = new Map();
  walk(parse(text, { positions: true }), {
    enter(node) {
      if (node.type === 'Atrule' && node.name === 'supports') return this.skip;
      if (node.type === 'Declaration') {
        const earlier = before.get(this.block) ?? new Set();
        before.set(this.block, earlier);
        const plain = node.property.replace(/^-(?:webkit|moz)-/, '');
        if (earlier.has(plain)) return this.skip;
        earlier.add(plain);
        if (plain !== node.property) return this.skip;
      }
      const property = node.type === 'Declaration' ? '' : (this.declaration?.property ?? '');
      const path = known(stylePlaces(node, property));
      found.push(...told(`${name}:${node.loc?.start.line}`, path, oldest));
      return undefined;
    },
  });
  return found;
}
