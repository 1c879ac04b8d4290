/**
 * relay_requests.test.js -- requests about a meeting that another server leads are answered as that
 * one answers, byte for byte, and whoever guesses is counted by both.
 *
 * tests/README.md, rows 31 and 44.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { meeting } from './client.js';
import { add, come, consoleOf, metric, names, several, talk } from './nodes.js';
import { hasRunde } from './server.js';

const skip = !hasRunde && 'there is no server';
const FORMATS = ['html', 'md', 'docx', 'odt', 'json', 'ics'];

const ask = ({ port }, line, key = '', body = '') =>
  exchange(
    port,
    request(
      port,
      line,
      {
        ...(key && { Authorization: `Bearer ${key}` }),
        ...(line.startsWith('POST') && { 'Content-Length': `${Buffer.byteLength(body)}` }),
      },
      body,
    ),
  );

const agenda = {
  locale: 'da',
  title: 'Alle med i frikvarteret – æøå',
  date: '2026-12-03',
  items: [
    {
      no: 1,
      title: 'Beslutning',
      minutes: 10,
      parts: [{ id: '1a', method: 'decision', minutes: 10, title: 'Fælles drøftelse' }],
    },
  ],
};

/** But for when a calendar was made. */
const bytes = ({ body }) => body.toString('latin1').replace(/^DTSTAMP:.*$/gm, '');

/** Two servers, and a meeting of the first that has something to be minuted. */
async function minuted(t, name) {
  const { servers } = await several(t, name, ['a', 'b']);
  const [a, b] = servers;
  const made = await meeting(a.port, { agenda });
  const lead = await come(a, made);
  await add(lead, ['Mette']);
  for (const [command, fields] of [
    ['meeting.start', {}],
    ['decision.set', { answer: 'next_step', text: 'Voksne & <b>bolde</b>' }],
    ['decision.set', { answer: 'follow_up', date: '2027-02-01' }],
  ])
    assert.equal((await lead.send(command, fields)).ok, true, command);
  return { a, b, made, lead };
}

test('31 minutes are the same wherever they are asked for', { skip }, async (t) => {
  const { a, b, made, lead } = await minuted(t, 'minutes');
  assert.equal((await lead.send('meeting.close')).ok, true);
  const path = `/api/meetings/${made.code}/minutes`;
  for (const edition of ['participants', 'facilitator', 'public'])
    for (const format of FORMATS) {
      const line = `GET ${path}?edition=${edition}&format=${format}`;
      const [here, there] = [
        await ask(a, line, made.key('console')),
        await ask(b, line, made.key('console')),
      ];
      assert.equal(there.status, here.status, line);
      assert.equal(bytes(there), bytes(here), line);
      for (const header of [
        'content-type',
        'content-disposition',
        'content-length',
        'cache-control',
      ])
        assert.equal(there.headers.get(header), here.headers.get(header), `${line} ${header}`);
    }
});

test('31 what is refused is refused alike', { skip }, async (t) => {
  const { a, b, made } = await minuted(t, 'refusals');
  const path = `/api/meetings/${made.code}`;
  for (const [line, key, status] of [
    [`GET ${path}/minutes?edition=public`, 'board', 403],
    [`GET ${path}/minutes?format=md`, 'board', 403],
    [`GET ${path}/minutes?edition=facilitator&format=md`, 'scribe', 403],
    [`GET ${path}/minutes?format=pdf`, 'scribe', 400],
    [`GET ${path}/minutes`, '', 401],
    [`HEAD ${path}/minutes?format=md`, 'scribe', null],
    [`HEAD ${path}/door`, '', null],
    [`GET ${path}/door`, '', 200],
    [`GET ${path}/nothing`, '', 404],
    [`POST ${path}/door`, '', null],
    [`GET /m/${made.code}`, '', 200],
    ['GET /api/meetings/NNNN-2345/door', '', 404],
  ]) {
    const [here, there] = [
      await ask(a, line, key && made.key(key)),
      await ask(b, line, key && made.key(key)),
    ];
    if (status) assert.equal(here.status, status, line);
    assert.equal(there.status, here.status, line);
    assert.equal(there.body.toString(), here.body.toString(), line);
    assert.equal(there.headers.get('allow'), here.headers.get('allow'), line);
  }
});

test('31 a meeting is made from one that another server leads', { skip }, async (t) => {
  const { b, made } = await minuted(t, 'chained');
  const from = { code: made.code, key: made.key('console') };
  const next = await ask(b, 'POST /api/meetings', '', JSON.stringify({ from }));
  assert.equal(next.status, 201, next.body.toString());
  const { code, links } = JSON.parse(next.body.toString());
  const one = await come(b, { code, key: () => links.console.split('#')[1] });
  assert.deepEqual(await names(one), []);
  const wrong = { code: made.code, key: 'x'.repeat(43) };
  const none = await ask(b, 'POST /api/meetings', '', JSON.stringify({ from: wrong }));
  assert.equal(none.status, 401);
});

test('44 31 a guess counts at both, once, and the good come in at both', { skip }, async (t) => {
  const { servers } = await several(t, 'guessed', ['a', 'b']);
  const [a, b] = servers;
  const made = await meeting(a.port, { template: 'runde' });
  const failures = (server) => metric(server, 'runde_failures_total');
  const guess = async (server) => {
    const one = await talk(server, { ...consoleOf(made), key: 'x'.repeat(43) });
    const { refused } = await one.find((frame) => frame.refused);
    one.leave();
    return refused.code;
  };
  assert.equal(await guess(b), 'wrong_key');
  for (const server of servers) await becomes(() => failures(server), 1);
  assert.equal(await guess(a), 'wrong_key');
  for (const server of servers) await becomes(() => failures(server), 2);
  assert.equal(
    (await ask(b, `GET /api/meetings/${made.code}/minutes`, 'x'.repeat(43))).status,
    401,
  );
  for (const server of servers) await becomes(() => failures(server), 3);
  let code;
  for (let i = 0; i < 200 && code !== 'too_fast'; i++) code = await guess(b);
  assert.equal(code, 'too_fast');
  assert.equal(await guess(a), 'too_fast');
  for (const server of servers) {
    assert.equal((await ask(server, `GET /api/meetings/${made.code}/door`)).status, 429);
    assert.ok((await (await talk(server, consoleOf(made))).find((frame) => frame.welcome)).welcome);
  }
});
