/**
 * room.test.js -- what a room's screen and its facilitator fetch: links as pictures, the network,
 * pairing, new links. tests/README.md, rows 46 and 48.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

describe('a room', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys;
  const ask = (line, key, body = '') =>
    exchange(
      server.port,
      request(
        server.port,
        line,
        {
          ...(key && { Authorization: `Bearer ${key}` }),
          ...(line.startsWith('POST') && { 'Content-Length': String(body.length) }),
        },
        body,
      ),
    );
  before(async () => {
    server = await runde(
      '--wifi-name',
      'Skolens; gæster',
      '--wifi-password',
      'hemme:ligt',
      '--colour',
      '#005a9c',
    );
    const made = await ask('POST /api/meetings', '', '{"template":"runde"}');
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.fromEntries(
      Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
    );
  });
  after(() => server.kill());

  test('a link is drawn for whoever has its key, and for nobody else', async () => {
    for (const role of ['console', 'board', 'scribe', 'leader']) {
      const own = await ask(`GET /api/meetings/${code}/qr?link=${role}`, keys[role]);
      assert.equal(own.status, 200, role);
      assert.equal(own.headers.get('content-type'), 'image/svg+xml');
      assert.match(own.body.toString(), /^<svg /);
      assert.ok(!own.body.toString().includes(keys[role]));
      for (const other of ['console', 'board', 'scribe', 'leader'].filter((each) => each !== role))
        assert.equal(
          (await ask(`GET /api/meetings/${code}/qr?link=${other}`, keys[role])).status,
          403,
        );
    }
    assert.equal((await ask(`GET /api/meetings/${code}/qr?link=console`)).status, 401);
    assert.equal((await ask(`GET /api/meetings/${code}/qr?link=x`, keys.board)).status, 403);
  });

  test("the room's network is drawn for its screens", async () => {
    assert.match(
      (await ask(`GET /api/meetings/${code}/qr?link=wifi`, keys.board)).body.toString(),
      /^<svg /,
    );
    assert.equal((await ask(`GET /api/meetings/${code}/qr?link=wifi`)).status, 401);
  });

  test('a screen without a key is let in by the code that it shows', async () => {
    const shown = JSON.parse((await ask('POST /api/pairings')).body.toString());
    assert.match(shown.pairing, /^[2-9A-HJKMNP-Z]{4}$/);
    const look = () => ask('GET /api/pairings', shown.secret);
    assert.equal((await look()).status, 202);
    assert.equal((await ask('GET /api/pairings', 'x'.repeat(43))).status, 404);
    const lead = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    assert.equal((await lead.send('board.pair', { pairing: '0000' })).code, 'no_such_pairing');
    const reply = await lead.send('board.pair', { pairing: shown.pairing.toLowerCase() });
    assert.deepEqual([reply.ok, reply.made], [true, undefined]);
    const given = await look();
    assert.equal(given.status, 200);
    const { code: of, key } = JSON.parse(given.body.toString());
    assert.equal(of, code);
    assert.equal((await look()).status, 404, 'told once');
    assert.equal(
      (await lead.send('board.pair', { pairing: shown.pairing })).code,
      'no_such_pairing',
    );
    for (const each of [key, keys.board]) {
      const board = await join(server.port, { as: 'board', meeting: code, key: each });
      assert.equal((await board.hear('welcome')).welcome.seat, null);
      board.leave();
    }
    lead.leave();
  });

  test('48 a link that was made anew ends the old one at once', async () => {
    const lead = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    const board = await join(server.port, { as: 'board', meeting: code, key: keys.board });
    await board.hear('welcome');
    const { made } = await lead.send('link.renew', { role: 'board' });
    assert.equal((await board.hear('refused')).refused.code, 'ended');
    const late = await join(server.port, { as: 'board', meeting: code, key: keys.board });
    assert.equal((await late.hear('refused')).refused.code, 'wrong_key');
    const again = await join(server.port, { as: 'board', meeting: code, key: made.token });
    await again.hear('welcome');
    const other = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    await other.hear('welcome');
    const own = await lead.send('link.renew', { role: 'console' });
    assert.equal((await other.hear('refused')).refused.code, 'ended');
    assert.equal(
      (await lead.hear('refused')).refused.code,
      'ended',
      'who asked comes back with the new one',
    );
    keys.console = own.made.token;
    [lead, board, late, again, other].forEach((each) => each.leave());
  });

  test('46 no key and no password stands in the log', () => {
    for (const secret of [...Object.values(keys), 'hemme'].filter(Boolean))
      assert.ok(!server.log().includes(secret));
  });
});

test(
  'where there is no network there is none to draw, and a colour that is none is not taken',
  { skip: !hasRunde && 'there is no server' },
  async () => {
    const server = await runde();
    const made = await exchange(
      server.port,
      request(
        server.port,
        'POST /api/meetings',
        { 'Content-Length': '20' },
        '{"template":"runde"}',
      ),
    );
    const { code, links } = JSON.parse(made.body.toString());
    const answer = await exchange(
      server.port,
      request(server.port, `GET /api/meetings/${code}/qr?link=wifi`, {
        Authorization: `Bearer ${links.board.split('#')[1]}`,
      }),
    );
    assert.equal(answer.status, 404);
    await server.kill();
    await assert.rejects(runde('--colour', 'blue'), /ended with 64/);
  },
);
