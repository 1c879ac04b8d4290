// place.js -- lit directives for what the CSP lets no template write into a style attribute, and
// small helpers of the views.
import { noChange } from 'lit-html';
import { Directive, directive } from 'lit-html/directive.js';

class Vars extends Directive {
  constructor(info) {
    super(info);
    /**
     * What was set before, so that an unchanged value touches nothing. @type {Map<string, string>}
     */
    this.set = new Map();
  }

  /** @param {{[name: string]: string | number}} _values */
  render(_values) {
    return noChange;
  }

  update(part, [values]) {
    for (const [name, value] of Object.entries(values)) {
      const text = String(value);
      if (this.set.get(name) === text) continue;
      this.set.set(name, text);
      part.element.style.setProperty(`--${name}`, text);
    }
    return noChange;
  }
}

/** Custom properties of an element: html`<p ${vars({ size: 4 })}>`. */
export const vars = directive(Vars);

class Turned extends Directive {
  constructor(info) {
    super(info);
    this.angle = null;
  }

  /** @param {number} _angle @param {number} _radius */
  render(_angle, _radius) {
    return noChange;
  }

  update(part, [angle, radius]) {
    // The nearer way round, so that the floor never runs back round the whole table from the last
    // seat to the first.
    const from = this.angle ?? angle;
    this.angle = from + ((((angle - from) % 360) + 540) % 360) - 180;
    part.element.style.setProperty('--angle', `${this.angle}deg`);
    part.element.style.setProperty('--radius', `${-radius}px`);
    return noChange;
  }
}

/**
 * Turns an element round the ring's middle; between two renderings the style sheet lets it travel.
 */
export const turned = directive(Turned);

/** Lengths in u, as custom properties x, y, w, h. @param {import('./frame.js').Box} box */
export const boxed = ({ x, y, w, h }) =>
  vars({ x: x.toFixed(3), y: y.toFixed(3), w: w.toFixed(3), h: h.toFixed(3) });

/**
 * Keeps what was last made, while its key is the same: layouts are made anew only when something
 * has changed.
 * @template T
 * @returns {(key: string, make: () => T) => T}
 */
export function keeper() {
  /** @type {string | null} */
  let last = null;
  let kept;
  return (key, make) => {
    if (key !== last || kept === undefined) {
      kept = make();
      last = key;
    }
    return kept;
  };
}
