// seen.js -- the meeting as this phone saw it last: shown when the page is opened without a
// connection. It lies beside what store.js keeps, in a record of its own, for it is large and is
// written less often than a letter is typed.
import { serverNow } from '../shared/clock.js';
import { keepsPages } from '../shared/shell.js';

/** How long after a change it is written. */
const PAUSE = 1500;

/** @returns {Promise<IDBObjectStore>} */
const records = (mode) =>
  new Promise((done, failed) => {
    const request = indexedDB.open('runde');
    request.onerror = failed;
    request.onsuccess = () => {
      const change = request.result.transaction('kept', mode);
      change.oncomplete = change.onabort = () => request.result.close();
      done(change.objectStore('kept'));
    };
  });

/**
 * @typedef {{id: string, at: number, now: number, state: import('../shared/model.js').State,
 *   minutes?: import('../shared/draft.js').Minutes}} Seen
 *   id: of the phone; at: by its own clock; now: by the meeting's; minutes: of one that is over
 * @param {string} code  the meeting's, as store.js has it
 * @param {{id: string}} kept
 */
export function seen(code, kept) {
  const key = `${code}.seen`;
  let timer;
  let newest = null;
  const write = () => {
    clearTimeout(timer);
    timer = 0;
    const record = newest;
    newest = null;
    if (record)
      records('readwrite')
        .then((store) => store.put(record, key))
        .catch(() => {});
  };
  return {
    /** Where the page itself cannot be opened without a connection, nobody would see it. */
    keep(state, minutes) {
      if (!keepsPages() || state.seen) return;
      newest = { id: kept.id, at: Date.now(), now: serverNow(), state, minutes };
      timer ||= setTimeout(write, PAUSE);
    },
    write,
    /** @returns {Promise<Seen | null>} */
    async read() {
      try {
        const store = await records('readonly');
        const found = await new Promise((done, failed) => {
          const request = store.get(key);
          request.onsuccess = () => done(request.result);
          request.onerror = failed;
        });
        return found?.id === kept.id ? found : null;
      } catch {
        return null;
      }
    },
    drop: () =>
      records('readwrite')
        .then((store) => store.delete(key))
        .catch(() => {}),
  };
}
