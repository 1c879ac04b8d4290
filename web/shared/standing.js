// standing.js -- facts about how the minutes stand, and what people say of their points in them: model.js
// folds them, but on a phone the script that comes later.
import { point, put } from './folding.js';

/** @type {import('./model.js').Folds} */
export const folds = {
  'minutes.approved': (s, { at: approved, by: approved_by }) => ({
    standing: { state: 'approved', approved, approved_by },
  }),
  'minutes.published': (s, { at: published, by: published_by }) => ({
    standing: { ...s.standing, state: 'published', published, published_by },
  }),
  'minutes.drafted': (s, { changed }) => ({
    standing: changed ? { ...s.standing, state: 'draft', changed } : { state: 'draft' },
  }),
  'minutes.disputed': (s, { contribution, seat, text }) => {
    const others = (s.disputes ?? []).filter(
      (each) => each.contribution !== contribution || each.seat !== seat,
    );
    return { disputes: text ? [...others, { contribution, seat, text }] : others };
  },
  /** Whoever was misunderstood sees that their point has other words since. */
  'contribution.edited': (s, f) => ({
    contributions: put(s.contributions, 'id', point(f)),
    ...(f.text && {
      disputes: (s.disputes ?? []).map((each) =>
        each.contribution === f.contribution ? { ...each, mended: true } : each,
      ),
    }),
  }),
};
