// seating.js -- who sits where round the table, and where each name may stand: pure geometry.
//
// A name of any length has a rule. It stands outside its seat, on one line or two; where neighbours would touch, names move
// apart along the ring and a thin line leads back to the seat; what is still too long ends in an ellipsis; and when there are
// more names than can be read, only the speaker's and the next ones' stay. Units are tenths of u.
import { at, angleOf } from '../shared/ring.js';
import { cutTo, wrapTo } from './fit.js';

/**
 * @typedef {{seat: number, name: string | null, role: 'floor' | 'next' | 'heard' | 'wait' | 'free'}} Place
 * @typedef {{angle: number, x: number, y: number}} Spot
 * @typedef {{seat: number, role: string, anchor: 'start' | 'middle' | 'end', x: number, y: number, size: number,
 *   lines: string[], top: number, bottom: number, lead: string}} Label  y: the middle of its first line
 * @typedef {{cx: number, cy: number, radius: number, dot: number, rows: number, table: number, spots: Spot[],
 *   labels: Label[]}} Seating
 */

const SIZES = [35, 32, 29, 26, 23];
const LINE = 1.16;
/** Names stand at least so far from their seats. */
const AIR = 17;
/** Least distance between seats before they stand in rows behind each other. */
const PITCH = 11;

const round = (x) => Math.round(x * 10) / 10;

/**
 * How the dots share the ring: their radius, and in how many rows they stand.
 * @param {number} n
 * @param {number} radius
 */
export function dots(n, radius) {
  const each = (2 * Math.PI * radius) / Math.max(1, n);
  if (each >= PITCH) return { dot: Math.min(21, each * 0.36), rows: 1, pitch: 0 };
  const depth = radius * 0.24;
  const pitch = Math.min(PITCH, Math.sqrt(depth * each));
  return { dot: pitch * 0.4, rows: Math.max(1, Math.floor(depth / pitch)), pitch };
}

/**
 * The least total movement that keeps so much distance between neighbours, within bounds.
 * @param {{want: number, half: number}[]} things  in order; half: half of its height
 * @param {number} low   where the first one's middle may be at the least
 * @param {number} high  and the last one's at the most
 * @returns {number[]}
 */
export function spread(things, low, high) {
  const offsets = [];
  things.forEach((thing, i) => offsets.push(i ? offsets[i - 1] + things[i - 1].half + thing.half : 0));
  /** Blocks of neighbours that touch, each at the mean of what they want. @type {{sum: number, n: number}[]} */
  const blocks = [];
  things.forEach((thing, i) => {
    blocks.push({ sum: thing.want - offsets[i], n: 1 });
    while (blocks.length > 1) {
      const [before, last] = blocks.slice(-2);
      if (before.sum / before.n <= last.sum / last.n) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, n: before.n + last.n });
    }
  });
  const ceiling = high - (offsets.at(-1) ?? 0);
  return blocks
    .flatMap(({ sum, n }) => Array(n).fill(sum / n))
    .map((z, i) => Math.max(low, Math.min(ceiling, z)) + offsets[i]);
}

const sideOf = (angle) => {
  const s = Math.sin((angle * Math.PI) / 180);
  return Math.abs(s) < 0.09 ? 'middle' : s > 0 ? 'start' : 'end';
};

/** What is named: all, or, when all cannot be read, the speaker and the next. */
const named = (places, all) =>
  places.map((place, i) => ({ ...place, i })).filter((p) => p.name && (all || p.role === 'floor' || p.role === 'next'));

/**
 * @param {Place[]} places  in the table's order
 * @param {{w: number, h: number}} box
 * @param {import('./fit.js').Measure} measure
 * @param {{radiusOf?: (i: number, radius: number) => number, dotMax?: number}} [options]  radiusOf: where a seat's name starts, for a spiral
 * @returns {Seating}
 */
export function seating(places, box, measure, { radiusOf = (i, r) => r } = {}) {
  for (const size of SIZES) {
    const found = attempt(places, named(places, true), box, size, measure, radiusOf);
    if (found) return found;
  }
  const few = named(places, false);
  return attempt(places, few, box, 33, measure, radiusOf) ?? attempt(places, few.slice(0, 3), box, 23, measure, radiusOf, true);
}

/** All with one size of name, or null when they do not fit. */
function attempt(places, names, box, size, measure, radiusOf, last = false) {
  const line = size * LINE;
  const tall = box.h / 2 - 36 - AIR - line * 1.1;
  const longest = Math.max(0, ...names.map((p) => measure(p.name, size, 600)));
  const wide = box.w / 2 - 40 - AIR - Math.min(size * 8.2, longest);
  const radius = Math.max(60, Math.min(tall, Math.max(tall * 0.66, wide)));
  const { dot, rows, pitch } = dots(places.length, radius);
  const [cx, cy] = [box.w / 2, box.h / 2];
  const spots = places.map((_, i) => {
    const angle = angleOf(i, places.length);
    const { x, y } = at(angle, radiusOf(i, radius) - (i % rows) * pitch);
    return { angle, x: round(cx + x), y: round(cy + y) };
  });
  const table = radius - 72 - (rows - 1) * pitch;
  const shape = { cx, cy, radius, dot, rows, table, spots };
  const labels = labelsOf(names, shape, box, size, measure, radiusOf);
  if (!labels && !last) return null;
  return { ...shape, labels: labels ?? [] };
}

/** @returns {Label[] | null} null when a side has no room for its names */
function labelsOf(names, shape, box, size, measure, radiusOf) {
  const { cx, cy, radius, dot, spots } = shape;
  const line = size * LINE;
  const offsetOf = (p) => (p.role === 'floor' ? Math.max(dot, 36) : dot) + AIR;
  const poles = names.filter((p) => sideOf(spots[p.i].angle) === 'middle');
  const isTop = (p) => spots[p.i].y < cy;
  // A name at the top or the bottom has that line for itself: those beside it begin below, or end above.
  const found = poles.map((p) => poleLabel(p, isTop(p), shape, box, size, offsetOf(p), measure));
  const edge = radius + dot + AIR;
  const low = poles.some(isTop) ? cy - edge + line * 0.55 : cy - edge;
  const high = poles.some((p) => !isTop(p)) ? cy + edge - line * 0.55 : cy + edge;
  for (const side of /** @type {const} */ (['start', 'end'])) {
    const those = names.filter((p) => sideOf(spots[p.i].angle) === side);
    those.sort((a, b) => spots[a.i].y - spots[b.i].y);
    const room = high - low + line;
    if (those.length * line > room) return null;
    const most = those.length * 2.2 * line <= room ? 2 : 1;
    const reach = (p) => radiusOf(p.i, radius) + offsetOf(p);
    const things = those.map((p) => {
      const { angle } = spots[p.i];
      const r = reach(p);
      const wide = Math.max(size * 2, box.w / 2 - r * Math.abs(Math.sin((angle * Math.PI) / 180)) - 2);
      const lines = wrapTo(p.name, wide, size, most, measure, 600).lines;
      return { p, r, lines, want: cy - r * Math.cos((angle * Math.PI) / 180), half: (Math.max(1, lines.length) * line) / 2 };
    });
    const total = things.reduce((sum, thing) => sum + 2 * thing.half, 0);
    if (total > room) return null;
    spread(things, low + (things[0]?.half ?? 0) - line / 2, high - (things.at(-1)?.half ?? 0) + line / 2).forEach((y, k) => {
      found.push(sideLabel(things[k], y, side, shape, box, size, measure));
    });
  }
  return found;
}

function poleLabel(p, top, { cy, cx, spots, dot }, box, size, offset, measure) {
  const line = size * LINE;
  const y = spots[p.i].y + (top ? -1 : 1) * (offset + line / 2 - 4);
  const lines = [cutTo(p.name, Math.min(box.w * 0.5, size * 16), size, measure, 600)];
  return { seat: p.seat, role: p.role, anchor: /** @type {const} */ ('middle'), x: round(cx), y: round(y), size, lines, top: y - line / 2, bottom: y + line / 2, lead: '' };
}

function sideLabel({ p, r, lines, want, half }, y, side, { cx, cy, spots, dot }, box, size, measure) {
  const line = size * LINE;
  const sign = side === 'start' ? 1 : -1;
  // The corner of the name that is nearest to the middle stays outside the ring.
  const near = Math.max(0, Math.abs(y - cy) - half + line * 0.36);
  const out = Math.sqrt(Math.max(0, r * r - near * near));
  const moved = Math.abs(y - want) > line * 0.75;
  const x = cx + sign * Math.max(out, moved ? 30 : 10);
  const room = side === 'start' ? box.w - x : x;
  const kept = lines.map((each) => cutTo(each, Math.max(size, room), size, measure, 600));
  const spot = spots[p.i];
  const lead = moved ? `M${spot.x} ${spot.y}L${round(x - sign * 8)} ${round(y)}` : '';
  return {
    seat: p.seat, role: p.role, anchor: side, x: round(x), y: round(y - half + line / 2), size, lines: kept,
    top: y - half, bottom: y + half, lead,
  };
}
