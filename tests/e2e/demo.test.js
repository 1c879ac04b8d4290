// demo.test.js -- `runde demo` runs a whole meeting by itself, and its minutes have content.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { soon } from '../support/soon.js';
import { binary, server } from './browser.js';

/**
 * Runs `runde demo ARGS`, until the test is over at the latest; `until` waits for what it prints.
 */
function demo(t, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'runde-test-'));
  const child = spawn(binary, ['demo', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  t.after(() => child.kill('SIGKILL')); // Or a test that failed would wait for it for ever.
  const said = { out: '', err: '' };
  const ended = new Promise((done) => child.once('close', (code) => done(code)));
  const waiting = [];
  const look = () =>
    waiting.forEach(({ what, done }) => what.test(said.out) && done(said.out.match(what)));
  child.stdout.on('data', (bytes) => (said.out += bytes) && look());
  child.stderr.on('data', (bytes) => (said.err += bytes));
  return {
    said,
    ended,
    folder,
    until: (what) => {
      const found = new Promise((done) => waiting.push({ what, done }));
      look();
      return Promise.race([
        found,
        ended.then((code) => assert.fail(`it ended with ${code}: ${said.err}`)),
      ]);
    },
    stop: async () => {
      child.kill('SIGINT');
      const code = await ended;
      const left = existsSync(folder) ? readdirSync(folder) : [];
      rmSync(folder, { recursive: true, force: true });
      return { code, left };
    },
  };
}

const minutes = async (link) => {
  const { origin, pathname, hash } = new URL(link);
  const address = `${origin}/api/meetings/${pathname.split('/').at(-1)}/minutes?edition=participants&format=md`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${hash.slice(1)}` } });
  assert.equal(answer.status, 200);
  return answer.text();
};

test(
  'a demo leads a meeting to its end, and the minutes have content',
  { timeout: 900000 },
  async (t) => {
    const it = demo(t, '--listen', '127.0.0.1:0', '--speed', '60', '--lead');
    const [, scribe] = await it.until(/Referent +(\S+)/);
    for (const part of ['1b', '3b', '4a', '4b', '4c', '4d', '5a', '6a', '7a'])
      await it.until(new RegExp(`^  ${part} `, 'm'));
    const [, sent, refused] = await it.until(/(\d+) commands, (\d+) refused/);
    const text = await minutes(scribe);
    assert.match(text, /Alle med i pausen/);
    assert.match(text, /Hanne.*Skoleleder/s);
    assert.match(text, /Karen/, 'who has no phone');
    assert.match(text, /Voksne, der hvor legen er/, 'the answers');
    assert.match(text, /Lave en plan for, hvem der er ude hvornår/, 'the tasks');
    assert.match(text, /Mange ser det samme: pausens begyndelse er svær/, 'the recap of a lap');
    assert.match(text, /Alle kom til orde, også eleverne/, 'samtale om samtalen');
    assert.ok(Number(sent) > 100, `only ${sent} commands`);
    assert.ok(Number(refused) * 20 < Number(sent), `${refused} of ${sent} refused`);
    assert.deepEqual(await it.stop(), { code: 0, left: [] });
  },
);

test(
  'people of a demo talk two and two, and what they write stands on the board',
  { timeout: 900000 },
  async (t) => {
    const agenda = ['--template', 'udviklingssamtale-i-par'];
    const it = demo(t, '--listen', '127.0.0.1:0', '--speed', '60', '--lead', ...agenda);
    const [, scribe] = await it.until(/Referent +(\S+)/);
    await it.until(/^ {2}4b /m);
    await soon(async () => {
      const text = await minutes(scribe);
      assert.match(text, /Gangen fylder mere, end vi troede/);
      assert.match(text, /Begynd pausen med en leg, der er i gang/);
    });
    assert.deepEqual(await it.stop(), { code: 0, left: [] });
  },
);

test(
  'a demo joins a server that runs, and leaves the lead to others',
  { timeout: 900000 },
  async (t) => {
    const running = await server();
    t.after(() => running.stop());
    const it = demo(t, '--url', running.url, '--people', '5', '--speed', '60');
    const [, scribe] = await it.until(/Referent +(\S+)/);
    await soon(async () => {
      const text = await minutes(running.url + scribe.slice(new URL(scribe).origin.length));
      for (const name of ['Hanne', 'Thomas', 'Lone', 'Mette', 'Elev A'])
        assert.match(text, new RegExp(name));
    });
    assert.doesNotMatch(it.said.out, /1a /, 'nobody starts it');
    assert.equal((await it.stop()).code, 0);
  },
);

test(
  'what is wrong with a demo is said, and the exit code is of sysexits',
  { timeout: 900000 },
  async (t) => {
    const ends = async (...args) => {
      const it = demo(t, ...args);
      const code = await it.ended;
      await it.stop();
      return { code, ...it.said };
    };
    assert.match((await ends('--help')).out, /--speed/);
    assert.equal((await ends('--speed', '0')).code, 64);
    assert.equal((await ends('--people', 'many')).code, 64);
    const unknown = await ends('--listen', '127.0.0.1:0', '--template', 'none');
    assert.equal(unknown.code, 64);
    assert.match(unknown.err, /none: is not a template/);
    assert.equal((await ends('--url', 'gopher://x')).code, 64);
    const nobody = await ends('--url', 'http://127.0.0.1:1');
    assert.equal(nobody.code, 69);
    assert.match(nobody.err, /no server answers/);
  },
);
