// came.js -- the first part opens with what came of last time: each task, and how far it is.
import { html, nothing, svg } from 'lit-html';
import { tasksCarried } from '../shared/carried.js';
import { t } from '../shared/i18n.js';
import { LEAST, fitList } from './fit.js';
import { pageLine } from './pages.js';
import { dayOf, mark } from './pieces.js';
import { boxed, vars } from './place.js';
import { turnRows } from './turn.js';

/** @import {Carried} from 'runde:protocol' */

const DONE = { done: /** @type {const} */ ('yes'), under_way: /** @type {const} */ ('part') };

/** A crossed ring: nobody goes on with it. That of a task of which nothing was said is empty. */
const dropped = () =>
  html`<svg class="mark" viewBox="0 0 36 36" aria-hidden="true">
    ${svg`<circle cx="18" cy="18" r="13.5" class="open"></circle><path d="M11.5 11.5l13 13M24.5 11.5l-13 13" class="cross"></path>`}
  </svg>`;

const signOf = (/** @type {Carried} */ { outcome }) =>
  outcome === 'dropped' ? dropped() : mark(DONE[outcome] ?? 'not');

/** How far a task is, in words: what came of it, or that nobody has said, and its day. */
export const cameOf = (/** @type {Carried} */ { outcome, word, due }) =>
  outcome
    ? [t('shared.outcome.' + outcome), word].filter(Boolean).join(': ')
    : [t('board.not_said'), due ? t('board.by_day', { day: dayOf(due) }) : '']
        .filter(Boolean)
        .join(' · ');

/** What it is, and whose. */
const whatOf = (/** @type {Carried} */ { owner, text }) => (owner ? `${owner}: ${text}` : text);

const LEAD = 1.28;
const GAP = 0.7;
/** The sign before a task takes so much of the width. */
const SIGN = 5.4;

/** Smaller than this, a column beside the table is too narrow for them. */
const BESIDE = 2.8;

/** Beside the table what came of a task stands below it; on the whole wall to its right. */
const rowsOf = (/** @type {Carried[]} */ tasks, wide) =>
  tasks.map((each) =>
    wide
      ? [
          { text: whatOf(each), part: 0.6 },
          { text: cameOf(each), part: 0.36 },
        ]
      : [{ text: `${whatOf(each)}\n${cameOf(each)}`, part: 1 }],
  );

const sizeIn = ({ w, h }, same) => ({
  ...{ w: w - SIGN, h: h - (same ? 2 : 10), max: 3.8, min: LEAST, lead: LEAD, gap: GAP },
});

/** Whether the item is called as this page is: then it stands above already. */
const isNamed = ({ part }) => part.item.title === t('shared.came');

/** Whether the tasks need the whole wall, for beside the table they would be cut or small. */
export function wantsWall(view) {
  const { state, frame, measure } = view;
  const size = { ...sizeIn(frame.side, isNamed(view)), min: BESIDE };
  return !fitList(rowsOf(tasksCarried(state), false), size, measure).whole;
}

/**
 * The tasks in a box, as large as they can be, on pages that turn where it takes several.
 * @param {import('./pieces.js').View} view
 * @param {import('./frame.js').Box} box
 * @param {boolean} wide  the box is the whole wall
 */
export function cameIn(view, box, wide) {
  const { state, at, measure, frame } = view;
  const same = isNamed(view);
  const tasks = tasksCarried(state);
  const across = wide && !frame.upright;
  const laid = turnRows(rowsOf(tasks, across), sizeIn(box, same), at, measure);
  return html`<section
      class=${across ? 'came across at' : 'came at'}
      ${boxed(box)}
      ${vars({ size: laid.size.toFixed(3), most: laid.most })}
    >
      ${same ? nothing : html`<h2>${t('shared.came')}</h2>`}
      <ul>
        ${laid.texts.map((texts, i) => {
          const task = tasks[laid.from + i];
          return html`<li class=${task.outcome ?? 'not-said'}>
            ${signOf(task)}${texts.map((text) => html`<span class="clamp">${text}</span>`)}
          </li>`;
        })}
      </ul>
    </section>
    ${pageLine(laid.page, laid.pages, box)}`;
}
