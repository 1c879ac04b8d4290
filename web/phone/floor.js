// floor.js -- my turn: the whole screen says so, for a phone that lies on the table. Where people
// present themselves it has no clock and no buttons.
import { html, nothing } from 'lit-html';
import { button, clock, speakersOf } from './pieces.js';

/** @param {import('./pieces.js').Context} c */
export function floor(c) {
  const { state, ui, t } = c;
  const { speaker } = state.now;
  const away = ui.status !== 'open' || state.now.state === 'paused';
  const many = ui.seats.length > 1;
  const { intro } = c.part;
  return {
    body: html`<div class="floor">
        <h1>
          ${many ? speakersOf(c, speaker) : t('phone.your_turn')}
          <span
            >${ui.late?.floor(c) ?? (intro ? t('phone.intro') : many ? t('phone.has') : t('phone.you_have'))}</span
          >
        </h1>
        ${intro ? nothing : clock(c, true)}
      </div>
      ${intro ? ui.late?.ring(c) : ui.late?.speech(c)}`,
    foot: intro
      ? ui.late?.drawer(c)
      : html`${button('done', t('phone.done'), away ? 'primary out' : 'primary', undefined, away)}
        ${ui.late?.more(c, away)}`,
  };
}
