import assert from 'node:assert/strict';
import { test } from 'node:test';
import { create, templates } from '../../web/start/api.js';
import {
  dropDraft,
  findDraft,
  forgetDevice,
  keepDraft,
  readDrafts,
} from '../../web/start/drafts.js';
import { joinedCodes } from '../../web/start/joined.js';
import { forgetMeeting, keepMeeting, linksOf, readKept } from '../../web/shared/meetings.js';
import { readRoute, routeTo } from '../../web/start/route.js';

/** A browser's storage, as much as is used of it. */
const storage = (from = {}) => {
  const kept = new Map(Object.entries(from));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, String(value)),
    removeItem: (key) => void kept.delete(key),
    key: (i) => [...kept.keys()][i],
    get length() {
      return kept.size;
    },
  };
};

test('meetings are kept newest first, each once', () => {
  const mine = storage();
  keepMeeting({ code: 'K7QM-4XPR', title: 'A', at: 1, links: { board: 'b' } }, mine);
  keepMeeting({ code: 'AAAA-AAAA', title: 'B', at: 2 }, mine);
  keepMeeting({ code: 'k7qm4xpr', title: 'A igen', at: 3, links: { board: 'c' } }, mine);
  assert.deepEqual(
    readKept(mine).map((each) => each.title),
    ['A igen', 'B'],
  );
  assert.deepEqual(linksOf('K7QM-4XPR', mine), { board: 'c' });
  assert.equal(linksOf('AAAA-AAAA', mine), null);
});

test('a meeting that is forgotten leaves no link behind', () => {
  const mine = storage();
  keepMeeting(
    {
      code: 'K7QM-4XPR',
      title: 'A',
      at: 1,
      links: { console: 'http://x/console/K7QM-4XPR#secret' },
    },
    mine,
  );
  forgetMeeting('k7qm-4xpr', mine);
  assert.equal(linksOf('K7QM-4XPR', mine), null);
  assert.ok(!mine.getItem('runde.meetings').includes('secret'));
});

test('no more than twelve are kept', () => {
  const mine = storage();
  for (let i = 0; i < 30; i++)
    keepMeeting({ code: `AAAA-AA${String(i + 22)}`, title: String(i), at: i }, mine);
  assert.equal(readKept(mine).length, 12);
  assert.equal(readKept(mine)[0].title, '29');
});

test('what is not ours in the storage does no harm', () => {
  for (const text of ['{', '7', '{"a":1}', '[1,{"code":7},null]'])
    assert.deepEqual(readKept(storage({ 'runde.meetings': text })), [], text);
  const refusing = {
    getItem: () => {
      throw new Error('no');
    },
    setItem: () => {
      throw new Error('no');
    },
  };
  assert.deepEqual(readKept(refusing), []);
  assert.doesNotThrow(() => keepMeeting({ code: 'K7QM-4XPR', title: 'A', at: 1 }, refusing));
});

test('meetings that a phone has a seat in are found by its page’s own keys', async () => {
  const mine = storage({
    'runde.K7QM4XPR': JSON.stringify({ seats: [{ seat: 3 }] }),
    'runde.AAAABBBB': JSON.stringify({ seats: [] }),
    'runde.CCCCDDDD': 'broken',
    'runde.meetings': '[]',
    'runde.step': '60000',
  });
  assert.deepEqual(await joinedCodes(mine, undefined), ['K7QM-4XPR']);
});

const answer = (status, body) => async () => ({ status, ok: status < 300, json: async () => body });

test('a meeting that was made comes back with its links', async () => {
  let sent;
  const post = async (url, options) => {
    sent = { url, ...options };
    return { status: 201, json: async () => ({ code: 'K7QM-4XPR', links: { join: 'j' } }) };
  };
  const { made } = await create({ template: 'runde', title: 'Mandag' }, 'hemmelig', post);
  assert.deepEqual(made, { code: 'K7QM-4XPR', links: { join: 'j' } });
  assert.equal(sent.url, '/api/meetings');
  assert.equal(sent.headers.authorization, 'Bearer hemmelig');
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  assert.deepEqual(JSON.parse(sent.body), { template: 'runde', title: 'Mandag', zone });
});

test('it is made by the clocks of this place, or of another where its agenda says so', async () => {
  const asked = [];
  const post = (known) => async (url, options) => {
    const { zone } = JSON.parse(options.body);
    asked.push(zone);
    return zone && !known
      ? { status: 400, json: async () => ({ code: 'bad_field', field: 'zone' }) }
      : { status: 201, json: async () => ({ code: 'K7QM-4XPR', links: {} }) };
  };
  await create({ agenda: { zone: 'Atlantic/Faroe' } }, '', post(true));
  assert.deepEqual(asked.splice(0), [undefined], 'the agenda says it');
  const { made } = await create({ template: 'runde' }, '', post(false));
  assert.equal(made.code, 'K7QM-4XPR', 'a server that knows this place by another name');
  assert.equal(asked.length, 2);
  assert.equal(asked[1], undefined);
});

test('without a key none is sent', async () => {
  let headers;
  await create(
    { template: 'runde' },
    '',
    async (url, options) => ((headers = options.headers), { status: 201, json: async () => ({}) }),
  );
  assert.equal('authorization' in headers, false);
});

test('what went wrong says where', async () => {
  const { wrong } = await create(
    { agenda: {} },
    '',
    answer(400, { code: 'bad_field', field: 'agenda.items' }),
  );
  assert.deepEqual(wrong, { status: 400, code: 'bad_field', field: 'agenda.items' });
  const lost = await create({}, '', async () => {
    throw new TypeError('fetch failed');
  });
  assert.deepEqual(lost.wrong, { status: 0, code: 'offline', field: null });
  const proxy = await create({}, '', async () => ({
    status: 502,
    json: async () => {
      throw new SyntaxError('<html>');
    },
  }));
  assert.deepEqual(proxy.wrong, { status: 502, code: 'malformed', field: null });
});

test('templates that cannot be fetched are an error', async () => {
  await assert.rejects(templates(answer(503, {})));
  assert.deepEqual(await templates(answer(200, [{ template: 'runde' }])), [{ template: 'runde' }]);
});

test('where the page is stands in the fragment, and comes back as it went', () => {
  const key = 'k'.repeat(43);
  assert.deepEqual(readRoute(''), { screen: 'home' });
  assert.deepEqual(readRoute('#draft/3f2a'), { screen: 'draft', id: '3f2a' });
  assert.deepEqual(readRoute('#k7qm4xpr'), { screen: 'meeting', code: 'K7QM-4XPR', key: '' });
  assert.deepEqual(readRoute(`#K7QM-4XPR.${key}/plan`), { screen: 'plan', code: 'K7QM-4XPR', key });
  const next = { screen: 'meeting', code: 'K7QM-4XPR', key };
  assert.deepEqual(readRoute(`#K7QM-4XPR.${key}/next`), { ...next, next: '' });
  assert.deepEqual(readRoute(`#K7QM-4XPR.${key}/next/runde`), { ...next, next: 'runde' });
  for (const odd of [
    '#K7QM-4XPR/next',
    `#K7QM-4XPR.${key}/next/../x`,
    '#main',
    '#draft/../x',
    '#K7QM-4XP0',
    `#K7QM-4XPR.${key}x`,
    '#K7QM-4XPR/minutes',
  ])
    assert.deepEqual(readRoute(odd), { screen: 'home' }, odd);
  for (const hash of [
    '',
    '#draft/3f2a',
    '#K7QM-4XPR',
    `#K7QM-4XPR.${key}`,
    `#K7QM-4XPR.${key}/plan`,
  ])
    assert.equal(routeTo(readRoute(hash)), hash);
  for (const stray of ['.', ')', '>', '%20', ', og'])
    assert.deepEqual(readRoute(`#K7QM-4XPR.${key}${stray}`), readRoute(`#K7QM-4XPR.${key}`), stray);
  assert.deepEqual(readRoute('#K7QM-4XPR).'), readRoute('#K7QM-4XPR'));
});

test('drafts are kept newest first, each once, and are gone when they are dropped', () => {
  const mine = storage();
  const draft = (id, title) => ({ id, at: 1, agenda: { title, items: [] } });
  for (let i = 0; i < 15; i++) keepDraft(draft(`a${i}`, String(i)), mine);
  keepDraft(draft('a9', 'igen'), mine);
  assert.deepEqual(
    readDrafts(mine)
      .slice(0, 2)
      .map(({ agenda }) => agenda.title),
    ['igen', '14'],
  );
  assert.equal(readDrafts(mine).length, 12);
  dropDraft('a9', mine);
  assert.equal(findDraft('a9', mine), null);
  assert.equal(findDraft('a14', mine).agenda.title, '14');
  assert.deepEqual(readDrafts(storage({ 'runde.drafts': '[{"id":7},{"id":"x"}]' })), []);
});

test('a device that is full says that it does not keep', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('quota');
    },
  };
  assert.equal(keepDraft({ id: 'a', at: 1, agenda: { items: [] } }, full), false);
});

test('a device that forgets keeps nothing of ours, and all of others', async () => {
  const mine = storage({
    'runde.meetings': '[]',
    'runde.K7QM4XPR': '{}',
    'runde.drafts': '[]',
    other: '1',
  });
  await forgetDevice(mine, undefined);
  assert.deepEqual([mine.length, mine.getItem('other')], [1, '1']);
});
