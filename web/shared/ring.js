// ring.js -- the table as geometry. Angles in degrees, clockwise from the top; y grows downwards,
// as in SVG.

const rad = (angle) => ((angle - 90) * Math.PI) / 180;
const round = (x) => Math.round(x * 100) / 100;

/** The point at an angle and a distance from the middle. */
export const at = (angle, radius) => ({
  x: round(radius * Math.cos(rad(angle))),
  y: round(radius * Math.sin(rad(angle))),
});

/** Where seat `index` of `count` sits: the first at the top. */
export const angleOf = (index, count) => (count ? (360 * index) / count : 0);

/** All places round the table. */
export const places = (count, radius) =>
  Array.from({ length: count }, (_, i) => ({
    angle: angleOf(i, count),
    ...at(angleOf(i, count), radius),
  }));

/** The path of an arc from one angle clockwise to another, at most one whole turn. */
export function arc(from, to, radius) {
  const sweep = Math.min(to - from, 359.99);
  if (sweep <= 0) return '';
  const a = at(from, radius);
  const b = at(from + sweep, radius);
  return `M${a.x} ${a.y}A${radius} ${radius} 0 ${sweep > 180 ? 1 : 0} 1 ${b.x} ${b.y}`;
}

/**
 * How far from the middle a spiral is: it winds inwards evenly, from `outer` at the first seat to
 * `inner` after `laps`.
 */
export const spiralRadius = (lap, angle, laps, outer, inner) =>
  outer - ((outer - inner) * (lap - 1 + angle / 360)) / Math.max(1, laps);

/** The path of a spiral of so many laps, as short straight pieces. */
export function spiral(laps, outer, inner, step = 6) {
  let path = '';
  for (let total = 0; total <= 360 * laps; total += step) {
    const { x, y } = at(total, spiralRadius(1, total, laps, outer, inner));
    path += `${path ? 'L' : 'M'}${x} ${y}`;
  }
  return path;
}

/**
 * A link between two points of the table, bent towards the middle: never across a seat, whichever
 * way it runs.
 */
export function link(a, b, bend = 0.35) {
  const mid = { x: round(((a.x + b.x) / 2) * bend), y: round(((a.y + b.y) / 2) * bend) };
  return `M${a.x} ${a.y}Q${mid.x} ${mid.y} ${b.x} ${b.y}`;
}
