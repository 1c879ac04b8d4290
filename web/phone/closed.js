// closed.js -- standing up: what we agreed, what is mine to do, and the minutes and my notes to
// take home.
import { html, nothing } from 'lit-html';
import { enums } from 'runde:protocol';
import { date } from '../shared/i18n.js';
import { answer, returns } from './answers.js';
import { button, nameOf, ours } from './pieces.js';
import { receipt } from './receipt.js';
import { isShared } from './sharing.js';

/** Tasks of this phone's seats, by seat or by the name that was written. */
const mine = (c) => {
  const tasks = c.state.decision.answers.find((each) => each.answer === 'tasks')?.tasks ?? [];
  return tasks.filter((task) =>
    c.ui.seats.some((n) => n === task.seat || nameOf(c, n) === task.owner),
  );
};

/** Where anything was decided, what is missing stands there too. */
const allSeven = ({ state: { decision } }) =>
  decision.answers.length
    ? enums.answer.map(
        (name) => decision.answers.find((each) => each.answer === name) ?? { answer: name },
      )
    : [];

/** Who sees what from now on, for how long, and how it is deleted. */
const kept = ({ t }) =>
  html`<section class="answer">
      <h2>${t('phone.kept_title')}</h2>
      <p>${t('phone.kept_shown')}</p>
      <p>${t('phone.kept_ask')}</p>
    </section>
    <details class="pick">
      <summary>${t('phone.wipe')}</summary>
      <p>${t('phone.wipe_then')}</p>
      ${button('wipe', t('phone.wipe_now'), 'quiet')}
    </details>`;

/** @param {import('./pieces.js').Context} c */
export const closed = (c) => ({
  body: html`<h1>${c.t('phone.thanks', { name: ours(c) })}</h1>
    ${returns(c)}
    ${mine(c).map(
      (task) =>
        html`<div class="task">
          <p class="soft">
            ${isShared(c) ? c.t('phone.task_of', { name: task.seat ? nameOf(c, task.seat) : task.owner }) : c.t('phone.your_task')}${task.due ? ` · ${date(task.due)}` : nothing}
          </p>
          <p>${task.text}</p>
          ${task.due ? button('calendar', c.t('phone.calendar'), 'quiet', JSON.stringify(task)) : nothing}
        </div>`,
    )}
    ${allSeven(c).map((each) => answer(c, each))} ${kept(c)}`,
  foot: [
    c.ui.got ? receipt(c.ui.got) : nothing,
    c.state.notes.length ? html`<p class="small">${c.t('phone.notes_go')}</p>` : nothing,
    button('minutes', c.t('minutes.get')),
    button('fetch', c.t('phone.fetch_notes'), 'quiet'),
  ],
});
