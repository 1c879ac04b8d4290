/**
 * agenda.test.js -- what can be read of a meeting before it, and what it leaves for the next one.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

describe('the agenda of a meeting', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys;
  const ask = (path, key) =>
    exchange(
      server.port,
      request(
        server.port,
        `GET /api/meetings/${code}${path}`,
        key ? { Authorization: `Bearer ${key}` } : {},
      ),
    );
  const post = (body) => {
    const text = JSON.stringify(body);
    const length = { 'Content-Length': String(Buffer.byteLength(text)) };
    return exchange(server.port, request(server.port, 'POST /api/meetings', length, text));
  };
  const create = async (body) => {
    const made = await post(body);
    assert.equal(made.status, 201, made.body.toString());
    const { code: of, links } = JSON.parse(made.body.toString());
    return {
      of,
      keys: Object.fromEntries(
        Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
      ),
    };
  };
  const agenda = {
    title: 'Skoletalk',
    date: '2026-11-20',
    starts: '09:00',
    place: 'Lærerværelset',
    focus: 'Hvordan?',
    purpose: 'At vælge.',
    items: [
      {
        no: 1,
        title: 'Beslutning',
        minutes: 10,
        goal: 'Et skridt',
        bank: [{ title: 'Til valget', questions: ['Hvad koster det?'] }],
        parts: [
          { id: 'd', method: 'decision', minutes: 10 },
          { id: 's', method: 'summary', minutes: 5, optional: true },
        ],
      },
      {
        no: 2,
        title: 'Om samtalen',
        minutes: 5,
        parts: [{ id: 'r', method: 'retrospect', minutes: 5 }],
      },
    ],
  };
  before(async () => {
    server = await runde();
    ({ of: code, keys } = await create({ agenda }));
  });
  after(() => server.kill());

  test('a day that is not and an hour that is none are refused, and named', async () => {
    const wrong = {
      date: ['2026-02-30', '2025-02-29', '2026-04-31', '12-05-2026', '2026-5-12'],
      from_date: ['1900-02-29'],
      starts: ['9:00', '9.00', '24:00', '12:60'],
      title: [' ', '\u200b\u2060'],
    };
    for (const [name, values] of Object.entries(wrong))
      for (const value of values) {
        const answer = await post({ agenda: { ...agenda, [name]: value } });
        assert.equal(answer.status, 400, value);
        const said = { code: 'bad_field', field: `agenda.${name}` };
        assert.deepEqual(JSON.parse(answer.body.toString()), said, value);
      }
    await create({ agenda: { ...agenda, date: '2028-02-29', starts: '23:59' } });
  });

  test('whoever has the code reads what it is about, and no confidential figures', async () => {
    const leader = await join(server.port, { as: 'leader', meeting: code, key: keys.leader });
    await leader.send('data.put', {
      title: 'Bedste sted',
      kind: 'table',
      csv: 'Sted;Andel\nGård;16 %',
    });
    await leader.send('data.put', {
      title: 'Prøver',
      kind: 'table',
      csv: '7.b;2',
      confidential: true,
    });
    leader.leave();
    const told = JSON.parse((await ask('')).body.toString());
    for (const field of ['title', 'date', 'starts', 'place', 'focus', 'purpose'])
      assert.equal(told[field], agenda[field], field);
    // What is asked of people is in the parts; not those that are off, and not what else may be asked.
    const [{ bank: _, ...first }, second] = agenda.items;
    assert.deepEqual(told.items, [
      { goal: null, ...first, parts: first.parts.slice(0, 1) },
      { goal: null, ...second },
    ]);
    assert.deepEqual(
      told.data.map((each) => each.title),
      ['Bedste sted'],
    );
  });

  test('console and leader fetch it as a template; nobody else does', async () => {
    for (const role of ['console', 'leader']) {
      const answer = await ask('/agenda', keys[role]);
      assert.equal(answer.status, 200);
      assert.deepEqual(JSON.parse(answer.body.toString()), agenda);
    }
    for (const role of ['board', 'scribe'])
      assert.equal((await ask('/agenda', keys[role])).status, 403, role);
    assert.equal((await ask('/agenda')).status, 401);
    assert.equal((await ask('/agenda', 'x'.repeat(43))).status, 401);
  });

  test("once it is over it is the next meeting's, with what was left for that", async () => {
    const lead = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    const ana = await join(server.port, { as: 'phone', meeting: code, name: 'Ana' });
    await lead.send('meeting.start');
    await lead.send('decision.set', {
      answer: 'tasks',
      tasks: [{ text: 'Købe mål', owner: 'Ana', due: '2026-12-01' }, { text: 'Spørge elevrådet' }],
    });
    await lead.send('part.next');
    assert.ok((await ana.send('contribution.add', { text: 'Mere tid', box: 'adjust' })).ok);
    await ana.send('contribution.add', { text: 'Stilheden', box: 'carry_forward' });
    await ana.send('contribution.add', { text: 'God stemning', box: 'worked_well' });
    const unseen = JSON.parse((await ask('/agenda', keys.leader)).body.toString());
    assert.equal(unseen.carried, undefined);
    await lead.send('retro.show');
    await lead.send('meeting.close');
    const next = JSON.parse((await ask('/agenda', keys.leader)).body.toString());
    assert.equal(next.date, undefined);
    assert.equal(next.from, 'Skoletalk');
    assert.equal(next.from_date, '2026-11-20');
    const byText = (a, b) => (a.text < b.text ? -1 : 1);
    assert.deepEqual(next.carried.sort(byText), [
      { kind: 'task', text: 'Købe mål', owner: 'Ana', due: '2026-12-01' },
      { kind: 'adjust', text: 'Mere tid' },
      { kind: 'task', text: 'Spørge elevrådet' },
      { kind: 'carry_forward', text: 'Stilheden' },
    ]);
    const again = await create({ agenda: next });
    const copy = await exchange(
      server.port,
      request(server.port, `GET /api/meetings/${again.of}/agenda`, {
        Authorization: `Bearer ${again.keys.console}`,
      }),
    );
    const there = JSON.parse(copy.body.toString()).carried;
    assert.ok(there.every(({ id }) => id));
    assert.deepEqual(
      there.map(({ id, ...each }) => each),
      next.carried,
    );
    lead.leave();
    ana.leave();
  });
});
