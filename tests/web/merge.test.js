// What two have written on the same text: every word of both stands there, or both are shown.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { mergeText, mergeValues } = await import('../../web/shared/merge.js');
const { same, valueAt, withText } = await import('../../web/shared/value.js');

test('what one of them leaves alone, the other may change', () => {
  assert.equal(
    mergeText('Gården er for lille', 'Gården er alt for lille', 'Gården er for lille til alle'),
    'Gården er alt for lille til alle',
  );
  assert.equal(mergeText('en to tre', 'en tre', 'en to tre fire'), 'en tre fire');
  assert.equal(mergeText('a', 'a', 'b'), 'b');
  assert.equal(mergeText('a', 'b', 'a'), 'b');
  assert.equal(mergeText('', 'Det samme', 'Det samme'), 'Det samme');
});

test('who begin in an empty field at once both stand there, the first one first', () => {
  assert.equal(mergeText('', 'Skoven', 'Gården'), 'Gården\nSkoven');
  assert.equal(mergeText('', 'Gården og skoven', 'Gården'), 'Gården og skoven');
  assert.equal(mergeText('', 'Gården', 'Gå'), 'Gå\nGården');
});

test('who go on writing side by side each go on in their own line, also in the middle of a word', () => {
  assert.equal(mergeText('Gå', 'Gården er', 'Gå\nSko'), 'Gården er\nSko');
  assert.equal(
    mergeText('Gården\nSko', 'Gården\nSkoven er', 'Gården er\nSko'),
    'Gården er\nSkoven er',
  );
  assert.equal(mergeText('Gården', 'Gården er', 'Gården\nSkoven'), 'Gården er\nSkoven');
});

test('where both change the same words nobody but they can say', () => {
  assert.equal(mergeText('Fem voksne ude', 'Fire voksne ude', 'Tre voksne ude'), null);
  assert.equal(mergeText('Gård', 'Gården', 'Gårde'), null);
  assert.equal(mergeText('Fem voksne', 'Fem pædagoger', ''), null);
});

test('no letter is halved, and words that mean something to JavaScript are words', () => {
  assert.equal(mergeText('😀', '😀😁', '😃😀'), '😃😀😁');
  assert.equal(
    mergeText('', 'constructor', '__proto__ toString'),
    '__proto__ toString\nconstructor',
  );
});

/** A small dice that gives the same each time. */
function dice(seed) {
  let n = seed;
  return (sides) => {
    n = (Math.imul(n, 1103515245) + 12345) >>> 0;
    return (n >>> 16) % sides;
  };
}

test('of two who only add, no word is ever lost', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const roll = dice(seed);
    const words = (name, n) => Array.from({ length: n }, (_, i) => `${name}${i}`);
    const base = words('o', roll(5));
    const adding = (name) => {
      const text = [...base];
      for (const word of words(name, 1 + roll(3))) text.splice(roll(text.length + 1), 0, word);
      return text.join(roll(4) ? ' ' : '\n');
    };
    const [mine, theirs] = [adding('a'), adding('b')];
    const merged = mergeText(base.join(' '), mine, theirs);
    if (merged === null) continue;
    const found = merged.split(/\s+/).sort();
    const wanted = [...new Set([...mine.split(/\s+/), ...theirs.split(/\s+/)])]
      .filter(Boolean)
      .sort();
    assert.deepEqual(
      found.filter(Boolean),
      wanted,
      `${seed}: ${base} | ${mine} | ${theirs} | ${merged}`,
    );
  }
});

const task = (id, fields) => ({ id, text: id, ...fields });
const merge = (base, mine, theirs) => {
  const { value, clashes } = mergeValues(base, mine, theirs);
  assert.deepEqual(clashes, []);
  return value;
};

test('who add a task each have two, and who mend another field of one have both', () => {
  const base = { answer: 'tasks', tasks: [task('a')] };
  assert.deepEqual(
    merge(
      base,
      { ...base, tasks: [task('a'), task('m')] },
      { ...base, tasks: [task('a'), task('t')] },
    ),
    { ...base, tasks: [task('a'), task('t'), task('m')] },
  );
  assert.deepEqual(
    merge(
      base,
      { ...base, tasks: [task('a', { owner: 'Ana' })] },
      { ...base, tasks: [task('a', { due: '2026-11-17' })] },
    ).tasks,
    [task('a', { owner: 'Ana', due: '2026-11-17' })],
  );
});

test('a task that one takes away is gone, unless the other has changed it', () => {
  const base = { tasks: [task('a'), task('b')] };
  const without = { tasks: [task('b')] };
  assert.deepEqual(merge(base, without, base), without);
  assert.deepEqual(merge(base, base, without), without);
  const changed = { tasks: [task('a', { owner: 'Bo' }), task('b')] };
  assert.deepEqual(merge(base, without, changed), changed);
  assert.deepEqual(new Set(merge(base, changed, without).tasks), new Set(changed.tasks));
});

test('points that something rests on, and people, are added up', () => {
  assert.deepEqual(
    merge({ based_on: ['a', 'b'] }, { based_on: ['a', 'b', 'm'] }, { based_on: ['b', 't'] })
      .based_on,
    ['b', 't', 'm'],
  );
  const said = (body, settled) => ({ body, settled });
  assert.deepEqual(
    merge(
      { stakeholders: [said('school_board', 'today')] },
      { stakeholders: [said('school_board', 'today'), said('pupil_council', 'today')] },
      { stakeholders: [said('school_board', 'unsettled')] },
    ).stakeholders,
    [said('school_board', 'unsettled'), said('pupil_council', 'today')],
  );
});

test('a clash names its place, and the rest is merged', () => {
  const { value, clashes } = mergeValues(
    { text: 'Fem', tasks: [task('a', { owner: 'Ana' })] },
    { text: 'Fire', date: '2026-11-17', tasks: [task('a', { owner: 'Bo' })] },
    { text: 'Tre', tasks: [task('a', { owner: 'Eva' })] },
  );
  assert.deepEqual(value, {
    text: 'Tre',
    date: '2026-11-17',
    tasks: [task('a', { owner: 'Eva' })],
  });
  assert.deepEqual(clashes, [
    { path: 'text', mine: 'Fire', theirs: 'Tre' },
    { path: 'tasks.a.owner', mine: 'Bo', theirs: 'Eva' },
  ]);
});

test('what says nothing is the same as nothing', () => {
  assert.ok(same({ answer: 'a', unsettled: false, tasks: [] }, { answer: 'a', text: '' }));
  assert.ok(same({ text: 'a ' }, { text: 'a' }));
  assert.ok(!same({ tasks: [task('a')] }, { tasks: [task('b')] }));
  assert.ok(!same({ text: 'a' }, {}));
});

test('a text is found by its path, and set there', () => {
  const value = { text: 'x', tasks: [task('a', { owner: 'Ana' })] };
  assert.equal(valueAt(value, 'tasks.a.owner'), 'Ana');
  assert.equal(valueAt(value, 'tasks.z.owner'), '');
  assert.deepEqual(withText(value, 'tasks.a.owner', 'Bo').tasks, [task('a', { owner: 'Bo' })]);
  assert.equal(withText(value, 'text', 'y').text, 'y');
});
