// pause.js -- the clocks stand: what comes when we go on, and after a restart of the server that
// nothing is lost.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { pauseOf } from '../shared/schedule.js';
import { floorOf, placesOf } from './choose.js';
import { callName } from '../shared/names.js';
import { column, focusMiddle, partName, timeOf, wordPiece } from './pieces.js';
import { table } from './table.js';

/** Until when it is, or how long it has been; after a restart, that nothing is lost. */
function words({ state, at }) {
  const { restart, back } = state.now;
  const { left, lasted } = pauseOf(state, at);
  if (left)
    return [t('shared.pause_back', { time: timeOf(back) }), t('shared.pause_left', { n: left })];
  if (left === 0) return [t('shared.pause_over'), ''];
  if (restart !== null)
    return [t('board.paused_since', { time: timeOf(restart) }), t('board.nothing_lost')];
  return [t('board.paused'), lasted ? t('shared.pause_lasted', { n: lasted }) : ''];
}

/** @param {import('./pieces.js').View} view */
export function pause(view) {
  const { state, part, frame, measure, left } = view;
  const { speaker } = floorOf(state);
  const { w, h } = frame.side;
  const [title, under] = words(view);
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
