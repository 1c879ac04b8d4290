// file.js -- a plan as a file, out and in: an agenda, and under `plan` what the planner asks besides
// (figures, expected people, how many, what is ticked off). What a meeting keeps for next year is such
// a file too. Reading is strict: what is not a plan is
// said, place by place, and not guessed at. What is only not finished comes back as it was left. Pure.
import { at, agendaOf, figuresOf, seatsAsked } from './agenda.js';
import { checkAgenda, checkFigures, checkSeats, isUnfinished } from './check.js';

/** More than a plan at all its limits; what is larger is something else. */
const CHARS_MAX = 1 << 20;
const PEOPLE_MAX = 5000;
/** What files mean: a newer one may mean something else by the same names. */
const VERSION = 1;

/** @typedef {import('./check.js').Wrong} Wrong */

const isCount = (value) => Number.isInteger(value) && value > 1 && value <= PEOPLE_MAX;
const isTicks = (value) =>
  typeof value === 'object' &&
  !Array.isArray(value) &&
  Object.values(value).every((each) => typeof each === 'boolean');

/** What may stand under `plan`, and what is wrong with it. @type {{[name: string]: (value: any) => Wrong[]}} */
const PLAN = {
  people: (value) => (isCount(value) ? [] : [{ path: 'plan.people', rule: 'type' }]),
  own: (value) => (isCount(value) ? [] : [{ path: 'plan.own', rule: 'type' }]),
  ticks: (value) => (value && isTicks(value) ? [] : [{ path: 'plan.ticks', rule: 'type' }]),
  data: (value) => listed('data', value, checkFigures),
  // A seat may be known by its function alone: the name is put there when the meeting is made.
  seats: (value) =>
    listed('seats', value, (list) => checkSeats(list.map((it) => ({ name: it?.function, ...it })))),
};

/** @returns {Wrong[]} */
function listed(name, value, check) {
  const isList = Array.isArray(value) && value.every((each) => each && typeof each === 'object');
  return isList ? check(value) : [{ path: name, rule: 'type' }];
}

/** @returns {Wrong[]} */
function checkPlan(plan) {
  if (typeof plan !== 'object' || plan === null || Array.isArray(plan))
    return [{ path: 'plan', rule: 'type' }];
  return Object.entries(plan).flatMap(([name, value]) =>
    Object.hasOwn(PLAN, name) ? PLAN[name](value) : [{ path: `plan.${name}`, rule: 'unknown' }],
  );
}

/**
 * @param {string | null} text  null for a file that is no text
 * @returns {{agenda?: any, plan?: any, wrong?: Wrong[], line?: number}}  line: where the text stops
 *   being JSON; 0 when that is not told
 */
export function readFile(text) {
  if (text === null) return { wrong: [{ path: '', rule: 'json' }], line: 0 };
  if (text.length > CHARS_MAX) return { wrong: [{ path: '', rule: 'large' }] };
  let read;
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { wrong: [{ path: '', rule: 'json' }], line: lineOf(text, String(error.message)) };
  }
  const { plan = {}, version = VERSION, ...rest } = Object(read);
  if (Number.isInteger(version) && version > VERSION)
    return { wrong: [{ path: 'version', rule: 'newer' }] };
  const agenda = Object(read) === read && !Array.isArray(read) ? rest : read;
  const wrong = [
    ...(version === VERSION ? [] : [{ path: 'version', rule: 'type' }]),
    ...checkAgenda(agenda),
    ...checkPlan(plan),
  ];
  const all = { ...Object(agenda), ...Object(plan) };
  return wrong.every((each) => isUnfinished(each, at(all, each.path.split('.'))))
    ? { agenda, plan }
    : { wrong };
}

/** Browsers tell the place in three ways: a position, a line, or not at all. */
function lineOf(text, message) {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  return position ? text.slice(0, Number(position[1])).split('\n').length : 0;
}

/** What a file keeps beside the agenda. The figures of a meeting are known there by an id of its own. */
function planOf({ form, people, own, ticks }) {
  const data = figuresOf(form).map(({ data: id, ...it }) => it);
  const seats = seatsAsked(form);
  return {
    people,
    ...(isCount(own) ? { own } : {}),
    ...(data.length ? { data } : {}),
    ...(seats.length ? { seats } : {}),
    ...(Object.keys(ticks).length ? { ticks } : {}),
  };
}

/** @param {import('./store.js').State} s @returns {string} the file, for people to read too */
export const fileText = (s) =>
  `${JSON.stringify({ version: VERSION, ...agendaOf(s.form), plan: planOf(s) }, null, 2)}\n`;

/** A name that every system can keep: "skoleudviklingssamtale-2026-05-12.json". */
export function fileName({ title, date }) {
  const plain = (title ?? '')
    .toLowerCase()
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'oe')
    .replace(/å/g, 'aa')
    .normalize('NFKD');
  const words = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${[words || 'runde', date].filter(Boolean).join('-')}.json`;
}
