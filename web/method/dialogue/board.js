// board.js -- talk that flows: the question, who has the floor, the next two, and the points as
// they come.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { personOf, placesOf, saidUntil } from '../../board/choose.js';
import {
  cardsIn,
  column,
  focusMiddle,
  namePiece,
  nextPiece,
  questionPiece,
} from '../../board/pieces.js';
import { boxed } from '../../board/place.js';
import { table } from '../../board/table.js';

const LABEL = 4.2;

/** Who waits: in the order that the server gave, else as hands were raised. */
export const waiting = ({ now }) => (now.queue.length ? now.queue : now.hands);

/** Under somebody's name stand the points of all: that they are not the speaker's own is said. */
function saidBelow(view, points, box) {
  if (view.state.now.speaker === null || !points.length)
    return cardsIn(view, 'dialogue', points, box, { newestFirst: true, grouped: true });
  const under = { ...box, y: box.y + LABEL, h: box.h - LABEL };
  return html`<p class="label at" ${boxed({ ...box, h: LABEL })}>${t('board.so_far')}</p>
    ${cardsIn(view, 'dialogue', points, under, { newestFirst: true, grouped: true })}`;
}

/** @param {import('../../board/pieces.js').View} view */
export default function dialogue(view) {
  const { state, part, frame, measure, left } = view;
  const { w, h } = frame.side;
  const next = waiting(state).slice(0, 2);
  const speaker = personOf(state, state.now.speaker);
  const people = next
    .map((n) => personOf(state, n))
    .filter((person) => person !== null)
    .map((person) => ({ ...person, remark: state.now.remarks.includes(person.seat) }));
  const places = placesOf({ ...state, now: { ...state.now, queue: next } }).map((place) =>
    place.role === 'heard' ? { ...place, role: /** @type {const} */ ('wait') } : place,
  );
  const points = saidUntil(state, part);
  // The more there is to read, the more room it gets.
  const name = points.length > 6 ? { h: h * 0.19, max: 7 } : { h: h * 0.25, max: 10 };
  const closing = state.now.closed && people.length > 0 ? t('board.last_ones') : '';
  return html`${table({ places, box: frame.ring, measure, left, middle: focusMiddle(view, { time: true }) })}
    <section class="side">
      ${column(
        frame.side,
        [
          questionPiece(view, { w, h: h * 0.22 }),
          speaker
            ? { ...namePiece(view, speaker, { w, ...name }), gap: 3.6 }
            : { html: nothing, height: 0 },
        ],
        nextPiece(speaker, people, closing),
        (box) => saidBelow(view, points, box),
      )}
    </section>`;
}
