// author.js -- whose a point is: the one place that knows how a point says so.

/**
 * The seats of those who wrote it: of several, where they said it together; none where it is
 * nobody's.
 * @param {{seat?: number | null, with_seats?: number[]}} point
 * @returns {number[]}
 */
export const authorsOf = ({ seat, with_seats: others = [] }) => (seat ? [seat, ...others] : []);
