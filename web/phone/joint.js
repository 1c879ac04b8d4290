// joint.js -- a text that several phones write: each letter is kept here, a pause sends it, and what
// another has written meanwhile is never written over.
//
// The server takes a text only where it still has the one that this was written on (`base`), else
// it says text_changed. Then both are kept: theirs first, on a new line what was written here since,
// and that is sent. So two phones that write at once end with the same text, and every word in it.
//
// The server keeps a text cleaned. The field keeps it as it was typed, for the blank at its end is
// the next word's.
import { limits } from 'runde:protocol';
import { clean } from '../shared/clean.js';

/** How long after the last letter a text is sent. */
const PAUSE = 800;

/**
 * A text as the server has it, and how it is written: its command, and the fields of that but `text`
 * and `base`. key: one for each text, the same from one snapshot to the next.
 * @typedef {{key: string, do: string, with: object, text: string}} Shared
 * The same as this phone has it, while it is not all sent: the server's text that it was written on;
 * what is on its way, under which command; the number of the fact that took the last one.
 * @typedef {{do: string, with: object, text: string, base: string, id?: string, sent?: string,
 *   seq?: number}} Joint
 */

const isInWord = (text, at) => /\S\S/u.test(text.slice(at - 1, at + 1));

/** What was written here on top of `base`: from the first word that is another. */
export function added(base, mine) {
  let at = 0;
  while (at < base.length && base[at] === mine[at]) at++;
  if (at === mine.length) return '';
  while (at > 0 && (isInWord(mine, at) || isInWord(base, at))) at--;
  return mine.slice(at).trim();
}

/** Both texts: theirs, and on a new line what was written here, where theirs has it not. */
export function merged(base, mine, theirs) {
  const words = added(base, mine);
  if (mine === theirs || theirs.split('\n').includes(words)) return theirs;
  return [theirs.trimEnd(), words].filter(Boolean).join('\n');
}

export const isTooLong = (text) => [...clean(text)].length > limits.text;

/**
 * @param {{kept: {[key: string]: Joint}, save: () => void, texts: () => Shared[], seq: () => number,
 *   send: (name: string, fields: object, options: {id: string, keep: boolean}) => Promise<{ok:
 *   boolean, code?: string, seq?: number}>,
 *   refused: (entry: import('../shared/outbox.js').Entry) => void, changed: () => void,
 *   newId: () => string, setTimer?: (fn: () => void, ms: number) => any}} options
 *   kept: outlives the page; texts: those of the state that `seq` is of; refused: takes what the
 *   server will not
 */
export function joint({
  kept,
  save,
  texts,
  seq,
  send,
  refused,
  changed,
  newId,
  setTimer = (fn, ms) => setTimeout(fn, ms),
}) {
  /** Those that wait for the writer's pause, and those that wait for an answer. */
  const typing = new Map();
  const asking = new Set();
  /** Refused because the server's text is another, which has not come yet: at which number. */
  const unheard = new Map();
  const find = (key) => texts().find((each) => each.key === key);
  const isDirty = (it) => clean(it.text) !== it.base;
  /** A state that is older than our own last change of the text says nothing of it. */
  const isOurs = (it) => isDirty(it) || it.id !== undefined || seq() < (it.seq ?? 0);
  const theirs = (key, it) => (seq() < (it.seq ?? 0) ? it.base : (find(key)?.text ?? it.base));

  /** What stands in the field is the server's text, and may end in a blank. */
  const isTyped = (key, it) => clean(it.text) === find(key)?.text;

  function step(key) {
    const it = kept[key];
    if (!it || asking.has(key) || typing.has(key)) return;
    if (!isOurs(it)) {
      if (!isTyped(key, it) || it.text === it.base) delete kept[key];
    } else if (it.id) ask(key, it);
    else if (!find(key)) giveUp(key, it, 'part_over');
    else if (isDirty(it) && seq() > (unheard.get(key) ?? -1)) {
      const text = theirs(key, it);
      if (text !== it.base) Object.assign(it, { text: merged(it.base, it.text, text), base: text });
      if (isDirty(it) && !isTooLong(it.text)) {
        Object.assign(it, { id: newId(), sent: clean(it.text) });
        ask(key, it);
      }
    }
    save();
    changed();
  }

  /** What was written here since the server's text stays with its writer. */
  function giveUp(key, it, code) {
    const text = added(it.base, it.text);
    if (text) refused({ id: newId(), do: it.do, with: { ...it.with, text }, code });
    delete kept[key];
  }

  async function ask(key, it) {
    asking.add(key);
    const { id, sent, base } = it;
    const reply = await send(it.do, { ...it.with, text: sent, base }, { id, keep: true });
    asking.delete(key);
    delete it.id;
    delete it.sent;
    unheard.delete(key);
    if (reply.ok || reply.code === 'nothing_changed')
      Object.assign(it, { base: sent, seq: reply.seq ?? 0 });
    else if (reply.code === 'text_changed') {
      if (theirs(key, it) === base) unheard.set(key, seq());
    } else giveUp(key, it, reply.code);
    step(key);
  }

  return {
    /** What stands in the field. pending: not all of it is the server's yet. */
    read(key) {
      const it = kept[key];
      return it && (isOurs(it) || isTyped(key, it))
        ? { text: it.text, pending: isDirty(it) || it.id !== undefined }
        : { text: find(key)?.text ?? '', pending: false };
    },
    write(key, text) {
      const shared = find(key);
      if (!shared) return;
      if (kept[key] && !isOurs(kept[key])) delete kept[key];
      kept[key] ??= { do: shared.do, with: shared.with, text, base: shared.text };
      kept[key].text = text;
      save();
      const timer = {};
      typing.set(key, timer);
      setTimer(() => {
        if (typing.get(key) !== timer) return;
        typing.delete(key);
        step(key);
      }, PAUSE);
    },
    /** The state is another, or the page has just begun: what waits goes on. */
    look: () => Object.keys(kept).forEach(step),
    /** The page may be leaving: nobody waits for a pause. */
    flush() {
      typing.clear();
      Object.keys(kept).forEach(step);
    },
  };
}
