// turns.js -- a round: who speaks, who comes after, and the speaker's cards. In a presentation round the table draws itself.
import { hyphened } from '../fit.js';
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { cardsOfTurn, floorOf, placesOf } from '../choose.js';
import { cardsIn, column, floorPiece, focusMiddle, nextOf, questionPiece } from '../pieces.js';
import { boxed } from '../place.js';
import { bridges, inCircle, table } from '../table.js';

/** The cards under the speaker: the speaker's own, or quietly those of the one before. */
export function turnCards(view, box) {
  const { state, part } = view;
  const { own, before, by } = cardsOfTurn(state, part);
  if (own.length) return cardsIn(view, 'turn', own, box);
  if (!before.length || box.h < 10) return nothing;
  const name = by?.name || by?.function;
  const under = { ...box, y: box.y + 4, h: box.h - 4 };
  return html`<p class="label line at" ${boxed({ ...box, h: 3.4 })}>${name ? t('board.from', { name }) : t('board.on_board')}</p>
    ${cardsIn(view, 'before', before, under, { max: 2.7, quiet: true })}`;
}

/** @param {import('../pieces.js').View} view */
export function turns(view) {
  const { state, part, frame, measure, left } = view;
  if (part.intro) return presentation(view);
  const floor = floorOf(state);
  const { w, h } = frame.side;
  return html`${table({ places: placesOf(state), box: frame.ring, measure, left, middle: focusMiddle(view) })}
    <section class="side">${column(
      frame.side,
      [questionPiece(view, { w, h: h * 0.26 }), { ...floorPiece(view, floor, { w, h: h * 0.34 }), gap: 4.4 }],
      nextOf(floor),
      (box) => turnCards(view, box),
    )}</section>`;
}

/** Each lands at the table with the own name; with the last one the ring closes and its middle says what we are here for. */
function presentation(view) {
  const { state, frame, measure, left } = view;
  const places = placesOf(state).map((place) =>
    place.role === 'heard' || place.role === 'floor' ? place : { ...place, role: /** @type {const} */ ('free'), name: null },
  );
  const there = (place) => place.role !== 'free';
  const closed = places.length > 0 && places.every((place) => place.role === 'heard');
  const floor = floorOf(state);
  const { w, h } = frame.side;
  const middle = closed ? focusMiddle(view) : inCircle('', hyphened(state.meeting.title), measure);
  return html`${table({ places, box: frame.ring, measure, left, middle, under: (shape) => bridges(places, shape, there) })}
    <section class="side">${column(
      frame.side,
      [questionPiece(view, { w, h: h * 0.34, max: 4.4 }), { ...floorPiece(view, { ...floor, next: closed ? [] : floor.next }, { w, h: h * 0.4 }), gap: 5 }],
      { html: nothing, height: 0 },
      () => nothing,
    )}</section>`;
}
