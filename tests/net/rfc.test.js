/**
 * rfc.test.js -- what RFC 9112 (and 9110 where it says so) and RFC 6455 say of bytes that no good
 * client sends, a row each, by section: tests/README.md, rows 32, 33, 34, 35, 36 and 37. Beside
 * frames, upgrade and http_guards, which have what is ours to choose. POST /stream, by which frames go
 * where WebSocket is blocked, is held to the same.
 *
 * In requests H stands for a Host line that is ours, and each line ends as it is written.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Raw, exchange, upgrade, wait } from '../support/rawhttp.js';
import { BINARY, CLOSE, CONTINUATION, PING, TEXT, Ws, frame } from '../support/rawws.js';
import { echo, hasRunde, runde } from './server.js';

/** Status of the one answer; 0: closed without one. Several: any of them. */
const refusals = [0, 400, 403, 404, 405, 411, 413, 414, 417, 421, 431, 501, 505];
const bad = refusals;
const not200 = refusals;
/** libwebsockets takes it, as 9112 (2.2, 3) lets a recipient; we get to see nothing of it. */
const lax = [200, ...bad];

/** @type {[string, string, string, number | number[]][]} */
const HTTP = [
  [
    '2.2',
    'an empty line before the request is passed over, or ends it',
    '\r\nGET /healthz HTTP/1.1\r\nH\r\n',
    lax,
  ],
  ['2.2', 'a blank before the method', ' GET /healthz HTTP/1.1\r\nH\r\n', bad],
  ['2.2', 'a blank before the first header', 'GET /healthz HTTP/1.1\r\n Host: evil\r\nH\r\n', lax],
  ['2.2', 'a bare CR in the request line', 'GET /health\rz HTTP/1.1\r\nH\r\n', bad],
  ['2.2', 'a bare CR in a header', 'GET /healthz HTTP/1.1\r\nX: a\rb\r\nH\r\n', lax],
  ['2.2', 'nothing but a line', 'GET /healthz HTTP/1.1\r\n\r\n', bad],
  ['2.2', 'bytes that are no text', '\x80\x81\xfe\xff / HTTP/1.1\r\nH\r\n', bad],
  ['2.3', 'HTTP/0.9', 'GET /healthz\r\n\r\n', bad],
  ['2.3', 'HTTP/1.2', 'GET /healthz HTTP/1.2\r\nH\r\n', lax],
  ['2.3', 'HTTP/2.0 in words', 'GET /healthz HTTP/2.0\r\nH\r\n', bad],
  ['2.3', 'HTTP/3', 'GET /healthz HTTP/3\r\nH\r\n', bad],
  ['2.3', 'a version in small letters', 'GET /healthz http/1.1\r\nH\r\n', bad],
  ['2.3', 'a version with more digits', 'GET /healthz HTTP/1.10\r\nH\r\n', bad],
  ['2.3', 'another protocol', 'GET /healthz ICY/1.1\r\nH\r\n', bad],
  ['3', 'two blanks in the request line', 'GET  /healthz HTTP/1.1\r\nH\r\n', lax],
  ['3', 'a tab in the request line', 'GET\t/healthz\tHTTP/1.1\r\nH\r\n', bad],
  ['3', 'no target', 'GET HTTP/1.1\r\nH\r\n', bad],
  ['3', 'only a method', 'GET\r\nH\r\n', bad],
  ['3', 'something behind the version', 'GET /healthz HTTP/1.1 x\r\nH\r\n', bad],
  ['3.1', 'a method in small letters', 'get /healthz HTTP/1.1\r\nH\r\n', lax],
  ['3.1', 'a method of letters alone, unknown', 'BREW /healthz HTTP/1.1\r\nH\r\n', bad],
  ['3.1', 'a method of 4 kB', `${'A'.repeat(4096)} /healthz HTTP/1.1\r\nH\r\n`, bad],
  ['3.1', 'an empty method', ' /healthz HTTP/1.1\r\nH\r\n', bad],
  ['3.2', 'a target of 20 kB', `GET /${'a'.repeat(20000)} HTTP/1.1\r\nH\r\n`, bad],
  ['3.2', 'a query of 20 kB', `GET /healthz?${'a'.repeat(20000)} HTTP/1.1\r\nH\r\n`, bad],
  ['3.2', 'a NUL in the target', 'GET /health\0z HTTP/1.1\r\nH\r\n', bad],
  ['3.2', 'an escaped NUL', 'GET /healthz%00 HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'a broken escape', 'GET /%zz HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'half an escape', 'GET /healthz% HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'a control character', 'GET /\x01 HTTP/1.1\r\nH\r\n', bad],
  ['3.2', 'no slash', 'GET healthz HTTP/1.1\r\nH\r\n', bad],
  ['3.2', 'a fragment', 'GET /x#y HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'out of the root', 'GET /../../etc/passwd HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'out of the root, escaped', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nH\r\n', not200],
  ['3.2', 'out of the root, backwards', 'GET /..\\..\\etc\\passwd HTTP/1.1\r\nH\r\n', not200],
  [
    '3.2.2',
    'an absolute target of another host',
    'GET http://evil.example/healthz HTTP/1.1\r\nH\r\n',
    bad,
  ],
  ['3.2.3', 'an authority', 'GET evil.example:80 HTTP/1.1\r\nH\r\n', bad],
  ['3.2.3', 'CONNECT', 'CONNECT evil.example:80 HTTP/1.1\r\nH\r\n', bad],
  ['3.2.4', 'OPTIONS *', 'OPTIONS * HTTP/1.1\r\nH\r\n', bad],
  ['5', 'a header without a colon', 'GET /healthz HTTP/1.1\r\nnonsense\r\nH\r\n', bad],
  ['5', 'a header without a name', 'GET /healthz HTTP/1.1\r\n: x\r\nH\r\n', bad],
  ['5.1', 'a blank before the colon of Host', 'GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n', bad],
  [
    '5.1',
    'a blank before the colon of Content-Length',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length : 3\r\n\r\nabc',
    bad,
  ],
  [
    '5.1',
    'a tab before the colon',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length\t: 3\r\n\r\nabc',
    bad,
  ],
  [
    '5.2',
    'a folded Transfer-Encoding',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n',
    bad,
  ],
  [
    '5.2',
    'a folded Content-Length',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length:\r\n 3\r\n\r\nabc',
    bad,
  ],
  ['5.5', 'a NUL in a value', 'GET /healthz HTTP/1.1\r\nX: a\0b\r\nH\r\n', lax],
  ['5.5', 'a name of control characters', 'GET /healthz HTTP/1.1\r\n\x01\x02: x\r\nH\r\n', lax],
  ['6', 'a GET with a body', 'GET /healthz HTTP/1.1\r\nH\nContent-Length: 5\r\n\r\nhello', bad],
  ['6', 'a HEAD with a body', 'HEAD /healthz HTTP/1.1\r\nH\nContent-Length: 5\r\n\r\nhello', bad],
  [
    '6.1',
    'gzip, chunked',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: gzip, chunked\r\n\r\n',
    bad,
  ],
  [
    '6.1',
    'chunked, identity',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: chunked, identity\r\n\r\n',
    bad,
  ],
  [
    '6.1',
    'twice chunked',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n',
    bad,
  ],
  ['6.1', 'ChUnKeD', 'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: ChUnKeD\r\n\r\n', bad],
  [
    '6.1',
    'chunked behind a tab',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding:\tchunked\r\n\r\n',
    bad,
  ],
  [
    '6.1',
    'chunked behind a vertical tab',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: \x0bchunked\r\n\r\n',
    bad,
  ],
  ['6.1', 'in quotes', 'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: "chunked"\r\n\r\n', bad],
  ['6.1', 'with HTTP/1.0', 'POST /api/x HTTP/1.0\r\nH\nTransfer-Encoding: chunked\r\n\r\n', bad],
  ['6.1', 'in small letters', 'POST /api/x HTTP/1.1\r\nH\ntransfer-encoding: chunked\r\n\r\n', bad],
  ['6.2', 'an empty length', 'POST /api/x HTTP/1.1\r\nH\nContent-Length:\r\n\r\n', bad],
  ['6.2', 'a length of blanks', 'POST /api/x HTTP/1.1\r\nH\nContent-Length:    \r\n\r\n', bad],
  [
    '6.2',
    'a length with a comma',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 3,3\r\n\r\nabc',
    bad,
  ],
  ['6.2', 'a length with a dot', 'POST /api/x HTTP/1.1\r\nH\nContent-Length: 3.0\r\n\r\nabc', bad],
  [
    '6.2',
    'a length with an exponent',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 3e0\r\n\r\nabc',
    bad,
  ],
  [
    '6.2',
    'a length with an underscore',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 1_0\r\n\r\nabc',
    bad,
  ],
  [
    '6.2',
    'a length of other digits',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: \xd9\xa3\r\n\r\nabc',
    bad,
  ],
  [
    '6.2',
    'a length of 2^64',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 18446744073709551616\r\n\r\n',
    bad,
  ],
  ['6.2', 'a length of 2^31', 'POST /api/x HTTP/1.1\r\nH\nContent-Length: 2147483648\r\n\r\n', bad],
  [
    '6.2',
    'a gigabyte is refused before it comes',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 1073741824\r\n\r\n',
    bad,
  ],
  ['6.3', 'a POST without any length', 'POST /api/x HTTP/1.1\r\nH\r\n', bad],
  [
    '7.1',
    'a chunk without a length of ours',
    'POST /api/x HTTP/1.1\r\nH\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n',
    bad,
  ],
  [
    '9.3',
    'keep-alive by HTTP/1.0',
    'GET /healthz HTTP/1.0\r\nH\nConnection: keep-alive\r\n\r\n',
    lax,
  ],
  [
    '11.1',
    'a line break in the target',
    'GET /m/%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nH\r\n',
    not200,
  ],
  ['11.1', 'a line break in a language', 'GET /?lang=%0d%0aX:%20y HTTP/1.1\r\nH\r\n', lax],
  [
    '11.2',
    'a length that hides a request',
    'POST /api/x HTTP/1.1\r\nH\nContent-Length: 0\r\nContent-Length: 44\r\n\r\nGET /healthz HTTP/1.1\r\nH\r\n',
    bad,
  ],
  ['9110 7.2', 'no Host', 'GET /healthz HTTP/1.1\r\nX: y\r\n\r\n', bad],
  ['9110 7.2', 'an empty Host', 'GET /healthz HTTP/1.1\r\nHost:\r\n\r\n', bad],
  ['9110 7.2', 'two Hosts', 'GET /healthz HTTP/1.1\r\nH\nHost: evil.example\r\n\r\n', bad],
  ['9110 7.2', 'two Hosts, ours last', 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\nH\r\n', bad],
  ['9110 7.2', 'a Host with a path', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1/x\r\n\r\n', bad],
  ['9110 7.2', 'a Host with a blank', 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1 evil\r\n\r\n', bad],
  [
    '9110 10.1.1',
    'an expectation that nobody knows',
    'POST /api/x HTTP/1.1\r\nH\nExpect: 200-ok\r\nContent-Length: 0\r\n\r\n',
    [...bad, 200],
  ],
  [
    '9110 14.2',
    'a range of ranges',
    `GET / HTTP/1.1\r\nH\nRange: bytes=${'0-1,'.repeat(500)}0-1\r\n\r\n`,
    lax,
  ],
  [
    '9110 7.8',
    'an upgrade to nothing',
    'GET /healthz HTTP/1.1\r\nH\nConnection: Upgrade\r\nUpgrade:\r\n\r\n',
    lax,
  ],
];

/** @param {() => Promise<import('../support/rawhttp.js').Server>} open */
function requests(open) {
  let server;
  before(async () => {
    server = await open();
  });
  after(() => server.kill());
  const host = () => `Host: 127.0.0.1:${server.port}\r\n`;
  const bytesOf = (text) =>
    Buffer.from(
      text.replace(/H\r?\n/, (h) => (h === 'H\n' ? host() : `${host()}\r\n`)),
      'latin1',
    );
  const is = async (text, status) => {
    const raw = await Raw.connect(server.port);
    raw.send(bytesOf(text));
    // Some wait for more, and are cut off; that takes seconds, and the other side may go first.
    raw.socket.end();
    const got = await raw.status();
    const answers = raw.got.toString('latin1').split('HTTP/1.1 ').length - 1;
    assert.ok([status].flat().includes(got), `${got}: ${raw.got.subarray(0, 200)}`);
    assert.ok(answers <= 1, `${answers} answers`);
    assert.doesNotMatch(raw.got.toString('latin1'), /^(Set-Cookie|X: y)/im);
    assert.doesNotMatch(raw.got.toString('latin1'), /root:/);
  };
  for (const [section, what, text, status] of HTTP)
    test(`34 and 35, RFC ${section.startsWith('9110') ? '' : '9112 '}${section}: ${what}`, () =>
      is(text, status));
  test('34 and 35, RFC 9112: the same bodies are refused where frames go by requests', async () => {
    for (const [, , text, status] of HTTP)
      if (text.startsWith('POST /api/x')) await is(text.replace('/api/x', '/stream'), status);
  });
  test('34 after all of it the server answers', () => is('GET /healthz HTTP/1.1\r\nH\r\n', 200));
}

describe('requests, net alone', () => requests(() => echo()));
describe('requests, the real server', { skip: !hasRunde && 'there is no server' }, () =>
  requests(() => runde()),
);

const status = (number) => Buffer.from([number >> 8, number & 0xff]);
const text = (payload, how) => frame(TEXT, payload, how);

/** What is sent after the handshake, and with what it is closed; null: it goes on. 0 or 1002 where libwebsockets hangs up. */
/** @type {[string, string, Buffer[], (number | null)[]][]} */
const FRAMES = [
  [
    '5.1',
    'a frame that is not masked is taken: we cannot see it',
    [text('hej', { mask: false })],
    [null],
  ],
  [
    '5.2',
    'the first reserved bit, of a compression that was not agreed on',
    [text('x', { rsv: 4 })],
    [1002],
  ],
  ['5.2', 'the second reserved bit', [text('x', { rsv: 2 })], [1002]],
  ['5.2', 'the third reserved bit', [text('x', { rsv: 1 })], [1002]],
  ['5.2', 'reserved bits of a ping', [frame(PING, 'x', { rsv: 4 })], [1002]],
  ['5.2', 'reserved bits of a close', [frame(CLOSE, status(1000), { rsv: 4 })], [1002]],
  [
    '5.2',
    'reserved bits of a continuation',
    [text('a', { fin: false }), frame(CONTINUATION, 'b', { rsv: 4 })],
    [1002],
  ],
  [
    '5.2',
    'opcode 3 in fragments',
    [frame(3, 'a', { fin: false }), frame(CONTINUATION, 'b')],
    [1002],
  ],
  ['5.2', 'opcode 11 in fragments', [frame(11, 'a', { fin: false })], [1002]],
  ['5.2', 'a length of 65536 in eight bytes', [text('x'.repeat(65536))], [1009]],
  ['5.2', 'a length of 2^63 - 1', [text('x', { length: 2 ** 62, wide: 8 })], [1009]],
  ['5.4', 'a continuation first', [frame(CONTINUATION, 'x', { fin: false })], [1002]],
  ['5.4', 'a continuation after a whole message', [text('a'), frame(CONTINUATION, 'b')], [1002]],
  ['5.4', 'binary inside a text', [text('a', { fin: false }), frame(BINARY, 'b')], [1002, 1003]],
  [
    '5.4',
    'text inside a text, in fragments',
    [text('a', { fin: false }), text('b', { fin: false })],
    [1002],
  ],
  [
    '5.4',
    'a close between fragments',
    [text('a', { fin: false }), frame(CLOSE, status(1000))],
    [1000],
  ],
  ['5.5', 'a fragmented close', [frame(CLOSE, status(1000), { fin: false })], [0, 1002]],
  ['5.5', 'a fragmented pong', [frame(10, 'x', { fin: false })], [1002]],
  ['5.5', 'a pong of 126 bytes', [frame(10, 'x'.repeat(126))], [0, 1002]],
  ['5.5', 'a ping with a length of 16 bits', [frame(PING, 'x', { wide: 2 })], [null, 0, 1002]],
  ['5.5.1', 'a close, and then a text', [frame(CLOSE, status(1000)), text('late')], [1000]],
  ['5.5.1', 'two closes', [frame(CLOSE, status(1000)), frame(CLOSE, status(1001))], [1000]],
  ['5.5.1', 'a close of one byte', [frame(CLOSE, 'x')], [1002]],
  [
    '5.5.1',
    'a close with words of 123 bytes',
    [frame(CLOSE, Buffer.concat([status(1000), Buffer.alloc(123, 'x')]))],
    [1000],
  ],
  [
    '5.5.2',
    'many pings in one packet',
    [Buffer.concat(Array.from({ length: 50 }, () => frame(PING, 'x')))],
    [null],
  ],
  ['5.6', 'half a character at the end', [text(Buffer.from('61c3', 'hex'))], [1007]],
  [
    '8.1',
    'no text in the first of two fragments',
    [text(Buffer.from('ff', 'hex'), { fin: false }), frame(CONTINUATION, 'x')],
    [1007],
  ],
  [
    '8.1',
    'a character cut by a ping',
    [
      text(Buffer.from('c3', 'hex'), { fin: false }),
      frame(PING, 'x'),
      frame(CONTINUATION, Buffer.from('a6', 'hex')),
    ],
    [null],
  ],
  [
    '8.1',
    'a surrogate in two fragments',
    [
      text(Buffer.from('eda0', 'hex'), { fin: false }),
      frame(CONTINUATION, Buffer.from('80', 'hex')),
    ],
    [1007],
  ],
  ...[1005, 1006, 1015, 1016, 1100, 2000, 5000, 65535].map((number) => [
    '7.4',
    `status ${number} is nobody's to send`,
    [frame(CLOSE, status(number))],
    [1002],
  ]),
];

/** Upgrades that are none, or that ask for more than there is. */
const UPGRADES = [
  ['4.1', 'Upgrade in capitals', { Upgrade: 'WEBSOCKET' }, 101],
  ['4.1', 'Connection among others', { Connection: 'keep-alive, Upgrade' }, 101],
  ['4.1', 'Upgrade to two protocols', { Upgrade: 'websocket, h2c' }, [101, ...bad]],
  ['4.1', 'an Origin of another port', { Origin: 'http://127.0.0.1:1' }, 403],
  ['4.1', 'two Origins', { Origin: ['http://evil.example', 'http://127.0.0.1'] }, [400, 403]],
  ['4.1', 'an Origin of a file', { Origin: 'null' }, 403],
  [
    '4.1',
    'a subprotocol twice',
    { 'Sec-WebSocket-Protocol': ['runde.v1', 'runde.v1'] },
    [101, ...bad],
  ],
  ['4.1', 'ours among subprotocols', { 'Sec-WebSocket-Protocol': 'chat, runde.v1' }, [101, ...bad]],
  [
    '4.1',
    'a key twice',
    { 'Sec-WebSocket-Key': ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ=='] },
    bad,
  ],
  ['4.2.1', 'a key of 15 bytes', { 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAA' }, bad],
  ['4.2.1', 'a key of 17 bytes', { 'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAAA=' }, bad],
  ['4.4', 'versions in a list', { 'Sec-WebSocket-Version': '13, 8' }, [400, 426]],
  [
    '9.1',
    'an extension that nobody knows',
    { 'Sec-WebSocket-Extensions': 'x-unknown' },
    [101, ...bad],
  ],
  [
    '9.1',
    'compression is not agreed on',
    { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' },
    101,
  ],
  [
    '9.1',
    'an endless list of extensions',
    { 'Sec-WebSocket-Extensions': 'x, '.repeat(500) },
    [101, ...bad],
  ],
];

describe('frames and upgrades', () => {
  let server;
  before(async () => {
    server = await echo();
  });
  after(() => server.kill());
  for (const [section, what, sent, closed] of FRAMES)
    test(`36 and 37, RFC 6455 ${section}: ${what}`, async () => {
      const ws = await Ws.open(server.port);
      for (const bytes of sent) ws.raw.send(bytes);
      if (closed.includes(null)) ws.text('and on');
      let last = null;
      for (;;) {
        const one = await ws.frame();
        if (!one) {
          last = 0;
          break;
        }
        if (one.opcode === TEXT && one.payload.toString() === 'and on') break;
        if (one.opcode !== CLOSE) continue;
        last = one.payload.length > 1 ? one.payload.readUInt16BE(0) : 1005;
        ws.send(CLOSE, one.payload);
        await ws.raw.end();
        break;
      }
      assert.ok(closed.includes(last), `${last}`);
      ws.destroy();
      const other = await Ws.open(server.port);
      other.text('still here');
      assert.equal((await other.message()).payload.toString(), 'still here');
      other.destroy();
    });
  for (const [section, what, headers, wanted] of UPGRADES)
    test(`32 and 33, RFC 6455 ${section}: ${what}`, async () => {
      const raw = await Raw.connect(server.port);
      raw.send(upgrade(server.port, headers));
      await raw.until(() => raw.got.includes('\r\n\r\n') || raw.closed);
      const head = raw.got.toString('latin1');
      const got = Number(head.match(/^HTTP\/1\.1 (\d{3}) /)?.[1] ?? 0);
      assert.ok([wanted].flat().includes(got), head.slice(0, 200));
      assert.doesNotMatch(head, /Sec-WebSocket-Extensions/i, 'none is agreed on');
      if (got === 101) {
        assert.match(head, /Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/i, 'RFC 6455 1.3');
        assert.match(head, /Sec-WebSocket-Protocol: runde\.v1\r/i);
      }
      raw.destroy();
    });
  test('33, RFC 6455 4.2.2: data before the answer is not lost, and not answered twice', async () => {
    const raw = await Raw.connect(server.port);
    raw.send(Buffer.concat([Buffer.from(upgrade(server.port)), frame(TEXT, 'early')]));
    await raw.until(() => raw.got.includes('early') || raw.closed);
    assert.equal(raw.got.toString('latin1').split('HTTP/1.1 ').length, 2);
    raw.destroy();
    await wait(1);
  });
  test('34, RFC 6455 4.2.1: an upgrade is one answer, whatever follows', async () => {
    const again = upgrade(server.port, { Upgrade: 'x' });
    const { answers, status: got } = await exchange(server.port, again + again);
    assert.ok(answers <= 1 && got !== 101);
  });
});
