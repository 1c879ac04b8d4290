// ends_on_time.js -- `node tests/bench/ends_on_time.js [MEETINGS] [FIRST]`: how often a meeting of
// the built-in agenda ends when it should.
//
// The engine is the real one (led.c), and so is the late sheet (web/console/late.js): nothing of
// either is written a second time. 6 to 14 people, none with a phone, so that the facilitator leads
// every turn. By chance, from a seed that is the meeting's number:
//
//   a turn, and a talk, lasts its time times a factor whose logarithm is normal with mean 0 and deviation 0.3, cut to 0.5 … 2:
//   half run over, one in six by more than 35 %. Nobody is stopped.
//   The three minutes that the agenda leaves over in item 4 go to its dialogue, before the meeting starts.
//   What ends early has the rest of its time used all the same. Reflection, dialogue, summary, decision and the writing in the
//   retrospect (3 min) end when their clock says so.
//
//   The meeting was promised to begin when it was made, and begins so much later: 0 to 20 minutes, each second as likely.
//
// The same people meet twice: (a) with clocks alone; (b) with a facilitator who takes the late
// sheet's first offer at a late start and whenever the sheet comes when a part ends. Prints the share
// of meetings that end within a minute of the promise, of those too in which the floors allowed it (at
// the end there was still something to give, or nothing was missing), and the smallest time that anyone
// was offered for a turn, as a share of the least that the part promises (turn_min).
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import '../web/support/hooks.js';

const { isLate, lateStart, offers, slots } = await import('../../web/console/late.js');
const { applyFrame, partOf } = await import('../../web/shared/model.js');
const { plannedEnd, turnMin } = await import('../../web/shared/schedule.js');

const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const led = spawn(process.env.RUNDE_LED ?? join(home, 'build/led'), {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const heard = createInterface({ input: led.stdout })[Symbol.asyncIterator]();
const MINUTE = 60000;
const WRITING = 3 * MINUTE;
/** The latest start, in minutes. */
const LATEST = 20;

/** A small generator with a seed (splitmix32). */
const seeded = (seed) => () => {
  seed = (seed + 0x9e3779b9) | 0;
  let x = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return ((x ^ (x >>> 15)) >>> 0) / 4294967296;
};

/** How much longer than its time something takes. */
function factor(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(2, Math.max(0.5, Math.exp(0.3 * normal)));
}

class Meeting {
  state = null;
  at = 0;

  async line(text) {
    led.stdin.write(`${text}\n`);
    for (;;) {
      const { value, done } = await heard.next();
      if (done) throw new Error('the meeting is gone');
      if (value === '.') return;
      const frame = JSON.parse(value);
      if (frame.ok === false) throw new Error(`${text}: ${frame.code}`);
      if (frame.facts || frame.snapshot) this.state = applyFrame(this.state, frame);
    }
  }

  do = (command, args = {}) =>
    this.line(JSON.stringify({ id: randomUUID(), do: command, with: args }));

  async pass(ms) {
    const whole = Math.max(0, Math.round(ms));
    await this.line(`pass ${whole}`);
    this.at += whole;
  }
}

/** Everybody's turn, and how little of its time anyone was offered. */
async function round(m, random) {
  let least = Infinity;
  while (m.state.now.queue.length || m.state.now.speaker) {
    if (!m.state.now.speaker) await m.do('floor.give', { seat: m.state.now.queue[0] });
    const offered = m.state.now.until - m.at;
    least = Math.min(least, offered / turnMin(partOf(m.state)));
    await m.pass(offered * factor(random));
    await m.do('turn.done');
  }
  return least;
}

async function part(m, random) {
  const { method } = partOf(m.state);
  const left = m.state.now.part_until - m.at;
  if (method === 'retrospect') {
    await m.pass(WRITING);
    await m.do('retro.show');
  }
  let least = Infinity;
  if (m.state.now.lap) least = await round(m, random);
  else if (method === 'talk') await m.pass(left * factor(random));
  await m.pass(m.state.now.part_until - m.at);
  return least;
}

async function meeting(number, adjusts) {
  const random = seeded(number);
  const people = 6 + Math.floor(random() * 9);
  const m = new Meeting();
  let least = Infinity;
  let taken = 0;
  await m.line(`new ${people}`);
  const dialogue = partOf(m.state, '4d');
  await m.do('plan.change', { parts: [{ part: '4d', ms: dialogue.ms + 3 * MINUTE, on: true }] });
  const startsLate = Math.floor(random() * LATEST * 60) * 1000;
  await m.pass(startsLate);
  await m.do('meeting.start', { begins: 0 });
  const end = plannedEnd(m.state);
  /** Takes the first offer, where there is one. Whether there was too little to give. */
  const take = async () => {
    const { offers: all, need } = offers(m.state, m.at);
    const offer = all.find((each) => each.possible);
    if (offer.way !== 'move') {
      await m.do('plan.change', { parts: slots(offer.rows) });
      taken++;
    }
    return offer.found < need;
  };
  let floors = false;
  if (adjusts && lateStart(m.state, m.at)) floors = await take();
  for (;;) {
    least = Math.min(least, await part(m, random));
    if (adjusts && isLate(m.state, m.at)) floors = await take();
    if (partOf(m.state).id === '7a') return { off: m.at - end, least, taken, floors, startsLate };
    await m.do('part.next');
  }
}

const count = Number(process.argv[2] ?? 1000);
const first = Number(process.argv[3] ?? 1); // Meetings that a rule was tuned on are no proof of it: take others.
console.log(
  `meetings ${first} to ${first + count - 1}: 6 to 14 people; a turn or talk lasts its time × exp(0.3 · normal), within 0.5 … 2`,
);
for (const [name, adjusts] of [
  ['(a) clocks alone', false],
  ['(b) with the late sheet', true],
]) {
  const all = [];
  for (let number = first; number < first + count; number++)
    all.push(await meeting(number, adjusts));
  const within = (some) => {
    const inTime = some.filter(({ off }) => Math.abs(off) <= MINUTE).length;
    return `${((100 * inTime) / some.length).toFixed(1)} % of ${some.length}`;
  };
  const late = all.map(({ off }) => off).sort((a, b) => a - b);
  const minutes = (ms) => (ms / MINUTE).toFixed(1);
  const allowed = all.filter(({ floors }) => !floors);
  console.log(
    `${name}: ${within(all)} meetings end within a minute of the promise` +
      (adjusts ? `, ${within(allowed)} where the floors allow it` : '') +
      `; off by ${minutes(late[0])} … ${minutes(late[Math.floor(count / 2)])} … ${minutes(late[count - 1])} min; ` +
      `smallest turn offered: ${Math.min(...all.map(({ least }) => least)).toFixed(2)} of the promised least; ` +
      `offers taken: ${all.reduce((sum, { taken }) => sum + taken, 0)}`,
  );
  if (process.env.SHOW)
    for (const it of all.filter(({ off }) => Math.abs(off) > MINUTE))
      console.log(JSON.stringify(it));
}
led.stdin.end();
