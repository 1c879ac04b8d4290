// People who are called the same are told apart, by one rule.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import './support/hooks.js';

const { apart, besideName, callName, fullName } = await import('../../web/shared/names.js');
const { fold, fromSnapshot } = await import('../../web/shared/model.js');
const { cases } = JSON.parse(
  readFileSync(new URL('../vectors/names.json', import.meta.url), 'utf8'),
);

const seatsOf = (people) =>
  people.map(([name, job], i) => ({
    seat: i + 1,
    name,
    function: job,
    device: 'own',
    presence: 'here',
    held: true,
  }));
const calledOf = (seats) => seats.map(callName);

for (const { people, called } of cases)
  test(`${people.map((each) => each.join(', ')).join(' · ')}`, () =>
    assert.deepEqual(calledOf(apart(seatsOf(people))), called));

test('how the table stands, and who has left, makes no difference', () => {
  const [first, second] = seatsOf([
    ['Mette', null],
    ['Mette', null],
  ]);
  const turned = apart([second, { ...first, presence: 'left' }]);
  assert.deepEqual(calledOf(turned), ['Mette 2', 'Mette 1']);
});

test('what is not new is the same object', () => {
  const seats = apart(
    seatsOf([
      ['Mette', null],
      ['Mette', null],
      ['Bo', null],
    ]),
  );
  apart([...seats]).forEach((seat, i) => assert.equal(seat, seats[i]));
});

test('in full each is called by name and function, and apart', () => {
  const of = (people) => apart(seatsOf(people)).map((seat) => fullName(seat).join(', '));
  assert.deepEqual(
    of([
      ['Mette', 'Lærer'],
      ['Mette', 'Elev'],
      ['Mette', null],
      ['Mette', 'Leder'],
      ['Mette', 'Leder'],
    ]),
    ['Mette, Lærer', 'Mette, Elev', 'Mette 3', 'Mette 4, Leder', 'Mette 5, Leder'],
  );
  assert.deepEqual(
    of([
      [null, 'Elev'],
      [null, 'Elev'],
      ['Bo', 'Elev'],
    ]),
    ['Elev 1', 'Elev 2', 'Bo, Elev'],
  );
});

test('a function that has been said is not said again', () => {
  const [teacher, pupil, bo, second] = apart(
    seatsOf([
      ['Mette', 'Lærer'],
      ['Mette', 'Elev'],
      ['Bo', 'Lærer'],
      ['Bo', 'Lærer'],
    ]),
  );
  assert.deepEqual([teacher, pupil, bo, second].map(besideName), ['', '', 'Lærer', 'Lærer']);
});

/** A small generator: the same meetings each time. */
const dice = (seed) => () => (seed = (seed * 48271) % 2147483647) / 2147483647;

test('no two are called the same, whoever comes, changes their name or function, or goes', () => {
  const some = [
    'Mette',
    'METTE',
    'Mette 1',
    'Mette 2',
    'Mette (Elev)',
    'Bo',
    'Elev',
    'Elev 1',
    null,
  ];
  const jobs = ['Elev', 'elev', 'Elev)', 'Leder', null];
  for (let seed = 1; seed <= 60; seed++) {
    const roll = dice(seed);
    const of = (list) => list[Math.floor(roll() * list.length)];
    let state = fromSnapshot(/** @type {any} */ ({ items: [], seats: [], now: {} }), 0);
    for (let seq = 1; seq <= 40; seq++) {
      const seat = 1 + Math.floor(roll() * state.seats.length);
      const fact =
        !state.seats.length || roll() < 0.5
          ? { fact: 'seat.added', seat: state.seats.length + 1, device: 'own' }
          : { fact: 'seat.changed', seat };
      const fields = {
        name: of(some),
        function: of(jobs),
        ...(roll() < 0.2 && { presence: 'left' }),
      };
      for (const key of Object.keys(fields)) if (!fields[key]) delete fields[key];
      state = fold(state, /** @type {any} */ ({ seq, at: seq, ...fact, ...fields }));
      const called = state.seats.map((each) => callName(each).toLowerCase()).filter(Boolean);
      assert.equal(new Set(called).size, called.length, `seed ${seed}: ${called.join(' · ')}`);
      const snapshot = {
        items: [],
        now: {},
        seats: state.seats.map(({ called: _, ...each }) => each),
      };
      assert.deepEqual(
        calledOf(fromSnapshot(/** @type {any} */ (snapshot), seq).seats),
        calledOf(state.seats),
      );
    }
  }
});
