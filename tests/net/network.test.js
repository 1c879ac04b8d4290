/**
 * network.test.js -- what a network does to a meeting, and what the meeting makes of it: by the bad way of
 * tests/support/chaos.js, to the real server. tests/README.md, rows 17, 20, 21, 25 and 26.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as patience } from 'node:timers/promises';
import '../web/support/hooks.js';

import { chaos } from '../support/chaos.js';
import { exchange, request, start, wait } from '../support/rawhttp.js';
import { PING, PONG, TEXT, Ws } from '../support/rawws.js';
import { becomes, soon, until } from '../support/soon.js';
import { join, joinByStream, meeting } from './client.js';
import { hasRunde, runde, rundePath } from './server.js';

const { connect } = await import('../../web/shared/link.js');

const agenda = {
  items: [
    {
      no: 1,
      title: 'Samtale',
      minutes: 240,
      parts: [{ id: 'a', method: 'dialogue', minutes: 240 }],
    },
  ],
};

/** More than the system takes off the server's hands for a reader that does not read. */
const FIGURES = 251;
const AT_ONCE = 5;
const WRITTEN = 40;

/** A server behind a bad way, and a meeting that has begun; `lead` is its console, past that way. */
async function behind(t, conditions, ...args) {
  const way = await chaos(conditions);
  const server = await runde('--base-url', way.url, '--rate', '0', ...args);
  way.to(server.port);
  t.after(async () => {
    await way.end();
    await server.kill();
  });
  const made = await meeting(server.port, { agenda });
  const hello = { as: 'console', meeting: made.code, key: made.key('console') };
  const lead = await join(server.port, hello);
  await lead.hear('snapshot');
  assert.ok((await lead.send('meeting.start')).ok);
  return {
    way,
    server,
    made,
    lead,
    board: () => ({ ...hello, as: 'board', key: made.key('board') }),
  };
}

/** A browser's WebSocket, as far as link.js uses one. */
function socketTo(port) {
  const it = {
    readyState: 0,
    onopen: () => {},
    onmessage: (/** @type {{data: string}} */ _) => {},
    onclose: () => {},
    send: (text) => ws?.text(text),
    close: () => over(),
  };
  let ws;
  const over = () => {
    ws?.destroy();
    if (it.readyState === 3) return;
    it.readyState = 3;
    setImmediate(() => it.onclose());
  };
  (async () => {
    ws = await Ws.open(port);
    if (it.readyState === 3) return ws.destroy();
    it.readyState = 1;
    it.onopen();
    for (let one = await ws.frame(); one; one = await ws.frame()) {
      if (one.opcode === PING) ws.send(PONG, one.payload);
      if (one.opcode === TEXT) it.onmessage({ data: one.payload.toString() });
    }
  })().then(over, over);
  return it;
}

/** A phone by the pages' own link; `tries` counts its connections. */
function phoneOf(port, code, name) {
  const it = { name, seat: 0, token: '', tries: 0, state: null, refused: [] };
  const link = connect({
    url: 'ws://test/ws',
    hello: () => ({ as: 'phone', meeting: code, ...(it.token ? { token: it.token } : { name }) }),
    open: () => {
      it.tries++;
      return socketTo(port());
    },
    on: {
      welcome: ({ seat, token }) => Object.assign(it, { token: token ?? it.token, seat }),
      status: () => {}, // Without it there is none.
      state: (state) => (it.state = state),
      refused: (refusal) => it.refused.push(refusal),
    },
  });
  return Object.assign(it, { link });
}

describe('a network', { concurrency: true, skip: !hasRunde && 'there is no server' }, () => {
  test('17 whoever vanishes without a word is missed, and has their seat when they are back', async (t) => {
    const { way, server, made, lead } = await behind(t, {});
    const [ana, bo] = await Promise.all(
      ['Ana', 'Bo'].map((name) => join(way.port, { as: 'phone', meeting: made.code, name })),
    );
    const [{ welcome }, { welcome: other }] = [await ana.hear('welcome'), await bo.hear('welcome')];
    const connected = async (...seats) =>
      lead.next(({ presence }) => presence && `${presence.connected}` === `${seats.sort()}`);
    await connected(welcome.seat, other.seat);
    const gone = performance.now();
    way.vanish();
    // One of them comes again before the server knows that they were gone.
    const back = await join(way.port, { as: 'phone', meeting: made.code, token: other.token });
    assert.equal((await back.hear('welcome')).welcome.seat, other.seat);
    assert.ok((await back.send('contribution.add', { text: 'Her igen' })).ok);
    back.next(() => false).catch(() => {}); // It answers, as long as it is asked.
    await connected(other.seat);
    const missed = performance.now() - gone;
    t.diagnostic(`missed after ${(missed / 1000).toFixed(1)} s`);
    assert.ok(missed < 60000);
    const again = await join(server.port, {
      as: 'phone',
      meeting: made.code,
      token: welcome.token,
    });
    assert.equal((await again.hear('welcome')).welcome.seat, welcome.seat);
    const { snapshot } = await again.hear('snapshot');
    assert.deepEqual(snapshot.seats.map(({ name }) => name).sort(), ['Ana', 'Bo']);
  });

  test('25 a way that breaks what is silent for 30 s breaks neither sockets nor streams', async (t) => {
    const { way, made, board } = await behind(t, { idle: 30000 });
    const socket = await join(way.port, board());
    const stream = joinByStream(way.port, { as: 'phone', meeting: made.code, name: 'Ana' });
    await stream.hear('snapshot');
    let pings = 0;
    let closed = false;
    stream.socket.onclose = () => (closed = true);
    const open = (async () => {
      for (let one = await socket.ws.frame(); one; one = await socket.ws.frame()) {
        if (one.opcode === PING) socket.ws.send(PONG, one.payload) && pings++;
        if (one.opcode === TEXT && `${one.payload}`.includes('"clock":{')) return true;
      }
      return false;
    })();
    await wait(75000);
    socket.say({ clock: { sent: 1 } });
    assert.equal(await open, true);
    assert.ok(pings >= 2, 'the server asks into silence');
    assert.equal(closed, false);
    assert.ok((await stream.send('contribution.add', { text: 'Her endnu' })).ok);
    stream.socket.close();
  });

  test('26 messages that come twice and in the wrong order damage nothing, and pages are brought up to date', async (t) => {
    const { way, server, made, board } = await behind(t, { twice: 0.25, swapped: 0.25, chop: 400 });
    const phones = ['Ana', 'Bo', 'Eva', 'Ida'].map((name) =>
      phoneOf(() => way.port, made.code, name),
    );
    await becomes(
      () => phones.map(({ link }) => link.status),
      phones.map(() => 'open'),
    );
    const texts = phones.flatMap(({ name }) =>
      Array.from({ length: 25 }, (_, i) => `${name} ${i}`),
    );
    const replies = await Promise.all(
      texts.map(async (text, i) => {
        await wait(i % 25);
        return phones[Math.floor(i / 25)].link.send('contribution.add', { text }, { keep: true });
      }),
    );
    assert.deepEqual(
      replies.filter(({ ok }) => !ok),
      [],
    );
    const fresh = await join(server.port, board());
    const { snapshot } = await fresh.hear('snapshot');
    assert.deepEqual(snapshot.contributions.map(({ text }) => text).sort(), [...texts].sort());
    assert.equal(snapshot.seats.length, phones.length);
    way.become();
    const seen = ({ contributions, seats }) => [
      contributions.map(({ id }) => id),
      seats.map(({ name }) => name),
    ];
    await becomes(
      () => phones.map(({ state }) => seen(state)),
      phones.map(() => seen(snapshot)),
    );
    for (const phone of phones) {
      assert.deepEqual(phone.refused, []);
      phone.link.close();
    }
  });
});

/** Alone: what they are about is how long something takes. */
describe('a network under load', { skip: !hasRunde && 'there is no server' }, () => {
  test('20 two hundred phones come back after a restart', async (t) => {
    const data = mkdtempSync(pathOf(tmpdir(), 'runde-network-'));
    const serve = (port) =>
      start(rundePath, [
        'serve',
        '--listen',
        `127.0.0.1:${port}`,
        '--data',
        data,
        '--meeting',
        'none',
      ]);
    let server = await serve(0);
    const { port } = server;
    t.after(() => server.kill().then(() => rmSync(data, { recursive: true, force: true })));
    const made = await meeting(port, { agenda });
    const phones = [];
    t.after(() => phones.forEach(({ link }) => link.close()));
    for (let i = 0; i < 200; i++) {
      phones.push(phoneOf(() => port, made.code, `Nr. ${i + 1}`));
      if (i % 20 === 19) await until(() => phones.every(({ state }) => state));
    }
    const seats = phones.map(({ seat }) => seat);
    assert.equal(new Set(seats).size, 200);
    for (const away of [0, 5000]) {
      const killed = performance.now();
      await server.kill('SIGKILL');
      for (const phone of phones) phone.tries = 0;
      await wait(away);
      await becomes(() => phones.some(({ link }) => link.status === 'open'), false);
      server = await serve(port);
      const began = performance.now();
      const times = [];
      await soon(async () => {
        const there = phones.filter(({ link }) => link.status === 'open').length;
        while (times.length < there) times.push(performance.now() - began);
        assert.equal(there, 200);
      });
      const tries = phones.map((phone) => phone.tries).sort((a, b) => a - b);
      const s = (ms) => (ms / 1000).toFixed(2);
      t.diagnostic(
        `away for ${away / 1000} s and a start: half are back after ${s(times[100])} s, all after ${s(times[199])} s; ` +
          `${tries[100]} connections each in the middle, ${tries[199]} at most`,
      );
      assert.deepEqual(
        phones.map(({ seat }) => seat),
        seats,
      );
      assert.ok(times[199] < 30000);
      // Four in the first seconds, and then one in two seconds at most.
      const most = 6 + Math.max(0, performance.now() - killed - 3750) / 2000;
      assert.ok(tries[199] <= most, `one tried ${tries[199]} times`);
    }
  });

  test('21 a reader that takes nothing is not waited for, and costs no memory', async (t) => {
    const { server, made, lead, board } = await behind(t, {}, '--metrics', '127.0.0.1:0');
    const kB = () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
    const dropped = async () =>
      Number(
        /^runde_outbox_dropped_total (\d+)/m.exec(
          `${(await exchange(server.metrics, request(server.metrics, 'GET /metrics'))).body}`,
        )[1],
      );
    const csv = `a;b\n${'1;2\n'.repeat(8000)}`.slice(0, 32000);
    /** Figures of 32 kB go to all screens and phones, again and again, while five write; each answer's ms. */
    const load = async () => {
      const took = [];
      const writes = async (name) => {
        const phone = await join(server.port, { as: 'phone', meeting: made.code, name });
        await phone.hear('snapshot');
        for (let i = 0; i < WRITTEN; i++) {
          const began = performance.now();
          const reply = await phone.send('contribution.add', { text: 'Legekasser til alle' });
          assert.ok(reply.ok, JSON.stringify(reply));
          took.push(performance.now() - began);
        }
        phone.leave();
      };
      const put = (i, more) => ({
        title: 'Trivsel',
        kind: 'table',
        csv: `${csv}\n${i};1`,
        ...more,
      });
      const figures = async () => {
        data ??= (await lead.send('data.put', put(0))).made.data;
        // Many at a time: a commit takes what has come, and this is not about the disk.
        for (let i = 1; i < FIGURES; i += AT_ONCE) {
          const ids = Array.from({ length: AT_ONCE }, () => randomUUID());
          for (const [k, id] of ids.entries())
            lead.say({ id, do: 'data.put', with: put(i + k, { data }) });
          for (const id of ids) assert.ok((await lead.next(({ re }) => re === id)).ok);
        }
      };
      await Promise.all([figures(), ...['Ana', 'Bo', 'Eva', 'Ida', 'Per'].map(writes)]);
      return took.sort((a, b) => a - b);
    };
    let data;
    const alone = await load();
    const slow = await join(server.port, board());
    await slow.hear('snapshot');
    slow.ws.raw.socket.pause();
    const before = kB();
    const beside = await load();
    const at = (list, part) => list[Math.floor(list.length * part)].toFixed(1);
    t.diagnostic(
      `answers without a slow reader: ${at(alone, 0.5)} ms, p99 ${at(alone, 0.99)} ms; beside one: ${at(beside, 0.5)} ms, p99 ${at(beside, 0.99)} ms; ${kB() - before} kB more`,
    );
    assert.ok((await dropped()) > 0, 'its facts are dropped');
    assert.ok(kB() - before < 8192, `${kB() - before} kB more`);
    assert.ok(Number(at(beside, 0.99)) < 5000);
    // It wakes: it gets what it missed, or comes again for it where it was let go meanwhile.
    slow.ws.raw.socket.resume();
    const late = await Promise.race([
      slow.hear('snapshot').catch(() => 'closed'),
      patience(90000, null, { ref: false }),
    ]);
    assert.ok(late, 'it was told what it missed, or let go');
    const { snapshot } =
      late === 'closed' ? await (await join(server.port, board())).hear('snapshot') : late;
    assert.equal(snapshot.contributions.length, 2 * 5 * WRITTEN);
  });
});
