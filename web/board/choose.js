// choose.js -- what the wall shows, and what it needs for it: pure functions of the state.
import * as traits from 'runde:traits';
import { authorsOf } from '../shared/author.js';
import { answerOf, ANSWERS, standingOf } from '../shared/answers.js';
import { fits } from '../shared/duty.js';
import { list } from '../shared/i18n.js';
import { seatOf } from '../shared/model.js';
import { besideName, callName } from '../shared/names.js';
import { voices } from '../shared/schedule.js';

/** Which of the board's pages it is. @returns {string} */
export function pageOf(state, refused = '') {
  if (refused) return 'refused';
  if (!state) return 'waiting';
  const { now } = state;
  if (wallOf(state)) return 'wall';
  if (now.state === 'lobby') return 'lobby';
  if (now.state === 'closed') return 'end';
  if (now.state === 'paused') return 'pause';
  return now.part === null ? 'lobby' : 'part';
}

/**
 * What stands on the wall instead of the meeting; null where that is the meeting itself, or what
 * was shown is there no more.
 * @returns {{show: string, text?: string, card?: any, data?: any} | null}
 */
export function wallOf(state) {
  const { wall, contributions, data } = state;
  if (wall.show === 'meeting') return null;
  const { show, text } = wall;
  if (show === 'message') return text ? { show, text } : null;
  if (show === 'card') {
    const card = contributions.find((each) => each.id === wall.contribution && each.text);
    return card ? { show, card } : null;
  }
  if (show === 'data') {
    const one = data.find((each) => each.data === wall.data);
    return one ? { show, data: one } : null;
  }
  return { show };
}

/** The seats that are drawn: nobody's leaving is shown, and what they gave stays. */
export function atTable(state, keep = new Set()) {
  return state.seats.filter((seat) => seat.presence !== 'left' || keep.has(seat.seat));
}

/**
 * Each seat's place: who has the floor, who answers, the next two, who has had the chance. Passed
 * and spoken are one; who hides the own name is called by the function.
 * @returns {import('./seating.js').Place[]}
 */
export function placesOf(state, seats = atTable(state)) {
  const { now } = state;
  const heard = new Set(now.heard.flatMap((n) => voices(state, n)));
  const next = new Set([
    ...voices(state, now.speaker),
    ...now.queue.slice(0, 2).flatMap((n) => voices(state, n)),
  ]);
  return seats.map(({ seat, ...person }) => ({
    seat,
    name: callName(person),
    role:
      seat === now.speaker
        ? 'floor'
        : seat === now.answering
          ? 'answers'
          : next.has(seat)
            ? 'next'
            : heard.has(seat)
              ? 'heard'
              : 'wait',
  }));
}

/** @typedef {{seat: number, name: string, function: string}} Person */

/** Told apart from others of the same name. @returns {Person} */
const person = (seat) =>
  seat.called
    ? { seat: seat.seat, name: seat.called, function: besideName(seat) }
    : { seat: seat.seat, name: seat.name ?? '', function: seat.function ?? '' };

/** @returns {Person | null} */
export function personOf(state, n) {
  const seat = n === null ? undefined : seatOf(state, n);
  return seat ? person(seat) : null;
}

/** Who wrote a point, in words; '' where it is nobody's. */
export const authorOf = (state, point) =>
  list(
    authorsOf(point)
      .map((n) => personOf(state, n))
      .filter((person) => person !== null)
      .map(callName),
  );

/** Whose turn a seat's is: its own, or that of all who take it together, as one. */
function turnOf(state, n) {
  const all =
    n === null
      ? []
      : voices(state, n)
          .map((each) => personOf(state, each))
          .filter((p) => p !== null);
  return all.length > 1
    ? { seat: n, name: list(all.map(callName)), function: '' }
    : (all[0] ?? null);
}

/** The speaker and the next two, as far as there are any. */
export const floorOf = (state) => ({
  speaker: turnOf(state, state.now.speaker),
  next: state.now.queue
    .slice(0, 2)
    .map((n) => turnOf(state, n))
    .filter((p) => p !== null),
});

/**
 * What is asked: the part's own questions, else those of the nearest part before it in the item,
 * for a round speaks of what was asked in the silence before it.
 * @returns {{lead: string, questions: string[]}}
 */
export function questionOf(part) {
  const mine = part.item.parts.findIndex((each) => each.id === part.id);
  for (let i = mine; i >= 0; i--) {
    const { lead = '', questions = [], on } = part.item.parts[i];
    if (i !== mine && (!on || part.intro)) continue;
    if (questions.length) return { lead, questions };
    if (i === mine && lead) return { lead: '', questions: [lead] };
  }
  return { lead: '', questions: [] };
}

/**
 * Who leads a part: whoever presents or facilitates it, by name where that seat is known; else the
 * words of the plan.
 */
export function responsibleOf(state, part) {
  const words = part.responsible?.length ? part.responsible : (part.item.responsible ?? []);
  const named = traits.presented(part) && part.presenter ? seatOf(state, part.presenter) : null;
  if (named) return [person(named)];
  const present = state.seats.filter(({ function: f, presence }) => f && presence !== 'left');
  return words.map((word) => {
    const seat = present.find(({ function: f }) => fits(f, word));
    return seat ? person(seat) : { seat: null, name: '', function: word };
  });
}

/**
 * The cards of a turn: the speaker's own; before there are any, those of the one who spoke last.
 */
export function cardsOfTurn(state, part) {
  const { speaker, lap } = state.now;
  const here = state.contributions.filter(
    (each) =>
      each.part === part.id &&
      each.text &&
      (!traits.more_laps(part) || !each.lap || each.lap === lap),
  );
  const own = here.filter((each) => speaker !== null && each.seat === speaker);
  if (own.length || !here.length) return { own, before: [], by: '' };
  const last = here.at(-1);
  return {
    own,
    before: here.filter((each) => each.seat === last.seat),
    by: authorOf(state, last),
  };
}

/**
 * What was said in the item until now: what is said here comes on top of it, and takes nothing
 * away.
 */
export function saidUntil(state, part) {
  const parts = part.item.parts.map((each) => each.id);
  const until = new Set(parts.slice(0, parts.indexOf(part.id) + 1));
  return state.contributions.filter((each) => each.text && until.has(each.part));
}

const DONE = { filled: /** @type {const} */ ('yes'), partly: /** @type {const} */ ('part') };

/**
 * The seven answers in their order, each with how far it is: `yes`, `part`, `not`.
 * @returns {{answer: string, value: any, done: 'yes' | 'part' | 'not'}[]}
 */
export const answersOf = (state) =>
  ANSWERS.map((answer) => ({
    answer,
    value: answerOf(state, answer),
    done: DONE[standingOf(state, answer)] ?? 'not',
  }));
