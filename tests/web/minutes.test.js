import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import './support/hooks.js';
import { id, moments } from './fixtures/minutes.js';
import { treeOf } from './fixtures/tree.js';

const { fold, fromSnapshot } = await import('../../web/shared/model.js');
const { fileName } = await import('../../web/shared/download.js');
const { lapsOver, saidIn, toGather } = await import('../../web/shared/laps.js');
const { authorsOf, basesOf, earlierOf, hasDecision, linksWanted, may, openSuggestions, standings } =
  await import('../../web/minutes/read.js');
const {
  bringAlong,
  fieldsOf,
  floorMoved,
  follow,
  hindrance,
  leftBehind,
  nothingWritten,
  pick,
  written,
} = await import('../../web/minutes/writing.js');

const stateOf = (name) => fromSnapshot(moments[name](), 100);
const partNamed = (state, name) =>
  state.items.flatMap((item) => item.parts).find((part) => part.id === name);
const after = (state, ...facts) =>
  facts.reduce((now, fact, i) => fold(now, { seq: now.seq + 1 + i, at: 2000000, ...fact }), state);
const handsOn = (state, seat) =>
  after(
    state,
    { fact: 'turn.ended', seat: 5, turn: 31, lap: 1 },
    { fact: 'turn.began', seat, turn: 32, lap: 1, until: 3000000 },
  );

test('an empty field follows the floor', () => {
  const state = stateOf('turns');
  assert.equal(follow(state, nothingWritten).seat, 5);
  assert.equal(follow(handsOn(state, 6), follow(state, nothingWritten)).seat, 6);
});

test('while somebody answers, the field is the answerer’s, and the asker’s again afterwards', () => {
  const asked = after(stateOf('turns'), {
    fact: 'turn.answering',
    seat: 1,
    turn: 31,
    answering: true,
  });
  assert.equal(follow(asked, follow(stateOf('turns'), nothingWritten)).seat, 1);
  assert.equal(leftBehind(asked, written(stateOf('turns'), nothingWritten, 'Hvor mange')), true);
  assert.equal(
    follow(
      after(asked, { fact: 'turn.answering', seat: 1, turn: 31, answering: false }),
      nothingWritten,
    ).seat,
    5,
  );
});

test('half a sentence stays with the one it was begun for', () => {
  const state = stateOf('turns');
  const writing = written(state, nothingWritten, 'Vi ser');
  const next = handsOn(state, 6);
  assert.equal(follow(next, writing).seat, 5);
  assert.equal(leftBehind(state, writing), false);
  assert.equal(leftBehind(next, writing), true);
  assert.deepEqual(fieldsOf(written(next, writing, ' Vi ser mere ')), {
    text: 'Vi ser mere',
    part: '4b',
    seat: 5,
  });
  assert.deepEqual(fieldsOf(bringAlong(next, writing)), { text: 'Vi ser', part: '4b', seat: 6 });
});

test('half a sentence stays in the part it was begun in', () => {
  const state = stateOf('turns');
  const writing = written(state, nothingWritten, 'Vi ser');
  const next = after(
    state,
    { fact: 'part.ended', part: '4b', used: 1 },
    { fact: 'part.began', part: '4d', until: 3000000 },
  );
  assert.equal(leftBehind(next, writing), true);
  assert.equal(fieldsOf(follow(next, writing)).part, '4b');
  assert.equal(hindrance(next, writing), null);
});

test('whoever was picked by hand is kept until the floor moves', () => {
  const state = stateOf('turns');
  const writing = pick(state, nothingWritten, { seat: 1 });
  assert.equal(follow(state, writing).seat, 1);
  assert.equal(floorMoved(handsOn(state, 6), writing).seat, 6);
  assert.equal(leftBehind(handsOn(state, 6), { ...writing, text: 'Til Thomas' }), false);
});

test("a summary is nobody's and has a side; elsewhere somebody must be named", () => {
  const state = stateOf('summary');
  assert.deepEqual(fieldsOf(written(state, nothingWritten, 'Enige')), {
    text: 'Enige',
    part: '4e',
    box: 'agreed',
  });
  assert.equal(hindrance(state, written(state, nothingWritten, 'Enige')), null);
  const silent = after(stateOf('turns'), { fact: 'turn.ended', seat: 5, turn: 31, lap: 1 });
  assert.equal(hindrance(silent, written(silent, nothingWritten, 'Hvem?')), 'seat');
  assert.equal(hindrance(silent, nothingWritten), 'closed');
  assert.equal(
    hindrance(stateOf('turns'), written(stateOf('turns'), nothingWritten, '  ')),
    'text',
  );
  assert.equal(
    hindrance(stateOf('closed'), written(stateOf('closed'), nothingWritten, 'For sent')),
    'closed',
  );
});

test('a point that several said together is by all of them', () => {
  const state = stateOf('retro');
  const [point] = state.contributions;
  const names = authorsOf(state, { ...point, with_seats: [3, 4] }).map(({ seat }) => seat);
  assert.deepEqual(names, [point.seat, 3, 4]);
});

test('a point of a retrospect has no author, whatever seat it came with', () => {
  const state = stateOf('retro');
  const part = partNamed(state, '6a');
  const point = state.contributions.at(-1);
  assert.equal(point.part, part.id);
  assert.deepEqual(authorsOf(state, { ...point, seat: 5 }), []);
  assert.equal(authorsOf(state, state.contributions[0])[0].name, 'Thomas');
});

test('links are for the second lap and on, to what was said before', () => {
  const state = stateOf('spiral');
  const part = partNamed(state, '4c');
  const [first] = state.contributions;
  const second = state.contributions.find((point) => point.lap === 2);
  assert.equal(linksWanted(part, first), false);
  assert.equal(linksWanted(part, second), true);
  assert.deepEqual(
    earlierOf(state, second).map((point) => point.lap),
    [1, 1, 1, 1],
  );
  assert.equal(basesOf(state, [id(2), id(999)]).length, 1);
});

test('console and scribe may mend what others said, and the leader once it is over', () => {
  const by = (role, state = 'running') => ({ role, saved: { now: { state } } });
  assert.equal(may(by('scribe'), 'write'), true);
  assert.equal(may(by('scribe'), 'mend'), true);
  assert.equal(may(by('console'), 'mend'), true);
  assert.equal(may(by('console'), 'approve'), false);
  for (const right of ['mend', 'decide', 'gather', 'approve']) {
    assert.equal(may(by('leader'), right), false, right);
    assert.equal(may(by('leader', 'closed'), right), true, right);
  }
  assert.equal(may(by('leader', 'closed'), 'write'), false);
  assert.equal(may(by('phone', 'closed'), 'write'), false);
});

test('what is missing is told for each of the seven', () => {
  const told = Object.fromEntries(
    standings(stateOf('decision')).map(({ answer, standing }) => [answer, standing]),
  );
  assert.deepEqual(told, {
    next_step: 'filled',
    action: 'filled',
    targets: 'unsettled',
    stakeholders: 'partly',
    tasks: 'partly',
    follow_up: 'empty',
    feedback: 'empty',
  });
  assert.equal(standings(stateOf('decision')).find(({ answer }) => answer === 'tasks').tasks, 1);
  assert.deepEqual(
    standings(stateOf('closed')).map(({ standing }) => standing),
    Array(7).fill('filled'),
  );
  assert.equal(hasDecision({ ...stateOf('turns'), items: [] }), false);
  assert.deepEqual(
    openSuggestions(stateOf('decision')).map((point) => point.id),
    [id(31), id(32)],
  );
});

test('a lap that is over asks for its recap, until there is one', () => {
  const state = stateOf('spiral');
  const part = partNamed(state, '4c');
  assert.equal(lapsOver(state, part), 1);
  assert.deepEqual(toGather(state), { part: '4c', lap: 1 });
  assert.equal(saidIn(state, { part: '4c', lap: 1 }).length, 4);
  const saved = after(state, { fact: 'recap.saved', part: '4c', lap: 1, text: 'Det samme' });
  assert.equal(toGather(saved), null);
  const now = { ...state.now, speaker: null, queue: [], heard: [1, 2] };
  assert.deepEqual(toGather({ ...state, now }), { part: '4c', lap: 2 });
});

test('what the pages are shown here as minutes is what the schema says', () => {
  const { Ajv } = createRequire(new URL('../../web/package.json', import.meta.url))('ajv');
  const schema = readFileSync(
    new URL('../../protocol/minutes.schema.json', import.meta.url),
    'utf8',
  );
  const isValid = new Ajv({ strictTuples: false }).compile(JSON.parse(schema));
  for (const name of Object.keys(moments))
    for (const locale of ['da', 'en'])
      assert.ok(
        isValid(treeOf(stateOf(name), locale)),
        `${name}: ${JSON.stringify(isValid.errors)}`,
      );
});

test('a file has a name that every system takes', () => {
  assert.equal(
    fileName('Alle med: i/frikvarteret?', 'md', 'referat'),
    'referat-alle-med-i-frikvarteret.md',
  );
  assert.equal(fileName('../..', 'html', 'referat'), 'referat.html');
  assert.equal(fileName('Årsmøde på Øen', 'html', 'referat'), 'referat-årsmøde-på-øen.html');
});
