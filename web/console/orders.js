// orders.js -- the ways a round can go round the table, as the order of those who still wait. Pure.
import { leads, seatOf } from './read.js';

export const ORDERS = ['round', 'reversed', 'volunteers', 'leader_last'];

/**
 * Those who wait, in another order; everybody once.
 * @param {import('../shared/model.js').State} state
 * @param {string} way  one of ORDERS, or 'from'
 * @param {number} [from]  the seat to begin with, for 'from'
 * @returns {number[]}
 */
export function orderedAs(state, way, from) {
  const { queue, hands } = state.now;
  const waits = new Set(queue);
  const table = state.seats.map((seat) => seat.seat).filter((n) => waits.has(n));
  switch (way) {
    case 'reversed':
      return table.reverse();
    case 'volunteers':
      return [
        ...hands.filter((n) => queue.includes(n)),
        ...queue.filter((n) => !hands.includes(n)),
      ];
    case 'leader_last':
      return [
        ...queue.filter((n) => !leads(state, seatOf(state, n))),
        ...queue.filter((n) => leads(state, seatOf(state, n))),
      ];
    case 'from':
      return [...table.slice(table.indexOf(from)), ...table.slice(0, table.indexOf(from))];
    default:
      return table;
  }
}

/** Whether choosing a way would change anything. */
export const changesOrder = (state, way, from) =>
  orderedAs(state, way, from).some((n, i) => n !== state.now.queue[i]);

/** The one who waits, put before all others. */
export const first = (queue, seat) => [seat, ...queue.filter((n) => n !== seat)];
