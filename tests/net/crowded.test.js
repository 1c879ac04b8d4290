// crowded.test.js -- more than there is room for: callers beyond the descriptors that there are, and
// one in a meeting who sends without end.  tests/README.md, rows 40 and 41.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { test } from 'node:test';

import { Raw, start, wait } from '../support/rawhttp.js';
import { becomes, soon } from '../support/soon.js';
import { join, meeting } from './client.js';
import { hasRunde, runde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';
const DESCRIPTORS = 160;
const CALLERS = 100;

/** A server that may have so many descriptors. */
async function narrow(t) {
  const data = mkdtempSync(path(tmpdir(), 'runde-crowded-'));
  const words = ['serve', '--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none'];
  const server = await start('sh', [
    ...['-c', `ulimit -n ${DESCRIPTORS}; exec "$0" "$@"`],
    ...[rundePath, ...words, '--rate', '0'],
  ]);
  t.after(async () => {
    await server.kill();
    rmSync(data, { recursive: true, force: true });
  });
  return server;
}

/** A meeting that has begun, with people in it; `goOn` has each of them say something that is taken. */
async function people(server) {
  const { code, key } = await meeting(server.port, { template: 'runde' });
  const lead = await join(server.port, { as: 'console', meeting: code, key: key('console') });
  await lead.hear('snapshot');
  assert.ok((await lead.send('meeting.start')).ok);
  const phones = [];
  for (const name of ['Ana', 'Bo', 'Eva']) {
    const phone = await join(server.port, { as: 'phone', meeting: code, name });
    await phone.hear('snapshot');
    phones.push(phone);
  }
  return {
    phones,
    board: () => join(server.port, { as: 'board', meeting: code, key: key('board') }),
    async goOn() {
      for (const phone of phones)
        assert.ok((await phone.send('contribution.add', { text: 'Videre' })).ok);
      assert.ok((await lead.send('clock.add', { ms: 60000 })).ok);
    },
  };
}

/** Screens until no more come in; those that did. */
async function crowd(board) {
  const all = [];
  for (;;) {
    const one = await board().catch(() => null);
    if (!one) return all;
    await one.hear('snapshot');
    all.push(one);
  }
}

const opened = ({ pid }) => readdirSync(`/proc/${pid}/fd`).map(Number);

/** The smallest number that no descriptor has, once nothing comes and goes. */
async function firstFree(server) {
  let before = '';
  await soon(async () => {
    const now = `${opened(server)}`;
    const same = now === before;
    before = now;
    assert.ok(same);
  });
  return Array.from({ length: DESCRIPTORS }, (_, i) => i).find((i) => !opened(server).includes(i));
}

/** Gives it so many, which is less than it may have at most. */
const limit = ({ pid }, most) => execFileSync('prlimit', ['--pid', `${pid}`, `--nofile=${most}:`]);

/** Callers, whom the server hangs up on. */
async function call(server) {
  const raws = await Promise.all(
    Array.from({ length: CALLERS }, () => Raw.connect(server.port).catch(() => null)),
  );
  const isGone = (raw) => !raw || raw.closed;
  await soon(async () => assert.ok(raws.every(isGone), 'some still wait'));
}

/** The part of the time that the server has computed since it was asked last. */
function share(pid) {
  const TICKS_A_SECOND = 100;
  const used = () =>
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .split(' ')
      .slice(13, 15)
      .reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_A_SECOND;
  let [from, before] = [performance.now(), used()];
  return () => {
    const [to, after] = [performance.now(), used()];
    const part = (after - before) / ((to - from) / 1000);
    [from, before] = [to, after];
    return part;
  };
}

test(
  '40 without descriptors callers are turned away, the meeting goes on, nothing turns, and it recovers',
  { skip },
  async (t) => {
    const server = await narrow(t);
    const { board, goOn } = await people(server);
    const before = opened(server).length;
    const screens = await crowd(board);
    const most = screens.length;
    assert.ok(most > DESCRIPTORS / 2, `${most} screens came in`);

    const full = async (what) => {
      const computed = share(server.pid);
      await call(server);
      await goOn();
      // A caller whom nobody can take stands in the queue, and wakes the server again and again.
      computed();
      await wait(2000);
      const part = computed();
      t.diagnostic(`${what}: it computes ${(100 * part).toFixed(1)} % of the time`);
      assert.ok(part < 0.1, `it computes ${part} of the time`);
    };
    await full('as many as may be open');
    // Something else has taken those that were kept: not one is left.
    screens.pop().leave();
    limit(server, await firstFree(server));
    await full('none left');
    assert.match(server.log(), /net\.full descriptors=0/);
    limit(server, DESCRIPTORS);

    for (const screen of screens) screen.leave();
    await becomes(() => opened(server).length, before);
    await goOn();
    const again = await crowd(board);
    assert.ok(again.length >= most, `${again.length} of ${most} come in again`);
    again.forEach((screen) => screen.leave());
  },
);

test(
  '41 whoever sends without end is told to wait, and for how long; others are answered, and then they are again',
  { skip },
  async (t) => {
    const server = await runde();
    t.after(() => server.kill());
    const { phones, board, goOn } = await people(server);
    const [flood] = phones.splice(0, 1);
    const replies = [];
    for (let i = 0; i < 400; i += 20) {
      const ids = Array.from({ length: 20 }, () => randomUUID());
      for (const id of ids) flood.say({ id, do: 'contribution.add', with: { text: `Nr. ${i}` } });
      for (const id of ids) replies.push(await flood.next(({ re }) => re === id));
      if (i % 100 === 0) await goOn();
    }
    const taken = replies.filter(({ ok }) => ok);
    const held = replies.filter(({ ok }) => !ok);
    assert.ok(taken.length >= 20, `${taken.length} were taken`);
    assert.ok(held.length >= 100, `${held.length} were held`);
    for (const reply of held) {
      assert.equal(reply.code, 'too_fast');
      assert.ok(reply.wait > 0 && reply.wait <= 1000, JSON.stringify(reply));
    }
    await wait(held.at(-1).wait);
    assert.ok((await flood.send('contribution.add', { text: 'Til sidst' })).ok);
    const { snapshot } = await (await board()).hear('snapshot');
    const its = snapshot.contributions.filter(({ text }) => text.startsWith('Nr. '));
    assert.equal(its.length, taken.length, 'what was held was not done');
  },
);
