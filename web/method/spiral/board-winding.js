// board-winding.js -- the spiral: a thread that winds inwards, one lap inside the other, and the links
// that run between its laps.
//
// A place on the thread is `turn`: laps gone plus the part of this lap, so 1.25 is a quarter of the
// way through the second. Its angle is turn * 360, its distance from the middle falls evenly. A
// link never lies on the thread and never crosses the table: it leaves its point inwards, runs in
// the channel half a lap inside the older point, and comes in to the younger one. The shorter way
// round counts, also across 12 o'clock; to the very far side it runs clockwise.
import { at } from '../../shared/ring.js';

/**
 * @typedef {{outer: number, inner: number, laps: number}} Winding
 * @typedef {{x: number, y: number}} Point
 */

export const radiusAt = ({ outer, inner, laps }, turn) =>
  outer - ((outer - inner) * turn) / Math.max(1, laps);

/** @param {Winding} winding @param {number} turn @returns {Point} */
export const pointAt = (winding, turn) => at(turn * 360, radiusAt(winding, turn));

/**
 * Where the point of a seat in a lap lies; `step` moves further ones of the same turn a little
 * along the thread.
 */
export const turnOf = (lap, index, seats, step = 0) =>
  lap - 1 + (index + step) / Math.max(1, seats);

const pathOf = (points) => points.map(({ x, y }, i) => `${i ? 'L' : 'M'}${x} ${y}`).join('');

/** The thread from one place to another. */
export function thread(winding, from, to) {
  const pieces = Math.max(1, Math.ceil(Math.abs(to - from) * 72));
  return pathOf(
    Array.from({ length: pieces + 1 }, (_, i) =>
      pointAt(winding, from + ((to - from) * i) / pieces),
    ),
  );
}

/**
 * The stretches of thread round the turns that have been, joined where they touch.
 * @param {number[]} turns  places on the thread
 * @param {number} half     half of the distance between two turns
 * @param {number} end      where the thread ends
 * @returns {[number, number][]}
 */
export function walked(turns, half, end) {
  /** @type {[number, number][]} */
  const stretches = [];
  for (const turn of [...turns].sort((a, b) => a - b)) {
    const from = Math.max(0, turn - half);
    const to = Math.min(end, turn + half);
    const last = stretches.at(-1);
    if (last && from <= last[1] + 1e-6) last[1] = Math.max(last[1], to);
    else stretches.push([from, to]);
  }
  return stretches;
}

const within = (x) => Math.min(1, Math.max(0, x));
/** Leaves at once and comes to rest; and the other way about. */
const settle = (x) => Math.sin((within(x) * Math.PI) / 2);
const depart = (x) => 1 - Math.cos((within(x) * Math.PI) / 2);

/** The way round from one angle to another, in laps: -0.5 < way <= 0.5. */
export function wayRound(from, to) {
  const way = (((to - from) % 1) + 1) % 1;
  return way > 0.5 + 1e-9 ? way - 1 : way;
}

/**
 * The points of the link between two places on the thread.
 * @param {number} a
 * @param {number} b
 * @param {number} seats  so many turns a lap: a link has left its thread before it passes the
 *   next point
 * @param {number} lane   -1, 0, 1: beside the middle of the channel, so that two links do not
 *   hide each other
 * @returns {{angle: number, depth: number}[]}  angle in laps, depth as a turn
 */
export function linkTurns(a, b, seats = 12, lane = 0) {
  const [old, young] = a <= b ? [a, b] : [b, a];
  const way = wayRound(old, young);
  const back = young - old - way;
  const channel = 0.5 + lane * 0.1;
  const short = Math.abs(way) < 0.02;
  const ramp = short ? 0.5 : Math.min(0.5, 0.8 / (seats * Math.abs(way)));
  const pieces = 40;
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const s = i / pieces;
    // Over the shortest way there is no room to run in the channel: one straight line along the
    // spoke.
    const inward = short
      ? back * s
      : channel * settle(s / ramp) + (back - channel) * depart((s - 1 + ramp) / ramp);
    return { angle: old + way * s, depth: old + way * s + inward };
  });
}

/** @param {Winding} winding @param {number} a @param {number} b */
export const linkPath = (winding, a, b, seats = 12, lane = 0) =>
  pathOf(
    linkTurns(a, b, seats, lane).map(({ angle, depth }) =>
      at(angle * 360, radiusAt(winding, depth)),
    ),
  );
