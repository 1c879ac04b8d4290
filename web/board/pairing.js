// pairing.js -- a board without a key: the room's PC cannot type one, so it shows a short code, and
// the console types that.
import { html } from 'lit-html';
import { t } from '../shared/i18n.js';

const EVERY = 2000;
const LATER = 10000;

/** Refusals that a new key would mend. */
export const MENDED = ['no_key', 'wrong_key', 'ended', 'no_such_meeting'];

/**
 * Asks for a pairing code and waits until a console has typed it; a code that is gone is followed
 * by the next one.
 * @param {{show: (code: string) => void, paired: (code: string, key: string) => void,
 *   ask?: typeof fetch, wait?: (ms: number) => Promise<void>}} on
 *   show: the code to show, '' while there is none
 */
export async function pair({
  show,
  paired,
  ask = (url, how) => fetch(url, how),
  wait = (ms) => new Promise((done) => setTimeout(done, ms)),
}) {
  /** @type {{pairing: string, secret: string} | null} */
  let mine = null;
  for (;;) {
    try {
      if (!mine) {
        const answer = await ask('/api/pairings', { method: 'POST' });
        if (answer.status === 201) show((mine = await answer.json()).pairing);
        // A server that pairs no boards: the words about the link are what there is.
        else if (answer.status === 404 || answer.status === 405) return;
      } else {
        const answer = await ask('/api/pairings', {
          headers: { authorization: `Bearer ${mine.secret}` },
          cache: 'no-store',
        });
        if (answer.status === 200) {
          const { code, key } = await answer.json();
          return paired(code, key);
        }
        if (answer.status === 404) {
          mine = null;
          continue;
        }
      }
      await wait(mine ? EVERY : LATER);
    } catch {
      await wait(LATER);
    }
  }
}

/** @param {string} code @param {string} host @param {string} why  the refusal that led here */
export const pairing = (code, host, why) =>
  html`<section class="alone pairing">
    <h1>${why === 'no_key' ? t('board.pair') : t('board.pair_again')}</h1>
    <p class="pair-code" aria-label=${[...code].join(' ')}>${code}</p>
    <p>${t('board.pair_how')}</p>
    <p class="label">${t('board.pair_where', { host })}</p>
  </section>`;
