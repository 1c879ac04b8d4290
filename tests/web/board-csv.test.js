// Tables as schools paste them: separators, quotes, decimals, heads; and whatever else a clipboard
// holds.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fields, readTable, rowsOf, separatorOf } from '../../web/shared/csv.js';
import { figure, numberOf } from '../../web/shared/number.js';

const values = (text, locale) =>
  readTable(text, locale).rows.map((row) => row.map(({ value }) => value));
const texts = (text, locale) =>
  readTable(text, locale).rows.map((row) => row.map((cell) => cell.text));
const spaced = (text) => text.replace(/\u00a0|\u202f/g, ' ');

test('what stands in the table of cases, that the minutes hold to as well', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../vectors/tables.json', import.meta.url), 'utf8'),
  );
  assert.ok(cases.length > 40);
  for (const { csv, rows, headed, label } of cases) {
    const table = readTable(csv);
    assert.deepEqual(rowsOf(csv), rows, csv);
    assert.equal(!!table && table.rows.length < rows.length, headed, csv);
    assert.equal(table ? table.label : -1, label, csv);
  }
});

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
    ['a;b', 'c', 'd "e"'],
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
    assert.deepEqual(rowsOf(`${end}a;b${end}${end}1;2${end};${end}`), [
      ['a', 'b'],
      ['1', '2'],
    ]);
  assert.deepEqual(rowsOf('a;b\r1;2\n3;4\r\n5;6'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ]);
  assert.deepEqual(rowsOf(''), []);
});

test('a cell that is one number has its value, however it is written', () => {
  const read = (text, mark) => numberOf(text, mark)?.value;
  for (const [text, value] of [
    ['0', 0],
    ['16 %', 16],
    ['16%', 16],
    ['16,5 %', 16.5],
    ['4 ‰', 4],
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['1 234', 1234],
    ['1\u00a0234,5', 1234.5],
    ['1.234.567', 1234567],
    ['12.345,00', 12345],
    ['-3', -3],
    ['−3,25', -3.25],
    ['– 4', -4],
    ['+7', 7],
    ['0,5', 0.5],
    [',5', 0.5],
    ['3.5', 3.5],
    ['7,0', 7],
    ['0.125', 0.125],
    ['kr. 200', 200],
    ['200 kr.', 200],
    ['1.200 DKK', 1200],
    ['€ 5', 5],
    ['1,234.5', 1234.5],
    ["1'234", 1234],
  ]) {
    assert.equal(read(text), value, text);
  }
  assert.equal(read('1,234', '.'), 1234);
  assert.equal(read('1.234', '.'), 1.234);
  assert.equal(read('1.234 %', '.'), 1.234);
});

/** What is no number, by what it is. */
const WORDS = {
  'kept back': ['<5', '< 5', '>95 %', '≤3', '*'],
  roughly: ['ca. 12', '12 elever', '3 ud af 4', '~5', '12+'],
  'a time': ['Efterår 2024', '2023/24', '12. maj', '12. maj 2026', '10:30'],
  'a day': ['1.3.2026', '01.03.2026', '2026-03-01', '1/3', '12-05-2026'],
  'a place or a class': ['Vestre 1', '7.b', 'B2', '1 b', 'Klasse 7'],
  'a code': ['0751001', '02', '00', '007', '00,5', '-02', '12345678901234567'],
  'two numbers': ['3-4', '1 2', '12 34', 'mellem 3 og 5', '1,2,3.4.5', '1.2.3', '1.23.456'],
  'a mistake of the spreadsheet': ['#DIVISION/0!', '#I/T', '#REF!', '1E5', '5.', '% 5', 'kr 5 kr'],
  'no number at all': ['', 'Ja', '–', '%', 'kr.', '٣'],
};

test('a cell that is anything else has none', () => {
  for (const [what, all] of Object.entries(WORDS))
    for (const text of all) assert.equal(numberOf(text), null, `${what}: ${text}`);
});

test('the table shows what was written, letter by letter', () => {
  const written = [
    ...Object.values(WORDS).flat(),
    ...['7,0', '16 %', '1.234,50', '+7', '−3', '1 234', 'kr. 200', '3.5', '0', '12,5 %'],
  ].filter(Boolean);
  const csv = written.map((text, i) => `r${i};"${text}"`).join('\n');
  assert.deepEqual(
    texts(`Navn;Tal\n${csv}`).map((row) => row[1]),
    written,
  );
  for (const text of written) {
    const { rows } = readTable(`Navn;Tal\nA;"${text}"\nB;12\nC;3`);
    assert.equal(rows.at(-3)[1].text, text);
  }
});

test('groups of a few that are kept back have no bar, and the others of their column have', () => {
  const { columns, rows } = readTable('Svar;Elever\nJa;<5\nNej;12\nVed ikke;> 95 %\nIntet;*');
  assert.equal(columns[1].numeric, true);
  assert.deepEqual(
    rows.map((row) => [row[1].text, row[1].value]),
    [
      ['<5', null],
      ['12', 12],
      ['> 95 %', null],
      ['*', null],
    ],
  );
  assert.deepEqual(
    texts('Ja;<5\nNej;12'),
    [
      ['Ja', '<5'],
      ['Nej', '12'],
    ],
    'and make no head of their row',
  );
});

test('grades and codes name the rows, and their column is not drawn', () => {
  const grades = readTable('Karakter;Antal\n-3;1\n00;2\n02;5\n4;9\n7;12\n10;8\n12;3');
  assert.deepEqual(
    [grades.label, grades.columns.map(({ numeric }) => numeric)],
    [0, [false, true]],
  );
  assert.deepEqual(
    grades.rows.map((row) => row[0].text),
    ['-3', '00', '02', '4', '7', '10', '12'],
  );
  const schools = readTable('Skole;Trivsel\n0751001;82 %\n751002;79 %');
  assert.deepEqual([schools.label, schools.rows[0][0].text], [0, '0751001']);
  const terms = readTable('Hvornår;Fravær\nEfterår 2024;7,0 %\nForår 2025;6,5 %');
  assert.deepEqual(
    [terms.label, ...terms.rows.map((row) => row.map(({ text }) => text))],
    [0, ['Efterår 2024', '7,0 %'], ['Forår 2025', '6,5 %']],
  );
});

test('a first line that says the separator is no row', () => {
  for (const first of ['sep=;', 'SEP=;', '"sep=;"', '\uFEFFsep=;'])
    for (const end of ['\n', '\r\n'])
      assert.deepEqual(rowsOf([first, 'a,b;c', '1,5;2'].join(end)), [
        ['a,b', 'c'],
        ['1,5', '2'],
      ]);
  assert.deepEqual(rowsOf('sep=,\na;b,c'), [['a;b', 'c']]);
  assert.deepEqual(rowsOf('sep=\t\na;b\tc'), [['a;b', 'c']]);
  assert.deepEqual(rowsOf('sep=;'), []);
  assert.deepEqual(rowsOf('separator;b\n1;2')[0], ['separator', 'b']);
});

test('columns at the right with nothing in them are no columns, others are', () => {
  assert.deepEqual(rowsOf('a;b;;;\n1;2;;;\n3;;;;'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', ''],
  ]);
  assert.deepEqual(rowsOf('a;;c;\n1;;3;'), [
    ['a', '', 'c'],
    ['1', '', '3'],
  ]);
  assert.deepEqual(rowsOf('a;b\n1;2;x'), [
    ['a', 'b', ''],
    ['1', '2', 'x'],
  ]);
  assert.deepEqual(readTable('a;b;\nx;1;').columns.length, 2);
});

test('a blank behind a separator does not take a field out of its quotes', () => {
  assert.deepEqual(rowsOf('a, "b, c"\n1, "2, 3"'), [
    ['a', 'b, c'],
    ['1', '2, 3'],
  ]);
  assert.deepEqual(rowsOf('"a" ;"b"\n"1;2" ; 3'), [
    ['a', 'b'],
    ['1;2', '3'],
  ]);
});

test('the unit stands by the number, and the same one for a whole column', () => {
  const { columns } = readTable('Svar;Andel;Blandet\nSkolegården;16 %;3 %\nKlassen;8 %;4 kr.');
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
  assert.equal(spaced(figure(1234.5, { ...percent, unit: 'kr.', digits: 1 }, 'da')), '1.234,5 kr.');
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
      const shown = rows.map((row) => row.map((cell) => cell.replaceAll('\r\n', '\n').trim()));
      const kept = shown.filter((row) => row.some((cell) => cell !== ''));
      assert.deepEqual(fields(text.replaceAll('\r\n', '\n'), separator), kept, `seed ${seed}`);
      const wide = Math.max(...kept.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
      assert.deepEqual(
        rowsOf(`sep=${separator}\n${text}`),
        kept.map((row) => Array.from({ length: wide }, (_, i) => row[i] ?? '')),
        `seed ${seed}`,
      );
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
        ['', ' kr.'],
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
    'sep=',
    '<5',
    '02',
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
