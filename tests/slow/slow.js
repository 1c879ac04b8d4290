// slow.js -- a meeting beside slowhttptest: how long commands take, and that nobody in it is cut off.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { exchange, request, wait } from '../support/rawhttp.js';
import { join } from '../net/client.js';
import { runde } from '../net/server.js';

const CONNECTIONS = 300;
const PHONES = 20;
const seconds = Number(process.argv[2]);

/** Headers that drip, bodies that drip, answers that are read slowly. */
const WAYS = {
  'no slow callers': null,
  'slow headers': ['-H', '-i', '2', '-t', 'GET'],
  'slow bodies': ['-B', '-i', '2', '-s', '8192', '-t', 'POST'],
  'slow readers': ['-X', '-w', '1', '-y', '2', '-n', '3', '-z', '8', '-k', '1'],
};

const server = await runde('--rate', '0');
const body = '{"template":"runde"}';
const made = await exchange(
  server.port,
  request(server.port, 'POST /api/meetings', { 'Content-Length': `${body.length}` }, body),
);
const { code, links } = JSON.parse(made.body.toString());
const lead = await join(server.port, {
  as: 'console',
  meeting: code,
  key: links.console.split('#')[1],
});
const phones = await Promise.all(
  Array.from({ length: PHONES }, (_, i) =>
    join(server.port, { as: 'phone', meeting: code, name: `Navn ${i}` }),
  ),
);
assert.ok((await lead.send('meeting.start')).ok);

/** Commands one after another until `over`; ms of each, in order. */
async function talk(over) {
  const took = [];
  for (let i = 0; !over(); i++) {
    const from = performance.now();
    const reply = await phones[i % PHONES].send('contribution.add', { text: `Pointe ${i}` });
    assert.ok(reply.ok, JSON.stringify(reply));
    took.push(performance.now() - from);
    // A page that is opened anew is answered too.
    const page = await exchange(server.port, request(server.port, 'GET /healthz'));
    assert.equal(page.status, 200);
    await wait(100);
  }
  return took.sort((a, b) => a - b);
}

for (const [name, way] of Object.entries(WAYS)) {
  let over = false;
  const child =
    way &&
    spawn('slowhttptest', [
      ...way,
      ...['-c', `${CONNECTIONS}`, '-r', '100', '-l', `${seconds}`, '-p', '5'],
      ...['-u', `http://127.0.0.1:${server.port}/`],
    ]);
  let said = '';
  child?.stdout.on('data', (bytes) => (said += bytes));
  const ended = child ? new Promise((done) => child.on('close', done)) : wait(seconds * 1000);
  ended.then(() => (over = true));
  const took = await talk(() => over);
  const at = (p) => took[Math.min(took.length - 1, Math.floor(took.length * p))].toFixed(1);
  const plain = said.replace(/[^ -~\n]\[[\d;]*m/g, ''); // It is coloured.
  const opened = Math.max(0, ...[...plain.matchAll(/^connected:\s+(\d+)/gm)].map((m) => +m[1]));
  console.log(
    `${name}: ${took.length} commands, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${opened} of ${CONNECTIONS} were connected at once`,
  );
  if (child) assert.ok(opened > 0, plain.slice(-500));
}
await server.kill();
