// answers.js -- the seven answers: rows of the draft, one at a time open to write in.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { BASES, saidBefore, tick } from '../shared/bases.js';
import { cell, inline } from '../shared/draft.js';
import { t } from '../shared/i18n.js';
import { uuid } from '../shared/link.js';
import { answerOf, stakeholdersOf, standingOf, suggestionsOf, tasksOf } from '../shared/answers.js';
import { ownerLeft, withStakeholder, withTask } from '../shared/deciding.js';
import { answerKey } from '../shared/keys.js';
import { deskField, writesHere } from '../shared/field.js';
import { callName } from '../shared/names.js';
import { button, by, dateField, nameOf, open } from './pieces.js';
import { basesOf, may } from './read.js';

export const answerName = (answer) => t('answer.' + answer);
const bodyName = (each) => each.name ?? t('minutes.body.' + each.body);

/**
 * A row of the draft: its question opens it to write in, and what is written stands there for paper.
 * @param {import('./pieces.js').Ctx} ctx
 * @param {import('../shared/draft.js').Node} node
 */
export function answerRow(ctx, { id, of: [head, said] }) {
  const answer = /** @type {import('runde:protocol').Answer} */ (id);
  const writes = may(ctx, 'decide');
  const isOpened = writes && ctx.ui.answer === answer;
  const toggle = () => ctx.set({ answer: isOpened ? null : answer });
  const name = html`<span class=${`mark ${standingOf(ctx.state, answer)}`} aria-hidden="true"></span
    ><span>${inline(head.of)}</span>`;
  return html`<tbody class=${`answer${isOpened ? ' opened' : ''}`} id=${`answer-${answer}`}>
    <tr>
      <th scope="row" colspan=${isOpened ? 2 : nothing}>
        ${
          writes
            ? html`<button
                  type="button"
                  class="answer-name"
                  aria-expanded=${String(isOpened)}
                  @click=${toggle}
                >
                  ${name}</button
                >${writesHere(ctx, answerKey(answer))}`
            : html`<span class="answer-name">${name}</span>`
        }
      </th>
      ${isOpened ? nothing : html`<td class=${writes ? 'said press' : 'said'} @click=${writes ? toggle : nothing}>${inline(said.of)}</td>`}
    </tr>
    ${
      isOpened
        ? html`<tr class="read">
              <td colspan="2">${inline(said.of)}</td>
            </tr>
            <tr class="tool">
              <td colspan="2">${editor(ctx, answer)}</td>
            </tr>`
        : nothing
    }
  </tbody>`;
}

/** A task of the draft: a press leads to where tasks are written. */
export function taskRow(ctx, { of }) {
  const go = () => {
    ctx.set({ answer: 'tasks' });
    ctx.go('answer-tasks');
  };
  const writes = may(ctx, 'decide');
  return html`<tbody class="one-task">
    <tr class=${writes ? 'press' : nothing} @click=${writes ? go : nothing}>
      ${of.map(cell)}
    </tr>
  </tbody>`;
}

const restsOn = (state, ids) => {
  const bases = basesOf(state, ids);
  return bases.length
    ? html`<p class="soft">
        ${t('minutes.rests_on')}
        ${bases.map(({ text }) => t('minutes.quoted', { text })).join(', ')}
      </p>`
    : nothing;
};

/* Writing. */

function editor(ctx, answer) {
  const { state } = ctx;
  const it = answerOf(state, answer);
  const forward = state.decision.open === answer;
  const inMeeting = state.now.state === 'running' || state.now.state === 'paused';
  return html` <div class="editor">
    ${answer === 'follow_up' ? dateField({ value: it.date, label: t('minutes.follow_up_date'), choose: (date) => ctx.put(answer, { date, unsettled: undefined }) }) : nothing}
    ${answer === 'stakeholders' ? bodiesEditor(ctx) : nothing}
    ${answer === 'tasks' ? tasksEditor(ctx) : nothing}
    ${deskField(ctx, {
      unit: answerKey(answer),
      rows: answer === 'tasks' || answer === 'stakeholders' ? 1 : 3,
      label: answerName(answer),
      placeholder:
        answer === 'tasks' || answer === 'stakeholders'
          ? t('minutes.remark')
          : t('minutes.answer_text'),
    })}
    ${
      answer === 'tasks' || answer === 'stakeholders'
        ? restsOn(state, it.based_on)
        : linking(ctx, `on.${answer}`, it.based_on, (ids) =>
            ctx.put(answer, { based_on: ids.length ? ids : undefined }),
          )
    }
    ${suggestions(ctx, answer)}
    <div class="bar">
      <label class="check"
        ><input
          type="checkbox"
          .checked=${live(Boolean(it.unsettled))}
          @change=${(event) => ctx.put(answer, { unsettled: event.target.checked })}
        />${t('minutes.leave_open')}</label
      >
      ${inMeeting ? button(forward ? t('minutes.on_board') : t('minutes.show_on_board'), () => ctx.forward(answer), { look: 'small', disabled: forward }) : nothing}
      <span class="soft saved" role="status"
        >${ctx.pending(answer) ? t('minutes.saving') : nothing}</span
      >
      ${button(t('minutes.done'), () => ctx.set({ answer: null }), { look: 'small' })}
    </div>
  </div>`;
}

/** What it rests on, and on request all that was said before, to be ticked. */
function linking(ctx, key, chosen = [], save) {
  const list = saidBefore(ctx.state);
  if (!list.length) return restsOn(ctx.state, chosen);
  const opened = ctx.ui.linking === key;
  return html`<div class="linking">
    ${opened ? nothing : restsOn(ctx.state, chosen)}
    <button
      type="button"
      class="b small"
      aria-expanded=${String(opened)}
      @click=${() => ctx.set({ linking: opened ? null : key })}
    >
      ${t('minutes.rests_on_which')}
    </button>
    ${
      opened
        ? html`<fieldset class="links">
            <legend>${t('minutes.rests_on_most', { n: BASES })}</legend>
            ${repeat(
              list,
              (each) => each.id,
              (each) =>
                tick(each, chosen, save, html`${by(ctx.state, each, { first: true })}${each.text}`),
            )}
            ${button(t('minutes.done'), () => ctx.set({ linking: null }), { look: 'small' })}
          </fieldset>`
        : nothing
    }
  </div>`;
}

function suggestions(ctx, answer) {
  const list = suggestionsOf(ctx.state, answer);
  if (!list.length) return nothing;
  return html`<div class="suggestions">
    <h3>${t('minutes.suggestions')}</h3>
    <ul class="plain">
      ${list.map(({ point, taken }) => html`<li>${suggestion(ctx, point, taken)}</li>`)}
    </ul>
  </div>`;
}

/** A suggestion, and the one press that takes it in. */
export const suggestion = (ctx, point, taken) =>
  html` <div class="suggestion">
    <span>${point.text}${by(ctx.state, point)}</span>
    ${
      taken
        ? html`<span class="soft taken">${t('minutes.taken')}</span>`
        : button(t('minutes.take'), () => ctx.take(point), {
            look: 'small',
            title: t('minutes.take_of', { text: point.text, answer: answerName(point.answer) }),
          })
    }
  </div>`;

function bodiesEditor(ctx) {
  const list = stakeholdersOf(ctx.state);
  const put = (stakeholders) => ctx.put('stakeholders', { stakeholders, unsettled: undefined });
  const change = (i, what) => put(withStakeholder(list, i, what));
  const add = (event) => {
    event.preventDefault();
    const input = event.target.elements.name;
    const name = input.value.trim();
    if (!name) return;
    put([...list.filter((each) => each.settled), { body: 'other', name, settled: 'unsettled' }]);
    input.value = '';
  };
  return html` ${list.map(
      (each, i) =>
        html` <fieldset class="body">
          <legend>${bodyName(each)}</legend>
          ${['today', 'date', 'not_relevant', 'unsettled'].map(
            (settled) =>
              html`<label class="choice"
                ><input
                  type="radio"
                  name=${`body-${i}`}
                  .checked=${live(each.settled === settled)}
                  @change=${() => change(i, { settled })}
                /><span>${t('minutes.choice.' + settled)}</span></label
              >`,
          )}
          ${
            each.settled === 'date'
              ? dateField({
                  value: each.date,
                  label: t('minutes.date_of', { name: bodyName(each) }),
                  choose: (date) => change(i, { date }),
                })
              : nothing
          }
          ${
            each.body === 'other'
              ? button(t('minutes.remove'), () => change(i, { settled: null }), {
                  look: 'small quiet',
                  title: t('minutes.remove_of', { text: bodyName(each) }),
                })
              : nothing
          }
        </fieldset>`,
    )}
    <form class="adder" @submit=${add}>
      <input
        class="field"
        name="name"
        maxlength="60"
        autocomplete="off"
        aria-label=${t('minutes.other_body')}
        placeholder=${t('minutes.other_body')}
      />
      <button class="b small">${t('minutes.add')}</button>
    </form>`;
}

function tasksEditor(ctx) {
  const { state } = ctx;
  const tasks = tasksOf(state);
  const put = (next) =>
    ctx.put('tasks', (it) => ({ ...next(it.tasks ?? []), unsettled: undefined }));
  const change = (name, what) => ctx.put('tasks', (it) => withTask(state, it, name, what));
  const add = (event) => {
    event.preventDefault();
    const input = event.target.elements.text;
    const text = input.value.trim();
    if (!text) return;
    put((all) => ({ tasks: [...all, { id: uuid(), text }] }));
    input.value = '';
  };
  return html` <datalist id="people">
      ${state.seats.filter((seat) => seat.name).map((seat) => html`<option value=${callName(seat)}></option>`)}
    </datalist>
    ${repeat(
      tasks,
      (task, i) => task.id ?? i,
      (task, i) => taskEditor(ctx, task, i, change, put),
    )}
    <form class="adder" @submit=${add}>
      <input
        class="field"
        name="text"
        maxlength="600"
        autocomplete="off"
        aria-label=${t('minutes.new_task')}
        placeholder=${t('minutes.new_task')}
      />
      <button class="b small">${t('minutes.add')}</button>
    </form>`;
}

function taskEditor(ctx, task, i, change, put) {
  const name = task.id ?? `#${i}`;
  const unit = answerKey('tasks');
  return html` <fieldset class="task">
    <legend>${t('minutes.task_no', { no: String(i + 1) })}</legend>
    ${deskField(ctx, { unit, path: `tasks.${name}.text`, label: t('minutes.task'), rows: 2 })}
    <div class="bar">
      ${deskField(ctx, { unit, path: `tasks.${name}.owner`, label: t('minutes.owner'), placeholder: t('minutes.owner'), list: 'people', also: (all) => withTask(ctx.state, all, name) })}
      ${dateField({ value: task.due, label: t('minutes.due_of', { no: String(i + 1) }), choose: (due) => change(name, { due }) })}
      ${button(t('minutes.remove'), () => remove(ctx, task, i, name, put), { look: 'small quiet', title: t('minutes.remove_of', { text: task.text }) })}
    </div>
    ${linking(ctx, `on.tasks.${name}`, task.builds_on, (ids) => change(name, { builds_on: ids }))}
    ${lacks(ctx.state, task)}
  </fieldset>`;
}

/** A task is taken away, and may be put back where it stood. */
async function remove(ctx, task, i, name, put) {
  const reply = await put((all) => ({ tasks: all.filter((each) => each.id !== name) }));
  if (reply.ok)
    ctx.tell(t('minutes.task_removed'), () =>
      put((all) => ({ tasks: [...all.slice(0, i), { ...task, id: uuid() }, ...all.slice(i)] })),
    );
}

function lacks(state, task) {
  const owner = task.owner || task.seat;
  if (owner && ownerLeft(state, task))
    return html`<p class="soft">
      ${t('minutes.to_be_agreed', { name: task.owner ?? nameOf(state, task.seat) })}
    </p>`;
  if (owner && task.due) return nothing;
  return html`<p>
    ${open(owner ? t('minutes.lacks_due') : task.due ? t('minutes.lacks_owner') : t('minutes.lacks_both'))}
  </p>`;
}
