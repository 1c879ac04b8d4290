// drag.js -- something is carried to another place by mouse, pen or finger. Where it would land and
// what happens there is its list's own; keys do the same there.

/** A press that moves less than this is a press. */
const FAR = 5;
const EDGE = 72;
const SCROLL = 12;

/** What scrolls where this stands: a column of its own, or the page. */
function scrollerOf(element) {
  for (let at = element.parentElement; at; at = at.parentElement)
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY))
      return at;
  return document.documentElement;
}

function scrollAtEdge(scroller, y) {
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y < Math.max(top, 0) + EDGE) scroller.scrollBy(0, -SCROLL);
  else if (y > Math.min(bottom, innerHeight) - EDGE) scroller.scrollBy(0, SCROLL);
}

/** What was carried was not pressed. */
function swallowClick() {
  const done = new AbortController();
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener('click', swallow, { capture: true, signal: done.signal });
  setTimeout(() => done.abort());
}

/**
 * Begins where a handle is pressed. For a finger the handle wants `touch-action: none`.
 * @param {PointerEvent} event
 * @param {{over: (x: number, y: number) => void, drop: () => void, end: () => void}} what
 *   over: it is carried here; drop: it is let go, where `over` was last; end: nothing is carried
 *   any more, before `drop` or instead of it
 */
export function drag(event, { over, drop, end }) {
  if (event.button) return;
  const handle = /** @type {HTMLElement} */ (event.currentTarget);
  const { clientX, clientY, pointerId } = event;
  const scroller = scrollerOf(handle);
  let carried = false;
  const listening = new AbortController();
  const on = (name, act) =>
    addEventListener(name, act, { signal: listening.signal, capture: true });
  const stop = () => {
    listening.abort();
    if (carried) end();
  };
  on('pointermove', ({ clientX: x, clientY: y }) => {
    if (!carried && Math.hypot(x - clientX, y - clientY) < FAR) return;
    if (!carried) handle.setPointerCapture(pointerId);
    carried = true;
    scrollAtEdge(scroller, y);
    over(x, y);
  });
  on('pointerup', () => {
    stop();
    if (!carried) return;
    swallowClick();
    drop();
  });
  on('pointercancel', stop);
  on('keydown', (pressed) => {
    if (!carried || pressed.key !== 'Escape') return;
    pressed.preventDefault();
    pressed.stopPropagation();
    stop();
  });
}
