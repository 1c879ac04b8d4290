// read.js -- questions to the state that several of the console's modules ask. Pure.
import * as traits from 'runde:traits';
import { isThere } from '../shared/company.js';
import { presenter } from '../shared/duty.js';
import { list } from '../shared/i18n.js';
import { allParts, partOf, seatOf } from '../shared/model.js';
import { callName } from '../shared/names.js';
import { latest, ofList } from '../shared/once.js';
import { voices } from '../shared/schedule.js';

/** @import {TableSeat} from 'runde:protocol' */

/** Nothing can be done to a meeting in one of these. */
export const isOpen = (state) => state.now.state === 'running' || state.now.state === 'paused';

/** @returns {import('../shared/model.js').PartOfItem | null} */
export const livePart = (state) => partOf(state);

/** The next part that is on after `from`, or null at the end. */
export function nextPart(state, from = state.now.part) {
  const parts = allParts(state);
  const at = parts.findIndex((part) => part.id === from);
  return parts.slice(at + 1).find((part) => part.on) ?? null;
}

/** The part before that is on, or null at the beginning. */
export function previousPart(state, from = state.now.part) {
  const parts = allParts(state);
  const at = parts.findIndex((part) => part.id === from);
  return parts.slice(0, Math.max(0, at)).findLast((part) => part.on) ?? null;
}

/** A seat by the names of all who take its turn together. */
function asOne(state, seat) {
  const all = seat ? voices(state, seat.seat).map((n) => seatOf(state, n)) : [];
  return all.length > 1 ? { ...seat, called: list(all.map(callName)) } : (seat ?? null);
}

/** Everybody who is still of the company: the ones that turns and times are counted for. */
const companyOf = ofList((/** @type {TableSeat[]} */ seats) =>
  seats.filter((seat) => seat.presence !== 'left'),
);
export const company = (state) => companyOf(state.seats);

/** Everybody who is in the room just now. */
const presentOf = ofList((/** @type {TableSeat[]} */ seats) => seats.filter(isThere));
export const present = (state) => presentOf(state.seats);

/** The seats that wait for the floor, in order; those who have left are not among them. */
const waitingOf = latest((/** @type {TableSeat[]} */ seats, /** @type {number[]} */ queue) =>
  queue
    .map((n) => seatOf(/** @type {any} */ ({ seats }), n))
    .filter((seat) => seat && seat.presence !== 'left'),
);
/** @returns {TableSeat[]} */
export const waiting = (state) => waitingOf(state.seats, state.now.queue);

/** Who gets the floor next: the first in the queue who is in the room, as the server has it. */
const firstHere = ofList(
  (/** @type {TableSeat[]} */ seats) => seats.find((seat) => seat.presence === 'here') ?? null,
);
export const nextSpeaker = (state) => asOne(state, firstHere(waiting(state)));

/**
 * Whether the live part goes round the table in laps: turns and spirals, and a retrospect once it
 * is shown.
 */
export const inLaps = (state) => state.now.laps > 0;

/** A presentation round: the facilitator's taps make the order. */
export const isIntro = (state) => Boolean(livePart(state)?.intro && inLaps(state));

/** All have had the chance: nobody speaks and nobody who is here waits. */
export const roundComplete = (state) =>
  inLaps(state) && state.now.speaker === null && state.now.heard.length > 0 && !nextSpeaker(state);

export const speaker = (state) =>
  asOne(state, state.now.speaker === null ? null : seatOf(state, state.now.speaker));

/**
 * Who is heard just now, and can be asked to round off: whoever answers, else has the floor, else
 * presents the part; null where the meeting knows of nobody.
 */
export function heard(state) {
  const { answering, speaker: who } = state.now;
  const part = livePart(state);
  if (answering !== null || who !== null) return seatOf(state, answering ?? who) ?? null;
  const presents = part && traits.presented(part) && presenter(state, part);
  return presents && presents.presence !== 'left' ? presents : null;
}

/** Whether anything can be shown to somebody alone, or at a phone with others; and who these are. */
export const hasPhone = (seat) => seat.device !== 'none' && seat.held !== false;
export const atPhoneOf = (state, seat) =>
  state.seats.filter(
    (each) => each.seat !== seat.seat && (each.with ?? each.seat) === (seat.with ?? seat.seat),
  );

/** Whether what was sealed in a part has been shown. */
export const isShown = (state, part = state.now.part) => state.shown.includes(part);

/** Whether the live part has anything sealed to show; it may, where nobody is told who has written. */
export function toShow(state) {
  const part = livePart(state);
  if (!traits.sealed(part) || isShown(state)) return false;
  const list = traits.noted(part);
  return !list || state[list].some((each) => each.part === part.id && each.written);
}

/**
 * How many have said that they are ready, of those present who have a phone to say it on; and how
 * many have none.
 */
export function readyCount(state) {
  const here = present(state);
  const able = here.filter(hasPhone);
  const ready = new Set(state.ready);
  return {
    ready: able.filter((seat) => ready.has(seat.seat)).length,
    of: able.length,
    without: here.length - able.length,
  };
}

/**
 * Parts without a title of their own go by their item's, when they are alone in it; else by their
 * method.
 */
export const titleOf = (part, methodName) =>
  part.title || (part.item?.parts.length === 1 ? part.item.title : methodName(part.method));

/**
 * Whether a seat is the one that opens the meeting: the engine's rule for who comes last where
 * leaders do.
 */
export const leads = (state, seat) =>
  Boolean(seat?.function && state.items[0]?.responsible?.includes(seat.function));

export { allParts, seatOf };
