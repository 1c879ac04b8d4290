// takeover.js -- how long a meeting is without a server once the one that leads it was killed, or stops: from then to the first
// answer to somebody at another one.  tests/README.md, row 27.
//
//     tests/long takeover [ROUNDS]      200 of each unless told otherwise
import { meeting } from '../net/client.js';
import { dice } from '../support/dice.js';
import { database, sql } from '../support/postgres.js';
import { wait } from '../support/rawhttp.js';
import { until } from '../support/soon.js';
import { node } from './nodes.js';
import { person } from './person.js';

const ROUNDS = Number(process.argv[2] ?? 200);
const roll = dice(27);
process.setMaxListeners(0);
const journal = database('takeover');
const nodes = [];
for (const name of ['a', 'b', 'c']) nodes.push(await node(name, { journal }));
const made = await until(() => meeting(nodes[0].port, { template: 'runde' }).catch(() => null));
const owner = () =>
  nodes.find(({ name }) => name === sql('takeover', 'SELECT owner FROM runde.meeting'));
let command = 'clock.pause';

/** Each of them changes something. */
async function write(who) {
  const { ok, code } = await who.send(command, {}, { patience: 3000 });
  if (!ok) throw new Error(`${command}: ${code}`);
  command = command === 'clock.pause' ? 'clock.resume' : 'clock.pause';
}

/** One ends, and is started again while the next one is asked. */
async function round(how, before) {
  const leads = await until(owner);
  if (leads === before.node) await before.rising;
  const others = nodes.filter((each) => each !== leads && each !== before.node);
  const who = person({ name: 'console', as: 'console', nodes: others, made, roll });
  await write(who);
  const since = performance.now();
  const ended = leads[how]();
  await write(who);
  const took = performance.now() - since;
  who.leave();
  await before.rising;
  before.node = leads;
  before.rising = ended.then(() => leads.rise());
  return took;
}

const first = person({ name: 'console', as: 'console', nodes, made, roll });
await first.send('meeting.start');
first.leave();
for (const how of ['kill', 'drain']) {
  const took = [];
  const before = { node: null, rising: null };
  while (took.length < ROUNDS) {
    took.push(await round(how, before));
    await wait(200 * roll()); // At any moment between two renewals.
  }
  await before.rising;
  took.sort((a, b) => a - b);
  const at = (part) => (took[Math.floor(part * (took.length - 1))] / 1000).toFixed(3);
  console.log(
    `${how}: ${took.length} rounds, half within ${at(0.5)} s, 90 % ${at(0.9)} s, 99 % ${at(0.99)} s, all within ${at(1)} s`,
  );
}
process.exit(0);
