// store.js -- what this phone keeps of one meeting, so that no reload, sleep or tunnel loses a
// word.
//
// One record for each meeting: the phone's own id, its seats with their tokens, what is written,
// and what waits to be sent. Each change is written to both of a browser's stores. localStorage has
// it when the call returns, so a page that is being left has kept it; WebKit drops what such a page
// gives to IndexedDB. IndexedDB has it on the disk, so a phone that loses power has kept it; an
// iPhone's browser may lose its database while the page sleeps. Of two records the newer counts.
// Where a browser keeps nothing at all, the page itself still has it, and says so.
import { uuid } from '../shared/link.js';

/**
 * @typedef {{text: string, notes: {id: string, text: string}[]}} Draft
 * @typedef {{id: string, age: number, joining: object | null, seats: {seat: number, token?:
 *   string}[],
 *   drafts: {[key: string]: Draft}, texts: {[key: string]: string}, out:
 *   import('../shared/outbox.js').Entry[],
 *   refused: import('../shared/outbox.js').Entry[],
 *   joint?: {[key: string]: import('./joint.js').Joint}, typed?: {[key: string]: string}}} Kept
 */

/** A database that does not open within this is none. */
const PATIENCE = 2000;

const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = failed;
    setTimeout(failed, PATIENCE);
  });

async function database(code) {
  const request = indexedDB.open('runde');
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  const db = await answered(request);
  const begin = (mode) => db.transaction('kept', mode, { durability: 'strict' });
  return {
    record: await answered(begin('readonly').objectStore('kept').get(code)),
    /** Committed at once: the page may be leaving. */
    write(kept, failed) {
      const change = begin('readwrite');
      change.objectStore('kept').put(kept, code);
      change.onabort = failed;
      change.commit?.();
    },
  };
}

/**
 * @returns {Promise<{kept: Kept, save: () => void, safe: () => boolean}>} safe: whether the last
 *   change is kept
 */
export async function open(code) {
  const kept = /** @type {Kept} */ ({
    id: uuid(),
    age: 0,
    joining: null,
    seats: [],
    drafts: {},
    texts: {},
    out: [],
    refused: [],
  });
  const key = `runde.${code}`;
  const db = await database(code).catch(() => null);
  let atOnce = true;
  let onDisk = true;
  const save = () => {
    kept.age++;
    try {
      localStorage[key] = JSON.stringify(kept);
      atOnce = true;
    } catch {
      atOnce = false;
    }
    try {
      db.write(kept, () => (onDisk = false));
      onDisk = true;
    } catch {
      onDisk = false;
    }
  };
  const read = (record) => record?.age >= kept.age && Object.assign(kept, record);
  read(db?.record);
  try {
    read(JSON.parse(localStorage[key]));
  } catch {
    // There is none, or it may not be looked at.
  }
  save();
  return { kept, save, safe: () => atOnce || onDisk };
}
