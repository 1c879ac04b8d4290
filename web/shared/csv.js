// csv.js -- a small table out of pasted or uploaded text, as spreadsheets in Denmark and elsewhere
// write it.
//
// Fields are separated by semicolons, commas or tabs and may stand in quotes. Numbers are read as
// people meant them: "16 %", "1.234,5", "−3". Whether a comma or a point marks the decimals is told
// by the numbers themselves where they tell it, else by the language: "1.234" is more than a
// thousand in Danish and hardly more than one in English.

const QUOTE = '"';

/**
 * The fields of every row. A quote within quotes is doubled; quotes that are never closed end with
 * the text.
 * @param {string} text
 * @param {string} separator
 * @returns {string[][]}
 */
export function fields(text, separator) {
  const rows = [];
  let row = [];
  let field = '';
  let quoted = false;
  /** Text in quotes keeps its spaces; what stands bare does not. */
  let kept = false;
  const endField = () => {
    row.push(kept ? field : field.trim());
    field = '';
    kept = false;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== QUOTE) field += c;
      else if (text[i + 1] === QUOTE) field += text[++i];
      else quoted = false;
    } else if (c === QUOTE && !kept && field.trim() === '') {
      field = '';
      quoted = kept = true;
    } else if (c === separator) {
      endField();
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      endField();
      rows.push(row);
      row = [];
    } else if (!kept || c.trim()) {
      field += c;
    }
  }
  if (field || kept || row.length) {
    endField();
    rows.push(row);
  }
  return rows.filter((each) => each.some((cell) => cell !== ''));
}

/**
 * The separator that makes the most even rows of the first lines: of two that do, the one that is
 * least often within a field.
 */
export function separatorOf(text) {
  const begin = text.slice(0, 4000).replace(/(^|[;,\t\r\n])[ ]*"(?:[^"]|"")*"/g, '$1x');
  let best = ';';
  let most = 0;
  for (const separator of ['\t', ';', ',']) {
    const rows = fields(begin, separator).slice(0, 20);
    const wide = rows[0]?.length ?? 0;
    const even = wide < 2 ? 0 : rows.filter((row) => row.length === wide).length / rows.length;
    if (even > most) [best, most] = [separator, even];
  }
  return best;
}

/**
 * A sign, figures with points, commas, spaces or apostrophes between them, and whatever stands
 * before or after.
 */
const NUMBER =
  /^((?:[^\d+\-−–.,]|\.(?=\s))*?)\s*([+\-−–]?)\s*(\d(?:[\d.,\s'’]*\d)?|[.,]\d+)\s*([^\d\s.,:/-]\D*)?$/u;
/** Three figures after each point: thousands. */
const GROUPED = /^\d{1,3}(?:[.,\s'’]\d{3})+$/;

/** Longer than any number that is meant as one. */
const NUMBER_MAX = 40;
const matched = (text) => (text.length > NUMBER_MAX ? null : NUMBER.exec(text.trim()));

/** The mark of decimals that a number itself tells, or ''. */
function markIn(digits) {
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
  if (last < 0) return '';
  const mark = digits[last];
  const other = mark === ',' ? '.' : ',';
  if (digits.includes(other))
    return digits.indexOf(other) < last && digits.indexOf(mark) === last ? mark : '';
  if (digits.indexOf(mark) !== last) return other;
  return /^\d{3}$/.test(digits.slice(last + 1)) && GROUPED.test(digits) && !digits.startsWith('0')
    ? ''
    : mark;
}

/**
 * @param {string} text
 * @param {string} mark  the mark of decimals where the number itself does not tell it
 * @returns {{value: number, unit: string, before: string} | null}  null where no number stands,
 *   or more than one
 */
export function numberOf(text, mark = ',') {
  const found = matched(text);
  if (!found) return null;
  const [, before, sign, digits, unit = ''] = found;
  // A letter right before the figures is part of a name: "B2".
  if (/\p{L}$/u.test(before) && !/\s/.test(text.trim()[before.length]) && !sign) return null;
  if (
    [...before, ...unit].length > 16 ||
    (/\s/.test(digits) && !/^\d{1,3}(?:\s\d{3})*(?:[.,]\d+)?$/.test(digits))
  )
    return null;
  if (/[.,'’]{2}/.test(digits)) return null;
  const decimal = markIn(digits) || mark;
  const [whole, ...rest] = digits.split(decimal);
  if (rest.length > 1 || /[.,]/.test(rest[0] ?? '')) return null;
  const value = Number(`${whole.replace(/[.,\s'’]/g, '') || 0}.${rest[0] ?? 0}`);
  return { value: sign && sign !== '+' ? -value : value, unit: unit.trim(), before: before.trim() };
}

/**
 * The decimal mark of a whole table: as most of its numbers tell it, else as the language writes
 * it.
 */
function markOf(rows, locale) {
  let told = 0;
  for (const cell of rows.flat()) {
    const mark = markIn(matched(cell)?.[3] ?? '');
    if (mark) told += mark === ',' ? 1 : -1;
  }
  const usual = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal').value;
  return told ? (told > 0 ? ',' : '.') : usual;
}

/**
 * @typedef {{text: string, value: number | null}} Cell
 * @typedef {{name: string, numeric: boolean, unit: string, before: string, digits: number}} Column
 *   unit: what stands after each of its numbers, '' when they differ; digits: decimals at the most
 * @typedef {{columns: Column[], rows: Cell[][], label: number}} Table  label: the column that
 *   names the rows, -1 for none
 */

const isYear = (text) => /^(19|20)\d\d$/.test(text);
const EMPTY = /^(?:|[-–—]|n\/a|\.)$/i;

/** What all have in common, or ''. */
const same = (texts) => (texts.length && texts.every((text) => text === texts[0]) ? texts[0] : '');

/**
 * @param {string} text
 * @param {string} [locale]
 * @returns {Table | null}  null where there is no table in the text
 */
export function readTable(text, locale = 'da') {
  const bare = text.replace(/^\uFEFF/, '');
  const all = fields(bare, separatorOf(bare));
  const wide = Math.max(0, ...all.map((row) => row.length));
  if (!wide || all.length < 1) return null;
  const even = all.map((row) => Array.from({ length: wide }, (_, i) => row[i] ?? ''));
  const mark = markOf(even, locale);
  const numbers = even.map((row) => row.map((cell) => numberOf(cell, mark)));
  const headed = even.length > 1 && hasHead(even, numbers);
  const body = headed ? even.slice(1) : even;
  const found = headed ? numbers.slice(1) : numbers;
  const columns = Array.from({ length: wide }, (_, i) =>
    columnOf(
      headed ? even[0][i] : '',
      body.map((row) => row[i]),
      found.map((row) => row[i]),
    ),
  );
  // Years down the first column name the rows; so does whatever is no number.
  if (wide > 1 && columns[0].numeric && body.every((row) => isYear(row[0])))
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
  if (first.some((cell, i) => numbers[0][i] && !isYear(cell))) return false;
  if (!numbers.flat().some((each) => each))
    return rows.length > 2 && first.every((cell) => cell !== '');
  return first.some((cell, i) => cell !== '' && numbers.slice(1).some((row) => row[i]));
}

/** @returns {Column} */
function columnOf(name, texts, numbers) {
  const read = numbers.filter((each) => each !== null);
  const numeric =
    read.length > 0 && texts.every((text, i) => numbers[i] !== null || EMPTY.test(text));
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

/**
 * A number of a column as the language writes it: "16 %", "1.234,5 elever".
 * @param {number} value
 * @param {Column} column
 * @param {string} [locale]
 */
export function figure(value, { unit, before, digits }, locale = 'da') {
  const percent = unit === '%';
  const style = /** @type {Intl.NumberFormatOptions} */ ({
    style: percent ? 'percent' : 'decimal',
    maximumFractionDigits: digits,
  });
  const text = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, style).format(
    percent ? value / 100 : value,
  );
  return [before, text, percent ? '' : unit].filter(Boolean).join('\u00a0');
}
