// stream.js -- a connection for where WebSocket is blocked, as link.js uses one: the server's frames
// come as server-sent events, and what is said goes out by requests, one after the other
// (protocol/README.md, "Where WebSocket is blocked").

/** How the page connects at present: by a stream, or null: by WebSocket. */
let by = null;
/** A socket said nothing while the server did answer a request. */
let blocked = false;

/**
 * How to connect next: streamTo, or null for a WebSocket. A lost network is no reason for a stream:
 * while a socket is tried once more, the server is asked for a sign of life.
 * @param {boolean} heard  whether anything came by the connection before
 */
export function way(heard) {
  if (!heard) {
    by = blocked && !by ? streamTo : null;
    if (!by)
      fetch('/healthz', { cache: 'no-store' }).then(
        ({ ok }) => (blocked = ok),
        () => {},
      );
  }
  blocked = false;
  return by;
}

/**
 * Opens like a WebSocket.
 * @param {string} url  of the socket: "ws://host/ws/CODE"
 * @returns {{readyState: number, onopen: any, onmessage: any, onclose: any,
 *   send: (text: string) => void, close: () => void}}
 */
export function streamTo(url) {
  const place = url.replace(/^ws(.*\/\/[^/]*)\/ws/, 'http$1/stream');
  const ended = new AbortController();
  /** What is to be said, and the secret of the stream once the hello has been taken. */
  let waiting = [];
  let busy = false;
  let secret = '';

  const ask = (options) =>
    fetch(place, { ...options, cache: 'no-store', signal: ended.signal }).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer;
    });
  const bearer = () => ({ Authorization: `Bearer ${secret}` });

  function over() {
    if (it.readyState === 3) return;
    it.readyState = 3;
    ended.abort();
    it.onclose?.({});
  }

  /** Says what waits: the hello alone, for it is what opens the stream; then all that has come. */
  async function say() {
    if (busy || !waiting.length) return;
    busy = true;
    try {
      if (!secret) {
        const answer = await ask({ method: 'POST', body: waiting.shift() });
        secret = (await answer.json()).stream;
        hear();
      } else {
        const body = waiting.join('\n');
        waiting = [];
        await ask({ method: 'POST', body, headers: bearer() });
      }
      busy = false;
      say();
    } catch {
      over();
    }
  }

  /** One event: a frame, or that the server closes. */
  function take(event) {
    const data = event.match(/^data: ?(.*)$/m)?.[1];
    if (/^event: close$/m.test(event)) over();
    else if (data !== undefined && it.readyState === 1) it.onmessage?.({ data });
  }

  async function hear() {
    try {
      const answer = await ask({ headers: bearer() });
      const reader = answer.body.getReader();
      const letters = new TextDecoder();
      let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        const events = (text + letters.decode(value, { stream: true })).split('\n\n');
        text = events.pop();
        events.forEach(take);
      }
    } catch {
      // It has ended, whatever the reason.
    }
    over();
  }

  const it = {
    readyState: 0,
    onopen: null,
    onmessage: null,
    onclose: null,
    send(text) {
      waiting.push(text);
      say();
    },
    close: over,
  };
  queueMicrotask(() => {
    if (it.readyState) return;
    it.readyState = 1;
    it.onopen?.();
  });
  return it;
}
