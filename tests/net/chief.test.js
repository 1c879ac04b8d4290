/**
 * chief.test.js -- the chief of several schools: a link is made, leaders share what was agreed and take
 * it back, and nothing that anybody said is in it.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { until } from '../support/soon.js';
import { join } from './client.js';
import { hasRunde, rundePath } from './server.js';

const { Ajv } = createRequire(new URL('../../web/package.json', import.meta.url))('ajv');
const schema = JSON.parse(
  readFileSync(new URL('../../protocol/chief.schema.json', import.meta.url), 'utf8'),
);
const fits = new Ajv({ strict: true, allErrors: true }).compile(schema);

const AGENDA = {
  locale: 'da',
  title: 'Alle med',
  place: 'Nordskovens Skole',
  date: '2026-11-17',
  focus: 'Hvordan hjælper vi Ahmed og de andre?',
  items: [
    {
      no: 1,
      title: 'Runde',
      minutes: 20,
      parts: [
        { id: 'a', method: 'turns', minutes: 5 },
        { id: 'b', method: 'spiral', minutes: 5, laps: 2 },
        { id: 'c', method: 'summary', minutes: 5 },
        { id: 'd', method: 'decision', minutes: 5 },
      ],
    },
  ],
};
const PEOPLE = [
  ['Mette', 'Lærer'],
  ['Ahmed', 'Elev'],
  ['Karen Bundgaard', 'Forælder'],
  ['Jens-Ole', 'Pædagog'],
];

describe('the chief of several schools', { skip: !hasRunde && 'there is no server' }, () => {
  const root = mkdtempSync(path(tmpdir(), 'runde-chief-'));
  const said = [];
  let server, made, logs;
  const ask = async (line, key, body) => {
    const answer = await exchange(
      server.port,
      request(
        server.port,
        line,
        {
          ...(key && { Authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
        },
        body ?? '',
      ),
    );
    return { status: answer.status, headers: answer.headers, text: answer.body.toString() };
  };
  // After a start it is `busy` until each meeting has been read once; pages ask again, too.
  const read = async (key) => {
    const { status, text } = await until(async () => {
      const answer = await ask('GET /api/chief', key);
      return answer.status !== 503 && answer;
    });
    assert.equal(status, 200, text);
    const shared = JSON.parse(text);
    assert.ok(fits(shared), JSON.stringify(fits.errors));
    return { text, ...shared };
  };
  const serve = (folder, port = 0) =>
    start(rundePath, [
      ...['serve', '--listen', `127.0.0.1:${port}`, '--data', path(root, folder)],
      ...['--meeting', 'none', '--rate', '0'],
    ]);
  const run = (...args) => {
    const { status, stdout, stderr } = spawnSync(rundePath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const enter = async (as, { code, keys }) => {
    const it = await join(server.port, { as, meeting: code, key: keys[as] });
    await it.hear('snapshot');
    return it;
  };
  /** A meeting in which much is said, and of which some is agreed. */
  const meet = async () => {
    const { text } = await ask('POST /api/meetings', '', JSON.stringify({ agenda: AGENDA }));
    const { code, links } = JSON.parse(text);
    const keys = Object.fromEntries(
      Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
    );
    const lead = await enter('console', { code, keys });
    const good = async (who, name, fields) => {
      const reply = await who.send(name, fields);
      assert.equal(reply.ok, true, `${name}: ${reply.code}`);
      return reply;
    };
    const say = (who, text, more = {}) => {
      said.push(text);
      return good(who, 'contribution.add', { text, ...more });
    };
    const phones = [];
    for (const [name, job] of PEOPLE) {
      const phone = await join(server.port, { as: 'phone', meeting: code, name, function: job });
      await phone.hear('snapshot');
      phones.push(phone);
    }
    await good(lead, 'meeting.start', {});
    for (const part of ['turns', 'spiral'])
      for (const [i, phone] of phones.entries()) {
        await say(phone, `${PEOPLE[i][0]} siger noget i ${part}`);
        if (part === 'turns' && i === phones.length - 1) await good(lead, 'part.next', {});
      }
    await good(lead, 'recap.save', { part: 'b', lap: 1, text: 'Det, der gik igen i runden' });
    said.push('Det, der gik igen i runden');
    await good(lead, 'part.next', {});
    await say(lead, 'Det er vi enige om i opsummeringen', { part: 'c', box: 'agreed' });
    await good(lead, 'part.next', {});
    await good(phones[1], 'note.save', {
      note: '3f2b8c1e-5a77-4a11-9d0e-1c2d3e4f5a6b',
      text: 'En hemmelig note',
    });
    said.push('En hemmelig note');
    for (const fields of [
      { answer: 'next_step', text: 'Mette & <b>Ahmed</b> prøver flere voksne ude\nhver tirsdag' },
      { answer: 'follow_up', date: '2027-02-01' },
      {
        answer: 'tasks',
        tasks: [
          { text: 'Spørger klasserne', owner: 'Mette', seat: 1, due: '2026-12-03' },
          { text: 'Ringer til Karen Bundgaard', owner: 'Jens-Ole' },
          { text: 'Laver en plan', owner: 'Skoleleder', due: '2026-12-10' },
        ],
      },
    ])
      await good(lead, 'decision.set', fields);
    await good(lead, 'meeting.close', {});
    [lead, ...phones].forEach((each) => each.leave());
    return { code, keys };
  };

  before(async () => {
    server = await serve('one');
    const answer = await ask('POST /api/chiefs', '', '{}');
    assert.equal(answer.status, 201);
    const { link, code } = JSON.parse(answer.text);
    assert.match(link, /^http:\/\/[^#]*\/chef#[A-Za-z0-9_-]{43}$/);
    made = { secret: link.split('#')[1], code, school: await meet() };
  });
  after(async () => {
    await server.kill();
    rmSync(root, { recursive: true, force: true });
  });

  test('a link nobody shares with hears the same as one that is made up', async () => {
    const none = await read(made.secret);
    assert.deepEqual([none.code, none.meetings, none.earlier], [made.code, [], []]);
    const other = await read('B'.repeat(43));
    assert.equal(other.text.replace(other.code, none.code), none.text);
    for (const key of ['', 'x', made.code, `${made.secret}x`, '%00', "' OR 1=1 --"]) {
      const { status, text } = await ask('GET /api/chief', key);
      assert.deepEqual([status, JSON.parse(text).code], [401, 'wrong_key'], key);
    }
  });

  test('what the leader allows is read at once, and by that secret alone', async () => {
    const leader = await enter('leader', made.school);
    for (const code of [
      ...[
        '7',
        '\u0007',
        '../../etc/passwd',
        '<script>',
        `${made.code}${made.code}`,
        'Æ'.repeat(16),
      ],
      made.code.replace(/.$/, (last) => (last === '2' ? '3' : '2')),
    ]) {
      const reply = await leader.send('chief.allow', { code });
      assert.ok(['wrong_code', 'bad_field'].includes(reply.code), `${code}: ${reply.code}`);
    }
    const reply = await leader.send('chief.allow', {
      code: made.code.toLowerCase().replaceAll('-', ' '),
      by: 'Lene Holm',
    });
    assert.equal(reply.ok, true, reply.code);
    const { meetings } = await read(made.secret);
    assert.equal(meetings.length, 1);
    assert.equal(meetings[0].place, 'Nordskovens Skole');
    assert.deepEqual((await read('B'.repeat(43))).meetings, []);
    assert.deepEqual((await read(made.school.keys.leader)).meetings, []);
    leader.leave();
  });

  test('it says what was agreed, and nothing that anybody said', async () => {
    const {
      text,
      meetings: [it],
    } = await read(made.secret);
    assert.deepEqual(
      it.tasks.map(({ owner, due }) => [owner, due]),
      [
        ['Lærer', '2026-12-03'],
        ['[Pædagog]', undefined],
        ['Skoleleder', '2026-12-10'],
      ],
    );
    assert.equal(
      it.answers[0].text,
      '[Lærer] & <b>[Elev]</b> prøver flere voksne ude\nhver tirsdag',
    );
    assert.equal(it.answers.find(({ answer }) => answer === 'follow_up').date, '2027-02-01');
    assert.deepEqual(it.open, ['action', 'targets', 'stakeholders', 'feedback']);
    assert.equal(it.focus, 'Hvordan hjælper vi [Elev] og de andre?');
    assert.ok(said.length >= 10);
    for (const words of [...said, ...PEOPLE.map(([name]) => name), 'Bundgaard', 'Lene', 'Holm'])
      assert.ok(!text.includes(words), words);
    for (const secret of [made.school.code, ...Object.values(made.school.keys).filter(Boolean)])
      assert.ok(!text.includes(secret));
  });

  test('a name that the leader lets stand in the public edition stands there too', async () => {
    const leader = await enter('leader', made.school);
    const mark = (choice) => leader.send('public.mark', { kind: 'name', text: 'Ahmed', choice });
    assert.equal((await mark('keep')).ok, true);
    assert.ok((await read(made.secret)).text.includes('Ahmed'));
    assert.equal((await mark('replace')).ok, true);
    assert.ok(!(await read(made.secret)).text.includes('Ahmed'));
    leader.leave();
  });

  test('a restart keeps it, and a meeting that goes to another server takes it along', async () => {
    const before_ = await read(made.secret);
    logs = server.log();
    await server.kill();
    const file = path(root, 'meeting.runde');
    run('export', made.school.code, file, '--data', path(root, 'one'));
    server = await serve('one');
    assert.equal((await read(made.secret)).text, before_.text);
    logs += server.log();
    await server.kill();
    server = await serve('two');
    assert.deepEqual((await read(made.secret)).meetings, []);
    run('import', file, '--data', path(root, 'two'));
    assert.equal((await read(made.secret)).text, before_.text);
    logs += server.log();
    await server.kill();
    server = await serve('one');
  });

  test('what is taken back is gone at once, and so is a meeting that is erased', async () => {
    const leader = await enter('leader', made.school);
    assert.equal((await leader.send('chief.refuse', { code: made.code })).ok, true);
    assert.deepEqual((await read(made.secret)).meetings, []);
    assert.equal((await leader.send('chief.allow', { code: made.code })).ok, true);
    assert.equal((await read(made.secret)).meetings.length, 1);
    leader.leave();
    run('erase', made.school.code, '--data', path(root, 'one'));
    assert.deepEqual((await read(made.secret)).meetings, []);
  });

  test('whoever makes secrets up must wait, and a chief with whom somebody shares need not', async () => {
    const school = await meet();
    const leader = await enter('leader', school);
    assert.equal((await leader.send('chief.allow', { code: made.code })).ok, true);
    leader.leave();
    let held = null;
    for (let i = 0; i < 200 && !held; i++) {
      const answer = await ask('GET /api/chief', String(i).padStart(43, 'A'));
      if (answer.status === 429) held = answer;
      else assert.equal(answer.status, 200);
    }
    assert.equal(JSON.parse(held.text).code, 'too_fast');
    assert.ok(Number(held.headers.get('retry-after')) > 0);
    assert.equal((await ask('GET /api/chief', 'x')).status, 429);
    assert.equal((await read(made.secret)).meetings.length, 1);
  });

  test('46 no secret of a chief stands in the log', () => {
    const log = logs + server.log();
    assert.ok(log.length > 0);
    assert.ok(!log.includes(made.secret));
  });
});

test(
  'where a key is asked of whoever makes a meeting, it is asked for a chief’s link too',
  { skip: !hasRunde && 'there is no server' },
  async () => {
    const data = mkdtempSync(path(tmpdir(), 'runde-chief-'));
    const server = await start(rundePath, [
      ...['serve', '--listen', '127.0.0.1:0', '--data', data],
      ...['--meeting', 'none', '--create', 'key'],
    ]);
    const make = async (headers = {}) =>
      (
        await exchange(
          server.port,
          request(server.port, 'POST /api/chiefs', { 'Content-Length': '2', ...headers }, '{}'),
        )
      ).status;
    const key = readFileSync(path(data, 'create.key'), 'utf8').trim();
    assert.equal(await make(), 401);
    assert.equal(await make({ Authorization: `Bearer ${'x'.repeat(43)}` }), 401);
    assert.equal(await make({ Authorization: `Bearer ${key}` }), 201);
    await server.kill();
    rmSync(data, { recursive: true, force: true });
  },
);
