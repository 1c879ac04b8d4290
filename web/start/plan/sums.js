// sums.js -- the plan in figures: what each part gets, whether items add up, what a turn comes to,
// and ways out. Pure.
//
// Nothing here changes a plan by itself: a way is a proposal with the form as it would be.
import * as traits from 'runde:traits';
import { FIRST_LAP, isProtected, lapsOf } from '../../shared/parts.js';
import { clockAfter, lengths as lengthsOf, turnMin } from '../../shared/schedule.js';
import { isOn, put } from './agenda.js';
import { itemSchema } from './check.js';

const MINUTE = 60000;
export { clockAfter };

/** The sizes of a table that are always shown. */
export const SIZES = [6, 8, 10, 12, 14];

/** Minutes as the protocol takes them; a field may hold anything while it is written in. */
const isMinutes = (value) =>
  Number.isInteger(value) && value >= 0 && value <= itemSchema.properties.minutes.maximum;
const whole = (value) => (Number.isInteger(value) && value >= 0 ? value : 0);

/** Milliseconds of each part of an item, as the server will lay them out. @returns {number[]} */
export const lengths = (item) => lengthsOf(item, isOn);

/**
 * What an item comes to, in minutes. `over` is positive when too much is planned, negative when
 * there is air.
 * @returns {{minutes: number, sum: number, over: number, withOptional: number}}
 */
export function itemSum(item) {
  const ms = lengths(item);
  const sum = (wanted) =>
    item.parts.reduce((total, part, k) => total + (wanted(part) ? ms[k] : 0), 0) / MINUTE;
  const minutes = whole(item.minutes);
  return {
    minutes,
    sum: sum(isOn),
    over: sum(isOn) - minutes,
    withOptional: sum((part) => isOn(part) || part.optional),
  };
}

/** All items' minutes, and what the parts that are on take. */
export function total(form) {
  const sums = form.items.map(itemSum);
  return {
    minutes: sums.reduce((all, each) => all + each.minutes, 0),
    parts: sums.reduce((all, each) => all + each.sum, 0),
  };
}

/** The time that a part's turns share, in ms; null where nobody takes turns. */
function dealt(form, item, part) {
  const ms = lengths(item)[item.parts.indexOf(part)];
  const opening = traits.opening_ms(part);
  if (opening) return Math.max(0, ms - opening);
  if (!lapsOf(part)) return null;
  if (!part.shares || part.minutes !== undefined) return ms;
  const lender = form.items.find((each) => each.parts.some(({ id }) => id === part.shares));
  return lender ? lengths(lender)[lender.parts.findIndex(({ id }) => id === part.shares)] : ms;
}

/** How many take a turn of so many people. */
const takers = (part, people) =>
  people - Number(part.presenter_turn === false) - Number(part.facilitator_turn === false);

/** The shortest turn that a part gives each of so many, in ms; null where nobody takes turns. */
export function turnOf(form, item, part, people) {
  const time = dealt(form, item, part);
  const many = takers(part, people);
  if (time === null || many < 1) return null;
  const laps = lapsOf(part);
  const first = laps > 1 ? (whole(part.first_lap) || FIRST_LAP) / 100 : 1;
  const shortest = laps > 1 ? Math.min(first, (1 - first) / (laps - 1)) : 1;
  return Math.floor((time * shortest) / many);
}

/**
 * Every round of the plan with what each gets, and the least that the part allows.
 * @param {number[]} sizes
 * @returns {{item: any, part: any, on: boolean, least: number, turns: {people: number, ms:
 *   number, tight: boolean}[]}[]}
 */
export const rounds = (form, sizes) =>
  form.items.flatMap((item) =>
    item.parts
      .filter((part) => turnOf(form, item, part, 2) !== null)
      .map((part) => {
        const least =
          Number.isInteger(part.turn_min) && part.turn_min > 0
            ? part.turn_min
            : turnMin({ ...part, turn_min: undefined });
        const turns = sizes.map((people) => ({
          people,
          ms: turnOf(form, item, part, people) ?? 0,
        }));
        return {
          item,
          part,
          on: isOn(part),
          least,
          turns: turns.map((turn) => ({ ...turn, tight: turn.ms < least })),
        };
      }),
  );

const minutesPath = (form, item, part) => [
  'items',
  form.items.indexOf(item),
  'parts',
  item.parts.indexOf(part),
  'minutes',
];
const itemPath = (form, item) => ['items', form.items.indexOf(item), 'minutes'];

/**
 * Who gives first: a dialogue bends, a round takes from everybody, and what is protected only where
 * there is nothing else.
 */
const hardness = (part) => (isProtected(part) ? 2 : traits.gives_first(part) ? 0 : 1);

/**
 * The part that is on and can give so many minutes and keep one: the softest, of these the longest.
 */
function giver(item, minutes) {
  const can = item.parts.filter((part) => isOn(part) && whole(part.minutes) > minutes);
  return can.sort((a, b) => hardness(a) - hardness(b) || b.minutes - a.minutes)[0];
}

/** The item that lends: the longest of the others, the one that has air before them. */
function lender(form, item, minutes) {
  const others = form.items.filter(
    (each) => each !== item && whole(each.minutes) > minutes && isReadable(each),
  );
  const airy = others.filter((each) => itemSum(each).over <= -minutes);
  const able = airy.length ? airy : others.filter((each) => giver(each, minutes));
  return [...able].sort((a, b) => b.minutes - a.minutes)[0];
}

/**
 * @typedef {{way: 'shorten' | 'drop' | 'borrow' | 'longer' | 'bring' | 'lengthen' | 'shorter',
 *   part?: any, item?: any, from: number, to: number, form: any}} Way
 */

/** @returns {Way[]} */
function waysOver(form, item, over, minutes) {
  /** @type {Way[]} */
  const ways = [];
  const shorten = giver(item, over);
  const lends = lender(form, item, over);
  if (shorten)
    ways.push({
      way: 'shorten',
      part: shorten,
      from: shorten.minutes,
      to: shorten.minutes - over,
      form: put(form, minutesPath(form, item, shorten), shorten.minutes - over),
    });
  for (const part of item.parts.filter(
    (each) => each.optional && isOn(each) && whole(each.minutes) > 0,
  ))
    ways.push({
      way: 'drop',
      part,
      from: part.minutes,
      to: 0,
      form: put(form, [...minutesPath(form, item, part).slice(0, -1), 'on'], false),
    });
  if (lends) {
    const gives = itemSum(lends).over <= -over ? null : giver(lends, over);
    const longer = put(form, itemPath(form, item), minutes + over);
    const lent = put(longer, itemPath(form, lends), lends.minutes - over);
    ways.push({
      way: 'borrow',
      item: lends,
      part: gives,
      from: lends.minutes,
      to: lends.minutes - over,
      form: gives ? put(lent, minutesPath(form, lends, gives), gives.minutes - over) : lent,
    });
  }
  return [
    ...ways,
    {
      way: /** @type {'longer'} */ ('longer'),
      from: minutes,
      to: minutes + over,
      form: put(form, itemPath(form, item), minutes + over),
    },
  ];
}

/** @returns {Way[]} */
function waysAir(form, item, air, minutes) {
  /** @type {Way[]} */
  const ways = [];
  for (const part of item.parts.filter(
    (each) => each.optional && !isOn(each) && whole(each.minutes) > 0,
  ))
    ways.push({
      way: 'bring',
      part,
      from: 0,
      to: part.minutes,
      form: put(form, [...minutesPath(form, item, part).slice(0, -1), 'on'], true),
    });
  const lengthen = item.parts
    .filter((part) => isOn(part) && traits.grows(part) && part.minutes !== undefined)
    .at(-1);
  if (lengthen)
    ways.push({
      way: 'lengthen',
      part: lengthen,
      from: lengthen.minutes,
      to: lengthen.minutes + air,
      form: put(form, minutesPath(form, item, lengthen), lengthen.minutes + air),
    });
  if (minutes - air > 0)
    ways.push({
      way: 'shorter',
      from: minutes,
      to: minutes - air,
      form: put(form, itemPath(form, item), minutes - air),
    });
  return ways;
}

/** Whether all that is added up can be read: else the sum says nothing to do something about. */
const isReadable = (item) =>
  [item, ...item.parts].every(({ minutes }) => minutes === undefined || isMinutes(minutes));

/**
 * What could be done about an item that does not add up; the first is the mildest. @returns {Way[]}
 */
export function ways(form, item) {
  const { over, minutes } = itemSum(item);
  if (!Number.isInteger(over) || over === 0 || item.minutes === undefined || !isReadable(item))
    return [];
  return over > 0 ? waysOver(form, item, over, minutes) : waysAir(form, item, -over, minutes);
}

/** A day that lies so many days before an ISO date, as an ISO date; null without one. */
export function daysBefore(date, days) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date ?? '');
  if (!parts) return null;
  return new Date(Date.UTC(+parts[1], +parts[2] - 1, +parts[3] - days)).toISOString().slice(0, 10);
}
