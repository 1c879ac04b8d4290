// board.js -- what we found, in people's own words: agreed and differing side by side, and what
// is missing.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { responsibleOf, saidUntil } from '../../board/choose.js';
import { callName } from '../../shared/names.js';
import { columns } from '../../board/columns.js';
import { cardsIn } from '../../board/pieces.js';
import { boxed } from '../../board/place.js';
import decision from '../decision/board.js';

/**
 * The points of a summary, by side; those without a side stand with what is agreed, for nobody has
 * disagreed with them.
 */
export function sidesOf(state, part) {
  const here = state.contributions.filter((each) => each.part === part.id && each.text);
  return {
    agreed: here.filter((each) => !['differing', 'missing'].includes(each.box)),
    differing: here.filter((each) => each.box === 'differing'),
    missing: here.filter((each) => each.box === 'missing'),
  };
}

/** @param {import('../../board/pieces.js').View} view */
export default function summary(view) {
  const { state, part, frame } = view;
  const { agreed, differing, missing } = sidesOf(state, part);
  const said = agreed.length + differing.length + missing.length;
  // A summary of decisions reads them aloud: the seven lines are what there is to see.
  if (!said && state.decision.answers.length)
    return decision({ ...view, state: { ...state, decision: { ...state.decision, open: null } } });
  const box = frame.whole;
  // Before the first words, what has been said in the item stands there to be summed up.
  const before = said ? [] : saidUntil(state, part);
  const tall = missing.length
    ? (box.h - 3) * (frame.upright ? 0.72 : 0.7)
    : before.length
      ? box.h * 0.24
      : box.h;
  const people = responsibleOf(state, part).map(callName).join(' · ');
  return html`<section class="side">
    ${columns(view, { ...box, h: tall }, [
      {
        key: 'agreed',
        title: t('board.agreed'),
        cards: agreed,
        empty: people ? t('board.sums_up', { name: people }) : '',
      },
      { key: 'differing', title: t('board.differing'), cards: differing },
    ])}
    ${
      before.length
        ? html`<p class="label line at" ${boxed({ ...box, y: box.y + box.h * 0.26, h: 4.4 })}>
              ${t('board.said_so_far')}
            </p>
            ${cardsIn(view, 'before', before, { ...box, y: box.y + box.h * 0.26 + 5, h: box.h * 0.74 - 5 }, { newestFirst: true, quiet: true, grouped: true, max: 3 })}`
        : nothing
    }
    ${
      missing.length
        ? columns(view, { ...box, y: box.y + tall + 3, h: box.h - tall - 3 }, [
            { key: 'missing', title: t('board.missing'), cards: missing },
          ])
        : nothing
    }
  </section>`;
}
