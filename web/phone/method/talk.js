// talk.js -- one speaks, the others listen; whoever is responsible sees the clock in full light.
import { html } from 'lit-html';
import { seatOf } from '../../shared/model.js';
import { drawer, question } from '../pieces.js';

/** @param {import('../pieces.js').Context} c */
export default function talk(c) {
  const job = seatOf(c.state, c.seat)?.function?.toLowerCase();
  const who = c.part.responsible ?? c.part.item.responsible ?? [];
  return {
    dusk: !job || !who.some((each) => each.toLowerCase().startsWith(job)),
    body: html`${question(c)}<p class="then soft">${who.join(' · ')}</p>`,
    foot: drawer(c),
  };
}
