// frames.js -- how smooth wall and console are with a thousand seats and five hundred cards: node
// tests/web/frames.js [board|console] [NAME…]
//
// For ten seconds, four times a second, somebody else gets the floor, a card comes, or somebody
// goes out; in `still` the clocks alone go on, and in `writing` somebody types into a dialog
// meanwhile. The console has the board in it, small, as it has in a meeting. Printed are the times
// between frames, how long after a fact or a key the page has painted it, the longest time that the
// page could hear nothing, and what a second took of a processor (script, style and layout of it):
// that alone is the same on a busy machine. Nothing is asserted.
import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seatsOf, snapshot, snapshots, NOW } from './fixtures/board.js';
import { launch } from './support/browser.js';
import { openBoard } from './support/board.js';
import { openConsole } from './support/console.js';

const SEATS = 1000;
const SECONDS = 10;
const MINUTE = 60000;
const seats = seatsOf(Array.from({ length: SEATS }, (_, i) => [`Deltager ${i + 1}`, 'Forælder']));
const everybody = seats.map(({ seat }) => seat);
const cards = snapshots['dialogue-500'].contributions;

const base = (part, more) =>
  snapshot({
    seats,
    contributions: cards.map((each, i) => ({ ...each, part, seat: (i % SEATS) + 1 })),
    now: { part, part_until: NOW + 20 * MINUTE, until: NOW + 20 * MINUTE, ...more },
  });
const round = {
  lap: 1,
  laps: 1,
  turn: 1,
  speaker: 1,
  queue: everybody.slice(1),
  lap_until: NOW + 20 * MINUTE,
};
const meetings = {
  turns: ['turns, 1000 seats', base('4b', round), 'turn'],
  still: ['turns, 1000 seats, nothing but the clocks', base('4b', round), 'nothing'],
  dialogue: [
    'dialogue, 1000 seats, 500 cards',
    base('4d', { queue: everybody.slice(0, 30), hands: everybody.slice(0, 30) }),
    'card',
  ],
  spiral: ['spiral, 1000 seats, 500 points', base('4c', { ...round, laps: 2 }), 'turn'],
  lobby: ['lobby, 1000 seats', snapshot({ seats, now: { state: 'lobby' } }), 'seat'],
  decision: [
    'decision, 1000 seats, 500 points',
    {
      ...base('5a', {}),
      contributions: base('4d', {}).contributions,
      decision: snapshots.decision.decision,
    },
    'seat',
  ],
  writing: ['turns, 1000 seats, while somebody writes', base('4b', round), 'turn', 'f'],
  few: ['turns, 11 seats', snapshots.turns, 'turn'],
};

/** Runs in the page: facts for ten seconds, every frame timed. */
async function run({ what, part, now, seats: count, seconds }) {
  const between = [];
  const shown = [];
  const keys = [];
  let deaf = 0;
  let last = performance.now();
  let going = true;
  const tick = (at) => {
    between.push(at - last);
    last = at;
    if (going) requestAnimationFrame(tick);
  };
  /** When what happens now has been painted. */
  const painted = () =>
    new Promise((done) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(null);
      }),
    );
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) deaf = Math.max(deaf, duration);
  }).observe({ type: 'longtask' });
  addEventListener(
    'keydown',
    ({ timeStamp }) => painted().then((at) => keys.push(at - timeStamp)),
    true,
  );
  const pages = [
    globalThis,
    ...Array.from(document.querySelectorAll('iframe'), (frame) => frame.contentWindow),
  ];
  const tell = (facts) => pages.forEach((page) => (page.fake?.tell ?? page.tell)(facts));
  requestAnimationFrame(tick);
  for (let i = 0; i < seconds * 4; i++) {
    const seat = (i % (count - 1)) + 1;
    const facts = {
      turn: [
        { fact: 'turn.ended', seat, turn: i + 1 },
        { fact: 'turn.began', seat: seat + 1, turn: i + 2, lap: 1, until: now + 60000 },
      ],
      card: [
        {
          fact: 'contribution.added',
          contribution: `10000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
          seat,
          part,
          text: `Endnu en pointe, nummer ${i}`,
          builds_on: [],
        },
      ],
      seat: [{ fact: 'seat.changed', seat, presence: i % 2 ? 'away' : 'here' }],
    }[what];
    if (facts) {
      const begin = performance.now();
      tell(facts);
      painted().then((at) => shown.push(at - begin));
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  going = false;
  return { between: between.slice(1), shown, keys, deaf };
}

const at = (list, share) =>
  [...list]
    .sort((a, b) => a - b)
    [Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(1);
const said = (words, list) =>
  list.length ? `; ${words} p50 ${at(list, 0.5)} p95 ${at(list, 0.95)} ms` : '';

const gen = mkdtempSync(join(tmpdir(), 'frames-'));
execFileSync(process.execPath, ['build.js', '--only', 'board,console', '--gen', gen], {
  cwd: fileURLToPath(new URL('../../web/', import.meta.url)),
});
const browser = await launch();

/** The page with a meeting in it. */
const open = {
  async board(meeting) {
    const board = await openBoard(browser, gen, { reducedMotion: 'no-preference' });
    await board.ready();
    await board.show(meeting);
    return board;
  },
  async console(meeting) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const presence = {
      connected: meeting.seats.map(({ seat }) => seat),
      screens: { console: 1, board: 1, scribe: 0, leader: 0 },
    };
    const { page } = await openConsole(context, {
      gen,
      moment: { snapshot: meeting, seq: 1, now: NOW, presence },
      board: true,
    });
    return { page, close: () => context.close() };
  },
};

/** What the page has taken of a processor so far, in seconds. */
async function metering(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
}

const [only, ...wanted] = process.argv.slice(2);
for (const page of only ? [only] : Object.keys(open)) {
  for (const [name, [words, meeting, what, key]] of Object.entries(meetings)) {
    if (wanted.length ? !wanted.includes(name) : page === 'board' && key) continue;
    const opened = await open[page](meeting);
    await opened.page.waitForTimeout(3000);
    if (key) await opened.page.keyboard.press(key);
    const meter = await metering(opened.page);
    const before = await meter();
    const running = opened.page.evaluate(run, {
      what,
      part: meeting.now.part,
      now: NOW,
      seats: meeting.seats.length,
      seconds: SECONDS,
    });
    if (key)
      await opened.page.keyboard.type('Vi har talt om at begynde med gården, og så se.', {
        delay: 150,
      });
    const { between, shown, keys, deaf } = await running;
    const after = await meter();
    const spent = (of) =>
      (((after[`${of}Duration`] - before[`${of}Duration`]) * 1000) / SECONDS).toFixed(0);
    console.log(
      `${page}, ${words}: frames p50 ${at(between, 0.5)} p95 ${at(between, 0.95)} p99 ${at(between, 0.99)} worst ${at(between, 1)} ms${said('a fact is seen after', shown)}${said('a key after', keys)}; deaf for ${deaf.toFixed(0)} ms at most; of a second ${spent('Task')} ms (${spent('Script')}, ${spent('RecalcStyle')}, ${spent('Layout')})`,
    );
    await opened.close();
  }
}
await browser.close();
rmSync(gen, { recursive: true, force: true });
