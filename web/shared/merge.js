// merge.js -- two texts that were written on the same one, put together: by words where that can be
// done, and told apart where it can't. Pure.
//
// Words that one of them added or took away are taken over, wherever the other left the text alone.
// Where both added at the same place both stand there, one after the other. Where both changed the
// same words nobody but a person can say what was meant: that is a clash.
import { diff3MergeRegions } from 'node-diff3';
import { nameOf, same } from './value.js';

/** Words, blanks, ends of lines, and single marks. */
const pieces = (text) => text.match(/\n|[^\S\n]+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
const startsInWord = (text) => IN_WORD.test([...text][0] ?? '');
const endsInWord = (text) => IN_WORD.test([...text].at(-1) ?? '');

/** How many letters all of these have in common at their beginning. @param {string[][]} texts */
function common(...texts) {
  let n = 0;
  while (texts.every((text) => n < text.length && text[n] === texts[0][n])) n++;
  return n;
}

/**
 * What both added at one place. Who went on in the line stands before who began another one; else
 * the text that was there first comes first.
 */
function after(mine, theirs, alone) {
  const [short, long] = mine.length < theirs.length ? [mine, theirs] : [theirs, mine];
  const goesOn = endsInWord(short) && startsInWord(long.slice(short.length));
  if (long.startsWith(short) && !goesOn) return long;
  const [first, second] =
    theirs.startsWith('\n') && !mine.startsWith('\n') ? [mine, theirs] : [theirs, mine];
  const apart = alone ? '\n' : ' ';
  return first + (/\s$/.test(first) || /^\s/.test(second) ? '' : apart) + second;
}

/**
 * A place where both are other than what they were written on; null where they clash.
 * @param {boolean} alone  whether it is the whole text
 */
function together(mine, base, theirs, alone) {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const [a, o, b] = [mine, base, theirs].map((text) => [...text]);
  const head = common(a, o, b);
  const tail = common(...[a, o, b].map((text) => text.slice(head).reverse()));
  const [x, rest, y] = [a, o, b].map((text) => text.slice(head, text.length - tail).join(''));
  const before = o.slice(0, head).join('');
  const behind = o.slice(o.length - tail).join('');
  const inWord =
    (endsInWord(before) && startsInWord(x) && startsInWord(y)) ||
    (startsInWord(behind) && endsInWord(x) && endsInWord(y));
  return rest || inWord ? null : before + after(x, y, alone && !o.length) + behind;
}

/** Both texts in one; null where they clash. @type {(base: string, mine: string, theirs: string) => string | null} */
export function mergeText(base, mine, theirs) {
  const texts = [mine, base, theirs].map(pieces);
  /** @type {any[]} */
  const regions = diff3MergeRegions(texts[0], texts[1], texts[2]);
  const merged = regions.map((region) =>
    region.stable
      ? region.bufferContent.join('')
      : together(
          region.aContent.join(''),
          region.oContent.join(''),
          region.bContent.join(''),
          region.oLength === texts[1].length,
        ),
  );
  return merged.includes(null) ? null : merged.join('');
}

/** What is in `theirs`, without what was taken away in `mine`, and with what was added there. */
function mergeLists(base, mine, theirs, path, clashes) {
  const by = (list) => new Map(list.map((each) => [nameOf(each), each]));
  const [was, here, there] = [base, mine, theirs].map(by);
  const merged = new Map();
  for (const [name, it] of there) {
    const own = here.get(name);
    const old = was.get(name);
    if (own === undefined && old !== undefined && same(it, old)) continue;
    merged.set(
      name,
      own === undefined || typeof own === 'string'
        ? it
        : mergeThings(old ?? {}, own, it, `${path}.${name}`, clashes),
    );
  }
  for (const [name, it] of here)
    if (!merged.has(name) && !there.has(name) && !same(it, was.get(name))) merged.set(name, it);
  return [...merged.values()];
}

/** The texts in which words are merged; of all else one of the two counts. */
const TEXTS = ['text', 'title'];

function mergeThings(base, mine, theirs, path, clashes) {
  const merged = {};
  for (const key of Object.keys({ ...theirs, ...mine })) {
    const [o, a, b] = [base[key], mine[key], theirs[key]];
    const at = path ? `${path}.${key}` : key;
    merged[key] = b;
    if (same(o, b) || same(a, b)) merged[key] = a;
    else if (same(o, a)) continue;
    else if (Array.isArray(a ?? b))
      merged[key] = mergeLists(o ?? [], a ?? [], b ?? [], at, clashes);
    else if (TEXTS.includes(key)) {
      const text = mergeText(o ?? '', a ?? '', b ?? '');
      if (text === null) clashes.push({ path: at, mine: a ?? '', theirs: b ?? '' });
      else merged[key] = text;
    } else if (key === 'owner' && b) clashes.push({ path: at, mine: a ?? '', theirs: b });
    else merged[key] = a;
  }
  return merged;
}

/**
 * Two of the same thing, an answer with its tasks or a point, that were both made of `base`.
 * @returns {{value: any, clashes: {path: string, mine: string, theirs: string}[]}}  value: where
 *   they clash it is as theirs
 */
export function mergeValues(base, mine, theirs) {
  const clashes = [];
  return { value: mergeThings(base, mine, theirs, '', clashes), clashes };
}
