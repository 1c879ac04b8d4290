// Long lists: what of them is shown, and that what was worked out once is worked out anew when it
// must be.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { isMeant, MOST, shownOf } = await import('../../web/console/long.js');
const { latest, ofList } = await import('../../web/shared/once.js');

const list = Array.from({ length: 1000 }, (_, i) => i);
const ends = ({ rows, before, after }) => [rows[0], rows.at(-1), rows.length, before, after];

test('a_list_that_fits_is_shown_whole', () => {
  assert.deepEqual(ends(shownOf(list.slice(0, MOST), 20)), [0, 39, 40, 0, 0]);
});

test('of_a_long_list_forty_are_shown_from_a_little_before_what_matters', () => {
  assert.deepEqual(ends(shownOf(list, 0)), [0, 39, 40, 0, 960]);
  assert.deepEqual(ends(shownOf(list, -1)), [0, 39, 40, 0, 960]);
  assert.deepEqual(ends(shownOf(list, 500)), [497, 536, 40, 497, 463]);
  assert.deepEqual(ends(shownOf(list, 999)), [960, 999, 40, 960, 0]);
  assert.deepEqual(
    ends(shownOf(list, list.length)),
    [960, 999, 40, 960, 0],
    'of points the newest',
  );
});

test('more_are_shown_where_they_were_asked_for_and_an_open_one_wherever_it_stands', () => {
  assert.deepEqual(ends(shownOf(list, 500, { before: 100 })), [397, 536, 140, 397, 463]);
  assert.deepEqual(ends(shownOf(list, 500, { after: 600 })), [497, 999, 503, 497, 0]);
  assert.deepEqual(ends(shownOf(list, 500, {}, (each) => each === 7)), [7, 536, 41, 497, 463]);
});

test('a_person_is_found_by_any_part_of_name_or_function_or_place', () => {
  const seat = (name, role) => ({ seat: 12, name, function: role });
  assert.ok(isMeant(seat('Åse Holm', 'Lærer'), ' åse'));
  assert.ok(isMeant(seat('Åse Holm', 'Lærer'), 'LÆR'));
  assert.ok(isMeant(seat(null, null), '12'));
  assert.ok(!isMeant(seat('Åse Holm', null), 'lærer'));
});

test('a_question_about_a_list_is_answered_once_for_each_list_and_each_thing', () => {
  let worked = 0;
  const more = ofList(
    (/** @type {number[]} */ numbers, least) => (worked++, numbers.filter((n) => n >= least)),
  );
  const numbers = [1, 2, 3];
  assert.equal(more(numbers, 2), more(numbers, 2));
  assert.deepEqual([more(numbers, 2), more(numbers, 3), more([5], 3)], [[2, 3], [3], [5]]);
  assert.equal(worked, 3);
});

test('only_the_last_answer_is_kept_and_only_for_the_same_things', () => {
  let worked = 0;
  const sum = latest((a, b) => (worked++, a + b));
  assert.deepEqual([sum(1, 2), sum(1, 2), sum(1, 3), sum(1, 2), worked], [3, 3, 4, 3, 3]);
});
