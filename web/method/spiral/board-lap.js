// board-lap.js -- a lap of the spiral as a whole, when it is over and while the next one builds on it:
// what the scribe gathered, and every point that was made.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { layCards } from '../../board/cards.js';
import { LEAST, fitText, sizes, splitTo } from '../../board/fit.js';
import { pageLine } from '../../board/pages.js';
import { cardsIn } from '../../board/pieces.js';
import { boxed, keeper, vars } from '../../board/place.js';
import { PAGE_LINE, turnedTo } from '../../board/turn.js';

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

const LEAD = 1.32;
const set = keeper();

/**
 * What the scribe gathered, whole: above the points; where it would leave them no room on as few pages
 * of its own as the smallest size takes, as large as these allow.
 * @returns {{size: number, pages: string[], most: number, own: boolean}}  most: lines of a page; own:
 *   no point stands below
 */
function gathered(recap, box, points, measure) {
  const size = { w: box.w - 3, max: 3.4, min: LEAST, lead: LEAD };
  const above = fitText(recap, { ...size, h: points ? box.h * 0.4 : box.h }, measure);
  if (!above.cut)
    return { size: above.size, pages: [above.text], most: above.lines.length, own: !points };
  const h = box.h - PAGE_LINE;
  const paged = (size) => {
    const most = Math.max(1, Math.floor(h / (size * LEAD)));
    const pages = splitTo(recap, (box.w - 3) * 0.975, size, most, measure);
    return { size, pages, most, own: true };
  };
  const least = paged(LEAST);
  return (
    sizes(3.4, LEAST)
      .map(paged)
      .find(({ pages }) => pages.length <= least.pages.length) ?? least
  );
}

/** @param {import('../../board/pieces.js').View} view */
export function lapCards(view, lap, box) {
  const { state, part, measure, at } = view;
  const points = pointsOfLap(state, part, lap);
  const recap = recapOf(state, part, lap);
  if (box.h < 12 || (!points.length && !recap)) return nothing;
  const head = 4.6;
  const below = { ...box, y: box.y + head, h: box.h - head };
  const said = recap
    ? set(`${box.w} ${below.h} ${points.length > 0} ${recap}`, () =>
        gathered(recap, below, points.length > 0, measure),
      )
    : null;
  // A recap with pages of its own is followed by the points, as its last page.
  const turns = said?.own ? said.pages.length + (points.length ? 1 : 0) : 1;
  const page = turnedTo(at, turns);
  const shown = said && page < said.pages.length ? said : null;
  const high = shown ? shown.most * shown.size * LEAD : 0;
  const under = shown
    ? { ...below, y: below.y + high + 2.6, h: below.h - high - 2.6 }
    : { ...below, h: below.h - (turns > 1 ? PAGE_LINE : 0) };
  // With what the scribe gathered, the points stand too where all can be read; the ring shows that
  // they are there.
  const listed =
    points.length > 0 &&
    !shown?.own &&
    (!shown || layCards(points, under, measure, { max: 3, rows: true }).slips.length === 0);
  return html`<h3 class="label line at" ${boxed({ ...box, h: head })}>
      ${t('board.lap_whole', { lap })}
    </h3>
    ${
      shown
        ? html`<div class="recap at" ${boxed({ ...below, h: high + 0.4 })}>
            <p class="fit" ${vars({ size: shown.size.toFixed(3), most: 99 })}>
              ${shown.pages[page]}
            </p>
          </div>`
        : nothing
    }
    ${listed ? cardsIn(view, 'lap', points, under, { max: 3, rows: true, grouped: true }) : nothing}
    ${turns > 1 ? pageLine(page, turns, box) : nothing}`;
}
