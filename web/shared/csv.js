// csv.js -- a small table out of pasted or uploaded text, as spreadsheets in Denmark and elsewhere
// write it. Papa Parse takes the fields apart; what is theirs to mean is said here.
//
// The table shows what was written, letter by letter. Numbers are for drawings, and only a cell
// that is one number and nothing else has one: see number.js.
import Papa from 'papaparse';
import { markIn, numberOf } from './number.js';

const SEPARATORS = ['\t', ';', ','];
/** What separatorOf looks at, in letters and in rows. */
const BEGIN = 4000;
const BEGIN_ROWS = 20;

/**
 * The fields of every row, as they were written but for blanks around them; rows without a letter
 * are left out.
 * @param {string} text
 * @param {string} separator
 * @returns {string[][]}
 */
export function fields(text, separator) {
  const { data } = Papa.parse(text, {
    delimiter: separator,
    newline: '\n',
    skipEmptyLines: 'greedy',
  });
  return data.map((row) => row.map((cell) => cell.trim()));
}

/**
 * The separator that makes the most even rows of the first lines: of two that do, the one that is
 * least often within a field.
 */
export function separatorOf(text) {
  const begin = text.slice(0, BEGIN);
  let best = ';';
  let most = 0;
  for (const separator of SEPARATORS) {
    const rows = fields(begin, separator).slice(0, BEGIN_ROWS);
    const wide = rows[0]?.length ?? 0;
    const even = wide < 2 ? 0 : rows.filter((row) => row.length === wide).length / rows.length;
    if (even > most) [best, most] = [separator, even];
  }
  return best;
}

/** Excel's own first line, "sep=;", says the separator and is no row. */
const SAID = /^"?sep=([^"\r\n])"?(?:\n|$)/i;

/**
 * The rows of a text, all of one length: columns at the right with nothing in them are no columns.
 * @param {string} text
 * @returns {string[][]}
 */
export function rowsOf(text) {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+/, '');
  const said = SAID.exec(lines);
  // A quote behind a separator and a blank begins a field in quotes, as most who write so mean it;
  // a doubled one stands within them.
  const body = (said ? lines.slice(said[0].length) : lines).replace(/(^|[;,\t\n]) +"(?!")/g, '$1"');
  const rows = fields(body, said ? said[1] : separatorOf(body));
  const wide = Math.max(0, ...rows.map((row) => row.findLastIndex((cell) => cell !== '') + 1));
  return rows.map((row) => Array.from({ length: wide }, (_, i) => row[i] ?? ''));
}

/**
 * The decimal mark of a whole table: as most of its numbers tell it, else as the language writes
 * it.
 */
function markOf(rows, locale) {
  let told = 0;
  for (const cell of rows.flat()) {
    const mark = markIn(cell);
    if (mark) told += mark === ',' ? 1 : -1;
  }
  const usual = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal').value;
  return told ? (told > 0 ? ',' : '.') : usual;
}

/**
 * @typedef {{text: string, value: number | null}} Cell  value: null where there is no number to draw
 * @typedef {{name: string, numeric: boolean, unit: string, before: string, digits: number}} Column
 *   unit: what stands after each of its numbers, '' when they differ; digits: decimals at the most
 * @typedef {{columns: Column[], rows: Cell[][], label: number}} Table  label: the column that
 *   names the rows, -1 for none
 */

const isYear = (text) => /^(19|20)\d\d$/.test(text);
/** A number that is kept back, as schools do with groups of a few. */
const BOUND = /^[<>≤≥]\s*\d+(?:[.,]\d+)?\s*%?$/;
/** What stands in a column of numbers where there is none. */
const NONE = /^(?:|[-–—.:*]|\.{2,3}|…|n\/a)$/i;
const mayStandIn = (text) => NONE.test(text) || BOUND.test(text);

/** What all have in common, or ''. */
const same = (texts) => (texts.length && texts.every((text) => text === texts[0]) ? texts[0] : '');

/**
 * @param {string} text
 * @param {string} [locale]
 * @returns {Table | null}  null where there is no table in the text
 */
export function readTable(text, locale = 'da') {
  const all = rowsOf(text);
  if (!all.length) return null;
  const mark = markOf(all, locale);
  const numbers = all.map((row) => row.map((cell) => numberOf(cell, mark)));
  const headed = all.length > 1 && hasHead(all, numbers);
  const body = headed ? all.slice(1) : all;
  const found = headed ? numbers.slice(1) : numbers;
  const columns = all[0].map((head, i) =>
    columnOf(
      headed ? head : '',
      body.map((row) => row[i]),
      found.map((row) => row[i]),
    ),
  );
  // Years down the first column name the rows; so does whatever is no number.
  if (columns.length > 1 && columns[0].numeric && body.every((row) => isYear(row[0])))
    columns[0] = { ...columns[0], numeric: false };
  const label = columns.findIndex(({ numeric }) => !numeric);
  const rows = body.map((row, r) =>
    row.map((cell, i) => ({
      text: cell,
      value: columns[i].numeric ? (found[r][i]?.value ?? null) : null,
    })),
  );
  return { columns, rows, label };
}

/**
 * The first row is a head where it holds no number, or only years, over a column of numbers; in a
 * table of words, always.
 */
function hasHead(rows, numbers) {
  const first = rows[0];
  if (first.some((cell, i) => (numbers[0][i] && !isYear(cell)) || BOUND.test(cell))) return false;
  if (!numbers.flat().some((each) => each))
    return rows.length > 2 && first.every((cell) => cell !== '');
  return first.some((cell, i) => cell !== '' && numbers.slice(1).some((row) => row[i]));
}

/** @returns {Column} */
function columnOf(name, texts, numbers) {
  const read = numbers.filter((each) => each !== null);
  const numeric =
    read.length > 0 && texts.every((text, i) => numbers[i] !== null || mayStandIn(text));
  const digits = Math.max(
    0,
    ...read.map(({ value }) => (String(value).split('.')[1] ?? '').length),
  );
  return {
    name,
    numeric,
    unit: numeric ? same(read.map(({ unit }) => unit)) : '',
    before: numeric ? same(read.map(({ before }) => before)) : '',
    digits: Math.min(3, digits),
  };
}
