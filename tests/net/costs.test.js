/**
 * costs.test.js -- the arithmetic of the model of costs (tests/bench/model.js), by numbers that can be
 * added up by hand.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { unitsOf } from '../bench/costs.js';
import { commits, demand, solve, spent, told } from '../bench/model.js';

const units = {
  ...{ delivery: 10e-6, contribution: 100e-6, clock: 5e-6 },
  ...{ delivery_bytes: 400, reply_bytes: 100, clock_bytes: 50 },
  ...{ phone_kB: 10, process_kB: 20480, commit_seconds: 0.001, facts_a_second: 10000 },
  database: { commit: 200e-6, fact: 50e-6, commit_log: 1000, fact_log: 500, fact_bytes: 600 },
  rest: { core: 0.002, database_core: 0.01, log: 300 },
  relayed: null,
};
const people = {
  ...{ screens: 2, hours: 2, contributions_an_hour: 10, notes_a_contribution: 2 },
  ...{ turns_an_hour: 60, peak_seconds: 60, clock_seconds: 30 },
};
const near = (is, wanted) =>
  assert.ok(Math.abs(is - wanted) <= 1e-9 * Math.abs(wanted), `${is}, and not ${wanted}`);

test('two lines cross where they do, and nothing costs less than nothing', () => {
  assert.deepEqual(solve([1, 1, 5], [1, -1, 1]), [3, 2]);
  assert.deepEqual(solve([10, 1, 20], [1, 1, 1]), [(200 + 1) / 101, 0]);
  assert.deepEqual(solve([1, 10, 20], [1, 1, 1]), [0, (200 + 1) / 101]);
});

test('commits are one for each batch while they are few, and as many as there is time for then', () => {
  assert.equal(commits(0, 0.001), 0);
  assert.ok(Math.abs(commits(1, 0.001) - 1) < 0.001);
  assert.ok(commits(1000, 0.001) > 700 && commits(1000, 0.001) < 800);
  near(commits(1e6, 0.001), 1000);
});

test('a second costs the sum of what is done in it', () => {
  const s = spent(units, { contributions: 1000, deliveries: 20000, clocks: 100 });
  near(s.core, 0.002 + 0.2 + 0.1 + 0.0005);
  near(s.bytes, 8e6 + 1e5 + 5000);
  const c = commits(1000, 0.001);
  near(s.commits, c);
  near(s.database_core, 0.01 + c * 200e-6 + 0.05);
  near(s.log, 300 + c * 1000 + 5e5);
  const relayed = { ...units, relayed: { delivery: 4e-6, bytes: 200 } };
  const half = { contributions: 1000, deliveries: 20000, clocks: 100, relayed: 0.5 };
  near(spent(relayed, half).core, s.core + 0.04);
  near(spent(relayed, half).bytes, s.bytes + 2e6);
  near(spent(units, half).core, s.core); // What was not measured is not made up.
});

test('all write within a minute, and everybody hears what is shown', () => {
  const d = demand({ meetings: 60, phones: 20, together: 1 }, people);
  assert.equal(d.phones, 1200);
  assert.equal(d.connections, 60 * 22);
  assert.equal(d.contributions, 20 * 3 + 1); // 20 a second, two notes with each, and a turn.
  assert.equal(d.deliveries, 21 * 22 + 40);
  assert.equal(d.clocks, (60 * 22) / 30);
  assert.equal(d.facts_in_all, 2 * (1200 * 10 * 3 + 60 * 60));
  const usual = demand({ meetings: 60, phones: 20, together: 0 }, people);
  near(usual.contributions, (1200 * 10 * 3) / 3600 + 1);
});

test('as many servers as leave half of each idle, and what breaks first is named', () => {
  const machines = {
    use: 0.5,
    node: { cores: 1, connections: 20000, memory_MB: 2000, network_MB: 60 },
    database: { cores: 4, log_MB: 50 },
  };
  const small = told(units, { meetings: 60, phones: 20, together: 1 }, machines, people);
  assert.equal(small.nodes, 2, 'never less than two: one may go');
  assert.equal(small.databases, 1);
  assert.equal(small.first.what, 'connections');
  assert.equal(small.relaying_core, null);
  const large = told(units, { meetings: 1000, phones: 500, together: 1 }, machines, people);
  // 26 000 facts and 4.2 million deliveries a second: 42 cores for these, 2.6 for those, half of each used.
  assert.equal(large.first.what, 'processor');
  const work = large.deliveries * 10e-6 + large.contributions * 100e-6 + large.clocks * 5e-6;
  assert.equal(large.nodes, Math.ceil((work + 0.002) / 0.5));
  near(large.core, work + large.nodes * 0.002);
  assert.equal(large.next.what, 'database processor');
  assert.equal(large.databases, Math.ceil(large.database_core / 4 / 0.5));
  near(large.stored_MB, (large.facts_in_all * 600) / 1e6);
});

test('from two kinds of work comes what each thing takes', () => {
  const stored = (facts, commits_) => ({
    ...{ facts, commits: commits_, size: facts * 600 },
    ...{ busy: commits_ * 200e-6 + facts * 50e-6, log: commits_ * 1000 + facts * 500 },
  });
  const work = (contributions, deliveries, commits_) => ({
    ...{ contributions, deliveries, stored: stored(contributions, commits_) },
    busy: contributions * 100e-6 + deliveries * 10e-6,
    bytes: contributions * 100 + deliveries * 400,
  });
  const got = unitsOf({
    halls: work(160, 80000, 160),
    schools: work(4000, 80000, 3900),
    many: work(10000, 200000, 600),
    clocks: { contributions: 1000, busy: 0.005, bytes: 50000 },
    idle: { kB: 10, empty: 20480 },
    one: { ack: [1, 5] },
    much: { facts: 32000, seconds: 3.2 },
    rest: units.rest,
  });
  const flat = (u) => ({ ...u, ...u.database, database: 0, relayed: 0, rest: 0 });
  for (const [key, wanted] of Object.entries(flat(units)))
    if (wanted)
      assert.ok(Math.abs(flat(got)[key] / wanted - 1) < 1e-6, `${key}: ${flat(got)[key]}`);
});
