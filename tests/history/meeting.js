// meeting.js -- a meeting of several people on several servers, who write until it is over, and the history of it.
import { isDeepStrictEqual } from 'node:util';

import { meeting } from '../net/client.js';
import { bare } from '../support/bare.js';
import { wait } from '../support/rawhttp.js';
import { journalOf } from './journal.js';
import { person } from './person.js';

const AGENDA = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 90,
      parts: [
        { id: 'a', method: 'turns', minutes: 60, questions: ['Hvad ser vi?'] },
        { id: 'b', method: 'decision', minutes: 30 },
      ],
    },
  ],
};
const PHONES = 2;
/** A screen that has another state for so long will not come to the right one. */
const PATIENCE_MS = 15000;

/** A meeting that has begun, made at whichever server makes one. */
async function make(nodes) {
  for (let i = 0; ; i++) {
    const made = await meeting(nodes[i % nodes.length].port, { agenda: AGENDA }).catch(() => null);
    if (made) return made;
    await wait(50);
  }
}

/**
 * Everybody of it: a console and phones that write, and a board that looks. Each begins at the server that they are given, by turns.
 * @param {{nodes: {name: string, port: number}[], roll: () => number}} where
 */
export async function gather({ nodes, roll }) {
  const made = await make(nodes);
  const one = (name, as) => {
    const first = Math.floor(roll() * nodes.length);
    return person({ name, as, nodes: [nodes[first], ...nodes], made, roll });
  };
  const console_ = one('console', 'console');
  const board = one('board', 'board');
  const phones = Array.from({ length: PHONES }, (_, i) => one(`phone ${i + 1}`, 'phone'));
  await console_.send('meeting.start');
  for (const each of [...phones, board]) await each.come();
  return { made, console: console_, board, phones, all: [console_, board, ...phones] };
}

let texts = 0;
const point = () => ['contribution.add', { text: `Nr. ${++texts}` }];

/** What whoever leads does beside writing; none of it ends the part. */
const deeds = (roll) => [
  ['floor.give', { seat: 1 + Math.floor(roll() * PHONES) }],
  ['turn.done', {}],
  ['clock.add', { ms: 1000 * Math.ceil(60 * roll()) }],
  ['undo', {}],
  ['clock.pause', {}],
  ['clock.resume', {}],
];
const pick = (roll, all) => all[Math.floor(roll() * all.length)];

function next(who, roll) {
  if (who.as === 'phone') return roll() < 0.85 ? point() : ['turn.done', {}];
  const [what, fields] = roll() < 0.5 ? point() : pick(roll, deeds(roll));
  return [what, what === 'contribution.add' ? { ...fields, seat: 1 } : fields];
}

/** Writes until it is over; now and then the connection is lost, or they go to another server. */
export async function write(who, roll, over) {
  while (!over()) {
    const chance = roll();
    if (chance < 0.04) who.move();
    if (chance > 0.8) who.askClock();
    await who.send(...next(who, roll), { cut: chance > 0.04 && chance < 0.08 });
    await wait(10 * roll());
  }
}

/** A board that looks, and is now and then another one. */
export async function watch(who, roll, over) {
  while (!over()) {
    await who.come();
    who.askClock();
    await wait(40 + 160 * roll());
    if (roll() < 0.06) who.move();
  }
}

/** Whether a screen is as a new one would be; it may still be on its way there. */
async function compare(who) {
  for (const late = performance.now() + PATIENCE_MS; ;) {
    const fresh = bare(await who.fresh());
    const live = bare(who.state);
    if (isDeepStrictEqual(live, fresh) || performance.now() > late) return { live, fresh };
    await wait(100);
  }
}

/**
 * Everybody writes once more, and waits for what the last one wrote; then the history of it all. Nothing is done to
 * servers meanwhile.
 */
export async function historyOf({ made, console: console_, phones, all }, say) {
  await console_.send('clock.pause');
  let last = 0;
  for (const each of [console_, ...phones])
    last = (await each.send(...next({ as: 'phone' }, () => 0))).seq ?? last;
  for (const each of all) await each.reach(last);
  const parties = [];
  for (const each of all) parties.push({ ...each, ...(await compare(each)) });
  for (const each of all) each.leave();
  return { ...(await journalOf(say, made.code)), parties };
}
