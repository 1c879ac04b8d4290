// texts.js -- what several may write at a desk, a console or the scribe's page: answers, recaps,
// points that are mended, headings. Each letter is kept here; a pause sends it, with what it was
// written on (`base`); what another has written meanwhile is put together with it (merge.js).
//
// Where the two clash both are kept: the field goes on showing its own, the page shows the other
// beside it, and nothing of that field is sent until its writer has chosen. What looks like somebody's
// own (personal.js) waits in the same way until its writer has said that it may be seen.
import { clean } from './clean.js';
import { mergeValues } from './merge.js';
import { excess, same, valueAt, withText } from './value.js';

const PAUSE = 1200;

/**
 * Something that is written: as the server has it, how it is sent, whether it can't be empty, and whether
 * the room does not see it.
 * @typedef {{value: any, send: (value: any, base: any) => Promise<import('./link.js').Reply>,
 *   filled?: boolean, unseen?: boolean}} Unit
 * The same as it is written here. clashes: what others have made of a field, by its path. heeds: what a
 * field looks like that waits for its writer's word; said: what they have said may be seen. seq: the
 * number of the fact that took what was sent last.
 * @typedef {{base: any, mine: any, clashes: {[path: string]: string}, heeds?: {[path: string]: string},
 *   said?: {[path: string]: string}, seq?: number}} Written
 */

/** Two texts in one field, one below the other. */
export const bothOf = (theirs, mine) => [theirs, mine].filter(Boolean).join('\n');

/** Every text of it, by its path. */
const textsOf = ({ text = '', title = '', tasks = [] }) => [
  ['text', text],
  ['title', title],
  ...tasks.flatMap(({ id, text: words, owner = '' }) => [
    [`tasks.${id}.text`, words],
    [`tasks.${id}.owner`, owner],
  ]),
];

/** Without what says nothing; a task whose words were wiped out keeps the old ones until there are new. */
function tidy(value, base) {
  const next = {};
  for (const [key, it] of Object.entries(value))
    if (it !== undefined && it !== null && it !== false && it !== '') next[key] = it;
  for (const key of ['text', 'title'])
    if (next[key] !== undefined && !(next[key] = clean(next[key]))) delete next[key];
  if (next.tasks)
    next.tasks = next.tasks
      .map((task) => ({
        ...task,
        text: clean(task.text) || valueAt(base, `tasks.${task.id}.text`),
      }))
      .filter((task) => task.text);
  return next;
}

/**
 * @param {{kept?: {[key: string]: Written}, save?: () => void, find: (key: string) => Unit | null,
 *   seq: () => number, changed: () => void, refused: (code: string, lost?: string) => void,
 *   looks?: (text: string) => string | null,
 *   setTimer?: (fn: () => void, ms: number) => any, clearTimer?: (timer: any) => void}} options
 *   kept: outlives the page where `save` sees to it; find: in the state that `seq` is of; refused: with a text where nothing is left that it could be written in;
 *   looks: what a text looks like that is to be asked about
 */
export function deskTexts({
  kept = {},
  save = () => {},
  find,
  seq,
  changed,
  refused,
  looks = () => null,
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
}) {
  const typing = new Map();
  const asking = new Map();
  /** Those who wait until the state is another. */
  let waiting = [];

  const heard = () => new Promise((done) => waiting.push(done));
  const stop = (key) => {
    clearTimer(typing.get(key));
    typing.delete(key);
  };

  /** What is sent of it: where it clashes or waits for a word, as the server has it. */
  function outgoing({ mine, base, clashes, heeds = {} }) {
    let value = mine;
    for (const path of Object.keys({ ...clashes, ...heeds }))
      value = withText(value, path, valueAt(base, path));
    return tidy(value, base);
  }

  /** Finds what is to be asked about: what the server has already, or its writer has said, is not. */
  function heed(it) {
    it.heeds = {};
    for (const [path, text] of textsOf(it.mine)) {
      const was = valueAt(it.base, path);
      const what = clean(text) === clean(was) ? null : looks(text);
      if (what && what !== it.said?.[path] && what !== looks(was)) it.heeds[path] = what;
    }
  }

  /** Words that were chosen stand on the wall already, or were asked about: they may be seen. */
  function choose(it, was) {
    for (const [path, text] of textsOf(it.mine)) {
      const what = text === valueAt(was, path) ? null : looks(text);
      if (what) it.said = { ...it.said, [path]: what };
    }
  }

  const isOlder = (it) => seq() < (it.seq ?? 0);

  /** Takes over what others have written since. */
  function rebase(key) {
    const it = kept[key];
    const theirs = find(key)?.value;
    if (isOlder(it)) return; // Of what was taken last the state knows nothing yet.
    if (!theirs || same(theirs, it.base)) return;
    const held = Object.keys(it.clashes);
    let base = it.base;
    for (const path of held) base = withText(base, path, valueAt(it.mine, path));
    const { value, clashes } = mergeValues(base, it.mine, theirs);
    for (const { path } of clashes) held.push(path);
    const next = {};
    let mine = value;
    for (const path of held) {
      const [own, other] = [valueAt(it.mine, path), valueAt(theirs, path)];
      if (clean(own) === clean(other)) continue;
      mine = withText(mine, path, own);
      next[path] = other;
    }
    Object.assign(it, { base: theirs, mine, clashes: next });
  }

  /** Nothing is left to be said: what stands in the field is the server's. */
  function settle(key) {
    const it = kept[key];
    if (it && !typing.has(key) && !asking.has(key) && !isOlder(it)) {
      rebase(key);
      const waits = Object.keys({ ...it.clashes, ...it.heeds }).length > 0;
      if (same(outgoing(it), it.base) && !waits && !hasEmptied(it)) delete kept[key];
    }
    save();
  }

  /** The words of a task were wiped out, and are not written yet. */
  const hasEmptied = ({ mine }) => (mine.tasks ?? []).some((task) => !clean(task.text));

  /** What was written of something that is gone goes back to its writer. */
  function giveUp(key, it) {
    const lost = textsOf(it.mine).filter(([path, text]) => text && text !== valueAt(it.base, path));
    delete kept[key];
    if (lost.length) refused('no_such_contribution', lost.map(([, text]) => text).join('\n'));
    return { ok: false };
  }

  async function ask(key) {
    for (let it; (it = kept[key]);) {
      const unit = find(key);
      if (!unit) return giveUp(key, it);
      rebase(key);
      if (!unit.unseen) heed(it);
      const value = outgoing(it);
      const tooLong = textsOf(value).some(([path, text]) => excess(text, path));
      if (same(value, it.base) || tooLong || (unit.filled && !value.text)) break;
      const reply = await unit.send(value, it.base);
      if (reply.ok || reply.code === 'nothing_changed') {
        Object.assign(it, { base: value, seq: reply.seq ?? it.seq });
        return { ...reply, ok: true };
      }
      if (reply.code !== 'text_changed') {
        refused(reply.code);
        return reply;
      }
      if (isOlder(it) || same(find(key)?.value, it.base)) await heard();
    }
    return { ok: true };
  }

  async function flush(key) {
    stop(key);
    while (asking.has(key)) await asking.get(key);
    const answer = ask(key);
    asking.set(key, answer);
    const reply = await answer;
    asking.delete(key);
    settle(key);
    changed();
    return reply;
  }

  function begin(key) {
    const value = find(key)?.value;
    if (!kept[key] && value) kept[key] = { base: value, mine: value, clashes: {} };
    return kept[key];
  }

  return {
    kept,
    /** What is written of it, else what the server has. */
    read: (key) => kept[key]?.mine ?? find(key)?.value,
    /** A letter more; what is written is sent when the writer pauses. */
    write(key, path, text, also = (value) => value) {
      const it = begin(key);
      if (!it) return;
      it.mine = also(withText(it.mine, path, text));
      delete it.heeds?.[path];
      stop(key);
      typing.set(
        key,
        setTimer(() => flush(key), PAUSE),
      );
      save();
    },
    /**
     * Something was chosen: sent at once, with what is being written beside it. What the server
     * will not have is not chosen.
     * @param {(value: any) => any} change
     */
    async put(key, change) {
      const it = begin(key);
      if (!it) return { ok: false };
      const was = it.mine;
      const chosen = (it.mine = change(it.mine));
      choose(it, was);
      changed();
      const reply = await flush(key);
      if (!reply.ok && kept[key]?.mine === chosen) {
        kept[key].mine = was;
        settle(key);
        changed();
      }
      return reply;
    },
    /** The field was left: nobody waits for a pause. @type {(key: string) => Promise<any>} */
    flush: (key) => (kept[key] ? flush(key) : Promise.resolve({ ok: true })),
    /** The connection is back, or the page goes away. */
    flushAll: () => Object.keys(kept).forEach(flush),
    /** The state is another: what nobody is writing in is put together with it. */
    look() {
      const known = waiting;
      waiting = [];
      known.forEach((done) => done());
      for (const key of Object.keys(kept)) {
        if (typing.has(key) || asking.has(key)) continue;
        if (!find(key)) flush(key);
        else settle(key);
      }
    },
    /** What others have made of a field that is being written otherwise here; undefined: nothing. */
    clash: (key, path) => kept[key]?.clashes[path],
    /** @param {'mine' | 'theirs' | 'both'} which */
    choose(key, path, which) {
      const it = kept[key];
      const [theirs, mine] = [it.clashes[path], valueAt(it.mine, path)];
      delete it.clashes[path];
      if (which !== 'mine')
        it.mine = withText(it.mine, path, which === 'both' ? bothOf(theirs, mine) : theirs);
      return flush(key);
    },
    /** What a field looks like that waits for its writer's word; undefined: nothing. */
    heed: (key, path) => kept[key]?.heeds?.[path],
    /** It may be seen. */
    heeded(key, path) {
      const it = kept[key];
      it.said = { ...it.said, [path]: it.heeds[path] };
      return flush(key);
    },
    /** Whether anything of it is not with the server yet. */
    pending: (key) => Boolean(kept[key] && !same(outgoing(kept[key]), kept[key].base)),
    /** It is no longer to be written. */
    drop(key) {
      stop(key);
      delete kept[key];
      save();
      changed();
    },
  };
}
