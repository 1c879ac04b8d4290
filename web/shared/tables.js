// tables.js -- csv.js as the pages have it: a script of its own, with Papa Parse in it, fetched when
// the first table is to be read. Until it has come nothing is read; then the page is drawn anew.
const url = globalThis.RUNDE_TABLES;
const RETRY_MS = 3000;

/** @type {typeof import('./csv.js') | null} */
let reader = null;
let asked = false;
let policy;
let draw = () => {};

/** How the page is drawn anew. @param {() => void} again */
export const whenTablesCome = (again) => (draw = again);

function fetchReader() {
  if (asked) return;
  asked = true;
  policy ??= globalThis.trustedTypes?.createPolicy('tables', { createScriptURL: () => url });
  const script = document.createElement('script');
  script.type = 'module';
  script.src = policy ? policy.createScriptURL('') : url;
  script.onload = () => {
    reader = globalThis.rundeTables;
    draw();
  };
  script.onerror = () => {
    script.remove();
    setTimeout(() => {
      asked = false;
      draw();
    }, RETRY_MS);
  };
  document.head.append(script);
}

/**
 * As in csv.js, and undefined while the script is on its way.
 * @param {string} text
 * @param {string} [locale]
 * @returns {import('./csv.js').Table | null | undefined}
 */
export function readTable(text, locale) {
  fetchReader();
  return reader?.readTable(text, locale);
}

/**
 * The rows as they were written; none while the script is on its way.
 * @param {string} text
 * @returns {string[][]}
 */
export function rowsOf(text) {
  fetchReader();
  return reader?.rowsOf(text) ?? [];
}
