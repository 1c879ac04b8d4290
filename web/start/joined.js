// joined.js -- the meetings that this device has a seat in: what the phone's page keeps of them
// (phone/store.js).

const CODE = /^([2-9A-HJKMNP-Z]{4})([2-9A-HJKMNP-Z]{4})$/;
/** A database that does not answer within this is none. */
const PATIENCE = 2000;

const hasSeat = (record) => Array.isArray(record?.seats) && record.seats.length > 0;

/** @returns {string[]} */
function inStorage(storage) {
  const found = [];
  for (let i = 0; i < storage.length; i++) {
    const code = /^runde\.(\w{8})$/.exec(storage.key(i))?.[1];
    try {
      if (code && hasSeat(JSON.parse(storage.getItem(code && `runde.${code}`)))) found.push(code);
    } catch {
      // Somebody else's.
    }
  }
  return found;
}

const answered = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = failed;
    setTimeout(failed, PATIENCE);
  });

/** @returns {Promise<string[]>} */
async function inDatabase(databases) {
  const request = databases.open('runde');
  // Where the phone's page has never been there is no database, and none is made.
  request.onupgradeneeded = () => request.transaction.abort();
  const db = await answered(request);
  const records = db.transaction('kept').objectStore('kept');
  const [codes, all] = await Promise.all([
    answered(records.getAllKeys()),
    answered(records.getAll()),
  ]);
  db.close();
  return codes.filter((code, i) => hasSeat(all[i]));
}

/** @returns {Promise<string[]>} codes, "K7QM-4XPR" */
export async function joinedCodes(
  storage = globalThis.localStorage,
  databases = globalThis.indexedDB,
) {
  const stored = databases ? await inDatabase(databases).catch(() => []) : [];
  const codes = [...new Set([...stored, ...inStorage(storage)])];
  return codes
    .filter((code) => CODE.test(code))
    .map((code) => code.replace(CODE, '$1-$2'))
    .sort();
}
