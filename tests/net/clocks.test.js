/**
 * clocks.test.js -- what the time of a meeting is counted by: not by the clock on the wall, which jumps, and on
 * over a server that stood still. Nobody loses the floor by any of it. tests/README.md, rows 13 and 15.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { describe, test } from 'node:test';

import { clockFile } from '../support/clock_file.js';
import { start, wait } from '../support/rawhttp.js';
import { join, meeting } from './client.js';
import { hasRunde, runde, rundePath } from './server.js';

const HOUR = 3600000;
const wallJump = new URL('../../build/wall_jump.so', import.meta.url).pathname;
const how = {
  concurrency: true,
  skip:
    (!hasRunde && 'there is no server') ||
    (!existsSync(wallJump) && 'build/wall_jump.so is not built'),
};

const MINUTE = 60000;
/** What is left of the part, and of each lap of it. */
const LEFT_MS = 6000;
const agenda = {
  items: [
    { no: 1, title: 'Kort', minutes: 1, parts: [{ id: 'a', method: 'turns', minutes: 1 }] },
    { no: 2, title: 'Lang', minutes: 30, parts: [{ id: 'b', method: 'turns', minutes: 30 }] },
  ],
};

/** A console that leads a meeting which has begun. */
async function led(port, made) {
  const lead = await join(port, { as: 'console', meeting: made.code, key: made.key('console') });
  await lead.hear('snapshot');
  const must = async (command, fields) => {
    const reply = await lead.send(command, fields);
    assert.ok(reply.ok, `${command}: ${JSON.stringify(reply)}`);
  };
  const facts = (name) =>
    lead.heard.flatMap((frame) => frame.facts ?? []).filter(({ fact }) => fact === name);
  const fact = async (name) => {
    if (!facts(name).length)
      await lead.next((frame) => frame.facts?.some((each) => each.fact === name));
    return facts(name).at(-1);
  };
  return { ...lead, must, facts, fact };
}

/** Somebody has the floor, in a part that has six seconds left. */
async function speaking(port) {
  const made = await meeting(port, { agenda });
  const lead = await led(port, made);
  for (const name of ['Ana', 'Bo']) await lead.must('seat.add', { name });
  await lead.must('meeting.start');
  await lead.must('floor.give', { seat: 1 });
  await lead.must('clock.add', { ms: LEFT_MS - MINUTE });
  const { turn } = await lead.fact('turn.began');
  const { part_until } = await lead.fact('clock.changed');
  return { ...lead, made, turn, part_until };
}

/** What a fresh screen sees of the floor. */
async function floorOf(port, { code, key }) {
  const board = await join(port, { as: 'board', meeting: code, key: key('board') });
  const { snapshot } = await board.hear('snapshot');
  board.leave();
  return snapshot.now;
}

/** The meeting clock and the wall's, each with this process' own time, before and after. */
async function clocks(lead) {
  const before = performance.now();
  lead.say({ clock: { sent: before } });
  const { clock } = await lead.next((frame) => frame.clock?.sent === before);
  return { ...clock, before, after: performance.now() };
}

/** Between the two the meeting clock has gone as far as this process' own. Both round to a millisecond. */
function goesOn(one, other, what) {
  const went = other.now - one.now;
  assert.ok(went >= other.before - one.after - 2, `${what}: only ${went} ms`);
  assert.ok(went <= other.after - one.before + 2, `${what}: ${went} ms`);
}

/** A server on whose wall the clock can jump. */
async function jumping(t) {
  const wall = clockFile();
  const data = mkdtempSync(pathOf(tmpdir(), 'runde-wall-'));
  const args = ['serve', '--data', data, '--meeting', 'none', '--listen'];
  const env = { LD_PRELOAD: wallJump, WALL_JUMP: wall.file };
  const at = { wall, server: await start(rundePath, [...args, '127.0.0.1:0'], env) };
  const { port } = at.server;
  at.again = async (meanwhile) => {
    await at.server.kill('SIGKILL');
    meanwhile();
    at.server = await start(rundePath, [...args, `127.0.0.1:${port}`], env);
  };
  t.after(async () => {
    await at.server.kill();
    wall.end();
    rmSync(data, { recursive: true, force: true });
  });
  return at;
}

/** How far the wall's clock is moved to stand so many ms before this moment. */
const before = (moment, ms) => Date.parse(moment) - ms - Date.now();

describe('clocks', how, () => {
  test('13 no jump of the clock on the wall makes a turn longer or shorter', async (t) => {
    const { wall, server } = await jumping(t);
    const lead = await speaking(server.port);
    const given = await clocks(lead);
    let last = given;
    for (const [what, jump] of [
      ['an hour ahead', HOUR],
      ['an hour back', -HOUR],
      ['a leap second', -1000],
      ['days ahead', 400 * 24 * HOUR],
      ['before summer time begins', before('2027-03-28T01:00:00Z', 300)],
      ['before it ends', before('2027-10-31T01:00:00Z', 300)],
      ['right again', 0],
    ]) {
      wall.set(jump);
      await wait(400); // Over the change, where there is one.
      const now = await clocks(lead);
      assert.ok(
        Math.abs(now.wall - Date.now() - jump) < HOUR / 2,
        `the wall does not jump: ${what}`,
      );
      goesOn(last, now, what);
      for (const up of lead.facts('time.up')) assert.ok(up.at >= lead.part_until, what);
      last = now;
    }
    const floor = await floorOf(server.port, lead.made);
    assert.deepEqual([floor.part_until, floor.speaker], [lead.part_until, 1]);
    const up = await lead.fact('time.up');
    assert.deepEqual([up.of, up.part], ['part', 'a']);
    assert.ok(up.at >= lead.part_until, 'not before its time');
    goesOn(given, await clocks(lead), 'in all');
  });

  test('13 nor does one that comes while the server is away', async (t) => {
    const it = await jumping(t);
    const { port } = it.server;
    const lead = await speaking(port);
    await lead.must('part.next', { from: 'a' });
    await lead.must('floor.give', { seat: 2 });
    const { until } = await floorOf(port, lead.made);
    let last = await clocks(lead);
    for (const jump of [HOUR, -HOUR]) {
      await it.again(() => it.wall.set(jump));
      const back = await led(port, lead.made);
      const now = await clocks(back);
      goesOn(last, now, 'over the restart');
      last = now;
      const floor = await floorOf(port, lead.made);
      assert.deepEqual([floor.state, floor.speaker, floor.until], ['running', 2, until]);
    }
  });

  test('15 a server that stands still for ten seconds tells once that time is up, and moves nothing', async (t) => {
    const server = await runde();
    t.after(() => server.kill());
    const lead = await speaking(server.port);
    const phone = await join(server.port, { as: 'phone', meeting: lead.made.code, name: 'Ana' });
    await phone.hear('snapshot');
    server.process.kill('SIGSTOP');
    await wait(10000);
    server.process.kill('SIGCONT');
    const up = await lead.fact('time.up');
    assert.deepEqual([up.of, up.part], ['part', 'a']);
    await wait(2500); // Whatever else the server made up for would have come by now.
    await lead.must('floor.hint', { turn: lead.turn });
    assert.equal(lead.facts('time.up').length, 1);
    for (const name of ['turn.ended', 'part.ended', 'clock.paused'])
      assert.deepEqual(lead.facts(name), [], name);
    assert.equal(lead.facts('turn.began').length, 1);
    const { speaker, turn, state, part, time_up } = await floorOf(server.port, lead.made);
    assert.deepEqual([speaker, turn, state, part, time_up], [1, lead.turn, 'running', 'a', true]);
    // Those who were connected still are.
    assert.ok((await phone.send('contribution.add', { text: 'Legekasser' })).ok);
    await lead.must('turn.done', { turn: lead.turn });
    assert.equal((await floorOf(server.port, lead.made)).speaker, 2);
  });
});
