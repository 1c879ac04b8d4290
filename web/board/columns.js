// columns.js -- cards under headings, side by side: what is agreed and what is not, boxes, what was
// learnt.
import { html } from 'lit-html';
import { fitText } from './fit.js';
import { cardsIn } from './pieces.js';
import { boxed, vars } from './place.js';

/** Columns under headings, all as high as the box. */
export function columns(view, box, sides) {
  const gap = 3;
  const across = view.frame.upright ? 1 : sides.length;
  const down = Math.ceil(sides.length / across);
  const w = (box.w - gap * (across - 1)) / across;
  const h = (box.h - gap * (down - 1)) / down;
  return sides.map(({ key, title, cards, empty = '' }, i) => {
    const x = box.x + (i % across) * (w + gap);
    const y = box.y + Math.floor(i / across) * (h + gap);
    const fitted = fitText(
      title,
      { w, h: 5, max: 3.6, min: 2.2, weight: 600, most: 1 },
      view.measure,
    );
    return html`<h2
        class="heading line at"
        ${boxed({ x, y, w, h: 5 })}
        ${vars({ size: fitted.size.toFixed(3) })}
      >
        ${fitted.text}
      </h2>
      ${
        cards.length
          ? cardsIn(
              view,
              key,
              cards,
              { x, y: y + 6.4, w, h: h - 6.4 },
              { newestFirst: true, max: 3.8 },
            )
          : html`<p class="soft empty at" ${boxed({ x, y: y + 6.6, w, h: 8 })}>${empty}</p>`
      }`;
  });
}
