// hint.js -- "Rund gerne af": a quiet word of the facilitator's to whoever speaks, over the whole
// screen and in large letters, for a phone that lies on the table. It goes at a touch, or by itself.
import { html, nothing } from 'lit-html';
import { nameOf } from './pieces.js';

const SHOWN_MS = 15000;
const BUZZ = [400, 200, 400];

/** @param {() => void} changed  draws the page */
export function hints(changed) {
  let open = false;
  let known;
  let timer;
  function close() {
    clearTimeout(timer);
    open = false;
  }
  /** A screen that is dark shows nothing: it stays for whoever looks next. */
  const goSoon = () => {
    timer = setTimeout(() => {
      if (document.hidden) return goSoon();
      close();
      changed();
    }, SHOWN_MS);
  };
  return {
    close,
    /** After each change of the meeting: whether a hint is new, or over. */
    look({ hinted, hintSeq }) {
      const key = hinted && `${hinted} ${hintSeq}`;
      if (key === known) return;
      known = key;
      close();
      if (!key) return;
      open = true;
      // A page that was never touched may not, and the browser says so as an error.
      if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(BUZZ);
      goSoon();
      changed();
    },
    /** @param {import('./pieces.js').Context} c */
    view: (c) =>
      open && c.state.hinted
        ? html`<div class="flood" role="alert">
            <button data-do="rounded">
              ${c.ui.seats.length > 1 ? html`<span>${nameOf(c, c.state.hinted)}</span>` : nothing}
              <b>${c.t('phone.round_off_now')}</b>
              <small>${c.t('phone.round_off_seen')}</small>
            </button>
          </div>`
        : nothing,
  };
}
