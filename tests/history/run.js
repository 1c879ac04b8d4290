// run.js -- histories of meetings on several servers, while servers and their database are killed, frozen, drained and cut
// off from each other: each is held against the journal (check.js).  tests/README.md, rows 27, 28, 29 and 30.
//
//     tests/long history [SEEDS | --seeds FIRST LAST]      1 to 20 unless told otherwise
//
// Servers know each other, unless RUNDE_ALONE is 1. What is done to whom and when is the seed's; what was on its way then is the machine's. Servers and databases go on from one seed to
// the next. The history of a seed that failed is left in build/tests/failed.
import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { dice } from '../support/dice.js';
import { pair } from '../support/postgres.js';
import { wait } from '../support/rawhttp.js';
import { check } from './check.js';
import { ownerOf, takeNotes } from './journal.js';
import { gather, historyOf, watch, write } from './meeting.js';
import { node, wayTo } from './nodes.js';

const SIDE_BY_SIDE = Number(process.env.RUNDE_SIDE_BY_SIDE ?? 3);
/** What has not come to its end by then hangs. */
const HANGS_MS = 300000;
/** Then no server takes anybody for another one. */
const alone = process.env.RUNDE_ALONE === '1';
const NAMES = ['a', 'b', 'c'];
const me = fileURLToPath(import.meta.url);
const failed = fileURLToPath(new URL('../../build/tests/failed/', import.meta.url));

/** What can be done, to a server or to the database. */
const harms = {
  async kill({ victim, roll }) {
    await victim.kill();
    await wait(800 * roll());
    await victim.rise();
  },
  async freeze({ victim, roll }) {
    victim.freeze();
    await wait(1500 + 2000 * roll());
    victim.thaw();
  },
  async drain({ victim }) {
    await victim.drain();
    await victim.rise();
  },
  async cut({ victim, roll }) {
    victim.way.cut();
    await wait(300 + 3200 * roll());
    victim.way.mend();
  },
  /** What is on its way then is lost. */
  async reset({ victim, roll }) {
    victim.way.cut();
    await wait(1500 * roll());
    victim.way.reset();
  },
  /** What is on its way then is done, and nobody hears of it. */
  async swallow({ victim, roll }) {
    victim.way.swallow();
    await wait(1500 * roll());
    victim.way.reset();
  },
  async both({ victim, nodes, roll }) {
    const others = nodes.filter((each) => each !== victim);
    const other = others[Math.floor(others.length * roll())];
    await Promise.all([
      harms.freeze({ victim, roll }),
      wait(1000 * roll()).then(() => harms.cut({ victim: other, roll })),
    ]);
  },
  restart: ({ base }) => base.leader('restart'),
  async stand({ base, roll }) {
    await base.leader('freeze');
    await wait(500 + 3000 * roll());
    await base.leader('thaw');
  },
  async fail({ base, roll }) {
    await base.leader('kill');
    await wait(1000 * roll());
    await base.promote();
    await base.follow();
  },
};
const OF_BASE = ['restart', 'stand', 'fail'];
/** How often each is among a hundred times. */
const often = {
  kill: 20,
  freeze: 20,
  drain: 12,
  cut: 12,
  reset: 9,
  swallow: 9,
  both: 6,
  restart: 5,
  stand: 3,
  fail: 4,
};

function drawn(roll) {
  let left = 100 * roll();
  return Object.keys(often).find((kind) => (left -= often[kind]) < 0) ?? 'kill';
}

/** Servers and databases that go on from one seed to the next. */
async function world() {
  const base = await pair();
  await base.database('history');
  const say = (sql) => base.say('history', sql);
  const nodes = [];
  for (const name of NAMES) {
    const way = await wayTo(base.folders);
    nodes.push(Object.assign(await node(name, { journal: way.url('history'), alone }), { way }));
  }
  await takeNotes(say);
  return { base, say, nodes };
}

/** One of them, most likely the one that leads the meeting. */
async function victimOf({ nodes, say }, made, roll) {
  const any = nodes[Math.floor(nodes.length * roll())];
  const isOwner = roll() < 0.75;
  const owner = isOwner && (await ownerOf(say, made.code).catch(() => ''));
  return nodes.find(({ name }) => name === owner) ?? any;
}

/** The second one may come while the first one is under way, where it is another's. */
async function harm(it, made, roll, done) {
  const underWay = new Map();
  for (let count = roll() < 0.4 ? 2 : 1; count > 0; count--) {
    await wait(100 + 700 * roll());
    const kind = drawn(roll);
    const ofBase = OF_BASE.includes(kind);
    const victim = await victimOf(it, made, roll);
    const whose = ofBase ? 'database' : victim.name;
    if (underWay.has(whose)) continue;
    done.push(`${kind} ${whose}`);
    underWay.set(whose, harms[kind]({ ...it, victim, roll }));
  }
  await Promise.all(underWay.values());
}

async function live(it, seed) {
  const roll = dice(seed * 7919);
  const chance = dice(seed * 104729 + 1);
  const began = performance.now();
  const all = await gather({ nodes: it.nodes, roll });
  const done = [];
  let ended = false;
  const over = () => ended;
  const writing = [all.console, ...all.phones].map((who) => write(who, roll, over));
  const watching = watch(all.board, roll, over);
  await harm(it, all.made, chance, done);
  await wait(300 + 300 * chance());
  ended = true;
  await Promise.all([...writing, watching]);
  const history = await historyOf(all, it.say);
  const wrong = [...check(history), ...all.all.flatMap((who) => who.wrong)];
  for (const each of it.nodes) {
    if (!each.wrong) continue;
    wrong.push(each.wrong);
    each.wrong = '';
    await each.rise();
  }
  const answers = history.parties.flatMap((who) => who.answers);
  return {
    ...{ seed, done, wrong, history: wrong.length ? history : null },
    ms: performance.now() - began,
    acknowledged: answers.filter(({ reply }) => reply.ok).length,
    again: answers.filter(({ tries }) => tries > 1).length,
    takenOver: new Set(history.rows.map(({ epoch }) => epoch)).size - 1,
    longest: Math.max(...answers.map(({ first, heard }) => heard - first)),
  };
}

/** Does the seeds that it is given, one after the other. */
async function worker() {
  process.setMaxListeners(0);
  const it = await world();
  process.on('message', async (seed) => {
    const end = (result) => process.send(result, () => result.dead && process.exit(1));
    const late = setTimeout(
      () => end({ seed, done: [], wrong: [`no end after ${HANGS_MS / 1000} s`], dead: true }),
      HANGS_MS,
    );
    const result = await live(it, seed).catch((error) => ({
      ...{ seed, done: [], wrong: [String(error.stack)], dead: true },
    }));
    clearTimeout(late);
    end(result);
  });
  process.on('disconnect', () => process.exit(0));
  process.once('SIGTERM', () => process.exit(1)); // And what it has started with it.
  process.send({ ready: true });
}

const sums = { runs: 0, acknowledged: 0, again: 0, takenOver: 0, failed: 0 };
const longest = [];
const kinds = {};

function tell({ seed, done, wrong, history, ...figures }) {
  sums.runs++;
  for (const each of done) kinds[each.split(' ')[0]] = (kinds[each.split(' ')[0]] ?? 0) + 1;
  for (const name of ['acknowledged', 'again', 'takenOver']) sums[name] += figures[name] ?? 0;
  if (figures.longest) longest.push(figures.longest);
  if (sums.runs % 50 === 0) console.log(`${sums.runs} done, ${sums.failed} failed`);
  if (!wrong.length) return;
  sums.failed++;
  console.log(
    `seed ${seed} failed (${done.join(', ')}); again: tests/long history --seeds ${seed} ${seed}`,
  );
  for (const line of wrong.slice(0, 10)) console.log(`    ${line.slice(0, 1000)}`);
  mkdirSync(failed, { recursive: true });
  if (history) writeFileSync(`${failed}/history-${seed}.json`, JSON.stringify(history, null, 1));
}

/** @param {number[]} seeds */
function hire(seeds) {
  return new Promise((done) => {
    const child = fork(me, ['--worker']);
    let seed = 0;
    child.on('message', (result) => {
      if (!result.ready) tell(result);
      seed = 0;
      if (result.dead) return;
      if (!seeds.length) return void child.disconnect();
      seed = seeds.shift();
      child.send(seed);
    });
    child.once('exit', (code) => {
      if (seed) tell({ seed, done: [], wrong: [`whoever did it ended with ${code}`] });
      if (code !== 0 && seeds.length) hire(seeds).then(done);
      else done();
    });
  });
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: 'string' } },
  });
  const [first, last] = values.seeds
    ? [Number(values.seeds), Number(positionals[0] ?? values.seeds)]
    : [1, Number(positionals[0] ?? 20)];
  const seeds = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const began = performance.now();
  const report = () => {
    longest.sort((a, b) => a - b);
    const at = (part) =>
      ((longest[Math.floor(part * (longest.length - 1))] ?? 0) / 1000).toFixed(2);
    console.log(
      `${sums.runs} histories in ${((performance.now() - began) / 1000).toFixed(0)} s: ${sums.acknowledged} acknowledged, ` +
        `${sums.again} of them said again; ${sums.takenOver} take-overs; the longest wait of a history: half within ${at(0.5)} s, ` +
        `90 % within ${at(0.9)} s, 99 % within ${at(0.99)} s, all within ${at(1)} s; ${sums.failed} failed`,
    );
    console.log(
      Object.entries(kinds)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', '),
    );
  };
  process.once('SIGTERM', () => {
    seeds.length = 0; // What is under way is done.
  });
  await Promise.all(
    Array.from({ length: Math.min(SIDE_BY_SIDE, seeds.length) }, () => hire(seeds)),
  );
  report();
  process.exitCode = sums.failed ? 1 : 0;
}

if (process.argv.includes('--worker')) await worker();
else await main();
