// fold.js -- points that only their writer sees, until all are shown and nobody's.
import { drop, point, put, revealed, undoable } from '../../shared/folding.js';

/** What a state has of it before anything is written: one's own points, the parts that are shown. */
export const empty = { own: [], shown: [] };

/** @type {import('../../shared/model.js').Folds} */
export const folds = {
  'retro.added': (s, f) => ({ own: put(s.own, 'id', point(f)) }),
  'retro.edited': (s, f) => ({ own: put(s.own, 'id', point(f)) }),
  'retro.withdrawn': (s, f) => ({ own: drop(s.own, 'id', f.contribution) }),
  'retro.shown': (s, f) => ({
    ...undoable([]), // Undo goes over no redaction.
    ...revealed(s, f),
    own: drop(s.own, 'part', f.part),
  }),
};
