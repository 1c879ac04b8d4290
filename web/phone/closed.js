// closed.js -- standing up: what we agreed, what is mine to do, and the minutes and my notes to
// take home.
import { html, nothing } from 'lit-html';
import { blocks, cell, cellsOf, inline, sectionOf } from '../shared/draft.js';
import { erasedWords } from '../shared/keeping.js';
import { returns } from './answers.js';
import { isPast, own, standing } from './own.js';
import { button, nameOf, ours } from './pieces.js';
import { receipt } from './receipt.js';
import { isShared } from './sharing.js';
import { whom } from './whom.js';

/** Tasks of this phone's seats, by seat or by the name that was written, each with its row of the minutes. */
function mine(c, section) {
  const tasks = c.state.decision.answers.find((each) => each.answer === 'tasks')?.tasks ?? [];
  return tasks.flatMap((task, i) => {
    const cells = cellsOf(section, 'task', task.id ?? `${i + 1}`);
    return cells && c.ui.seats.some((n) => n === task.seat || nameOf(c, n) === task.owner)
      ? [{ task, cells }]
      : [];
  });
}

const taskView = (c, { task, cells: [, text, , due] }) =>
  html`<div class="task">
    <p class="soft">
      ${isShared(c) ? c.t('phone.task_of', { name: task.seat ? nameOf(c, task.seat) : task.owner }) : c.t('phone.your_task')}${task.due ? [' · ', inline(due.of)] : nothing}
    </p>
    <p>${inline(text.of)}</p>
    ${task.due ? button('calendar', c.t('phone.calendar'), 'quiet', JSON.stringify(task)) : nothing}
  </div>`;

const taskRow = ({ of }) =>
  html`<tbody class="one-task">
    <tr>
      ${of.map(cell)}
    </tr>
  </tbody>`;

/** What was agreed, as the minutes have it; while they are on their way, or do not come, that is said. */
function agreed(c) {
  const { minutes, fails } = c.ui.feed;
  if (!minutes && isPast(c)) return nothing;
  if (!minutes)
    return html`<p class="soft" role="status">
      ${fails || c.ui.status === 'lost' ? c.t('minutes.not_fetched') : c.t('minutes.fetching')}
    </p>`;
  const section = sectionOf(minutes, 'decisions');
  return section
    ? html`<section class="agreed" lang=${minutes.lang}>
        ${blocks(section.of, { task: taskRow })}
      </section>`
    : nothing;
}

/** Who sees what from now on, for how long, and how it is deleted. */
const kept = ({ t, state, ui }) =>
  html`<section class="answer">
      <h2>${t('phone.kept_title')}</h2>
      <p>${t('phone.kept_shown')}</p>
      <p>${erasedWords(state.meeting)}</p>
      ${whom(t, ui.about.contact)}
    </section>
    <details class="pick">
      <summary>${t('phone.wipe')}</summary>
      <p>${t('phone.wipe_then')}</p>
      ${button('wipe', t('phone.wipe_now'), 'quiet')}
    </details>`;

/** @param {any} c  as own.js has it */
export const closed = (c) => ({
  body: html`<h1>${c.t('phone.thanks', { name: ours(c) })}</h1>
    ${returns(c)}
    ${mine(c, sectionOf(c.ui.feed.minutes, 'decisions')).map((each) => taskView(c, each))}
    ${standing(c)} ${agreed(c)} ${own(c)} ${kept(c)}`,
  foot: [
    c.ui.got ? receipt(c.ui.got) : nothing,
    isPast(c) ? nothing : button('minutes', c.t('minutes.get')),
  ],
});
