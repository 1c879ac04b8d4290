// end.js -- one page to stand up from: what we go on with, who does what by when, when we meet
// again, what is not settled.
import { html, nothing } from 'lit-html';
import { hasDecision, isSettled, toldBodies } from '../shared/answers.js';
import { countWords } from '../shared/counts.js';
import { date, t } from '../shared/i18n.js';
import { bodyName, capital, lineOf } from './answers.js';
import { answersOf, atTable } from './choose.js';
import { columns } from './columns.js';
import { LEAST, fitList, fitText, lineUp, sizes } from './fit.js';
import { pageLine } from './pages.js';
import { PAGE_LINE, turnedTo } from './turn.js';
import { dayOf } from './pieces.js';
import { boxed, keeper, vars } from './place.js';
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

/** @param {import('./pieces.js').View} view */
export function end(view) {
  const { state, frame } = view;
  const open = hasDecision(state) ? openOf(state) : [];
  const { side } = frame;
  // The words take the wide side here, the table the narrow one.
  const main = frame.upright
    ? { x: side.x, y: 22, w: side.w, h: frame.height * 0.5 - 3.4 }
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

const LEAD = { said: 1.15, rows: 1.28 };
/** Their labels, and what stands between them. */
const HEAD = 4.6;
const APART = 2.4;

/**
 * What was agreed at one scale: each thing with its text and how high it is.
 * @param {{step: string, tasks: string[][], others: string[][]}} what
 */
function scaled(what, box, scale, measure) {
  const size = { said: Math.max(LEAST, 7 * scale), rows: Math.max(LEAST, 3.2 * scale ** 0.6) };
  const set = (text, part, big = false) =>
    big
      ? lineUp(text, box.w * 0.975, size.said, measure, 600)
      : lineUp(text, box.w * part * 0.97, size.rows, measure);
  const said = set(what.step, 1, true);
  const rowsOf = (rows, parts, pad) =>
    rows.map((row, i) => {
      const cells = row.map((text, i) => set(text, parts[i]));
      const lines = Math.max(...cells.map(({ count }) => count));
      return {
        i,
        texts: cells.map(({ text }) => text()),
        height: lines * size.rows * LEAD.rows + pad * size.rows,
        how: Math.max(...cells.map(({ how }) => how)),
      };
    });
  const tasks = rowsOf(what.tasks, [0.78, 0.18], 1);
  const others = rowsOf(what.others, [0.3, 0.66], 0.5);
  return {
    size,
    said: { text: said.text(), height: HEAD + said.count * size.said * LEAD.said, how: said.how },
    tasks,
    others,
    how: Math.max(said.how, ...tasks.map(({ how }) => how), ...others.map(({ how }) => how)),
  };
}

/** The things of a page under each other: the step, the tasks, the other answers. */
const thingsOf = ({ said, tasks, others }) => [
  { ...said, kind: 'said', head: 0 },
  ...tasks.map((each) => ({ ...each, kind: 'tasks', head: HEAD + 1 })),
  ...others.map((each) => ({ ...each, kind: 'others', head: 0 })),
];

/** As many pages as it takes, the first of a kind on each with its label and what parts it. */
function paged(set, room) {
  const things = thingsOf(set);
  /** @type {any[][]} */
  const pages = [[]];
  let used = 0;
  for (const thing of things) {
    const page = pages.at(-1);
    const first = !page.some(({ kind }) => kind === thing.kind);
    const more = thing.height + (first ? thing.head + (page.length ? APART : 0) : 0);
    if (page.length && used + more > room) {
      pages.push([thing]);
      used = thing.height + thing.head;
    } else {
      page.push(thing);
      used += more;
    }
  }
  return pages;
}

const SCALES = sizes(1, LEAST / 7);

/** All on one page as large as may be; else on as few as the smallest size takes, as large as may be. */
export function layAgreed(what, box, measure) {
  const fewest = paged(scaled(what, box, LEAST / 7, measure), box.h - PAGE_LINE).length;
  const room =
    fewest > 1 && paged(scaled(what, box, LEAST / 7, measure), box.h).length > 1
      ? box.h - PAGE_LINE
      : box.h;
  const most = room === box.h ? 1 : fewest;
  for (const how of [0, 1, 2])
    for (const scale of SCALES) {
      const set = scaled(what, box, scale, measure);
      if (set.how > how) continue;
      const pages = paged(set, room);
      if (pages.length <= most) return { size: set.size, pages };
    }
  const set = scaled(what, box, LEAST / 7, measure);
  return { size: set.size, pages: paged(set, room) };
}

const agreedLaid = keeper();

function agreed({ state, measure, at }, box) {
  const answers = new Map(state.decision.answers.map((each) => [each.answer, each]));
  const step =
    answers.get('next_step')?.text || answers.get('action')?.text || t('board.unsettled');
  const tasks = answers.get('tasks')?.tasks ?? [];
  const what = {
    step,
    tasks: tasks.map(({ text, owner, due }) => [
      `${owner ? `${owner} · ` : ''}${text}`,
      due ? dayOf(due) : t('board.unsettled_small'),
    ]),
    others: othersOf(state).map(({ name, text }) => [name, text]),
  };
  const { size, pages } = agreedLaid(`${box.w} ${box.h} ${JSON.stringify(what)}`, () =>
    layAgreed(what, box, measure),
  );
  const page = turnedTo(at, pages.length);
  const of = (kind) => pages[page].filter((each) => each.kind === kind);
  const high = (kind) => of(kind).reduce((sum, { height }) => sum + height, 0);
  const [said] = of('said');
  const foot = box.y + box.h - (pages.length > 1 ? PAGE_LINE : 0);
  const low = high('tasks') + (of('tasks').length ? HEAD + 1 : 0);
  const rows = vars({ size: size.rows.toFixed(3), most: 99 });
  return html`${
    said
      ? html`<div class="at" ${boxed({ ...box, h: said.height })}>
          <p class="label">${t('board.go_on_with')}</p>
          <h2 class="fit said" ${vars({ size: size.said.toFixed(3), most: 99 })}>${said.text}</h2>
        </div>`
      : nothing
  }
  ${
    of('others').length
      ? html`<div
          class="also at"
          ${boxed({ ...box, y: box.y + (said ? said.height + APART : 0), h: high('others') })}
          ${rows}
        >
          <ul>
            ${of('others').map(({ texts: [name, text] }) => html`<li><span class="soft clamp">${name}</span><span class="clamp">${text}</span></li>`)}
          </ul>
        </div>`
      : nothing
  }
  ${
    of('tasks').length
      ? html`<div
          class="tasks at"
          ${boxed({ ...box, y: said || of('others').length ? foot - low : box.y, h: low })}
          ${rows}
        >
          <p class="label">${t('board.who_does_what')}</p>
          <ol>
            ${of('tasks').map(
              ({ texts: [text, due], i }) =>
                html`<li>
                  <span class="clamp">${owned(text, tasks[i].owner)}</span>
                  <span class=${tasks[i].due ? 'due' : 'due yet'}>${due}</span>
                </li>`,
            )}
          </ol>
        </div>`
      : nothing
  }
  ${pageLine(page, pages.length, box)}`;
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
  const words = day ? [capital(date(day, { weekday: 'long' })), dayOf(day)] : [t('board.thanks')];
  const widest = Math.max(...words.map((each) => measure(each, 1, 600)));
  const big = Math.min(5, inner / 46, ((inner / 10 - 1) * 1.56) / widest);
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
                  ${words.map((each) => html`<h2>${each}</h2>`)}`
              : html`<h2>${words[0]}</h2>`
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
