// answers.js -- the seven answers as a phone reads them.
import { html, nothing } from 'lit-html';
import { isOf } from '../shared/author.js';
import { toldBodies } from '../shared/answers.js';
import { date } from '../shared/i18n.js';

/** The seven answers' and the bodies' names. */
export const names = (t) => ({
  next_step: t('answer.next_step'),
  action: t('answer.action'),
  targets: t('answer.targets'),
  stakeholders: t('answer.stakeholders'),
  tasks: t('answer.tasks'),
  follow_up: t('answer.follow_up'),
  feedback: t('answer.feedback'),
  school_board: t('phone.body_school_board'),
  pupil_council: t('phone.body_pupil_council'),
  staff_council: t('phone.body_staff_council'),
  other: t('phone.body_other'),
});

/** @type {(c: any, each: import('runde:protocol').Stakeholder) => any} */
const body = (c, { body: kind, name, settled, date: day }) =>
  html`<li>
    ${name ?? names(c.t)[kind]}:
    ${settled === 'today' ? c.t('phone.today') : settled === 'not_relevant' ? c.t('phone.not_relevant') : day ? date(day) : settled ? c.t('phone.unsettled') : c.t('phone.unanswered')}
  </li>`;

/** Tasks that grew from something that was said at this phone: only this phone says so. */
export const returns = (c) => {
  const mine = (id) => isOf(c.state.contributions.find((each) => each.id === id) ?? {}, c.ui.seats);
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
    ${it.date ? html`<p>${date(it.date)}</p>` : nothing}
    <p>${it.text}</p>
    ${
      it.tasks?.length
        ? html`<ol>
            ${it.tasks.map(task)}
          </ol>`
        : nothing
    }
    <ul>
      ${toldBodies(it).map((each) => body(c, each))}
    </ul>
  </section>`;
