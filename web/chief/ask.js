// ask.js -- asks the server what is shared, at once and now and then while somebody looks, and sooner
// again where no answer came. What came last stays until there is something newer.

/** How often it is asked while the page is looked at, and how long an answer may take. */
const PACE = 60000;
const PATIENCE = 10000;
const BACK_OFF = 2000;

/**
 * @param {{key: string, changed: () => void, get?: typeof fetch, setTimer?: (fn: () => void, ms: number) => any,
 *   clearTimer?: (timer: any) => void, now?: () => number, hidden?: () => boolean}} it
 */
export function asking({
  key,
  changed,
  get = (...all) => fetch(...all),
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
  now = () => Date.now(),
  hidden = () => document.hidden,
}) {
  let timer = null;
  let busy = false;
  let failures = 0;

  /** How long until the next question. @param {any} answer */
  function rest(answer) {
    if (!failures) return PACE;
    const told = Number(answer?.headers.get('retry-after')) * 1000;
    return Math.max(told || 0, Math.min(BACK_OFF * 2 ** (failures - 1), PACE));
  }

  async function ask() {
    clearTimer(timer);
    timer = null;
    if (busy || it.refused) return;
    if (hidden()) return; // It is asked again when somebody looks.
    busy = true;
    const mine = new AbortController();
    const patience = setTimer(() => mine.abort(), PATIENCE);
    let answer, shared;
    try {
      answer = await get('/api/chief', {
        headers: { Authorization: `Bearer ${key}` },
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: mine.signal,
      });
      shared = answer.ok ? await answer.json() : null;
    } catch {
      shared = null;
    }
    clearTimer(patience);
    busy = false;
    failures = shared ? 0 : failures + 1;
    it.fails = failures > 0;
    it.refused = answer?.status === 401;
    if (shared) {
      it.shared = shared;
      it.at = now();
    }
    if (!it.refused) timer = setTimer(ask, rest(answer));
    changed();
  }

  const it = {
    /** @type {import('./read.js').Shared | null} */
    shared: null,
    /** When it came, in ms since 1970. */
    at: 0,
    /** Whether what stands there may be older than what the server has. */
    fails: false,
    /** The link opens nothing, however often it is asked. */
    refused: !key,
    ask,
  };
  return it;
}
