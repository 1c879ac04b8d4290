// floor.js -- my turn: the whole screen says so, for a phone that lies on the table.
import { html, nothing } from 'lit-html';
import { button, clock, nameOf, speakersOf, noteHead, notes, saved } from './pieces.js';

/** @param {import('./pieces.js').Context} c */
export function floor(c) {
  const { state, ui, t } = c;
  const { speaker, answering } = state.now;
  const away = ui.status !== 'open' || state.now.state === 'paused';
  const many = ui.seats.length > 1;
  return {
    body: html`<div class="floor" role="alert">
        <h1>
          ${many ? speakersOf(c, speaker) : t('phone.your_turn')}
          <span>${answering ? t('phone.answers', { name: nameOf(c, answering) }) : state.hint ? t('phone.round_off') : many ? t('phone.has') : t('phone.you_have')}</span>
        </h1>
        ${clock(c)}
      </div>
      ${ui.writing
        ? notes(c)
        : html`<section class="speak">
            ${noteHead(c)}
            ${ui.pending ? html`<p class="small">${saved(c)}</p>` : nothing}
            <ul>${ui.notes.map((note) => html`<li>${note.text}</li>`)}</ul>
            ${button('write', ui.notes.length ? t('phone.mend') : t('phone.write'), 'link')}
          </section>`}
      ${ui.late?.extra(c)}`,
    foot: html`${button('done', t('phone.done'), away ? 'primary out' : 'primary', undefined, away)}
      ${ui.late?.more(c, away)}`,
  };
}
