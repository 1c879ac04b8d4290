// people.js -- who talks with whom, as all screens ask for it.
import { seatOf } from '../../shared/model.js';

/** Those of a pair who are still of the company. @returns {number[]} */
export const peopleOf = (state, { seats }) =>
  seats.filter((n) => seatOf(state, n)?.presence !== 'left');

/** The pairs of a part in which somebody is. */
export const pairsOf = (state, part) =>
  state.pairs.filter((pair) => pair.part === part.id && peopleOf(state, pair).length);
