// Tables as schools paste them: separators, quotes, decimals, heads; and whatever else a clipboard
// holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields, figure, numberOf, readTable, separatorOf } from '../../web/shared/csv.js';

const values = (text, locale) =>
  readTable(text, locale).rows.map((row) => row.map(({ value }) => value));
const spaced = (text) => text.replace(/\u00a0|\u202f/g, ' ');

test('semicolons, commas and tabs, told by the text itself', () => {
  assert.equal(separatorOf('a;b\n1;2'), ';');
  assert.equal(separatorOf('a,b\n1,2'), ',');
  assert.equal(separatorOf('a\tb\n1\t2'), '\t');
  assert.equal(
    separatorOf('Svar;Andel\nJa, ofte;16,5\nNej, aldrig;3,5'),
    ';',
    'a comma in every field is no separator',
  );
  assert.equal(separatorOf('"a;b","c;d"\n"1;2","3;4"'), ',');
  assert.equal(separatorOf('Trivsel\nFravær'), ';', 'one column needs none');
});

test('quotes hold separators, line breaks and quotes', () => {
  assert.deepEqual(fields('"a;b";" c ";"d ""e"""\n1;2;3', ';'), [
    ['a;b', ' c ', 'd "e"'],
    ['1', '2', '3'],
  ]);
  assert.deepEqual(fields('"to\nlinjer";x', ';'), [['to\nlinjer', 'x']]);
  assert.deepEqual(
    fields('5" skærm;x', ';'),
    [['5" skærm', 'x']],
    'a quote within a bare field is a quote',
  );
  assert.deepEqual(fields('"aldrig lukket;x\ny', ';'), [['aldrig lukket;x\ny']]);
  assert.deepEqual(fields('"";x', ';'), [['', 'x']]);
});

test('every way to end a line, with or without a last one; empty lines are none', () => {
  for (const end of ['\n', '\r\n', '\r'])
    assert.deepEqual(fields(`a;b${end}${end}1;2${end};${end}`, ';'), [
      ['a', 'b'],
      ['1', '2'],
    ]);
  assert.deepEqual(fields('', ';'), []);
});

test('numbers are read as they are written', () => {
  const read = (text, mark) => numberOf(text, mark)?.value;
  for (const [text, value] of [
    ['16 %', 16],
    ['16%', 16],
    ['16,5 %', 16.5],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['1 234', 1234],
    ['1\u00a0234,5', 1234.5],
    ['1.234.567', 1234567],
    ['-3', -3],
    ['−3,25', -3.25],
    ['– 4', -4],
    ['+7', 7],
    ['0,5', 0.5],
    [',5', 0.5],
    ['3.5', 3.5],
    ['0.125', 0.125],
    ['12 elever', 12],
    ['kr. 200', 200],
    ['1,234.5', 1234.5],
    ["1'234", 1234],
  ]) {
    assert.equal(read(text), value, text);
  }
  assert.equal(read('1,234', '.'), 1234);
  assert.equal(read('1.234', '.'), 1.234);
  for (const text of [
    '',
    '7.b',
    'B2',
    'Ja',
    '3-4',
    '12. maj 2026',
    '12. maj',
    '10:30',
    '1 2',
    '1,2,3.4.5',
    '2023/24',
    'mellem 3 og 5',
  ]) {
    assert.equal(numberOf(text), null, text);
  }
});

test('the unit stands by the number, and the same one for a whole column', () => {
  const { columns } = readTable('Svar;Andel;Blandet\nSkolegården;16 %;3 %\nKlassen;8 %;4 elever');
  assert.deepEqual(
    columns.map(({ unit, numeric }) => [unit, numeric]),
    [
      ['', false],
      ['%', true],
      ['', true],
    ],
  );
});

test('decimals are told by the table, else by the language', () => {
  assert.deepEqual(values('a;b\nx;1.234\ny;2,5', 'en'), [
    [null, 1234],
    [null, 2.5],
  ]);
  assert.deepEqual(values('a;b\nx;1.234', 'da'), [[null, 1234]]);
  assert.deepEqual(values('a;b\nx;1.234', 'en'), [[null, 1.234]]);
  assert.deepEqual(values('a,b\nx,1.5\ny,"1,234"', 'da'), [
    [null, 1.5],
    [null, 1234],
  ]);
});

test('the first row is a head where it holds names or years', () => {
  const years = readTable(';2024;2025\nTrivsel;80 %;84 %');
  assert.deepEqual(
    years.columns.map(({ name }) => name),
    ['', '2024', '2025'],
  );
  assert.equal(years.rows.length, 1);
  const bare = readTable('Ja;16\nNej;3');
  assert.deepEqual([bare.rows.length, bare.columns[0].name, bare.label], [2, '', 0]);
  const down = readTable('År;Elever\n2024;412\n2025;398');
  assert.deepEqual(
    readTable('Gruppe;Hvem\nElevråd;To\nVenner;Alle').columns.map(({ name }) => name),
    ['Gruppe', 'Hvem'],
  );
  assert.deepEqual(
    [down.label, down.columns.map(({ numeric }) => numeric)],
    [0, [false, true]],
    'years name the rows',
  );
});

test('a cell that is empty, or a dash, has no value and spoils no column', () => {
  const { columns, rows } = readTable('Klasse;Fravær\n7.a;4,5\n7.b;–\n7.c;');
  assert.equal(columns[1].numeric, true);
  assert.deepEqual(
    rows.map((row) => row[1].value),
    [4.5, null, null],
  );
  assert.equal(rows[1][1].text, '–');
});

test('rows of unequal length are made even, a mark of the byte order is not a letter, and nothing is no table', () => {
  const { columns, rows } = readTable('\uFEFFa;b\n1;2;3\n4');
  assert.equal(columns.length, 3);
  assert.deepEqual(
    rows.map((row) => row.length),
    [3, 3],
  );
  assert.equal(columns[0].name, 'a');
  assert.equal(readTable(''), null);
  assert.equal(readTable('\n \n'), null);
});

test('figures are written as the language writes them', () => {
  const percent = { name: '', numeric: true, unit: '%', before: '', digits: 0 };
  assert.equal(spaced(figure(16, percent, 'da')), '16 %');
  assert.equal(spaced(figure(16, percent, 'en')), '16%');
  assert.equal(
    spaced(figure(1234.5, { ...percent, unit: 'elever', digits: 1 }, 'da')),
    '1.234,5 elever',
  );
  assert.equal(
    spaced(figure(16, { ...percent, digits: 1 }, 'da')),
    '16 %',
    'no more decimals than were written',
  );
  assert.equal(spaced(figure(200, { ...percent, unit: '', before: 'kr.' }, 'da')), 'kr. 200');
});

/** Numbers from a seed, the same each time: what failed once fails again. */
function dice(seed) {
  let x = seed;
  return (n) => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    return Math.floor((x / 4294967296) * n);
  };
}

test('property: what is written with quotes is read back, whatever the separator', () => {
  const letters = ['a', 'æ', ';', ',', '\t', '"', '\n', '\r\n', ' ', '7', '.', '%', '🙂', ''];
  for (let seed = 1; seed <= 400; seed++) {
    const roll = dice(seed);
    const rows = Array.from({ length: 1 + roll(5) }, () =>
      Array.from(
        { length: 1 + roll(4) },
        (_, i) =>
          (i ? '' : 'x') +
          Array.from({ length: roll(6) }, () => letters[roll(letters.length)]).join(''),
      ),
    );
    for (const separator of [';', ',', '\t']) {
      const text = rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
        .join('\n');
      assert.deepEqual(fields(text, separator), rows, `seed ${seed}`);
    }
  }
});

test('property: a number written by the language is read back, in both', () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const roll = dice(seed);
    const digits = roll(3);
    const value = (roll(2) ? 1 : -1) * (roll([10, 1000, 1e6, 1e9][roll(4)]) / 10 ** digits);
    for (const locale of ['da', 'en', 'sv', 'de-CH']) {
      const text = new Intl.NumberFormat(locale, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(value);
      const mark = new Intl.NumberFormat(locale)
        .formatToParts(1.5)
        .find(({ type }) => type === 'decimal').value;
      for (const [before, after] of [
        ['', ''],
        ['', ' %'],
        ['', ' elever'],
        ['kr. ', ''],
      ]) {
        assert.equal(
          numberOf(before + text + after, mark)?.value,
          value === 0 ? numberOf(text, mark)?.value : value,
          `${before}${text}${after} (${locale}, seed ${seed})`,
        );
      }
    }
  }
});

test('property: any text at all is a table or none, with even rows, and never throws', () => {
  const letters = [
    ';',
    ',',
    '\t',
    '"',
    '\n',
    '\r',
    ' ',
    '0',
    '9',
    '.',
    '-',
    '−',
    '%',
    'x',
    'Å',
    '\u0000',
    '\u202e',
    '🙂',
    '\ud800',
  ];
  for (let seed = 1; seed <= 3000; seed++) {
    const roll = dice(seed);
    const text = Array.from({ length: roll(60) }, () => letters[roll(letters.length)]).join('');
    const table = readTable(text);
    if (!table) continue;
    for (const row of table.rows) assert.equal(row.length, table.columns.length, `seed ${seed}`);
    for (const { value } of table.rows.flat())
      assert.ok(value === null || Number.isFinite(value), `seed ${seed}`);
  }
});
