// schema.js -- the protocol folder as ajv checks, for tests that look at real traffic.
//
// What the schemas leave unsaid is filled in here and nowhere else: limits by name, types and
// records by reference, and that no object has fields beyond those it names.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { recordsOf, writtenOut } from '../../web/build/schema.js';

const folder = new URL('../../protocol/', import.meta.url);
const { Ajv } = createRequire(new URL('../../web/package.json', import.meta.url))('ajv');

/** @param {string} file  below protocol/ */
const read = (file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

/** Every file of a folder, by its name without the ending. @param {string} sub */
const readAll = (sub) =>
  new Map(
    readdirSync(new URL(`${sub}/`, folder))
      .filter((file) => file.endsWith('.json'))
      .sort()
      .map((file) => [file.slice(0, -'.json'.length), read(`${sub}/${file}`)]),
  );

export const limits = read('limits.json');
export const refusals = Object.keys(read('refusals.json'));
export const commands = readAll('commands');
export const facts = readAll('facts');
export const frames = readAll('frames');
const types = read('types.json');
export const methods = [...readAll('methods').values()].sort((a, b) => a.place - b.place);
const records = new Map([
  ...[...readAll('records')].map(([name, { fields }]) => [name, fields]),
  ...Object.entries(recordsOf(methods)),
]);

/** What a {"$ref": name} stands for. @param {string} name */
function lookUp(name) {
  if (name === 'refusal') return { type: 'string', enum: refusals };
  if (name === 'method') return { type: 'string', enum: methods.map((each) => each.method) };
  if (Object.hasOwn(types, name)) return types[name];
  if (name === 'agenda') {
    const { type, properties, required } = read('template.schema.json');
    return { type, properties, required };
  }
  const record = records.get(name);
  if (!record) throw new Error(`nothing in protocol/ is called ${name}`);
  return record;
}

/** What stands where a schema says "...name". @param {string} name @returns {any[]} */
const spreads = (name) => {
  const of = { methods: 'seen', settings: 'settings' }[name];
  return of ? methods.flatMap((row) => row[of] ?? []) : [records.get(name)];
};

/**
 * A schema of ours as plain JSON Schema.
 * @param {any} schema
 * @returns {any}
 */
export function resolve(schema) {
  if (schema.$ref) return resolve(lookUp(schema.$ref));
  if (schema.properties) schema = writtenOut(schema, spreads);
  const out = { ...schema };
  delete out.clean; // What the server makes of a text refuses nothing.
  for (const [key, value] of Object.entries(schema)) {
    if (typeof value !== 'string' || !value.startsWith('limit:')) continue;
    const name = value.slice('limit:'.length);
    if (!Object.hasOwn(limits, name)) throw new Error(`limits.json has no ${name}`);
    out[key] = limits[name];
  }
  if (schema.items) out.items = resolve(schema.items);
  if (schema.anyOf) out.anyOf = schema.anyOf.map(resolve);
  if (schema.properties) {
    out.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, value]) => [name, resolve(value)]),
    );
    out.additionalProperties = false;
  }
  return out;
}

/** A command's whole frame. @param {any} command  a file of commands/ */
export function commandSchema(command) {
  const frame = resolve(frames.get('command').schema);
  frame.properties.do = { type: 'string', enum: [command.do] };
  frame.properties.with = resolve(command.with);
  if (frame.properties.with.required.length > 0) frame.required = [...frame.required, 'with'];
  return frame;
}

/**
 * One fact as it stands in a facts frame.
 * @param {any} fact  a file of facts/
 * @param {boolean} [blanked]  whether what can be redacted may be missing
 */
export function factSchema(fact, blanked = false) {
  const fields = resolve(fact.fields);
  for (const name of fact.untold ?? []) delete fields.properties[name];
  const hidden = new Set(blanked ? (fact.redact ?? []) : []);
  return {
    type: 'object',
    properties: {
      seq: { ...resolve({ $ref: 'wall' }), minimum: 1 },
      at: resolve({ $ref: 'instant' }),
      fact: { type: 'string', enum: [fact.fact] },
      ...fields.properties,
    },
    required: ['seq', 'at', 'fact', ...fields.required.filter((name) => !hidden.has(name))],
    additionalProperties: false,
  };
}

/** The frame's file in frames/, by the key that no other frame has. @param {any} frame */
function frameName(frame) {
  if (Object.hasOwn(frame, 'do')) return 'command';
  if (Object.hasOwn(frame, 're')) return 'reply';
  return [...frames.keys()].find((name) => Object.hasOwn(frame, name));
}

/** ajv's findings as lines. @param {import('../../web/node_modules/ajv').ValidateFunction} check */
const lines = (check, what) =>
  (check.errors ?? []).map(
    (e) => `${what}${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`,
  );

/**
 * Makes a check for whole frames, as they go over the wire.
 *
 * @returns {(text: string, direction: 'client' | 'server', role?: string) => string[]}
 *   what is wrong with the frame, nothing when it is good; with a role, a command that this role
 *   may not send is wrong too
 */
export function validator() {
  const ajv = new Ajv({ allErrors: true, strictTypes: false });
  const ofFrame = new Map([...frames].map(([name, f]) => [name, ajv.compile(resolve(f.schema))]));
  const ofCommand = new Map(
    [...commands].map(([name, c]) => [name, ajv.compile(commandSchema(c))]),
  );
  const ofFact = new Map([...facts].map(([name, f]) => [name, ajv.compile(factSchema(f))]));

  function checkCommand(frame, role) {
    const command = commands.get(frame.do);
    if (!command) return ['no such command'];
    const errors = command.who.includes(role ?? command.who[0]) ? [] : [`${role} may not send it`];
    const check = ofCommand.get(frame.do);
    return check(frame) ? errors : [...errors, ...lines(check, frame.do)];
  }

  function checkFact(fact, i) {
    const check = ofFact.get(fact.fact);
    if (!check) return [`facts/${i}: no such fact`];
    return check(fact) ? [] : lines(check, `facts/${i} ${fact.fact}`);
  }

  /** Numbers that come in order, and none beyond what the frame says it is complete up to. */
  function checkOrder(frame) {
    const numbers = frame.facts.map((fact) => fact.seq);
    const ordered = numbers.every((seq, i) => i === 0 || seq > numbers[i - 1]);
    return ordered && (numbers.at(-1) ?? 0) <= frame.seq ? [] : ['facts: numbers out of order'];
  }

  /** What goes beyond the schema of a reply: a refusal has a code, and nothing else has one. */
  const checkReply = (frame) =>
    frame.ok === Object.hasOwn(frame, 'code') ? ['reply: ok and code contradict each other'] : [];

  return (text, direction, role) => {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch (error) {
      return [`not JSON: ${error}`];
    }
    if (typeof frame !== 'object' || frame === null || Array.isArray(frame))
      return ['not an object'];
    const name = frameName(frame);
    if (!name) return ['no such frame'];
    const from = frames.get(name).from;
    if (from !== 'both' && from !== direction) return [`${name}: not from the ${direction}`];
    const check = ofFrame.get(name);
    const errors = check(frame) ? [] : lines(check, name);
    if (errors.length > 0) return errors;
    if (name === 'command') return checkCommand(frame, role);
    if (name === 'writing' && role && !['console', 'scribe'].includes(role)) return ['forbidden'];
    if (name === 'facts') return [...frame.facts.flatMap(checkFact), ...checkOrder(frame)];
    return name === 'reply' ? checkReply(frame) : [];
  };
}
