// What a chief looks for in what schools share, and how often the page asks for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { school, TODAY } from './fixtures/chief.js';
import './support/hooks.js';

const { asking } = await import('../../web/chief/ask.js');
const { dayOf, daysTo, followUpIn, isNear, lacking, late, schoolOf, sorted, urgency } =
  await import('../../web/chief/read.js');
const { isChiefCode } = await import('../../web/start/plan/check.js');

const followed = (date) => school({ answers: [{ answer: 'follow_up', date }], tasks: [] });

test('a task is late the day after its day, and a day is counted whole', () => {
  const due = (day) => late(school({ tasks: [{ text: 'x', owner: 'Elev', due: day }] }), TODAY);
  assert.equal(due('2026-11-29').length, 1);
  assert.equal(due('2026-11-30').length, 0);
  assert.equal(due(undefined).length, 0);
  assert.equal(daysTo('2026-10-24', '2026-10-26'), 2, 'over a change of the clocks');
  assert.equal(dayOf(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
});

test('a follow-up is near for fourteen days, to the day itself', () => {
  assert.deepEqual(
    ['2026-11-29', '2026-11-30', '2026-12-14', '2026-12-15'].map((day) =>
      isNear(followUpIn(followed(day), TODAY)),
    ),
    [false, true, true, false],
  );
  assert.equal(followUpIn(school({ answers: [] }), TODAY), null);
  assert.equal(isNear(null), false);
});

test('what is late comes before what is near, that before what is open, and then by school', () => {
  const all = [
    school({ place: 'Z', tasks: [{ text: 'x', owner: 'Elev', due: '2026-12-30' }] }),
    school({ place: 'Å', tasks: [] }),
    school({ place: 'A', tasks: [] }),
    school({ place: 'Lacks', tasks: [{ text: 'x' }] }),
    school({ place: 'Open', tasks: [], open: ['targets'] }),
    { ...followed('2026-12-01'), place: 'Near' },
    { ...followed('2026-11-01'), place: 'Was' },
    school({ place: 'Late', tasks: [{ text: 'x', owner: 'Elev', due: '2026-11-01' }] }),
  ];
  const names = sorted(all, TODAY, 'da').map(schoolOf);
  assert.deepEqual(names, ['Late', 'Was', 'Near', 'Lacks', 'Open', 'A', 'Z', 'Å']);
  assert.deepEqual(
    all.map((each) => urgency(each, TODAY)),
    [3, 3, 3, 2, 2, 1, 0, 0],
  );
  assert.equal(lacking(all[3]), 1);
  assert.equal(schoolOf({ ...all[0], place: undefined }), 'Skoleudviklingssamtale');
});

/** The page's asking in a time of the test's own. */
function begin(says, key = 'secret') {
  const timers = [];
  const asked = [];
  const it = asking({
    key,
    changed() {},
    get: /** @type {any} */ (
      async (...all) => {
        asked.push(all);
        const [status, body, after] = says();
        if (!status) throw new TypeError('no network');
        return {
          ok: status === 200,
          status,
          json: async () => body,
          headers: new Headers(after ? { 'retry-after': String(after) } : {}),
        };
      }
    ),
    setTimer: (fn, ms) => timers.push(ms),
    clearTimer() {},
    now: () => 1000,
    hidden: () => false,
  });
  return { it, asked, rests: () => timers.filter((ms) => ms !== 10000) };
}

test('it asks once a minute, sooner again where no answer came, and as late as it is told to', async () => {
  let answer = [200, { code: 'x' }];
  const { it, asked, rests } = begin(() => answer);
  await it.ask();
  assert.deepEqual(asked[0][1].headers, { Authorization: 'Bearer secret' });
  assert.equal(asked[0][1].cache, 'no-store');
  assert.deepEqual([it.shared, it.fails, it.at], [{ code: 'x' }, false, 1000]);
  for (const next of [[0], [0], [503, null, 1], [429, null, 30]]) {
    answer = /** @type {any} */ (next);
    await it.ask();
    assert.equal(it.fails, true);
    assert.deepEqual(it.shared, { code: 'x' }, 'what came last stays');
  }
  answer = [200, { code: 'y' }];
  await it.ask();
  assert.deepEqual([it.shared, it.fails], [{ code: 'y' }, false]);
  assert.deepEqual(rests(), [60000, 2000, 4000, 8000, 30000, 60000]);
});

test('a link that opens nothing is not asked for again, and one that is none never', async () => {
  const wrong = begin(() => [401, {}]);
  await wrong.it.ask();
  await wrong.it.ask();
  assert.deepEqual([wrong.asked.length, wrong.it.refused, wrong.rests()], [1, true, []]);
  const none = begin(() => [200, {}], '');
  await none.it.ask();
  assert.deepEqual([none.asked.length, none.it.refused], [0, true]);
});

test('the planner takes the codes that the server takes', () => {
  for (const good of ['WZ2N-7AYJ-99UW-6FJ8', 'rpys qehf 7f69 bc7r', '948NMPTWQRMU6PP8'])
    assert.ok(isChiefCode(good), good);
  for (const bad of ['', 'WZ2N-7AYJ-99UW-6FJ9', 'ZW2N-7AYJ-99UW-6FJ8', 'WZ2N-7AYJ-99UW-6FJ', 'x'])
    assert.ok(!isChiefCode(bad), bad);
});
