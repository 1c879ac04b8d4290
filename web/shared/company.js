// company.js -- who of some people is there, and on what.
import { seatOf } from './model.js';

/** Those of these seats who have not left. @param {number[]} seats */
export const stayed = (state, seats) => seats.filter((n) => seatOf(state, n)?.presence !== 'left');

/** In the room just now: neither away nor yet to come. @param {import('runde:protocol').TableSeat} seat */
export const isThere = ({ presence, awaited }) => presence === 'here' && !awaited;

/** Whether there is a phone at the seat: its own, or that of the one it shares with. */
export const hasPhone = (state, n) => {
  const seat = seatOf(state, n);
  return (seatOf(state, seat?.with) ?? seat)?.device !== 'none';
};
