// personal.js -- what looks like somebody's own in a text that others are about to see: a CPR number, an
// address of e-mail, a full name of somebody who is not at the table. It may be something else; whoever
// wrote it is asked. tests/vectors/personal.json has what counts.

/**
 * A day, and four more digits, together or apart; in place of the four may stand xxxx. The oldest
 * browsers cannot look back: what stands before it is a part of what is found.
 */
const CPR =
  /(?:^|\D)(\d\d)([ ./-]?)(\d\d)\2(\d\d)\s?[-–‑−/]?\s?(?:\d{4}|x{4}|\*{4})(?![\p{L}\d])/giu;

/** The day is that of a birth; to that of whoever has no number yet sixty is added. */
function isBorn(day, month, year) {
  const of = day > 60 ? day - 60 : day;
  const days = month === 2 ? (year % 4 ? 28 : 29) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return of >= 1 && of <= days && month >= 1 && month <= 12;
}

const hasCpr = (text) =>
  [...text.matchAll(CPR)].some(([, day, , month, year]) => isBorn(+day, +month, +year));

const AT = String.raw`(?:\s*@\s*|\s*[([{]\s*(?:at|snabel-?a)\s*[)\]}]\s*|\s+snabel-?a\s+)`;
const DOT = String.raw`(?:\.|\s*[([{]\s*(?:dot|punktum)\s*[)\]}]\s*|\s+(?:dot|punktum)\s+)`;
const EMAIL = new RegExp(
  String.raw`[\p{L}\d][\p{L}\d._%+-]*${AT}[\p{L}\d-]+(?:${DOT}[\p{L}\d-]+)*${DOT}\p{L}{2,}`,
  'iu',
);

const NAME = String.raw`\p{Lu}\p{Ll}+(?:[-'’]\p{Lu}?\p{Ll}+)*`;
const NAMES = new RegExp(
  String.raw`(^|[^\p{L}\d])(${NAME}(?: (?:${NAME}|\p{Lu}\.|af|de|el|al|van|von))* ${NAME})(?![\p{L}\d])`,
  'gu',
);

/** What begins sentences, in either language; a name that follows has a capital of its own. */
const BEGINS = new Set(
  `alle at da de den der det dette du efter en er et fik flere for fra før gør hans har hendes hos hun hvad
  hvem hver hvis hvor hvordan hvorfor i ikke jeg kan kun lad med men mange mon må ni nogle nu når og også om
  op på ring se skal skriv som spørg så tak til ud under var ved vi vil vores
  a all an and are as ask at but call can do does for from has have he how i if in is it let many my no not on
  or our she some tell that the their there they this to we what when where who why will with you`.split(
    /\s+/,
  ),
);

/** Places and houses, by the last word of what they are called. */
const PLACES =
  /(?:skole|skolen|kommune|gade|gaden|vej|vejen|plads|pladsen|torv|torvet|alle|allé|park|parken|hallen|huset|centret|center|school|street|road|park|council)s?$/iu;

const fold = (text) => text.toLocaleLowerCase('da').normalize('NFC');

/** Whether these words, of which all begin with a capital, name somebody who is not known. */
function isStranger(words, isFirst, known) {
  if (PLACES.test(words.at(-1)) || known.has(fold(words.join(' ')))) return false;
  const rest = isFirst && BEGINS.has(fold(words[0])) ? words.slice(1) : words;
  return rest.length > 1 && (rest === words || isStranger(rest, false, known));
}

function hasName(text, names) {
  const known = new Set(names.filter(Boolean).map(fold));
  return [...text.matchAll(NAMES)].some(({ 1: before, 2: name, index }) => {
    const isFirst = /(?:^|[.!?:;•\n-])\s*$/u.test(text.slice(0, index) + before);
    return isStranger(name.split(' '), isFirst, known);
  });
}

/**
 * What a text looks like, the weightiest first; null: nothing.
 * @param {string} text
 * @param {(string | null | undefined)[]} [names]  of those at the table, who are no secret here
 * @returns {'cpr' | 'email' | 'name' | null}
 */
export function personal(text, names = []) {
  if (hasCpr(text)) return 'cpr';
  if (EMAIL.test(text)) return 'email';
  return hasName(text, names) ? 'name' : null;
}
