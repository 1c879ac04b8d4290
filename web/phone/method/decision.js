// decision.js -- the seven answers as they fill in, and a field to suggest with. Nothing is voted
// on.
import { html, nothing } from 'lit-html';
import { enums } from 'runde:protocol';
import { date } from '../../shared/i18n.js';
import { clock, drawer } from '../pieces.js';
import { compose, points } from '../points.js';
import { asks } from '../table.js';

/** The seven answers' and the bodies' names. */
const names = (t) => ({
  next_step: t('phone.answer_next_step'),
  action: t('phone.answer_action'),
  targets: t('phone.answer_targets'),
  stakeholders: t('phone.answer_stakeholders'),
  tasks: t('phone.answer_tasks'),
  follow_up: t('phone.answer_follow_up'),
  feedback: t('phone.answer_feedback'),
  school_board: t('phone.body_school_board'),
  pupil_council: t('phone.body_pupil_council'),
  staff_council: t('phone.body_staff_council'),
  other: t('phone.body_other'),
});

const body = (c, { body: kind, name, settled, date: day }) =>
  html`<li>
    ${name ?? names(c.t)[kind]}:
    ${settled === 'today' ? c.t('phone.today') : day ? date(day) : c.t('phone.unsettled')}
  </li>`;

/** Tasks that grew from something that was said at this phone: only this phone says so. */
export const returns = (c) => {
  const mine = (id) =>
    c.ui.seats.includes(c.state.contributions.find((each) => each.id === id)?.seat);
  const tasks = c.state.decision.answers.find((each) => each.answer === 'tasks')?.tasks ?? [];
  return tasks.map((task, i) =>
    task.builds_on?.some(mine)
      ? html`<p class="notehead" role="status">${c.t('phone.returns', { n: i + 1 })}</p>`
      : nothing,
  );
};

const task = (it) =>
  html`<li>
    ${it.text}<span>${[it.owner, it.due && date(it.due)].filter(Boolean).join(' · ')}</span>
  </li>`;

/** One answer as it stands: its text, date, tasks and bodies, or that it is open. */
export const answer = (c, it, question = /** @type {any} */ (nothing)) =>
  html`<section class="answer ${c.state.decision.open === it.answer ? 'open' : ''}">
    <h2>${names(c.t)[it.answer]}</h2>
    ${question}
    ${it.text || it.date || it.tasks?.length || it.stakeholders?.length ? nothing : html`<p class="soft">${it.unsettled ? c.t('phone.unsettled') : c.t('phone.unanswered')}</p>`}
    <p>${it.text} ${it.date ? date(it.date) : nothing}</p>
    ${
      it.tasks?.length
        ? html`<ol>
            ${it.tasks.map(task)}
          </ol>`
        : nothing
    }
    <ul>
      ${it.stakeholders?.map((each) => body(c, each))}
    </ul>
  </section>`;

/** A part that asks seven questions asks one for each answer: the open one's is told. */
const inOrder = (c) => c.part.questions?.length === enums.answer.length;
const its = (c, name) =>
  inOrder(c) && c.state.decision.open === name
    ? html`<p class="soft">${c.part.questions[enums.answer.indexOf(name)]}</p>`
    : nothing;

/**
 * An answer with what is suggested for it. Its place in the page is always the same, and only its
 * looks move: who writes goes on.
 */
const asked = (c, it) =>
  html`<div class=${c.state.decision.open === it.answer ? 'first' : ''}>
    ${answer(c, it, its(c, it.answer))} ${points(c, (each) => each.answer === it.answer)}
    <details class="pick">
      <summary>${c.t('phone.suggest')}</summary>
      ${compose(c, c.t('phone.suggestion'), it.answer, c.t('phone.send'))}
    </details>
  </div>`;

/** @param {import('../pieces.js').Context} c */
export default function decision(c) {
  const { answers } = c.state.decision;
  return {
    body: html`<div class="ask">
        <h1>${c.part.title ?? c.part.item.title}</h1>
        ${clock(c)}
      </div>
      ${inOrder(c) ? nothing : asks(c)} ${returns(c)}
      <div class="answers">
        ${enums.answer.map((each) => asked(c, answers.find((known) => known.answer === each) ?? { answer: each }))}
      </div>`,
    foot: drawer(c),
  };
}
