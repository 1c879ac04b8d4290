// phone.js -- three boxes about the talk itself: mine alone until all are shown, and nobody's
// from then on. Then a round.
import { html, nothing } from 'lit-html';
import { ladder } from '../../phone/ladder.js';
import { drawer } from '../../phone/notepad.js';
import { clock } from '../../phone/pieces.js';
import { compose, points } from '../../phone/points.js';
import { isOf } from '../../shared/author.js';
import { readiness } from '../../phone/receipt.js';
import { alone, writers } from '../../phone/sharing.js';

const boxes = (t) => ({
  worked_well: t('phone.box_worked_well'),
  adjust: t('phone.box_adjust'),
  carry_forward: t('phone.box_carry_forward'),
});

/** @param {import('../../phone/pieces.js').Context} c */
export default function retrospect(c) {
  const shown = c.state.shown.includes(c.part.id);
  const [large, small] = ladder(c);
  /** Until all are shown, even who sits at the same phone reads their own alone. */
  const isSeen = (each) => shown || isOf(each, [c.seat]);
  const fields = () =>
    Object.entries(boxes(c.t)).map(
      ([box, title]) =>
        html`<h2>${title}</h2>
          ${points(c, (each) => each.box === box && isSeen(each))}
          ${shown ? nothing : compose(c, c.t('phone.your_view'), { slot: box, verb: c.t('phone.save'), about: title, seen: c.t('phone.seen_box') })}`,
    );
  return {
    body: html`<div class="ask">
        <h1>${c.part.title ?? c.part.item.title}</h1>
        ${clock(c)}
      </div>
      <p class="soft">
        ${!shown ? html`${c.t('phone.nameless')}<br />${c.t('phone.shown_when')}` : c.state.now.lap ? html`<b>${large}</b> ${small}` : nothing}
      </p>
      ${shown ? fields() : [writers(c), alone(c, fields)]}`,
    foot: shown ? drawer(c) : readiness(c),
  };
}
