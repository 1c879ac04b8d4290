// data.js -- a table on the wall: its drawing, and the table itself beside it for whoever reads
// figures, or listens. More rows than can be read at once stand on pages that turn.
import { html, nothing, svg } from 'lit-html';
import { barChart, barRows, hasChart, lineChart } from '../shared/chart.js';
import { locale, t } from '../shared/i18n.js';
import { readTable } from '../shared/tables.js';
import { LEAST, fitList, fitText, glued, lineUp, wrapName } from './fit.js';
import { pageLine } from './pages.js';
import { boxed, keeper, vars } from './place.js';
import { PAGE_LINE, turnedTo } from './turn.js';

const read = keeper();
const turned = keeper();
const drawn = keeper();
const set = keeper();

/**
 * What each point looks like, by series: round, square, on its edge, pointing up. In sizes of 1.
 */
const MARKS = [
  'M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z',
  'M-.9-.9h1.8v1.8h-1.8z',
  'M0-1.25L1.25 0 0 1.25-1.25 0z',
  'M0-1.15L1.15.9h-2.3z',
];

/**
 * @param {import('./pieces.js').View} view
 * @param {import('runde:protocol').Exhibit} it
 */
export function dataPage(view, { title: heading = '', ...it }) {
  const { frame, measure } = view;
  const box = { ...frame.whole, y: frame.whole.y + 1.2, h: frame.whole.h - 1.2 };
  const table = read(`${it.csv}`, () =>
    readTable(it.csv ?? '', view.state.meeting.locale ?? locale),
  );
  const named = (size) =>
    fitText(heading, { w: box.w, max: 5, lead: 1.14, weight: 600, ...size }, measure);
  const two = named({ h: 9, min: 2.6, most: 2 });
  const title = two.cut ? named({ h: 13, min: LEAST, most: 4 }) : two;
  const high = title.lines.length * title.size * 1.14 + 3;
  const rest = { ...box, y: box.y + high, h: box.h - high };
  const asDrawing = (it.chart === 'bar' || it.chart === 'line') && hasChart(table);
  const boxes = (h) => (asDrawing ? halves({ ...rest, h }, frame.upright) : [null, { ...rest, h }]);
  const pages = table
    ? turned(`${rest.w} ${rest.h} ${it.chart} ${it.csv}`, () =>
        pagesIn(table, it.chart, boxes, rest.h, measure),
      )
    : [0, 0];
  const turns = pages.length > 2;
  const page = turnedTo(view.at, pages.length - 1);
  const [left, right] = boxes(turns ? rest.h - PAGE_LINE : rest.h);
  const part = { from: pages[page], to: pages[page + 1] };
  return html`<section class="side data">
    <h2
      class="fit title at"
      ${boxed({ ...box, h: high - 2 })}
      ${vars({ size: title.size.toFixed(3), most: title.lines.length })}
    >
      ${title.text}
    </h2>
    ${asDrawing ? drawing({ ...it, title: heading }, table, left, measure, part) : nothing}
    ${table ? figures({ ...it, title: heading }, table, right, measure, part) : nothing}
    ${turns ? pageLine(page, pages.length - 1, rest) : nothing}
  </section>`;
}

/** Nobody sits through more of them: then the first stands, and says how many rows follow. */
const PAGES = 6;

/** @typedef {{from: number, to: number}} Part  the rows of a page */

/**
 * Where each page of rows begins, and behind them where the last one ends: all on one where there is
 * room, also for the bars, at the smallest size.
 * @param {import('../shared/csv.js').Table} table
 * @param {string | undefined} chart
 * @param {(h: number) => any[]} boxes  of the drawing and of the table, so high
 * @returns {number[]}
 */
function pagesIn(table, chart, boxes, h, measure) {
  const all = [0, table.rows.length];
  const inRoom = (high) => {
    const [left, right] = boxes(high);
    const kinds = [tableRows(table, right, measure)];
    if (left && chart === 'bar') kinds.push(barRows(table, sized(left), measure, wrapName));
    return kinds;
  };
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  if (inRoom(h).every(({ heights, room }) => sum(heights) <= room)) return all;
  const kinds = inRoom(h - PAGE_LINE);
  const fewest = begins(table.rows.length, kinds, Infinity);
  if (fewest.length > PAGES) return all;
  const even = begins(table.rows.length, kinds, Math.ceil(table.rows.length / fewest.length));
  return [...(even.length > fewest.length ? fewest : even), table.rows.length];
}

/** With which row each page begins, at most `most` rows on one. */
function begins(n, kinds, most) {
  const found = [0];
  let used = kinds.map(() => 0);
  for (let r = 0; r < n; r++) {
    const more = kinds.map(({ heights }, k) => used[k] + heights[r]);
    const full = r - found.at(-1) >= most || more.some((high, k) => high > kinds[k].room);
    if (full && r > found.at(-1)) {
      found.push(r);
      used = kinds.map(({ heights }) => heights[r]);
    } else used = more;
  }
  return found;
}

const sized = ({ w, h }) => ({ w, h, least: LEAST, most: 3.4 });

/** The rows of a page as a table of their own. */
const partOf = (table, { from, to }) => ({ ...table, rows: table.rows.slice(from, to) });

function halves(box, upright) {
  const gap = 5;
  if (upright)
    return [
      { ...box, h: box.h * 0.52 },
      { ...box, y: box.y + box.h * 0.52 + gap, h: box.h * 0.48 - gap },
    ];
  const w = box.w * 0.58;
  return [
    { ...box, w },
    { ...box, x: box.x + w + gap, w: box.w - w - gap },
  ];
}

/**
 * The drawing in tenths of u. The table beside it says the same in words, so that this need only
 * say what it is. @param {any} data
 */
function drawing({ title, chart, csv }, table, box, measure, part) {
  const it = drawn(`${chart} ${box.w} ${box.h} ${part.from} ${csv}`, () =>
    chart === 'line'
      ? lineChart(table, sized(box), measure, locale)
      : barChart(partOf(table, part), { ...sized(box), whole: table }, measure, wrapName),
  );
  const n = (x) => (x * 10).toFixed(1);
  return html`<svg
    class="drawing at"
    ${boxed(box)}
    viewBox="0 0 ${n(box.w)} ${n(box.h)}"
    role="img"
    aria-label=${chart === 'line' ? t('board.line_chart', { title }) : t('board.bar_chart', { title })}
  >
    <defs>
      <pattern
        id="hatched"
        width="12"
        height="12"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path class="hatch" d="M0 0v12"></path>
      </pattern>
    </defs>
    ${it.rules.map((r) => svg`<path class=${r.zero ? 'rule zero' : 'rule'} d=${`M${n(r.x1)} ${n(r.y1)}L${n(r.x2)} ${n(r.y2)}`}></path>`)}
    ${it.bars.map((bar) => svg`<rect class=${`bar s${bar.series}`} x=${n(bar.x)} y=${n(bar.y)} width=${n(bar.w)} height=${n(bar.h)} rx="4"></rect>`)}
    ${it.lines.map((line) => svg`<path class=${`course s${line.series}`} transform="scale(10)" d=${line.d}></path>`)}
    ${it.marks.map((mark) => svg`<path class=${`spot s${mark.series}`} transform=${`translate(${n(mark.x)} ${n(mark.y)}) scale(9)`} d=${MARKS[mark.series]}></path>`)}
    ${it.keys.map((key) => svg`<rect class=${`bar s${key.series}`} x=${n(key.x - 0.9)} y=${n(key.y - 0.8)} width="18" height="16" rx="3"></rect>`)}
    ${it.words.map((word) => svg`<text class=${word.soft ? 'word soft' : 'word'} x=${n(word.x)} y=${n(word.y)} font-size=${n(word.size)} text-anchor=${word.anchor}>${word.text}</text>`)}
  </svg>`;
}

/** Columns of figures are as wide as these need; words share what is left. */
function partsOf({ columns }, cells, w, measure) {
  const widest = (texts) => Math.max(1.5, ...texts.map((text) => measure(text, 1)));
  const some = cells.slice(1, 80);
  const wide = columns.map(({ numeric, name }, i) =>
    numeric
      ? widest([...some.map((row) => row[i]), ...glued(name).split(/[ -]+/)]) + 1
      : Math.min(26, widest([name, ...some.map((row) => row[i])]) + 0.7),
  );
  const sumOf = (numeric) =>
    wide.reduce((sum, each, i) => sum + (columns[i].numeric === numeric ? each : 0), 0);
  const [figured, worded] = [sumOf(true), sumOf(false)];
  // At the size that all would have: beside words, figures take two thirds at the most.
  const share = worded
    ? Math.min(0.66, Math.max(figured / (figured + worded), (figured * 3) / w))
    : 1;
  return wide.map((each, i) =>
    columns[i].numeric ? (each / figured) * share : (each / worded) * (figured ? 1 - share : 1),
  );
}

/** @typedef {{size: number, room: number, shown: number, parts: number[], more: number,
 *   texts: string[][]}} Laid */

const LEAD = 1.26;
const GAP = 0.62;

/** The cells of the whole table as texts, each with its share of the width. */
function cellsOf(table, box, measure) {
  const cells = [
    table.columns.map(({ name }) => name),
    ...table.rows.map((row) => row.map(({ text }) => text)),
  ];
  const parts = partsOf(table, cells, box.w, measure);
  /** What stands between two columns, as in the style sheet. */
  const between = 1.5 / box.w;
  const rows = cells.map((row) =>
    row.map((text, i) => ({ text, part: Math.max(parts[i] * 0.5, parts[i] - between) })),
  );
  return { parts, rows };
}

/** How high each row is at the least, and how much is left for them below the head. */
function tableRows(table, box, measure) {
  const [head, ...heights] = cellsOf(table, box, measure).rows.map((row) => {
    const lines = row.map(
      ({ text, part }) => lineUp(text, box.w * part * 0.97, LEAST, measure).count,
    );
    return (Math.max(1, ...lines) * LEAD + GAP) * LEAST;
  });
  return { heights, room: box.h - 1 - head };
}

/**
 * Columns as wide as what is in them; the first rows where there is no room for all. @returns
 * {Laid}
 */
function layTable(table, box, measure, { from, to }) {
  const { parts, rows: all } = cellsOf(table, box, measure);
  const rows = [all[0], ...all.slice(from + 1, to + 1)];
  const size = { w: box.w, max: 3, min: LEAST, lead: LEAD, gap: GAP };
  const whole = fitList(rows, { ...size, h: box.h - 1 }, measure);
  const some =
    whole.shown < rows.length ? fitList(rows, { ...size, h: box.h - 5 }, measure) : whole;
  return {
    size: some.size,
    room: some.room,
    shown: some.shown - 1,
    parts,
    more: rows.length - some.shown,
    texts: some.texts,
  };
}

/** @param {any} data */
function figures({ title, csv }, table, box, measure, part) {
  const { columns } = table;
  const laid = set(`${box.w} ${box.h} ${part.from} ${csv}`, () =>
    layTable(table, box, measure, part),
  );
  const kind = (i) => (columns[i].numeric ? 'num figure' : '');
  return html`<div class="at" ${boxed(box)}>
    <table class="figures" ${vars({ size: laid.size.toFixed(3), most: laid.room })}>
      <caption class="vh">
        ${title}
      </caption>
      <thead>
        <tr>
          ${columns.map((_, i) => html`<th scope="col" class=${kind(i)} ${vars({ part: (laid.parts[i] * 100).toFixed(2) })}><span class="clamp">${laid.texts[0][i]}</span></th>`)}
        </tr>
      </thead>
      <tbody>
        ${laid.texts.slice(1).map(
          (row) =>
            html`<tr>
              ${row.map((text, i) =>
                i === table.label
                  ? html`<th scope="row"><span class="clamp">${text}</span></th>`
                  : html`<td class=${kind(i)}>
                      <span class="clamp">${text}</span>
                    </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
    ${laid.more > 0 ? html`<p class="label more">${t('board.more_rows', { n: laid.more })}</p>` : nothing}
  </div>`;
}
