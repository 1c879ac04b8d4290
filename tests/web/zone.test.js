// Days and hours by the clocks of the place where a meeting is: the rows are the server's, too.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, test } from 'node:test';
import './support/hooks.js';

const { dayAt, hourAt, HOME, momentAt, useZone, zone } = await import('../../web/shared/zone.js');
const { date, hours, time, zoneName } = await import('../../web/shared/i18n.js');
const { momentOf } = await import('../../web/shared/schedule.js');
const { wallOf } = await import('../../web/shared/clock.js');

const rows = JSON.parse(readFileSync(new URL('../vectors/zones.json', import.meta.url), 'utf8'));

beforeEach(() => useZone());

/** Greenland's new hours came with 2022f and 2023b: Debian's node 18 has those of 2022e, browsers their own. */
const isKnown = ({ zone, at }) =>
  zone !== 'America/Nuuk' || at < Date.UTC(2023, 2) || process.versions.tz >= '2023b';

test('moments are told as the rows say, and are found by what is told', () => {
  assert.ok(rows.length > 30);
  for (const row of rows.filter(isKnown)) {
    useZone(row.zone);
    const told = JSON.stringify(row);
    assert.equal(dayAt(row.at), row.day, told);
    assert.equal(hourAt(row.at), row.hour, told);
    const minute = Math.floor(row.at / 60000) * 60000;
    const found = momentAt(row.day, row.hour);
    assert.ok(found === minute || hourAt(found - 3600000) !== row.hour, told);
    assert.deepEqual([dayAt(found), hourAt(found)], [row.day, row.hour], told);
  }
});

test('an hour that comes twice is the first, and one that is left out is after the change', () => {
  assert.equal(momentAt('2026-10-25', '02:30'), Date.UTC(2026, 9, 25, 0, 30));
  assert.equal(momentAt('2026-03-29', '02:30'), Date.UTC(2026, 2, 29, 1, 30));
});

test('what is told goes by the meeting, and hours that people wrote stay as they wrote them', () => {
  const night = Date.UTC(2026, 4, 7, 23, 30);
  assert.equal(hours(night), '1.30');
  assert.equal(date(night), '8. maj');
  useZone('America/New_York');
  assert.equal(hours(night), '19.30');
  assert.equal(date(night), '7. maj');
  assert.equal(time('09:00'), '9.00');
  assert.equal(date('2026-05-14'), '14. maj');
});

test('without a zone, or with one that this browser does not know, it is home', () => {
  useZone('Mars/Olympus');
  assert.equal(zone(), HOME);
  useZone(undefined);
  assert.equal(zone(), HOME);
  assert.match(zoneName(HOME), /^Centraleuropæisk/);
  assert.equal(zoneName('Mars/Olympus'), 'Mars/Olympus');
});

test('an agreed hour is of its day where the meeting is, or else the nearest', () => {
  const at = Date.UTC(2026, 4, 7, 6, 50) - wallOf(0);
  assert.equal(
    wallOf(momentOf({ date: '2026-05-07', starts: '09:00' }, at)),
    Date.UTC(2026, 4, 7, 7),
  );
  assert.equal(wallOf(momentOf({ starts: '09:00' }, at)), Date.UTC(2026, 4, 7, 7));
  useZone('America/New_York');
  assert.equal(wallOf(momentOf({ starts: '23:30' }, at)), Date.UTC(2026, 4, 7, 3, 30));
});
