import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';

const {
  adjusted,
  ahead,
  endedPart,
  firstWay,
  found,
  fromOne,
  isLate,
  least,
  missing,
  mostSpare,
  offers,
  slots,
  spread,
  STEP,
  times,
} = await import('../../web/console/late.js');
const { fold, fromSnapshot } = await import('../../web/shared/model.js');
const { drift, expectedEnd, plannedEnd } = await import('../../web/shared/schedule.js');

/** A small generator with a seed (mulberry32), so that what fails can be run again. */
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
};

const METHODS = [
  'talk',
  'turns',
  'reflection',
  'spiral',
  'dialogue',
  'summary',
  'decision',
  'retrospect',
];

/** A meeting that is somewhere in an agenda of any kind, and late by anything up to 40 minutes. */
function anyMeeting(random) {
  const whole = (n) => Math.floor(random() * n);
  const parts = Array.from({ length: 2 + whole(9) }, (_, i) => ({
    id: `p${i}`,
    method: METHODS[whole(METHODS.length)],
    minutes: 1 + whole(30),
    optional: random() < 0.3,
    on: i === 0 || random() < 0.85,
    protected: random() < 0.2 ? random() < 0.5 : undefined,
    turn_min: random() < 0.3 ? 15000 : undefined,
    laps: 1 + whole(3),
    used: 0,
    ms: 0,
  }));
  for (const part of parts)
    part.ms = part.minutes * 60000 + (random() < 0.2 ? 1000 * whole(60) : 0);
  const at = 900000 + whole(3600) * 1000;
  const left = -whole(1200) * 1000;
  const seats = Array.from({ length: whole(16) }, (_, i) => ({
    seat: i + 1,
    name: `S${i}`,
    function: null,
    device: 'own',
    presence: ['here', 'here', 'away', 'left'][whole(4)],
  }));
  const state = fromSnapshot(
    {
      meeting: {
        code: 'K7QM-4XPR',
        title: 'x',
        locale: 'da',
        began: at - (parts[0].ms - left) - whole(1200) * 1000,
      },
      items: [
        {
          no: 1,
          title: 'x',
          minutes: parts.filter((p) => p.on).reduce((sum, p) => sum + p.minutes, 0),
          parts,
        },
      ],
      seats,
      contributions: [],
      notes: [],
      decision: { open: null, answers: [] },
      now: {
        part: 'p0',
        state: 'running',
        speaker: null,
        turn: 0,
        lap: 0,
        laps: 0,
        until: at + left,
        part_until: at + left,
        queue: [],
        heard: [],
        hands: [],
        closed: false,
      },
    },
    1,
  );
  return { state, at };
}

const meetings = function* (count = 600) {
  for (let seed = 1; seed <= count; seed++) yield { seed, ...anyMeeting(seeded(seed)) };
};

const spareOf = (rows) =>
  rows.filter((row) => !row.protected).reduce((sum, row) => sum + row.before - row.least, 0);

test('spreading finds exactly what is missing, or all there is', () => {
  let seen = 0;
  for (const { seed, state, at } of meetings()) {
    const {
      need,
      offers: [it],
    } = offers(state, at);
    assert.equal(it.found, Math.min(need, spareOf(it.rows)), `seed ${seed}`);
    if (need && it.found === need) seen++;
  }
  assert.ok(seen > 100, 'the generator makes meetings that can be saved');
});

test('no part goes under its least, no protected part gives, and none gets longer', () => {
  for (const { seed, state, at } of meetings())
    for (const { way, rows } of offers(state, at).offers)
      for (const row of rows) {
        if (!row.on) continue;
        assert.ok(
          row.after >= row.least,
          `seed ${seed} ${way} ${row.part.id}: ${row.after} under ${row.least}`,
        );
        assert.ok(row.after <= row.before, `seed ${seed} ${way}`);
        if (row.protected && way !== 'drop')
          assert.equal(row.after, row.before, `seed ${seed} ${way}`);
      }
});

test('each gives whole half minutes; the rest comes from one, beside those that give all they can', () => {
  for (const { seed, state, at } of meetings()) {
    const {
      need,
      offers: [it],
    } = offers(state, at);
    if (it.found < need) continue;
    const odd = it.rows.filter((row) => (row.before - row.after) % STEP && row.after > row.least);
    assert.ok(odd.length <= 1, `seed ${seed}: ${odd.length} rows give odd seconds`);
  }
});

test('each gives by its own length: nobody gives more than a longer one that still has something', () => {
  for (const { seed, state, at } of meetings()) {
    const rows = offers(state, at).offers[0].rows.filter((row) => !row.protected);
    for (const a of rows)
      for (const b of rows)
        if (a.before < b.before && b.after >= b.least + STEP)
          assert.ok(
            a.before - a.after <= b.before - b.after + STEP,
            `seed ${seed}: ${a.part.id} gives more than ${b.part.id}`,
          );
  }
});

test('what the sheet promises is what the plan comes to when it is sent', () => {
  for (const { seed, state, at } of meetings())
    for (const { way, rows, ends } of offers(state, at).offers) {
      const after = fold(state, { seq: 2, at, fact: 'plan.changed', parts: slots(rows) });
      assert.equal(expectedEnd(after, at), ends, `seed ${seed} ${way}`);
      if (way === 'spread' && found(rows) === missing(state, at))
        assert.ok(drift(after, at) < STEP, `seed ${seed}: still behind`);
    }
});

test('the rows follow each other without a gap, but for an item’s air, from now to the end', () => {
  for (const { seed, state, at } of meetings(200)) {
    const { offers: all } = offers(state, at);
    for (const { rows, ends } of all) {
      const slot = times(state, at, rows);
      slot.forEach((it, i) => assert.equal(it.from, i ? slot[i - 1].to : it.from, `seed ${seed}`));
      slot.forEach((it, i) => assert.equal(it.to - it.from, rows[i].after, `seed ${seed}`));
      if (slot.length) assert.ok(slot.at(-1).to <= ends, `seed ${seed}`);
    }
  }
});

test('changing a row by hand keeps to its least and to the sum', () => {
  const random = seeded(77);
  for (const { seed, state, at } of meetings(200)) {
    let rows = ahead(state, at);
    for (let i = 0; i < 20 && rows.length; i++) {
      const row = rows[Math.floor(random() * rows.length)];
      const next = adjusted(rows, row.part.id, random() < 0.7 ? -60000 : 60000);
      const mine = next.find((each) => each.part.id === row.part.id);
      assert.ok(mine.after >= mine.least, `seed ${seed}`);
      assert.equal(found(next), found(rows) + row.after - mine.after, `seed ${seed}`);
      rows = next;
    }
  }
});

const late = () => {
  const { snapshot, seq, now } = moments.complete();
  return { state: fromSnapshot(snapshot, seq), now };
};

test('the talk of the mock-up: eight minutes found, the decision and the retrospect untouched', () => {
  const { state, now } = late();
  const { need, ends, planned, offers: all } = offers(state, now);
  assert.equal(need, 8 * 60000);
  assert.equal(ends - planned, 8 * 60000);
  const given = new Map(all[0].rows.map((row) => [row.part.id, (row.before - row.after) / 60000]));
  assert.equal(given.get('5b'), 0);
  assert.equal(given.get('6a'), 0);
  assert.equal(
    [...given.values()].reduce((a, b) => a + b),
    8,
  );
  assert.ok(given.get('5a') > given.get('4d') && given.get('4d') > given.get('4e'));
  assert.equal(all[0].ends, planned);
});

test('taken from one part: the longest, unless another is chosen', () => {
  const { state, now } = late();
  const changed = (it) =>
    it.rows.filter((row) => row.after < row.before).map((row) => [row.part.id, row.after / 60000]);
  assert.deepEqual(changed(offers(state, now).offers[1]), [['5a', 17]]);
  assert.deepEqual(changed(offers(state, now, { one: '4d' }).offers[1]), [['4d', 5]]);
  assert.deepEqual(
    changed(offers(state, now, { one: '6a' }).offers[1]),
    [],
    'a protected part gives nothing',
  );
  assert.deepEqual(
    changed(offers(state, now, { one: '6a', flipped: new Set(['6a']) }).offers[1]),
    [['6a', 3]],
    'until it is unlocked, and then down to its turns',
  );
});

test('dropping what is optional is offered only where something is', () => {
  const { state, now } = late();
  const drop = offers(state, now).offers[2];
  assert.deepEqual(slots(drop.rows), [{ part: '4e', ms: 300000, on: false }]);
  assert.equal(drop.ends - plannedEnd(state), 3 * 60000);
  state.items = state.items.map((item) => ({
    ...item,
    parts: item.parts.map((part) => ({ ...part, optional: false })),
  }));
  assert.equal(offers(state, now).offers[2].possible, false);
});

test('moving the end changes no part', () => {
  const { state, now } = late();
  const move = offers(state, now).offers[3];
  assert.deepEqual(slots(move.rows), []);
  assert.equal(move.ends, expectedEnd(state, now));
});

test('a round keeps everybody their smallest turn, everything else a minute', () => {
  assert.equal(least({ method: 'turns', turn_min: 45000 }, 12), 9 * 60000);
  assert.equal(least({ method: 'spiral', laps: 2 }, 4), 6 * 60000);
  assert.equal(least({ method: 'retrospect', turn_min: 15000 }, 12), 3 * 60000);
  assert.equal(least({ method: 'dialogue' }, 12), 60000);
  assert.equal(least({ method: 'turns' }, 0), 60000);
});

test('with nothing to give, nothing is taken', () => {
  const { state, now } = late();
  const rows = ahead(state, now).map((row) => ({ ...row, protected: true }));
  assert.equal(found(spread(rows, 480000)), 0);
  assert.equal(mostSpare(rows), undefined);
  assert.equal(found(fromOne(rows, 480000, '5a')), 0);
  assert.deepEqual(spread([], 480000), []);
});

test('the sheet is offered from two minutes behind, and not again for what was agreed to', () => {
  const { state, now } = late();
  assert.equal(isLate(state, now), true);
  assert.equal(isLate(state, now, 8 * 60000), false);
  assert.equal(isLate(state, now, 6 * 60000), true);
  assert.equal(isLate(state, now, 6 * 60000 + 30000), false);
});

test('what was put away is asked again only when it has become a good deal worse', () => {
  const { state, now } = late();
  assert.equal(isLate(state, now, 0, missing(state, now)), false);
  assert.equal(isLate(state, now, 0, missing(state, now) - 2 * 60000), false);
  assert.equal(isLate(state, now, 0, missing(state, now) - 4 * 60000), true);
});

test('a part that ends brings the sheet; undo and a step back bring nothing', () => {
  const { state } = late();
  const next = (part, more = {}) => ({
    ...state,
    undo: { what: 'part.next', depth: 3 },
    ...more,
    now: { ...state.now, ...more.now, part },
  });
  assert.equal(endedPart(next('4b'), next('4d')), '4b');
  assert.equal(endedPart(next('4d'), next('4b')), null, 'back');
  assert.equal(
    endedPart(next('4b'), next('4d', { undo: { what: 'part.next', depth: 2 } })),
    null,
    'undo',
  );
  const round = { laps: 1, queue: [], heard: [1], speaker: null };
  assert.equal(
    endedPart(next('4b', { now: { ...round, speaker: 2 } }), next('4b', { now: round })),
    '4b',
  );
  assert.equal(
    endedPart(
      next('4b', { now: { ...round, speaker: 2 } }),
      next('4b', { now: round, undo: null }),
    ),
    null,
  );
});

test('where the next part is the last that can give anything, little is late enough', () => {
  const { state, now } = late();
  const agreed = missing(state, now) - 30000;
  assert.equal(isLate(state, now, agreed), false, 'others can give later');
  const [first] = ahead(state, now).filter((row) => !row.protected && row.before > row.least);
  for (const item of state.items)
    for (const part of item.parts) if (part.id !== first.part.id) part.protected = true;
  assert.equal(isLate(state, now, agreed), true);
  assert.equal(isLate(state, now, missing(state, now)), false);
});

test('a round that was done early has not made the meeting late', () => {
  const { snapshot, seq, now } = moments.turns();
  const state = fromSnapshot(snapshot, seq);
  assert.equal(isLate(state, now), true, 'while it runs it counts with all its time');
  state.now = { ...state.now, speaker: null, queue: [], heard: [1, 2, 3, 4] };
  assert.equal(missing(state, now), 0);
  assert.equal(offers(state, now).ends, expectedEnd(state, now) - (state.now.part_until - now));
});

test('the way that is proposed is one that can be gone', () => {
  const { state, now } = late();
  assert.equal(firstWay(state, now), 'spread');
  for (const item of state.items)
    for (const part of item.parts) Object.assign(part, { protected: true, optional: false });
  assert.equal(firstWay(state, now), 'move');
});
