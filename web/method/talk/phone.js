// phone.js -- one speaks, the others listen; whoever presents sees the clock in full light.
import { html } from 'lit-html';
import { question } from '../../phone/pieces.js';

/** @param {import('../../phone/pieces.js').Context} c */
export default function talk(c) {
  const who = c.part.responsible ?? c.part.item.responsible ?? [];
  const mine = Boolean(c.ui.late?.presents(c));
  return {
    dusk: !mine,
    body: html`${question(c, mine)}
      <p class="then soft">${who.join(' · ')}</p>`,
    foot: c.ui.late?.drawer(c),
  };
}
