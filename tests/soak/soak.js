// soak.js -- for an hour phones come and go, write, and fetch; meetings are made, held, left alone and erased.
// After each minute, when nobody is there, the server must have what it had: memory within 2 %, and as many
// descriptors and meetings.  tests/README.md, row 43.
//
//     tests/long soak [MINUTES]      60 unless told otherwise, 4 at the least
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

import { join as bySocket, joinByStream, meeting } from '../net/client.js';
import { runde } from '../net/server.js';
import { dice } from '../support/dice.js';
import { exchange, request, wait } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';

const MINUTES = Number(process.argv[2] ?? 60);
if (!(MINUTES >= 4)) throw new Error('tests/long soak [MINUTES]: 4 at the least');
/** What comes before is warming up: meetings that were left alone are erased from then on, too. */
const WARM = Math.ceil(MINUTES / 4);
/** Longer than an empty meeting stays in memory, where there is time for that. */
const LEFT_ALONE = Math.min(12, Math.floor(MINUTES / 5));
const MINUTE_MS = 60000;
/** So many meetings at a time, each of so many people at the most. */
const TABLES = 3;
const PEOPLE = 8;
/** Of each minute so much is for the last ones to leave. */
const QUIET_MS = 12000;
/** Memory may grow by so much, of itself. */
const MAY_GROW = 0.02;

const AGENDA = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 40,
      parts: [
        { id: 'a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: 'b', method: 'turns', minutes: 20, questions: ['Hvad ser vi?'] },
        { id: 'c', method: 'decision', minutes: 10 },
      ],
    },
  ],
};

const roll = dice(43);
const upTo = (n) => Math.floor(roll() * n);
const server = await runde('--metrics', '127.0.0.1:0');
const tally = { meetings: 0, erased: 0, sockets: 0, streams: 0, commands: 0, requests: 0 };
/** Those that were left alone, by the minute. */
const left = [];

async function ask(line, key, body = '') {
  tally.requests++;
  const headers = {
    ...(key && { Authorization: `Bearer ${key}` }),
    ...(line.startsWith('POST') && { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  return exchange(server.port, request(server.port, line, headers, body));
}

/** Somebody comes in, by a socket or by a stream; what they ask for is done. */
async function comes(hello, stream = false) {
  tally[stream ? 'streams' : 'sockets']++;
  const it = await (stream ? joinByStream : bySocket)(server.port, hello);
  const { welcome } = await it.hear('welcome');
  await it.hear('snapshot');
  return {
    hear: it.hear,
    token: welcome.token,
    leave: stream ? () => it.socket.close() : it.leave,
    async does(command, fields) {
      const reply = await it.send(command, fields);
      assert.ok(reply.ok, `${command}: ${JSON.stringify(reply)}`);
      tally.commands++;
    },
  };
}

/** The key's holder says that it is over, and it is erased while they look. */
async function erase({ code, key }, console_, ends) {
  await console_.does('meeting.keep', { days: 0 });
  if (ends) await console_.does('meeting.close');
  assert.equal((await console_.hear('refused')).refused.code, 'erased');
  console_.leave();
  assert.equal((await ask(`GET /api/meetings/${code}`, key('console'))).status, 410);
  tally.erased++;
}

/** Its leader comes again. */
async function again(it) {
  const hello = { as: 'console', meeting: it.code, key: it.key('console') };
  await erase(it, await comes(hello), false);
}

/** A meeting from its making to its end; every fourth is then left alone for a while. */
async function hold(minute) {
  const it = await meeting(server.port, { agenda: AGENDA });
  tally.meetings++;
  const { code, key } = it;
  const console_ = await comes({ as: 'console', meeting: code, key: key('console') });
  const board = await comes({ as: 'board', meeting: code, key: key('board') }, roll() < 0.5);
  const phones = [];
  for (let n = 2 + upTo(PEOPLE - 1); n > 0; n--)
    phones.push(await comes({ as: 'phone', meeting: code, name: `Nr. ${n}` }, roll() < 0.3));
  await console_.does('meeting.start');
  for (const [i, phone] of phones.entries()) {
    await phone.does('contribution.add', {
      text: `Flere voksne ude, ${i}. ${'Ja. '.repeat(upTo(99))}`,
    });
    await phone.does('hand.raise');
    await wait(upTo(300));
  }
  // Somebody's phone goes, and comes again the other way.
  const at = upTo(phones.length);
  phones[at].leave();
  const token = phones[at].token;
  phones[at] = await comes({ as: 'phone', meeting: code, token }, roll() < 0.5);
  await console_.does('part.next', { from: 'a' });
  await console_.does('floor.give', { seat: 1 });
  for (const phone of phones) {
    await phone.does('contribution.add', { text: 'Legekasser til alle' });
    await console_.does('turn.done');
    await wait(upTo(300));
  }
  await console_.does('part.next', { from: 'b' });
  await console_.does('decision.set', { answer: 'follow_up', date: '2026-12-17' });
  for (const format of ['html', 'md', 'docx', 'odt', 'json', 'ics'])
    assert.equal(
      (await ask(`GET /api/meetings/${code}/minutes?format=${format}`, key('leader'))).status,
      200,
      format,
    );
  assert.equal((await ask(`GET /m/${code}`)).status, 200);
  for (const phone of phones) phone.leave();
  board.leave();
  if (tally.meetings % 4) return erase(it, console_, true);
  await console_.does('meeting.close');
  console_.leave();
  (left[minute] ??= []).push(it);
}

const proc = (file) => readFileSync(`/proc/${server.pid}/${file}`, 'utf8');
const descriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;

/** What the server has while nobody is there. */
async function measure(minute) {
  const open = descriptors(); // Whoever asks for the figures has one, too.
  const text = (
    await exchange(server.metrics, request(server.metrics, 'GET /metrics'))
  ).body.toString();
  const figure = (name) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);
  return {
    minute,
    kB: Number(/VmRSS:\s+(\d+)/.exec(proc('status'))[1]),
    descriptors: open,
    stored: figure('runde_meetings'),
    inMemory: figure('runde_meetings_in_memory'),
    live: figure('runde_meetings_live'),
  };
}

/** Each minute's figures. */
async function soak() {
  const rows = [];
  const empty = descriptors();
  const began = performance.now();
  for (let minute = 1; minute <= MINUTES; minute++) {
    const ends = began + minute * MINUTE_MS;
    const old = left[minute - 1 - LEFT_ALONE] ?? [];
    const table = async () => {
      while (performance.now() < ends - QUIET_MS)
        await (old.length ? again(old.pop()) : hold(minute));
    };
    await Promise.all(Array.from({ length: TABLES }, table));
    assert.equal(old.length, 0, 'all that have been alone for long enough are erased');
    await becomes(descriptors, empty, 'descriptors stay open when nobody is there');
    await wait(Math.max(0, ends - performance.now()));
    rows.push(await measure(minute));
    console.log(said(rows.at(-1)));
    assert.equal(rows.at(-1).live, 0);
    assert.equal(rows.at(-1).stored, tally.meetings - tally.erased);
  }
  return rows;
}

const said = (figures) =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

try {
  const rows = await soak();
  const kB = rows.slice(WARM).map((row) => row.kB);
  const some = Math.ceil(kB.length / 3);
  const [first, last] = [median(kB.slice(0, some)), median(kB.slice(-some))];
  const grew = last / first - 1;
  console.log(`${MINUTES} minutes: ${said(tally)}`);
  console.log(`memory ${first} kB, then ${last} kB: ${(grew * 100).toFixed(2)} %`);
  assert.equal(await server.kill(), 0);
  assert.doesNotMatch(server.log(), / (error|warn) /);
  assert.ok(grew <= MAY_GROW, `memory grows by ${(grew * 100).toFixed(2)} %`);
} finally {
  await server.kill();
}
