/**
 * guesses.test.js -- somebody guesses codes, keys and tokens, from the address that a whole school
 * has: tests/README.md, rows 41, 44, 45 and 65.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { becomes, soon } from '../support/soon.js';
import { Ws } from '../support/rawws.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const anyOf = (letters, n) =>
  Array.from({ length: n }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
const anyCode = () => `${anyOf(ALPHABET, 4)}-${anyOf(ALPHABET, 4)}`;
const anySecret = () => anyOf(`${ALPHABET}abcdefghijk_-`, 43);

describe('guesses', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys, token;
  const ask = (line, key, body = '') =>
    exchange(
      server.port,
      request(
        server.port,
        line,
        {
          ...(key && { Authorization: `Bearer ${key}` }),
          ...(line.startsWith('POST') && { 'Content-Length': `${Buffer.byteLength(body)}` }),
        },
        body,
      ),
    );
  /** What is answered to a hello, and how it was closed if it was. */
  const greet = async (hello) => {
    const ws = await Ws.open(server.port);
    ws.text(JSON.stringify({ hello }));
    const frame = JSON.parse((await ws.message()).payload.toString());
    const status = frame.refused ? await ws.closing() : 0;
    ws.destroy();
    return { ...frame, status };
  };
  const figure = async (name) => {
    const answer = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
    return Number(answer.body.toString().match(new RegExp(`^${name} (\\d+)$`, 'm'))[1]);
  };

  before(async () => {
    server = await runde('--metrics', '127.0.0.1:0');
    const made = await ask('POST /api/meetings', '', '{"template":"runde"}');
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.fromEntries(
      Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
    );
    const phone = await join(server.port, { as: 'phone', meeting: code, name: 'Ana' });
    token = (await phone.hear('welcome')).welcome.token;
    phone.leave();
  });
  after(() => server.kill());

  test('41 44 none hits, they are held and counted, and whoever has something good comes in meanwhile', async () => {
    const lead = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    await lead.hear('snapshot');
    const heard = { no_such_meeting: 0, wrong_key: 0, too_fast: 0 };
    let longest = 0;
    const guess = async (i) => {
      const hello =
        i % 2
          ? { as: 'phone', meeting: anyCode(), name: 'x' }
          : { as: ['console', 'leader', 'board'][i % 3], meeting: code, key: anySecret() };
      const { refused, status } = await greet(hello);
      heard[refused.code]++;
      assert.equal(status, refused.code === 'too_fast' ? 1013 : 1008);
      if (refused.code === 'too_fast') assert.ok(refused.wait > 0);
      longest = Math.max(longest, refused.wait ?? 0);
    };
    for (let i = 0; i < 400; i += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, k) => guess(i + k)));
      // Somebody in the same building, by their token; the minutes too.
      assert.ok((await greet({ as: 'phone', meeting: code, token })).welcome);
      assert.equal((await ask(`GET /api/meetings/${code}/minutes`, token)).status, 200);
      assert.ok((await greet({ as: 'board', meeting: code, key: keys.board })).welcome);
    }
    assert.ok(heard.too_fast > 250, JSON.stringify(heard));
    assert.ok(heard.no_such_meeting + heard.wrong_key >= 60, JSON.stringify(heard));
    // All together may try once a second, and each address every third.
    assert.ok(longest > 2000, `${longest} ms`);
    assert.equal(await figure('runde_failures_total'), heard.no_such_meeting + heard.wrong_key);
    assert.ok((await figure('runde_failures_held_total')) >= heard.too_fast);
    assert.equal((await ask(`GET /api/meetings/${code}`)).status, 429, 'no code is told of');
    assert.equal(
      (await ask(`GET /api/meetings/${anyCode()}`)).status,
      429,
      'nor that there is none',
    );

    let said;
    do said = (await lead.hear('presence')).presence.guessed;
    while (!said);
    assert.equal(said, 'keys');
    lead.leave();
    const lines = server.log().match(/attempt\.guess [^\n]*/g);
    assert.ok(lines.length >= 20 && lines.length <= 40, `${lines.length} lines`);
    for (const line of lines)
      assert.match(line, /^attempt\.guess meeting=(-|[2-9A-Z-]{9}) role=\w+ code=\w+ unsaid=\d+$/);
  });

  test('45 who goes on with what is not theirs is closed, by WebSocket and by a stream', async () => {
    const other = await runde('--rate', '0', '--metrics', '127.0.0.1:0');
    try {
      const made = await exchange(
        other.port,
        request(
          other.port,
          'POST /api/meetings',
          { 'Content-Length': '20' },
          '{"template":"runde"}',
        ),
      );
      const meeting = JSON.parse(made.body.toString()).code;
      const frame = () => JSON.stringify({ id: randomUUID(), do: 'meeting.close', with: {} });
      const ws = await Ws.open(other.port);
      ws.text(JSON.stringify({ hello: { as: 'phone', meeting, name: 'Ana' } }));
      for (let i = 0; i < 100; i++) ws.text(frame());
      assert.equal(await ws.closing(), 1008);

      const hello = JSON.stringify({ hello: { as: 'phone', meeting, name: 'Bo' } });
      const post = (body, Authorization) =>
        exchange(
          other.port,
          request(
            other.port,
            'POST /stream',
            { ...(Authorization && { Authorization }), 'Content-Length': `${body.length}` },
            body,
          ),
        );
      const { stream } = JSON.parse((await post(hello)).body.toString());
      const Authorization = `Bearer ${stream}`;
      const listened = exchange(other.port, request(other.port, 'GET /stream', { Authorization }));
      await soon(async () => assert.equal((await post('{}', Authorization)).status, 204));
      await post(Array.from({ length: 100 }, frame).join('\n'), Authorization);
      assert.match((await listened).text, /event: close\ndata: 1008\n\n/);
      const struck = async () =>
        (await exchange(other.metrics, request(other.metrics, 'GET /metrics'))).body
          .toString()
          .match(/^runde_struck_total (\d+)$/m)[1];
      await becomes(struck, '2');
    } finally {
      await other.kill();
    }
  });
});
