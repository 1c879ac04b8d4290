// standing.js -- facts about how the minutes stand: what model.js folds, and a phone once its later script
// has come.

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
};
