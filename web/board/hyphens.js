// hyphens.js -- where a Danish word may be divided: between the words that a compound is made of,
// and, where that is not enough, by the patterns of the language.
//
// The patterns alone know no compounds ("specia-lundervisning"). So a word is parted first where one
// of the words of danish.js begins, and the patterns are asked of each of its parts.
import danish from 'hyphen/patterns/da.js';
import { PARTS } from './danish.js';

/** Shorter ones are not divided. */
const LEAST = 7;
/** So many letters stand before and behind a hyphen at the least. */
const EDGE = 3;

/** @type {Map<string, string[]>} */
const byStart = new Map();
for (const part of PARTS) {
  const start = part.slice(0, 3);
  byStart.set(start, [...(byStart.get(start) ?? []), part]);
}

/** How long the longest of the words is that stands here; 0: none. */
const partAt = (word, i) =>
  Math.max(
    0,
    ...(byStart.get(word.slice(i, i + 3)) ?? [])
      .filter((part) => word.startsWith(part, i))
      .map((part) => part.length),
  );

/** @param {string} word  in small letters */
function seamsOf(word) {
  const seams = [];
  let covered = 0; // Within a known word nothing else begins: "tale" in "samtale".
  for (let i = 0; i + EDGE <= word.length; i++) {
    const length = i < covered ? 0 : partAt(word, i);
    if (!length) continue;
    covered = i + length;
    if (i >= EDGE) seams.push(i);
  }
  return seams;
}

const [LEVELS, TRIE] = danish;

/** Liang's rule: the highest number that a pattern puts between two letters; odd: it may part. */
function patterned(word) {
  const text = `.${word}.`;
  const levels = Array(text.length + 1).fill(0);
  for (let from = 0; from < text.length; from++) {
    let node = TRIE;
    for (let i = from; i < text.length; i++) {
      const found = node[text[i]];
      if (found === undefined) break;
      const [next, level] = Array.isArray(found)
        ? found
        : typeof found === 'number'
          ? [{}, found]
          : [found, -1];
      if (level >= 0)
        LEVELS[level].forEach((n, k) => {
          // A pattern from the word's beginning counts from its first letter.
          const at = from + k - (from === 0 ? 0 : 1);
          levels[at] = Math.max(levels[at], n);
        });
      node = next;
    }
  }
  return Array.from({ length: word.length }, (_, i) => i).filter((i) => levels[i] % 2 === 1);
}

const VOWEL = /[aeiouyæøåéèüöä]/;

/** Of these places those with a syllable on each side, far enough from the edges. */
function spoken(word, places) {
  const good = [];
  for (const place of places) {
    if (place < EDGE || place > word.length - EDGE) continue;
    if (!VOWEL.test(word.slice(good.at(-1) ?? 0, place))) good.pop();
    good.push(place);
  }
  while (good.length && !VOWEL.test(word.slice(good.at(-1)))) good.pop();
  return good;
}

/**
 * Where a word may be divided.
 * @param {string} word
 * @returns {{seams: number[], points: number[]}}  seams: between its words; points: anywhere
 */
export function danishBreaks(word) {
  const seams = [];
  const points = [];
  for (const { 0: run, index } of word.matchAll(/\p{L}+/gu)) {
    const small = run.toLowerCase();
    if (run.length < LEAST || small.length !== run.length) continue;
    const inside = seamsOf(small);
    seams.push(...inside.map((i) => index + i));
    [0, ...inside].forEach((from, k) => {
      const part = small.slice(from, inside[k]);
      if (from) points.push(index + from);
      points.push(...spoken(part, patterned(part)).map((i) => index + from + i));
    });
  }
  return { seams, points };
}
