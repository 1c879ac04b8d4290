// seating.js -- who sits where round the table, and where each name may stand: pure geometry.
//
// A name of any length has a rule. It stands outside its seat, on one line or two; where neighbours
// would touch, names move apart along the ring and a thin line leads back to the seat; what is
// still too long ends in an ellipsis; and when there are more names than can be read, only the
// speaker's stays. Units are tenths of u.
import { at, angleOf } from '../shared/ring.js';
import { cutTo, wrapTo } from './fit.js';

/**
 * @typedef {{seat: number, name: string | null, role: 'floor' | 'answers' | 'next' | 'heard' |
 *   'wait' | 'here' | 'free' | 'coming'}} Place
 * @typedef {{angle: number, x: number, y: number}} Spot
 * @typedef {{seat: number, role: string, anchor: 'start' | 'middle' | 'end', x: number, y:
 *   number, size: number,
 *   lines: string[], cut: boolean, top: number, bottom: number, lead: string}} Label  y: the middle
 *   of its first line
 * @typedef {{cx: number, cy: number, radius: number, dot: number, rows: number, table: number,
 *   spots: Spot[],
 *   labels: Label[], cut: number}} Seating  cut: how many names are not whole
 */

const SIZES = [35, 32, 29, 27, 25, 23];
/** Smaller only to find room for all; not for long names' sake, which may end in an ellipsis. */
const ENOUGH = 27;
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
  things.forEach((thing, i) =>
    offsets.push(i ? offsets[i - 1] + things[i - 1].half + thing.half : 0),
  );
  /**
   * Blocks of neighbours that touch, each at the mean of what they want. @type {{sum: number, n:
   * number}[]}
   */
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

/**
 * What is named: all, or, when all cannot be read, the speaker alone; the next are named beside the
 * table.
 */
const named = (places, all) =>
  places.map((place, i) => ({ ...place, i })).filter((p) => p.name && (all || p.role === 'floor'));

/** How large the disc is that marks the floor, and what it takes with its halo. */
export const markSize = (dot) => Math.max(18, Math.min(36, dot * 1.75));
export const HALO = 1.56;

/**
 * @param {Place[]} places  in the table's order
 * @param {{w: number, h: number}} box
 * @param {import('./fit.js').Measure} measure
 * @param {{radiusOf?: (i: number, radius: number) => number, reach?: number}} [options]
 *   radiusOf: where a seat's name
 *   starts, for a spiral; reach: how far the mark of the floor stands out there
 * @returns {Seating}
 */
export function seating(
  places,
  box,
  measure,
  { radiusOf = (i, r) => r, reach = Math.min(66, box.w * 0.069) } = {},
) {
  const everybody = named(places, true);
  // A narrow wall has smaller names rather than a smaller table.
  const largest = Math.max(23, box.w * 0.0375);
  const how = { radiusOf, reach, least: 0.8, few: false };
  let best = null;
  for (const size of SIZES) {
    if (size > largest) continue;
    if (best && size < Math.min(ENOUGH, largest * 0.8)) break;
    const found = attempt(places, everybody, box, size, measure, how);
    if (found?.cut === 0) return found;
    if (found && (!best || found.cut <= best.cut)) best = found;
  }
  if (best) return best;
  const few = named(places, false);
  const hall = { ...how, few: true };
  for (const size of [33, 29, 26]) {
    const found = attempt(places, few, box, size, measure, hall);
    if (found && found.cut < 1) return found;
    if (found && !best) best = found;
  }
  return best ?? attempt(places, [], box, 33, measure, hall);
}

/**
 * All with one size of name, or null when they do not fit. The ring makes room for names down to
 * the share `least` of its size. Whoever has the floor, each name is given the room that it needs
 * then: nothing moves but the floor.
 */
function attempt(places, names, box, size, measure, { radiusOf, reach, least, few }) {
  const line = size * LINE;
  const full = names.length ? box.h / 2 - 36 - AIR - line * 1.1 : Math.min(box.h, box.w) / 2 - 40;
  const room = names.map((p) => {
    const s = Math.abs(Math.sin((angleOf(p.i, places.length) * Math.PI) / 180));
    return s < 0.2
      ? Infinity
      : (box.w / 2 - 4 - Math.min(size * 8.2, box.w * 0.2, measure(p.name, size, 600) * 1.01)) /
          (s > 0.75 ? 1 : s) -
          reach;
  });
  const wide = Math.min(...room);
  const tall = names.length ? Math.min(full, box.w / 2 - reach - size * 2.6) : full;
  const radius = Math.max(60, Math.min(tall, Math.max(tall * least, wide), box.w / 2 - 40));
  const { dot, rows, pitch } = dots(places.length, radius);
  const [cx, cy] = [box.w / 2, box.h / 2];
  const spots = places.map((_, i) => {
    const angle = angleOf(i, places.length);
    const { x, y } = at(angle, radiusOf(i, radius) - (i % rows) * pitch);
    return { angle, x: round(cx + x), y: round(cy + y) };
  });
  const table = radius - (rows > 1 ? 48 : 72) - (rows - 1) * pitch;
  const shape = { cx, cy, radius, dot, rows, table, spots };
  const labels = labelsOf(names, shape, box, size, measure, { radiusOf, reach, few });
  if (!labels) return null;
  const tight = names.some((p, i) => radius > room[i] + 1) ? 0.5 : 0;
  return { ...shape, labels, cut: labels.filter((label) => label.cut).length + tight };
}

/** @returns {Label[] | null} null when a side has no room for its names */
function labelsOf(names, shape, box, size, measure, { radiusOf, reach, few }) {
  const { cy, radius, dot, spots } = shape;
  const line = size * LINE;
  // In a large hall the disc of the floor covers its neighbours: their names stand as far out as
  // the speaker's.
  const offsetOf = (p) =>
    p.role === 'floor' || few ? Math.min(reach, markSize(dot) * HALO + 10) : dot + AIR;
  const poles = names.filter((p) => sideOf(spots[p.i].angle) === 'middle');
  const isTop = (p) => spots[p.i].y < cy;
  // A name at the top or the bottom has that line for itself: those beside it begin below, or end
  // above.
  const found = poles.map((p) => poleLabel(p, isTop(p), shape, box, size, offsetOf(p), measure));
  const edge = radius + dot + AIR;
  const low = poles.some(isTop) ? cy - edge + line * 0.8 : cy - edge;
  const high = poles.some((p) => !isTop(p)) ? cy + edge - line * 0.8 : cy + edge;
  for (const side of /** @type {const} */ (['start', 'end'])) {
    const those = names.filter((p) => sideOf(spots[p.i].angle) === side);
    those.sort((a, b) => spots[a.i].y - spots[b.i].y);
    const room = high - low + line;
    if (those.length * line > room) return null;
    const most = those.length * 2.2 * line <= room ? 2 : 1;
    // A name of long words has a line more, where there is height for it.
    const longest = those.length * 3.2 * line <= room ? 3 : most;
    // So many lines are left for those whose words need one more.
    let spare = Math.floor(room / line - those.length * (most + 0.2));
    const things = those.map((p) => {
      const base = radiusOf(p.i, radius);
      const r = base + offsetOf(p);
      const want = cy - (base + dot + AIR) * Math.cos((spots[p.i].angle * Math.PI) / 180);
      const set = (n) => {
        const out = outside(base + offsetOf(p), want - cy, (n * line) / 2, line);
        return wrapTo(p.name, Math.max(size * 2, box.w / 2 - out - 2), size, n, measure, 600);
      };
      const usual = set(most);
      const better = usual.cut && (longest > most || spare > 0) ? set(most + 1) : usual;
      if (better !== usual) spare--;
      const { lines, cut, torn } = better;
      return {
        p,
        r,
        lines,
        cut: cut || torn,
        want,
        half: (Math.max(1, lines.length) * line) / 2,
      };
    });
    const total = things.reduce((sum, thing) => sum + 2 * thing.half, 0);
    if (total > room) return null;
    spread(
      things,
      low + (things[0]?.half ?? 0) - line / 2,
      high - (things.at(-1)?.half ?? 0) + line / 2,
    ).forEach((y, k) => {
      found.push(sideLabel(things[k], y, side, shape, box, size, measure, few));
    });
  }
  return found;
}

/** How far from the middle's vertical a name begins: its nearest corner stays outside the ring. */
function outside(r, dy, half, line) {
  const near = Math.max(0, Math.abs(dy) - half + line * 0.36);
  return Math.sqrt(Math.max(0, r * r - near * near));
}

function poleLabel(p, top, { cx, spots }, box, size, offset, measure) {
  const line = size * LINE;
  const y = spots[p.i].y + (top ? -1 : 1) * (offset + line / 2 - 4);
  // It has its line to itself, from edge to edge.
  const lines = [cutTo(p.name, box.w * 0.94, size, measure, 600)];
  return {
    seat: p.seat,
    role: p.role,
    cut: lines[0] !== p.name,
    anchor: /** @type {const} */ ('middle'),
    x: round(cx),
    y: round(y),
    size,
    lines,
    top: y - line / 2,
    bottom: y + line / 2,
    lead: '',
  };
}

function sideLabel(
  { p, r, lines, cut, want, half },
  y,
  side,
  { cx, cy, spots },
  box,
  size,
  measure,
  few,
) {
  const line = size * LINE;
  const sign = side === 'start' ? 1 : -1;
  const moved = Math.abs(y - want) > line * 0.75;
  const x = cx + sign * Math.max(outside(r, y - cy, half, line), moved ? 30 : 10);
  const room = side === 'start' ? box.w - x : x;
  const kept = lines.map((each) => cutTo(each, Math.max(size, room), size, measure, 600));
  const spot = spots[p.i];
  const lead = moved ? `M${spot.x} ${spot.y}L${round(x - sign * 8)} ${round(y)}` : '';
  return {
    seat: p.seat,
    role: p.role,
    anchor: side,
    x: round(x),
    y: round(y - half + line / 2),
    size,
    lines: kept,
    cut: cut || (few && kept.join() !== lines.join()),
    top: y - half,
    bottom: y + half,
    lead,
  };
}
