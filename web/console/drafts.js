// drafts.js -- what is being written and not yet saved. A text stays here until the server has it,
// so that neither a redraw nor somebody else's change takes it away; a pause in writing saves it.

const PAUSE_MS = 1500;

/**
 * @param {{changed: () => void, refused: (code: string) => void, setTimer?: (fn: () => void, ms:
 *   number) => any, clearTimer?: (timer: any) => void}} on
 */
export function drafts({
  changed,
  refused,
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
}) {
  /** @type {Map<string, {text: string, save?: (text: string) => Promise<any>, timer?: any}>} */
  const kept = new Map();

  async function flush(key) {
    const it = kept.get(key);
    if (!it?.save) return;
    clearTimer(it.timer);
    const reply = await it.save(it.text);
    if (kept.get(key) !== it) return;
    if (reply?.ok || reply?.code === 'nothing_changed') kept.delete(key);
    else refused(reply?.code);
    changed();
  }

  return {
    /** The text to show: what is being written, else what is saved. */
    read: (key, saved) => kept.get(key)?.text ?? saved,
    /** Keeps a text; with `save` it is saved when the writer pauses. */
    write(key, text, save) {
      clearTimer(kept.get(key)?.timer);
      kept.set(key, { text, save, timer: save && setTimer(() => flush(key), PAUSE_MS) });
    },
    flush,
    flushAll: () => [...kept.keys()].forEach(flush),
    drop(key) {
      clearTimer(kept.get(key)?.timer);
      kept.delete(key);
      changed();
    },
  };
}
