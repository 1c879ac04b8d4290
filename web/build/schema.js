// schema.js -- the agenda's schema with every name resolved and every limit a number: what
// `runde:agenda` gives to a page, so that it checks by the protocol's own rules.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readMethods } from './methods.js';

const reader = (folder) => (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/**
 * A schema with "...name" written out, and with what may be null said as JSON Schema says it. What
 * the schema names itself stands, whatever is spread beside it.
 *
 * @param {any} schema
 * @param {(name: string) => any[]} spreads  the schemas that stand where it says "...name"
 */
export function writtenOut(schema, spreads) {
  const names = Object.keys(schema.properties);
  const inner = names
    .filter((name) => name.startsWith('...'))
    .flatMap((name) => spreads(name.slice(3)))
    .map((each) => writtenOut(each, spreads));
  const own = names.filter((name) => !name.startsWith('...'));
  const orNull = (name, each) =>
    schema.null?.includes(name) ? { anyOf: [each, { type: 'null' }] } : each;
  const properties = Object.assign(
    {},
    ...inner.map((each) => each.properties),
    Object.fromEntries(own.map((name) => [name, schema.properties[name]])),
  );
  const required = [
    ...inner.flatMap((each) => each.required).filter((name) => !own.includes(name)),
    ...schema.required,
  ];
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, orNull(name, each)]),
    ),
    required: [...new Set(required)],
  };
}

/** The records that stand in the rows of the methods whose own they are, by their names. */
export const recordsOf = (methods) =>
  Object.fromEntries(
    methods.flatMap(({ records }) =>
      Object.entries(records ?? {}).map(([name, { fields }]) => [name, fields]),
    ),
  );

/** @param {string} folder  protocol/ */
function resolver(folder) {
  const read = reader(folder);
  const limits = read('limits.json');
  const records = readdirSync(join(folder, 'records')).map((file) => read(`records/${file}`));
  const methods = readMethods(folder);
  const named = {
    method: { type: 'string', enum: methods.map(({ method }) => method) },
    ...read('types.json'),
    ...Object.fromEntries(records.map(({ record, fields }) => [record, fields])),
    ...recordsOf(methods),
  };
  const spreads = (name) =>
    name === 'settings' ? methods.flatMap((row) => row.settings ?? []) : [named[name]];
  const resolved = (node) => {
    if (Array.isArray(node)) return node.map(resolved);
    if (typeof node === 'string' && node.startsWith('limit:')) return limits[node.slice(6)];
    if (typeof node !== 'object') return node;
    if (node.$ref) return resolved(named[node.$ref]);
    if (node.properties) node = writtenOut(node, spreads);
    return Object.fromEntries(Object.entries(node).map(([name, each]) => [name, resolved(each)]));
  };
  return resolved;
}

/**
 * The agenda, and the fields of the commands that go with a plan: figures to present, and people
 * expected.
 */
export function planSchemas(folder) {
  const read = reader(folder);
  const resolved = resolver(folder);
  const { type, properties, required } = read('template.schema.json');
  return {
    schema: resolved({ type, properties, required }),
    figures: resolved(read('commands/data.put.json').with),
    figuresMax: read('limits.json').data,
    expected: resolved(read('commands/seat.add.json').with),
  };
}

/** As a module's source. */
export const planModule = (folder) =>
  Object.entries(planSchemas(folder))
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
