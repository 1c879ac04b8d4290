// board.js -- the talk about the talk: three headings and silence while all write, three
// columns once it is shown.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../../shared/i18n.js';
import { floorOf } from '../../board/choose.js';
import { callName } from '../../shared/names.js';
import { nextPiece } from '../../board/pieces.js';
import { boxed } from '../../board/place.js';
import { columns } from '../../board/columns.js';

/** @param {import('../../board/pieces.js').View} view */
export default function retrospect(view) {
  const { state, part, frame } = view;
  const shown = state.shown.includes(part.id);
  const box = frame.whole;
  if (!shown) return writing(part, box, frame);
  const { speaker, next } = floorOf(state);
  const foot = speaker ? 11 : 0;
  const here = state.contributions.filter((each) => each.part === part.id && each.text);
  const sides = traits.boxes(part).map((key) => ({
    key,
    title: t('board.box.' + key),
    cards: here.filter((each) => each.box === key),
  }));
  const y = box.y + box.h - foot + 1.6;
  return html`<section class="side">
    ${columns(view, { ...box, h: box.h - foot }, sides)}
    ${
      speaker
        ? html`<div class="speaks at" ${boxed({ x: box.x, y, w: box.w * 0.5, h: 9 })}>
              <span class="label">${t('board.has_floor_now')}</span>
              <h2 class="line">${callName(speaker)}</h2>
            </div>
            <div class="at" ${boxed({ x: box.x + box.w * 0.52, y, w: box.w * 0.48, h: 9 })}>
              ${nextPiece(speaker, next).html}
            </div>`
        : nothing
    }
  </section>`;
}

function writing(part, box, { upright }) {
  const w = upright ? box.w : (box.w - 6) / 3;
  const tall = Math.min(upright ? 16 : 18, box.h * 0.26);
  return html`<section class="side">
    ${traits
      .boxes(part)
      .map(
        (key, i) =>
          html`<h2
            class="prompt at"
            ${boxed(
              upright
                ? { x: box.x, y: box.y + 4 + i * (tall + 2), w, h: tall }
                : { x: box.x + i * (w + 3), y: box.y + box.h * 0.12, w, h: tall },
            )}
          >
            ${t('board.box.' + key)}
          </h2>`,
      )}
    <div
      class="all-write at"
      ${boxed({ x: box.x, y: box.y + box.h * (upright ? 0.76 : 0.6), w: box.w, h: 18 })}
    >
      <p class="calm">${t('board.all_write')}</p>
      <p class="label">${t('board.no_names')}</p>
    </div>
  </section>`;
}
