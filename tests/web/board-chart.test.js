// A table as a drawing: nothing off the wall, nothing on something else, and no figure that is not
// in the table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barChart, barRows, hasChart, lineChart, scale, seriesOf } from '../../web/shared/chart.js';
import { readTable } from '../../web/shared/csv.js';
import { estimate, wrapName } from '../../web/board/fit.js';
import { danishBreaks } from '../../web/board/hyphens.js';

const AREA = { w: 90, h: 56, least: 2.2, most: 3.4 };
const PLACES = 'Svar;Andel\nSkolegården;16 %\nKlassen;8 %\nGangen;3,5 %\nVed ikke;–';

const spaceOf = ({ x, y, size, anchor, text }) => {
  const w = estimate(text, size);
  return {
    x: anchor === 'start' ? x : anchor === 'end' ? x - w : x - w / 2,
    y: y - size / 2,
    w,
    h: size,
  };
};
const inside = (box, { w, h }, what) => {
  const slack = 0.05;
  assert.ok(
    box.x >= -slack && box.y >= -slack && box.x + box.w <= w + slack && box.y + box.h <= h + slack,
    `${what}: ${JSON.stringify(box)} leaves ${w}x${h}`,
  );
};
const apart = (a, b) =>
  a.x + a.w <= b.x + 0.05 ||
  b.x + b.w <= a.x + 0.05 ||
  a.y + a.h <= b.y + 0.05 ||
  b.y + b.h <= a.y + 0.05;

test('steps are round and hold every value', () => {
  assert.deepEqual(scale([3, 16, 8]), { low: 0, high: 20, step: 5 });
  assert.deepEqual(scale([-4, 7]), { low: -5, high: 7.5, step: 2.5 });
  assert.deepEqual(scale([81, 86], 4, false), { low: 80, high: 86, step: 2 });
  for (const values of [[0], [0, 0], [1e-6, 3e-6], [1e9, 2e9], [-1, -1], [0.1, 0.2, 0.7]]) {
    const { low, high, step } = scale(values);
    assert.ok(
      step > 0 &&
        low <= Math.min(...values) + step * 1e-6 &&
        high >= Math.max(...values) - step * 1e-6 &&
        high > low,
      `${values}`,
    );
  }
});

test('a bar for each figure, as long as it is, named and with its figure; a dash is a dash', () => {
  const chart = barChart(readTable(PLACES), AREA, estimate, wrapName);
  assert.equal(chart.bars.length, 3);
  const [first, second, third] = chart.bars.map(({ w }) => w);
  assert.ok(Math.abs(first / second - 2) < 0.01 && Math.abs(second / third - 8 / 3.5) < 0.01);
  const words = chart.words.map(({ text }) => text.replace(/\u00a0/g, ' '));
  for (const word of ['Skolegården', '16 %', '3,5 %', 'Ved ikke', '–'])
    assert.ok(words.includes(word), word);
});

/** The estimate, with Danish words divided as the wall divides them. */
const danish = Object.assign((...all) => estimate(...all), { breaks: danishBreaks });

/** The lines of the names beside the bars, by row: lines of one name stand close. */
const namesOf = ({ words }, { label }) => {
  const x = words.find(({ anchor, text }) => anchor === 'end' && text.startsWith(label))?.x;
  return words.filter((word) => word.anchor === 'end' && word.x === x);
};

test('a long name has as many lines as it needs, its row is as high, and nothing is cut', () => {
  const name = 'Naturfag og teknologi i den store fællesopgave om byens vand';
  const table = readTable(
    `Fag;4. klasse;6. klasse;8. klasse\n${name};40 %;51 %;7 %\nLæsning;61 %;58 %;64 %`,
  );
  const lines = namesOf(barChart(table, AREA, estimate, wrapName), { label: 'Naturfag' });
  assert.ok(lines.length > 2);
  assert.equal(lines.map(({ text }) => text).join(' '), `${name} Læsning`);
});

test('compounds are divided with the hyphen of the language, and set smaller only when there is no room', () => {
  const names = ['Specialundervisningsvejlederen', 'Trivselsundersøgelsesresultaterne', 'Elevråd'];
  const draw = (n, h) =>
    barChart(
      readTable(
        [
          'Hvem;Andel',
          ...Array(n)
            .fill(names)
            .flat()
            .map((each) => `${each};7 %`),
        ].join('\n'),
      ),
      { ...AREA, w: 50, h },
      danish,
      wrapName,
    );
  for (const [n, h] of [
    [1, 40],
    [2, 50],
  ]) {
    const chart = draw(n, h);
    const lines = namesOf(chart, { label: 'Special' });
    const said = lines.map(({ text }) => text).join(' ');
    assert.equal(chart.more, 0);
    assert.equal(said.replaceAll('- ', ''), Array(n).fill(names).flat().join(' '));
    assert.match(said, /undervisnings- vejlederen/);
    assert.ok(lines.every(({ size }) => size >= AREA.least));
  }
  assert.ok(draw(1, 40).words[0].size > draw(2, 50).words[0].size);
});

test('the rows of a page have the scale of the whole table', () => {
  const table = readTable('Skole;Snit\nA;5\nB;10\nC;40');
  const page = barChart(
    { ...table, rows: table.rows.slice(0, 2) },
    { ...AREA, whole: table },
    estimate,
    wrapName,
  );
  const all = barChart(table, AREA, estimate, wrapName);
  assert.deepEqual(
    page.bars.map(({ w }) => w / page.bars[0].w),
    all.bars.slice(0, 2).map(({ w }) => w / all.bars[0].w),
  );
  assert.ok(page.bars[1].w < AREA.w / 3);
});

test('what there is to be had for rows is what they take at the least size', () => {
  const table = readTable('Fag;A;B\nLæsning;61 %;58 %\nSpecialundervisningsvejlederen;1 %;2 %');
  const { heights, room } = barRows(table, { ...AREA, w: 30 }, danish, wrapName);
  assert.ok(room < AREA.h && heights[1] > heights[0] && heights[0] > 2 * AREA.least);
});

test('beside a bar stands what was written, and what is kept back has none', () => {
  const chart = barChart(
    readTable('Skole;Snit\nA;7,0\nB;10.50\nC;<5\nD;1.234'),
    AREA,
    estimate,
    wrapName,
  );
  assert.equal(chart.bars.length, 3);
  const words = chart.words.map(({ text }) => text);
  for (const word of ['7,0', '10.50', '<5', '1.234']) assert.ok(words.includes(word), word);
});

test('lines go through their values, break where there is none, and are named at their ends', () => {
  const table = readTable('År;A;B\n2022;1;4\n2023;;5\n2024;3;6\n2025;4;7');
  const chart = lineChart(table, AREA, estimate, 'da');
  assert.equal(chart.lines.length, 2);
  assert.equal(chart.lines[0].d.match(/M/g).length, 2, 'a gap is a gap');
  assert.equal(chart.lines[1].d.match(/M/g).length, 1);
  assert.deepEqual(
    chart.words.slice(-2).map(({ text }) => text),
    ['A', 'B'],
  );
  const ys = chart.marks.filter(({ series }) => series === 1).map(({ y }) => y);
  assert.ok(ys[0] > ys[1] && ys[1] > ys[2] && ys[2] > ys[3], 'more is higher');
});

test('a table without figures is no drawing, and one with many series draws the first four', () => {
  assert.equal(hasChart(readTable('a;b\nx;y')), false);
  assert.equal(hasChart(null), false);
  assert.equal(seriesOf(readTable('a;b;c;d;e;f\nx;1;2;3;4;5')).length, 4);
});

function dice(seed) {
  let x = seed;
  return (n) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 4294967296) * n);
  };
}

const NAMES = [
  'Skolegården',
  'Ja',
  'Mellemtrinnets fælles frikvarter i den store gård bag hallen',
  '7.b',
  'Elever, der siger, at de har en ven',
  'Ø',
];

test('property: any table stays in its box, and no word lies on another', () => {
  for (let seed = 1; seed <= 1500; seed++) {
    const roll = dice(seed);
    const [n, k] = [1 + roll([3, 12, 60][roll(3)]), 1 + roll(5)];
    const unit = ['', ' %', ' kr.'][roll(3)];
    const most = [10, 100, 1e7][roll(3)];
    const cell = () =>
      roll(9) === 0
        ? ''
        : `${roll(4) === 0 && roll(2) ? '-' : ''}${roll(most)}${roll(2) ? `,${roll(10)}` : ''}${unit}`;
    const head = ['', ...Array.from({ length: k }, () => NAMES[roll(NAMES.length)])].join(';');
    const rows = Array.from({ length: n }, (_, r) =>
      [`${NAMES[roll(NAMES.length)]} ${r}`, ...Array.from({ length: k }, cell)].join(';'),
    );
    const table = readTable([head, ...rows].join('\n'));
    if (!hasChart(table)) continue;
    const area = { ...AREA, w: [90, 60, 120][roll(3)], h: [56, 40, 30][roll(3)] };
    for (const [what, draw] of [
      ['bars', () => barChart(table, area, estimate, wrapName)],
      ['lines', () => lineChart(table, area, estimate, ['da', 'en'][roll(2)])],
    ]) {
      const chart = draw();
      assert.equal(chart.shown + chart.more, table.rows.length);
      const spaces = chart.words.map(spaceOf);
      spaces.forEach((space, i) =>
        inside(space, area, `seed ${seed}, ${what}, ${JSON.stringify(chart.words[i])}`),
      );
      for (const bar of chart.bars) inside(bar, area, `seed ${seed}, bar`);
      for (const { x, y } of chart.marks) inside({ x, y, w: 0, h: 0 }, area, `seed ${seed}, point`);
      spaces.forEach((a, i) =>
        spaces
          .slice(i + 1)
          .forEach((b, j) =>
            assert.ok(
              apart(a, b),
              `seed ${seed}, ${what}: "${chart.words[i].text}" on "${chart.words[i + 1 + j].text}"`,
            ),
          ),
      );
    }
  }
});
