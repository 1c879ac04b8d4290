// board.js -- the ring winds inwards lap by lap; each point lies at its seat's angle, and links
// say what builds on what. Links are never counted, and a point without any looks like every other.
import { html, nothing, svg } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { atTable, floorOf, placesOf } from '../../board/choose.js';
import { LEAST, fitList, fitText } from '../../board/fit.js';
import {
  column,
  floorPiece,
  focusMiddle,
  namePiece,
  nextOf,
  questionPiece,
} from '../../board/pieces.js';
import { turnedTo } from '../../board/turn.js';
import { boxed, keeper, vars } from '../../board/place.js';
import { lapCards, lapToShow } from './board-lap.js';
import { floorMark, inMiddle, keyOf, namesOf, timeArc } from '../../board/table.js';
import { linkPath, pointAt, radiusAt, thread, turnOf, walked } from './board-winding.js';
import { seating } from '../../board/seating.js';
import { turnCards } from '../turns/board.js';

/** How far in the thread runs, for so many laps. */
const INNER = [0.8, 0.78, 0.58, 0.51, 0.47, 0.45];

const kept = keeper();

const seatedIn = (places, { w, h }, laps, measure) =>
  kept(`${laps} ${keyOf(places, { w, h })}`, () =>
    seating(places, { w: w * 10, h: h * 10 }, measure, {
      radiusOf: (i, r) => r - (r * (1 - INNER[laps]) * i) / Math.max(1, places.length * laps),
      reach: 46,
    }),
  );

/**
 * The points on the thread: one for each turn that has been, and one for each further contribution
 * of the same turn.
 * @returns {{turn: number, seat: number, id: string | null}[]}
 */
export function pointsOf(state, part, seats) {
  const indexOf = new Map(seats.map(({ seat }, i) => [seat, i]));
  const { now } = state;
  /**
   * What each turn holds, by "lap seat". @type {Map<string, {lap: number, seat: number, ids:
   * string[]}>}
   */
  const held = new Map();
  const hold = (lap, seat) => {
    const key = `${lap} ${seat}`;
    if (!held.has(key)) held.set(key, { lap, seat, ids: [] });
    return held.get(key).ids;
  };
  // Nobody is told who passed: a turn that was is a turn that was.
  for (let lap = 1; lap < now.lap; lap++)
    for (const { seat, presence } of seats) if (presence !== 'left') hold(lap, seat);
  for (const seat of now.heard) if (indexOf.has(seat)) hold(Math.max(1, now.lap), seat);
  for (const each of state.contributions) {
    if (each.part === part.id && each.text && indexOf.has(each.seat))
      hold(each.lap || 1, each.seat).push(each.id);
  }
  return [...held.values()].flatMap(({ lap, seat, ids }) =>
    (ids.length ? ids : [null]).map((id, i) => ({
      turn: turnOf(lap, indexOf.get(seat), seats.length, stepOf(i, ids.length)),
      seat,
      id,
    })),
  );
}

/** Several points of one turn stand side by side, within their own third of the thread. */
const stepOf = (i, n) => (n < 2 ? 0 : (i / (n - 1) - 0.5) * Math.min(0.62, 0.26 * (n - 1)));

const seatsIn = (state, part) =>
  atTable(
    state,
    new Set(
      state.contributions
        .filter((each) => each.part === part.id && each.seat !== null)
        .map((each) => each.seat),
    ),
  );

/** @param {import('../../board/pieces.js').View} view */
export default function spiral(view) {
  const { state, frame } = view;
  const floor = floorOf(state);
  const { w, h } = frame.side;
  const mine = current(view);
  const lap = mine ? 0 : lapToShow(state);
  const name = floor.speaker
    ? namePiece(view, floor.speaker, {
        w,
        h: h * (lap ? 0.17 : mine ? 0.22 : 0.32),
        max: lap ? 6 : mine ? 9 : 13,
      })
    : floorPiece(view, floor, { w, h: h * (lap ? 0.14 : 0.3) });
  return html`${drawing(view, mine)}
    <section class="side">
      ${column(
        frame.side,
        [questionPiece(view, { w, h: h * 0.2, max: 3.4 }), { ...name, gap: 3.4 }],
        nextOf(floor),
        (box) =>
          mine ? saying(view, mine, box) : lap ? lapCards(view, lap, box) : turnCards(view, box),
      )}
    </section>`;
}

/** What the speaker has just put on the board in this lap. */
export function current({ state, part }) {
  const { speaker, lap } = state.now;
  if (speaker === null) return null;
  const own = state.contributions.filter(
    (each) =>
      each.part === part.id && each.seat === speaker && each.text && (each.lap || 1) === lap,
  );
  return own.at(-1) ?? null;
}

/** The sentence and those that it builds on; in turn, where both have no room at once. */
function saying({ state, measure, at }, { text, builds_on }, box) {
  const all = builds_on
    .map((id) => state.contributions.find((each) => each.id === id)?.text)
    .filter(Boolean);
  const listIn = { w: box.w - 3, max: 3, min: LEAST, lead: 1.34, gap: 0.5 };
  const least = { ...listIn, h: box.h * 0.42 - 4.6, max: LEAST };
  const under = all.length ? fitList(all, least, measure).height + 7.6 : 0;
  const set = (h) => fitText(text, { w: box.w, h, max: 4, min: LEAST, lead: 1.32 }, measure);
  const both = set(box.h - under);
  const alone = both.cut && all.length > 0 && turnedTo(at, 2) === 0;
  const sources = alone ? [] : all;
  const fitted = alone ? set(box.h) : both;
  const height = fitted.lines.length * fitted.size * 1.32;
  const onBox = { x: box.x, y: box.y + height + 3, w: box.w, h: box.h - height - 3 };
  const list = fitList(sources, { ...listIn, h: onBox.h - 4.6 }, measure);
  return html`<p
      class="fit now-text at"
      ${boxed({ ...box, h: height + 0.4 })}
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${fitted.text}
    </p>
    ${
      sources.length
        ? html`<div
            class="on at"
            ${boxed({ ...onBox, h: list.height + 4.6 })}
            ${vars({ size: list.size.toFixed(3), most: list.room })}
          >
            <p class="label">${t('board.builds_on')}</p>
            ${list.texts.map(([each]) => html`<p class="source clamp">${each}</p>`)}
          </div>`
        : nothing
    }`;
}

/** Threads, links and points: everything that only an eye needs. */
function drawing(view, mine) {
  const { state, part, frame, measure, left } = view;
  const box = frame.ring;
  const seats = seatsIn(state, part);
  const places = placesOf(state, seats).map((place) =>
    place.role === 'next'
      ? place
      : { ...place, role: place.role === 'floor' ? place.role : 'wait' },
  );
  const laps = Math.max(1, Math.min(5, state.now.laps || part.laps || 2));
  const shape = seatedIn(places, box, laps, measure);
  const winding = { outer: shape.radius, inner: shape.radius * INNER[laps], laps };
  const gap = (winding.outer - winding.inner) / laps;
  const n = Math.max(1, seats.length);
  const end = laps - 1 / n;
  const dot = Math.max(1.5, Math.min(15, gap * 0.2, (winding.inner * 2 * Math.PI * 0.36) / n));
  const table = winding.inner - Math.max(18, dot + 9);
  const points = pointsOf(state, part, seats);
  const byId = new Map(points.filter(({ id }) => id).map((point) => [point.id, point.turn]));
  const speakerIndex = seats.findIndex(({ seat }) => seat === state.now.speaker);
  const here = mine
    ? byId.get(mine.id)
    : speakerIndex >= 0
      ? turnOf(Math.max(1, state.now.lap), speakerIndex, n)
      : null;
  const been = walked(
    [...points.map(({ turn }) => turn), ...(here === null || here === undefined ? [] : [here])],
    0.5 / n + 1e-4,
    end,
  );
  return html`<svg
      class="stage at"
      ${boxed(box)}
      viewBox="0 0 ${(box.w * 10).toFixed(0)} ${(box.h * 10).toFixed(0)}"
      aria-hidden="true"
    >
      <g transform="translate(${shape.cx} ${shape.cy})">
        <circle class="table-top" r=${table}></circle>
        ${timeArc(left, table, 13)} ${threads(winding, been, end, Math.min(20, gap * 0.26))}
        ${linksOf(state, part, winding, byId, mine, n)} ${coming(winding, points, seats, laps, dot)}
        ${dotsOn(winding, points, dot, new Set(mine ? mine.builds_on : []), mine)}
        ${here === null || here === undefined ? floorMark(0, winding.outer, dot * 1.7, false) : floorMark(here * 360, radiusAt(winding, here), Math.max(9, dot * 1.7), true)}
      </g>
      ${namesOf(shape.labels)}
    </svg>
    ${inMiddle(box, shape.cx / 10, shape.cy / 10, (table - 7) / 10, focusMiddle(view))}`;
}

const threads = (winding, been, end, width) => svg`
  <path class="thread" stroke-width=${width.toFixed(1)} d=${thread(winding, 0, end)}></path>
  <path class="thread walked" stroke-width=${width.toFixed(1)} d=${been.map(([from, to]) => thread(winding, from, to)).join('')}></path>`;

/** Earlier links faint, those of the sentence that stands beside the table in green, on top. */
function linksOf(state, part, winding, byId, mine, seats) {
  let lane = 0;
  const drawn = (each) => {
    const from = byId.get(each.id);
    return each.builds_on
      .filter((id) => byId.has(id) && from !== undefined)
      .map((id) => linkPath(winding, byId.get(id), from, seats, ((lane++ + 1) % 3) - 1));
  };
  const all = state.contributions.filter((each) => each.part === part.id && each.builds_on.length);
  const faint = all
    .filter((each) => each.id !== mine?.id)
    .flatMap(drawn)
    .join('');
  const now = mine ? drawn(mine).join('') : '';
  return svg`<path class="link" d=${faint}></path><path class="link now" d=${now}></path>`;
}

/** The turns still to come, as small marks on the thread. */
function coming(winding, points, seats, laps, dot) {
  const n = seats.length;
  const been = new Set(points.map(({ turn }) => Math.round(turn * n)));
  const d = [];
  for (let k = 0; k < laps * n; k++) {
    if (been.has(k)) continue;
    const { x, y } = pointAt(winding, k / n);
    d.push(`M${x} ${y}h0`);
  }
  return svg`<path class="coming" stroke-width=${Math.max(1.5, dot * 0.9).toFixed(1)} d=${d.join('')}></path>`;
}

function dotsOn(winding, points, dot, sources, mine) {
  if (points.length > 400) {
    const d = points
      .map(({ turn }) => pointAt(winding, turn))
      .map(({ x, y }) => `M${x} ${y}h0`)
      .join('');
    return svg`<path class="crowd heard" stroke-width=${(dot * 2).toFixed(1)} d=${d}></path>`;
  }
  return points
    .filter(({ id }) => !mine || id !== mine.id)
    .map(({ turn, id }) => {
      const { x, y } = pointAt(winding, turn);
      const source = id !== null && sources.has(id);
      return svg`<circle class=${source ? 'point source' : 'point'} cx=${x} cy=${y} r=${(source ? dot * 1.3 : dot).toFixed(1)}></circle>`;
    });
}
