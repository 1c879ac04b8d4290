// check.js -- an agenda held against the protocol's schema and against what the engine asks beyond
// it. Pure.
//
// Rules are words of a closed list, so that the page has a sentence for each: type, integer, empty,
// required, unknown, maxLength, maximum, minimum, maxItems, enum, pattern, day, hour, address,
// same_id, shares, no_items, no_parts.
import { expected, figures, figuresMax, schema } from 'runde:agenda';
import { clean, cleanLine } from '../../shared/clean.js';

/**
 * @typedef {{path: string, rule: string, limit?: number, is?: number}} Wrong  path:
 *   "items.3.parts.0.minutes"
 */

/** The schema of an item, of a part. */
export const itemSchema = schema.properties.items.items;
export const partSchema = itemSchema.properties.parts.items;

/** As the protocol counts: code points. */
export const lengthOf = (text) => [...text].length;

const join = (path, name) => (path ? `${path}.${name}` : String(name));

/** What a pattern is for, by what it takes: whoever is told how to write it need not read it. */
const FORMS = [
  { rule: 'day', takes: '2026-05-12' },
  { rule: 'hour', takes: '09:00' },
  { rule: 'address', takes: 'https://a' },
];

/** Whether the calendar has a day that is written like one. @param {string} day */
function exists(day) {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date;
}

/** @returns {Wrong[]} */
function checkForm(pattern, value, path) {
  const form = new RegExp(pattern, 'u');
  const rule = FORMS.find(({ takes }) => form.test(takes) && !form.test('a'))?.rule ?? 'pattern';
  return form.test(value) && (rule !== 'day' || exists(value)) ? [] : [{ path, rule }];
}

/** A text as the server will have it: its length is what counts. */
const cleaned = (node, value) =>
  node.clean === 'line' ? cleanLine(value) : node.clean === 'lines' ? clean(value) : value;

/** @returns {Wrong[]} */
function checkText(node, value, path) {
  if (typeof value !== 'string') return [{ path, rule: 'type' }];
  if (node.enum) return node.enum.includes(value) ? [] : [{ path, rule: 'enum' }];
  if (node.pattern) return checkForm(node.pattern, value, path);
  const is = lengthOf(cleaned(node, value));
  if (is < (node.minLength ?? 0)) return [{ path, rule: 'empty' }];
  return is > (node.maxLength ?? Infinity)
    ? [{ path, rule: 'maxLength', limit: node.maxLength, is }]
    : [];
}

/** @returns {Wrong[]} */
function checkInteger(node, value, path) {
  if (!Number.isInteger(value)) return [{ path, rule: 'integer' }];
  if (value < node.minimum) return [{ path, rule: 'minimum', limit: node.minimum }];
  return value > node.maximum ? [{ path, rule: 'maximum', limit: node.maximum }] : [];
}

/** @returns {Wrong[]} */
function checkObject(node, value, path) {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path, rule: 'type' }];
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(node.properties, name));
  const missing = (node.required ?? []).filter((name) => !Object.hasOwn(value, name));
  return [
    ...unknown.map((name) => ({ path: join(path, name), rule: 'unknown' })),
    ...missing.map((name) => ({ path: join(path, name), rule: 'required' })),
    ...Object.entries(value).flatMap(([name, each]) =>
      Object.hasOwn(node.properties, name)
        ? checkValue(node.properties[name], each, join(path, name))
        : [],
    ),
  ];
}

/** @returns {Wrong[]} */
function checkList(node, value, path) {
  if (!Array.isArray(value)) return [{ path, rule: 'type' }];
  const many =
    value.length > node.maxItems
      ? [{ path, rule: 'maxItems', limit: node.maxItems, is: value.length }]
      : [];
  return [...many, ...value.flatMap((each, i) => checkValue(node.items, each, join(path, i)))];
}

/** A value against a node of the schema. @returns {Wrong[]} */
export function checkValue(node, value, path = '') {
  if (node.type === 'object') return checkObject(node, value, path);
  if (node.type === 'array') return checkList(node, value, path);
  if (node.type === 'integer') return checkInteger(node, value, path);
  if (node.type === 'boolean') return typeof value === 'boolean' ? [] : [{ path, rule: 'type' }];
  return checkText(node, value, path);
}

/** Each section of the minutes once, and each answer once, in the decisions alone. */
function unsoundLayout(layout) {
  const twice = (list, key) => new Set(list.map((each) => each[key])).size < list.length;
  return [
    ...(twice(layout, 'section') ? [{ path: 'layout.section', rule: 'layout' }] : []),
    ...layout.flatMap(({ section, heading, answers = [] }, i) => [
      ...(section === 'agenda' && heading !== undefined
        ? [{ path: `layout.${i}.heading`, rule: 'layout' }]
        : []),
      ...(twice(answers, 'answer') || (answers.length && section !== 'decisions')
        ? [{ path: `layout.${i}.answers`, rule: 'layout' }]
        : []),
    ]),
  ];
}

/** Whether that is the code of a chief of several schools: its last letter is made of the others (server/base/chief.h). */
export function isChiefCode(code) {
  const letters = [...code.replace(/[ -]/g, '').toUpperCase()].map((letter) =>
    '23456789ABCDEFGHJKMNPQRSTUVWXYZ'.indexOf(letter),
  );
  const sum = letters.slice(0, 15).reduce((all, value, i) => all + (i + 1) * value, 0);
  return letters.length === 16 && !letters.includes(-1) && sum % 31 === letters[15];
}

/** What the engine asks of a well-formed agenda (server/engine/agenda.h). @returns {Wrong[]} */
function unsound(agenda) {
  if (!agenda.items.length) return [{ path: 'items', rule: 'no_items' }];
  const places = agenda.items.flatMap((item, i) =>
    item.parts.map((part, k) => ({ part, path: `items.${i}.parts.${k}` })),
  );
  const ids = places.map(({ part }) => part.id);
  const asked = (agenda.before ?? []).map((it) => it.id);
  return [
    ...asked.flatMap((id, i) =>
      asked.indexOf(id) === i ? [] : [{ path: `before.${i}.id`, rule: 'same_id' }],
    ),
    ...unsoundLayout(agenda.layout ?? []),
    ...(agenda.chief !== undefined && !isChiefCode(agenda.chief)
      ? [{ path: 'chief', rule: 'chief' }]
      : []),
    ...agenda.items.flatMap((item, i) =>
      item.parts.length ? [] : [{ path: `items.${i}.parts`, rule: 'no_parts' }],
    ),
    ...places.flatMap(({ part, path }) => [
      ...(ids.indexOf(part.id) !== ids.lastIndexOf(part.id)
        ? [{ path: `${path}.id`, rule: 'same_id' }]
        : []),
      ...(part.shares && (part.shares === part.id || !ids.includes(part.shares))
        ? [{ path: `${path}.shares`, rule: 'shares' }]
        : []),
    ]),
  ];
}

/** What the planner shows at its field until it is mended. */
const UNFINISHED = [
  ...['empty', 'integer', 'minimum', 'maximum', 'maxLength', 'maxItems', 'address'],
  ...['no_items', 'no_parts'],
];
const MAY_BE_MISSING = /(^|\.)(title|minutes|url|csv|text)$/;
/** What the planner has no field for. */
const NO_FIELD =
  /(^|\.)(no|id|from|from_date|about|ask|yes|yes_no)$|^(carried|plan|layout|chief|version)\b/;

/**
 * Whether that is only not finished, and no reason to refuse a plan. @param {Wrong} wrong @param
 * {any} value  what stands there
 */
export const isUnfinished = ({ path, rule }, value) =>
  !NO_FIELD.test(path) &&
  (rule === 'required'
    ? MAY_BE_MISSING.test(path)
    : UNFINISHED.includes(rule) &&
      (Array.isArray(value) || ['string', 'number'].includes(typeof value)));

/** All that is wrong with an agenda; nothing when the server would take it. @returns {Wrong[]} */
export function checkAgenda(agenda) {
  const wrong = checkValue(schema, agenda);
  const shaped = wrong.every(({ rule }) => !['type', 'required'].includes(rule));
  return shaped ? [...wrong, ...unsound(agenda)] : wrong;
}

/**
 * Figures and links to present: what data.put takes, and what each kind cannot be without. @returns
 * {Wrong[]}
 */
export function checkFigures(list) {
  const many =
    list.length > figuresMax
      ? [{ path: 'data', rule: 'maxItems', limit: figuresMax, is: list.length }]
      : [];
  const needed = (it) => ({ link: 'url', text: 'text' })[it.kind] ?? 'csv';
  return [
    ...many,
    ...list.flatMap((it, i) => [
      ...(it[needed(it)] ? [] : [{ path: `data.${i}.${needed(it)}`, rule: 'required' }]),
      ...checkValue(figures, it, `data.${i}`),
    ]),
  ];
}

/** People who are expected: what seat.add takes. @returns {Wrong[]} */
export const checkSeats = (list) => list.flatMap((it, i) => checkValue(expected, it, `seats.${i}`));
