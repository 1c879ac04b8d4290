// pause.js -- the clocks stand: what comes when we go on, and after a restart of the server that
// nothing is lost.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { callName, floorOf, placesOf } from './choose.js';
import { column, focusMiddle, partName, timeOf, wordPiece } from './pieces.js';
import { table } from './table.js';

/** @param {import('./pieces.js').View} view */
export function pause(view) {
  const { state, part, frame, measure, left } = view;
  const { restart } = state.now;
  const { speaker } = floorOf(state);
  const { w, h } = frame.side;
  const title =
    restart === null ? t('board.paused') : t('board.paused_since', { time: timeOf(restart) });
  const under = restart === null ? '' : t('board.nothing_lost');
  const then = speaker
    ? t('board.goes_on_with_speaker', { name: callName(speaker) })
    : part
      ? t('board.goes_on_with', { name: partName(part) })
      : '';
  return html`${table({ places: placesOf(state), box: frame.ring, measure, left, middle: focusMiddle(view) })}
    <section class="side">
      ${column(
        frame.side,
        [{ ...wordPiece(view, title, under, { w, h: h * 0.5, max: 9 }), gap: h * 0.2 }],
        then
          ? { html: html`<p class="soft goes-on">${then}</p>`, height: 9 }
          : { html: nothing, height: 0 },
        () => nothing,
      )}
    </section>`;
}
