/**
 * notes.test.js -- what was private is nowhere a day after the end: tests/README.md, rows 55, 57 and 67, as far
 * as it goes for notes.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start, wait } from '../support/rawhttp.js';
import { becomes } from '../support/soon.js';
import { Ws } from '../support/rawws.js';
import { hasRunde, rundePath } from './server.js';

test(
  '55 a private note is nowhere in the folder a day after the end',
  { skip: !hasRunde && 'there is no server' },
  async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'runde-notes-')),
      data = join(root, 'data'),
      clock = join(root, 'clock');
    const later = (ms) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigInt64LE(BigInt(ms));
      writeFileSync(clock, bytes, { flag: 'r+' });
    };
    writeFileSync(clock, Buffer.alloc(8));
    const server = await start(rundePath, [
      'serve',
      '--listen',
      '127.0.0.1:0',
      '--data',
      data,
      '--meeting',
      'none',
      '--test-clock',
      clock,
    ]);
    t.after(() => server.kill().then(() => rmSync(root, { recursive: true, force: true })));
    const body = '{"template":"runde"}';
    const made = await exchange(
      server.port,
      request(server.port, 'POST /api/meetings', { 'Content-Length': String(body.length) }, body),
    );
    const { code, links } = JSON.parse(made.body.toString());
    const enter = async (hello) => {
      const ws = await Ws.open(server.port);
      ws.text(JSON.stringify({ hello: { meeting: code, ...hello } }));
      while (!('snapshot' in JSON.parse((await ws.message()).payload.toString()))); // Until then it is busy.
      const order = async (what, with_ = {}) => {
        ws.text(JSON.stringify({ id: randomUUID(), do: what, with: with_ }));
        for (;;) {
          const answer = JSON.parse((await ws.message()).payload.toString());
          if ('re' in answer) return assert.ok(answer.ok, JSON.stringify(answer));
        }
      };
      return order;
    };
    const phone = await enter({ as: 'phone', name: 'Ana' });
    const lead = await enter({ as: 'console', key: links.console.split('#')[1] });
    const note = '11111111-1111-4111-8111-111111111111',
      secret = 'Hemmelighed47';
    const found = () =>
      readdirSync(data).filter(
        (name) => name.startsWith('runde.db') && readFileSync(join(data, name)).includes(secret),
      );

    await phone('note.save', { note, text: `${secret} et` });
    await phone('note.save', { note, text: `${secret} to` });
    assert.notEqual(found().length, 0);
    await phone('note.save', { note, text: '' });
    await becomes(found, []); // What its author takes away is gone at once, every version of it.
    const other = '22222222-2222-4222-8222-222222222222';
    await phone('note.save', { note: other, text: `${secret} tre` });
    await lead('meeting.close');
    later(86400000 - 60000);
    await wait(500);
    assert.notEqual(found().length, 0, 'kept for a day, to be fetched');
    later(86400000 + 60000);
    await becomes(found, []);
  },
);
