/**
 * model.js -- what so many meetings take of servers and of their database: arithmetic on what was
 * measured (costs.js), and on what is assumed of people and machines, which stands first.
 */

/**
 * Meetings at once, and what people do in them. peak: all write within so many seconds, in `together`
 * of the meetings at the same time; that is what the machines have to bear.
 */
export const SCENARIOS = {
  municipality: { title: '60 schools of a municipality', meetings: 60, phones: 20, together: 1 },
  country: { title: '1 100 schools of a country', meetings: 1100, phones: 20, together: 0.5 },
  union: { title: '1 000 halls of a union, 500 in each', meetings: 1000, phones: 500, together: 1 },
};
export const PEOPLE = {
  screens: 2, // Console and board, which hear what phones hear.
  hours: 2,
  contributions_an_hour: 10, // Of each phone, shown to all;
  notes_a_contribution: 2, // and before it notes, which its writer alone hears of.
  turns_an_hour: 60, // Of each meeting: who has the floor, heard by all.
  peak_seconds: 60,
  clock_seconds: 30, // A page asks for the clock as often.
};
/** A machine of each kind, and how much of it may be used, so that a peak above the peak is borne. */
export const MACHINES = {
  use: 0.5,
  node: { cores: 1, connections: 20000, memory_MB: 2000, network_MB: 60 }, // A second: half a Gbit/s.
  database: { cores: 4, log_MB: 50 },
};

/** What breaks first, and what would then be done. */
const REMEDIES = {
  processor: 'another server, to which the balancer leads its share of the meetings',
  connections: 'another server, to which the balancer leads its share of the meetings',
  memory: 'another server, or more memory',
  commits: 'another server, which commits for its share of the meetings',
  network: 'another server; and facts of a large hall told together, a few times a second',
  'database processor':
    'a second database for half of the meetings, which share nothing; and facts that wait for each other longer',
  'database log': 'a second database for half of the meetings, or a faster disk',
};

/**
 * Measured. Times in core seconds, or seconds; `log` bytes of the database's log; facts_a_second: those
 * that one server, which has one connection for them, makes durable at most.
 * @typedef {{
 *   delivery: number, contribution: number, clock: number,
 *   delivery_bytes: number, reply_bytes: number, clock_bytes: number,
 *   phone_kB: number, process_kB: number,
 *   commit_seconds: number, facts_a_second: number,
 *   database: {commit: number, fact: number, commit_log: number, fact_log: number, fact_bytes: number},
 *   rest: {core: number, database_core: number, log: number},
 *   relayed: {delivery: number, bytes: number} | null,
 * }} Units  rest: in a second, of a server with a name whom nobody asks anything, for its lease above
 *   all; relayed: what a server takes more for what it passes on to another; null: not measured
 */

/** Both lines `a x + b y = c`, of what is never less than nothing. */
export function solve([a, b, c], [d, e, f]) {
  const det = a * e - b * d;
  const [x, y] = [(c * e - b * f) / det, (a * f - c * d) / det];
  if (y < 0) return [(a * c + d * f) / (a * a + d * d), 0];
  if (x < 0) return [0, (b * c + e * f) / (b * b + e * e)];
  return [x, y];
}

/**
 * Commits a second of a server to which batches come at chance, where one commit takes so long and the
 * next takes all that has come meanwhile.
 */
export const commits = (batches, seconds) =>
  batches > 0 ? 1 / (seconds + Math.exp(-batches * seconds) / batches) : 0;

/**
 * What a server and its database take in a second, of so much in a second.
 * @param {Units} u
 * @param {{contributions: number, deliveries: number, clocks: number, relayed?: number}} load
 *   contributions: commands that are answered and stored, one fact each; relayed: the share of
 *   deliveries that another server passes on
 */
export function spent(u, { contributions, deliveries, clocks, relayed = 0 }) {
  const batches = commits(contributions, u.commit_seconds);
  const passed = relayed && u.relayed ? relayed * deliveries : 0;
  return {
    core:
      u.rest.core +
      u.delivery * deliveries +
      u.contribution * contributions +
      u.clock * clocks +
      passed * (u.relayed?.delivery ?? 0),
    bytes:
      u.delivery_bytes * deliveries +
      u.reply_bytes * contributions +
      u.clock_bytes * clocks +
      passed * (u.relayed?.bytes ?? 0),
    commits: batches,
    facts: contributions,
    database_core:
      u.rest.database_core + u.database.commit * batches + u.database.fact * contributions,
    log: u.rest.log + u.database.commit_log * batches + u.database.fact_log * contributions,
  };
}

/** What all meetings of a scenario do in a second of the peak, and in all. */
export function demand({ meetings, phones, together }, people = PEOPLE) {
  const all = meetings * phones;
  const each = 1 + people.notes_a_contribution;
  const usual = people.contributions_an_hour / 3600;
  // Who is at the peak says one thing in its time; the others go on as usual.
  const said = all * (together / people.peak_seconds + (1 - together) * usual);
  const turns = (meetings * people.turns_an_hour) / 3600;
  const heard = phones + people.screens;
  return {
    phones: all,
    connections: meetings * heard,
    contributions: said * each + turns,
    deliveries: (said + turns) * heard + said * people.notes_a_contribution,
    clocks: (meetings * heard) / people.clock_seconds,
    facts_in_all:
      people.hours * (all * people.contributions_an_hour * each + meetings * people.turns_an_hour),
  };
}

/**
 * How many servers a scenario needs, what each and the database take, which limit comes first, and
 * what is done then.
 * @param {Units} u
 */
export function told(u, scenario, machines = MACHINES, people = PEOPLE) {
  const d = demand(scenario, people);
  const one = spent(u, d);
  const { node, database, use } = machines;
  const memory = (d.connections * u.phone_kB) / 1024;
  /** Of one server, and of the database, so much is taken: 1 is all of it. */
  const shares = {
    processor: one.core / node.cores,
    connections: d.connections / node.connections,
    memory: memory / (node.memory_MB - u.process_kB / 1024),
    network: one.bytes / 1e6 / node.network_MB,
    commits: d.contributions / u.facts_a_second,
  };
  const nodes = Math.max(2, Math.ceil(Math.max(...Object.values(shares)) / use));
  // Each commits for itself: what comes to one of them waits for that one's commit alone.
  const each = spent(u, {
    contributions: d.contributions / nodes,
    deliveries: d.deliveries / nodes,
    clocks: d.clocks / nodes,
  });
  const kept = {
    'database processor': (each.database_core * nodes) / database.cores,
    'database log': (each.log * nodes) / 1e6 / database.log_MB,
  };
  const [first] = Object.entries({ ...shares, ...kept }).sort((a, b) => b[1] - a[1]);
  const [worst] = Object.entries(kept).sort((a, b) => b[1] - a[1]);
  return {
    ...d,
    nodes,
    databases: Math.max(1, Math.ceil(worst[1] / use)),
    core: each.core * nodes,
    commits: each.commits * nodes,
    facts: d.contributions,
    database_core: each.database_core * nodes,
    log: each.log * nodes,
    bytes: one.bytes,
    memory_MB: memory + (nodes * u.process_kB) / 1024,
    stored_MB: (d.facts_in_all * u.database.fact_bytes) / 1e6,
    /** Without a balancer that hashes, all but one in `nodes` come to the wrong server. */
    relaying_core: u.relayed ? u.relayed.delivery * d.deliveries * (1 - 1 / nodes) : null,
    first: { what: first[0], share: first[1], then: REMEDIES[first[0]] },
    next: { what: worst[0], share: worst[1], then: REMEDIES[worst[0]] },
  };
}
