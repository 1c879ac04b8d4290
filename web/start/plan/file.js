// file.js -- an agenda as a file, out and in. Reading is strict: what is not an agenda is said,
// place by place, and not guessed at. Pure.
import { checkAgenda } from './check.js';

/** More than an agenda at all its limits; what is larger is something else. */
const BYTES_MAX = 262144;

/**
 * @param {string | null} text  null for a file that is no text
 * @returns {{agenda?: any, wrong?: import('./check.js').Wrong[], line?: number}}  line: where the
 *   text stops being JSON; 0 when that is not told
 */
export function readFile(text) {
  if (text === null) return { wrong: [{ path: '', rule: 'json' }], line: 0 };
  if (text.length > BYTES_MAX) return { wrong: [{ path: '', rule: 'large' }] };
  let agenda;
  try {
    agenda = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { wrong: [{ path: '', rule: 'json' }], line: lineOf(text, String(error.message)) };
  }
  const wrong = checkAgenda(agenda);
  return wrong.length ? { wrong } : { agenda };
}

/** Browsers tell the place in three ways: a position, a line, or not at all. */
function lineOf(text, message) {
  const line = /line (\d+)/.exec(message);
  if (line) return Number(line[1]);
  const position = /position (\d+)/.exec(message);
  return position ? text.slice(0, Number(position[1])).split('\n').length : 0;
}

/** @returns {string} the file, for people to read too */
export const fileText = (agenda) => `${JSON.stringify(agenda, null, 2)}\n`;

/** A name that every system can keep: "skoleudviklingssamtale-2026-05-12.json". */
export function fileName({ title, date }) {
  const plain = (title ?? '')
    .toLowerCase()
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'oe')
    .replace(/å/g, 'aa')
    .normalize('NFKD');
  const words = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  return `${[words || 'runde', date].filter(Boolean).join('-')}.json`;
}
