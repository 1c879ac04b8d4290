// reflection.js -- silence to write in. Nobody but the author ever sees it; who is ready is only counted.
import { html } from 'lit-html';
import { button, notes, question } from '../pieces.js';

/** @param {import('../pieces.js').Context} c */
export default (c) => {
  const ready = c.state.ready.includes(c.seat);
  return {
    body: html`${question(c)} ${notes(c)} ${c.ui.late?.earlier(c)}`,
    foot: html`${button('ready', ready ? c.t('phone.not_ready') : c.t('phone.ready'), ready ? 'quiet' : 'primary')}
      <p class="small mid">${c.t('phone.ready_then')}</p>`,
  };
};
