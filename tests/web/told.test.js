// No two places of a page, and no two pages, tell different times: at every moment of meetings of
// any agenda, begun late, on time, early or without an hour, led in any way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

process.env.TZ = 'Europe/Copenhagen';
/** The links of the page, and what stores one person's choices: neither tells a time. */
Object.assign(globalThis, { location: { hash: '', origin: '' } });

const { applyFrame, fold, fromSnapshot } = await import('../../web/shared/model.js');
const { minutesFace, setSample, useSteady, wallOf } = await import('../../web/shared/clock.js');
const { hours, t } = await import('../../web/shared/i18n.js');
const told = await import('../../web/shared/schedule.js');
const late = await import('../../web/console/late.js');
const { stripView } = await import('../../web/console/strip.js');
const { planView } = await import('../../web/console/plan.js');
const { latenesses } = await import('../../web/console/running.js');
const { endsAt } = await import('../../web/board/pieces.js');
const { beginnings } = await import('../../web/board/lobby.js');
const { command } = await import('../../web/console/actions.js');
const { lengths: planned } = await import('../../web/start/plan/sums.js');

const MIN = 60000;
/** Thirteen seconds after a full minute, so that the clock of the meeting lies beside the day's. */
const MADE = new Date('2026-05-07T10:40:13').getTime();
useSteady(() => 0);
setSample({ sent: 0, now: 0, wall: MADE }, 0);

/** A small generator with a seed (mulberry32), so that what fails can be run again. */
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
};

/** What a template says, its parts in their order. */
function words(it) {
  if (it === null || it === undefined || typeof it === 'function' || typeof it === 'symbol')
    return '';
  if (Array.isArray(it)) return it.map(words).join('');
  if (typeof it !== 'object') return String(it);
  if (it.strings) return it.strings.map((text, i) => text + words(it.values[i])).join('');
  return it.values ? words(it.values) : '';
}
const plain = (it) =>
  words(it)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const METHODS = ['talk', 'talk', 'dialogue', 'reflection'];

function anyAgenda(random) {
  const whole = (n) => Math.floor(random() * n);
  let id = 0;
  const items = Array.from({ length: 2 + whole(5) }, (_, i) => {
    const parts = Array.from({ length: 1 + whole(4) }, () => ({
      id: `p${id++}`,
      method: METHODS[whole(METHODS.length)],
      minutes: random() < 0.15 ? null : 1 + whole(25),
      optional: random() < 0.2,
    })).map((part) => ({ ...part, on: !part.optional, used: 0, begun: false }));
    const sum = parts.reduce((all, part) => all + (part.on ? (part.minutes ?? 2) : 0), 0);
    // It adds up, has air, or is planned for too much.
    const minutes = Math.max(1, sum + [0, 0, 0, whole(5), -whole(3)][whole(5)]);
    return { no: i + 1, title: `Punkt ${i + 1}`, minutes, parts };
  });
  items[0].parts[0].on = true;
  for (const item of items)
    planned({
      ...item,
      parts: item.parts.map((p) => ({ ...p, minutes: p.minutes ?? undefined })),
    }).forEach((ms, k) => (item.parts[k].ms = ms));
  return items;
}

class Meeting {
  at = 0;
  seq = 1;
  undo = [];
  /** When each part began, and which had a pause. */
  began = new Map();
  paused = new Set();

  constructor(random, starts) {
    this.state = fromSnapshot(
      {
        meeting: { code: 'K7QM-4XPR', title: 'x', locale: 'da', began: null, wall: MADE, starts },
        items: anyAgenda(random),
        seats: [],
        contributions: [],
        notes: [],
        decision: { open: null, answers: [] },
        wall: { show: 'meeting' },
        now: { state: 'lobby', part: null, speaker: null, turn: 0, lap: 0, laps: 0 },
      },
      1,
    );
  }

  fact(fact, fields) {
    this.state = fold(this.state, { seq: ++this.seq, at: this.at, fact, ...fields });
  }

  /** As the server answers these commands (server/engine/lifecycle.c, schedule.c). */
  start() {
    const { begins } = command(this.state, 'start', undefined, this.at).with;
    const length = this.state.items.reduce((sum, item) => sum + item.minutes, 0) * MIN;
    const ends = this.state.meeting.ends ?? (begins === undefined ? 0 : begins + length);
    this.fact('meeting.started', ends > this.at ? { begins: ends - length, ends } : {});
    this.next();
  }

  live = () => told.plan(this.state, this.at).find((row) => row.status === 'live');

  next() {
    const now = this.live();
    const next = told.plan(this.state, this.at).find((row) => row.status === 'next');
    if (now) {
      const used = now.part.ms - told.partLeft(this.state, this.at);
      this.fact('part.ended', { part: now.part.id, used });
      this.left = true;
    }
    if (!next) return this.fact('meeting.closed', {});
    this.began.set(next.part.id, this.at);
    this.fact('part.began', { part: next.part.id, until: this.at + next.part.ms - next.part.used });
  }

  change({ parts, ends }) {
    this.changed = true;
    const length = this.state.items.reduce((sum, item) => sum + item.minutes, 0) * MIN;
    const moves = ends !== undefined && this.state.now.state !== 'lobby' && !this.left;
    this.fact('plan.changed', {
      parts,
      ...(ends !== undefined && { ends }),
      ...(moves && { begins: ends - length }),
    });
  }

  add(ms) {
    const { part } = this.live();
    this.fact('clock.changed', {
      part: part.id,
      ms: part.ms + ms,
      part_until: this.state.now.part_until + ms,
    });
  }

  pause() {
    this.paused.add(this.live().part.id);
    this.fact('clock.paused', { part_left: this.state.now.part_until - this.at });
  }

  resume() {
    this.fact('clock.resumed', { part_until: this.at + this.state.now.part_left });
  }
}

const minutesIn = (hour) => {
  const [h, m] = hour.split('.').map(Number);
  return h * 60 + m;
};
const between = (from, to) =>
  ((((minutesIn(to) - minutesIn(from)) % 1440) + 1440 + 720) % 1440) - 720;
const HOUR = '(\\d{1,2}\\.\\d\\d)';

/** The hours that the strip on top of the console tells. */
function ofStrip(ctx) {
  const text = plain(stripView(ctx));
  const [, ends] = new RegExp(`Slutter ca\\. ${HOUR}`).exec(text) ?? [];
  const [, agreed] = new RegExp(`planlagt ${HOUR}`).exec(text) ?? [];
  const [, from, to] = new RegExp(`Kl\\. ${HOUR}–${HOUR}`).exec(text) ?? [];
  const [, n, way] = /(\d+) min (bagefter|i overskud)/.exec(text) ?? [];
  return { text, ends, agreed, from, to, off: n ? (way === 'bagefter' ? 1 : -1) * n : 0 };
}

/** The rows of the plan as they stand on the console. */
function ofPlan(ctx) {
  const body = words(planView(ctx)).split('<tbody>')[1].split('<tr class=').slice(1);
  return body.map((row) => {
    const cells = row
      .split('<td')
      .slice(1)
      .map((cell) =>
        `<td${cell}`
          .replace(/<[^>]*>/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      );
    const [, n, way] = /([\d,½]+) min (over|sparet)/.exec(row.replace(/\s+/g, ' ')) ?? [];
    const [, used, of] = /^([\d]+)(?: af ([\d½:]+))?$/.exec(cells[1]) ?? [];
    return {
      planned: cells[0],
      used,
      of,
      from: cells[2],
      status: /^\s*"?(\w+)/.exec(row)[1],
      gained: n,
      way,
    };
  });
}

const half = (text) => (text.endsWith('½') ? Number(text.slice(0, -1)) + 0.5 : Number(text));

function nothingContradicts(m, name) {
  const { state, at } = m;
  const ctx = /** @type {any} */ ({ state, at, now: at, ui: {}, status: 'open', set() {} });
  const { rows, end } = told.timeline(state, at);
  const strip = ofStrip(ctx);
  const lobby = state.now.state === 'lobby';
  const closed = state.now.state === 'closed';
  const plan = ofPlan(ctx);
  const hour = (moment) => hours(told.minuteOf(told.toldAt(state, moment, at)));
  const promised = told.promise(state, at);
  const length = state.items.reduce((sum, item) => sum + item.minutes, 0) * MIN;

  if (lobby) {
    if (!m.changed)
      assert.ok(told.drift(state, at) >= 0, `${name}: nothing is ahead before it begins`);
    const first = state.items.map((item) => plan[rows.findIndex((row) => row.item === item)]);
    beginnings(state, at).forEach((begins, i) => {
      const shown = rows.find((row) => row.item === state.items[i]).status !== 'off';
      if (begins && shown) assert.equal(begins, first[i].planned, `${name}: wall and console`);
    });
  }
  if (strip.ends) {
    assert.equal(strip.ends, endsAt(ctx), `${name}: wall and console`);
    assert.equal(between(strip.agreed, strip.ends), strip.off, `${name}: ${strip.text}`);
    assert.equal(strip.agreed, hours(told.minuteOf(promised.ends)), name);
    const sheet = late.offers(state, at);
    assert.equal(hour(sheet.ends), strip.ends, `${name}: the sheet counts from the same end`);
    for (const offer of sheet.offers) {
      const after = fold(state, {
        seq: m.seq + 1,
        at,
        fact: 'plan.changed',
        parts: late.slots(offer.rows),
      });
      assert.equal(told.expectedEnd(after, at), offer.ends, `${name}: ${offer.way}`);
      const slots = late.times(state, at, offer.rows);
      for (const each of slots) assert.ok(each.to <= offer.ends + 1, `${name}: after the end`);
    }
  }
  if (strip.from && rows[0].status !== 'off') assert.equal(strip.from, plan[0].planned, name);

  rows.forEach((row, i) => {
    const it = plan[i];
    const next = rows[i + 1];
    assert.equal(it.status, row.status, name);
    // What is behind us was planned from the beginning, what lies ahead is planned to the end.
    const coming = row.status === 'next' || row.status === 'coming';
    const ends = coming ? promised?.ends : promised?.begins + length;
    if (row.plannedAt !== null && row.status !== 'off')
      assert.ok(row.plannedAt <= ends, `${name}: planned after the end`);
    if (next && promised && !(row.status === 'live' || row.status === 'done'))
      assert.ok(row.plannedAt <= next.plannedAt, `${name}: planned before what comes before it`);
    if (next && row.to !== null && next.status !== 'live') assert.ok(row.to <= next.from, name);
    if (it.gained)
      assert.equal(
        half(it.gained),
        Math.abs(Number(it.used) - half(it.of)),
        `${name}: ${JSON.stringify(it)}`,
      );
    if (it.gained) assert.equal(it.way, Number(it.used) > half(it.of) ? 'over' : 'sparet', name);
    if (row.status === 'live') {
      const left = told.partLeft(state, at);
      assert.equal(it.of, minutesFace(row.ms), name);
      assert.ok(Number(it.used) * MIN <= row.used, `${name}: a minute that is not full`);
      if (left >= 0) assert.equal(Math.round(row.used + left), row.ms, `${name}: used and left`);
    }
    if (row.status === 'done' && next?.status === 'done' && it.from && plan[i + 1].from) {
      // Between two hours lies what was used, and the pauses.
      const hours = between(it.from, plan[i + 1].from);
      const paused = m.paused.has(row.part.id);
      assert.ok(
        paused ? hours >= Number(it.used) - 1 : hours === Number(it.used),
        `${name}: ${i} used`,
      );
    }
    const began = m.began.get(row.part.id);
    if (began !== undefined && row.from !== null)
      assert.ok(Math.abs(row.from - began) <= 1, `${name}: ${i} began at another time`);
  });
  if (!closed && rows.length && end > 0)
    assert.ok(
      rows.at(-1).to === null || rows.at(-1).to <= end,
      `${name}: the last ends after the end`,
    );
}

/** One meeting, looked at at every step. */
function led(seed) {
  const random = seeded(seed);
  const whole = (n) => Math.floor(random() * n);
  const starts = random() < 0.75 ? `10:${45 + whole(10)}` : undefined;
  const m = new Meeting(random, starts);
  let steps = 0;
  const look = () => nothingContradicts(m, `seed ${seed} step ${++steps} at ${m.at}`);
  const pass = (ms) => {
    m.at += ms;
    look();
  };
  look();
  pass(whole(25 * MIN));
  if (random() < 0.3)
    m.change(late.planned(m.state, m.at, late.offers(m.state, m.at).offers[whole(4)]));
  look();
  m.start();
  look();
  while (m.state.now.state !== 'closed' && steps < 200) {
    const mood = random();
    if (mood < 0.3) pass(whole(4 * MIN));
    else if (mood < 0.4) pass(Math.max(0, told.partLeft(m.state, m.at) ?? 0) + whole(3) * 500);
    else if (mood < 0.5) m.add((1 + whole(4)) * 30000);
    else if (mood < 0.6) {
      m.pause();
      pass(whole(6 * MIN));
      m.resume();
    } else if (mood < 0.75) {
      const offer = late.offers(m.state, m.at).offers[whole(4)];
      const ahead = offer.ends > m.at;
      if (ahead) m.change(late.planned(m.state, m.at, offer));
    } else m.next();
    look();
  }
  return m;
}

test('no place tells another time than the others, whatever happens', () => {
  let closed = 0;
  for (let seed = 1; seed <= 120; seed++) closed += Number(led(seed).state.now.state === 'closed');
  assert.ok(closed > 100, 'the meetings come to their end');
});

/** A meeting of 120 minutes, 117 of them planned, that was to begin at 10.45. */
function school(starts = '10:45') {
  const m = new Meeting(seeded(1), starts);
  const item = (no, minutes, ...parts) => ({
    no,
    title: `Punkt ${no}`,
    minutes,
    parts: parts.map((n, k) => ({
      id: `${no}${'abcd'[k]}`,
      method: 'dialogue',
      minutes: n,
      ms: n * MIN,
      on: true,
      used: 0,
      begun: false,
    })),
  });
  m.state.items = [item(1, 35, 10, 25), item(2, 45, 2, 25, 15), item(3, 40, 39, 1)];
  return m;
}
const MADE_TO_10_45 = new Date('2026-05-07T10:45').getTime() - MADE;
const console_ = (m) => ({ state: m.state, now: m.at, ui: {}, status: 'open', set() {} });

test('begun late, the promised end stays, and the air is given before anything else', () => {
  const m = school();
  m.at = MADE_TO_10_45 + 13 * MIN + 40000;
  const before = ofStrip(console_(m));
  assert.deepEqual([before.ends, before.agreed, before.off], ['12.55', '12.45', 10]);
  m.start();
  const strip = ofStrip(console_(m));
  assert.deepEqual([strip.ends, strip.agreed, strip.off], ['12.55', '12.45', 10]);
  assert.deepEqual(late.lateStart(m.state, m.at), { late: 13, air: 3 });
  assert.equal(late.firstWay(m.state, m.at), 'spread');
  const [spread, , , move] = late.offers(m.state, m.at).offers;
  m.change(late.planned(m.state, m.at, spread));
  assert.deepEqual(Object.values(ofStrip(console_(m))).slice(1, 3), ['12.45', '12.45']);
  assert.equal(ofStrip(console_(m)).off, 0);
  m.change(late.planned(m.state, m.at, move));
  assert.equal(ofStrip(console_(m)).agreed, '12.55', 'a chosen end is the promise');
});

test('begun early, the planned end stays and is told', () => {
  const m = school('10:55');
  m.at = MADE_TO_10_45 + 4 * MIN;
  m.start();
  assert.equal(late.lateStart(m.state, m.at), null);
  assert.equal(late.earlyStart(m.state, m.at), 6);
  assert.equal(ofStrip(console_(m)).agreed, '12.55');
});

test('without an agreed hour nothing is ahead or behind when it begins', () => {
  const m = school(null);
  m.at = 7 * MIN;
  assert.match(ofStrip(console_(m)).text, /Varer 120 min/);
  m.start();
  assert.equal(m.state.meeting.ends, undefined);
  const strip = ofStrip(console_(m));
  assert.deepEqual([strip.off, strip.ends], [0, strip.agreed]);
  assert.equal(late.lateStart(m.state, m.at), null);
});

test('an hour that is long past, or far ahead, is no promise', () => {
  for (const [starts, at] of [
    ['07:15', 0],
    ['15:00', 0],
  ]) {
    const m = school(starts);
    m.at = at;
    assert.equal(told.drift(m.state, m.at), 0, starts);
    m.start();
    assert.equal(m.state.meeting.begins, undefined, starts);
    assert.equal(ofStrip(console_(m)).off, 0, starts);
  }
});

test('an agreed hour is that of its day, and without a day the nearest', () => {
  const m = school('00:30');
  const night = new Date('2026-05-08T23:50').getTime() - MADE;
  assert.equal(wallOf(told.promise(m.state, night).begins), new Date('2026-05-09T00:30').getTime());
  m.state.meeting.date = '2026-05-07';
  assert.equal(wallOf(told.promise(m.state, night).begins), new Date('2026-05-07T00:30').getTime());
});

test('seconds are no minute, and what a part saved or overran is what stands beside it', () => {
  const m = school();
  m.at = MADE_TO_10_45;
  m.start();
  m.at += 4000;
  assert.deepEqual([ofPlan(console_(m))[0].used, ofPlan(console_(m))[0].of], ['0', '10']);
  m.at += 3 * MIN;
  m.next();
  const [first] = ofPlan(console_(m));
  assert.deepEqual([first.used, first.of, first.gained, first.way], ['3', '10', '7', 'sparet']);
});

test('a part could have begun as much earlier as the server allows, to the promised minute', () => {
  const m = school();
  m.at = MADE_TO_10_45 + 13 * MIN + 40000;
  m.start();
  assert.deepEqual(latenesses(m.state), [1, 2, 3, 5, 10, 13, 15, 18]);
  m.at += 2 * MIN + 30000;
  m.next();
  assert.deepEqual(latenesses(m.state), [1, 2]);
});

test('an item planned for more than its minutes does not push the plan past the end', () => {
  const m = school();
  m.state.items[1].parts.push({ ...m.state.items[1].parts[0], id: '2d', minutes: 9, ms: 9 * MIN });
  m.at = MADE_TO_10_45;
  const hoursOf = ofPlan(console_(m)).map((row) => row.planned);
  assert.deepEqual(hoursOf, [
    '10.45',
    '10.55',
    '11.20',
    '11.22',
    '11.47',
    '12.02',
    '12.05',
    '12.44',
  ]);
  m.start();
  assert.equal(ofStrip(console_(m)).off, 6);
});

test('what is told follows the newest promise also where it came with a snapshot', () => {
  const m = school();
  m.at = MADE_TO_10_45 + 5 * MIN;
  m.start();
  const { ...snapshot } = JSON.parse(JSON.stringify(m.state));
  const again = { ...m, at: m.at, seq: m.seq, state: applyFrame(null, { snapshot, seq: m.seq }) };
  nothingContradicts(again, 'snapshot');
  assert.equal(ofStrip(console_(again)).agreed, '12.45');
  assert.equal(t('shared.on_time'), 'Vi holder tiden');
});
