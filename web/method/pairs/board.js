// board.js -- who talks with whom, legible from the back of the room, with the question and the
// clock; nothing of what is written, nor who has. Once it is shown: what the pairs wrote.
import { html, nothing, svg } from 'lit-html';
import { face } from '../../shared/clock.js';
import { stayed } from '../../shared/company.js';
import { list, t } from '../../shared/i18n.js';
import { partLeft } from '../../shared/schedule.js';
import { authorOf, personOf } from '../../board/choose.js';
import { callName } from '../../shared/names.js';
import { LEAST, fitText, lineUp, ways } from '../../board/fit.js';
import { cardsIn, questionPiece, wordPiece } from '../../board/pieces.js';
import { boxed, keeper, vars } from '../../board/place.js';
import { inMiddle, timeArc } from '../../board/table.js';

const LEAD = 1.22;
/** In sizes of the names: between rows, at the least and at the most; between columns; from one dot to
 * the next; round the dots. */
const GAP = 0.5;
const WIDE = 1.1;
const GUTTER = 1.1;
const STEP = 0.8;
const MARK = 1.1;
/** Names in two lines must be so much larger than in one to be worth it. */
const WORTH = 1.5;

/**
 * @typedef {{text: string, people: number}} Pair
 * @typedef {{size: number, lines: number, mark: number, rows: number, w: number, h: number, pitch:
 *   number, texts: string[]}} Names  mark: what the dots take of a column's width; pitch: from one row to the next
 */

/** The same with so many lines for each pair. */
function layLines(lines, pairs, box, measure) {
  const dots = Math.max(2, ...pairs.map(({ people }) => Math.min(4, people)));
  for (const { how, list: all } of ways(7.6, LEAST)) {
    for (const size of all) {
      const mark = size * ((dots - 1) * STEP + MARK);
      const h = size * lines * LEAD;
      for (let columns = 1; columns <= 6; columns++) {
        const w = (box.w - size * GUTTER * (columns - 1)) / columns;
        const rows = Math.ceil(pairs.length / columns);
        if (w - mark < size * 6) break;
        if (rows * (h + size * GAP) - size * GAP > box.h) continue;
        const texts = [];
        const fits = ({ text }) => {
          const set = lineUp(text, (w - mark) * 0.96, size, measure, 600, lines);
          texts.push(set.text());
          return set.count <= lines && set.how <= how;
        };
        if (!pairs.every(fits)) continue;
        const pitch = Math.min(h + size * WIDE, (box.h + size * GAP) / rows);
        return { size, lines, mark, rows, w, h, pitch, texts };
      }
    }
  }
  return null;
}

/**
 * The names of all pairs in columns, as large as there is room for, and none of them cut; null where
 * they could not be read.
 * @param {Pair[]} pairs
 * @param {{w: number, h: number}} box
 * @param {import('../../board/fit.js').Measure} measure
 * @returns {Names | null}
 */
export function layNames(pairs, box, measure) {
  const one = layLines(1, pairs, box, measure);
  const two = layLines(2, pairs, box, measure);
  return one && !(two && two.size > one.size * WORTH) ? one : two;
}

const kept = keeper();

/** One dot for each who talks, joined; who is alone has an empty place beside. */
function dotsOf(people, { size, mark }) {
  const n = Math.min(4, Math.max(2, people));
  const wide = (n - 1) * STEP + 0.9;
  const at = (i) => 0.45 + i * STEP;
  const dots = Array.from(
    { length: n },
    (_, i) =>
      svg`<circle class=${i < people ? 'one' : 'none'} cx=${at(i)} cy="0.5" r="0.27"></circle>`,
  );
  return svg`<svg class="joined at" viewBox="0 0 ${wide} 1" aria-hidden="true"
    ${boxed({ x: mark - (wide + 0.2) * size, y: ((LEAD - 1) / 2) * size, w: wide * size, h: size })}>
    <path d="M${at(0)} 0.5H${at(n - 1)}"></path>${dots}</svg>`;
}

/** @param {import('../../board/pieces.js').View} view @param {import('../../board/frame.js').Box} box */
function names(view, box) {
  const { part, measure } = view;
  const state = /** @type {any} */ (view.state);
  const pairs = state.pairs
    .filter((pair) => pair.part === part.id)
    .map((pair) => stayed(state, pair.seats))
    .filter((people) => people.length)
    .map((people) => ({
      text: list(people.map((n) => callName(personOf(state, n)))),
      people: people.length,
    }));
  if (!pairs.length) return nothing;
  const key = `${box.w} ${box.h} ${pairs.map(({ text }) => text).join('\n')}`;
  const laid = kept(key, () => layNames(pairs, box, measure));
  if (!laid) {
    const piece = wordPiece(
      view,
      t('board.pairs_count', { n: pairs.length }),
      t('board.pairs_where'),
      box,
    );
    return html`<div
      class="at"
      ${boxed({ ...box, y: box.y + (box.h - piece.height) * 0.4, h: piece.height })}
    >
      ${piece.html}
    </div>`;
  }
  const { size, lines, mark, rows, w, h, pitch } = laid;
  return html`<ul
    class="pairs at"
    ${boxed(box)}
    ${vars({ size: size.toFixed(3), most: lines, mark: mark.toFixed(3) })}
  >
    ${pairs.map(
      ({ people }, i) =>
        html`<li
          class="at"
          ${boxed({
            x: Math.floor(i / rows) * (w + size * GUTTER),
            y: (i % rows) * pitch,
            w,
            h,
          })}
        >
          ${dotsOf(people, laid)}
          <p class="clamp">${laid.texts[i]}</p>
        </li>`,
    )}
  </ul>`;
}

/** What the pairs wrote, by those who wrote it. */
function cards(view, box) {
  const { state, part } = view;
  const all = state.contributions
    .filter((each) => each.part === part.id && each.text)
    .map((each) => ({ ...each, by: authorOf(state, each) }));
  return cardsIn(view, 'pairs', all, box, { grouped: true, max: 3.8 });
}

/** How much time is left, beside the question; under it where that stands in a column. */
function clock({ state, at, left }, box) {
  const rest = partLeft(state, at) ?? 0;
  const radius = box.w * 5 - 14;
  const time = face(rest);
  /** As large as its figures find room for in the circle. */
  const size = Math.min(8, (box.w - 7) / (time.length * 0.66));
  return html`<svg
      class="stage at"
      ${boxed(box)}
      viewBox="${-box.w * 5} ${-box.w * 5} ${box.w * 10} ${box.w * 10}"
      aria-hidden="true"
    >
      ${svg`<circle class="table-top" r=${radius}></circle>${timeArc(left, radius, 16)}`}
    </svg>
    ${inMiddle(box, box.w / 2, box.w / 2, box.w / 2 - 2, () =>
      rest > 0
        ? html`<p class="rest num" ${vars({ size: size.toFixed(3) })}>${time}</p>`
        : html`<p class="over">${t('board.time_up')}</p>`,
    )}`;
}

/** What to do and to talk about, with the clock: beside the pairs, on an upright wall above them. */
function task(view, box, title) {
  const { upright } = view.frame;
  const d = upright ? box.h : Math.min(box.w * 0.7, box.h * 0.4);
  const w = upright ? box.w - d - 4 : box.w;
  const most = { w, h: 11, max: 4.6, min: 3, lead: 1.14, weight: 600, most: 2 };
  const head = fitText(title, most, view.measure);
  const high = head.lines.length * head.size * 1.14 + 2.4;
  const room = box.h - high - (upright ? 0 : d + 5);
  const asked = questionPiece(view, { w, h: room, max: 4.4 });
  const round = upright
    ? { x: box.x + w + 4, y: box.y, w: d, h: d }
    : { x: box.x, y: box.y + Math.min(box.h - d, high + asked.height + 5), w: d, h: d };
  return html`${clock(view, round)}
    <section class="side">
      <h2 class="to-do at" ${boxed({ ...box, w, h: high })} ${vars({ size: head.size.toFixed(3) })}>
        ${head.text}
      </h2>
      <div class="at" ${boxed({ ...box, y: box.y + high, w, h: asked.height })}>${asked.html}</div>
    </section>`;
}

/** @param {import('../../board/pieces.js').View} view */
export default function pairs(view) {
  const { state, part, frame } = view;
  const { whole: box, upright } = frame;
  const isShown = state.shown.includes(part.id);
  const side = upright ? { ...box, h: 24 } : { ...box, w: box.w * 0.31 };
  const rest = upright
    ? { ...box, y: box.y + 28, h: box.h - 28 }
    : { ...box, x: box.x + box.w * 0.36, w: box.w * 0.64 };
  return html`${task(view, side, isShown ? t('board.pairs_wrote') : t('board.pairs_talk'))}
    <section class="side">${isShown ? cards(view, rest) : names(view, rest)}</section>`;
}
