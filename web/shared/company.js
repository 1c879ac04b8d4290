// company.js -- who of some people is still there.
import { seatOf } from './model.js';

/** Those of these seats who have not left. @param {number[]} seats */
export const stayed = (state, seats) => seats.filter((n) => seatOf(state, n)?.presence !== 'left');
