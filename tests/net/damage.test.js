// damage.test.js -- files of the data folder that are harmed: before a start (a short piece of
// tests/crash/damage.js), and under a server that runs.
// tests/README.md, rows 61 and 69.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { exchange, request, start } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, rundePath } from './server.js';

const skip = !hasRunde && 'there is no server';
const script = fileURLToPath(new URL('../crash/damage.js', import.meta.url));

async function serve(t, data) {
  const args = ['--listen', '127.0.0.1:0', '--data', data, '--meeting', 'none', '--rate', '0'];
  const server = await start(rundePath, ['serve', ...args]);
  t.after(() => server.kill());
  return server;
}

function folder(t) {
  const data = mkdtempSync(path(tmpdir(), 'runde-damage-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** A meeting that has begun, and a phone in it that has said something. */
async function meeting(server) {
  const body = '{"template":"runde"}';
  const head = { 'Content-Length': String(body.length) };
  const made = await exchange(server.port, request(server.port, 'POST /api/meetings', head, body));
  const { code, links } = JSON.parse(made.body.toString());
  const lead = { as: 'console', meeting: code, key: links.console.split('#')[1] };
  const console_ = await join(server.port, lead);
  await console_.hear('snapshot');
  await console_.send('meeting.start');
  const phone = await join(server.port, {
    as: 'phone',
    meeting: code,
    name: 'Ana',
    id: randomUUID(),
  });
  await phone.hear('snapshot');
  return { lead, phone };
}

test('5 files that were harmed are named, or have lost nothing', { skip }, (t) => {
  const { status, stdout, stderr } = spawnSync('node', [script, '--seeds', '1', '24'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  t.diagnostic(stdout.trim());
  assert.match(stdout, /[1-9]\d* starts refused, [1-9]\d* with all there/);
});

for (const [what, harm] of Object.entries({
  'taken away': (file) => rmSync(file),
  replaced: (file) => {
    cpSync(file, `${file}-x`);
    renameSync(`${file}-x`, file);
  },
}))
  test(
    `5 a database that is ${what} under a server ends it, and nothing that was acknowledged is lost`,
    { skip },
    async (t) => {
      const data = folder(t);
      const server = await serve(t, data);
      const { lead, phone } = await meeting(server);
      const said = [];
      for (let i = 0; i < 5; i++) {
        const { ok } = await phone.send('contribution.add', { text: `Punkt ${i}` });
        assert.ok(ok);
        said.push(`Punkt ${i}`);
      }
      const file = path(data, 'runde.db');
      harm(file);
      const reply = await phone.send('contribution.add', { text: 'For sent' }).catch(() => null);
      assert.notEqual(reply?.ok, true, 'nobody is told that it is kept');
      assert.equal(await server.ended, 74);
      assert.match(server.log(), /error journal\.failed .*runde\.db was removed or replaced/);

      // It begins with no empty one in its place; what it says it has saved is all of it.
      if (what === 'taken away') {
        await assert.rejects(serve(t, data), /ended with 65 before listening[^]*is missing/);
        assert.ok(!existsSync(file), 'none was begun');
      }
      for (const beside of ['', '-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
      renameSync(`${file}-saved`, file);
      const again = await serve(t, data);
      const back = await join(again.port, lead);
      const { snapshot } = await back.hear('snapshot');
      const texts = snapshot.contributions.map(({ text }) => text);
      assert.deepEqual(texts.slice(0, said.length), said);
    },
  );
