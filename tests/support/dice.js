// dice.js -- chance that comes again: the same numbers for the same seed.

/**
 * Numbers from 0 up to 1, without 1 (mulberry32).
 * @param {number} seed
 * @returns {() => number}
 */
export function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
