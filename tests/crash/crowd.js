/**
 * crowd.js -- people in several meetings who write all the time, and a ledger of what they were
 * told. What a command was answered is written down; that a server was killed is no news to them.
 */
import { randomUUID } from 'node:crypto';

import { join } from '../net/client.js';
import { exchange, request } from '../support/rawhttp.js';

/** Numbers from a seed, each under `below`. @param {number} seed */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const ANSWERS = [
  'next_step',
  'action',
  'targets',
  'stakeholders',
  'tasks',
  'follow_up',
  'feedback',
];
const PHONES = 3;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A word that stands in every text of a meeting, and nowhere else. */
const tagOf = (roll) => Array.from({ length: 14 }, () => LETTERS[roll(26)]).join('');

/**
 * A meeting as those who are in it know it.
 * @typedef {{id: string, as: string, who: number, do: string, with: object, reply?: object}} Sent
 * @typedef {{code: string, keys: Record<string, string>, tag: string, fate: 'lives'|'asked'|'erased',
 *     phones: {id: string, token: string}[], sent: Sent[], points: string[], texts: number}} Meeting
 */

/** Makes a meeting. Null where nothing was answered. @returns {Promise<Meeting|null>} */
export async function make(port, roll) {
  const tag = tagOf(roll);
  const body = JSON.stringify({ template: 'runde', title: `Om ${tag}` });
  const head = { 'Content-Length': String(Buffer.byteLength(body)) };
  const answer = await exchange(port, request(port, 'POST /api/meetings', head, body));
  if (answer.status !== 201) return null;
  const { code, links } = JSON.parse(answer.body.toString());
  const keys = Object.fromEntries(
    Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
  );
  return { code, keys, tag, fate: 'lives', phones: [], sent: [], points: [], texts: 0 };
}

/** Everybody of a meeting, connected, each with what was told at the door. */
export async function enter(port, meeting) {
  const { code, keys } = meeting;
  const hellos = ['console', 'scribe'].map((as) => ({ as, meeting: code, key: keys[as] }));
  for (let i = 0; i < PHONES; i++) {
    const phone = (meeting.phones[i] ??= { id: randomUUID(), token: '' });
    const known = phone.token ? { token: phone.token } : { name: `Person ${i}` };
    hellos.push({ as: 'phone', meeting: code, id: phone.id, ...known });
  }
  const people = [];
  for (const [i, hello] of hellos.entries()) {
    const link = await join(port, hello);
    const { welcome, refused } = await link.hear('welcome', 'refused');
    if (refused) throw new Error(`${hello.as} of ${code} was refused: ${refused.code}`);
    const phone = hello.as === 'phone' ? meeting.phones[i - 2] : null;
    if (phone && welcome.token) phone.token = welcome.token;
    const { snapshot } = await link.hear('snapshot');
    people.push({ as: hello.as, who: i, link, snapshot, seat: welcome.seat });
  }
  return people;
}

const textOf = (meeting, what) => `${what} ${meeting.texts++} ${meeting.tag}`;
const pick = (roll, all) => all[roll(all.length)];

function ofPhone(meeting, roll, person) {
  const dice = roll(10);
  const mine = meeting.sent.filter(
    ({ who, do: what }) => who === person.who && what === 'note.save',
  );
  if (dice < 3) {
    const note = mine.length && roll(2) ? pick(roll, mine).with.note : randomUUID();
    return ['note.save', { note, text: textOf(meeting, 'note') }];
  }
  if (dice < 8) return ['contribution.add', { text: textOf(meeting, 'point') }];
  if (dice < 9) return ['turn.done', {}];
  return ['ready.set', { ready: roll(2) === 1 }];
}

function ofScribe(meeting, roll) {
  const text = textOf(meeting, 'skrevet');
  const point = pick(roll, meeting.points);
  const dice = roll(8);
  if (dice < 1 && point) return ['contribution.withdraw', { contribution: point }];
  if (dice < 3 && point) return ['contribution.edit', { contribution: point, text }];
  if (dice < 5) return ['contribution.add', { text, seat: 1 }];
  return ['decision.set', { answer: pick(roll, ANSWERS), text }];
}

function ofConsole(meeting, roll) {
  const dice = roll(9);
  if (dice < 3) return ['floor.give', { seat: 1 + roll(PHONES) }];
  if (dice < 5) return ['turn.done', {}];
  if (dice < 6) return ['clock.add', { ms: 1000 * (1 + roll(60)) }];
  if (dice < 7) return ['undo', {}];
  if (dice < 8)
    return ['decision.set', { answer: pick(roll, ANSWERS), text: textOf(meeting, 'af') }];
  return pick(roll, [
    ['part.next', {}],
    ['part.back', {}],
    ['meeting.start', {}],
  ]);
}

/** The next thing that somebody does. */
function deed(meeting, roll, person) {
  if (person.as === 'phone') return ofPhone(meeting, roll, person);
  return person.as === 'scribe' ? ofScribe(meeting, roll) : ofConsole(meeting, roll);
}

/** Sends a command, or one again, and writes down what was answered. */
export async function order(meeting, person, one) {
  const { id, do: what, with: fields } = one;
  const reply = await person.link.send(what, fields, id);
  if (!one.reply && reply.made?.contribution) meeting.points.push(reply.made.contribution);
  if (!one.reply?.ok) one.reply = reply; // What was refused is known to nobody, and may be done now.
  return reply;
}

/** Writes until the connection ends; `told` is called for each answer. */
async function write(meeting, roll, person, told) {
  for (;;) {
    const [what, fields] = deed(meeting, roll, person);
    const one = { id: randomUUID(), as: person.as, who: person.who, do: what, with: fields };
    meeting.sent.push(one);
    await order(meeting, person, one);
    told();
  }
}

/** Lets everybody write, two commands on their way from each, until the server is gone. */
export async function writeAll(meeting, people, seed, told) {
  const hands = people.flatMap((person, i) =>
    [0, 1].map((hand) => write(meeting, dice(seed + 101 * i + 7919 * hand), person, told)),
  );
  await Promise.allSettled(hands);
}

/** Begins the meeting, so that points are taken. */
export async function begin(meeting, people) {
  const one = { id: randomUUID(), as: 'console', who: 0, do: 'meeting.start', with: {} };
  meeting.sent.push(one);
  await order(meeting, people[0], one);
}
