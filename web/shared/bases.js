// bases.js -- which points something rests on: an answer, a task, a point of a later lap. Up to
// three, of what was said before.
import { html } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import * as traits from 'runde:traits';
import { partOf } from './model.js';

/** As many points as something may rest on. */
export const BASES = 3;

/**
 * What an answer may rest on: all that was said in the talks, but no suggestions and nothing that
 * is nobody's. Newest first.
 */
export const saidBefore = (/** @type {import('./model.js').State} */ state) =>
  state.contributions
    .filter((each) => each.text && !each.answer && !traits.nameless(partOf(state, each.part)))
    .reverse();

/** One more or one less; never a fourth. @param {string[]} chosen */
export const toggled = (chosen, id) =>
  chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id].slice(0, BASES);

/**
 * A point to tick.
 * @param {import('runde:protocol').Contribution} point  @param {string[]} chosen
 * @param {(ids: string[]) => any} save  @param {any} words  how the point is told
 */
export const tick = (point, chosen, save, words) => {
  const on = chosen.includes(point.id);
  return html`<label class="check"
    ><input
      type="checkbox"
      .checked=${live(on)}
      ?disabled=${!on && chosen.length >= BASES}
      @change=${() => save(toggled(chosen, point.id))}
    /><span>${words}</span></label
  >`;
};
