// drafts.js -- plans that are being written, kept on this device with each change, newest first.

const KEY = 'runde.drafts';
const MAX = 12;

/**
 * @typedef {{id: string, at: number, template?: string, agenda: any, people?: number, data?:
 *   any[], seats?: any[],
 *   ticks?: {[name: string]: boolean}, from?: {code: string, key: string}}} Draft  from: the meeting
 *   that it is made from
 * @returns {Draft[]}
 */
export function readDrafts(storage = globalThis.localStorage) {
  try {
    const list = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(list)
      ? list.filter((each) => typeof each?.id === 'string' && Array.isArray(each.agenda?.items))
      : [];
  } catch {
    return [];
  }
}

/** Whether it is kept: a device that is full, or keeps nothing, must be told of. */
function store(list, storage) {
  try {
    storage.setItem(KEY, JSON.stringify(list.slice(0, MAX)));
    return true;
  } catch {
    return false;
  }
}

/** @param {Draft} draft */
export const keepDraft = (draft, storage = globalThis.localStorage) =>
  store([draft, ...readDrafts(storage).filter((each) => each.id !== draft.id)], storage);

export const dropDraft = (id, storage = globalThis.localStorage) =>
  store(
    readDrafts(storage).filter((each) => each.id !== id),
    storage,
  );

export const findDraft = (id, storage = globalThis.localStorage) =>
  readDrafts(storage).find((each) => each.id === id) ?? null;

/** The pages that the browser keeps for when there is no network. */
async function forgetPages() {
  const workers = (await globalThis.navigator?.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(workers.map((worker) => worker.unregister()));
  if (!workers.length) return;
  const names = await caches.keys();
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Everything that Runde keeps on this device goes: links, drafts, seats, notes. */
export async function forgetDevice(
  storage = globalThis.localStorage,
  databases = globalThis.indexedDB,
) {
  const ours = Array.from({ length: storage.length }, (_, i) => storage.key(i)).filter((key) =>
    key.startsWith('runde.'),
  );
  for (const key of ours) storage.removeItem(key);
  await forgetPages().catch(() => {});
  if (!databases) return;
  await new Promise((done) => {
    const gone = databases.deleteDatabase('runde');
    gone.onsuccess = gone.onerror = gone.onblocked = () => done(undefined);
  });
}
