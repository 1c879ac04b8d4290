/**
 * costs.js -- what meetings cost: measured once, told for more than one machine can try.
 *
 *     node tests/bench/costs.js --measure    what each thing takes, on this machine: build/bench/costs.json
 *     node tests/bench/costs.js              what a municipality, a country and a union's halls would take
 *     node tests/bench/costs.js --check      two servers on one database under a load that is known, beside
 *                                            what the model says of it
 *
 * Wants what tests/bench/run has built, and as quiet a machine. What is assumed stands in model.js.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { wait } from '../support/rawhttp.js';
import { append, crowd, grown, measure, progress } from './load.js';
import { SCENARIOS, solve, spent, told } from './model.js';
import { databaseBusy, databaseLog, newDatabase, serve } from './servers.js';

const out = new URL('../../build/bench/', import.meta.url).pathname;
const file = `${out}costs.json`;
/** What relayed.js has measured. */
const relayedFile = `${out}relayed.json`;
const SERVER = 'runde, postgresql';
const ROUNDS = 3;
const REST_SECONDS = 8;

/** Work of load.c, in which one thing is done much and another little. */
const WORKS = {
  halls: ['paced', 2, 500, 20, 8],
  schools: ['paced', 500, 20, 500, 8],
  many: ['closed', 250, 20, 1, 10000],
  clocks: ['clocks', 100, 20, 4000, 5],
  idle: ['idle', 500, 20, 0, 0],
};

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** From what was measured, what each thing takes. */
export function unitsOf({ halls, schools, many, clocks, idle, one, much, rest }) {
  const lines = (what) => [
    [halls.deliveries, halls.contributions, what(halls)],
    [schools.deliveries, schools.contributions, what(schools)],
  ];
  const stored = (what) => [schools, many].map(({ stored: s }) => [s.commits, s.facts, what(s)]);
  const [delivery, contribution] = solve(.../** @type {any} */ (lines((r) => r.busy)));
  const [delivery_bytes, reply_bytes] = solve(.../** @type {any} */ (lines((r) => r.bytes)));
  const [commit, fact] = solve(.../** @type {any} */ (stored((s) => s.busy)));
  const [commit_log, fact_log] = solve(.../** @type {any} */ (stored((s) => s.log)));
  return {
    delivery,
    contribution,
    clock: clocks.busy / clocks.contributions,
    delivery_bytes,
    reply_bytes,
    clock_bytes: clocks.bytes / clocks.contributions,
    phone_kB: idle.kB,
    process_kB: idle.empty,
    commit_seconds: one.ack[0] / 1000,
    facts_a_second: much.facts / much.seconds,
    database: {
      commit,
      fact,
      commit_log,
      fact_log,
      fact_bytes: schools.stored.size / schools.stored.facts,
    },
    rest,
    /** Core seconds and bytes more for a delivery that another server passes on: relayed.js. */
    relayed: null,
  };
}

/** What a busy machine makes longer, and never shorter: the best counts, not the one in the middle. */
const BEST = { commit_seconds: Math.min, facts_a_second: Math.max };

/** Every number is the median of its own, or the best. */
function middle(all, key = '') {
  if (BEST[key]) return BEST[key](...all);
  if (typeof all[0] === 'number') return median([...all]);
  if (all[0] === null || typeof all[0] !== 'object') return all[0];
  return Object.fromEntries(
    Object.keys(all[0]).map((key) => [
      key,
      middle(
        all.map((x) => x[key]),
        key,
      ),
    ]),
  );
}

/** What a server with a name takes in a second of itself and of its database while nobody asks anything. */
async function resting() {
  const database = newDatabase();
  const server = await serve(SERVER, { shared: { database, node: 'a' } });
  const look = () => ({
    core: server.busy(),
    database_core: databaseBusy(database.name),
    log: databaseLog(database.name),
  });
  await wait(2000);
  const before = look();
  await wait(REST_SECONDS * 1000);
  const all = grown(before, look());
  await server.stop();
  return Object.fromEntries(Object.entries(all).map(([key, n]) => [key, n / REST_SECONDS]));
}

async function measured() {
  const all = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const got = {};
    for (const [key, work] of Object.entries(WORKS)) {
      progress(`${key} ${round}`);
      got[key] = await measure(SERVER, work);
    }
    got.one = append(SERVER, ['append', 1, 2000]);
    got.much = append(SERVER, ['append', 64, 32000]);
    got.rest = await resting();
    all.push(unitsOf(got));
  }
  progress('');
  mkdirSync(out, { recursive: true });
  writeFileSync(file, JSON.stringify({ units: middle(all), rounds: all }, null, 1));
}

const digits = (n) => (n >= 100 ? Math.round(n).toLocaleString('en') : n.toPrecision(2));

function sayUnits(u) {
  const us = (s) => `${digits(s * 1e6)} µs`;
  console.log(`a delivery ${us(u.delivery)} and ${digits(u.delivery_bytes)} bytes · a contribution ${us(u.contribution)} · \
a question for the clock ${us(u.clock)} · a phone ${digits(u.phone_kB)} kB
database: a commit ${us(u.database.commit)} and ${digits(u.database.commit_log)} bytes of log · a fact \
${us(u.database.fact)}, ${digits(u.database.fact_log)} bytes of log, ${digits(u.database.fact_bytes)} bytes kept · \
one at a time ${digits(u.commit_seconds * 1e3)} ms · ${digits(u.facts_a_second)} facts a second at most
a server at rest: ${digits(u.rest.core * 1e3)} core ms a second, and ${digits(u.rest.database_core * 1e3)} of the database
a relayed delivery: ${u.relayed ? us(u.relayed.delivery) : 'not measured'}\n`);
}

function say(u) {
  sayUnits(u);
  for (const scenario of Object.values(SCENARIOS)) {
    const t = told(u, scenario);
    const percent = (share) => `${digits(share * 100)} %`;
    console.log(`${scenario.title}: ${digits(t.connections)} connections; at the peak ${digits(t.facts)} facts and \
${digits(t.deliveries)} deliveries a second
  servers: ${t.nodes}, of one core each, ${digits(t.core)} cores busy in all, ${digits(t.memory_MB)} MB, ${digits(t.bytes / 1e6)} MB/s sent
  database: ${t.databases}; ${digits(t.commits)} commits and ${digits(t.facts)} facts a second, ${digits(t.log / 1e6)} MB/s of log, \
${digits(t.database_core)} cores, ${digits(t.stored_MB)} MB kept
  breaks first, on one server: ${t.first.what}, ${percent(t.first.share)} used: ${t.first.then}
  then, of what all share: ${t.next.what}, ${percent(t.next.share)} used: ${t.next.then}
  relaying, where nothing hashes by the code: ${t.relaying_core === null ? 'not measured' : `${digits(t.relaying_core)} cores more`}\n`);
  }
}

/** Another load than what was measured: many small meetings at one server, halls at the other. */
const KNOWN = [
  { node: 'a', work: ['paced', 100, 20, 200, 10] },
  { node: 'b', work: ['paced', 2, 500, 10, 10] },
];

async function check(u) {
  const database = newDatabase();
  const nodes = [];
  for (const { node, work } of KNOWN)
    nodes.push({ work, server: await serve(SERVER, { shared: { database, node } }) });
  try {
    for (const each of nodes) {
      each.codes = await each.server.codes(each.work[1]);
      each.those = await crowd(each.server, each.work, each.codes);
    }
    const look = async () => ({
      core: nodes.reduce((sum, { server }) => sum + server.busy(), 0),
      stored: await Promise.all(nodes.map(({ server }) => server.stored())),
      log: databaseLog(database.name),
      database_core: databaseBusy(database.name),
    });
    const before = await look();
    const got = await Promise.all(nodes.map(({ those }) => those.begin()));
    const after = await look();
    const sum = (of) => got.reduce((all, each, i) => all + of(each, i), 0);
    const stored = before.stored.map((s, i) => /** @type {any} */ (grown(s, after.stored[i])));
    const is = {
      core: after.core - before.core,
      bytes: sum((r) => r.bytes),
      commits: sum((_, i) => stored[i].commits),
      facts: sum((_, i) => stored[i].facts),
      database_core: after.database_core - before.database_core,
      log: after.log - before.log,
    };
    // How many commits there are is the model's to say; how long one took is the disk's, and is taken from it.
    const took = stored.map(({ seconds, commits }) => seconds / commits);
    const model = got.map((r, i) => [
      r.seconds,
      spent(
        { ...u, commit_seconds: took[i] },
        {
          contributions: r.contributions / r.seconds,
          deliveries: r.deliveries / r.seconds,
          clocks: 0,
        },
      ),
    ]);
    console.log(`a commit took ${took.map((s) => `${digits(s * 1e3)} ms`).join(' and ')}`);
    console.log('two servers, one database, ten seconds: is · the model says · is ÷ says');
    for (const name of Object.keys(is)) {
      const says = model.reduce((all, [seconds, each]) => all + each[name] * seconds, 0);
      console.log(
        `  ${name}: ${digits(is[name])} · ${digits(says)} · ${(is[name] / says).toFixed(2)}`,
      );
    }
  } finally {
    for (const { server } of nodes) await server.stop();
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { values: how } = parseArgs({
    options: { measure: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  if (how.measure) await measured();
  const { units } = JSON.parse(readFileSync(file, 'utf8'));
  if (existsSync(relayedFile)) units.relayed = JSON.parse(readFileSync(relayedFile, 'utf8'));
  if (how.check) await check(units);
  else say(units);
  if (how.check || how.measure) process.exit(0);
}
