// chart.js -- a table as bars or lines: where each bar, point and word stands in a box. Pure
// geometry; whoever draws it chooses the unit, and measures text. Bars lie, so that their names can
// be read; each says what was written in its cell.
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

/** In as many lines as there is room for, each as long as may be. */
function linesOf(text, width, most, size, measure) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (!lines.at(-1) || lines.length === most || measure(longer, size) <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => cut(line, width, size, measure));
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

/**
 * @param {import('./csv.js').Table} table
 * @param {Area} area
 * @param {Measure} measure
 * @returns {Chart}
 */
export function barChart(table, area, measure) {
  const chart = empty();
  const series = seriesOf(table);
  const top = legend(chart, series, area, area.least * 1.05, measure);
  const tall = area.h - top;
  const per = (size) => series.length * size * 1.2 + size * 0.75;
  const fit = Math.max(1, Math.floor(tall / per(area.least)));
  chart.shown = Math.min(table.rows.length, fit);
  chart.more = table.rows.length - chart.shown;
  // Few bars are thicker than their words need.
  const pitch = Math.min(tall / chart.shown, per(area.most) * 1.5);
  const size = Math.max(
    Math.min(area.least, tall / series.length / 1.3),
    Math.min(area.most, pitch / (series.length * 1.2 + 0.75)),
  );
  const rows = table.rows.slice(0, chart.shown);
  const values = rows.flatMap((row) => series.map(({ i }) => row[i].value ?? 0));
  const { low, high } = scale(values);
  // Where bars go both ways, figures stand on both sides.
  const names = Math.min(
    area.w * (low < 0 ? 0.3 : 0.44),
    Math.max(...rows.map((_, r) => measure(nameOf(table, r), size))),
  );
  const figures = Math.min(
    area.w * (low < 0 ? 0.22 : 0.3),
    Math.max(...rows.flatMap((row) => series.map(({ i }) => measure(row[i].text, size)))),
  );
  const left = names + size * 0.7;
  const below = low < 0 ? figures + size * 0.4 : 0;
  const room = Math.max(1, area.w - left - below - figures - size * 0.5);
  const xOf = (value) => left + below + (room * (value - low)) / (high - low);
  rows.forEach((row, r) => {
    const thick = (pitch - size * 0.6) / series.length;
    const begin = top + r * pitch + size * 0.3;
    const most = Math.max(1, Math.floor((thick * series.length) / (size * 1.2)));
    const lines = linesOf(nameOf(table, r), names * 1.001, most, size, measure);
    lines.forEach((text, i) =>
      chart.words.push({
        x: names,
        y: begin + (thick * series.length) / 2 + (i - (lines.length - 1) / 2) * size * 1.2,
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
      const y = begin + s * thick;
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
  });
  chart.rules.push({ x1: xOf(0), y1: top, x2: xOf(0), y2: top + chart.shown * pitch, zero: true });
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
