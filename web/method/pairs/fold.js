// fold.js -- who talks with whom, what a pair has written as far as this page may know it, and its
// points once that is shown.
import { drop, once, revealed, without } from '../../shared/folding.js';

/** What a state has of it before anybody is paired. */
export const empty = { pairs: [] };

const isThe = (f) => (each) => each.part === f.part && each.pair === f.pair;

/** One pair otherwise. */
const changed = (s, f, change) => ({
  pairs: s.pairs.map((each) => (isThe(f)(each) ? { ...each, ...change } : each)),
});

/**
 * What phones never hear of: that a pair which they are not in has written.
 * @type {import('../../shared/model.js').Folds}
 */
const notForPhones = {
  'pairs.noted': (s, f) => changed(s, f, { written: f.written || undefined }),
};

/** @type {import('../../shared/model.js').Folds} */
export const folds = {
  // Pairs that stand already are among them, and keep what they have written.
  'pairs.made': (s, { part, pairs }) => ({
    pairs: [
      ...drop(s.pairs, 'part', part),
      ...pairs.map((each) => ({ ...s.pairs.find(isThe(each)), ...each })),
    ],
  }),
  'pairs.joined': (s, f) => ({
    pairs: (s.pairs.some(isThe(f))
      ? s.pairs
      : [...s.pairs, { part: f.part, pair: f.pair, seats: [] }]
    )
      .map((each) =>
        each.part === f.part
          ? { ...each, seats: (each.pair === f.pair ? once : without)(each.seats, f.seat) }
          : each,
      )
      .filter((each) => each.seats[0]),
  }),
  'pairs.written': (s, f) => changed(s, f, { text: f.text, moved: f.moved }),
  'pairs.shown': (s, { part, points }) =>
    revealed(s, { part, points: points.map(({ pair, ...each }) => each) }),
  'pairs.hidden': (s, { part, contributions }) => ({
    shown: without(s.shown, part),
    contributions: s.contributions.filter(({ id }) => !contributions.includes(id)),
  }),
  ...(globalThis.RUNDE_PAGE === 'phone' ? {} : notForPhones),
};
