// run.js -- what tests/bench/run runs: all servers do the same work in turn, and the medians are
// set beside each other.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { growth } from './growth.js';
import { append, measure, progress } from './load.js';
import { plots } from './plots.js';
import { servers } from './servers.js';

const out = new URL('../../build/bench/', import.meta.url).pathname;
mkdirSync(out, { recursive: true });

/** Core seconds of the server for a million deliveries: what else the machine does changes it least. */
const cost = {
  name: 'core seconds for a million deliveries',
  of: ({ busy, deliveries }) => (busy * 1e6) / deliveries,
};
const rate = { name: 'deliveries a second', of: (r) => r.deliveries / r.seconds, more: true };
const ack = [
  { name: 'answer, p50 ms', of: (r) => r.ack[0] },
  { name: 'answer, p99 ms', of: (r) => r.ack[1] },
];
/** Of servers that store: in a database, with what that itself takes of the machine. */
const stored = [
  { name: 'facts a commit', of: (r) => r.stored?.facts / r.stored?.commits, alone: true },
  {
    name: 'core ms of the database for a commit',
    of: (r) => (r.stored?.busy * 1000) / r.stored?.commits,
    alone: true,
  },
];
const fanOut = { name: 'heard by all, p50 ms', of: (r) => r.fan_out[0] };
const appended = [
  { name: 'durable facts a second', of: (r) => r.facts / r.seconds, more: true },
  { name: 'until all are, p50 ms', of: (r) => r.ack[0] },
  { name: 'until all are, p99 ms', of: (r) => r.ack[1] },
];
const beside = (limit, aim, figure) => ({ ...figure, limit, aim });

/**
 * Work of load.c, and the figures that are looked at. `aim` is the ratio to `limit` that is wanted
 * at least (or, of what should be little, at most); `most` and `least` are aims by themselves.
 */
const works = {
  'fan-out-20': {
    title: '1 meeting × 1000 phones, 20 contributions in flight',
    work: ['closed', 1, 1000, 20, 3000],
    figures: [beside('limit, joined', 0.8, rate), beside('limit, joined', 1.25, cost), fanOut],
  },
  'fan-out-100': {
    title: '1 meeting × 1000 phones, 100 contributions in flight',
    work: ['closed', 1, 1000, 100, 4000],
    figures: [beside('limit, joined', null, rate), beside('limit, joined', null, cost)],
  },
  many: {
    title: '250 meetings × 20 phones, one contribution of each in flight',
    work: ['closed', 250, 20, 1, 10000],
    figures: [
      beside('limit, each', 1, {
        name: 'contributions a second',
        of: (r) => r.contributions / r.seconds,
        more: true,
      }),
      beside('limit, each', null, cost),
      ...ack,
      ...stored,
    ],
  },
  sockets: {
    title: '500 meetings × 20 phones, 500 contributions a second',
    work: ['paced', 500, 20, 500, 10],
    figures: [
      beside('limit, joined', 1.3, cost),
      beside('limit, joined', null, ack[0]),
      beside('limit, joined', 2, ack[1]),
      fanOut,
      ...stored,
    ],
  },
  storm: {
    title: '1000 phones drop and come back, 500 contributions on the board',
    work: ['storm', 1, 1000, 3, 500],
    figures: [
      beside('limit, joined', 1.2, { name: 'the first, ms', of: ({ storms }) => storms[0] }),
      beside('limit, joined', 1.2, { name: 'the last, ms', of: ({ storms }) => storms.at(-1) }),
      beside('limit, joined', null, { name: 'core seconds of all three', of: ({ busy }) => busy }),
    ],
  },
  small: {
    title: '1 meeting × 30 phones, 27 contributions a second',
    work: ['paced', 1, 30, 27, 10],
    figures: [beside('limit, joined', 1.7, ack[0]), beside('limit, joined', null, ack[1])],
  },
  'append-1': {
    title: 'the journal alone, one fact at a time',
    work: ['append', 1, 2000],
    figures: appended,
  },
  'append-64': {
    title: 'the journal alone, a fact of each of 64 meetings at a time',
    work: ['append', 64, 64000],
    figures: appended,
  },
  idle: {
    title: '500 meetings × 20 phones that say nothing',
    work: ['idle', 500, 20, 0, 0],
    figures: [
      { name: 'kB a connection', of: ({ kB }) => kB, most: 8 },
      {
        name: 'joins a second',
        of: ({ joins_a_second: joins }) => joins,
        more: true,
        least: 12000,
      },
    ],
  },
};

/** A tenth of the phones, or of the meetings, and of what they say. */
const shorter = ([kind, rooms, peers, ...rest]) =>
  kind === 'append'
    ? [kind, rooms, Math.ceil(peers / 10)]
    : [
        kind,
        rooms > 1 ? Math.ceil(rooms / 10) : 1,
        rooms > 1 ? peers : Math.max(peers / 10, 20),
        ...rest.map((n, i) => (kind === 'closed' && i === 0 ? Math.min(n, 20) : Math.ceil(n / 10))),
      ];

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const digits = (n) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

/** "2.1 × ahead of ws", "1.3 × behind the limit, joined"; within a quarter it is as good as even. */
function compared(figure, mine, theirs, name) {
  if (mine === 0 || theirs === 0) return `too short to tell beside ${name}`;
  const ratio = figure.more ? mine / theirs : theirs / mine;
  if (ratio > 1.25) return `${digits(ratio)} × ahead of ${name}`;
  return ratio < 0.8 ? `${digits(1 / ratio)} × behind ${name}` : `even with ${name}`;
}

function aimed(figure, mine, medians) {
  const told = (met, what) => ` (aim: ${what}: ${met ? 'met' : 'missed'})`;
  if (figure.most) return told(mine <= figure.most, `${figure.most} at most`);
  if (figure.least) return told(mine >= figure.least, `${figure.least} at least`);
  const limit = medians.get(figure.limit);
  if (!figure.aim || !limit) return '';
  const ratio = mine / limit;
  const what = `${figure.aim} of the ${figure.limit}, is ${digits(ratio)}`;
  return told(figure.more ? ratio >= figure.aim : ratio <= figure.aim, what);
}

/** A figure's line of numbers, and its sentence. */
function told(figure, runs) {
  const medians = new Map();
  for (const [name, results] of runs) {
    const values = results.map(figure.of).filter(Number.isFinite);
    if (values.length > 0) medians.set(name, median(values));
  }
  const numbers = [...medians].map(([name, value]) => `${name} ${digits(value)}`).join(' · ');
  const mine = medians.get('runde');
  if (mine === undefined || figure.alone) return `  ${figure.name}: ${numbers}`;
  const sentence = [...medians.keys()]
    .filter((name) => name !== 'runde')
    .map((name) => compared(figure, mine, medians.get(name), name))
    .join(', ');
  const aim = aimed(figure, mine, medians);
  return `  ${figure.name}: ${numbers}\n    runde is ${sentence || 'alone'}${aim}`;
}

const { values: how } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: Object.keys(works).join() },
    servers: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    plots: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
  },
});
// Names have a comma in them: "limit, each".
const names = Object.keys(servers).filter(
  (name) => !how.servers || `,${how.servers},`.includes(`,${name},`),
);

async function table() {
  const all = {};
  let text = '';
  for (const key of how.only.split(',')) {
    const { title, work, figures } = works[key];
    const isAppend = work[0] === 'append';
    const those = names.filter((name) => !isAppend || servers[name].kind);
    const runs = new Map(those.map((name) => [name, []]));
    for (let round = 0; round < Number(how.rounds); round++)
      for (const name of those) {
        progress(`${key} ${round + 1}: ${name}`);
        const much = how.short ? shorter(work) : work;
        runs.get(name).push(isAppend ? append(name, much) : await measure(name, much));
      }
    progress('');
    all[key] = Object.fromEntries(runs);
    const lines = [title, ...figures.map((figure) => told(figure, runs)), ''].join('\n');
    console.log(lines);
    text += `${lines}\n`;
    writeFileSync(`${out}table.txt`, text);
    writeFileSync(`${out}figures.json`, JSON.stringify(all, null, 1));
  }
}

if (how.growth) await growth(how.short);
else {
  if (!how.plots) await table();
  await plots(names, out, how.short);
}
