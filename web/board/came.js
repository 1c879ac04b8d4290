// came.js -- the first part opens with what came of last time: each task, and how far it is.
import { html, nothing } from 'lit-html';
import { tasksCarried } from '../shared/carried.js';
import { t } from '../shared/i18n.js';
import { LEAST, fitList } from './fit.js';
import { dayOf, mark } from './pieces.js';
import { boxed, vars } from './place.js';

const DONE = { done: /** @type {const} */ ('yes'), under_way: /** @type {const} */ ('part') };

/** A task of last time in words: whose it is, what; then what came of it, or by when it was to be done. */
const lineOf = (
  /** @type {import('runde:protocol').Carried} */ { text, owner, due, outcome, word },
) =>
  [
    owner ? `${owner}: ${text}` : text,
    outcome
      ? [t('shared.outcome.' + outcome), word].filter(Boolean).join(': ')
      : due
        ? dayOf(due)
        : '',
  ]
    .filter(Boolean)
    .join('\n');

/**
 * The tasks in a box, as large as they can be.
 * @param {import('./pieces.js').View} view
 * @param {import('./frame.js').Box} box
 */
export function cameIn({ state, part, measure }, box) {
  const same = part.item.title === t('shared.came'); // It stands above already.
  const tasks = tasksCarried(state);
  const fitted = fitList(
    tasks.map((each) => lineOf(each)),
    { w: box.w - 6, h: box.h - (same ? 2 : 10), max: 3.8, min: LEAST, lead: 1.28, gap: 0.7 },
    measure,
  );
  return html`<section
    class="came at"
    ${boxed(box)}
    ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}
  >
    ${same ? nothing : html`<h2>${t('shared.came')}</h2>`}
    <ul>
      ${fitted.texts.map(
        ([line], i) =>
          html`<li class=${tasks[i].outcome ?? nothing}>
            ${mark(DONE[tasks[i].outcome] ?? 'not')}<span class="clamp">${line}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}
