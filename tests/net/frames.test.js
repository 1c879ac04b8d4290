/**
 * frames.test.js -- what a WebSocket may say, and what becomes of the rest: tests/README.md,
 * rows 17, 21, 25, 36 and 37, and RFC 6455 by section. All against the echo.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { readFileSync } from 'node:fs';

import { wait } from '../support/rawhttp.js';
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Ws, frame } from '../support/rawws.js';
import { echo } from './server.js';

/** @typedef {import("../support/rawhttp.js").Server} Server */

/** @type {Server} */
let server;
/** @type {Ws} */
let ws;
before(async () => {
  server = await echo();
});
after(() => server.kill());
beforeEach(async () => {
  ws = await Ws.open(server.port);
});

const memory = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
const echoed = async (...payloads) => {
  for (const payload of payloads) assert.equal((await ws.message()).payload.toString(), payload);
  ws.destroy();
};
/** After it all the server must still answer. */
const lives = async () => {
  const other = await Ws.open(server.port);
  other.text('still here');
  assert.equal((await other.message()).payload.toString(), 'still here');
  other.destroy();
};
const closes = (name, status, ...bytes) =>
  test(name, async () => {
    for (const part of bytes) ws.raw.send(part);
    assert.equal(await ws.closing(), status);
    await lives();
  });
/** Where libwebsockets hangs up without a status. */
const drops = (name, ...bytes) =>
  test(name, async () => {
    for (const part of bytes) ws.raw.send(part);
    assert.ok([0, 1002].includes(await ws.closing()));
    await lives();
  });

describe('5.6 text', () => {
  for (const length of [0, 1, 125, 126, 127, 128, 1000, 1023, 1024, 1025, 4096, 16383, 16384])
    test(`${length} bytes come back`, async () => {
      ws.text('x'.repeat(length));
      await echoed('x'.repeat(length));
    });
  test('in chopped bytes', async () => {
    for (const byte of frame(TEXT, 'Hvad så, æøå?')) {
      ws.raw.send(Buffer.from([byte]));
      await wait(1);
    }
    await echoed('Hvad så, æøå?');
  });
  test('many in one packet keep their order', async () => {
    const all = Array.from({ length: 200 }, (_, i) => `message ${i}`);
    ws.raw.send(Buffer.concat(all.map((text) => frame(TEXT, text))));
    await echoed(...all);
  });
  test('with a key of zeros', async () => {
    const bytes = frame(TEXT, 'plain', { mask: false });
    ws.raw.send(
      Buffer.concat([Buffer.from([bytes[0], bytes[1] | 0x80, 0, 0, 0, 0]), bytes.subarray(2)]),
    );
    await echoed('plain');
  });
  test('frames of ours are not masked and carry no reserved bits', async () => {
    ws.text('hej');
    const one = await ws.frame();
    assert.deepEqual([one.fin, one.rsv, one.opcode, one.masked], [true, 0, TEXT, false]);
    ws.destroy();
  });
  closes('binary is 1003', 1003, frame(BINARY, 'x'));
  closes('empty binary is 1003', 1003, frame(BINARY, ''));
});

describe('5.4 fragments', () => {
  test('two are one message', async () => {
    ws.send(TEXT, 'Hel', { fin: false }).send(CONTINUATION, 'lo');
    await echoed('Hello');
  });
  test('empty ones in between do no harm', async () => {
    ws.send(TEXT, '', { fin: false })
      .send(CONTINUATION, '', { fin: false })
      .send(CONTINUATION, 'a', { fin: false })
      .send(CONTINUATION, '');
    await echoed('a');
  });
  test('all of them empty are an empty message', async () => {
    ws.send(TEXT, '', { fin: false }).send(CONTINUATION, '');
    await echoed('');
  });
  test('a character may be split', async () => {
    const bytes = Buffer.from('æ😀');
    for (let i = 0; i < bytes.length; i++)
      ws.send(i ? CONTINUATION : TEXT, bytes.subarray(i, i + 1), { fin: i === bytes.length - 1 });
    await echoed('æ😀');
  });
  test('5.5 a ping in the middle is answered at once', async () => {
    ws.send(TEXT, 'Hel', { fin: false }).send(PING, 'now');
    const pong = await ws.frame();
    assert.equal(pong.opcode, PONG);
    assert.equal(pong.payload.toString(), 'now');
    ws.send(CONTINUATION, 'lo');
    await echoed('Hello');
  });
  test('two messages of fragments follow each other', async () => {
    for (const word of ['first', 'second'])
      ws.send(TEXT, word.slice(0, 2), { fin: false }).send(CONTINUATION, word.slice(2));
    await echoed('first', 'second');
  });
  closes('a continuation of nothing is 1002', 1002, frame(CONTINUATION, 'x'));
  closes(
    'a new message inside another is 1002',
    1002,
    frame(TEXT, 'a', { fin: false }),
    frame(TEXT, 'b'),
  );
  closes(
    '36 more than a thousand fragments are 1008',
    1008,
    frame(TEXT, 'x', { fin: false }),
    ...Array.from({ length: 1100 }, () => frame(CONTINUATION, 'x', { fin: false })),
  );
  test('36 ten thousand empty fragments are 1008, memory flat', async () => {
    const before = memory();
    ws.send(TEXT, '', { fin: false });
    ws.raw.send(
      Buffer.concat(Array.from({ length: 10000 }, () => frame(CONTINUATION, '', { fin: false }))),
    );
    assert.equal(await ws.closing(), 1008);
    assert.ok(memory() - before < 2048);
  });
});

describe('36 caps', () => {
  closes('a frame over 16 KiB is 1009', 1009, frame(TEXT, 'x'.repeat(16385)));
  closes(
    'a message over 16 KiB in fragments is 1009',
    1009,
    frame(TEXT, 'x'.repeat(16000), { fin: false }),
    frame(CONTINUATION, 'x'.repeat(400)),
  );
  closes(
    'a claimed gigabyte is 1009 before it comes',
    1009,
    frame(TEXT, 'x'.repeat(100), { length: 2 ** 30, wide: 8 }),
  );
  closes(
    'a claimed 2^62 is 1009',
    1009,
    frame(TEXT, 'x'.repeat(100), { length: 2 ** 62, wide: 8 }),
  );
  drops(
    'a length with its highest bit set is dropped',
    Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x78]),
  );
  test('a console may say 64 KiB, and no more', async () => {
    ws.text('console');
    assert.equal((await ws.message()).payload.toString(), 'console');
    ws.text('y'.repeat(65536));
    assert.equal((await ws.message()).payload.length, 65536);
    ws.text('y'.repeat(65537));
    assert.equal(await ws.closing(), 1009);
  });
  test('a length may be written wider than needed', async () => {
    ws.send(TEXT, 'abc', { wide: 2 }).send(TEXT, 'def', { wide: 8 });
    await echoed('abc', 'def');
  });
  test('a flood of pings leaves memory flat, and the server lives', async () => {
    const before = memory();
    const pings = Buffer.concat(Array.from({ length: 1000 }, () => frame(PING, 'x'.repeat(125))));
    for (let i = 0; i < 100; i++) ws.raw.send(pings);
    ws.text('after');
    for (;;) {
      const one = await ws.frame();
      if (one.opcode === TEXT) break;
      assert.equal(one.opcode, PONG);
    }
    assert.ok(memory() - before < 4096, `grew ${memory() - before} kB`);
    ws.destroy();
    await lives();
  });
  test('a flood of pongs does nothing', async () => {
    ws.raw.send(Buffer.concat(Array.from({ length: 10000 }, () => frame(PONG, 'x'))));
    ws.text('after');
    await echoed('after');
  });
});

describe('37 and 8.1 text is UTF-8', () => {
  for (const [name, hex] of Object.entries({
    'a lone continuation byte': '80',
    'an unfinished character': 'c3',
    'an overlong slash': 'c0af',
    'an overlong NUL': 'c080',
    'a lone surrogate': 'eda080',
    'a pair of surrogates': 'eda080edb080',
    'beyond U+10FFFF': 'f4908080',
    'a five-byte form': 'f888808080',
    '0xff': 'ff',
    'good text, then not': '48656cfe',
    'a NUL': '6100',
  }))
    closes(`${name} is 1007`, 1007, frame(TEXT, Buffer.from(hex, 'hex')));
  closes(
    'an unfinished character at the end of fragments is 1007',
    1007,
    frame(TEXT, Buffer.from('c3', 'hex'), { fin: false }),
    frame(CONTINUATION, ''),
  );
  closes(
    'an error in the second fragment is 1007',
    1007,
    frame(TEXT, 'good', { fin: false }),
    frame(CONTINUATION, Buffer.from('ff', 'hex')),
  );
  for (const [name, text] of Object.entries({
    emoji: '😀👩‍🏫',
    'bidi overrides': '\u202eabc\u202c',
    'combining marks': `e${'\u0301'.repeat(1000)}`,
    noncharacters: '\uffff\u{10ffff}',
    'a byte order mark': '\ufeffabc',
  }))
    test(`${name} come back as they were`, async () => {
      ws.text(text);
      await echoed(text);
    });
});

describe('5.2 and 5.5 frames that are none', () => {
  for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
    closes(`opcode ${opcode} is 1002`, 1002, frame(opcode, 'x'));
  for (const rsv of [1, 2, 4, 7])
    closes(`reserved bits ${rsv} are 1002`, 1002, frame(TEXT, 'x', { rsv }));
  closes('a fragmented ping is 1002', 1002, frame(PING, 'x', { fin: false }));
  drops('a ping of 126 bytes is dropped', frame(PING, 'x'.repeat(126)));
  drops('a close of 126 bytes is dropped', frame(CLOSE, 'x'.repeat(126)));
  test('5.5.2 a ping is answered with its own words', async () => {
    ws.send(PING, 'x'.repeat(125)).send(PING, '');
    const pong = await ws.frame();
    assert.equal(pong.payload.toString(), 'x'.repeat(125));
    ws.destroy();
  });
  test('5.5.3 a pong nobody asked for is ignored', async () => {
    ws.send(PONG, 'hello?').text('hej');
    await echoed('hej');
  });
  test('rubbish after the handshake ends the connection', async () => {
    ws.raw.send(Buffer.alloc(5000, 0xff));
    await ws.closing();
    await lives();
  });
});

describe('7.4 closing', () => {
  const status = (number) => Buffer.from([number >> 8, number & 0xff]);
  for (const number of [1000, 1001, 1003, 1007, 3000, 4999])
    closes(`${number} is answered alike`, number, frame(CLOSE, status(number)));
  for (const number of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999])
    closes(`${number} is answered with 1002`, 1002, frame(CLOSE, status(number)));
  closes('7.1.5 no status is answered without', 1005, frame(CLOSE, ''));
  closes('half a status is 1002', 1002, frame(CLOSE, 'x'));
  test('7.1.6 with a reason in Danish', async () => {
    ws.send(CLOSE, Buffer.concat([status(1000), Buffer.from('på gensyn')]));
    assert.equal(await ws.closing(), 1000);
  });
  drops(
    '7.1.6 with a reason that is not UTF-8',
    frame(CLOSE, Buffer.concat([status(1000), Buffer.from('ff', 'hex')])),
  );
  test('nothing follows a close, though answers were ready', async () => {
    const status = 1002; // For a continuation of nothing, in the same bytes as what is answered.
    ws.raw.send(Buffer.concat([frame(TEXT, 'flood 3 100'), frame(CONTINUATION, 'x')]));
    let one;
    do one = await ws.frame();
    while (one && one.opcode !== CLOSE);
    assert.equal(one?.payload.readUInt16BE(0), status);
    await wait(100);
    assert.equal(ws.raw.got.length, 0);
    ws.destroy();
    await lives();
  });
  test('what follows a close is not heard', async () => {
    ws.send(CLOSE, status(1000)).text('all 10');
    assert.equal(await ws.closing(), 1000);
    await lives();
  });
  test('a client that just goes is forgotten', async () => {
    ws.destroy();
    await lives();
  });
  test('the hub closes with the status it wants', async () => {
    ws.text('close 4001');
    assert.equal(await ws.closing(), 4001);
  });
  test('what is queued goes first', async () => {
    ws.text('flood 5 100000').text('close 4002');
    for (let i = 0; i < 5; i++) assert.equal((await ws.message()).payload.length, 100000);
    assert.equal(await ws.closing(), 4002);
  });
  test('unless it must be at once', async () => {
    ws.text('now 4003');
    const one = await ws.frame();
    assert.equal(one.opcode, CLOSE);
    assert.equal(one.payload.readUInt16BE(0), 4003);
    ws.destroy();
  });
  test('a client that does not answer a close is hung up on', async () => {
    ws.text('close 4004');
    assert.equal((await ws.frame()).opcode, CLOSE);
    await ws.raw.end();
  });
});

describe('long frames', () => {
  test('a text of 64 KiB goes whole, one byte more as fragments', async () => {
    ws.text('big 65536').text('big 65537');
    assert.equal((await ws.message()).fragments, 1);
    const message = await ws.message();
    assert.equal(message.fragments, 2);
    assert.equal(message.payload.length, 65537);
    ws.destroy();
  });
  test('short and long ones keep their order', async () => {
    const lengths = [5, 8192, 8193, 125, 65536, 126, 7000, 65537, 200000, 1, 8192];
    for (const length of lengths) ws.text(`big ${length}`);
    for (const length of lengths) {
      const message = await ws.message();
      assert.equal(message.payload.length, length);
      assert.equal(message.fragments, Math.ceil(length / 65536));
    }
    ws.destroy();
  });
  test('a shared one reaches everybody unharmed', async () => {
    const others = await Promise.all(Array.from({ length: 10 }, () => Ws.open(server.port)));
    const length = 1_000_003;
    const right = Buffer.from(Array.from({ length }, (_, i) => 97 + (i % 26)));
    others[0].text(`all ${length}`);
    others[1].text(`all ${length}`);
    for (const other of others)
      for (let i = 0; i < 2; i++) {
        const message = await other.message();
        assert.equal(message.fragments, Math.ceil(length / 65536));
        assert.ok(message.payload.equals(right));
      }
    others.forEach((other) => other.destroy());
    ws.destroy();
  });
  test('a ping is answered between fragments', async () => {
    ws.text('big 20000000');
    ws.send(PING, 'there?');
    let fragments = 0,
      asked = 0;
    for (;;) {
      const one = await ws.frame();
      if (one.opcode === PONG) asked = fragments;
      else fragments++;
      if (one.fin && one.opcode !== PONG) break;
    }
    assert.equal(fragments, Math.ceil(20000000 / 65536));
    assert.ok(asked < fragments, `answered after ${asked} of ${fragments}`);
    ws.destroy();
  });
  test('21 one who does not read holds nobody up, and memory flat', async () => {
    const slow = await Ws.open(server.port);
    slow.raw.socket.pause();
    const empty = memory();
    slow.text('flood 60 1000000');
    let before = memory();
    for (let last = 0; before - empty < 50000 || before !== last;) {
      last = before;
      await wait(300);
      before = memory();
    }
    for (let i = 0; i < 100; i++) {
      ws.text(`all ${1000}`);
      assert.equal((await ws.message()).payload.length, 1000);
    }
    assert.ok(memory() - before < 4096);
    slow.destroy();
    ws.destroy();
    await lives();
  });
});

describe('silence', { concurrency: true }, () => {
  test('25 a silent connection is asked, and lives when it answers', async () => {
    const quiet = await Ws.open(server.port);
    const asked = await quiet.frame();
    assert.equal(asked.opcode, PING);
    quiet.send(PONG, asked.payload);
    await wait(18000);
    quiet.text('still here');
    assert.equal((await quiet.message()).payload.toString(), 'still here');
    quiet.destroy();
  });
  test('one that has answered stays, though the server stood still meanwhile', async () => {
    const other = await echo();
    const quiet = await Ws.open(other.port);
    const asked = await quiet.frame();
    assert.equal(asked.opcode, PING);
    process.kill(other.pid, 'SIGSTOP');
    quiet.send(PONG, asked.payload);
    await wait(16000);
    process.kill(other.pid, 'SIGCONT');
    await wait(3000);
    quiet.text('still here');
    assert.equal((await quiet.message()).payload.toString(), 'still here');
    quiet.destroy();
    await other.kill();
  });
  test('17 one that does not answer goes', async () => {
    const gone = await Ws.open(server.port);
    await gone.raw.end(); // Or this throws.
  });
  test('21 one that takes nothing is let go', async () => {
    const slow = await Ws.open(server.port);
    slow.raw.socket.pause();
    slow.text('flood 60 1000000');
    // It goes on sending, so that only its not reading tells.
    const chatter = setInterval(() => slow.send(PONG, 'x'), 1000);
    await slow.raw.until(() => slow.raw.reset && slow.raw.closed); // Or this throws.
    clearInterval(chatter);
    slow.destroy();
  });
});
