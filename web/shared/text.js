// text.js -- what is in a file that people chose, where it is a text: strictly UTF-8, or UTF-16 with
// its mark, else Windows-1252, in which Danish spreadsheets save.

import { limits } from 'runde:protocol';

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

/** What a file is that people take for a table, by its first bytes: a workbook is a zip, or an old one. */
const KINDS = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'workbook' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], kind: 'workbook' },
  { bytes: [0x25, 0x50, 0x44, 0x46], kind: 'pdf' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], kind: 'picture' },
  { bytes: [0xff, 0xd8, 0xff], kind: 'picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], kind: 'picture' },
  { bytes: [0x52, 0x49, 0x46, 0x46], kind: 'picture' },
  { bytes: [0x66, 0x74, 0x79, 0x70], at: 4, kind: 'picture' },
];

/**
 * What stands in a file, or why nothing can be read: a word for locale's `file`.
 * @param {Blob} file
 * @returns {Promise<{text?: string, wrong?: string}>}
 */
export async function textIn(file) {
  if (file.size === 0) return { wrong: 'empty' };
  if (file.size > FILE_MAX) return { wrong: 'large' };
  const all = new Uint8Array(await file.arrayBuffer());
  const is = ({ bytes, at = 0 }) => bytes.every((byte, i) => all[at + i] === byte);
  const text = textOf(all);
  const known = KINDS.find(is)?.kind;
  return known || text === null ? { wrong: known ?? 'binary' } : { text };
}

/**
 * The same of a table, which a meeting takes up to a length (protocol/limits.json).
 * @param {Blob} file
 * @returns {Promise<{text?: string, wrong?: string}>}
 */
export async function tableIn(file) {
  const it = await textIn(file);
  if (it.text === undefined) return it;
  if (!it.text.trim()) return { wrong: 'empty' };
  return fits(it.text) ? it : { wrong: 'long' };
}

/** What a command has beside its table. */
const BESIDE = 2048;
const bytesIn = (text) => new TextEncoder().encode(text).length;

const fits = (csv) =>
  [...csv].length <= limits.csv && bytesIn(JSON.stringify(csv)) <= limits.frame_console - BESIDE;
