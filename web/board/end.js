// end.js -- one page to stand up from: what we go on with, who does what by when, when we meet
// again, what is not settled.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { isSettled, toldBodies } from '../shared/answers.js';
import { countWords } from '../shared/counts.js';
import { date, t } from '../shared/i18n.js';
import { bodyName, capital, lineOf } from './answers.js';
import { answersOf, atTable } from './choose.js';
import { columns } from './columns.js';
import { LEAST, fitList, fitText } from './fit.js';
import { dayOf } from './pieces.js';
import { boxed, vars } from './place.js';
import { bridges, dotsOf, inMiddle } from './table.js';
import { seating } from './seating.js';

/**
 * What is still open, in words: one line each.
 * @returns {string[]}
 */
export function openOf(state) {
  return answersOf(state).flatMap(({ answer, value, done }) => {
    if (done === 'yes') return [];
    if (answer === 'stakeholders' && done === 'part') {
      const open = toldBodies(value).filter((each) => !isSettled(each));
      return open.map((each) => t('board.open.body', { name: bodyName(each) }));
    }
    if (answer === 'tasks' && done === 'part' && value.tasks?.length) {
      return [
        t('board.open.task', { n: value.tasks.filter((task) => !task.owner || !task.due).length }),
      ];
    }
    const what = t('board.open.' + answer);
    return [value.unsettled ? t('board.open_left', { what }) : what];
  });
}

export const hasDecision = (state) =>
  state.decision.answers.length > 0 ||
  state.items.some((item) => item.parts.some((part) => traits.decides(part) && part.on));

/** @param {import('./pieces.js').View} view */
export function end(view) {
  const { state, frame } = view;
  const open = hasDecision(state) ? openOf(state) : [];
  const { side } = frame;
  // The words take the wide side here, the table the narrow one.
  const main = frame.upright
    ? { x: side.x, y: 18.6, w: side.w, h: frame.height * 0.5 }
    : {
        x: frame.margin,
        y: 20,
        w: (frame.width - 2 * frame.margin) * 0.585,
        h: frame.height - 20 - 5.4,
      };
  const rest = frame.upright
    ? { x: side.x, y: main.y + main.h + 2, w: side.w, h: frame.height - main.y - main.h - 7 }
    : {
        x: main.x + main.w + 4,
        y: 15.6,
        w: frame.width - frame.margin - main.x - main.w - 4,
        h: frame.height - 15.6 - 5.4,
      };
  const listHeight = open.length ? Math.min(rest.h * 0.44, 8.8 + open.length * 4.4) : 0;
  const table = frame.upright
    ? { x: rest.x, y: rest.y, w: listHeight ? rest.w * 0.5 : rest.w, h: rest.h }
    : { x: rest.x, y: rest.y, w: rest.w, h: rest.h - (listHeight ? listHeight + 1 : 0) };
  const list = frame.upright
    ? { x: rest.x + rest.w * 0.54, y: rest.y + 4, w: rest.w * 0.46, h: rest.h - 4 }
    : { x: rest.x, y: rest.y + rest.h - listHeight, w: rest.w, h: listHeight };
  // Where nothing was settled, what is open is all there is to say, and has the room for it.
  if (open.length && !state.decision.answers.length) {
    return html`<section class="side">${stillOpen(view, open, main, 4.2)}</section>
      ${again(view, rest)}`;
  }
  return html`<section class="side">
      ${state.decision.answers.length ? agreed(view, main) : learned(view, main)}
    </section>
    ${again(view, table)}${open.length ? stillOpen(view, open, list) : nothing}`;
}

function agreed({ state, measure }, box) {
  const answers = new Map(state.decision.answers.map((each) => [each.answer, each]));
  const step =
    answers.get('next_step')?.text || answers.get('action')?.text || t('board.unsettled');
  const tasks = answers.get('tasks')?.tasks ?? [];
  const others = othersOf(state);
  const said = fitText(
    step,
    {
      w: box.w,
      h: box.h * (tasks.length > 5 ? 0.26 : 0.36),
      max: 7,
      min: 2.6,
      lead: 1.15,
      weight: 600,
    },
    measure,
  );
  const top = 4.6 + said.lines.length * said.size * 1.15;
  const room =
    box.h - top - 5 - 4.6 - (others.length ? Math.min(box.h * 0.34, others.length * 4.2 + 2) : 0);
  const cells = tasks.map(({ text, owner, due }) => [
    { text: `${owner ? `${owner} · ` : ''}${text}`, part: 0.8 },
    { text: due ? dayOf(due) : t('board.unsettled_small'), part: 0.2 },
  ]);
  const size = { w: box.w, max: 3.2, min: LEAST, lead: 1.28, gap: 1 };
  let fitted = tasks.length ? fitList(cells, { ...size, h: room }, measure) : null;
  if (fitted && fitted.shown < tasks.length)
    fitted = fitList(cells, { ...size, h: room - 3.4 }, measure);
  const more = tasks.length - (fitted?.shown ?? 0);
  const height = fitted ? fitted.height + fitted.size + 5 + (more ? 3.4 : 0) : 0;
  return html`<div class="at" ${boxed({ ...box, h: top })}>
      <p class="label">${t('board.go_on_with')}</p>
      <h2 class="fit said" ${vars({ size: said.size.toFixed(3), most: said.lines.length })}>
        ${said.text}
      </h2>
    </div>
    ${others.length ? alsoAgreed(others, { ...box, y: box.y + top + 2, h: box.h - top - 2 - (height ? height + 2.4 : 0) }, measure) : nothing}
    ${
      fitted
        ? html`<div
            class="tasks at"
            ${boxed({ ...box, y: box.y + box.h - height, h: height })}
            ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}
          >
            <p class="label">${t('board.who_does_what')}</p>
            <ol>
              ${fitted.texts.map(
                ([text, due], i) =>
                  html`<li>
                    <span class="clamp">${owned(text, tasks[i].owner)}</span>
                    <span class=${tasks[i].due ? 'due' : 'due yet'}>${due}</span>
                  </li>`,
              )}
            </ol>
            ${more ? html`<p class="label more">${t('board.more_tasks', { n: more })}</p>` : nothing}
          </div>`
        : nothing
    }`;
}

/** What is to be done, whose it is before it in bold. */
const owned = (text, owner) =>
  owner && text.startsWith(`${owner} · `) ? html`<b>${owner}</b>${text.slice(owner.length)}` : text;

/**
 * Every other answer that was given: the step stands above, the tasks below, and the day in the
 * middle of the table.
 */
export function othersOf(state) {
  const all = answersOf(state);
  const step = all.find(
    ({ answer, value }) => ['next_step', 'action'].includes(answer) && value.text,
  )?.answer;
  return all
    .filter(
      ({ answer, value, done }) =>
        done !== 'not' &&
        answer !== step &&
        !(answer === 'tasks' && value.tasks?.length) &&
        !(answer === 'follow_up' && value.date && !value.text),
    )
    .map((each) => ({ name: t('answer.' + each.answer), text: lineOf(each) }));
}

function alsoAgreed(others, box, measure) {
  const cells = others.map(({ name, text }) => [
    { text: name, part: 0.3 },
    { text, part: 0.66 },
  ]);
  const size = { w: box.w, max: 3, min: LEAST, lead: 1.28, gap: 0.5 };
  let fitted = fitList(cells, { ...size, h: box.h }, measure);
  if (fitted.shown < others.length) fitted = fitList(cells, { ...size, h: box.h - 3.4 }, measure);
  const more = others.length - fitted.shown;
  return html`<div
    class="also at"
    ${boxed({ ...box, h: fitted.height + fitted.size + (more ? 3.4 : 0) })}
    ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}
  >
    <ul>
      ${fitted.texts.map(([name, text]) => html`<li><span class="soft clamp">${name}</span><span class="clamp">${text}</span></li>`)}
    </ul>
    ${more ? html`<p class="label more">${t('board.more_answers', { n: more })}</p>` : nothing}
  </div>`;
}

/** A meeting without decisions ends with what it learnt about itself; without that, with thanks. */
function learned(view, box) {
  const { state } = view;
  const sides = ['carry_forward', 'adjust', 'worked_well']
    .map((key) => ({
      key,
      title: t('board.box.' + key),
      cards: state.contributions.filter((each) => each.box === key && each.text),
    }))
    .filter(({ cards }) => cards.length)
    .slice(0, 2);
  if (sides.length) return columns(view, box, sides);
  const said = fitText(
    state.meeting.title,
    { w: box.w, h: box.h * 0.5, max: 8, min: 3, lead: 1.15, weight: 600 },
    view.measure,
  );
  return html`<div class="at" ${boxed(box)}>
    <p class="label">${t('board.thanks_for')}</p>
    <h2 class="fit said" ${vars({ size: said.size.toFixed(3), most: said.lines.length })}>
      ${said.text}
    </h2>
  </div>`;
}

/** The table, closed: everybody was part of it. In its middle the day we meet again. */
function again({ state, measure }, box) {
  const seats = atTable(state);
  const places = seats.map(({ seat }) => ({
    seat,
    name: null,
    role: /** @type {const} */ ('here'),
  }));
  const shape = seating(
    places,
    { w: Math.min(box.w, box.h * 1.1) * 10, h: Math.min(box.h, box.w) * 10 },
    measure,
  );
  const small = { ...shape, dot: Math.min(shape.dot, 15) };
  const [w, h] = [Math.min(box.w, box.h * 1.1), Math.min(box.h, box.w)];
  const at = { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
  const day = state.decision.answers.find((each) => each.answer === 'follow_up')?.date;
  const inner = shape.table + (shape.rows > 1 ? 0 : 32);
  const big = Math.min(5, inner / 46);
  return html`<svg
      class="stage at"
      ${boxed(at)}
      viewBox="0 0 ${(w * 10).toFixed(0)} ${(h * 10).toFixed(0)}"
      aria-hidden="true"
    >
      <g transform="translate(${shape.cx} ${shape.cy})">
        <circle class="table-top" r=${inner}></circle>
        ${bridges(places, small, () => true)}
      </g>
      ${dotsOf(places, small)}
    </svg>
    ${inMiddle(
      at,
      shape.cx / 10,
      shape.cy / 10,
      inner / 10 - 1,
      () =>
        html`<div class="again" ${vars({ size: big.toFixed(2) })}>
          ${
            day
              ? html`<p class="label">${t('board.meet_again')}</p>
                  <h2>${capital(date(day, { weekday: 'long' }))}</h2>
                  <h2>${dayOf(day)}</h2>`
              : html`<h2>${t('board.thanks')}</h2>`
          }
        </div>`,
    )}`;
}

function stillOpen({ state, measure }, lines, box, max = 3) {
  const fitted = fitList(
    lines,
    { w: box.w - 3, h: box.h - 7.8, max, min: LEAST, lead: 1.32, gap: 0.2 },
    measure,
  );
  return html`<section
    class="still-open at"
    ${boxed({ ...box, h: Math.min(box.h, fitted.height + fitted.size + 7.8) })}
    ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}
  >
    <p class="label">${countWords(state)}</p>
    <p class="label">${t('board.still_open')}</p>
    <ul>
      ${fitted.texts.map(([line]) => html`<li class="clamp">${line}</li>`)}
    </ul>
  </section>`;
}
