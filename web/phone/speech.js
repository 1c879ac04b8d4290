// speech.js -- beside my turn: my notes to speak from, or to write in.
import { html, nothing } from 'lit-html';
import { voices } from '../shared/schedule.js';
import { noteHead, notes, saved } from './notepad.js';
import { button } from './pieces.js';
import { alone, writers } from './sharing.js';

/** Where two speak as one, the notes of each. */
const both = (c) => (voices(c.state, c.state.now.speaker)[1] ? writers(c) : nothing);

const lines = (c) =>
  html`<ul>
      ${c.ui.notes.map((note) => html`<li>${note.text}</li>`)}
    </ul>
    ${button('write', c.ui.notes.length ? c.t('phone.mend') : c.t('phone.write'), 'link')}`;

/** @param {import('./pieces.js').Context} c */
export const speech = (c) =>
  c.ui.writing
    ? notes(c)
    : html`<section class="speak">
        ${noteHead(c)} ${both(c)} ${c.ui.pending ? html`<p class="small">${saved(c)}</p>` : nothing}
        ${alone(c, () => lines(c))}
      </section>`;
