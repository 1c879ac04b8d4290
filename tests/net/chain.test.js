/**
 * chain.test.js -- a meeting is made from an earlier one: the talk, its follow-up, next year's.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

describe('a chain of meetings', { skip: !hasRunde && 'there is no server' }, () => {
  let server, talk, followUp;
  const ask = async (path, key) => {
    const text = request(server.port, `GET ${path}`, key ? { Authorization: `Bearer ${key}` } : {});
    const answer = await exchange(server.port, text);
    return { status: answer.status, body: JSON.parse(answer.body.toString()) };
  };
  const post = async (body) => {
    const text = JSON.stringify(body);
    const length = { 'Content-Length': String(Buffer.byteLength(text)) };
    const answer = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', length, text),
    );
    return { status: answer.status, body: JSON.parse(answer.body.toString()) };
  };
  const make = async (body) => {
    const { status, body: made } = await post(body);
    assert.equal(status, 201, JSON.stringify(made));
    const keys = Object.entries(made.links).map(([role, link]) => [role, link.split('#')[1]]);
    return { code: made.code, keys: Object.fromEntries(keys) };
  };
  /** Somebody in a meeting, and what they see first. */
  const come = async (hello) => {
    const it = await join(server.port, hello);
    return { ...it, ...(await it.hear('snapshot')) };
  };
  const enter = ({ code, keys }, as) => come({ as, meeting: code, key: keys[as] });
  const from = ({ code, keys }, role = 'leader') => ({ from: { code, key: keys[role] } });

  before(async () => {
    server = await runde();
    talk = await make({
      agenda: {
        title: 'Skoletalk',
        date: '2026-11-20',
        place: 'Lærerværelset',
        focus: 'Hvordan bliver pausen bedre?',
        items: [
          {
            no: 1,
            title: 'Beslutning',
            minutes: 10,
            parts: [
              { id: 'd', method: 'decision' },
              { id: 'r', method: 'retrospect' },
            ],
          },
        ],
      },
    });
    const lead = await enter(talk, 'console');
    await lead.send('meeting.start');
    const tasks = [
      { text: 'Købe mål', owner: 'Skoleleder', due: '2027-01-14' },
      { text: 'Spørge elevrådet', owner: 'Pædagogisk leder' },
      { text: 'Tegne baner' },
    ];
    assert.ok((await lead.send('decision.set', { answer: 'tasks', tasks })).ok);
    const day = { answer: 'follow_up', date: '2027-05-14' };
    assert.ok((await lead.send('decision.set', day)).ok);
    await lead.send('meeting.close');
    lead.leave();
  });
  after(() => server.kill());

  test('a follow-up has its own items, and of the talk its place, its focus and its tasks', async () => {
    const watching = await enter(talk, 'leader');
    followUp = await make({ template: 'opfoelgende-samtale', ...from(talk) });
    const [told] = (await watching.hear('facts')).facts.filter(
      ({ fact }) => fact === 'chain.linked',
    );
    assert.deepEqual([told.is, told.meeting], ['next', followUp.code]);
    watching.leave();
    const { body } = await ask(`/api/meetings/${followUp.code}/agenda`, followUp.keys.leader);
    assert.equal(body.title, 'Opfølgende samtale');
    assert.equal(body.from, 'Skoletalk');
    assert.equal(body.from_date, '2026-11-20');
    assert.equal(body.place, 'Lærerværelset');
    assert.equal(body.focus, 'Hvordan bliver pausen bedre?');
    assert.equal(body.date, '2027-05-14', 'the day that was agreed on');
    assert.deepEqual(
      body.carried.map(({ id, ...each }) => each),
      [
        { kind: 'task', text: 'Købe mål', owner: 'Skoleleder', due: '2027-01-14' },
        { kind: 'task', text: 'Spørge elevrådet', owner: 'Pædagogisk leder' },
        { kind: 'task', text: 'Tegne baner' },
      ],
    );
    assert.equal(new Set(body.carried.map(({ id }) => id)).size, 3);
  });

  test('each knows the other, and tells only console and leader', async () => {
    for (const role of ['console', 'leader']) {
      const later = await enter(followUp, role);
      assert.deepEqual(later.snapshot.chain, [
        { is: 'before', meeting: talk.code, title: 'Skoletalk', date: '2026-11-20' },
      ]);
      later.leave();
      const earlier = await enter(talk, role);
      assert.deepEqual(earlier.snapshot.chain, [
        { is: 'next', meeting: followUp.code, title: 'Opfølgende samtale', date: '2027-05-14' },
      ]);
      earlier.leave();
    }
    for (const role of ['board', 'scribe']) {
      const other = await enter(followUp, role);
      assert.deepEqual(other.snapshot.chain, [], role);
      other.leave();
    }
    const phone = await come({ as: 'phone', meeting: followUp.code, name: 'Ana' });
    assert.equal(phone.snapshot.chain, undefined);
    assert.equal(phone.snapshot.carried.length, 3);
    phone.leave();
  });

  test('what is done or dropped goes no further; what is under way, and new tasks, do', async () => {
    const lead = await enter(followUp, 'console');
    const [first, second, third] = lead.snapshot.carried.map(({ id }) => id);
    const came = (id, outcome, word) => lead.send('carried.set', { id, outcome, word });
    assert.ok((await came(first, 'done', 'De står der')).ok);
    assert.ok((await came(second, 'under_way', 'De mødes i maj')).ok);
    assert.ok((await came(third, 'dropped', '')).ok);
    await lead.send('meeting.start');
    await lead.send('decision.set', { answer: 'tasks', tasks: [{ text: 'Måle igen' }] });
    await lead.send('meeting.close');
    lead.leave();
    const year = await make(from(followUp, 'console'));
    const { body } = await ask(`/api/meetings/${year.code}/agenda`, year.keys.console);
    assert.equal(body.title, 'Opfølgende samtale');
    assert.deepEqual(
      body.carried.map(({ text, outcome, word }) => ({ text, outcome, word })),
      [
        { text: 'Spørge elevrådet', outcome: undefined, word: undefined },
        { text: 'Måle igen', outcome: undefined, word: undefined },
      ],
    );
    const minutes = request(server.port, `GET /api/meetings/${followUp.code}/minutes?format=md`, {
      Authorization: `Bearer ${followUp.keys.leader}`,
    });
    const text = (await exchange(server.port, minutes)).body.toString();
    assert.match(text, /\*\*Spørge elevrådet\*\* \| i gang \| De mødes i maj/);
  });

  test('nobody makes one from a meeting whose key they have not', async () => {
    const key = 'x'.repeat(43);
    const refused = async (body, status, code) => {
      const answer = await post(body);
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.deepEqual(answer.body, { code, field: 'from' });
    };
    await refused({ from: { code: talk.code, key } }, 401, 'wrong_key');
    for (const role of ['board', 'scribe']) await refused(from(talk, role), 401, 'wrong_key');
    await refused({ from: { code: '2222-2222', key } }, 404, 'no_such_meeting');
    await refused({ from: { code: talk.code } }, 400, 'bad_field');
    await refused({ from: { code: talk.code, key: 7 } }, 400, 'bad_field');
    await refused({ from: talk.code }, 400, 'bad_field');
    await refused({ from: { code: talk.code, key, more: 1 } }, 400, 'bad_field');
    const earlier = await enter(talk, 'leader');
    // What was made from it, and from what was made from it; and nothing that was refused.
    assert.deepEqual(
      earlier.snapshot.chain.map((link) => [link.is, link.title]),
      [
        ['next', 'Opfølgende samtale'],
        ['next', 'Opfølgende samtale'],
      ],
    );
    earlier.leave();
  });
});
