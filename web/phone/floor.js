// floor.js -- my turn: the whole screen says so, for a phone that lies on the table. Where people
// present themselves it has no clock and no buttons.
import { html, nothing } from 'lit-html';
import { button, clock, drawer, speakersOf, noteHead, notes, saved } from './pieces.js';

/** My notes to speak from, or to write in. */
const speech = (c) =>
  html`${
    c.ui.writing
      ? notes(c)
      : html`<section class="speak">
          ${noteHead(c)} ${c.ui.late?.both(c)}
          ${c.ui.pending ? html`<p class="small">${saved(c)}</p>` : nothing}
          <ul>
            ${c.ui.notes.map((note) => html`<li>${note.text}</li>`)}
          </ul>
          ${button('write', c.ui.notes.length ? c.t('phone.mend') : c.t('phone.write'), 'link')}
        </section>`
  }
  ${c.ui.late?.extra(c)}`;

/** @param {import('./pieces.js').Context} c */
export function floor(c) {
  const { state, ui, t } = c;
  const { speaker } = state.now;
  const away = ui.status !== 'open' || state.now.state === 'paused';
  const many = ui.seats.length > 1;
  const { intro } = c.part;
  return {
    body: html`<div class="floor" role="alert">
        <h1>
          ${many ? speakersOf(c, speaker) : t('phone.your_turn')}
          <span
            >${ui.late?.floor(c) ?? (intro ? t('phone.intro') : many ? t('phone.has') : t('phone.you_have'))}</span
          >
        </h1>
        ${intro ? nothing : clock(c, true)}
      </div>
      ${intro ? ui.late?.ring(c) : speech(c)}`,
    foot: intro
      ? drawer(c)
      : html`${button('done', t('phone.done'), away ? 'primary out' : 'primary', undefined, away)}
        ${ui.late?.more(c, away)}`,
  };
}
