// board-lap.js -- a lap of the spiral as a whole, when it is over and while the next one builds on it:
// what the scribe gathered, and every point that was made.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { layCards } from '../../board/cards.js';
import { LEAST, fitText } from '../../board/fit.js';
import { cardsIn } from '../../board/pieces.js';
import { boxed, vars } from '../../board/place.js';

/**
 * Which lap is shown whole: the one that is over, or, until the speaker's own point stands there,
 * the one before. 0 for none.
 */
export function lapToShow({ now }) {
  if (now.speaker === null && now.heard.length > 0 && now.queue.length === 0) return now.lap;
  return now.lap > 1 ? now.lap - 1 : 0;
}

/** The points of a lap, each once, in the order they were made. */
export const pointsOfLap = ({ contributions }, part, lap) =>
  contributions.filter((each) => each.part === part.id && each.text && (each.lap || 1) === lap);

/** What a lap came to. @param {import('../../shared/model.js').State} state */
export const recapOf = ({ recaps }, part, lap) =>
  recaps.find((each) => each.part === part.id && each.lap === lap)?.text ?? '';

/** @param {import('../../board/pieces.js').View} view */
export function lapCards(view, lap, box) {
  const { state, part, measure } = view;
  const points = pointsOfLap(state, part, lap);
  const recap = recapOf(state, part, lap);
  if (box.h < 12 || (!points.length && !recap)) return nothing;
  const head = 4.6;
  const both = recap && points.length > 0;
  const most = both ? (box.h - head) * 0.4 : box.h - head;
  const fitted = recap
    ? fitText(recap, { w: box.w - 3, h: most, max: 3.4, min: LEAST, lead: 1.32 }, measure)
    : null;
  const high = fitted ? fitted.lines.length * fitted.size * 1.32 : 0;
  const y = box.y + head + (fitted ? high + 2.6 : 0);
  const under = { ...box, y, h: box.y + box.h - y };
  // With what the scribe gathered, the points stand too where all can be read; the ring shows that
  // they are there.
  const listed =
    points.length > 0 &&
    (!recap || layCards(points, under, measure, { max: 3, rows: true }).slips.length === 0);
  return html`<h3 class="label line at" ${boxed({ ...box, h: head })}>
      ${t('board.lap_whole', { lap })}
    </h3>
    ${
      fitted
        ? html`<div class="recap at" ${boxed({ ...box, y: box.y + head, h: high + 0.4 })}>
            <p class="fit" ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}>
              ${fitted.text}
            </p>
          </div>`
        : nothing
    }
    ${listed ? cardsIn(view, 'lap', points, under, { max: 3, rows: true, grouped: true }) : nothing}`;
}
