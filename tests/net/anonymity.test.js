/**
 * anonymity.test.js -- who wrote a point of a retrospect is nowhere once all are shown: not in the
 * folder of a server that was killed in that moment, not in what it has after the next start, not in
 * what anybody is told. tests/README.md, rows 50 and 63.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start, wait } from '../support/rawhttp.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

const BOXES = ['worked_well', 'adjust', 'carry_forward'];
/** Ana's is the only one of its box, and she wrote it when everybody saw her write. */
const alone = 'Alene47 i sin kasse';
const others = ['Bo et', 'Bo to', 'Ida tre', 'Ida fire'].map((text) => `${text} Flere53`);

const serve = (data) =>
  start(rundePath, [
    ...['serve', '--listen', '127.0.0.1:0', '--data', data],
    ...['--rate', '0', '--meeting', 'none'],
  ]);

/** Somebody in the meeting: what was heard, and a command's answer. */
async function enter(port, hello) {
  const ws = await Ws.open(port);
  const heard = [];
  const until = async (wanted) => {
    for (;;) {
      const found = heard.find(wanted);
      if (found) return found;
      heard.push(JSON.parse((await ws.message()).payload.toString()));
    }
  };
  ws.text(JSON.stringify({ hello }));
  const { welcome } = await until((frame) => frame.welcome);
  await until((frame) => frame.snapshot);
  return {
    heard,
    welcome,
    until,
    fact: (name) => until(({ facts }) => facts?.some(({ fact }) => fact === name)),
    send(command, fields = {}) {
      const id = randomUUID();
      ws.text(JSON.stringify({ id, do: command, with: fields }));
      return until((frame) => frame.re === id);
    },
    leave: () => ws.destroy(),
  };
}

const bytesOf = (data) =>
  readdirSync(data)
    .filter((name) => name.startsWith('runde.db'))
    .map((name) => [name, readFileSync(join(data, name))]);

const countOf = (bytes, text) => bytes.toString('latin1').split(text).length - 1;

/** The facts of a meeting as its file has them, which nothing is left out of. */
function factsOf(root, data, code) {
  const file = join(root, `${randomUUID()}.meeting`);
  const { status, stderr } = spawnSync(rundePath, ['export', code, file, '--data', data], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test(
  '50 killed as the points were shown, the server has left nothing that says whose they were',
  { skip: !hasRunde && 'there is no server' },
  async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'runde-anonymity-'));
    const data = join(root, 'data');
    let server = await serve(data);
    let log = '';
    t.after(async () => {
      await server.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    });
    const agenda = {
      items: [
        {
          no: 1,
          title: 'Samtale om samtalen',
          minutes: 9,
          parts: [{ id: 'a', method: 'retrospect', minutes: 9 }],
        },
      ],
    };
    const body = JSON.stringify({ agenda });
    const made = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', { 'Content-Length': `${body.length}` }, body),
    );
    const { code, links } = JSON.parse(made.body.toString());
    const key = links.console.split('#')[1];
    const ids = { Ana: randomUUID(), Bo: randomUUID(), Ida: randomUUID() };
    const phone = (name) => enter(server.port, { as: 'phone', meeting: code, name, id: ids[name] });
    const lead = () => enter(server.port, { as: 'console', meeting: code, key });
    let [ana, bo, ida] = [await phone('Ana'), await phone('Bo'), await phone('Ida')];
    let console_ = await lead();
    assert.ok((await console_.send('meeting.start')).ok);

    const add = (who, text, box) => who.send('contribution.add', { text, box });
    await add(bo, others[0], BOXES[0]);
    await wait(1500);
    const { made: mine } = await add(ana, `${alone} først`, BOXES[1]);
    await wait(1500);
    await add(ida, others[2], BOXES[0]);
    await add(bo, others[1], BOXES[2]);
    await add(ida, others[3], BOXES[2]);
    const mended = { contribution: mine.contribution, text: alone };
    assert.ok((await ana.send('contribution.edit', mended)).ok);

    // Until then they are kept, also over a kill -9.
    await server.kill('SIGKILL');
    log += server.log();
    server = await serve(data);
    [ana, bo, ida] = [await phone('Ana'), await phone('Bo'), await phone('Ida')];
    console_ = await lead();
    const { snapshot } = await ana.until((frame) => frame.snapshot);
    assert.equal(snapshot.own[0].text, alone);

    // The answer is the first that anybody hears of it: nothing may be left by then.
    assert.ok((await console_.send('retro.show')).ok);
    server.process.kill('SIGKILL');
    await server.ended;
    log += server.log();
    assert.equal(existsSync(join(data, 'runde.db')), true);
    let texts = 0;
    for (const [name, bytes] of bytesOf(data)) {
      const is = bytes.toString('latin1');
      texts += countOf(bytes, 'Alene47');
      assert.equal(countOf(bytes, 'Alene47 i sin kasse f'), 0, `${name}: what it was before`);
      // In the facts that the points came by there is neither seat, nor box, nor phone.
      assert.doesNotMatch(is, /retro\.(added|edited)[^{}]*"(seat|box|text|handset)"/, name);
      assert.doesNotMatch(is, /\{[^{}]*"(seat|handset)"[^{}]*(Alene47|Flere53)/, name);
      assert.doesNotMatch(is, /\{[^{}]*(Alene47|Flere53)[^{}]*"(seat|handset)"/, name);
    }
    assert.equal(texts, 1, 'once, as nobody’s');

    const facts = factsOf(root, data, code);
    const written = facts.filter((line) => /retro\.(added|edited)/.test(JSON.stringify(line)));
    assert.equal(written.length, 6);
    for (const line of written) {
      const is = JSON.stringify(line);
      for (const what of ['seat', 'box', 'Alene47', 'Flere53', 'command', 'made'])
        assert.ok(!is.includes(`"${what}`) && !is.includes(what + '47'), `${what}: ${is}`);
      const phones = Object.values(ids).map((id) =>
        createHash('sha256')
          .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
          .digest('hex'),
      );
      assert.ok(!phones.some((hash) => is.includes(hash)));
    }
    // Nor when: they all have one time, which the fact before them had.
    for (const what of ['at', 'wall']) {
      const times = new Set(written.map((line) => line[what]));
      assert.equal(times.size, 1, what);
      const before = facts[facts.indexOf(written[0]) - 1];
      assert.ok(Math.abs(before[what] - written[0][what]) < 100, what);
    }

    // After the next start it is nobody's for everybody, its author too.
    server = await serve(data);
    const all = await Promise.all([phone('Ana'), phone('Bo'), phone('Ida'), lead()]);
    for (const one of all) {
      const said = (await one.until((frame) => frame.snapshot)).snapshot;
      assert.equal(said.contributions.length, 5);
      assert.deepEqual(new Set(said.contributions.map(({ seat }) => seat)), new Set([null]));
      assert.ok(!said.contributions.some(({ id }) => id === mine.contribution));
      assert.deepEqual(said.own ?? [], []);
    }
    assert.ok((await all[3].send('meeting.close')).ok);
    for (const edition of ['facilitator', 'participants'])
      for (const format of ['json', 'md', 'html']) {
        const { status, body: paper } = await exchange(
          server.port,
          request(
            server.port,
            `GET /api/meetings/${code}/minutes?edition=${edition}&format=${format}`,
            { Authorization: `Bearer ${key}` },
          ),
        );
        assert.equal(status, 200);
        const line = paper
          .toString()
          .split('\n')
          .find((each) => each.includes('Alene47'));
        assert.ok(line, 'it stands in the minutes');
        if (format === 'md') assert.doesNotMatch(line, /Ana/);
      }
    log += server.log();
    for (const what of ['Alene47', 'Flere53', 'Ana', 'Ida']) assert.ok(!log.includes(what), what);
  },
);
