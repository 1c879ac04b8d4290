import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';

const { command, enabled, moved, movedTo, orderOf, primary, primaryKey } =
  await import('../../web/console/actions.js');
const { heard, readyCount } = await import('../../web/console/read.js');
const { fromSnapshot } = await import('../../web/shared/model.js');

const state = (name) => {
  const { snapshot, seq } = moments[name]();
  return fromSnapshot(snapshot, seq);
};
const said = (name) => {
  const it = primary(state(name));
  return (
    it &&
    [it.label, it.values?.seat?.name ?? it.values?.part?.title ?? it.values?.n]
      .filter(Boolean)
      .join(' ')
  );
};

test('the wide button says what it will do, at every moment of a meeting', () => {
  const expected = {
    lobby: 'start',
    talk: 'next Opklarende spørgsmål',
    reflection: 'next På skift',
    intro: 'give Karen',
    'turns-first': 'give Thomas',
    turns: 'give Mette',
    'turns-last': 'end_round',
    complete: 'next Fri dialog',
    paused: 'resume',
    spiral: 'give Mette',
    questions: 'give Birgit',
    answering: 'give Birgit',
    dialogue: 'give Mette',
    summary: 'next Drøftelse: næste skridt',
    decision: 'next Samtale om samtalen',
    retrospect: 'show',
    'retrospect-shown': 'next Tak for i dag',
    'retrospect-round': 'give Anders',
    last: 'close',
    closed: null,
  };
  for (const [name, label] of Object.entries(expected)) assert.equal(said(name), label, name);
});

test('the floor goes with the number of the live turn, and the part with where it goes from', () => {
  assert.deepEqual(command(state('turns'), 'give', 5), {
    do: 'floor.give',
    with: { seat: 5, turn: 31 },
  });
  assert.deepEqual(command(state('turns'), 'next'), { do: 'part.next', with: { from: '4b' } });
  assert.deepEqual(command(state('turns'), 'back'), { do: 'part.back', with: { from: '4b' } });
});

test('before the first turn of a meeting no number is sent, for none is live', () => {
  const first = state('turns-first');
  first.now.turn = 0;
  assert.deepEqual(command(first, 'give', 1), { do: 'floor.give', with: { seat: 1 } });
});

test('what is done for the speaker names the speaker and the turn', () => {
  for (const [action, name] of [
    ['later', 'turn.later'],
    ['pass', 'turn.pass'],
    ['extra', 'turn.more'],
    ['done', 'turn.done'],
  ])
    assert.deepEqual(command(state('turns'), action), { do: name, with: { seat: 4, turn: 31 } });
});

test('somebody who is out for a moment is passed over, and so is one who left', () => {
  const it = state('turns');
  it.now.queue = [10, 11];
  assert.equal(primary(it).values.seat.name, 'Peter');
  it.seats = it.seats.map((seat) => (seat.seat === 11 ? { ...seat, presence: 'left' } : seat));
  assert.equal(primary(it).label, 'end_round');
});

test('the last speaker of a lap that is not the last ends the lap', () => {
  const it = state('spiral');
  it.now = { ...it.now, lap: 1, laps: 2, queue: [] };
  assert.deepEqual([primary(it).label, primary(it).values.n], ['end_lap', 1]);
});

test('a presentation round gives the floor to whoever waits, ends with the last, and only then goes on', () => {
  const it = state('intro');
  assert.deepEqual(
    [primary(it).action, primary(it).arg],
    [
      'give',
      it.now.queue.find((n) => it.seats.find((seat) => seat.seat === n)?.presence === 'here'),
    ],
  );
  it.now = { ...it.now, queue: [], speaker: 3, heard: [1, 2] };
  assert.equal(primary(it).label, 'end_round');
  it.now = { ...it.now, speaker: null, heard: [1, 2, 3] };
  assert.equal(primary(it).action, 'next');
});

test('in a dialogue with an empty list the wide button ends the turn before it leaves the part', () => {
  const it = state('dialogue');
  it.now = { ...it.now, queue: [], speaker: 4 };
  assert.deepEqual(
    [primary(it).action, primary(it).label, primary(it).values.seat.seat],
    ['done', 'done', 4],
  );
  it.now = { ...it.now, speaker: null };
  assert.equal(primary(it).action, 'next');
});

test('ending the meeting is asked about; nothing else is', () => {
  for (const name of Object.keys(moments))
    assert.equal(Boolean(primary(state(name))?.confirm), name === 'last', name);
});

test('what the wide button offers can be pressed', () => {
  for (const name of Object.keys(moments)) {
    const it = primary(state(name));
    if (it) assert.ok(enabled(state(name), it.action, it.arg), `${name}: ${it.action}`);
  }
});

test('what is shown of a retrospect can no longer be added to', () => {
  assert.equal(enabled(state('retrospect'), 'write'), true);
  assert.equal(enabled(state('retrospect-shown'), 'write'), false);
});

test('while the clocks stand nothing of the floor can be pressed', () => {
  for (const action of ['done', 'hint', 'later', 'pass', 'extra', 'pause', 'lap', 'show'])
    assert.equal(enabled(state('paused'), action), false, action);
  assert.equal(enabled(state('paused'), 'give', 5), false);
  for (const action of ['resume', 'next', 'back', 'undo', 'more'])
    assert.equal(enabled(state('paused'), action), true, action);
});

test('when all is over nothing can be pressed', () => {
  const actions = [
    'start',
    'close',
    'next',
    'back',
    'pause',
    'resume',
    'less',
    'more',
    'done',
    'hint',
    'later',
    'pass',
    'undo',
    'write',
    'seat',
    'late',
    'list',
    'order',
  ];
  for (const action of actions) assert.equal(enabled(state('closed'), action), false, action);
  assert.equal(
    enabled(state('closed'), 'decide'),
    true,
    'the decision record can be mended afterwards',
  );
});

test('the hint needs a phone to reach, and the last cannot be put last', () => {
  const it = state('turns');
  it.now.speaker = 6;
  assert.equal(enabled(it, 'hint'), false);
  it.now.queue = [10];
  assert.equal(enabled(it, 'later'), false);
});

test('whoever is heard can be asked to round off: who presents, has the floor, or answers', () => {
  const asked = (name, change = {}) => {
    const it = state(name);
    Object.assign(it.now, change);
    return enabled(it, 'hint') ? [heard(it).name, command(it, 'hint').with] : null;
  };
  assert.deepEqual(asked('talk'), ['Lise', { part: '3a' }]);
  assert.deepEqual(asked('turns'), ['Jonas', { turn: 31 }]);
  assert.deepEqual(asked('answering'), ['Lise', { turn: state('answering').now.turn }]);
  assert.equal(asked('reflection'), null, 'in silence nobody is');
  assert.equal(asked('talk', { state: 'paused' }), null);
  const gone = state('talk');
  gone.seats = gone.seats.map((seat) => ({ ...seat, presence: 'left' }));
  assert.equal(enabled(gone, 'hint'), false);
});

test('who is ready is counted of those who can press, and the others are told apart', () => {
  const it = state('reflection');
  it.seats = it.seats.slice(0, 5);
  it.seats[0] = { ...it.seats[0], device: 'none', held: false };
  it.seats[1] = { ...it.seats[1], device: 'own', held: false };
  it.seats[2] = { ...it.seats[2], device: 'shared', held: true };
  it.seats[3] = { ...it.seats[3], device: 'own', held: true, presence: 'away' };
  it.seats[4] = { ...it.seats[4], device: 'own', held: true };
  it.ready = [it.seats[2].seat, it.seats[3].seat];
  assert.deepEqual(readyCount(it), { ready: 1, of: 2, without: 2 });
});

test('the key of the wide button changes with every step, so that a double press is known', () => {
  const keys = ['turns-first', 'turns', 'turns-last', 'complete', 'dialogue', 'last'].map((name) =>
    primaryKey(state(name)),
  );
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(primaryKey(state('turns')), primaryKey(state('turns')));
});

test('an order moves one seat and keeps each once', () => {
  assert.deepEqual(moved([1, 2, 3, 4], 3, -1), [1, 3, 2, 4]);
  assert.deepEqual(moved([1, 2, 3, 4], 1, -1), [1, 2, 3, 4]);
  assert.deepEqual(moved([1, 2, 3, 4], 4, 1), [1, 2, 3, 4]);
  assert.deepEqual(movedTo([1, 2, 3, 4], 4, 1), [4, 1, 2, 3]);
  assert.deepEqual(movedTo([1, 2, 3, 4], 1, 3), [2, 3, 1, 4]);
  assert.deepEqual(movedTo([1, 2], 1, 9), [1, 2]);
});

test('who waits is moved in the queue, of a round or of a dialogue, else at the table', () => {
  assert.equal(orderOf(state('turns')).do, 'floor.order');
  assert.deepEqual(orderOf(state('dialogue'), 11), { do: 'floor.order', order: [5, 11, 1] });
  assert.equal(orderOf(state('dialogue'), 7).do, 'table.order');
  assert.equal(orderOf(state('intro')).do, 'table.order');
  assert.equal(orderOf(state('talk')).do, 'table.order');
  assert.deepEqual(orderOf(state('lobby')).order, [1, 2, 3, 4, 5, 6, 7]);
});
