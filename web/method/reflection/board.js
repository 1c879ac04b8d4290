// board.js -- silence: the question and the clock, alone. Who is ready is nobody's business
// here.
import { html, svg } from 'lit-html';
import { face } from '../../shared/clock.js';
import { t } from '../../shared/i18n.js';
import { partLeft } from '../../shared/schedule.js';
import { partName, questionPiece, wordPiece } from '../../board/pieces.js';
import { boxed } from '../../board/place.js';
import { inMiddle, timeArc } from '../../board/table.js';

/** @param {import('../../board/pieces.js').View} view */
export default function reflection(view) {
  const { state, at, frame, left } = view;
  const { ring, side } = frame;
  const radius = Math.min(ring.w, ring.h) / 2 - 6;
  const rest = partLeft(state, at) ?? 0;
  const size = side.h * 0.86;
  const asked = questionPiece(view, { w: side.w, h: size, max: 5.6 });
  const piece = asked.height
    ? asked
    : wordPiece(view, partName(view.part), view.part.text ?? '', { w: side.w, h: size });
  const y = Math.max(
    side.y,
    Math.min(side.y + side.h - piece.height, ring.y + ring.h / 2 - piece.height / 2),
  );
  const top = frame.upright ? side.y : y;
  const over = rest <= 0;
  return html`<svg
      class="stage at"
      ${boxed(ring)}
      viewBox="${-ring.w * 5} ${-ring.h * 5} ${ring.w * 10} ${ring.h * 10}"
      aria-hidden="true"
    >
      ${svg`<circle class="table-top" r=${radius * 10 - 9}></circle>${timeArc(left, radius * 10, 22)}`}
    </svg>
    ${inMiddle(ring, ring.w / 2, ring.h / 2, radius, () =>
      over
        ? html`<h2 class="calm">${t('board.time_up')}</h2>
            <p class="label">${t('board.finish_sentence')}</p>`
        : html`<p class="digits num">${face(rest)}</p>
            <p class="label">${t('board.silence')}</p>`,
    )}
    <section class="side quiet-side at" ${boxed({ ...side, y: top, h: piece.height + 1 })}>
      ${piece.html}
    </section>`;
}
