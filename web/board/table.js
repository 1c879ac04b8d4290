// table.js -- the table as it is drawn: seats round a ring, the floor travelling along it, time on
// its inner edge.
import { html, nothing, svg } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { arc } from '../shared/ring.js';
import { LEAST, fitText } from './fit.js';
import { boxed, keeper, turned, vars } from './place.js';
import { HALO, markSize, seating } from './seating.js';

/** Beyond this many seats each kind is one path, not one circle a seat. */
const SINGLY = 160;

const kept = keeper();
export const keyOf = (places, box) =>
  `${box.w} ${box.h} ${places.map(({ seat, name, role }) => `${seat} ${role} ${name}`).join('\n')}`;

/**
 * Seats are laid out anew only when somebody or something has moved.
 * @param {import('./seating.js').Place[]} places
 * @param {import('./frame.js').Box} box  in u
 * @param {import('./fit.js').Measure} measure
 */
export const seatingFor = (places, box, measure) =>
  kept(keyOf(places, box), () => seating(places, { w: box.w * 10, h: box.h * 10 }, measure));

/**
 * Time that is left, drained clockwise from 12 o'clock; in another colour when it is nearly over.
 * @param {import('./arc.js').Left} left
 */
export function timeArc({ share, nearly }, radius, width = 18) {
  const look = [nearly ? 'nearly' : '', share > 0 ? '' : 'none'].filter(Boolean).join(' ');
  return svg`<circle class=${nearly ? 'time-track nearly' : 'time-track'} r=${radius} stroke-width=${width}></circle>
    <circle class=${`time-left ${look}`.trim()} r=${radius} stroke-width=${width} pathLength="1"
      stroke-dasharray="1 2" stroke-dashoffset=${(share - 1).toFixed(4)} transform="rotate(-90)"></circle>`;
}

/** Names at their seats. @param {import('./seating.js').Label[]} labels */
export const namesOf = (labels) =>
  repeat(
    labels,
    (label) => label.seat,
    (label) => svg`<g class="named ${label.role}">
      ${label.lead ? svg`<path class="lead" d=${label.lead}></path>` : nothing}
      ${label.lines.map(
        (line, i) => svg`<text class="name" font-size=${label.size} text-anchor=${label.anchor}
        x=${label.x} y=${(label.y + i * label.size * 1.16).toFixed(1)}>${line}</text>`,
      )}</g>`,
  );

/** The seats as dots; in a large hall as one path of dots for each role. */
export function dotsOf(places, { spots, dot }) {
  if (places.length <= SINGLY) {
    return repeat(
      places,
      (place) => place.seat,
      (place, i) =>
        svg`<circle class="seat ${place.role}" cx=${spots[i].x} cy=${spots[i].y} r=${(place.role === 'coming' ? dot * 0.5 : dot).toFixed(1)}></circle>`,
    );
  }
  const paths = new Map();
  places.forEach(({ role }, i) =>
    paths.set(role, `${paths.get(role) ?? ''}M${spots[i].x} ${spots[i].y}h0`),
  );
  return [...paths].map(
    ([role, d]) =>
      svg`<path class="crowd ${role}" d=${d} stroke-width=${(dot * 2).toFixed(1)}></path>`,
  );
}

/** Stretches of ring between neighbours who both are there. */
export function bridges(places, { radius, spots, dot, rows }, there, closed = false) {
  if (rows > 1 || places.length < 2) return nothing;
  const gap = ((dot + 9) / radius) * 57.3;
  const paths = places.flatMap((place, i) => {
    const next = (i + 1) % places.length;
    if (!there(place) || !there(places[next]) || (places.length === 2 && i === 1)) return [];
    const from = spots[i].angle + gap;
    const to = spots[i].angle + 360 / places.length - gap;
    return to > from ? [{ seat: place.seat, d: arc(from, to, radius) }] : [];
  });
  if (places.length > SINGLY)
    return svg`<path class="bridge" d=${paths.map(({ d }) => d).join('')}></path>`;
  // Each one draws itself when it comes.
  return svg`<g class=${closed ? 'bridges closed' : 'bridges'}>${repeat(
    paths,
    ({ seat }) => seat,
    ({ d }) => svg`<path class="bridge draws" pathLength="1" d=${d}></path>`,
  )}</g>`;
}

/** The floor: a disc that travels from seat to seat. */
export function floorMark(angle, radius, size, shown, kind = '') {
  return svg`<g class=${`floor-mark ${kind}${shown ? '' : ' away'}`} ${turned(angle, radius)}>
    <circle class="halo" r=${(size * HALO).toFixed(1)}></circle><circle class="floor-dot" r=${size.toFixed(1)}></circle></g>`;
}

/**
 * The same where the table draws itself: for each seat a disc of its own, that comes out of the
 * middle and lands.
 */
const landing = (seat, angle, radius, size) =>
  repeat(
    seat === undefined ? [] : [seat],
    (each) => each,
    () => floorMark(angle, radius, size, true, 'lands'),
  );

/**
 * The whole table. `middle` stands in it as text.
 * @param {{places: import('./seating.js').Place[], box: import('./frame.js').Box, measure:
 *   import('./fit.js').Measure,
 *   left: import('./arc.js').Left, middle: (room: {w: number, h: number, radius: number}) => any, under?:
 *   (shape: any) => any,
 *   drawn?: boolean}} options  drawn: it draws itself: no ring and no names before people have
 *   come, but room for all of them
 */
export function table({
  places,
  box,
  measure,
  left,
  middle,
  under = () => nothing,
  drawn = false,
}) {
  const shape = seatingFor(places, box, measure);
  const { cx, cy, radius, labels } = shape;
  const now = places.findIndex((place) => place.role === 'floor');
  const size = markSize(shape.dot);
  const at = now >= 0 ? shape.spots[now] : null;
  const reach = at ? Math.hypot(at.x - cx, at.y - cy) : radius;
  return html`<svg
      class="stage at"
      ${boxed(box)}
      viewBox="0 0 ${(box.w * 10).toFixed(0)} ${(box.h * 10).toFixed(0)}"
      aria-hidden="true"
    >
      <g transform="translate(${cx} ${cy})">
        <circle class="rim" r=${shape.rows > 1 || drawn ? 0 : radius}></circle>
        ${under(shape)}
        <circle class="table-top" r=${shape.table}></circle>
        ${timeArc(left, shape.table)}
        ${drawn ? landing(places[now]?.seat, at?.angle ?? 0, reach, size) : floorMark(at?.angle ?? 0, reach, size, !!at)}
      </g>
      ${dotsOf(places, shape)}${namesOf(drawn ? labels.filter(({ role }) => role !== 'coming') : labels)}
    </svg>
    ${inMiddle(box, shape.cx / 10, shape.cy / 10, (shape.table - 9) / 10, middle)}`;
}

/**
 * Text in a circle: its box is the square that the circle holds, a little wider than high. All in
 * u.
 */
export function inMiddle(box, cx, cy, radius, middle) {
  const w = radius * 1.6;
  const h = radius * 1.26;
  return html`<div
    class="middle at"
    ${boxed({ x: box.x + cx - w / 2, y: box.y + cy - h / 2, w, h })}
  >
    ${middle({ w, h, radius })}
  </div>`;
}

/** A label and one text under it, as large as the circle allows. */
export function inCircle(label, text, measure, { max = 4, min = LEAST } = {}) {
  return ({ w, h, radius }) => {
    // A small circle holds the words alone, the smallest holds nothing.
    if (radius < 6.5) return nothing;
    const fit = (room) => fitText(text, { w, h: room, max, min, lead: 1.28, weight: 600 }, measure);
    const under = label && radius > 10.5 ? fit(h - 4.6) : null;
    // Rather the whole text than the label and a part of it.
    const labelled = under && !under.cut;
    const fitted = labelled ? under : fit(h);
    return html`${labelled ? html`<p class="label line">${label}</p>` : nothing}
      <h2 class="fit" ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}>
        ${fitted.text}
      </h2>`;
  };
}
