// board.js -- a round: who speaks, who comes after, and the speaker's cards. In a presentation
// round the table draws itself.
import { isThere } from '../../shared/company.js';
import { fitText } from '../../board/fit.js';
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { atTable, cardsOfTurn, floorOf, personOf, placesOf } from '../../board/choose.js';
import { callName } from '../../shared/names.js';
import {
  cardsIn,
  column,
  floorPiece,
  focusMiddle,
  nextOf,
  questionPiece,
  wordPiece,
} from '../../board/pieces.js';
import { boxed, vars } from '../../board/place.js';
import { bridges, inCircle, table } from '../../board/table.js';

/** The cards under the speaker: the speaker's own, or quietly those of the one before. */
export function turnCards(view, box) {
  const { state, part } = view;
  const { own, before, by } = cardsOfTurn(state, part);
  if (own.length) return cardsIn(view, 'turn', own, box);
  if (!before.length || box.h < 10) return nothing;
  const under = { ...box, y: box.y + 4, h: box.h - 4 };
  return html`<p class="label line at" ${boxed({ ...box, h: 3.4 })}>
      ${by ? t('board.from', { name: by }) : t('board.on_board')}
    </p>
    ${cardsIn(view, 'before', before, under, { max: 2.7, quiet: true })}`;
}

/** @param {import('../../board/pieces.js').View} view */
export default function turns(view) {
  const { state, part, frame, measure, left } = view;
  if (part.intro) return presentation(view);
  const floor = floorOf(state);
  const answers = answerPiece(view, frame.side.w);
  const { w, h } = frame.side;
  return html`${table({ places: placesOf(state), box: frame.ring, measure, left, middle: focusMiddle(view) })}
    <section class="side">
      ${column(
        frame.side,
        [
          questionPiece(view, { w, h: h * 0.26 }),
          { ...floorPiece(view, floor, { w, h: h * (answers.height ? 0.26 : 0.34) }), gap: 4.4 },
          { ...answers, gap: 4 },
        ],
        nextOf(floor),
        (box) => turnCards(view, box),
      )}
    </section>`;
}

/**
 * Whoever answers the speaker's question, within the speaker's turn. @returns
 * {import('../../board/pieces.js').Piece}
 */
function answerPiece({ state, measure }, w) {
  const person = personOf(state, state.now.answering);
  if (!person) return { html: nothing, height: 0 };
  const fitted = fitText(
    callName(person),
    { w: w - 3, h: 8, max: 6, min: 3, lead: 1.1, weight: 600, most: 1 },
    measure,
  );
  return {
    html: html`<div class="replies">
      <p class="label">${t('board.answers_now')}</p>
      <h3 class="line" ${vars({ size: fitted.size.toFixed(3) })}>${fitted.text}</h3>
    </div>`,
    height: 4 + fitted.size * 1.2,
  };
}

/** Whether everybody who is here has said the own name. */
const complete = (state) =>
  state.now.speaker === null &&
  state.now.heard.length > 0 &&
  atTable(state).every((seat) => !isThere(seat) || state.now.heard.includes(seat.seat));

/**
 * The table draws itself: each lands in the own place with the name; with the last one the ring
 * closes, and its middle says what we are here for.
 */
function presentation(view) {
  const { state, frame, measure, left } = view;
  const places = placesOf(state).map((place) =>
    place.role === 'heard' || place.role === 'floor'
      ? place
      : { ...place, role: /** @type {const} */ ('coming') },
  );
  const closed = complete(state);
  const there = (place) => closed || place.role !== 'coming';
  const floor = floorOf(state);
  const { w, h } = frame.side;
  const focus = focusMiddle(view);
  const middle = closed
    ? (room) => html`<div class="appears">${focus(room)}</div>`
    : inCircle('', state.meeting.title, measure);
  const who = closed
    ? wordPiece(view, t('board.all_here'), '', { w, h: h * 0.4 })
    : floorPiece(view, { ...floor, next: floor.next.slice(0, 1) }, { w, h: h * 0.4 });
  return html`${table({ places, box: frame.ring, measure, left, middle, drawn: true, under: (shape) => bridges(places, shape, there, closed) })}
    <section class="side">
      ${column(
        frame.side,
        [questionPiece(view, { w, h: h * 0.34, max: 4.4 }), { ...who, gap: 5 }],
        { html: nothing, height: 0 },
        () => nothing,
      )}
    </section>`;
}
