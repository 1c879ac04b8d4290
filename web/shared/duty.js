// duty.js -- who presents a part and who facilitates it: the rule of server/engine/duty.h, held
// against the same cases.
import { functions } from 'runde:functions';
import * as traits from 'runde:traits';
import { seatOf } from './model.js';
import { ofList } from './once.js';

/**
 * @import {Duty, TableSeat} from 'runde:protocol'
 * @import {PartOfItem, State} from './model.js'
 */

const words = (text) => (text ?? '').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const ENDINGS = ['', 'en', 'et', 'n', 't', 'ne', 's'];

const beginsWith = (theirs, mine) =>
  mine.length > 0 && mine.every((word, i) => ENDINGS.some((ending) => word + ending === theirs[i]));

/**
 * Whether a function ("PUF-konsulent") fits a phrase of the agenda ("PUF konsulent faciliterer"), in
 * whichever language it was chosen.
 */
export function fits(role, phrase) {
  const mine = words(role);
  const theirs = words(phrase);
  const names = functions.find((each) => each.some((name) => `${name}` === `${mine}`)) ?? [];
  return [mine, ...names].some((name) => beginsWith(theirs, name));
}

const SAYS = { presenter: /^(præsenter|present)/, facilitator: /^facilit/ };
const says = (phrase, duty) => words(phrase).some((word) => SAYS[duty].test(word));

/**
 * The phrase that names whoever has the duty in the part, or undefined.
 * @param {Pick<PartOfItem, 'method' | 'responsible'> & {item?: {responsible?: string[]}}} part
 * @param {Duty} duty
 */
export function phraseOf(part, duty) {
  const phrases = [...(part.responsible ?? []), ...(part.item?.responsible ?? [])];
  const other = duty === 'presenter' ? 'facilitator' : 'presenter';
  const plain = traits.presented(part) ? 'presenter' : 'facilitator';
  return (
    phrases.find((phrase) => says(phrase, duty)) ??
    (duty === plain ? phrases.find((phrase) => !says(phrase, other)) : undefined)
  );
}

const firstThatFits = ofList((/** @type {TableSeat[]} */ seats, phrase) =>
  seats.find((seat) => seat.presence !== 'left' && fits(seat.function, phrase)),
);

/**
 * The seat that has the duty: the one that the console named, else the first at the table whose
 * function fits.
 * @param {State} state  @param {PartOfItem} part  @param {Duty} duty
 * @returns {TableSeat | undefined}
 */
export function dutySeat(state, part, duty) {
  if (part[duty]) return seatOf(state, part[duty]);
  const phrase = phraseOf(part, duty);
  return phrase && firstThatFits(state.seats, phrase);
}

/** @type {(state: State, part: PartOfItem) => TableSeat | undefined} */
export const presenter = (state, part) => dutySeat(state, part, 'presenter');
/** @type {(state: State, part: PartOfItem) => TableSeat | undefined} */
export const facilitator = (state, part) => dutySeat(state, part, 'facilitator');
