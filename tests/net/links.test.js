/**
 * links.test.js -- a link is made anew, and what was is dead at once: tests/README.md, rows 24, 45,
 * 46, 47 and 48.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

/** Runs `runde ARGS` to its end. @returns {Promise<{code: number, out: string, err: string}>} */
const run = (...args) =>
  new Promise((resolve) => {
    const child = spawn(rundePath, args);
    let out = '',
      err = '';
    child.stdout.on('data', (text) => (out += text));
    child.stderr.on('data', (text) => (err += text));
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
  });

/** The secret that `runde link` printed. */
const secretOf = ({ out }) => out.match(/http:\S+#([A-Za-z0-9_-]{43})$/m)[1];

describe('a link made anew', { skip: !hasRunde && 'there is no server' }, () => {
  let root,
    data,
    server,
    code,
    keys,
    logs = '';
  const open = () =>
    start(rundePath, ['serve', '--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none']);
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
  const minutes = async (key) => (await ask(`GET /api/meetings/${code}/minutes`, key)).status;
  const next = async (ws) => JSON.parse((await ws.message()).payload.toString());
  /** Says hello; the connection, and what was answered. */
  const join_ = async (as, more) => {
    const ws = await Ws.open(server.port);
    ws.text(JSON.stringify({ hello: { as, meeting: code, ...more } }));
    const answer = await next(ws);
    if (answer.welcome) await next(ws); // The snapshot.
    return { ws, ...answer };
  };
  /** Hears until there is one with `key`. */
  const until = async (ws, key) => {
    for (;;) {
      const one = await next(ws);
      if (key in one) return one;
    }
  };
  /** The socket, by a name that is short enough. */
  const inlet = () => {
    const short = join(root, 'short');
    if (!existsSync(short)) symlinkSync(data, short);
    return join(short, 'inlet');
  };
  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'runde-links-'));
    // Longer than a socket's name may be.
    data = join(root, 'd'.repeat(120));
    mkdirSync(data);
    server = await open();
    const made = await ask('POST /api/meetings', '', '{"template":"runde"}');
    const { code: of, links } = JSON.parse(made.body.toString());
    code = of;
    keys = Object.fromEntries(
      Object.entries(links).map(([role, link]) => [role, link.split('#')[1]]),
    );
  });
  after(async () => {
    await server.kill();
    rmSync(root, { recursive: true, force: true });
  });

  test('24 48 the console that is lost: whoever runs the server makes its link anew, the old one is dead', async () => {
    const old = await join_('console', { key: keys.console });
    const board = await join_('board', { key: keys.board });
    const made = await run('link', code.toLowerCase().replace('-', ''), '--data', data);
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, new RegExp(`/console/${code}#`));
    assert.equal((await until(old.ws, 'refused')).refused.code, 'ended');
    assert.equal(await old.ws.closing(), 1008);
    assert.equal((await join_('console', { key: keys.console })).refused.code, 'wrong_key');
    assert.equal(await minutes(keys.console), 401);
    keys.console = secretOf(made);
    assert.ok((await join_('console', { key: keys.console })).welcome);
    assert.equal(await minutes(keys.console), 200);
    board.ws.text('{"clock":{"sent":1}}');
    assert.ok(await until(board.ws, 'clock'), "the others' links live on");
  });

  test('24 each role has its own', async () => {
    for (const role of ['board', 'scribe', 'leader']) {
      const made = await run('link', code, role, '--data', data);
      assert.equal(made.code, 0, made.err);
      assert.equal((await join_(role, { key: keys[role] })).refused.code, 'wrong_key');
      keys[role] = secretOf(made);
      assert.ok((await join_(role, { key: keys[role] })).welcome);
    }
  });

  test('what cannot be done is said, with its own exit code', async () => {
    assert.equal((await run('link', 'K7QM-4XPR', '--data', data)).code, 66);
    assert.equal((await run('link', '--data', data)).code, 64);
    assert.equal((await run('link', 'K7QM', '--data', data)).code, 64);
    assert.equal((await run('link', code, 'phone', '--data', data)).code, 64);
    assert.equal((await run('link', code, 'board', 'x', '--data', data)).code, 64);
    const none = await run('link', code, '--data', root);
    assert.equal(none.code, 69);
    assert.match(none.err, /no server runs/);
    assert.match(
      (await run('link', '--help')).out,
      /^Usage: runde link \[OPTION\.\.\.\] CODE \[ROLE\]/,
    );
  });

  test('45 nobody may ask for it over the network', async () => {
    for (const key of ['', keys.console, keys.leader])
      assert.equal((await ask(`POST /api/meetings/${code}/links?role=board`, key)).status, 405);
  });

  test("the socket is its owner's alone, and takes one short line", async () => {
    assert.equal(statSync(join(data, 'inlet')).mode & 0o777, 0o600);
    /** All that is answered to these bytes. */
    const say = (bytes) =>
      new Promise((resolve) => {
        const socket = net.connect(inlet());
        let got = '';
        socket.on('data', (text) => (got += text));
        socket.on('error', () => {});
        socket.on('close', () => resolve(got));
        socket.write(bytes);
      });
    assert.match(await say(`/api/meetings/${code}/links?role=pope\n`), /"bad_field"/);
    assert.match(await say('/api/meetings\n'), /"code"/);
    assert.match(await say('\n'), /"unknown_command"|"forbidden"/);
    assert.equal(await say('x'.repeat(300)), '');
    const idle = Array.from({ length: 12 }, () => net.connect(inlet()).on('error', () => {}));
    await Promise.all(
      idle.slice(8).map((socket) => new Promise((resolve) => socket.on('close', resolve))),
    );
    idle[0].destroy();
    await new Promise((resolve) => idle[0].on('close', resolve));
    assert.equal((await run('link', code, 'scribe', '--data', data)).code, 0);
    idle.forEach((socket) => socket.destroy());
  });

  test("a seat's link is drawn for whoever has its token, used or not, and for nobody else", async () => {
    const lead = await join_('console', { key: keys.console });
    const phone = await join_('phone', { name: 'Flytter' });
    const draw = async (token) => {
      const { status, headers, body } = await ask(`GET /api/meetings/${code}/qr?link=join`, token);
      return { status, type: headers.get('content-type'), svg: body.toString() };
    };
    const own = await draw(phone.welcome.token);
    assert.equal(own.type, 'image/svg+xml');
    lead.ws.text(
      JSON.stringify({
        id: '33333333-3333-4333-8333-333333333333',
        do: 'seat.link',
        with: { seat: phone.welcome.seat },
      }),
    );
    const { token } = (await until(lead.ws, 're')).made;
    const once = await draw(token);
    assert.equal(once.status, 200);
    assert.match(once.svg, /^<svg /);
    assert.notEqual(once.svg, own.svg);
    assert.ok(!once.svg.includes(token));
    for (const none of ['', phone.welcome.token, keys.console, 'x'.repeat(43)])
      assert.equal((await draw(none)).status, 401);
    assert.equal(await minutes(token), 401, 'a link that nobody has used yet reads nothing');
  });

  test('48 who is out of the meeting, and a meeting that is over', async () => {
    const lead = await join_('console', { key: keys.console });
    const out = await join_('phone', { name: 'Ude' });
    const in_ = await join_('phone', { name: 'Inde' });
    const order = async (id, what, with_) => {
      lead.ws.text(
        JSON.stringify({ id: `11111111-1111-4111-8111-1111111111${id}`, do: what, with: with_ }),
      );
      return until(lead.ws, 're');
    };
    assert.ok((await order('01', 'seat.link', { seat: out.welcome.seat })).ok);
    assert.equal((await until(out.ws, 'refused')).refused.code, 'ended');
    assert.equal(await out.ws.closing(), 1008);
    assert.equal((await join_('phone', { token: out.welcome.token })).refused.code, 'wrong_key');
    assert.equal(await minutes(out.welcome.token), 401);
    const { made } = await order('03', 'seat.link', { seat: out.welcome.seat });
    const free = (await order('04', 'seat.add', { name: 'Ingen' })).made.seat;
    assert.ok((await order('02', 'meeting.close', {})).ok);
    in_.ws.text(
      '{"id":"22222222-2222-4222-8222-222222222222","do":"contribution.add","with":{"text":"For sent"}}',
    );
    assert.equal((await until(in_.ws, 're')).code, 'closed');
    assert.equal(
      (await join_('phone', { token: made.token })).refused.code,
      'wrong_key',
      'a link that nobody used',
    );
    assert.equal((await join_('phone', { name: 'Ny' })).refused.code, 'closed');
    assert.equal(
      (await join_('phone', { claim: free })).refused.code,
      'closed',
      'a seat that is free',
    );
    assert.ok(
      (await join_('phone', { token: in_.welcome.token })).welcome,
      'who was there can read what was said',
    );
  });

  test('a server that was killed leaves no socket in the way, one that was stopped none at all', async () => {
    await server.kill('SIGKILL');
    logs += server.log();
    assert.ok(existsSync(join(data, 'inlet')));
    assert.equal((await run('link', code, '--data', data)).code, 69);
    server = await open();
    const made = await run('link', code, '--data', data);
    assert.equal(made.code, 0, made.err);
    keys.console = secretOf(made);
    const idle = net.connect(inlet()).on('error', () => {});
    await new Promise((resolve) => idle.on('connect', resolve));
    assert.equal(await server.kill(), 0, 'also while somebody has asked nothing yet');
    logs += server.log();
    assert.ok(!existsSync(join(data, 'inlet')));
    server = await open();
    assert.ok((await join_('console', { key: keys.console })).welcome);
  });

  test('46 47 no key stands in the log or in the folder', () => {
    for (const key of Object.values(keys).filter(Boolean)) {
      assert.ok(!(logs + server.log()).includes(key));
      for (const name of readdirSync(data).filter((each) => each !== 'inlet'))
        assert.equal(readFileSync(join(data, name)).indexOf(key), -1, name);
    }
  });
});
