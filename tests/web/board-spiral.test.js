import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { at } from '../../web/shared/ring.js';
import {
  linkPath,
  linkTurns,
  pointAt,
  radiusAt,
  thread,
  turnOf,
  walked,
  wayRound,
} from '../../web/method/spiral/board-winding.js';
import { id, snapshots } from './fixtures/board.js';

const { current, pointsOf } = await import('../../web/method/spiral/board.js');
const { fromSnapshot, partOf } = await import('../../web/shared/model.js');

const winding = { outer: 330, inner: 190, laps: 2 };

test('the thread winds inwards evenly, and each point lies at its seat’s angle', () => {
  assert.equal(radiusAt(winding, 0), 330);
  assert.equal(radiusAt(winding, 2), 190);
  for (const lap of [1, 2]) {
    const { x, y } = pointAt(winding, turnOf(lap, 3, 12));
    assert.ok(Math.abs(y) < 0.01 && x > 0, 'a quarter of the way round is to the right');
  }
  assert.ok(thread(winding, 0, 1).startsWith('M0 -330'));
});

test('stretches of thread that touch are one', () => {
  assert.deepEqual(walked([0.5, 0, 0.1], 0.05, 2), [
    [0, 0.15000000000000002],
    [0.45, 0.55],
  ]);
  assert.deepEqual(walked([], 0.05, 2), []);
});

test('the shorter way round counts, also across 12 o’clock; to the far side it runs clockwise', () => {
  assert.ok(Math.abs(wayRound(0.9, 1.1) - 0.2) < 1e-9);
  assert.ok(Math.abs(wayRound(0.1, 0.9) + 0.2) < 1e-9);
  assert.equal(wayRound(0.25, 0.75), 0.5);
  assert.equal(wayRound(0.75, 0.25), 0.5);
});

const SEATS = 12;
const pairs = [];
for (let a = 0; a < 2 * SEATS; a++) for (let b = 0; b < a; b++) pairs.push([b / SEATS, a / SEATS]);

test('a link begins and ends at its points', () => {
  for (const [a, b] of pairs) {
    for (const lane of [-1, 0, 1]) {
      const turns = linkTurns(b, a, SEATS, lane);
      for (const [end, turn] of [
        [turns[0], a],
        [turns.at(-1), b],
      ]) {
        const here = at(end.angle * 360, radiusAt(winding, end.depth));
        const there = pointAt(winding, turn);
        assert.ok(Math.hypot(here.x - there.x, here.y - there.y) < 0.5, `${a} to ${b}`);
      }
    }
  }
});

test('a link never crosses the table, leaves the spiral or touches another point', () => {
  const gap = (winding.outer - winding.inner) / winding.laps;
  for (const [a, b] of pairs) {
    for (const { angle, depth } of linkTurns(a, b, SEATS)) {
      const r = radiusAt(winding, depth);
      assert.ok(
        r > winding.inner - gap * 0.65 && r <= winding.outer + 0.01,
        `${a} to ${b} at ${r}`,
      );
      const here = at(angle * 360, r);
      for (let k = 0; k < 2 * SEATS; k++) {
        const turn = k / SEATS;
        // On the same spoke a link over two laps passes the point between: it is the way there.
        if (
          Math.abs(turn - a) < 1e-9 ||
          Math.abs(turn - b) < 1e-9 ||
          Math.abs(wayRound(a, b)) < 0.02
        )
          continue;
        const point = pointAt(winding, turn);
        assert.ok(
          Math.hypot(here.x - point.x, here.y - point.y) > gap * 0.2,
          `${a} to ${b} touches ${turn}`,
        );
      }
    }
  }
  assert.ok(!linkPath(winding, 0.2, 1.7, SEATS).includes('NaN'));
});

const stateOf = (name, more = (s) => s) => more(fromSnapshot(snapshots[name], 9));

test('a turn that was passed looks like one that was spoken', () => {
  const spoken = stateOf('spiral');
  const part = partOf(spoken);
  const first = pointsOf(spoken, part, spoken.seats).filter(({ turn }) => turn < 1);
  assert.equal(
    first.length,
    11,
    'all have a point in the lap that is over, with and without words',
  );
  const { x } = first.reduce((sum, { turn }) => ({ x: sum.x + turn }), { x: 0 });
  assert.ok(Math.abs(x - 5) < 1e-9, 'each at its own seat');
});

test('several contributions of one turn stand beside each other, within their own place', () => {
  const state = stateOf('spiral', (s) => ({
    ...s,
    contributions: [1, 2, 3].map((n) => ({
      id: id(n),
      seat: 4,
      part: '4c',
      lap: 1,
      text: 'x',
      builds_on: [],
    })),
  }));
  const turns = pointsOf(state, partOf(state), state.seats)
    .filter(({ seat, turn }) => seat === 4 && turn < 1)
    .map(({ turn }) => turn * 11 - 3);
  assert.equal(turns.length, 3);
  assert.ok(turns[0] < turns[1] && turns[1] < turns[2] && turns[0] > -0.5 && turns[2] < 0.5);
});

test('the sentence beside the spiral is the speaker’s newest of this lap', () => {
  const state = stateOf('spiral');
  const part = partOf(state);
  assert.equal(current({ state, part }).id, id(23));
  assert.equal(current({ state: { ...state, now: { ...state.now, lap: 3 } }, part }), null);
  assert.equal(current({ state: { ...state, now: { ...state.now, speaker: null } }, part }), null);
});
