// phone.js -- silence to write in. Nobody but the author ever sees it; who is ready is only
// counted.
import { html } from 'lit-html';
import { question } from '../../phone/pieces.js';

/** @param {import('../../phone/pieces.js').Context} c */
export default (c) => ({
  body: html`${question(c)} ${c.ui.late?.notes(c)} ${c.ui.late?.earlier(c)}`,
  foot: c.ui.late?.ready(c),
});
