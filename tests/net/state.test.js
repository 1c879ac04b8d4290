/**
 * state.test.js -- what a link's key lets a page see at once, before its socket is there: the frames
 * of a hello, and nobody has come in.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join, meeting } from './client.js';
import { hasRunde, runde } from './server.js';

describe('the state by a request', { skip: !hasRunde && 'there is no server' }, () => {
  let server, made, phone, token;
  before(async () => {
    server = await runde();
    made = await meeting(server.port, { template: 'runde' });
    phone = await join(server.port, { as: 'phone', meeting: made.code, name: 'Mette' });
    ({ token } = (await phone.hear('welcome')).welcome);
    await phone.hear('snapshot');
  });
  after(() => server.kill());

  const see = async (bearer) => {
    const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
    const line = `GET /api/meetings/${made.code}/state`;
    const answer = await exchange(server.port, request(server.port, line, headers));
    const lines = answer.body.toString().trim().split('\n');
    return { status: answer.status, lines: lines.map((each) => JSON.parse(each)) };
  };
  const enter = (as, more = {}) =>
    join(server.port, { as, meeting: made.code, key: made.key(as), ...more });

  for (const as of ['console', 'board', 'scribe', 'leader'])
    test(`a ${as} hears by it what its hello hears, and its socket goes on from there`, async () => {
      const { status, lines } = await see(made.key(as));
      assert.equal(status, 200);
      const [{ welcome }, snapshot] = lines;
      const one = await enter(as);
      const { now, wall, ...same } = (await one.hear('welcome')).welcome;
      assert.deepEqual({ ...welcome, now: 0, wall: 0 }, { ...same, now: 0, wall: 0 });
      assert.ok(welcome.now <= now && welcome.wall <= wall);
      assert.deepEqual(snapshot, await one.hear('snapshot'));
      assert.ok((await phone.send('seat.change', { seat: 1, name: `Mette ${as}` })).ok);
      const next = await enter(as, { since: snapshot.seq });
      const told = await next.hear('snapshot', 'facts');
      assert.ok(told.facts && told.seq > snapshot.seq, 'and no snapshot once more');
      one.leave();
      next.leave();
    });

  test('nobody has come in by it', async () => {
    const lead = await enter('console');
    const { presence } = await lead.hear('presence');
    for (const as of ['board', 'scribe', 'leader']) await see(made.key(as));
    assert.ok((await phone.send('seat.change', { seat: 1, name: 'Mette' })).ok);
    await lead.hear('facts');
    const told = lead.heard.filter((frame) => frame.presence);
    assert.deepEqual(told, [{ presence }]);
    lead.leave();
  });

  test('a phone has no picture of its own in it, and who has no key none at all', async () => {
    assert.equal((await see(token)).status, 403);
    for (const bearer of [null, 'x'.repeat(43)])
      assert.deepEqual(await see(bearer), {
        status: 401,
        lines: [{ code: 'wrong_key', field: null }],
      });
  });
});
