// receipt.js -- what a press has done, in words that stay: who is ready, what was fetched, what was
// copied.
import { html, nothing } from 'lit-html';
import { button } from './pieces.js';

export const receipt = (text) =>
  html`<p class="receipt" role="status">
    <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 11l4 4 8-10" /></svg>${text}
  </p>`;

/**
 * Whether I am ready, and the way there and back; the button stays the same, so that the keyboard
 * stays with it.
 */
export const readiness = (c, hint = '') => {
  const ready = c.ui.seats.every((n) => c.state.ready.includes(n));
  const [is, not, yet] =
    c.ui.seats.length > 1
      ? [c.t('phone.are_ready'), c.t('phone.not_ready_two'), c.t('phone.ready_two')]
      : [c.t('phone.is_ready'), c.t('phone.not_ready'), c.t('phone.ready')];
  return html`${ready ? receipt(is) : nothing}
  ${button('ready', ready ? not : yet, ready ? 'quiet' : 'primary')}
  ${hint ? html`<p class="small mid">${hint}</p>` : nothing}`;
};
