/**
 * secrets.test.js -- what one phone wrote for itself, and what opens anything, is told to nobody else
 * by any way that there is, and stands nowhere on the disk: tests/README.md, rows 46, 47, 48, 57 and 59.
 *
 * Everything that anybody else ever gets is kept, byte by byte, and searched at the end.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Raw, exchange, request, start, wait } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

const NOTE = 'Kun47 min egen';
const SEALED = 'Endnu53 kun min';
const PLAIN = 'Det59 alle ser';

describe('what is private', { skip: !hasRunde && 'there is no server' }, () => {
  let root, data, server, code, keys, ana, lead;
  let log = '';
  /** Everything that was told to others than Ana's phone, with who was told. */
  const told = [];
  /** What opens something, by name. */
  const secrets = {};
  const anaId = randomUUID();

  const serve = async () => {
    server = await start(rundePath, [
      ...['serve', '--listen', '127.0.0.1:0', '--metrics', '127.0.0.1:0', '--data', data],
      ...['--rate', '0', '--meeting', 'none', '--log', 'debug'],
    ]);
  };
  const ask = async (who, line, key, body = '') => {
    const answer = await exchange(
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
    if (who !== 'ana') told.push([`${who}: ${line}`, answer.text]);
    return answer;
  };
  /** Says hello; what is heard is kept. */
  async function enter(who, hello) {
    const ws = await Ws.open(server.port);
    const heard = [];
    const until = async (wanted) => {
      for (;;) {
        const found = heard.find(wanted);
        if (found) return found;
        const message = await ws.message();
        assert.ok(message && message.opcode === 1, `${who} was closed: ${JSON.stringify(heard)}`);
        const text = message.payload.toString();
        heard.push(JSON.parse(text));
        if (who !== 'ana') told.push([who, text]);
      }
    };
    ws.text(JSON.stringify({ hello: { meeting: code, ...hello } }));
    const first = await until((frame) => frame.welcome || frame.refused);
    if (first.welcome) await until((frame) => frame.snapshot);
    return {
      ...first,
      heard,
      until,
      snapshot: heard.find((frame) => frame.snapshot)?.snapshot,
      send(command, fields = {}) {
        const id = randomUUID();
        ws.text(JSON.stringify({ id, do: command, with: fields }));
        return until((frame) => frame.re === id);
      },
      leave: () => ws.destroy(),
    };
  }
  const good = async (who, command, fields) => {
    const reply = await who.send(command, fields);
    assert.ok(reply.ok, `${command}: ${JSON.stringify(reply)}`);
    return reply;
  };
  const link = (role) => enter(role, { as: role, key: keys[role] });

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'runde-secrets-'));
    data = join(root, 'data');
    await serve();
    const agenda = {
      items: [
        {
          no: 1,
          title: 'Runde',
          minutes: 30,
          parts: [
            { id: 'a', method: 'turns', minutes: 15 },
            { id: 'r', method: 'retrospect', minutes: 15 },
          ],
        },
      ],
    };
    const made = await ask('maker', 'POST /api/meetings', '', JSON.stringify({ agenda }));
    told.length = 0; // Who made it has all the links.
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.fromEntries(
      Object.entries(links).flatMap(([role, url]) => {
        const key = url.split('#')[1];
        return key ? [[role, key]] : [];
      }),
    );
    Object.assign(secrets, keys);
    ana = await enter('ana', { as: 'phone', name: 'Ana', function: 'Lærer', id: anaId });
    secrets['ana token'] = ana.welcome.token;
    secrets['ana id'] = anaId;
    lead = await link('console');
    await good(lead, 'meeting.start');
    await good(ana, 'note.save', { note: randomUUID(), text: NOTE });
    await good(ana, 'contribution.add', { text: PLAIN });
    await good(lead, 'part.goto', { part: 'r' });
    await good(ana, 'contribution.add', { text: SEALED, box: 'adjust' });
  });
  after(async () => {
    await server.kill();
    rmSync(root, { recursive: true, force: true });
  });

  test('everybody who comes in afterwards hears what there is to hear', async () => {
    for (const role of ['console', 'board', 'scribe', 'leader']) {
      const one = await link(role);
      if (role === 'board') assert.ok(JSON.stringify(one.snapshot).includes(PLAIN.slice(0, 5)));
      one.leave();
    }
    const bo = await enter('bo', { as: 'phone', name: 'Bo', id: randomUUID() });
    for (const [command, fields] of [
      ['note.share', { note: randomUUID() }],
      ['contribution.edit', { contribution: randomUUID(), text: 'x' }],
      ['seat.change', { seat: 1, name: 'Ikke Ana' }],
    ])
      assert.equal((await bo.send(command, fields)).ok, false, command);
    bo.leave();
  });

  test('by server-sent events it is the same', async () => {
    for (const hello of [
      { as: 'console', key: keys.console },
      { as: 'phone', name: 'Ulla', id: randomUUID() },
    ]) {
      const body = JSON.stringify({ hello: { meeting: code, ...hello } });
      const opened = await ask('stream', 'POST /stream', '', body);
      const { stream } = JSON.parse(opened.body.toString());
      secrets[`stream of ${hello.as}`] = stream;
      told.pop(); // It is its own.
      const raw = await Raw.connect(server.port);
      raw.send(request(server.port, 'GET /stream', { Authorization: `Bearer ${stream}` }));
      await raw.until(() => raw.got.includes('"snapshot"') && raw.got.includes('\n\n'));
      await wait(300);
      told.push(['stream', raw.got.toString().replace(/"token":"[^"]*"/g, '')]);
      raw.destroy();
    }
  });

  test('every address that there is, with every key, tells it to nobody', async () => {
    const places = [
      '',
      '/door',
      '/state',
      '/agenda',
      '/next',
      '/prepared',
      '/chain',
      '/export',
      '/notes',
    ].map((place) => `/api/meetings/${code}${place}`);
    for (const edition of ['participants', 'facilitator', 'public'])
      for (const format of ['html', 'md', 'docx', 'odt', 'json', 'ics'])
        places.push(`/api/meetings/${code}/minutes?edition=${edition}&format=${format}`);
    places.push(
      `/m/${code}`,
      '/api/templates',
      '/api/pairings',
      '/api/chief',
      '/healthz',
      '/readyz',
    );
    places.push('/version', '/metrics', `/console/${code}`, `/qr/${code}.svg`, '/list', '/export');
    for (const [role, key] of [['nobody', ''], ...Object.entries(keys)])
      for (const place of places) await ask(role, `GET ${place}`, key);
    const figures = await exchange(server.metrics, request(server.metrics, 'GET /metrics'));
    told.push(['metrics', figures.text]);
    const own = await ask(
      'ana',
      `GET /api/meetings/${code}/minutes?format=md`,
      secrets['ana token'],
    );
    assert.ok(own.body.toString().includes(PLAIN), 'her token opens the minutes');
  });

  test('48 the facilitator takes the seat in every way there is, and gets the seat', async () => {
    const spies = [];
    const spy = async (more) => {
      const one = await enter('spy', { as: 'phone', ...more });
      spies.push(one);
      return one;
    };
    // By its link; by a claim that the console grants itself; by a name that is hers.
    const made = await good(lead, 'seat.link', { seat: 1 });
    secrets['seat link'] = made.made.token;
    assert.equal((await ana.until((frame) => frame.refused)).refused.code, 'ended');
    for (const [more, refusal] of [
      [{}, 'wrong_key'],
      [{ id: anaId }, 'out'],
    ]) {
      const old = await enter('ana', { as: 'phone', token: secrets['ana token'], ...more });
      assert.equal(old.refused.code, refusal, 'what opened it is dead at once');
    }
    const first = await spy({ token: made.made.token, id: randomUUID() });
    secrets['spy token'] = first.welcome.token;
    const claims = randomUUID();
    const refused = await spy({ claim: 1, id: claims });
    assert.equal(refused.refused.code, 'seat_taken');
    const knock = await lead.until(({ facts }) =>
      facts?.some(({ fact }) => fact === 'knock.added'),
    );
    const { phone } = knock.facts.find(({ fact }) => fact === 'knock.added');
    assert.notEqual(phone, claims);
    secrets['spy id'] = claims;
    // What the console was told opens nothing, in either place.
    assert.equal((await spy({ id: phone })).refused?.code, 'bad_field');
    await good(lead, 'knock.answer', { phone, let_in: true });
    const second = await spy({ claim: 1, id: claims });
    assert.ok(second.welcome);
    const third = await spy({ name: 'Ana', function: 'Lærer', id: randomUUID() });
    assert.ok(third.welcome, 'another Ana is another person');
    for (const one of [first, second, third]) {
      assert.deepEqual(one.snapshot.notes ?? [], []);
      assert.deepEqual(one.snapshot.own ?? [], []);
      assert.ok(!one.heard.some((frame) => JSON.stringify(frame).includes(NOTE)));
    }
    for (const [command, fields] of [
      ['undo', {}],
      ['seat.change', { seat: 1, presence: 'left' }],
      ['seat.change', { seat: 1, presence: 'here' }],
    ])
      await lead.send(command, fields);
    spies.forEach((one) => one.leave());
  });

  test('46 47 killed, it has left nothing in its folder that opens anything; and its next start tells no more', async () => {
    const before = await ask('screen', 'POST /api/pairings');
    secrets.pairing = JSON.parse(before.body.toString()).secret;
    told.pop();
    const chief = await ask('chief', 'POST /api/chiefs');
    secrets.chief = JSON.parse(chief.body.toString()).link.split('#')[1];
    told.pop();
    const renewed = await good(lead, 'link.renew', { role: 'leader' });
    secrets['leader anew'] = renewed.made.token;
    server.process.kill('SIGKILL');
    await server.ended;
    log += server.log();
    const looked = [];
    let notes = 0;
    for (const name of readdirSync(data)) {
      if (name === 'create.key' || !statSync(join(data, name)).isFile()) continue;
      const bytes = readFileSync(join(data, name));
      looked.push(name);
      notes += bytes.includes(NOTE);
      for (const [what, secret] of Object.entries(secrets)) {
        const raw = / id$/.test(what)
          ? Buffer.from(secret.replaceAll('-', ''), 'hex')
          : Buffer.from(secret, 'base64url');
        assert.equal(bytes.includes(secret), false, `${what} stands in ${name}`);
        assert.equal(bytes.includes(raw), false, `${what} stands in ${name}, as bytes`);
        assert.equal(bytes.includes(raw.toString('hex')), false, `${what} stands in ${name}`);
      }
    }
    assert.ok(looked.includes('runde.db'));
    assert.ok(notes > 0, 'what stands there is found');
    const file = join(root, 'file.meeting');
    const exported = spawnSync(rundePath, ['export', code, file, '--data', data]);
    assert.equal(exported.status, 0, `${exported.stderr}`);
    const parcel = readFileSync(file, 'utf8');
    for (const [what, secret] of Object.entries(secrets))
      assert.ok(!parcel.includes(secret), `${what} stands in the meeting's file`);
    await serve();
    for (const role of ['console', 'board', 'scribe']) (await link(role)).leave();
    await becomes(async () => (await ask('nobody', 'GET /readyz')).status, 200);
  });

  test('46 nothing of it was told to anybody, and none of it stands in the log', async () => {
    log += server.log();
    assert.ok(told.length > 200);
    assert.ok(
      told.some(([, text]) => text.includes(PLAIN)),
      'what is told is found',
    );
    const ofAna = { NOTE: NOTE.slice(0, 5), SEALED: SEALED.slice(0, 7), id: anaId };
    for (const [who, text] of told) {
      for (const [what, secret] of Object.entries({ ...ofAna, token: secrets['ana token'] }))
        assert.ok(!text.includes(secret), `${what} was told to ${who}: ${text.slice(0, 200)}`);
      for (const role of ['console', 'board', 'scribe', 'leader'])
        assert.ok(!text.includes(keys[role]), `the key of the ${role} was told to ${who}`);
    }
    for (const [what, secret] of Object.entries({
      ...secrets,
      ...ofAna,
      PLAIN: 'Det59',
      name: 'Ana',
    }))
      assert.ok(!log.includes(secret), `${what} stands in the log`);
  });
});
