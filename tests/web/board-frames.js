// board-frames.js -- how smooth the wall is with a thousand seats and five hundred cards: node tests/web/board-frames.js
//
// Somebody else gets the floor, or a card comes, four times a second for ten seconds. Printed are the times between frames and
// how long the page takes to draw after each fact. Nothing is asserted: a busy machine is no fault of the page.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seatsOf, snapshot, snapshots, NOW } from './fixtures/board.js';
import { launch } from './support/browser.js';
import { buildBoard, openBoard } from './support/board.js';

const SEATS = 1000;
const seats = seatsOf(Array.from({ length: SEATS }, (_, i) => [`Deltager ${i + 1}`, 'Forælder']));
const cards = snapshots['dialogue-500'].contributions;
const MINUTE = 60000;

const base = (part, more) => snapshot({ seats, contributions: cards.map((each, i) => ({ ...each, part, seat: (i % SEATS) + 1 })), now: { part, part_until: NOW + 20 * MINUTE, until: NOW + 20 * MINUTE, ...more } });
const meetings = {
  'turns, 1000 seats': [base('4b', { lap: 1, laps: 1, turn: 1, speaker: 1, queue: seats.map(({ seat }) => seat).slice(1), lap_until: NOW + 20 * MINUTE }), 'turn'],
  'dialogue, 1000 seats, 500 cards': [base('4d', {}), 'card'],
  'spiral, 1000 seats, 500 points': [base('4c', { lap: 1, laps: 2, turn: 1, speaker: 1, queue: seats.map(({ seat }) => seat).slice(1), lap_until: NOW + 20 * MINUTE }), 'turn'],
  'lobby, 1000 seats': [snapshot({ seats, now: { state: 'lobby' } }), 'seat'],
  'turns, 11 seats': [snapshots.turns, 'turn'],
};

/** Runs in the page: facts for ten seconds, every frame timed. */
async function run({ what, part, now, seats: count }) {
  const between = [];
  const drawing = [];
  let last = performance.now();
  let going = true;
  const tick = (at) => {
    between.push(at - last);
    last = at;
    if (going) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  for (let i = 0; i < 40; i++) {
    const seat = (i % (count - 1)) + 1;
    const facts = {
      turn: [{ fact: 'turn.ended', seat, turn: i + 1 }, { fact: 'turn.began', seat: seat + 1, turn: i + 2, lap: 1, until: now + 60000 }],
      card: [{ fact: 'contribution.added', contribution: `10000000-0000-4000-8000-${String(i).padStart(12, '0')}`, seat, part, text: `Endnu en pointe, nummer ${i}`, builds_on: [] }],
      seat: [{ fact: 'seat.changed', seat, presence: i % 2 ? 'away' : 'here' }],
    }[what];
    const begin = performance.now();
    globalThis.tell(facts);
    drawing.push(performance.now() - begin);
    await new Promise((done) => setTimeout(done, 250));
  }
  going = false;
  return { between: between.slice(1), drawing };
}

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(1);

const gen = mkdtempSync(join(tmpdir(), 'board-'));
buildBoard(gen);
const browser = await launch();
for (const [name, [meeting, what]] of Object.entries(meetings)) {
  const board = await openBoard(browser, gen, { reducedMotion: 'no-preference' });
  await board.ready();
  await board.show(meeting);
  const { between, drawing } = await board.page.evaluate(run, { what, part: meeting.now.part, now: NOW, seats: meeting.seats.length });
  console.log(`${name}: frames p50 ${at(between, 0.5)} p95 ${at(between, 0.95)} p99 ${at(between, 0.99)} worst ${at(between, 1)} ms; a fact is drawn in p50 ${at(drawing, 0.5)} p95 ${at(drawing, 0.95)} ms`);
  await board.close();
}
await browser.close();
rmSync(gen, { recursive: true, force: true });
