/**
 * minutes.test.js -- the minutes as they are fetched: who gets which edition, in which form, and what
 * is answered to whoever asks for others.  tests/README.md, row 51.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { exchange, request } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, runde } from './server.js';

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const TYPES = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  docx: WORD,
  odt: 'application/vnd.oasis.opendocument.text',
  json: 'application/json',
  ics: 'text/calendar; charset=utf-8',
};

/** Whether LibreOffice is here to be asked. */
const office = () => {
  try {
    execFileSync('soffice', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

describe('minutes', { skip: !hasRunde && 'there is no server' }, () => {
  let server, code, keys, token;
  const ask = (line, key, body = '') =>
    exchange(
      server.port,
      request(
        server.port,
        line,
        {
          ...(key && { Authorization: `Bearer ${key}` }),
          ...(line.startsWith('POST') && { 'Content-Length': String(Buffer.byteLength(body)) }),
        },
        body,
      ),
    );
  const minutes = (query, key = keys.scribe) =>
    ask(`GET /api/meetings/${code}/minutes?${query}`, key);
  const refusal = ({ status, body }) => [status, JSON.parse(body.toString())];

  before(async () => {
    server = await runde();
    const agenda = {
      locale: 'da',
      title: 'Alle med i frikvarteret',
      items: [
        {
          no: 1,
          title: 'Beslutning',
          minutes: 10,
          parts: [{ id: '1a', method: 'decision', minutes: 10, title: 'Fælles drøftelse' }],
        },
      ],
    };
    const made = await ask('POST /api/meetings', '', JSON.stringify({ agenda }));
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.fromEntries(
      Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
    );
    const phone = await join(server.port, { as: 'phone', meeting: code, name: 'Mette' });
    const { welcome } = await phone.hear('welcome');
    token = welcome.token;
    const console_ = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    await console_.hear('snapshot');
    for (const [name, fields] of [
      ['meeting.start', {}],
      ['decision.set', { answer: 'next_step', text: 'Voksne & <b>bolde</b>' }],
      ['decision.set', { answer: 'follow_up', date: '2027-02-01' }],
      [
        'decision.set',
        {
          answer: 'tasks',
          tasks: [{ text: 'Spørger klasserne', owner: 'Mette', due: '2026-12-03' }],
        },
      ],
    ])
      assert.equal((await console_.send(name, fields)).ok, true, name);
    console_.leave();
    phone.leave();
  });
  after(() => server.kill());

  test('each form has its type and its name', async () => {
    for (const [format, type] of Object.entries(TYPES)) {
      const it = await minutes(`format=${format}`);
      assert.equal(it.status, 200, format);
      assert.equal(it.headers.get('content-type'), type);
      assert.equal(
        it.headers.get('content-disposition'),
        `attachment; filename="referat-${code}.${format}"`,
      );
      assert.ok(it.body.length > 400, format);
    }
  });

  test('every key and a phone’s token open the participants’ edition, but a board’s', async () => {
    for (const key of [keys.console, keys.scribe, keys.leader, token])
      assert.equal((await minutes('edition=participants&format=md', key)).status, 200);
    assert.deepEqual(refusal(await minutes('format=md', keys.board)), [
      403,
      { code: 'forbidden', field: null },
    ]);
    for (const key of ['', 'x'.repeat(43)])
      assert.deepEqual(refusal(await minutes('format=md', key)), [
        401,
        { code: 'wrong_key', field: null },
      ]);
  });

  test('the facilitator’s copy is the console’s alone', async () => {
    assert.match(
      (await minutes('edition=facilitator&format=md', keys.console)).body.toString(),
      /## Plan og forløb/,
    );
    for (const key of [keys.scribe, keys.leader, token])
      assert.equal((await minutes('edition=facilitator&format=md', key)).status, 403);
  });

  test('what was written since stands in what is fetched next, in every form', async () => {
    const console_ = await join(server.port, { as: 'console', meeting: code, key: keys.console });
    await console_.hear('snapshot');
    for (const [i, format] of ['md', 'html', 'json', 'md'].entries()) {
      const text = `Svar nummer ${i}`;
      await minutes(`format=${format}`);
      await console_.send('decision.set', { answer: 'feedback', text });
      assert.ok((await minutes(`format=${format}`)).body.toString().includes(text), format);
      assert.ok((await minutes('format=html')).body.toString().includes(text), format);
    }
    console_.leave();
  });

  test('a calendar without a day is none', async () => {
    const made = await ask('POST /api/meetings', '', '{"template":"runde"}');
    const { code: other, links } = JSON.parse(made.body.toString());
    const none = await ask(
      `GET /api/meetings/${other}/minutes?format=ics`,
      links.scribe.split('#')[1],
    );
    assert.deepEqual(refusal(none), [404, { code: 'nothing_dated', field: 'format' }]);
  });

  test('what is not made is told by name', async () => {
    assert.deepEqual(refusal(await minutes('format=pdf')), [
      400,
      { code: 'bad_field', field: 'format' },
    ]);
    assert.deepEqual(refusal(await minutes('edition=secret')), [
      400,
      { code: 'bad_field', field: 'edition' },
    ]);
    const none = await ask(`GET /api/meetings/ZZZZ-ZZZZ/minutes`, keys.scribe);
    assert.deepEqual(refusal(none), [404, { code: 'no_such_meeting', field: null }]);
  });

  for (const format of ['docx', 'odt'])
    test(`a ${format} opens in LibreOffice, and says what the others say`, async (t) => {
      if (!office()) return t.skip('LibreOffice is not installed');
      const folder = mkdtempSync(path(tmpdir(), 'runde-word-'));
      try {
        const file = path(folder, `minutes.${format}`);
        writeFileSync(file, (await minutes(`format=${format}`)).body);
        const profile = `-env:UserInstallation=file://${folder}/profile`;
        const to = ['--convert-to', 'txt:Text (encoded):UTF8', '--outdir', folder, file];
        execFileSync('soffice', ['--headless', profile, ...to], { stdio: 'ignore' });
        const text = readFileSync(path(folder, 'minutes.txt'), 'utf8');
        const seen = text.replace(/[\s•\ufeff]+/g, '');
        const words = ({ of = [], text: own = '' }) =>
          own + of.map((each) => (typeof each === 'string' ? each : words(each))).join('');
        const tree = JSON.parse((await minutes('format=json')).body.toString());
        assert.equal(seen, words(tree).replace(/\s+/g, ''));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

  test('once it is over, what is fetched is told to leader and console, and to nobody else', async () => {
    const as = (role) => join(server.port, { as: role, meeting: code, key: keys[role] });
    const console_ = await as('console');
    await console_.hear('snapshot');
    await minutes('format=docx', keys.leader); // While it runs, nothing is noted.
    assert.equal((await console_.send('meeting.close')).ok, true);
    const leader = await as('leader');
    assert.deepEqual((await leader.hear('snapshot')).snapshot.fetched, []);
    for (const query of ['format=docx', 'format=docx', 'format=json', 'edition=public'])
      assert.equal((await minutes(query, keys.leader)).status, 200);
    const heard = [];
    while (heard.length < 2)
      heard.push(
        ...(await leader.hear('facts')).facts.filter(({ fact }) => fact === 'minutes.fetched'),
      );
    assert.deepEqual(
      heard.map(({ file, format, as: by }) => [file, format, by]),
      [
        ['participants', 'docx', 'leader'],
        ['public', 'html', 'leader'],
      ],
    );
    for (const { day } of heard) assert.match(day, /^20\d\d-\d\d-\d\d$/);
    leader.leave();
    const again = await as('console');
    assert.equal((await again.hear('snapshot')).snapshot.fetched.length, 2);
    again.leave();
    console_.leave();
    for (const hello of [
      { as: 'scribe', meeting: code, key: keys.scribe },
      { as: 'board', meeting: code, key: keys.board },
      { as: 'phone', meeting: code, token },
    ]) {
      const other = await join(server.port, hello);
      const { snapshot } = await other.hear('snapshot');
      assert.equal(snapshot.fetched, undefined, hello.as);
      other.leave();
    }
    for (const edition of ['public', 'participants', 'facilitator'])
      assert.doesNotMatch(
        (await minutes(`edition=${edition}&format=json`, keys.console)).body.toString(),
        /hentet|docx/i,
      );
  });
});
