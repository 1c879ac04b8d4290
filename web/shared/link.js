// link.js -- the one connection to the server: by WebSocket, or by stream.js where that is blocked.
//
// It says hello, keeps the meeting's state from snapshot and facts, resumes where it was, measures
// the clock, and matches replies to commands. Only what is sent with `keep` waits for a connection,
// and is sent again under the same id until it has an answer; everything else says `offline` at
// once, for a button pressed a minute ago must not end somebody's turn, and `unanswered` where the
// server says nothing. What it would hang up on (protocol/limits.json) is not sent, and `too_large`.
import { limits } from 'runde:protocol';
import { applyFrame } from './model.js';
import { forget, setSample, steadyNow } from './clock.js';
import { later } from './later.js';

const BACK_OFF = 500;
const BACK_OFF_MAX = 4000;
const CLOCK_EVERY = 30000;
/** The clock's half-minute question is answered within this, or the connection is dead. */
const SILENCE = 8000;
/** Whatever somebody waits for is heard of within this: longer, and they believe that it is done. */
const SILENCE_ASKED = 3000;
/** And where only others are heard of, nobody waits for it any more. */
const PATIENCE = 10000;
/**
 * Refusals that pass by themselves, and those that somebody in the meeting can lift: then it is
 * asked again.
 */
const PASSING = ['busy', 'not_saved', 'too_fast', 'hello_late'];
const KNOCKING = ['door_closed', 'seat_taken', 'out'];
const KNOCK_EVERY = 4000;
/** Phones have it in their second script. */
const otherWay =
  globalThis.RUNDE_PAGE === 'phone' || !globalThis.RUNDE_STREAM
    ? null
    : later('stream', globalThis.RUNDE_STREAM);

/**
 * A frame as it goes out. Half an emoji, which a field that cuts may leave, would make it no text at
 * all; JSON writes it as an escape.
 */
const written = (frame) =>
  JSON.stringify(frame).replace(/\\(ud...|.)/g, (all, escape) => (escape[1] ? '' : all));

const bytesIn = (text) => new TextEncoder().encode(text).length;

/** A uuid (version 4). Browsers have no randomUUID over plain HTTP. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * @typedef {{ok: boolean, code?: string, field?: string | null, seq?: number, wait?: number,
 *   made?: {contribution?: string, seat?: number, token?: string}}} Reply
 *
 * @param {{
 *   hello: () => {meeting: string},
 *   on?: {state?: (state: import('./model.js').State) => void, presence?: (presence: any) => void,
 *     saving?: (saving: boolean) => void, refused?: (code: string, refused: any) => void, status?:
 *     (status: string) => void, welcome?: (welcome: any) => void},
 *   open?: (url: string, protocol: string) => any,
 *   url?: string, setTimer?: (fn: () => void, ms: number) => any, clearTimer?: (timer: any) =>
 *   void, random?: () => number,
 * }} options  hello: what stands in the hello frame, asked at each connection; `since` is added
 * here
 * @returns {{send: (name: string, fields?: object, options?: {id?: string, keep?: boolean}) =>
 *   Promise<Reply>,
 *   tell?: (frame: object) => void,
 *   close: () => void, retry: () => void, readonly status: string, readonly state:
 *   import('./model.js').State | null}}
 */
export function connect({
  hello,
  on = {},
  open = (url, protocol) => new WebSocket(url, protocol),
  url = `${location.origin.replace('http', 'ws')}/ws/${hello().meeting}`,
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
  random = Math.random,
}) {
  /** @type {import('./model.js').State | null} */
  let state = null;
  let socket = null;
  let status = '';
  let failures = 0;
  let welcomed = false;
  let ended = false;
  let heard = true;
  let retryTimer, clockTimer, silenceTimer, saidHello;
  /** Commands without an answer, in the order they were given: id -> {frame, keep, done}. */
  const waiting = new Map();

  const setStatus = (next) => {
    if (next !== status) on.status?.((status = next));
  };
  const write = (frame) => socket.send(written(frame));

  function begin() {
    clearTimer(retryTimer);
    if (socket || ended) return;
    setStatus(failures ? 'lost' : 'connecting');
    if (globalThis.RUNDE_PAGE !== 'phone' && !heard) otherWay?.get();
    const other =
      globalThis.RUNDE_PAGE === 'phone' ? globalThis.runde_late : globalThis.runde_stream;
    const way = other?.way?.(heard) ?? open;
    heard = false;
    const mine = (socket = way(url, 'runde.v1'));
    mine.onopen = () => {
      if (mine !== socket) return;
      saidHello = steadyNow();
      write({ hello: { ...hello(), ...(state ? { since: state.seq } : {}) } });
    };
    mine.onmessage = (event) => mine === socket && receive(JSON.parse(event.data));
    mine.onclose = () => mine === socket && lost();
    // It may still come; but whoever looks at the page is told that it has not.
    listenFor(SILENCE_ASKED, () => {
      setStatus('lost');
      listenFor(SILENCE - SILENCE_ASKED);
    });
  }

  function lost() {
    const mine = socket;
    socket = null;
    welcomed = false;
    clearTimer(clockTimer);
    clearTimer(silenceTimer);
    mine?.close();
    for (const [id, { keep, done }] of waiting) {
      if (keep) continue;
      waiting.delete(id);
      done({ ok: false, code: 'offline' });
    }
    if (globalThis.RUNDE_PAGE !== 'phone') on.saving?.(true); // As far as is known.
    if (ended) return;
    setStatus('lost');
    const pause = Math.min(BACK_OFF_MAX, BACK_OFF * 2 ** failures++);
    retryTimer = setTimer(begin, pause * (0.5 + random() / 2));
  }

  /** The connection is given up when nothing at all is heard for so long. */
  function listenFor(ms, then = lost) {
    clearTimer(silenceTimer);
    silenceTimer = setTimer(then, ms);
  }

  function askClock(more, silence = SILENCE) {
    clearTimer(clockTimer);
    if (!welcomed) return;
    write({ clock: { sent: steadyNow() } });
    listenFor(silence);
    clockTimer = setTimer(() => askClock(more - 1), more > 1 ? 400 : CLOCK_EVERY);
  }

  function receive(frame) {
    heard = true;
    clearTimer(silenceTimer);
    if (frame.clock) setSample(frame.clock);
    else if (frame.welcome) welcome(frame.welcome);
    else if (frame.refused) refused(frame.refused);
    else if (frame.presence) on.presence?.(frame.presence);
    else if (globalThis.RUNDE_PAGE !== 'phone' && frame.saving !== undefined) {
      on.saving?.(frame.saving);
      if (!welcomed) listenFor(SILENCE);
    } else if (frame.re !== undefined) answer(frame);
    else if (frame.seq < state?.seq) {
      // A connection tells in order, or something on the way is broken: what came before this was told too
      // early, and only a snapshot is whole.
      state = null;
      lost();
    } else {
      const next = applyFrame(state, frame);
      if (next && next !== state) on.state?.((state = next));
    }
    if (welcomed && waiting.size) listenFor(SILENCE_ASKED);
  }

  function welcome(it) {
    welcomed = true;
    failures = 0;
    setSample({ sent: saidHello, now: it.now, wall: it.wall });
    on.welcome?.(it);
    setStatus('open');
    for (const { frame } of waiting.values()) write(frame);
    askClock(3);
  }

  function refused(it) {
    const knocks = KNOCKING.includes(it.code);
    if (!knocks && !PASSING.includes(it.code)) {
      ended = true;
      setStatus(it.code === 'replaced' ? 'replaced' : 'lost');
    }
    lost();
    if (knocks) {
      clearTimer(retryTimer);
      retryTimer = setTimer(begin, KNOCK_EVERY);
    }
    if (knocks || ended) on.refused?.(it.code, it);
  }

  function answer({ re, ...reply }) {
    // What the server could not read came first; what it would not hear yet may be a clock frame.
    if (!re && !PASSING.includes(reply.code)) re = waiting.keys().next().value;
    const command = waiting.get(re);
    if (!command) return;
    if (command.keep && PASSING.includes(reply.code)) {
      setTimer(
        () => welcomed && waiting.has(re) && write(command.frame),
        reply.wait ?? 1000 + 1000 * random(),
      );
      return;
    }
    waiting.delete(re);
    command.done(reply);
  }

  /** Something says that now is a good time: the page was woken, or the network came back, or went. */
  function wake() {
    if (ended || globalThis.document?.hidden) return;
    failures = 0;
    forget();
    if (!socket) begin();
    else if (welcomed) askClock(3, SILENCE_ASKED);
  }

  const asleep = new AbortController();
  for (const name of ['visibilitychange', 'pageshow', 'online', 'offline']) {
    globalThis.addEventListener?.(name, wake, { signal: asleep.signal });
  }
  begin();
  if (globalThis.RUNDE_PAGE !== 'phone') {
    // What the page's first bytes asked for (early.js): the picture until the socket tells more.
    globalThis.runde_seen?.then((seen) => {
      if (!seen || state || ended) return;
      const [{ welcome }, told] = seen.text.trim().split('\n').map(JSON.parse);
      setSample({ sent: seen.sent, now: welcome.now, wall: welcome.wall }, seen.at);
      on.welcome?.(welcome);
      on.state?.((state = applyFrame(null, told)));
    });
    delete globalThis.runde_seen;
  }

  return {
    send: (name, fields = {}, { id = uuid(), keep = false } = {}) =>
      new Promise((done) => {
        if (!welcomed && !keep) return done({ ok: false, code: 'offline' });
        const frame = { id, do: name, with: fields };
        if (
          globalThis.RUNDE_PAGE !== 'phone' && // No text of a phone comes near its limit.
          bytesIn(written(frame)) > limits.frame_console
        )
          return done({ ok: false, code: 'too_large' });
        waiting.set(id, { frame, keep, done });
        if (!keep)
          setTimer(() => waiting.delete(id) && done({ ok: false, code: 'unanswered' }), PATIENCE);
        if (!welcomed) return;
        write(frame);
        if (waiting.size === 1) listenFor(SILENCE_ASKED);
      }),
    /** A frame that nobody answers, and that is for now or not at all. */
    ...(globalThis.RUNDE_PAGE !== 'phone' && {
      tell: (frame) => welcomed && write(frame),
    }),
    close() {
      ended = true;
      clearTimer(retryTimer);
      lost();
      asleep.abort();
    },
    /** Begins anew after a refusal or `replaced`: this page takes over. */
    retry() {
      ended = false;
      state = null;
      failures = 0;
      begin();
    },
    get status() {
      return status;
    },
    get state() {
      return state;
    },
  };
}
