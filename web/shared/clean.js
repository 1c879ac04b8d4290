// clean.js -- what the server makes of a text that a person has written (server/base/clean.h): so a
// page knows its own text again, and does not take it for somebody else's.
//
// Both keep to tests/vectors/texts.json. A letter that is newer than one of the two may be told
// otherwise; then the server's text is shown.

const ACCENTS_MAX = 4;
const MARKS_MAX = 8;

const ZWJ = '\u200d';
const JOINER = /[\u200c\u200d]/;
const SELECTOR = /[\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]/u;
const PICTURE = /\p{Extended_Pictographic}/u;
const JOINS = /[\u0600-\u0dff\u1000-\u109f\u1780-\u18af]/;
const HAN = /[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const TONE = /[\u{1f3fb}-\u{1f3ff}]/u;
const BLANK = /[\t\u2800\p{Zs}]/u;
const LINE = /[\n-\r\x85\p{Zl}\p{Zp}]/u;
const SEEN_FORMAT = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
const GONE =
  /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\ufffc]/u;
const ACCENT = /[\u0300-\u036f]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]/;

/** What has a place in a text, with plain blanks and line breaks. */
function sifted(text) {
  const points = [...text];
  let out = '';
  let letter = '';
  let last = '';
  points.forEach((point, i) => {
    const next = points[i + 1] ?? '';
    if (JOINER.test(point)) {
      const joins =
        JOINS.test(letter) || (point === ZWJ && PICTURE.test(letter) && PICTURE.test(next));
      if (!joins || JOINER.test(last)) return;
    } else if (SELECTOR.test(point)) {
      const selects = /[\ufe0e\ufe0f]/.test(point)
        ? PICTURE.test(last) || (next === '\u20e3' && /[0-9#*]/.test(last))
        : /[\u180b-\u180f]/.test(point)
          ? /[\u1820-\u18aa]/.test(last)
          : HAN.test(last);
      if (!selects) return;
    } else if (BLANK.test(point) || LINE.test(point)) {
      if (point === '\r' && next === '\n') return;
      out += BLANK.test(point) ? ' ' : '\n';
      letter = last = '';
      return;
    } else if (GONE.test(point) && !SEEN_FORMAT.test(point)) {
      return;
    } else if (!/\p{M}/u.test(point) && !TONE.test(point)) {
      letter = point;
    }
    out += last = point;
  });
  return out;
}

/** Without the marks that have no letter, or one that carries enough. */
function bounded(text) {
  let full = true;
  let marks = 0;
  let accents = 0;
  return [...text]
    .filter((point) => {
      if (SELECTOR.test(point) || JOINER.test(point)) return true;
      if (/\p{M}/u.test(point)) {
        full ||= ++marks > MARKS_MAX || (ACCENT.test(point) && ++accents > ACCENTS_MAX);
        return !full;
      }
      full = /[ \n]/.test(point);
      marks = accents = 0;
      return true;
    })
    .join('');
}

/** A text of several lines as the server keeps it. @param {string} text */
export const clean = (text) =>
  bounded(sifted(text).normalize('NFC'))
    .replace(/ *\n[ \n]*/g, (gap) => (gap.split('\n').length > 2 ? '\n\n' : '\n'))
    .replace(/ +/g, ' ')
    .replace(/^[ \n]+|[ \n]+$/g, '');

/** The same on one line: a name, a title. @param {string} text */
export const cleanLine = (text) => clean(text).replace(/\n+/g, ' ');
