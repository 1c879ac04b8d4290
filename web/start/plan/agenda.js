// agenda.js -- the agenda while it is being edited. Pure: every change gives a new one, and shares
// what it did not touch.
//
// The form is an agenda by protocol/template.schema.json, but for three things: an item has a `key`
// of its own, so that it is known again when it moves; what is not filled in yet may be '' or a
// list with empty lines; and with it stand the figures and the people that are given to the meeting
// when it is made. `agendaOf` takes all three out.

import { enums } from 'runde:protocol';
import * as traits from 'runde:traits';

/** @import {Agenda, Commands} from 'runde:protocol' */

/**
 * A thing of the protocol while it is filled in: a number may be a text still, and a word of a list
 * any text.
 * @template T
 * @typedef {T extends string ? string : T extends boolean ? T : T extends number ? any :
 *   T extends object ? {[K in keyof T]: Filled<T[K]>} : T} Filled
 */

/**
 * @typedef {Filled<Agenda['items'][number]> & {key?: number}} Item
 * @typedef {Item['parts'][number]} Part
 * @typedef {Partial<Filled<Commands['data.put']>>} Figure
 * @typedef {Partial<Filled<Commands['seat.add']>>} Expected
 * @typedef {Filled<Omit<Agenda, 'items'>> & {items: Item[], data?: Figure[], seats?: Expected[]}} Form
 * @typedef {(string | number)[]} Path
 */

/** @returns {Form} */
export const formOf = (agenda, { data = [], seats = [] } = {}) => ({
  ...agenda,
  items: agenda.items.map((item, i) => ({ ...item, key: i + 1 })),
  data,
  seats,
});

const isEmpty = (value) => value === '' || (Array.isArray(value) && value.length === 0);
/** An agenda cannot be without these: an empty one is told, not left out. */
const KEPT = { '': ['items'], items: ['title', 'parts'], bank: ['questions'], carried: ['text'] };

function cleanedList(list, inside) {
  const cleanOnes = list.map((each) => cleaned(each, inside));
  return cleanOnes.filter(
    (each) => each !== '' && !(inside === 'bank' && !each.title && !each.questions?.length),
  );
}

function cleaned(value, inside = '') {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return cleanedList(value, inside);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name]) => name !== 'key')
    .map(([name, each]) => [name, cleaned(each, name)])
    .filter(
      ([name, each]) => each !== undefined && (!isEmpty(each) || KEPT[inside]?.includes(name)),
    );
  return Object.fromEntries(entries);
}

/** The form as an agenda: nothing empty in it but what an agenda cannot be without. */
export const agendaOf = (/** @type {Form} */ { data, seats, ...agenda }) => cleaned(agenda);

/** The same without what was answered, and the answers: those of a meeting are set one by one. */
export function apart(/** @type {Form} */ form) {
  const { before, ...agenda } = agendaOf(form);
  const questions = before?.map(({ yes, text, ...it }) => it);
  return { agenda: { ...agenda, ...(questions && { before: questions }) }, answers: before ?? [] };
}

/** The figures as data.put takes them. @returns {Figure[]} */
export const figuresOf = (/** @type {Form} */ { data }) =>
  (data ?? [])
    .map((it) => cleaned(it))
    .map(({ url, csv, chart, text, ...it }) => ({
      ...it,
      ...({ link: { url }, text: { text } }[it.kind] ?? { csv, chart }),
    }))
    .map((it) => cleaned(it));

/**
 * The people as they were written; lines without a name and a function are none. @returns
 * {Expected[]}
 */
export const seatsAsked = (/** @type {Form} */ { seats }) =>
  (seats ?? []).map((it) => cleaned(it)).filter((it) => it.name || it.function);

/** The people as seat.add takes them. @returns {Expected[]} */
export const seatsOf = (/** @type {Form} */ form) =>
  seatsAsked(form).map((it) => (it.name ? it : { ...it, name: it.function }));

/** What stands at a path. @param {Path} path */
export const at = (form, path) => path.reduce((value, step) => value?.[step], form);

/** The form with another value at a path; undefined takes the name out. @param {Path} path */
export function put(form, path, value) {
  const [step, ...rest] = path;
  const next = rest.length
    ? put(form[step] ?? (typeof rest[0] === 'number' ? [] : {}), rest, value)
    : value;
  if (Array.isArray(form)) return Object.assign([...form], { [step]: next });
  if (next === undefined)
    return Object.fromEntries(Object.entries(form).filter(([name]) => name !== step));
  return { ...form, [step]: next };
}

/** A number as it was typed: what is none stays as it is, to be told beside the field. */
export const numberIn = (text) => {
  const plain = text.trim();
  if (plain === '') return undefined;
  return /^\d{1,9}$/.test(plain) ? Number(plain) : plain;
};

export const linesOf = (list) => (list ?? []).join('\n');
export const listIn = (text) => (text === '' ? undefined : text.split('\n'));

const partsOf = (form) => form.items.flatMap((item) => item.parts);

/** An id that no part has yet. */
export function freshId(form, taken = partsOf(form).map((part) => part.id)) {
  let n = taken.length + 1;
  while (taken.includes(`p${n}`)) n++;
  return `p${n}`;
}

const freshKey = (form) => Math.max(0, ...form.items.map((item) => item.key)) + 1;

/** Items in the order of the table, numbered from the first one's number. */
const numbered = (form, items) => ({
  ...form,
  items: items.map((item, i) => (item.no === i + 1 ? item : { ...item, no: i + 1 })),
});

/** @param {Form} form */
export const findItem = (form, key) => form.items.findIndex((item) => item.key === key);

/** Where a part stands. @returns {[number, number]} */
export function findPart(form, id) {
  const i = form.items.findIndex((item) => item.parts.some((part) => part.id === id));
  return [i, i < 0 ? -1 : form.items[i].parts.findIndex((part) => part.id === id)];
}

const without = (list, i) => list.filter((_, k) => k !== i);
const inserted = (list, i, value) => [...list.slice(0, i), value, ...list.slice(i)];

/** @returns {[Form, number]} the form and the new item's key */
export function addItem(form) {
  const key = freshKey(form);
  const item = {
    key,
    no: 0,
    title: '',
    minutes: 10,
    parts: [{ id: freshId(form), method: enums.method[0], minutes: 10 }],
  };
  return [numbered(form, [...form.items, item]), key];
}

/** @returns {[Form, number]} */
export function copyItem(form, key) {
  const i = findItem(form, key);
  const taken = partsOf(form).map((part) => part.id);
  /** @type {Map<string, string>} */
  const renamed = new Map();
  for (const part of form.items[i].parts) {
    const id = freshId(form, taken);
    taken.push(id);
    renamed.set(part.id, id);
  }
  const parts = form.items[i].parts.map((part) => ({
    ...part,
    id: renamed.get(part.id),
    ...(part.shares ? { shares: renamed.get(part.shares) ?? part.shares } : {}),
  }));
  const mine = freshKey(form);
  return [
    numbered(form, inserted(form.items, i + 1, { ...form.items[i], key: mine, parts })),
    mine,
  ];
}

/**
 * A part that shared minutes with one that is gone has none of its own, and gets what the item has
 * left.
 */
function released(form) {
  const ids = partsOf(form).map((part) => part.id);
  const lost = (part) => part.shares && !ids.includes(part.shares);
  if (!partsOf(form).some(lost)) return form;
  const free = ({ shares, ...part }) => part;
  return {
    ...form,
    items: form.items.map((item) => ({
      ...item,
      parts: item.parts.map((part) => (lost(part) ? free(part) : part)),
    })),
  };
}

export const removeItem = (form, key) =>
  released(
    numbered(
      form,
      form.items.filter((item) => item.key !== key),
    ),
  );

/** An item to another place, counted as the list stands now. */
export function moveItem(form, key, to) {
  const i = findItem(form, key);
  const place = Math.max(0, Math.min(form.items.length - 1, to));
  if (place === i) return form;
  return numbered(form, inserted(without(form.items, i), place, form.items[i]));
}

const withParts = (form, i, parts) => put(form, ['items', i, 'parts'], parts);

/** @returns {[Form, string]} the form and the new part's id */
export function addPart(form, key, method) {
  const i = findItem(form, key);
  const id = freshId(form);
  return [withParts(form, i, [...form.items[i].parts, { id, method, minutes: 5 }]), id];
}

/** @returns {[Form, string]} */
export function copyPart(form, id) {
  const [i, k] = findPart(form, id);
  const mine = freshId(form);
  return [
    withParts(
      form,
      i,
      inserted(form.items[i].parts, k + 1, { ...form.items[i].parts[k], id: mine }),
    ),
    mine,
  ];
}

export function removePart(form, id) {
  const [i, k] = findPart(form, id);
  return released(withParts(form, i, without(form.items[i].parts, k)));
}

/** A part to a place of an item, its own or another. */
export function movePart(form, id, item, to) {
  const [i, k] = findPart(form, id);
  const part = form.items[i].parts[k];
  const taken = withParts(form, i, without(form.items[i].parts, k));
  const place = Math.max(0, Math.min(taken.items[item].parts.length, to));
  if (item === i && place === k) return form;
  return withParts(taken, item, inserted(taken.items[item].parts, place, part));
}

/** One step up or down; over an item's edge into the one beside it. */
export function stepPart(form, id, by) {
  const [i, k] = findPart(form, id);
  const to = k + by;
  if (to >= 0 && to < form.items[i].parts.length) return movePart(form, id, i, to);
  const item = i + by;
  if (item < 0 || item >= form.items.length) return form;
  return movePart(form, id, item, by < 0 ? form.items[item].parts.length : 0);
}

/** Whether a part is in the plan when the meeting begins. */
export const isOn = (part) => part.on ?? !part.optional;

/** All that mean something to a method. */
const ALL = new Set(enums.method.flatMap((method) => traits.settings({ method })));

/** The settings of a method that this protocol knows. @param {any} schema  of a part */
export const settingsOf = (method, schema) =>
  traits.settings({ method }).filter((name) => schema.properties[name]);

/** Another method: settings that mean nothing to it go, so that the file says what happens. */
export function withMethod(part, method) {
  const stays = new Set(traits.settings({ method }));
  return {
    ...Object.fromEntries(
      Object.entries(part).filter(([name]) => !ALL.has(name) || stays.has(name)),
    ),
    method,
  };
}
