// plots.js -- deliveries against phones, and the answer's time against load, as SVG.
import { writeFileSync } from 'node:fs';

import { measure, progress } from './load.js';

const WIDTH = 720;
const HEIGHT = 440;
const EDGE = { left: 80, right: 150, top: 40, bottom: 50 };
const COLOURS = ['#0b5c7a', '#c2570c', '#4b7f1f', '#7a3e9d', '#a3262a', '#6b6b6b'];

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Powers of ten, and what lies between at 2 and 5, from `low` to `high`. */
function ticks(low, high) {
  const all = [];
  for (let ten = 10 ** Math.floor(Math.log10(low)); ten <= high; ten *= 10)
    for (const n of [ten, 2 * ten, 5 * ten]) if (n >= low && n <= high) all.push(n);
  return all;
}

const short = (n) =>
  n >= 1e6 ? `${n / 1e6} M` : n >= 1000 ? `${n / 1000} k` : String(+n.toPrecision(3));

/** Both axes are logarithmic. @param {[string, [number, number][]][]} lines */
function drawn(title, across, up, lines) {
  const points = lines.flatMap(([, line]) => line);
  const scale = (values, from, to) => {
    const low = Math.min(...values) / 1.15;
    const high = Math.max(...values) * 1.15;
    const at = (v) => from + ((to - from) * Math.log(v / low)) / Math.log(high / low);
    return { at: (v) => at(v).toFixed(1), ticks: ticks(low, high) };
  };
  const x = scale(
    points.map(([v]) => v),
    EDGE.left,
    WIDTH - EDGE.right,
  );
  const y = scale(
    points.map(([, v]) => v),
    HEIGHT - EDGE.bottom,
    EDGE.top,
  );
  const bottom = HEIGHT - EDGE.bottom;
  const right = WIDTH - EDGE.right;
  const parts = [
    `<text x="${EDGE.left}" y="24" font-size="16">${escaped(title)}</text>`,
    ...x.ticks.map(
      (v) =>
        `<path d="M${x.at(v)} ${EDGE.top}V${bottom}" stroke="#ddd"/>` +
        `<text x="${x.at(v)}" y="${bottom + 18}" text-anchor="middle">${short(v)}</text>`,
    ),
    ...y.ticks.map(
      (v) =>
        `<path d="M${EDGE.left} ${y.at(v)}H${right}" stroke="#ddd"/>` +
        `<text x="${EDGE.left - 8}" y="${y.at(v)}" dy="4" text-anchor="end">${short(v)}</text>`,
    ),
    `<text x="${(EDGE.left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(across)}</text>`,
    `<text transform="translate(18 ${(EDGE.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(up)}</text>`,
  ];
  lines.forEach(([name, line], i) => {
    const colour = COLOURS[i % COLOURS.length];
    const path = line.map(([v, w]) => `${x.at(v)} ${y.at(w)}`).join('L');
    parts.push(`<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [v, w] of line)
      parts.push(`<circle cx="${x.at(v)}" cy="${y.at(w)}" r="3" fill="${colour}"/>`);
    const key = EDGE.top + 20 * i + 10;
    parts.push(`<path d="M${right + 10} ${key}h18" stroke="${colour}" stroke-width="3"/>`);
    parts.push(`<text x="${right + 34}" y="${key + 4}">${escaped(name)}</text>`);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="#fff"/>
${parts.join('\n')}
</svg>
`;
}

/** Each server at each value: `work(value)` is measured, `of(result)` is shown. */
async function lines(names, values, work, of) {
  const all = names.map((name) => [name, []]);
  for (const value of values)
    for (const [name, line] of all) {
      progress(`${work(value).join(' ')}: ${name}`);
      line.push([value, of(await measure(name, work(value)))]);
    }
  progress('');
  return all;
}

/** @param {string[]} names @param {string} out */
export async function plots(names, out, isShort) {
  const phones = isShort ? [10, 100] : [10, 30, 100, 300, 1000, 3000];
  const deliveries = await lines(
    names,
    phones,
    (n) => ['closed', 1, n, Math.min(20, n), Math.min(3000, Math.ceil(1e6 / n))],
    (r) => r.deliveries / r.seconds,
  );
  const across = 'phones of one meeting, 20 contributions in flight';
  writeFileSync(
    `${out}deliveries.svg`,
    drawn('Deliveries a second', across, 'deliveries a second', deliveries),
  );
  const loads = isShort ? [10, 100] : [10, 30, 100, 300, 1000, 2000];
  const answers = await lines(
    names,
    loads,
    (n) => ['paced', 50, 20, n, 4],
    (r) => r.ack[1],
  );
  writeFileSync(
    `${out}latency.svg`,
    drawn(
      'How long an answer takes',
      'contributions a second, 50 meetings of 20 phones',
      'p99, ms',
      answers,
    ),
  );
  console.log(`${out}deliveries.svg\n${out}latency.svg`);
}
