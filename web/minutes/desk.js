// desk.js -- beside the draft: the field that follows the floor, new suggestions, and what is still
// missing.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import * as traits from 'runde:traits';
import { beforeLeft } from '../shared/before.js';
import { beforeFields } from '../shared/preparing.js';
import { cameFields } from '../shared/came.js';
import { opensWith, tasksCarried } from '../shared/carried.js';
import { countWords } from '../shared/counts.js';
import { recapKey } from '../shared/keys.js';
import { deskField, writesHere } from '../shared/field.js';
import { looksLike } from '../shared/heeded.js';
import { t } from '../shared/i18n.js';
import { saidIn } from '../shared/laps.js';
import { partOf, seatOf } from '../shared/model.js';
import { answerName, suggestion } from './answers.js';
import { button, by, nameOf, partTitle, personText } from './pieces.js';
import { hasDecision, isOpen, may, needsSeat, openSuggestions, standings } from './read.js';
import { shareView } from './share.js';
import { standingView } from './standing.js';
import { hindrance, leftBehind, voiceOf } from './writing.js';
import { yearView } from './year.js';

/** @param {import('./pieces.js').Ctx} ctx */
export const deskView = (ctx) => {
  // Once it is over, what is missing is the first that whoever approves asks for.
  const ended = ctx.state.now.state === 'closed';
  return html` <aside class="desk" aria-label=${t('minutes.desk')}>
    ${ended && hasDecision(ctx.state) ? missingView(ctx) : nothing} ${standingView(ctx)}
    ${ctx.ui.wide ? afterwards(ctx) : nothing}
    ${may(ctx, 'write') && ctx.ui.gather ? gathering(ctx) : nothing} ${preparing(ctx)}
    ${may(ctx, 'write') ? lastTime(ctx) : nothing} ${may(ctx, 'write') ? composer(ctx) : nothing}
    ${may(ctx, 'decide') ? suggestionsView(ctx) : nothing}
    ${!ended && hasDecision(ctx.state) ? missingView(ctx) : nothing}
    ${may(ctx, 'write') ? writerView(ctx) : nothing}
  </aside>`;
};

/** What can wait until the minutes are read: in one column it stands below them. */
const afterwards = (ctx) => [yearView(ctx), shareView(ctx)];

/** @param {import('./pieces.js').Ctx} ctx */
export const belowView = (ctx) =>
  ctx.ui.wide
    ? nothing
    : html`<aside class="desk" aria-label=${t('minutes.below')}>${afterwards(ctx)}</aside>`;

function composer(ctx) {
  const { state, writing } = ctx;
  if (state.now.state === 'lobby')
    return html`<section class="card"><p class="soft">${t('minutes.not_begun')}</p></section>`;
  if (!isOpen(state))
    return writing.text
      ? unsent(ctx)
      : html`<section class="card"><p class="soft">${t('minutes.over')}</p></section>`;
  const part = partOf(state, writing.part);
  return html` <section class="card composer" aria-labelledby="composer-title">
    <h2 id="composer-title">
      ${writing.seat ? t('minutes.write_for', { name: nameOf(state, writing.seat) }) : t('minutes.write_down')}
    </h2>
    ${leftBehind(state, writing) ? behind(ctx) : nothing}
    <form
      @submit=${(event) => {
        event.preventDefault();
        ctx.putDown();
      }}
    >
      ${boxChoice(ctx, part)}
      <textarea
        class="field"
        id="point"
        rows="3"
        maxlength="600"
        aria-label=${t('minutes.point')}
        placeholder=${t('minutes.point_in_short')}
        .value=${live(writing.text)}
        @input=${(event) => ctx.write(event.target.value)}
        @keydown=${(event) => onKey(ctx, event)}
      ></textarea>
      ${ctx.ui.heed ? heed(ctx) : nothing}
      <div class="bar">
        <label class="who"
          ><span class="vh">${t('minutes.whose')}</span>${seatChoice(ctx, part)}</label
        >
        <button class="b main" ?disabled=${hindrance(state, writing) !== null}>
          ${t('minutes.put_down')}
        </button>
      </div>
    </form>
    <p class="soft">
      ${
        ctx.waiting
          ? t('minutes.waiting', { n: ctx.waiting })
          : hindrance(state, writing) === 'seat'
            ? t('minutes.choose_seat')
            : t('minutes.enter')
      }
    </p>
  </section>`;
}

/** Somebody's own would stand on the wall: it waits, also for Enter, until the scribe has said so. */
const heed = (ctx) =>
  html`<div class="behind" role="alert">
    <p><b>${looksLike(ctx.ui.heed)}</b> ${t('shared.heed_why')}</p>
    <p>
      <button class="b" type="button" @click=${() => ctx.putDown(true)}>
        ${t('shared.heed_go')}
      </button>
    </p>
  </div>`;

/**
 * Enter writes it down, as long as it does not end a word of an input method; with Shift it is a
 * new line.
 */
function onKey(ctx, event) {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (hindrance(ctx.state, ctx.writing) === null) ctx.putDown();
}

/**
 * The floor has moved on while a sentence was half written: it stays whose it was, unless the
 * scribe says otherwise.
 */
function behind(ctx) {
  const { state, writing } = ctx;
  const speaker = voiceOf(state);
  const part = partOf(state, writing.part);
  const text =
    writing.part !== state.now.part
      ? t('minutes.part_moved', { title: part ? partTitle(part) : '' })
      : t('minutes.floor_moved', { name: nameOf(state, speaker) });
  return html`<div class="behind" role="status">
    <p>${text}</p>
    ${button(speaker && needsSeat(partOf(state)) ? t('minutes.bring_to', { name: nameOf(state, speaker) }) : t('minutes.bring_here'), ctx.bring, { look: 'small' })}
  </div>`;
}

/** Written, but the meeting closed before it was put down: it can be copied from here. */
const unsent = (ctx) =>
  html` <section class="card">
    <p>${t('minutes.closed_unsent')}</p>
    <textarea
      class="field"
      rows="3"
      readonly
      aria-label=${t('minutes.point')}
      .value=${ctx.writing.text}
    ></textarea>
  </section>`;

function seatChoice(ctx, part) {
  const { state, writing } = ctx;
  const choose = (event) => ctx.pick({ seat: Number(event.target.value) || null });
  const known = seatOf(state, writing.seat);
  return html`<select class="field" @change=${choose} .value=${live(String(known?.seat ?? 0))}>
    <option value="0" ?selected=${!known}>
      ${needsSeat(part) ? t('minutes.choose_who') : t('minutes.no_name')}
    </option>
    ${state.seats.map((seat) => html`<option value=${seat.seat} ?selected=${seat.seat === writing.seat}>${personText(seat)}</option>`)}
  </select>`;
}

const boxChoice = (ctx, part) => {
  const boxes = traits.boxes(part);
  return boxes.length
    ? html`<fieldset class="boxes">
        <legend class="vh">${t('minutes.which_box')}</legend>
        ${boxes.map(
          (box) =>
            html`<label class="choice"
              ><input
                type="radio"
                name="box"
                .checked=${live(ctx.writing.box === box)}
                @change=${() => ctx.pick({ box })}
              /><span>${t('minutes.box.' + box)}</span></label
            >`,
        )}
      </fieldset>`
    : nothing;
};

/** A lap has come to its end: what it came to, with what was said in it beside, until it is put away. */
function gathering(ctx) {
  const { part, lap } = ctx.ui.gather;
  const unit = recapKey(part, lap);
  const label = t('shared.recap_of', { lap: String(lap) });
  return html`<section class="card gather" aria-labelledby="gather-title">
    <h2 id="gather-title">${label} ${writesHere(ctx, unit)}</h2>
    ${deskField(ctx, { unit, rows: 3, label, placeholder: t('shared.recap_how') })}
    <ul class="plain">
      ${saidIn(ctx.state, ctx.ui.gather).map((point) => html`<li>${point.text}${by(ctx.state, point)}</li>`)}
    </ul>
    <div class="bar">
      ${button(t('minutes.done'), () => ctx.set({ gather: null }), { look: 'small' })}
    </div>
  </section>`;
}

/** What whoever presents is asked before: the leader's and the console's, until the meeting is over. */
function preparing(ctx) {
  const { state, role } = ctx;
  if (role === 'scribe' || !state.before.length || state.now.state === 'closed') return nothing;
  return html`<details class="card preparing" ?open=${state.now.state === 'lobby'}>
    <summary>
      <h2>${t('shared.before')}</h2>
      <span class="soft">${beforeLeft(state)}</span>
    </summary>
    ${beforeFields(ctx)}
  </details>`;
}

/** What came of last time: open until the first part is over. */
function lastTime(ctx) {
  const { state } = ctx;
  const part = partOf(state);
  const first = state.now.state === 'lobby' || (isOpen(state) && opensWith(state, part));
  return tasksCarried(state).length
    ? html`<details class="card last-time" ?open=${first}>
        <summary><h2>${t('shared.came')}</h2></summary>
        ${cameFields(ctx, state)}
      </details>`
    : nothing;
}

function suggestionsView(ctx) {
  const points = openSuggestions(ctx.state);
  return points.length
    ? html`<section class="card">
        <h2>${t('minutes.new_suggestions', { n: points.length })}</h2>
        <ul class="plain">
          ${points.map(
            (point) =>
              html`<li>
                <p class="soft">${answerName(point.answer)}</p>
                ${suggestion(ctx, point, false)}
              </li>`,
          )}
        </ul>
      </section>`
    : nothing;
}

/** Who writes here, for the others who write: a name that is kept on this device. */
const writerView = (ctx) =>
  html`<section class="card writer">
    <label
      >${t('minutes.writer')}<input
        class="field"
        maxlength="60"
        autocomplete="given-name"
        .value=${live(ctx.ui.writer)}
        @input=${(event) => ctx.call(event.target.value)}
    /></label>
    <p class="soft">${t('minutes.writer_why')}</p>
  </section>`;

/** Which of the seven are still empty: gently, and each a way to its place. */
function missingView(ctx) {
  const all = standings(ctx.state);
  const missing = all.filter(({ standing }) => standing === 'empty' || standing === 'partly');
  const left = all.filter(({ standing }) => standing === 'unsettled');
  const go = (answer) => {
    ctx.set({ answer });
    ctx.go(`answer-${answer}`);
  };
  const entry = ({ answer, standing, tasks }) =>
    html`<li>
      <button type="button" class="jump" @click=${() => go(answer)}>
        <span class=${`mark ${standing}`} aria-hidden="true"></span
        ><span>${answerName(answer)}${why(ctx, answer, standing, tasks)}</span>
      </button>
    </li>`;
  return html` <details
    class="card missing"
    ?open=${ctx.ui.wide || ctx.state.now.state === 'closed'}
  >
    <summary>
      <h2>${missing.length ? t('minutes.missing') : t('minutes.nothing_missing')}</h2>
      <span class="soft">${countWords(ctx.state)}</span>
    </summary>
    ${
      missing.length
        ? html`<ul class="plain">
            ${missing.map(entry)}
          </ul>`
        : nothing
    }
    ${
      left.length
        ? html`<h3>${t('minutes.left_open')}</h3>
            <ul class="plain">
              ${left.map(entry)}
            </ul>`
        : nothing
    }
  </details>`;
}

function why(ctx, answer, standing, tasks) {
  if (standing !== 'partly') return nothing;
  const text =
    answer === 'tasks' && tasks ? t('minutes.tasks_lack', { n: tasks }) : t('minutes.partly');
  return html`<span class="soft">${text}</span>`;
}
