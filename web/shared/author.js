// author.js -- whose a point is: the one place that knows how a point says so.

/**
 * The seats of those who wrote it, none where it is nobody's.
 * @param {{seat?: number | null, with_seats?: number[]}} point
 * @returns {number[]}
 */
export const authorsOf = ({ seat, with_seats = [] }) => (seat ? [seat, ...with_seats] : []);

/**
 * Whether one of them is among these seats.
 * @param {{seat?: number | null, with_seats?: number[]}} point  @param {number[]} seats
 */
export const isOf = (point, seats) => authorsOf(point).some((n) => seats.includes(n));
