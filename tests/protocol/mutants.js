// mutants.js -- frames that are good, and what becomes of them with one thing changed.
//
// Every change stands at the edge of what a schema allows, on either side of it.

import { commandSchema, commands, factSchema, facts, frames, resolve } from './schema.js';

const uuid = '3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b';
const formed = [
  'Europe/Copenhagen',
  uuid,
  '0'.repeat(64),
  'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCde',
  'K7QM-4XPR',
  '2026-11-17',
  '09:30',
  '4b',
];

/** A value with every field there is. @param {any} schema  resolved */
export function sample(schema) {
  if (schema.enum) return schema.enum[0];
  if (schema.pattern) return formed.find((text) => new RegExp(schema.pattern, 'u').test(text));
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return 'å'.repeat(Math.max(1, schema.minLength));
  if (schema.type === 'array') return [sample(schema.items)];
  if (schema.type !== 'object') return Math.max(1, schema.minimum);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, value]) => [name, sample(value)]),
  );
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Values to put in a place that this schema rules. */
function values(schema, value) {
  if (schema.enum) return [...schema.enum, 'x', '', String(value).toUpperCase(), 0, null];
  if (schema.pattern) {
    const text = String(value);
    const around = [
      `${text}a`,
      `a${text}`,
      text.slice(1),
      text.slice(0, -1),
      `${text}\n`,
      ` ${text}`,
    ];
    const digits = text.length > 16 ? [] : ['0', '2', '3', '6', '9'];
    for (const digit of digits)
      for (let i = 0; i < text.length; i++)
        around.push(text.slice(0, i) + digit + text.slice(i + 1));
    return [
      ...around,
      text.toUpperCase(),
      text.replace('-', ''),
      `${text}-`,
      '',
      'é',
      7,
      null,
      [text],
    ];
  }
  if (schema.type === 'boolean') return [true, false, 0, 'true', null, []];
  if (schema.type === 'string') {
    const { minLength: min, maxLength: max } = schema;
    return [
      'x'.repeat(min),
      '😀'.repeat(max),
      '😀'.repeat(max + 1),
      'e\u0301'.repeat(max / 2),
      '',
      ' x',
      7,
      null,
      {},
    ];
  }
  if (schema.type === 'array') {
    const one = sample(schema.items);
    const many = (n) => Array(n).fill(one);
    return [
      [],
      many(schema.maxItems),
      many(schema.maxItems + 1),
      [null],
      [[]],
      [one, {}],
      {},
      null,
      'x',
    ];
  }
  if (schema.type === 'object') return [[], null, 'x', 0];
  const { minimum: min, maximum: max } = schema;
  return [min, max, min - 1, max + 1, 1.5, -0.5, 1e21, -1e21, '1', '', true, null, [1]];
}

/**
 * Every single change of `value`, as functions that give the whole anew.
 * @param {any} schema
 * @param {any} value
 * @param {(changed: any) => any} around  puts a changed value back where it stood
 * @returns {(() => any)[]}
 */
function changes(schema, value, around) {
  const out = values(schema, value).map((other) => () => around(other));
  if (schema.type === 'array' && Array.isArray(value) && value.length > 0)
    out.push(...changes(schema.items, value[0], (first) => around([first, ...value.slice(1)])));
  if (!schema.properties || !isObject(value)) return out;
  for (const extra of ['x', '', 'constructor', 'seat ', 'ø'])
    out.push(() => around({ ...value, [extra]: 1 }));
  for (const [name, of] of Object.entries(schema.properties)) {
    if (!Object.hasOwn(value, name)) {
      out.push(() => around({ ...value, [name]: sample(of) }));
      continue;
    }
    const { [name]: gone, ...rest } = value;
    out.push(() => around(rest));
    out.push(...changes(of, gone, (other) => around({ ...value, [name]: other })));
  }
  return out;
}

/** Good frames, each with who sends it (`fact` for a fact) and the schema that rules it. */
export function seeds() {
  const out = [];
  for (const command of commands.values()) {
    const schema = commandSchema(command);
    const role = command.who[0] ?? 'phone';
    out.push({ role, schema, frame: { id: uuid, do: command.do, with: command.example } });
    out.push({ role, schema, frame: sample(schema) });
  }
  for (const name of ['hello', 'clock']) {
    const { schema: raw, example } = frames.get(name);
    const schema = resolve(raw);
    out.push(
      { role: 'phone', schema, frame: example },
      { role: 'board', schema, frame: sample(schema) },
    );
  }
  for (const fact of facts.values()) {
    const schema = factSchema(fact, true);
    out.push({ role: 'fact', schema, frame: { seq: 1, at: 0, fact: fact.fact, ...fact.example } });
    out.push({ role: 'fact', schema, frame: sample(schema) });
  }
  return out;
}

/** All frames that are one change away from `seed`. */
export const neighbours = ({ schema, frame }) =>
  changes(schema, frame, (whole) => whole).map((change) => change());

/** mulberry32: small numbers from 0 up to `n`, the same for the same seed. @param {number} seed */
export function dice(seed) {
  return (n) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}
