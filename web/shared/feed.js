// feed.js -- the minutes as the server has them, fetched anew when the meeting has gone on: one
// request at a time, soon after the first change and at a measured pace while there are more. What
// came last stays until there is something newer, also without a network.

/** How soon after a change it is asked for, and how long a request may take. */
const SOON = 200;
const PATIENCE = 10000;
const BACK_OFF = 1000;
const BACK_OFF_MAX = 15000;
/** What stays as it is however often it is asked: the key opens nothing. */
const NEVER = [401, 403, 404];

/**
 * @param {{code: string, key: () => string | undefined, changed: () => void, edition?: string, pace?: number, get?: typeof
 *   fetch, setTimer?: (fn: () => void, ms: number) => any, clearTimer?: (timer: any) => void, now?: () =>
 *   number}} it  pace: ms from one answer to the next request
 */
export function feed({
  code,
  key,
  changed,
  edition = 'participants',
  pace = 1000,
  get = (...all) => fetch(...all),
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
  now = () => performance.now(),
}) {
  let timer = null;
  /** @type {AbortController | null} */
  let asking = null;
  let wanted = false;
  let last = -Infinity;
  let failures = 0;

  function wait() {
    if (timer !== null || asking || !wanted) return;
    const rest = failures ? Math.min(BACK_OFF * 2 ** (failures - 1), BACK_OFF_MAX) : pace;
    timer = setTimer(ask, Math.max(SOON, last + rest - now()));
  }

  async function ask() {
    timer = null;
    wanted = false;
    const mine = (asking = new AbortController());
    const patience = setTimer(() => mine.abort(), PATIENCE);
    let answer, minutes;
    try {
      answer = await get(
        `/api/meetings/${encodeURIComponent(code)}/minutes?edition=${edition}&format=json`,
        {
          headers: { Authorization: `Bearer ${key()}` },
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
          signal: mine.signal,
        },
      );
      minutes = answer.ok ? await answer.json() : null;
    } catch {
      minutes = null;
    }
    clearTimer(patience);
    if (asking !== mine) return; // It was stopped.
    asking = null;
    last = now();
    failures = minutes ? 0 : failures + 1;
    it.fails = failures > 0;
    if (minutes) it.minutes = minutes;
    else wanted = !NEVER.includes(answer?.status);
    changed();
    wait();
  }

  const it = {
    /** @type {import('./draft.js').Minutes | null} */
    minutes: null,
    /** Whether what stands there is older than what the server has. */
    fails: false,
    /** Something is new. */
    look() {
      wanted = true;
      wait();
    },
    /** The network is back: nobody waits for the next try. */
    again() {
      if (failures) last = -Infinity;
      clearTimer(timer);
      timer = null;
      it.look();
    },
    stop() {
      clearTimer(timer);
      timer = null;
      wanted = false;
      asking?.abort();
      asking = null;
    },
  };
  return it;
}
