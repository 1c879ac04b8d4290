// answers.js -- the seven answers: one open with its fields, the others as lines that say how they
// stand.
import { html, nothing } from 'lit-html';
import { date, t } from '../shared/i18n.js';
import { uuid } from '../shared/link.js';
import {
  answerOf,
  ANSWERS,
  stakeholdersOf,
  standingOf,
  suggestionsOf,
  tasksOf,
} from '../shared/answers.js';
import { ownerLeft, takingIn, withStakeholder, withTask } from '../shared/deciding.js';
import { answerKey } from '../shared/keys.js';
import { callName } from '../shared/names.js';
import { deskField, writesHere } from '../shared/field.js';
import { adder, by, plain, when } from './pieces.js';
import { saidBefore } from '../shared/bases.js';
import { countWords } from '../shared/counts.js';
import { picker } from './pick.js';
import { nudge } from './nudge.js';
import * as icons from './icons.js';

/**
 * Something was chosen in an answer. It stays the one that is open: what fills it must not bring
 * another one under the finger.
 */
const set = (ctx, answer, change) => {
  ctx.set({ answer });
  return ctx.texts.put(answerKey(answer), (it) => ({
    ...it,
    ...(typeof change === 'function' ? change(it) : change),
  }));
};

/** What somebody writes is no longer left open. */
const settled = (it) => ({ ...it, unsettled: it.unsettled && !it.text });

const textField = (ctx, answer, rows = 3) =>
  deskField(ctx, {
    unit: answerKey(answer),
    rows,
    label: t('answer.' + answer),
    placeholder: t('console.answer_text'),
    also: settled,
  });

const dateField = (ctx, label, value, save) =>
  html` <label class="date"
    ><span class="sub">${label}</span>
    ${when({ type: 'date', value, tell: (day) => save(day || undefined) })}</label
  >`;

const SETTLED = ['today', 'date', 'not_relevant', 'unsettled'];

const stakeholder = (ctx, it, index) => {
  const name = it.body === 'other' ? it.name : t('console.body.' + it.body);
  const save = (change) =>
    set(ctx, 'stakeholders', {
      unsettled: false,
      stakeholders: withStakeholder(stakeholdersOf(ctx.state), index, change),
    });
  return html`<div class="holder">
    <span class="holder-name">${name}</span>
    <div class="segments" role="radiogroup" aria-label=${name}>
      ${SETTLED.map(
        (settled) =>
          html`<button
            class="b small"
            role="radio"
            aria-checked=${it.settled === settled ? 'true' : 'false'}
            @click=${() => save({ settled })}
          >
            ${t('console.settled.' + settled)}
          </button>`,
      )}
    </div>
    ${it.settled === 'date' ? dateField(ctx, t('console.when'), it.date, (value) => save({ date: value })) : nothing}
  </div>`;
};

const stakeholders = (ctx) => {
  const list = stakeholdersOf(ctx.state);
  const add = (name) =>
    set(ctx, 'stakeholders', (it) => ({
      unsettled: false,
      stakeholders: [...(it.stakeholders ?? []), { body: 'other', name, settled: 'unsettled' }],
    }));
  return html`<p class="sub">${t('console.holders_when')}</p>
    ${list.map((it, i) => stakeholder(ctx, it, i))} ${textField(ctx, 'stakeholders', 1)}
    ${adder(ctx, { key: 'holder', label: t('console.holder_other'), button: t('console.add'), add, max: 60 })}`;
};

function task(ctx, it, index) {
  const name = it.id ?? `#${index}`;
  const save = (change) =>
    set(ctx, 'tasks', (all) => ({ ...withTask(ctx.state, all, name, change), unsettled: false }));
  const remove = async () => {
    const reply = await set(ctx, 'tasks', ({ tasks }) => ({
      tasks: tasks.filter((each) => each.id !== name),
    }));
    if (reply.ok)
      ctx.say(t('console.task_removed'), () =>
        set(ctx, 'tasks', ({ tasks = [] }) => ({
          tasks: [...tasks.slice(0, index), { ...it, id: uuid() }, ...tasks.slice(index)],
        })),
      );
  };
  const unit = answerKey('tasks');
  return html`<li class="task">
    ${deskField(ctx, { unit, path: `tasks.${name}.text`, label: t('console.task'), rows: 1, also: settled })}
    ${deskField(ctx, { unit, path: `tasks.${name}.owner`, label: t('console.owner'), placeholder: t('console.owner'), list: 'owners', look: 'owner', also: (all) => withTask(ctx.state, all, name) })}
    ${when({ type: 'date', label: t('console.due'), value: it.due, tell: (due) => save({ due: due || undefined }) })}
    <button
      class="b small"
      aria-label=${t('console.task_remove', { text: it.text })}
      @click=${remove}
    >
      ${icons.cross()}
    </button>
    ${picker(ctx, { key: `on ${name}`, chosen: it.builds_on ?? [], list: saidBefore(ctx.state), save: (builds_on) => save({ builds_on }) })}
    ${
      ownerLeft(ctx.state, it)
        ? html`<span class="open-mark">${t('console.owner_left', { name: it.owner })}</span>`
        : it.owner && it.due
          ? nothing
          : html`<span class="open-mark"
              >${icons.warn()}${it.owner ? t('console.task_no_date') : it.due ? t('console.task_no_owner') : t('console.task_neither')}</span
            >`
    }
  </li>`;
}

const tasks = (ctx) => {
  const list = tasksOf(ctx.state);
  const add = (text) =>
    set(ctx, 'tasks', ({ tasks = [] }) => ({
      unsettled: false,
      tasks: [...tasks, { id: uuid(), text }],
    }));
  return html` <datalist id="owners">
      ${ctx.state.seats.filter((seat) => seat.name).map((seat) => html`<option value=${callName(seat)}></option>`)}
    </datalist>
    <ol class="tasks">
      ${list.map((it, i) => task(ctx, it, i))}
    </ol>
    ${adder(ctx, { key: 'task', label: t('console.task_new'), button: t('console.add'), add })}`;
};

const followUp = (ctx) =>
  html` ${dateField(ctx, t('console.follow_up_date'), answerOf(ctx.state, 'follow_up').date, (value) => set(ctx, 'follow_up', { date: value, unsettled: false }))}
  ${textField(ctx, 'follow_up', 2)}`;

const editors = { stakeholders, tasks, follow_up: followUp };

/** All of a suggestion, or none: what there is no room for stays a suggestion, and that is said. */
function takeIn(ctx, answer, point) {
  const change = takingIn(ctx.texts.read(answerKey(answer)), point, uuid());
  if (!change) {
    ctx.set({ answer });
    return ctx.say(t('shared.no_room'));
  }
  return set(ctx, answer, change);
}

const suggestions = (ctx, answer) => {
  const list = suggestionsOf(ctx.state, answer);
  if (!list.length) return nothing;
  return html`<div class="suggestions">
    <p class="sub strong">${t('console.suggestions')}</p>
    <ul>
      ${list.map(
        ({ point, taken }) =>
          html`<li>
            <span>${by(ctx.state, point)}${point.text}</span>
            ${
              taken
                ? html`<span class="taken">${icons.tick()}${t('console.taken')}</span>`
                : plain(t('console.take_in'), () => takeIn(ctx, answer, point), { look: 'small' })
            }
          </li>`,
      )}
    </ul>
  </div>`;
};

/** What a closed line says of its answer. */
export function summaryOf(state, answer) {
  const it = answerOf(state, answer);
  const list = tasksOf(state);
  if (answer === 'tasks' && list.length) return t('console.tasks_count', { n: list.length });
  if (answer === 'stakeholders' && it.stakeholders?.length)
    return [
      it.stakeholders.map((each) => each.name ?? t('console.body.' + each.body)).join(', '),
      it.text,
    ]
      .filter(Boolean)
      .join(' · ');
  if (answer === 'follow_up' && it.date)
    return date(it.date, { day: 'numeric', month: 'long', year: 'numeric' });
  return it.text ?? '';
}

const mark = (standing) =>
  html`<span class=${`standing ${standing}`}
    >${
      standing === 'filled' ? icons.tick() : standing === 'empty' ? nothing : icons.warn()
    }${t('console.standing.' + standing)}</span
  >`;

/** Opens one answer here and on the board. */
function choose(ctx, answer) {
  ctx.set({ answer, answers: true });
  if (ctx.state.now.state === 'running' && ctx.state.decision.open !== answer)
    ctx.send('decision.open', { answer });
}

function line(ctx, answer, index, open) {
  const standing = standingOf(ctx.state, answer);
  const unsettled = standing === 'unsettled';
  const waits = suggestionsOf(ctx.state, answer).filter((each) => !each.taken).length;
  return html`<li class=${open ? 'answer open' : 'answer'}>
    <button
      class="line"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${() => choose(ctx, answer)}
    >
      <span class="no num">${index + 1}</span>
      <span class="what"
        ><b>${t('answer.' + answer)}</b
        >${open ? nothing : html`<span>${summaryOf(ctx.state, answer)}</span>`}</span
      >
      <span class="signs"
        >${writesHere(ctx, answerKey(answer))}${waits && !open ? html`<span class="tag">${t('console.waits', { n: waits })}</span>` : nothing}${mark(standing)}</span
      >
    </button>
    ${
      open
        ? html`<div
            class="editor"
            @focusin=${() => ctx.ui.answer === answer || ctx.set({ answer })}
          >
            ${(editors[answer] ?? ((c) => textField(c, answer)))(ctx)}
            ${
              answer === 'tasks' || answer === 'stakeholders'
                ? nothing
                : picker(ctx, {
                    key: `on ${answer}`,
                    chosen: answerOf(ctx.state, answer).based_on ?? [],
                    list: saidBefore(ctx.state),
                    save: (based_on) =>
                      set(ctx, answer, { based_on: based_on.length ? based_on : undefined }),
                  })
            }
            ${suggestions(ctx, answer)}
            <div class="row">
              <button
                class="sw ${unsettled ? 'on' : ''}"
                role="switch"
                aria-checked=${unsettled ? 'true' : 'false'}
                @click=${() => set(ctx, answer, { unsettled: !unsettled })}
              >
                <i></i><span>${t('console.unsettled')}</span>
              </button>
              ${ctx.state.decision.open === answer ? html`<span class="sub">${t('console.on_board')}</span>` : nothing}
            </div>
          </div>`
        : nothing
    }
  </li>`;
}

/**
 * The one that is open when nobody has opened any: the first that was empty, and that one still when
 * it is filled, for somebody may be about to write in it.
 */
let first = null;

export function answersView(ctx) {
  first ??= ANSWERS.find((answer) => standingOf(ctx.state, answer) === 'empty') ?? ANSWERS[0];
  const open = ctx.ui.answer ?? ctx.state.decision.open ?? first;
  return html`<ol class="answers">
      ${ANSWERS.map((answer, i) => line(ctx, answer, i, answer === open))}
    </ol>
    <div class="row">
      ${plain(t('console.read_aloud'), () => ctx.set({ dialog: { kind: 'read' } }), { look: 'small' })}
    </div>`;
}

/** While the deciding is still talk: the answers are at hand, folded. */
export const folded = (ctx) =>
  html`<div class="h">
      <h2>${t('console.answers')}</h2>
      <button
        class="b small"
        aria-expanded=${ctx.ui.answers ? 'true' : 'false'}
        @click=${() => ctx.set({ answers: !ctx.ui.answers })}
      >
        <span>${countWords(ctx.state)}</span>${ctx.ui.answers ? icons.up() : icons.down()}
      </button>
    </div>
    ${ctx.ui.answers ? answersView(ctx) : nothing}`;

/** With ten minutes left: what is still missing of who does what, and when we meet again. */
export function reminder(ctx) {
  const { missing, rest } = nudge(ctx.state, ctx.now);
  if (!missing.length) return nothing;
  return html`<div class="nudge" role="status">
    ${icons.hint()}<span
      >${rest > 0 ? t('console.nudge', { n: Math.ceil(rest / 60000) }) : t('console.nudge_over')}</span
    >
    <div class="row">
      ${missing.map((answer) => html`<button class="b small" @click=${() => choose(ctx, answer)}>${t('answer.' + answer)}</button>`)}
    </div>
  </div>`;
}
