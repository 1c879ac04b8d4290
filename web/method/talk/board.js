// board.js -- one person speaks to all: what it is about, who, and how long.
import { html, nothing } from 'lit-html';
import { cameIn, wantsWall } from '../../board/came.js';
import { placesOf, responsibleOf } from '../../board/choose.js';
import { fitText } from '../../board/fit.js';
import { column, focusMiddle, namePiece, partName, questionPiece } from '../../board/pieces.js';
import { vars } from '../../board/place.js';
import { table } from '../../board/table.js';
import { opensWith } from '../../shared/carried.js';

/** @param {import('../../board/pieces.js').View} view */
export default function talk(view) {
  const { state, part, frame, measure, left } = view;
  const came = opensWith(state, part);
  if (came && wantsWall(view)) return cameIn(view, frame.upright ? frame.side : frame.whole, true);
  const people = responsibleOf(state, part);
  // The one who speaks stands out at the table as well; the next ones have no meaning here.
  const first = people.find((person) => person.seat !== null);
  const one = first ? first.seat : null;
  const places = placesOf(state).map((place) => ({
    ...place,
    role: place.seat === one ? /** @type {const} */ ('floor') : /** @type {const} */ ('wait'),
  }));
  return html`${table({ places, box: frame.ring, measure, left, middle: focusMiddle(view, { time: true }) })}
  ${came ? cameIn(view, frame.side, false) : about(view, people, first)}`;
}

function about(view, people, first) {
  const { frame } = view;
  const { w, h } = frame.side;
  return html`<section class="side">
    ${column(
      frame.side,
      [
        first && people.length === 1
          ? { html: nothing, height: 0 }
          : titlePiece(view, { w, h: h * 0.24 }),
        { ...peoplePiece(view, people, { w, h: h * 0.34 }), gap: first ? h * 0.06 : 3.6 },
        { ...aboutPiece(view, { w, h: h * 0.36 }), gap: 4.6 },
        { ...questionPiece(view, { w, h: h * 0.2, max: 3.4 }), gap: 3.6 },
      ],
      { html: nothing, height: 0 },
      () => nothing,
    )}
  </section>`;
}

function titlePiece({ part, measure }, { w, h }) {
  const fitted = fitText(
    partName(part),
    { w, h, max: 6, min: 3.4, lead: 1.16, weight: 600, most: 3 },
    measure,
  );
  return {
    html: html`<h2
      class="fit title"
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${fitted.text}
    </h2>`,
    height: fitted.lines.length * fitted.size * 1.16,
  };
}

/** One speaker large; several, or a function nobody at the table has, as a line. */
function peoplePiece(view, people, { w, h }) {
  if (!people.length) return { html: nothing, height: 0 };
  if (people.length === 1 && people[0].seat !== null)
    return namePiece(view, people[0], { w, h, max: 13, word: '' });
  const words = people
    .map((person) => [person.name, person.function].filter(Boolean).join(', '))
    .join(' · ');
  const fitted = fitText(words, { w, h, max: 3.6, min: 2.4, most: 4 }, view.measure);
  return {
    html: html`<p
      class="fit people"
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${fitted.text}
    </p>`,
    height: fitted.lines.length * fitted.size * 1.3,
  };
}

function aboutPiece({ part, measure }, { w, h }) {
  const text = part.text || part.item.goal || '';
  if (!text) return { html: nothing, height: 0 };
  const fitted = fitText(text, { w: w - 3, h, max: 4.2, min: 2.2, lead: 1.36 }, measure);
  return {
    html: html`<div class="about">
      <p class="fit" ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}>
        ${fitted.text}
      </p>
    </div>`,
    height: fitted.lines.length * fitted.size * 1.36,
  };
}
