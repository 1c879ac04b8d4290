import './support/hooks.js';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const { formOf, put } = await import('../../web/start/plan/agenda.js');
const { daysBefore, itemSum, lengths, rounds, SIZES, total, turnOf, ways } =
  await import('../../web/start/plan/sums.js');
const { daysUntil, isNear, isOneQuestion, unsound } =
  await import('../../web/start/plan/before.js');

const school = formOf(
  JSON.parse(
    readFileSync(
      new URL('../../server/templates/skoleudviklingssamtale.json', import.meta.url),
      'utf8',
    ),
  ),
);
const four = (form) => form.items[3];
const withSummary = put(school, ['items', 3, 'parts', 4, 'on'], true);
const time = (ms) =>
  `${Math.floor(ms / 60000)}:${String(Math.floor((ms % 60000) / 1000)).padStart(2, '0')}`;

test('item 4 of the school talk is 42 of 45, and 47 with its optional summary', () => {
  assert.deepEqual(itemSum(four(school)), { minutes: 45, sum: 42, over: -3, withOptional: 47 });
  assert.deepEqual(itemSum(four(withSummary)), { minutes: 45, sum: 47, over: 2, withOptional: 47 });
  assert.deepEqual(total(school), { minutes: 120, parts: 117 });
});

test('twenty-five minutes for six to fourteen people', () => {
  const turns = SIZES.map((people) =>
    time(turnOf(school, four(school), four(school).parts[1], people)),
  );
  assert.deepEqual(turns, ['4:10', '3:07', '2:30', '2:05', '1:47']);
});

test('a spiral deals the minutes it shares, by its shortest lap', () => {
  const [, , spiral] = four(school).parts;
  assert.equal(time(turnOf(school, four(school), spiral, 12)), '0:50');
  const even = put(
    put(school, ['items', 3, 'parts', 2, 'laps'], 3),
    ['items', 3, 'parts', 2, 'first_lap'],
    34,
  );
  assert.equal(time(turnOf(even, four(even), four(even).parts[2], 12)), '0:41');
});

test('whoever takes no turn leaves more to the others', () => {
  const [, questions] = school.items[2].parts;
  assert.equal(time(turnOf(school, school.items[2], questions, 12)), '1:21');
  assert.equal(turnOf(school, school.items[2], questions, 1), null);
});

test('eleven people get half a minute each after writing and reading', () => {
  assert.equal(time(turnOf(school, school.items[5], school.items[5].parts[0], 11)), '0:32');
});

test('turns under the least that a part allows are tight', () => {
  const tight = (people) =>
    rounds(school, [people])
      .filter(({ turns }) => turns[0].tight)
      .map(({ part }) => part.id);
  assert.deepEqual(tight(12), []);
  assert.deepEqual(
    tight(20),
    ['1b', '4c'],
    '12 s and 30 s; the questions get 47 s, for one of the twenty answers',
  );
  assert.deepEqual(
    rounds(school, [12]).map(({ part, least }) => [part.id, least / 1000]),
    [
      ['1b', 15],
      ['3b', 45],
      ['4b', 45],
      ['4c', 45],
      ['6a', 15],
    ],
  );
});

test('a part without minutes gets what is left, as the server deals it', () => {
  const item = {
    minutes: 20,
    parts: [
      { id: 'a', method: 'talk', minutes: 5 },
      { id: 'b', method: 'talk' },
      { id: 'c', method: 'talk' },
    ],
  };
  assert.deepEqual(
    lengths(item).map((ms) => ms / 60000),
    [5, 7.5, 7.5],
  );
  assert.deepEqual(
    lengths({ ...item, minutes: 5 }).map((ms) => ms / 60000),
    [5, 1, 1],
  );
});

test('two minutes over can come from the dialogue, the option, another item or the end', () => {
  const found = ways(withSummary, four(withSummary));
  assert.deepEqual(
    found.map(({ way, part, item, from, to }) => [way, part?.id, item?.no, from, to]),
    [
      ['shorten', '4d', undefined, 15, 13],
      ['drop', '4e', undefined, 5, 0],
      ['borrow', '5a', 5, 30, 28],
      ['longer', undefined, undefined, 45, 47],
    ],
  );
  for (const { way, form } of found)
    assert.equal(itemSum(four(form)).over, way === 'drop' ? -3 : 0, way);
  assert.equal(itemSum(found[2].form.items[4]).over, 0, 'the lender adds up too');
  assert.equal(total(found[2].form).minutes, 120);
});

test('an item with air of its own lends without shortening anything', () => {
  const airy = put(withSummary, ['items', 4, 'minutes'], 33);
  const borrow = ways(airy, four(airy)).find(({ way }) => way === 'borrow');
  assert.deepEqual([borrow.item.no, borrow.part, borrow.to], [5, null, 31]);
});

test('three minutes of air can bring the option in, go to a part, or shorten the item', () => {
  const found = ways(school, four(school));
  assert.deepEqual(
    found.map(({ way, part, from, to }) => [way, part?.id, from, to]),
    [
      ['bring', '4e', 0, 5],
      ['lengthen', '4d', 15, 18],
      ['shorter', undefined, 45, 42],
    ],
  );
});

test('nothing is offered where it adds up, nor where minutes are no number', () => {
  assert.deepEqual(ways(school, school.items[0]), []);
  const typing = put(school, ['items', 3, 'minutes'], '4x');
  assert.deepEqual(ways(typing, four(typing)), []);
});

test('a week before is a day of the calendar, over months and summer time', () => {
  assert.deepEqual(
    ['2026-05-12', '2026-03-03', '2026-03-31', '', undefined].map((date) => daysBefore(date, 7)),
    ['2026-05-05', '2026-02-24', '2026-03-24', null, null],
  );
});

test('no way out is counted from what is no number of minutes', () => {
  const odd = ['', 'ti', '10 min', '7,5', '-3', -3, 7.5, 1e9, 481, NaN, null];
  const paths = [
    ['items', 3, 'minutes'],
    ...four(school).parts.map((_, k) => ['items', 3, 'parts', k, 'minutes']),
    ['items', 4, 'parts', 0, 'minutes'],
    ['items', 2, 'minutes'],
  ];
  for (const value of odd)
    for (const form of [school, withSummary])
      for (const path of paths) {
        const typed = put(form, path, value);
        for (const item of typed.items)
          for (const it of ways(typed, item)) {
            assert.ok(Number.isInteger(it.from) && Number.isInteger(it.to), JSON.stringify(value));
            assert.ok(it.from >= 0 && it.to >= 0 && it.from <= 480, JSON.stringify(value));
          }
        if (path[1] === 3) assert.deepEqual(ways(typed, four(typed)), [], JSON.stringify(value));
        assert.ok(
          Number.isFinite(itemSum(four(typed)).sum) && Number.isFinite(total(typed).minutes),
        );
        for (const { turns } of rounds(typed, SIZES))
          for (const { ms } of turns) assert.ok(Number.isFinite(ms) && ms >= 0);
      }
});

test('a learning focus is one sentence that asks', () => {
  for (const text of ['Hvordan bliver pausen bedre?', ' Hvad sker der kl. 9.30? ', 'Hvad gør 7.b?'])
    assert.equal(isOneQuestion(text), true, text);
  for (const text of [
    '',
    'Den gode pause',
    'Hvad nu? Og så?',
    'Pausen. Hvad nu?',
    'Hvad? Nå.',
    '?',
  ])
    assert.equal(isOneQuestion(text), false, text);
});

test('data should have gone out a week before, and are asked for until the day has passed', () => {
  const near = (date) => isNear({ date }, '2026-11-30');
  assert.deepEqual(
    ['2026-11-29', '2026-11-30', '2026-12-06', '2026-12-07', '2027-01-01', '', undefined].map(near),
    [false, true, true, false, false, false, false],
  );
  assert.equal(daysUntil('2027-03-01', '2027-02-27'), 2);
});

test('an item that does not add up is told, whichever way', () => {
  const item = (no, minutes, ...parts) => ({ no, minutes, parts });
  const part = (minutes) => ({ id: `p${minutes}`, method: 'talk', minutes });
  const items = [
    item(1, 5, part(5)),
    item(2, 45, part(47)),
    item(3, 10, part(4)),
    { no: 4, parts: [] },
  ];
  assert.deepEqual(
    unsound({ items }).map((each) => [each.item.no, each.over]),
    [
      [2, 2],
      [3, -6],
    ],
  );
});
