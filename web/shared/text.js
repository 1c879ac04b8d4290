// text.js -- what is in a file that people chose, where it is a text: strictly UTF-8, or UTF-16 with
// its mark, else Windows-1252, in which Danish spreadsheets save.

/** In no text of a table or an agenda: what has one of these is a picture, a workbook, a program. */
const CONTROL = /[^\P{Cc}\t\n\v\f\r]/u;

const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** @returns {string | null} */
function decoded(bytes, encoding) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes); // Without its mark.
  } catch {
    return null;
  }
}

/**
 * @param {Uint8Array} bytes
 * @returns {string | null}  null where it is no text
 */
export function textOf(bytes) {
  const mark = MARKS.find((each) => each.bytes.every((byte, i) => bytes[i] === byte));
  const text = mark
    ? decoded(bytes, mark.encoding)
    : (decoded(bytes, 'utf-8') ?? decoded(bytes, 'windows-1252'));
  return text === null || CONTROL.test(text) ? null : text;
}

/** Bytes; no table and no agenda comes near it. */
const FILE_MAX = 4194304;

/** @param {Blob} file */
export const textIn = async (file) =>
  file.size > FILE_MAX ? null : textOf(new Uint8Array(await file.arrayBuffer()));
