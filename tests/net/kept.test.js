/**
 * kept.test.js -- one file of a meeting from which the chain goes on when the server has forgotten
 * it: what stands in it, and what does not.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

describe('what is kept for next year', { skip: !hasRunde && 'there is no server' }, () => {
  let server, elsewhere, talk, file, text;
  const NAMES = ['Henriette', 'Mohammed', 'Birgitte'];
  const SAID = ['Der mangler voksne ude', 'Jeg er ofte alene', 'God stemning'];
  const ask = async (at, { code, keys }, path, role) => {
    const headers = role ? { Authorization: `Bearer ${keys[role] ?? role}` } : {};
    const answer = await exchange(
      at.port,
      request(at.port, `GET /api/meetings/${code}${path}`, headers),
    );
    const body = answer.body.toString();
    return { status: answer.status, head: answer.headers, text: body, body: JSON.parse(body) };
  };
  const make = async (at, body) => {
    const sent = JSON.stringify(body);
    const length = { 'Content-Length': String(Buffer.byteLength(sent)) };
    const answer = await exchange(at.port, request(at.port, 'POST /api/meetings', length, sent));
    assert.equal(answer.status, 201, answer.body.toString());
    const { code, links } = JSON.parse(answer.body.toString());
    const keys = Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]);
    return { code, keys: Object.fromEntries(keys) };
  };
  const enter = async (at, { code, keys }, as) => {
    const it = await join(at.port, { as, meeting: code, key: keys[as] });
    const { snapshot } = await it.hear('snapshot');
    const must = async (name, fields) => {
      const reply = await it.send(name, fields);
      assert.ok(reply.ok, `${name}: ${JSON.stringify(reply)}`);
      return reply;
    };
    return { ...it, snapshot, must };
  };
  const agenda = {
    title: 'Skoletalk',
    date: '2026-11-20',
    place: 'Lærerværelset',
    focus: 'Hvordan bliver pausen bedre?',
    purpose: 'At vælge ét skridt.',
    before: [{ id: 'now', ask: 'Hvad gør vi nu?', text: 'Henriette spørger klasserne' }],
    items: [
      {
        no: 1,
        title: 'Samtale',
        minutes: 30,
        parts: [
          { id: 'a', method: 'turns', questions: ['Hvad ser Henriette?'] },
          { id: 'd', method: 'decision' },
          { id: 'r', method: 'retrospect' },
        ],
      },
    ],
  };

  before(async () => {
    server = await runde();
    elsewhere = await runde();
    talk = await make(server, { agenda });
    const lead = await enter(server, talk, 'console');
    const seats = [];
    for (const [i, name] of NAMES.entries()) {
      const role = ['Lærer', 'Elev', undefined][i];
      seats.push((await lead.must('seat.add', { name, function: role, device: 'none' })).made.seat);
    }
    const phone = await join(server.port, { as: 'phone', meeting: talk.code, name: 'Gustav' });
    await lead.must('meeting.start');
    await lead.must('contribution.add', { text: SAID[0], seat: seats[0] });
    await lead.must('contribution.add', { text: SAID[1], seat: seats[1] });
    await lead.must('part.next');
    await lead.must('decision.set', { answer: 'next_step', text: 'Henriette begynder' });
    await lead.must('decision.set', { answer: 'follow_up', date: '2027-05-14' });
    await lead.must('decision.set', {
      answer: 'tasks',
      tasks: [
        { text: 'Købe mål', owner: 'Henriette', seat: seats[0], due: '2027-01-14' },
        { text: 'Spørge Mohammed, mo@skole.dk', owner: 'Birgitte', seat: seats[2] },
        { text: 'Tegne baner' },
      ],
    });
    await lead.must('part.next');
    for (const [text_, box] of [
      ['Mere tid, sagde Gustav', 'adjust'],
      ['Stilheden', 'carry_forward'],
      [SAID[2], 'worked_well'],
    ])
      assert.ok((await phone.send('contribution.add', { text: text_, box })).ok);
    await lead.must('retro.show');
    const early = await ask(server, talk, '/next', 'leader');
    assert.deepEqual([early.status, early.body.code], [409, 'not_closed']);
    await lead.must('meeting.close');
    lead.leave();
    phone.leave();
    ({ text, body: file } = await ask(server, talk, '/next', 'leader'));
  });
  after(() => {
    server.kill();
    elsewhere.kill();
  });

  test('it is for those who plan, and for nobody else', async () => {
    for (const role of ['console', 'leader']) {
      const answer = await ask(server, talk, '/next', role);
      assert.equal(answer.status, 200, role);
      assert.deepEqual(answer.body, file);
    }
    for (const role of ['board', 'scribe'])
      assert.equal((await ask(server, talk, '/next', role)).status, 403, role);
    assert.equal((await ask(server, talk, '/next')).status, 401);
    assert.equal((await ask(server, talk, '/next', 'x'.repeat(43))).status, 401);
  });

  test('it holds what the chain goes on from', () => {
    const { carried, items, ...top } = file;
    assert.deepEqual(top, {
      version: 1,
      title: 'Skoletalk',
      place: 'Lærerværelset',
      focus: agenda.focus,
      purpose: agenda.purpose,
      from: 'Skoletalk',
      from_date: '2026-11-20',
      before: [{ id: 'now', ask: 'Hvad gør vi nu?' }],
    });
    assert.deepEqual(items[0].parts[0].questions, ['Hvad ser [Lærer]?']);
    const byText = (a, b) => (a.text < b.text ? -1 : 1);
    assert.deepEqual(carried.map(({ id, ...each }) => each).sort(byText), [
      { kind: 'task', text: 'Købe mål', owner: 'Lærer', due: '2027-01-14' },
      { kind: 'adjust', text: 'Mere tid, sagde [navn]' },
      { kind: 'task', text: 'Spørge [Elev], [e-mail]', owner: 'en deltager' },
      { kind: 'carry_forward', text: 'Stilheden' },
      { kind: 'task', text: 'Tegne baner' },
    ]);
  });

  test('nobody is named in it, and nothing that anybody said', () => {
    for (const word of [...NAMES, 'Gustav', ...SAID, '@', 'begynder', '"seat"'])
      assert.ok(!text.includes(word), word);
    for (const key of Object.values(talk.keys)) assert.ok(!text.includes(key));
    assert.ok(!text.includes(talk.code));
  });

  test('a server that never knew the meeting goes on from it, and keeps what came of each task', async () => {
    const { version, ...kept } = file;
    const follow = await make(elsewhere, { agenda: kept });
    const lead = await enter(elsewhere, follow, 'console');
    assert.equal(lead.snapshot.meeting.title, 'Skoletalk');
    const tasks = lead.snapshot.carried.filter(({ kind }) => kind === 'task');
    const came = (i, outcome, word) => lead.must('carried.set', { id: tasks[i].id, outcome, word });
    await lead.must('seat.add', { name: 'Yasmin', function: 'Elev', device: 'none' });
    await came(0, 'done', 'Yasmin fandt dem');
    await came(1, 'under_way', 'I maj');
    await came(2, 'dropped', '');
    await lead.must('meeting.start');
    await lead.must('meeting.close');
    lead.leave();
    const told = ({ body }) =>
      body.carried.map(({ text: what, outcome, word }) => [what, outcome, word]);
    assert.deepEqual(told(await ask(elsewhere, follow, '/next', 'leader')), [
      [tasks[1].text, 'under_way', 'I maj'],
      [tasks[0].text, 'done', '[Elev] fandt dem'],
      [tasks[2].text, 'dropped', ''],
    ]);
    // The next meeting here asks anew, and only of what is not done with.
    assert.deepEqual(told(await ask(elsewhere, follow, '/agenda', 'leader')), [
      [tasks[1].text, undefined, undefined],
    ]);
  });
});
