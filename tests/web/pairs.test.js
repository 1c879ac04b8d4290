// Pairs: what a page makes of their facts is what a snapshot would tell it; what the console offers,
// what a phone writes, and how the wall lays the names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';
import { phone } from './fixtures/phone.js';

const { fold, fromSnapshot } = await import('../../web/shared/model.js');
const { layNames } = await import('../../web/method/pairs/board.js');
const { default: phoneView } = await import('../../web/method/pairs/phone.js');
const { command, enabled, primary } = await import('../../web/console/actions.js');
const { primaryWords } = await import('../../web/console/middle.js');
const { estimate } = await import('../../web/board/fit.js');

const at = (...facts) =>
  facts.reduce(
    (state, fact, i) => fold(state, { seq: 10 + i, at: 1, ...fact }),
    fromSnapshot({ ...phone['pairs-two'].snapshot, pairs: [] }, 9),
  );
/** What a snapshot would have in it, as JSON says it. */
const told = ({ pairs, shown, contributions }) =>
  JSON.parse(JSON.stringify({ pairs, shown, contributions }));

const made = (...seats) => ({
  fact: 'pairs.made',
  part: '4f',
  pairs: seats.map((each, i) => ({ part: '4f', pair: i + 1, seats: each })),
});
const joined = (pair, seat) => ({ fact: 'pairs.joined', part: '4f', pair, seat });
const written = (pair, text, seat = 4) => ({
  fact: 'pairs.written',
  part: '4f',
  pair,
  seat,
  ...(text && { text }),
});
const noted = (pair, is) => ({ fact: 'pairs.noted', part: '4f', pair, written: is });
const POINT = '9a0c1d2e-3b4f-4c5d-8e6f-708192a3b4c5';
const OTHER = '9a0c1d2e-3b4f-4c5d-8e6f-708192a3b4c6';
const shown = {
  fact: 'pairs.shown',
  part: '4f',
  points: [
    { pair: 2, contribution: POINT, seat: 3, with_seats: [4], text: 'Legekasser' },
    { pair: 3, contribution: OTHER, seat: 5, text: 'En voksen' },
  ],
};
const hidden = { fact: 'pairs.hidden', part: '4f', contributions: [POINT, OTHER] };

test('before_anybody_is_paired_there_are_no_pairs', () => {
  assert.deepEqual(fromSnapshot(moments.lobby().snapshot, 1).pairs, []);
});

test('pairs_stand_as_they_were_made', () => {
  assert.deepEqual(told(at(made([1, 2], [3, 4]))).pairs, [
    { part: '4f', pair: 1, seats: [1, 2] },
    { part: '4f', pair: 2, seats: [3, 4] },
  ]);
});

test('made_again_those_of_the_part_are_others_and_who_wrote_keeps_the_text', () => {
  const other = { fact: 'pairs.made', part: '4e', pairs: [{ part: '4e', pair: 1, seats: [1, 3] }] };
  const again = {
    ...made([1, 2]),
    pairs: [
      { part: '4f', pair: 2, seats: [3, 4] },
      { part: '4f', pair: 3, seats: [1, 2, 5] },
    ],
  };
  const facts = [other, made([1, 5], [3, 4]), written(2, 'Legekasser'), noted(2, true), again];
  assert.deepEqual(told(at(...facts)).pairs, [
    { part: '4e', pair: 1, seats: [1, 3] },
    { part: '4f', pair: 2, seats: [3, 4], text: 'Legekasser', written: true },
    { part: '4f', pair: 3, seats: [1, 2, 5] },
  ]);
});

test('who_joins_a_pair_is_its_last_and_in_no_other', () => {
  assert.deepEqual(told(at(made([1, 2], [3, 4]), joined(1, 5))).pairs[0].seats, [1, 2, 5]);
  assert.deepEqual(
    told(at(made([1, 2], [3, 4]), joined(2, 1))).pairs.map((each) => each.seats),
    [[2], [3, 4, 1]],
  );
});

test('a_pair_that_nobody_is_left_in_is_none', () => {
  assert.deepEqual(told(at(made([1], [3, 4]), joined(2, 1))).pairs, [
    { part: '4f', pair: 2, seats: [3, 4, 1] },
  ]);
});

test('the_first_who_comes_when_there_is_no_pair_makes_one', () => {
  assert.deepEqual(told(at(made(), joined(1, 5))).pairs, [{ part: '4f', pair: 1, seats: [5] }]);
});

test('joining_touches_no_pair_of_another_part', () => {
  const other = { fact: 'pairs.made', part: '4e', pairs: [{ part: '4e', pair: 1, seats: [1, 3] }] };
  assert.deepEqual(told(at(other, made([1, 2], [3, 4]), joined(2, 1))).pairs[0].seats, [1, 3]);
});

test('a_text_is_its_pairs_and_goes_when_it_is_emptied', () => {
  const one = at(made([1, 2], [3, 4]), written(2, 'Legekasser'));
  assert.deepEqual(
    told(one).pairs.map((each) => each.text),
    [undefined, 'Legekasser'],
  );
  const none = fold(one, { seq: 99, at: 1, ...written(2, '') });
  assert.deepEqual(told(none).pairs, told(at(made([1, 2], [3, 4]))).pairs);
});

test('who_of_the_pair_has_another_phone_is_told_with_its_text', () => {
  const moved = { ...written(2, 'Legekasser'), moved: [3] };
  const pair = told(at(made([1, 2], [3, 4]), moved)).pairs[1];
  assert.deepEqual(pair, { part: '4f', pair: 2, seats: [3, 4], text: 'Legekasser', moved: [3] });
  assert.deepEqual(told(at(made([1, 2], [3, 4]), moved, made([1, 2], [3, 4, 5]))).pairs[1], {
    ...pair,
    seats: [3, 4, 5],
  });
});

test('the_console_hears_that_a_pair_has_written_and_nothing_of_what', () => {
  const facts = [made([1, 2], [3, 4]), noted(2, true)];
  assert.deepEqual(told(at(...facts)).pairs[1], {
    part: '4f',
    pair: 2,
    seats: [3, 4],
    written: true,
  });
  assert.deepEqual(told(at(...facts, noted(2, false))).pairs, told(at(facts[0])).pairs);
});

test('shown_they_are_points_by_all_of_the_pair_and_the_pairs_stay', () => {
  const state = told(at(made([1, 2], [3, 4], [5]), written(2, 'Legekasser'), shown));
  assert.deepEqual(state.shown, ['4f']);
  assert.deepEqual(state.contributions, [
    { id: POINT, seat: 3, with_seats: [4], part: '4f', text: 'Legekasser', builds_on: [] },
    { id: OTHER, seat: 5, part: '4f', text: 'En voksen', builds_on: [] },
  ]);
  assert.equal(state.pairs[1].text, 'Legekasser');
});

test('taken_back_all_is_as_it_was', () => {
  const before = [made([1, 2], [3, 4], [5]), written(2, 'Legekasser')];
  const said = {
    fact: 'contribution.added',
    contribution: '9a0c1d2e-3b4f-4c5d-8e6f-708192a3b4c7',
    seat: 1,
    part: '4f',
    text: 'For Karen',
  };
  assert.deepEqual(told(at(...before, said, shown, hidden)), told(at(...before, said)));
});

const consoleAt = (name) => fromSnapshot(moments[name]().snapshot, 1);

test('the_wide_button_shows_what_is_written_and_goes_on_where_nothing_is', () => {
  const [begin, some, after] = ['pairs-begin', 'pairs', 'pairs-shown'].map(consoleAt);
  assert.deepEqual(
    [begin, some, after].map((state) => primary(state).action),
    ['next', 'show', 'next'],
  );
  assert.equal(primaryWords(primary(some)), 'Vis det, parrene har skrevet');
  assert.equal(primaryWords(primary(consoleAt('retrospect'))), 'Vis alt på tavlen');
  assert.deepEqual(
    [begin, some, after].map((state) => enabled(state, 'show')),
    [false, true, false],
  );
  assert.deepEqual(command(some, 'show'), { do: 'pairs.show', with: {} });
});

const texts = (name, seats = [4]) => phoneView.texts(fromSnapshot(phone[name].snapshot, 1), seats);

test('a_phone_writes_for_the_pairs_of_those_who_sit_at_it', () => {
  assert.deepEqual(texts('pairs-written'), [
    {
      key: '4f:2',
      do: 'pairs.write',
      with: { part: '4f', pair: 2 },
      text: phone['pairs-written'].snapshot.pairs[1].text,
    },
  ]);
  assert.deepEqual(
    texts('pairs-at-one-phone', [6, 7]).map(({ key }) => key),
    ['4f:1'],
  );
  assert.deepEqual(
    texts('pairs-parted-phone', [6, 7]).map(({ key }) => key),
    ['4f:1', '4f:2'],
  );
  assert.deepEqual(texts('pairs-shown'), [], 'once shown it is mended like any point');
});

const WALLS = [
  { w: 97, h: 76 },
  { w: 88, h: 110 },
  { w: 60, h: 40 },
];
const namesOf = (n, words = 'Mette og Ole') =>
  Array.from({ length: n }, () => ({ text: words, people: 2 }));

test('names_stand_in_columns_within_their_box_and_none_on_another', () => {
  for (const box of WALLS) {
    for (const n of box.h > 50 ? [1, 2, 3, 7, 15] : [1, 2, 3, 7]) {
      const laid = layNames(namesOf(n, 'Christian Frederik og Gudrun'), box, estimate);
      const { size, rows, w, h, pitch, mark } = laid;
      assert.ok(size >= 2.2 && pitch >= h && mark < w);
      assert.ok((rows - 1) * pitch + h <= box.h + 0.01, `${n}: too high`);
      const columns = Math.ceil(n / rows);
      assert.ok(columns * w + (columns - 1) * size * 1.1 <= box.w + 0.01, `${n}: too wide`);
    }
  }
});

test('few_pairs_are_large_and_sixty_people_can_still_be_read', () => {
  const [box] = WALLS;
  assert.ok(layNames(namesOf(3), box, estimate).size > 7);
  assert.ok(layNames(namesOf(30), box, estimate).size >= 2.8);
  assert.equal(layNames(namesOf(500), box, estimate), null, 'then the wall says how many');
});
