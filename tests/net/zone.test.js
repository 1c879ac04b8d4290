/**
 * zone.test.js -- minutes tell the hours of the place where a meeting is, wherever the server stands.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { join } from './client.js';
import { hasRunde, rundePath } from './server.js';

/** 2.40 in Copenhagen, twenty minutes before its clocks are set back; and ten seconds, for two clocks read
 * one after the other may be a millisecond apart. */
const BEGAN = Date.UTC(2026, 9, 25, 0, 40, 10);

describe('the zone of a meeting', { skip: !hasRunde && 'there is no server' }, () => {
  let server, folder;
  const itIs = (wall) => {
    const shift = Buffer.alloc(8);
    shift.writeBigInt64LE(BigInt(wall - Date.now()));
    writeFileSync(pathOf(folder, 'clock'), shift);
  };
  const post = (body) => {
    const text = JSON.stringify(body);
    const length = { 'Content-Length': String(Buffer.byteLength(text)) };
    return exchange(server.port, request(server.port, 'POST /api/meetings', length, text));
  };
  const agenda = {
    title: 'Møde',
    items: [{ no: 1, title: 'Fri', minutes: 60, parts: [{ id: 'a', method: 'dialogue' }] }],
  };
  const minutesOf = async (code, key, format) => {
    const path = `GET /api/meetings/${code}/minutes?edition=participants&format=${format}`;
    const headers = { Authorization: `Bearer ${key}` };
    return (await exchange(server.port, request(server.port, path, headers))).body.toString();
  };
  before(async () => {
    folder = mkdtempSync(pathOf(tmpdir(), 'runde-zone-'));
    itIs(BEGAN);
    const where = ['--listen', '127.0.0.1:0', '--data', pathOf(folder, 'data')];
    server = await start(rundePath, ['serve', ...where, '--rate', '0', '--meeting', 'none'], {
      RUNDE_TEST_CLOCK: pathOf(folder, 'clock'),
      TZ: 'Asia/Tokyo',
    });
    server.ended.then(() => rmSync(folder, { recursive: true, force: true }));
  });
  after(() => server.kill());

  test('a zone that is none is refused, and named', async () => {
    for (const zone of ['Mars/Olympus', 'Europe/', '../UTC', 'europe/copenhagen', 'Factory', '']) {
      for (const [body, field] of [
        [{ agenda, zone }, 'zone'],
        [{ agenda: { ...agenda, zone } }, 'agenda.zone'],
      ]) {
        const answer = await post(body);
        assert.equal(answer.status, 400, zone);
        assert.deepEqual(JSON.parse(answer.body.toString()), { code: 'bad_field', field }, zone);
      }
    }
  });

  test('it begins and ends by the clocks of its place, also when these are set meanwhile', async () => {
    const places = [
      [{ agenda }, '2.40', '2.30', '25. oktober 2026'],
      [{ agenda, zone: 'Europe/Copenhagen' }, '2.40', '2.30', '25. oktober 2026'],
      [{ agenda, zone: 'America/New_York' }, '20.40', '21.30', '24. oktober 2026'],
      [{ agenda: { ...agenda, zone: 'Asia/Kathmandu' } }, '6.25', '7.15', '25. oktober 2026'],
    ];
    itIs(BEGAN);
    const open = [];
    for (const [body] of places) {
      const { code, links } = JSON.parse((await post(body)).body.toString());
      const key = links.console.split('#')[1];
      const console = await join(server.port, { as: 'console', meeting: code, key });
      assert.equal((await console.send('meeting.start')).ok, true);
      open.push({ code, key, console });
    }
    itIs(BEGAN + 50 * 60000);
    for (const [i, { code, key, console }] of open.entries()) {
      const [body, began, ended, day] = places[i];
      assert.equal((await console.send('meeting.close')).ok, true);
      console.leave();
      for (const format of ['md', 'html']) {
        const text = await minutesOf(code, key, format);
        const zone = body.zone ?? body.agenda.zone;
        assert.ok(text.includes(`${began}–${ended}`), `${zone} ${format}: ${text.slice(0, 400)}`);
        assert.ok(text.includes(day), `${zone} ${format}`);
      }
    }
  });
});
