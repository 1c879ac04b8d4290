// seconds.js -- which second a page's clock shows from when on: how far screens are apart.

/** Runs in the page before anything else: a device whose clock is wrong. @param {number} ms */
export function wrongBy(ms) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) {
      if (parts.length) super(.../** @type {[any]} */ (parts));
      else super(Real.now() + ms);
    }
    static now = () => Real.now() + ms;
  };
}

/**
 * Runs in the page: which second is shown from when on, by the machine's own clock, in
 * `globalThis.shown`. A board shows it as the length of an arc. @param {number} whole  seconds
 */
export function note(whole) {
  const shown = (globalThis.shown = {});
  const look = () => {
    const arc = document.querySelector('.time-left');
    const face = document.querySelector('.face b, .clock b')?.textContent.split(':');
    const second = arc
      ? Math.ceil((1 + Number(arc.getAttribute('stroke-dashoffset'))) * whole - 0.05)
      : face
        ? Number(face[0]) * 60 + Number(face[1])
        : 0;
    shown[second] ??= performance.timeOrigin + performance.now();
  };
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

/**
 * Of the seconds that all of these screens have shown, but for the first, which was there already.
 * @param {Record<string, number>[]} all  what `note` has seen in each
 * @returns {{apart: number[], ends: number}}  apart: for each second the ms from the first screen
 *   that showed it to the last, least first; ends: how far apart their ideas of the end are, each
 *   by its promptest second: a busy machine makes a page late, never early
 */
export function compare(all) {
  const common = Object.keys(all[0])
    .filter((second) => all.every((each) => each[second]))
    .sort((a, b) => Number(b) - Number(a))
    .slice(1);
  const times = (second) => all.map((each) => each[second]);
  const ends = all.map((each) =>
    Math.min(...common.map((second) => each[second] + Number(second) * 1000)),
  );
  return {
    apart: common
      .map((second) => Math.max(...times(second)) - Math.min(...times(second)))
      .sort((a, b) => a - b),
    ends: Math.max(...ends) - Math.min(...ends),
  };
}
