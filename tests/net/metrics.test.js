// metrics.test.js -- what Prometheus reads: every line is of its format, every figure moves when what it counts
// happens, and nothing of a meeting stands there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { soon } from '../support/soon.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

const LINE = /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"\\]+"\})? \d+(\.\d+)?)$/;

describe('metrics', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys;
  before(async () => {
    server = await runde('--metrics', '127.0.0.1:0');
    const body = JSON.stringify({ template: 'runde' });
    const made = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', { 'Content-Length': `${body.length}` }, body),
    );
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.values(links).flatMap((link) => link.split('#')[1] ?? []);
  });
  after(() => server.kill());

  const read = async () =>
    (await exchange(server.metrics, request(server.metrics, 'GET /metrics'))).body.toString();
  const figure = (text, name) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.slice(name.length + 1),
    );

  test('are of the format, and each has one head', async () => {
    const lines = (await read()).trimEnd().split('\n');
    for (const line of lines) assert.match(line, LINE);
    const heads = lines
      .filter((line) => line.startsWith('# TYPE'))
      .map((line) => line.split(' ')[2]);
    assert.deepEqual(heads, [...new Set(heads)]);
    const family = (line) => line.split(/[ {]/)[0].replace(/_(bucket|sum|count)$/, '');
    for (const line of lines.filter((each) => !each.startsWith('#')))
      assert.ok(heads.includes(family(line)), line);
  });

  test('count sessions by role, refusals by code, and what became durable', async () => {
    const before = await read();
    const phone = await join(server.port, { meeting: code, as: 'phone', name: 'Solvej Quist' });
    await phone.send('meeting.start');
    await soon(async () => {
      const now = await read();
      const grew = (name) => figure(now, name) - figure(before, name);
      assert.equal(figure(now, 'runde_sessions{role="phone"}'), 1);
      assert.equal(grew('runde_refusals_total{code="forbidden"}'), 1);
      assert.ok(grew('runde_journal_facts_total') >= 1);
      assert.ok(grew('runde_journal_commit_seconds_count') >= 1);
      assert.ok(grew('runde_journal_commit_batches_bucket{le="+Inf"}') >= 1);
      for (const secret of ['Solvej', code, code.replace('-', ''), ...keys])
        assert.ok(!now.includes(secret), `tells ${secret}`);
    });
    phone.leave();
  });

  test('count guesses', async () => {
    const before = await read();
    await exchange(server.port, request(server.port, 'GET /api/meetings/2222-2222/door'));
    await soon(async () =>
      assert.equal(
        figure(await read(), 'runde_failures_total') - figure(before, 'runde_failures_total'),
        1,
      ),
    );
  });
});
