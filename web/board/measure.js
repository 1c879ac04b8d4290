// measure.js -- how wide a text really is in the board's own type.

/** Words come again all the time; beyond this many the memory begins anew. */
const KEPT = 20000;

/**
 * @param {string} family
 * @param {CanvasRenderingContext2D} [context]
 * @returns {import('./fit.js').Measure}
 */
export function measurer(family, context = document.createElement('canvas').getContext('2d')) {
  let known = new Map();
  let font = '';
  return (text, size, weight = 400) => {
    const key = `${weight} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      const wanted = `${weight} 100px ${family}`;
      if (font !== wanted) context.font = font = wanted;
      width = context.measureText(text).width / 100;
      if (known.size > KEPT) known = new Map();
      known.set(key, width);
    }
    return width * size;
  };
}
