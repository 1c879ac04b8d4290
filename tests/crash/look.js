/**
 * look.js -- after a restart: is everything there that somebody was told of, once, and is the rest
 * whole or not there at all?
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join as path } from 'node:path';

import { join } from '../net/client.js';
import { enter, order } from './crowd.js';

/** Asks the server as whoever runs it does, by the data folder's socket; "" where it is gone. */
export function inside(data, line) {
  return new Promise((done) => {
    const socket = createConnection(path(data, 'inlet'));
    let got = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${line}\n`));
    socket.on('data', (text) => (got += text));
    socket.on('error', () => done(''));
    socket.on('close', () => done(got));
  });
}

/** The journal of a meeting, a line for each fact; or why there is none. */
export async function journal(data, code) {
  for (;;) {
    const text = await inside(data, `/inside/export?code=${code}`);
    const lines = text.trimEnd().split('\n');
    if (lines.length > 2)
      return { facts: lines.slice(1, -1).map((line) => JSON.parse(line)), lines };
    const { code: why } = JSON.parse(text);
    if (why !== 'busy') return { why };
  }
}

const ROLES = ['', 'phone', 'console', 'board', 'scribe', 'leader'];
const bytesOf = (uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex');
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

/** By which id the server remembers a command: of its sender's role, phone and own id (app/room.c). */
export function keptId(meeting, { id, as, who }) {
  const phone = as === 'phone' ? sha256(bytesOf(meeting.phones[who - 2].id)) : Buffer.alloc(32);
  const both = Buffer.concat([Buffer.from([ROLES.indexOf(as)]), phone, bytesOf(id)]);
  return sha256(both)
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Numbers without gaps, whole commands, and each that was acknowledged once, as it was told. */
function checkJournal(meeting, facts) {
  facts.forEach(({ seq }, i) => assert.equal(seq, i + 1, `${meeting.code}: numbers without gaps`));
  facts.forEach(({ rest }, i) => {
    if (rest > 0) assert.equal(facts[i + 1]?.rest, rest - 1, `${meeting.code}: whole commands`);
  });
  const of = new Map();
  for (const fact of facts) of.set(fact.command, [...(of.get(fact.command) ?? []), fact]);
  let acknowledged = 0;
  for (const one of meeting.sent) {
    const { id, do: what, reply } = one;
    const kept = of.get(keptId(meeting, one)) ?? [];
    const name = `${meeting.code} ${what} ${id}`;
    if (!reply) assert.ok(kept.length <= 1, `${name} is there twice`);
    else if (reply.ok) {
      assert.equal(kept.length, 1, `${name} was acknowledged as ${reply.seq}`);
      assert.equal(kept[0].seq, reply.seq, name);
      acknowledged++;
    } else assert.equal(kept.length, 0, `${name} was refused as ${reply.code}`);
  }
  return acknowledged;
}

/** What the journal says is on the board, by id. */
function boardOf(facts) {
  const board = new Map();
  for (const { fact, text } of facts) {
    if (fact.fact === 'contribution.added')
      board.set(fact.contribution ?? text.contribution, text.text);
    if (fact.fact === 'contribution.edited' && text.text) board.set(fact.contribution, text.text);
    if (fact.fact === 'contribution.withdrawn') board.delete(fact.contribution);
  }
  return board;
}

/** What people see is what the journal has; each phone has the notes that it was told are kept. */
function checkSeen(meeting, people, facts) {
  const [console_, , ...phones] = people;
  const seen = console_.snapshot.contributions.map(({ id, text }) => [id, text]);
  assert.deepEqual(new Map(seen), boardOf(facts), `${meeting.code}: the board`);
  assert.equal(seen.length, new Map(seen).size);
  for (const phone of phones) {
    const texts = new Map();
    for (const { who, do: what, with: fields, reply } of meeting.sent)
      if (who === phone.who && what === 'note.save')
        texts.set(fields.note, [...(texts.get(fields.note) ?? []), { text: fields.text, reply }]);
    const notes = new Map(phone.snapshot.notes.map(({ note, text }) => [note, text]));
    for (const [note, all] of texts) {
      const kept = all.filter(({ reply }) => reply?.ok).sort((a, b) => b.reply.seq - a.reply.seq);
      const may = [...kept.slice(0, 1), ...all.filter(({ reply }) => !reply)].map(
        ({ text }) => text,
      );
      if (kept.length || notes.has(note)) assert.ok(may.includes(notes.get(note)), `note ${note}`);
    }
  }
}

/** Who sends again what was answered hears the same; what was not answered is done now, once. */
async function checkAgain(meeting, people) {
  const answered = meeting.sent.filter(({ reply }) => reply?.ok).slice(-6);
  const open = meeting.sent.filter(({ reply }) => !reply);
  for (const one of [...answered, ...open, ...open]) {
    const before = one.reply;
    const reply = await order(meeting, people[one.who], one);
    if (before?.ok) assert.deepEqual(reply, before, `${meeting.code} ${one.do} said again`);
  }
  return answered.length + open.length;
}

/** An erased meeting has left nothing: not for whoever comes, and not in the folder. */
async function checkErased(port, data, meeting) {
  const link = await join(port, {
    as: 'console',
    meeting: meeting.code,
    key: meeting.keys.console,
  });
  const { refused } = await link.hear('welcome', 'refused');
  link.leave();
  assert.equal(refused?.code, 'erased', `${meeting.code} was erased`);
  for (const name of ['runde.db', 'runde.db-wal']) {
    const file = path(data, name);
    const there = existsSync(file) && readFileSync(file).includes(meeting.tag);
    assert.ok(!there, `${meeting.code} was erased, and its words stand in ${name}`);
  }
}

/**
 * Looks at everything, and lets everybody in again. Resolves to the people of each meeting that
 * lives, and to how much was looked at.
 */
export async function look(port, data, meetings) {
  const rooms = [];
  const figures = { acknowledged: 0, facts: 0, again: 0, erased: 0 };
  for (const meeting of meetings) {
    if (meeting.fate === 'erased') {
      await checkErased(port, data, meeting);
      figures.erased++;
      continue;
    }
    const { facts, why } = await journal(data, meeting.code);
    if (meeting.fate === 'asked' && why === 'erased') {
      meeting.fate = 'erased'; // Nobody was told, and it is done all the same.
      await checkErased(port, data, meeting);
      figures.erased++;
      continue;
    }
    assert.ok(facts, `${meeting.code} is not there: ${why}`);
    meeting.fate = 'lives';
    figures.acknowledged += checkJournal(meeting, facts);
    figures.facts += facts.length;
    const people = await enter(port, meeting);
    checkSeen(meeting, people, facts);
    figures.again += await checkAgain(meeting, people);
    checkJournal(meeting, (await journal(data, meeting.code)).facts);
    rooms.push({ meeting, people });
  }
  return { rooms, figures };
}
