// more.js -- what a speaker may do beside handing on; each choice says what follows.
import { html, nothing } from 'lit-html';
import { face } from '../shared/clock.js';
import { seatOf } from '../shared/model.js';
import { share } from '../shared/schedule.js';
import { askers } from './answering.js';

/** Pupils skip and build; everybody else passes and connects. */
export const pupil = (c) => /^(elev|pupil)/i.test(seatOf(c.state, c.seat)?.function ?? '');

/**
 * @param {import('./pieces.js').Context} c @param {boolean} away  without a connection, or paused
 */
export function more(c, away) {
  const { t, state } = c;
  const round = state.now.lap > 0;
  const choice = (act, title, then) =>
    html`<button data-do=${act} aria-disabled=${away || nothing}>
      ${title}<span>${then}</span>
    </button>`;
  return html`${askers(c)}
    <details class="more">
      <summary>••• ${t('phone.more')}</summary>
      <div>
        ${choice('more', t('phone.half'), round && state.now.queue.length ? t('phone.next_get', { time: face(share(state, c.now, 30000)) }) : '')}
        ${round ? choice('later', t('phone.later'), t('phone.later_then')) : nothing}
        ${choice('pass', pupil(c) ? t('phone.skip') : t('phone.pass'), t('phone.pass_then'))}
      </div>
    </details>`;
}
