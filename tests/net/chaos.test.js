/**
 * chaos.test.js -- the bad way of tests/support/chaos.js is as bad as it says, and no worse: what
 * arrives is what was sent, in order.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';

import { chaos, fates, GOOD } from '../support/chaos.js';
import { dice } from '../support/dice.js';
import { Raw, wait } from '../support/rawhttp.js';
import { frame, PING, TEXT, unframe } from '../support/rawws.js';
import { shuffle } from '../support/shuffle.js';
import { becomes } from '../support/soon.js';

/** A server that says back what it hears, or never reads; and a way to it. */
async function echo(t, conditions, { reads = true, seed = 1 } = {}) {
  const taken = [];
  const server = net.createServer({ noDelay: true }, (socket) => {
    const one = { chunks: [], closed: false, reset: false };
    taken.push(one);
    socket.on('error', () => (one.reset = true));
    socket.on('close', () => (one.closed = true));
    if (!reads) return;
    socket.on('data', (bytes) => {
      one.chunks.push(bytes.length);
      socket.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way = await chaos(conditions, seed);
  way.to(/** @type {net.AddressInfo} */ (server.address()).port);
  t.after(async () => {
    await way.end();
    server.close();
  });
  return { way, taken };
}

const bytes = (n) => Buffer.from(Array.from({ length: n }, (_, i) => (i * 7 + (i >> 8)) & 255));
/** What is not HTTP begins with a head all the same: then the way knows that it is no WebSocket. */
const HEAD = 'HELLO\r\n\r\n';

/** Sends so many bytes, and looks whether they come back as they were; how long that took, in ms. */
async function said(way, n) {
  const raw = await Raw.connect(way.port);
  const all = Buffer.concat([Buffer.from(HEAD), bytes(n)]);
  const began = performance.now();
  raw.send(all);
  await raw.until(() => raw.got.length >= all.length || raw.closed);
  const took = performance.now() - began;
  assert.ok(raw.got.equals(all), 'what comes back is what was said');
  raw.destroy();
  return took;
}

test('a good way gives back what was said, and knows how much that was', async (t) => {
  const { way } = await echo(t);
  await said(way, 300000);
  assert.equal(way.bytes(), 300000 + HEAD.length);
});

test('a packet fares the same each time, by seed, connection and direction', () => {
  const way = { ...GOOD, trip: 400, jitter: 100, loss: 0.1, chop: 50 };
  const of = (...which) => {
    const fate = fates(...which);
    return Array.from({ length: 200 }, () => fate(way));
  };
  assert.deepEqual(of(1, 1, 'up'), of(1, 1, 'up'));
  for (const other of [of(2, 1, 'up'), of(1, 2, 'up'), of(1, 1, 'down')])
    assert.notDeepEqual(other, of(1, 1, 'up'));
  // What it is like decides how bad chance is, and not which chance comes next.
  const fate = fates(1, 1, 'up');
  for (let i = 0; i < 100; i++) fate({ ...way, loss: 0, chop: 0 });
  assert.deepEqual(fate(way), of(1, 1, 'up')[100]);
});

test('packets are lost and late as often as was asked for', () => {
  const fate = fates(7, 1, 'down');
  const way = { ...GOOD, trip: 400, jitter: 50, loss: 0.02, chop: 10 };
  const all = Array.from({ length: 20000 }, () => fate(way));
  const part = (wanted) => all.filter(wanted).length / all.length;
  const lost = part(({ late }) => late >= 600);
  assert.ok(lost > 0.015 && lost < 0.025, `${lost}`);
  assert.ok(all.every(({ size }) => size >= 1 && size <= 10 && Number.isInteger(size)));
  assert.ok(part(({ late }) => late < 25) > 0.45);
});

test('nothing arrives before its time', async (t) => {
  const { way } = await echo(t, { trip: 120 });
  // The way there and back, and the opening of the connection.
  assert.ok((await said(way, 1)) >= 239);
  // 40 packets at 800 kbit/s, and as much back.
  way.become({ kbits: 800 });
  assert.ok((await said(way, 40 * 1460)) >= (41 * 1500 * 8) / 800);
});

test('what is lost stalls, and all that follows behind it', async (t) => {
  const { way } = await echo(t, { loss: 0.2, jitter: 5 }, { seed: 3 });
  assert.ok((await said(way, 30 * 1460)) >= 200);
});

test('bytes come one by one where they are chopped', async (t) => {
  const { way, taken } = await echo(t, { chop: 1, kbits: 200 });
  await said(way, 60);
  assert.ok(taken[0].chunks.length > 5, `${taken[0].chunks}`);
});

test('a way can be shut and opened, and closes what is open', async (t) => {
  const { way, taken } = await echo(t);
  const one = await Raw.connect(way.port);
  one.send(`${HEAD}hej`);
  await one.until(() => one.got.length);
  way.close();
  await one.end();
  await becomes(() => taken[0].closed, true);
  const two = await Raw.connect(way.port);
  await two.end();
  way.open();
  await said(way, 10);
});

test('a reset is one at both ends', async (t) => {
  const { way, taken } = await echo(t);
  const one = await Raw.connect(way.port);
  one.send(`${HEAD}hej`);
  await one.until(() => one.got.length);
  way.reset();
  await one.end();
  assert.ok(one.reset);
  await becomes(() => taken[0].reset, true);
  await said(way, 10);
});

test('a reset of one end reaches the other', async (t) => {
  const { way, taken } = await echo(t);
  const one = await Raw.connect(way.port);
  one.send(`${HEAD}hej`);
  await one.until(() => one.got.length);
  one.socket.resetAndDestroy();
  await becomes(() => taken[0].reset, true);
});

test('a connection that is silent for too long is broken, and one that is not is not', async (t) => {
  const { way, taken } = await echo(t, { idle: 1500 });
  const [quiet, busy] = [await Raw.connect(way.port), await Raw.connect(way.port)];
  busy.send(HEAD);
  const says = setInterval(() => busy.send('x'), 50);
  await quiet.end();
  clearInterval(says);
  assert.equal(busy.closed, false);
  await becomes(() => taken[0].closed, true);
  busy.destroy();
});

test('whoever has vanished is heard of no more, at either end; others are', async (t) => {
  const { way, taken } = await echo(t);
  const one = await Raw.connect(way.port);
  one.send(`${HEAD}hej`);
  await one.until(() => one.got.length);
  way.vanish();
  one.send('hallo');
  await said(way, 10);
  one.destroy();
  await said(way, 10);
  assert.deepEqual(taken[0], { chunks: [HEAD.length + 3], closed: false, reset: false });
});

test('what is swallowed was heard', async (t) => {
  const { way, taken } = await echo(t);
  way.swallow(true);
  const one = await Raw.connect(way.port);
  one.send(`${HEAD}hej`);
  await becomes(() => taken[0]?.chunks, [HEAD.length + 3]);
  assert.equal(one.got.length, 0);
  one.destroy();
});

test('who does not read holds up whoever writes', async (t) => {
  const { way } = await echo(t, {}, { reads: false });
  const one = await Raw.connect(way.port);
  one.send(HEAD);
  const chunk = Buffer.alloc(1 << 20);
  let taken = 0;
  for (let before = -1; before !== taken; await wait(200)) {
    before = taken;
    while (one.socket.writableLength < 1 << 20) (one.socket.write(chunk), taken++);
  }
  assert.ok(taken < 64, `${taken} MB were taken`);
  one.destroy();
});

/** The texts of these frames. */
function texts(all) {
  const found = [];
  for (let one = unframe(all); one; one = unframe(one.rest)) found.push(`${one.payload}`);
  return found;
}

test('messages are told twice and swapped, whole, and control frames are let alone', async () => {
  const out = [];
  const mix = shuffle(dice(5), (part) => out.push(part), 50);
  const head = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n\r\n';
  const words = Array.from({ length: 200 }, (_, i) => `message ${i}`);
  const sent = words.flatMap((word, i) => [
    frame(TEXT, word.slice(0, 3), { mask: false, fin: false }),
    ...(i % 10 ? [] : [frame(PING, 'still there?', { mask: false })]),
    frame(0, word.slice(3), { mask: false }),
  ]);
  for (const part of [head, ...sent]) mix(Buffer.from(part), { twice: 0.2, swapped: 0.2 });
  await becomes(() => texts(Buffer.concat(out.slice(1))).at(-1) !== undefined, true);
  await wait(100); // The last one may be held.
  assert.equal(`${out[0]}`, head);
  const found = texts(Buffer.concat(out.slice(1)));
  const whole = found.filter((text) => text !== 'still there?');
  assert.equal(found.length - whole.length, 20);
  // Both halves of a message stand together.
  const numbers = [];
  for (let i = 0; i < whole.length; i += 2)
    numbers.push(Number(`${whole[i]}${whole[i + 1]}`.slice(8)));
  assert.deepEqual(
    [...new Set(numbers)].sort((a, b) => a - b),
    words.map((_, i) => i),
  );
  const twice = numbers.length - words.length;
  assert.ok(twice > 20 && twice < 60, `${twice}`);
  const back = numbers.filter((n, i) => i && n < numbers[i - 1]).length;
  assert.ok(back > 15 && back < 60, `${back}`);
});

test('what is no WebSocket is left as it is', () => {
  const out = [];
  const mix = shuffle(dice(5), (part) => out.push(part), 50);
  for (const part of ['GET / HTTP/1.1\r\nHo', 'st: x\r\n\r\nbody', 'more'])
    mix(Buffer.from(part), { twice: 1, swapped: 1 });
  assert.equal(`${Buffer.concat(out)}`, 'GET / HTTP/1.1\r\nHost: x\r\n\r\nbodymore');
});
