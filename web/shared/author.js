// author.js -- whose a point is: the one place that knows how a point says so.

/**
 * The seats of those who wrote it, none where it is nobody's.
 * @param {{seat?: number | null}} point
 * @returns {number[]}
 */
export const authorsOf = ({ seat }) => (seat ? [seat] : []);
