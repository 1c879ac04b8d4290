// chart.js -- a table as bars or lines: where each bar, point and word stands in a box. Pure
// geometry; whoever draws it chooses the unit, measures text and breaks it into lines. Bars lie, so
// that their names can be read, over as many lines as they need; each says what was written in its
// cell.
//
// A series has its own shape beside its colour: filled or outlined bars, whole or dashed lines,
// round or square points.
import { figure } from './number.js';

/**
 * @typedef {{x: number, y: number, w: number, h: number, series: number}} Bar
 * @typedef {{x: number, y: number, size: number, anchor: 'start' | 'middle' | 'end', text:
 *   string, soft: boolean}} Word
 *   y: the middle of the line
 * @typedef {{x: number, y: number, series: number}} Mark
 * @typedef {{x1: number, y1: number, x2: number, y2: number, zero: boolean}} Rule
 * @typedef {{bars: Bar[], words: Word[], lines: {d: string, series: number}[], marks: Mark[],
 *   keys: Mark[], rules: Rule[],
 *   shown: number, more: number}} Chart  keys: the small bars of the legend; shown: rows drawn;
 *   more: rows there was no room for
 * @typedef {{w: number, h: number, least: number, most: number}} Area  least, most: sizes of text
 * @typedef {(text: string, size: number) => number} Measure
 * @typedef {(text: string, width: number, size: number, measure: any, anywhere: boolean) =>
 *   {lines: string[], torn: boolean}} Wrap  a name's lines; anywhere: its words may be divided by
 *   syllables, and not only between the words that they are made of
 */

export const SERIES_MAX = 4;

/** The columns that are drawn. @param {import('./csv.js').Table} table */
export const seriesOf = ({ columns }) =>
  columns
    .map((column, i) => ({ ...column, i }))
    .filter(({ numeric }) => numeric)
    .slice(0, SERIES_MAX);

export const hasChart = (table) =>
  Boolean(table) && table.rows.length > 0 && seriesOf(table).length > 0;

/**
 * Round steps that hold all values, about `wanted` of them. @returns {{low: number, high: number,
 * step: number}}
 */
export function scale(values, wanted = 5, fromZero = true) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const [a, b] =
    fromZero || least < most * 0.5 ? [Math.min(0, least), Math.max(0, most)] : [least, most];
  const rough = (b - a || Math.abs(b) || 1) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((n) => n * power).find((each) => each >= rough * 0.999) ?? 10 * power;
  const low = Math.floor(a / step + 1e-9) * step;
  return { low, high: Math.max(low + step, Math.ceil(b / step - 1e-9) * step), step };
}

/** As much of a text as there is room for. */
function cut(text, width, size, measure) {
  if (measure(text, size) <= width) return text;
  const letters = [...text];
  while (letters.length && measure(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

const nameOf = (table, r) => (table.label < 0 ? String(r + 1) : table.rows[r][table.label].text);

/** @returns {Chart} */
const empty = () => ({
  bars: [],
  words: [],
  lines: [],
  marks: [],
  keys: [],
  rules: [],
  shown: 0,
  more: 0,
});

/** What each series is called, in rows above the drawing. Returns where the drawing may begin. */
function legend(chart, series, { w }, size, measure) {
  if (series.length < 2) return 0;
  const line = size * 1.5;
  let x = 0;
  let y = line / 2;
  series.forEach(({ name }, s) => {
    const text = cut(name || String(s + 1), w - size * 1.6, size, measure);
    const wide = size * 1.5 + measure(text, size);
    if (x > 0 && x + wide > w) [x, y] = [0, y + line];
    chart.keys.push({ x: x + size * 0.5, y, series: s });
    chart.words.push({ x: x + size * 1.4, y, size, anchor: 'start', text, soft: false });
    x += wide + size * 1.6;
  });
  return y + line / 2 + size * 0.5;
}

/** How high a line is, and what stands between two rows, in sizes. */
const LINE = 1.2;
const APART = 0.75;

/** Where bars go both ways, figures stand on both sides, and names have less of the width. */
const bothWays = ({ rows }, series) => rows.some((row) => series.some(({ i }) => row[i].value < 0));

/** Each row's name in lines of this size, and how high its row is. */
function rowsAt(size, { table, area, series }, measure, wrap, anywhere = true) {
  const width = area.w * (bothWays(area.whole ?? table, series) ? 0.3 : 0.44);
  const names = table.rows.map((_, r) => wrap(nameOf(table, r), width, size, measure, anywhere));
  const lines = names.map((each) => each.lines);
  const torn = names.some((each) => each.torn);
  const heights = lines.map((each) => (Math.max(series.length, each.length) * LINE + APART) * size);
  return { size, lines, torn, heights, tall: heights.reduce((sum, each) => sum + each, 0) };
}

/**
 * How high each row is at the least, and how much is left for them below what the series are called.
 * @param {import('./csv.js').Table} table
 * @param {Area} area
 * @param {Measure} measure
 * @param {Wrap} wrap
 */
export function barRows(table, area, measure, wrap) {
  const series = seriesOf(table);
  const { heights } = rowsAt(area.least, { table, area, series }, measure, wrap);
  return { heights, room: area.h - legend(empty(), series, area, area.least * 1.05, measure) };
}

/** Steps from one size to the next, which the eye hardly sees. */
const STEP = 0.96;

/** As large as all rows have room for. */
function largest(tall, of, measure, wrap) {
  const { least, most } = of.area;
  for (const anywhere of [false, true])
    for (let size = most; size > least; size *= STEP) {
      const set = rowsAt(size, of, measure, wrap, anywhere);
      if (set.tall <= tall && !set.torn) return set;
    }
  return rowsAt(Math.min(least, tall / of.series.length / 1.3), of, measure, wrap);
}

/**
 * Bars of all rows, as large as there is room for; where there is none even at the least size, of the
 * first. A row is as high as its name needs. `area.whole` is the table that these rows are a page of:
 * what is on one page can be compared with what is on another.
 * @param {import('./csv.js').Table} table
 * @param {Area & {whole?: import('./csv.js').Table}} area
 * @param {Measure} measure
 * @param {Wrap} wrap
 * @returns {Chart}
 */
export function barChart(table, area, measure, wrap) {
  const chart = empty();
  const series = seriesOf(table);
  const whole = area.whole ?? table;
  const top = legend(chart, series, area, area.least * 1.05, measure);
  const tall = area.h - top;
  const { size, lines, heights } = largest(tall, { table, area, series }, measure, wrap);
  let high = 0;
  for (const height of heights) {
    if (chart.shown && high + height > tall * 1.001) break;
    high += height;
    chart.shown++;
  }
  chart.more = table.rows.length - chart.shown;
  // Few bars are thicker than their words need.
  const loose = Math.min(tall / high, 1.5);
  const thick = (LINE + APART / series.length) * size * loose - (size * 0.6) / series.length;
  const rows = table.rows.slice(0, chart.shown);
  const values = whole.rows.flatMap((row) => series.map(({ i }) => row[i].value ?? 0));
  const { low, high: most } = scale(values);
  const names = Math.max(
    ...lines
      .slice(0, chart.shown)
      .flat()
      .map((each) => measure(each, size)),
  );
  const figures = Math.min(
    area.w * (low < 0 ? 0.22 : 0.3),
    Math.max(...whole.rows.flatMap((row) => series.map(({ i }) => measure(row[i].text, size)))),
  );
  const left = names + size * 0.7;
  const below = low < 0 ? figures + size * 0.4 : 0;
  const room = Math.max(1, area.w - left - below - figures - size * 0.5);
  const xOf = (value) => left + below + (room * (value - low)) / (most - low);
  let begin = top;
  rows.forEach((row, r) => {
    const height = heights[r] * loose;
    const middle = begin + height / 2;
    const fit = Math.max(1, Math.floor(tall / (size * LINE)));
    const name = lines[r].slice(0, fit);
    if (lines[r].length > fit)
      name[fit - 1] = cut(lines[r].slice(fit - 1).join(' '), names, size, measure);
    name.forEach((text, i) =>
      chart.words.push({
        x: names,
        y: middle + (i - (name.length - 1) / 2) * size * LINE,
        size,
        anchor: 'end',
        text,
        soft: false,
      }),
    );
    series.forEach((column, s) => {
      const cell = row[column.i];
      const value = cell.value ?? 0;
      const [from, to] = [xOf(Math.min(0, value)), xOf(Math.max(0, value))];
      const y = middle + (s - series.length / 2) * thick;
      if (cell.value !== null)
        chart.bars.push({
          x: from,
          y: y + thick * 0.08,
          w: Math.max(0.05, to - from),
          h: thick * 0.84,
          series: s,
        });
      const minus = value < 0;
      chart.words.push({
        x: minus ? from - size * 0.35 : to + size * 0.35,
        y: y + thick / 2,
        size,
        anchor: minus ? 'end' : 'start',
        text: cut(cell.text, figures * 1.001, size, measure),
        soft: cell.value === null,
      });
    });
    begin += height;
  });
  chart.rules.push({ x1: xOf(0), y1: top, x2: xOf(0), y2: Math.min(begin, area.h), zero: true });
  return chart;
}

/** Middles that keep their distance, within bounds, in the order of what they want. */
function apart(wanted, distance, low, high) {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let least = low;
  order.forEach((each, k) => {
    each.y = Math.max(least, Math.min(each.y, high - (order.length - 1 - k) * distance));
    least = each.y + distance;
  });
  return order.sort((a, b) => a.i - b.i).map(({ y }) => y);
}

/**
 * @param {import('./csv.js').Table} table
 * @param {Area} area
 * @param {Measure} measure
 * @param {string} locale
 * @returns {Chart}
 */
export function lineChart(table, area, measure, locale) {
  const chart = empty();
  const series = seriesOf(table);
  const size = area.least * 1.05;
  const rows = table.rows;
  chart.shown = rows.length;
  const values = rows
    .flatMap((row) => series.map(({ i }) => row[i].value))
    .filter((value) => value !== null);
  const { low, high, step } = scale(
    values.length ? values : [0, 1],
    4,
    series.some(({ unit }) => unit === '%'),
  );
  const ticks = Array.from(
    { length: Math.round((high - low) / step) + 1 },
    (_, k) => low + k * step,
  );
  const digits = Math.max(
    0,
    -Math.floor(Math.log10(step) + 1e-9),
    step % 1 && (step * 10) % 1 ? 2 : 0,
  );
  const tickOf = (value) => figure(value, { ...series[0], digits: Math.min(3, digits) }, locale);
  const left =
    Math.min(area.w * 0.3, Math.max(...ticks.map((value) => measure(tickOf(value), size)))) +
    size * 0.6;
  const ends =
    series.length > 1
      ? Math.min(
          area.w * 0.3,
          Math.max(...series.map(({ name }, s) => measure(name || String(s + 1), size))),
        ) +
        size * 0.9
      : size * 0.6;
  const [top, bottom] = [size * 0.8, Math.max(size * 2, area.h - size * 1.9)];
  const wide = Math.max(1, area.w - left - ends - size * 0.6);
  const xOf = (r) =>
    left + size * 0.6 + (rows.length < 2 ? wide / 2 : (wide * r) / (rows.length - 1));
  const yOf = (value) => bottom - ((bottom - top) * (value - low)) / (high - low);
  for (const value of ticks) {
    chart.rules.push({
      x1: left,
      y1: yOf(value),
      x2: left + wide + size * 0.6,
      y2: yOf(value),
      zero: value === low,
    });
    chart.words.push({
      x: left - size * 0.5,
      y: yOf(value),
      size,
      anchor: 'end',
      text: cut(tickOf(value), left - size * 0.5, size, measure),
      soft: true,
    });
  }
  under(chart, table, { size, wide, y: area.h - size * 0.7, w: area.w, xOf }, measure);
  const last = series.map(({ i }, s) => {
    const points = rows.map((row, r) =>
      row[i].value === null ? null : { x: xOf(r), y: yOf(row[i].value), series: s },
    );
    chart.marks.push(...points.filter((point) => point !== null));
    chart.lines.push({
      series: s,
      d: points
        .map((point, r) =>
          point
            ? `${r && points[r - 1] ? 'L' : 'M'}${point.x.toFixed(2)} ${point.y.toFixed(2)}`
            : '',
        )
        .join(''),
    });
    return points.filter((point) => point !== null).at(-1)?.y ?? bottom;
  });
  if (series.length > 1) {
    apart(last, size * 1.25, top, bottom).forEach((y, s) => {
      const x = left + wide + size * 1.2;
      chart.words.push({
        x,
        y,
        size,
        anchor: 'start',
        text: cut(series[s].name || String(s + 1), area.w - x, size, measure),
        soft: false,
      });
    });
  }
  return chart;
}

/** Names under the points: all, or every second, third … so that none touches another. */
function under(chart, table, { size, wide, y, w, xOf }, measure) {
  const n = table.rows.length;
  const names = table.rows.map((_, r) => nameOf(table, r));
  const pitch = n < 2 ? wide : wide / (n - 1);
  const widest = Math.min(wide * 0.4, Math.max(...names.map((name) => measure(name, size))));
  const every = Math.max(1, Math.ceil((widest + size) / pitch));
  let end = -Infinity;
  for (let r = 0; r < n; r += every) {
    const text = cut(
      names[r],
      Math.max(size, n < 2 ? wide : n < 3 ? wide / 2 : every * pitch - size * 0.5),
      size,
      measure,
    );
    const half = measure(text, size) / 2;
    const x = Math.max(half, Math.min(w - half, xOf(r)));
    // The outermost stand further in than their points.
    if (x - half < end + size * 0.3) continue;
    end = x + half;
    chart.words.push({ x, y, size, anchor: 'middle', text, soft: true });
  }
}
