// slow.js -- a meeting beside slowhttptest: what its commands take, that nobody in it is cut off, how
// many slow callers the server holds at once, and for how long it lets them be.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { exchange, request, wait } from '../support/rawhttp.js';
import { join, meeting } from '../net/client.js';
import { runde } from '../net/server.js';

const CONNECTIONS = 300;
const PHONES = 20;
const seconds = Number(process.argv[2]);

const server = await runde('--rate', '0', '--metrics', '127.0.0.1:0');
const { code, key } = await meeting(server.port, { template: 'runde' });

/** What drips: headers; a body, where one is taken; and an answer's way out, to the largest page that there is. */
const WAYS = {
  'no slow callers': null,
  'slow headers': [...['-H', '-i', '2', '-t', 'GET'], '/'],
  'slow bodies': [
    ...['-B', '-i', '2', '-s', '8192', '-t', 'POST', '-f', 'application/json'],
    '/api/meetings',
  ],
  'slow readers': [
    ...['-X', '-w', '512', '-y', '1024', '-n', '1', '-z', '256', '-k', '1'],
    `/console/${code}`,
  ],
};

const lead = await join(server.port, { as: 'console', meeting: code, key: key('console') });
const phones = await Promise.all(
  Array.from({ length: PHONES }, (_, i) =>
    join(server.port, { as: 'phone', meeting: code, name: `Navn ${i}` }),
  ),
);
assert.ok((await lead.send('meeting.start')).ok);

/** How many connections the server has, without the one that asks. */
async function open() {
  const { body } = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
  return Number(/^runde_connections (\d+)/m.exec(`${body}`)[1]) - 1;
}

async function say(phone, text) {
  const reply = await phone.send('contribution.add', { text });
  assert.ok(reply.ok, JSON.stringify(reply));
}

/** Commands one after another until `over`; ms of each, in order. */
async function talk(over) {
  const took = [];
  for (let i = 0; !over(); i++) {
    const from = performance.now();
    await say(phones[i % PHONES], `Pointe ${i}`);
    took.push(performance.now() - from);
    // A page that is opened anew is answered too.
    const page = await exchange(server.port, request(server.port, 'GET /healthz'));
    assert.equal(page.status, 200);
    await wait(100);
  }
  return took.sort((a, b) => a - b);
}

/** Counts each half second until `over`: the most beside the meeting, and for how long there was any. */
async function count(over) {
  const began = performance.now();
  const held = { most: 0, last: 0, now: 0 };
  while (!over()) {
    held.now = (await open()) - PHONES - 1;
    held.most = Math.max(held.most, held.now);
    // One may be a page of the meeting.
    if (held.now > 1) held.last = (performance.now() - began) / 1000;
    await wait(500);
  }
  return held;
}

function attack([...words]) {
  const path = words.pop();
  return spawn('slowhttptest', [
    ...words,
    ...['-c', `${CONNECTIONS}`, '-r', '100', '-l', `${seconds}`, '-p', '5'],
    ...['-u', `http://127.0.0.1:${server.port}${path}`],
  ]);
}

for (const [name, way] of Object.entries(WAYS)) {
  let isOver = false;
  const over = () => isOver;
  const child = way && attack(way);
  let said = '';
  child?.stdout.on('data', (bytes) => (said += bytes));
  const ended = child ? new Promise((done) => child.on('close', done)) : wait(seconds * 1000);
  ended.then(() => (isOver = true));
  const [took, held] = await Promise.all([talk(over), count(over)]);
  const at = (p) => took[Math.min(took.length - 1, Math.floor(took.length * p))].toFixed(1);
  console.log(
    `${name}: ${took.length} commands, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms` +
      (child ? `; ${held.most} open at once, the last for ${held.last.toFixed(0)} s` : ''),
  );
  // Whoever is in the meeting still is.
  for (const [i, phone] of phones.entries()) await say(phone, `${i} efter ${name}`);
  if (!child) continue;
  assert.ok(held.most > CONNECTIONS * 0.9, `it held ${held.most}: ${said.slice(-500)}`);
  // It ends before its time once all have been let go; a reader does not learn of it.
  if (!said.includes('No open connections left'))
    assert.ok(held.now <= 1, `${held.now} were still let be at the end`);
}
await server.kill();
