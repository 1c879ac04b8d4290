// frame.js -- where things stand on the wall, from nothing but its size.
//
// Everything is measured in `u`, about a hundredth of the wall's height, for a wall is read by its
// height. Boxes are in u; the style sheet multiplies them by --u. One function holds all of them,
// so that a test can prove that nothing overlaps.

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Box
 * @typedef {{u: number, width: number, height: number, upright: boolean, margin: number, top:
 *   Box, ring: Box, side: Box,
 *   whole: Box, hello: Box, gather: Box, strip: Box}} Frame
 */

const between = (low, x, high) => Math.min(high, Math.max(low, x));

/**
 * @param {number} px   the wall's width in pixels
 * @param {number} py   its height
 * @param {number} stripHeight  how high the agenda's strip in the lobby is, in u
 * @returns {Frame}
 */
export function frame(px, py, stripHeight = 10) {
  const upright = px < py * 1.1;
  const u = upright ? Math.min(px / 100, py / 138) : Math.min(py / 100, px / 142);
  const width = px / u;
  const height = py / u;
  const margin = upright
    ? Math.max(5, (width - 118) / 2)
    : Math.max(between(5.5, width * 0.05, 9), (width - 214) / 2);
  const inner = width - 2 * margin;
  const top = { x: margin, y: 4, w: inner, h: 12.4 };
  // An upright wall's header has the focus below everything else.
  const under = upright ? 22 : 19.8;
  const whole = { x: margin, y: under, w: inner, h: height - under - 4.2 };
  const strip = { x: margin, y: height - 3.4 - stripHeight, w: inner, h: stripHeight };
  const base = { u, width, height, upright, margin, top, whole, strip };
  return upright ? standing(base) : lying(base);
}

/** The table to the left, words to the right; in the lobby the other way about. */
function lying(base) {
  const { width, height, margin, strip } = base;
  const left = margin - 6;
  const middle = left + (width - 2 * left) * 0.545;
  const side = { x: middle + 4, y: 20, w: width - margin - middle - 4, h: height - 20 - 5.2 };
  const ring = { x: left - 1, y: 13.6, w: middle - left + 2.4, h: height - 13.6 - 1.2 };
  const hello = { x: margin, y: 8, w: (width - 2 * margin) * 0.43, h: strip.y - 8 - 3 };
  const gatherX = hello.x + hello.w + 3;
  const gather = { x: gatherX, y: 2.4, w: width - gatherX - margin * 0.25, h: strip.y - 2.4 - 1.6 };
  return { ...base, ring, side, hello, gather };
}

/** The table above, words below. */
function standing(base) {
  const { width, height, margin, strip } = base;
  const ringHeight = (height - 18) * 0.5;
  const ring = { x: 2, y: 17, w: width - 4, h: ringHeight };
  const sideY = 17 + ringHeight + 2.5;
  const side = { x: margin, y: sideY, w: width - 2 * margin, h: height - sideY - 4.6 };
  const half = (strip.y - 5) * 0.42;
  const hello = { x: margin, y: 5, w: width - 2 * margin, h: half };
  const gather = { x: 2, y: 5 + half + 1, w: width - 4, h: strip.y - half - 8 };
  return { ...base, ring, side, hello, gather };
}
