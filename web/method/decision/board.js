// board.js -- seven answers filling in: one stands open, the others are lines, and what is not
// settled is in plain sight.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { bodyName, capital, lineOf, settledWords } from '../../board/answers.js';
import { bodiesOf, isSettled, toldBodies } from '../../shared/answers.js';
import { answersOf } from '../../board/choose.js';
import { LEAST, fitList, fitText, lineUp, sizes, ways, wrapTo } from '../../board/fit.js';
import { pageLine } from '../../board/pages.js';
import { cardsIn, dayOf, mark, weekdayOf } from '../../board/pieces.js';
import { boxed, vars } from '../../board/place.js';
import { PAGE_LINE, pagesOf, turnRows, turnedTo } from '../../board/turn.js';

/** What a line takes beside its text, and the least it is high: its question may have two lines. */
const PAD = 1.4;
const LINE_LEAD = 1.24;
/** The answer that stands open has so much of the wall at the least. */
const OPEN_SHARE = 0.4;

/**
 * @typedef {{w: number, h: number, most: number, least: number}} Room  h: for all lines; most and
 *   least: how high a line is that is short
 * @typedef {{sizes: number[], lines: number[], heights: number[], texts: string[]}} Lines
 */

/** How high lines are that need so much, the short ones as high as there is room; null: there is none. */
function heightsOf(needs, { h, most, least }) {
  for (const base of sizes(most, least, 0.94)) {
    const heights = needs.map((need) => Math.max(need, base));
    if (heights.reduce((sum, each) => sum + each, 0) <= h + 0.001) return heights;
  }
  return null;
}

/**
 * The lines of the answers whole and in one size, each as high as its text; null where there is no
 * room for that.
 * @param {string[]} texts
 * @param {Room} room
 * @param {number} min
 * @param {import('../../board/fit.js').Measure} measure
 * @returns {Lines | null}
 */
export function wholeLines(texts, room, min, measure) {
  for (const { how, list } of ways(Math.min(3.6, room.most * 0.42), min))
    for (const size of list) {
      const set = texts.map((text) => lineUp(text, room.w * 0.975, size, measure));
      if (set.some((each) => each.how > how)) continue;
      const lines = set.map(({ count }) => count);
      const heights = heightsOf(
        lines.map((n) => n * size * LINE_LEAD + PAD),
        room,
      );
      if (heights)
        return {
          sizes: texts.map(() => size),
          lines,
          heights,
          texts: set.map(({ text }) => text()),
        };
    }
  return null;
}

/** The lines whole on one page, or, too long for it, on the page whose turn it is. */
export function turning(texts, room, at, measure) {
  const all = wholeLines(texts, room, LEAST, measure);
  if (all) return { ...all, from: 0, pages: 1, page: 0 };
  const h = room.h - PAGE_LINE;
  const rows = Math.floor((h - PAD) / (LEAST * LINE_LEAD));
  const set = texts.map((text) => wrapTo(text, room.w * 0.975, LEAST, rows, measure));
  const needs = set.map(({ lines }) =>
    Math.max(room.least, lines.length * LEAST * LINE_LEAD + PAD),
  );
  const pages = pagesOf(needs, h);
  const page = turnedTo(at, pages.length);
  const [from] = pages[page];
  const mine = set.slice(from, from + pages[page].length).map(({ text }) => text);
  const shown = /** @type {Lines} */ (wholeLines(mine, { ...room, h }, LEAST, measure));
  return { ...shown, from, pages: pages.length, page };
}

/** @param {import('../../board/pieces.js').View} view */
export default function decision(view) {
  const { state, frame, measure, at } = view;
  const answers = answersOf(state);
  const { x, y, w, h } = frame.whole;
  const open = state.decision.open;
  if (open === 'tasks' && (answers[4].value.tasks?.length ?? 0) > 6) return crowded(view, answers);
  const [ask, say] = frame.upright
    ? [w * 0.32, w * 0.68 - 6]
    : [Math.min(38, w * 0.25), w - Math.min(38, w * 0.25) - 6];
  const closed = answers.filter(({ answer }) => answer !== open);
  const said = closed.map(
    (each) => lineOf(each) || (each.value.unsettled ? t('board.unsettled') : t('board.not_yet')),
  );
  const most = open
    ? Math.min(frame.upright ? 10.4 : 7.4, Math.max(6.2, h * 0.08))
    : Math.min(11.6, h / 7);
  const room = {
    w: say,
    h: open ? h * (1 - OPEN_SHARE) - 2.4 : h,
    most,
    least: Math.min(most, 6.2),
  };
  const all = turning(said, room, at, measure);
  let top = y;
  const line = (each, i) => {
    const [here, height] = [top, all.heights[i]];
    top += height;
    return html`<li
      class="answer at ${each.done}"
      ${boxed({ x, y: here, w, h: height })}
      ${vars({ size: all.sizes[i].toFixed(3), most: all.lines[i], ask: ask.toFixed(2) })}
    >
      ${mark(each.done)}<span class="q">${t('answer.' + each.answer)}</span>
      <span class=${lineOf(each) ? 'a clamp' : 'a soft'}>${all.texts[i]}</span>
    </li>`;
  };
  const shown = closed.slice(all.from, all.from + all.heights.length);
  const now = answers.findIndex(({ answer }) => answer === open);
  // While the others turn, the open one keeps its place above them.
  const before = all.pages > 1 ? 0 : now;
  const rows = shown.slice(0, open ? before : shown.length).map(line);
  if (open) {
    const lines = all.pages > 1 ? room.h : all.heights.reduce((sum, each) => sum + each, 0);
    const panel = h - lines - 2.4;
    rows.push(openRow(view, answers[now], { x: x - 3, y: top + 0.6, w: w + 6, h: panel + 1.2 }));
    top += panel + 2.4;
    rows.push(...shown.slice(before).map((each, i) => line(each, before + i)));
  }
  return html`<ol class="answers">
      ${rows}
    </ol>
    ${pageLine(all.page, all.pages, frame.whole)}`;
}

/**
 * Many tasks have the wall for themselves; of the six others it still shows which are settled and
 * which are open.
 */
function crowded(view, answers) {
  const { x, y, w, h } = view.frame.whole;
  const across = view.frame.upright ? 2 : 3;
  const [line, wide] = [5.2, w / across];
  const others = answers.filter(({ answer }) => answer !== 'tasks');
  const low = (others.length / across) * line;
  const strip = others.map(({ answer, done }, i) => {
    const at = {
      x: x + (i % across) * wide,
      y: y + h - low + Math.floor(i / across) * line,
      w: wide,
      h: line,
    };
    return html`<li class="answer brief at ${done}" ${boxed(at)}>
      ${mark(done)}<span class="q line"
        >${t('answer.' + answer)}<span class="vh"
          >${done === 'not' ? ` ${t('board.unsettled')}` : ''}</span
        ></span
      >
    </li>`;
  });
  return html`<ol class="answers">
    ${openRow(view, answers[4], { x: x - 3, y: y + 0.6, w: w + 6, h: h - low - 2.6 })}${strip}
  </ol>`;
}

/** The answer that is talked about now, with room for what it holds. */
function openRow(view, each, box) {
  const inner = { w: box.w - 6, h: box.h - 4.2 - 6 };
  return html`<li class="answer now at" ${boxed(box)}>
    <h2 class="line">${t('answer.' + each.answer)}</h2>
    <div class="inside">${contentOf(view, each, inner)}</div>
  </li>`;
}

function contentOf(view, each, inner) {
  const { answer, value } = each;
  if (answer === 'tasks' && value.tasks?.length) return tasksTable(view, value.tasks, inner);
  if (answer === 'stakeholders') return bodiesTable(view, value, inner);
  if (answer === 'follow_up' && value.date)
    return bigText(
      view,
      [capital(weekdayOf(value.date)), value.text].filter(Boolean).join('\n'),
      value,
      inner,
    );
  if (value.text && !value.unsettled) return bigText(view, value.text, value, inner);
  const ideas = view.state.contributions.filter((one) => one.answer === answer && one.text);
  if (ideas.length) {
    return html`<p class="label">${t('board.ideas')}</p>
      ${cardsIn(view, `idea ${answer}`, ideas, { x: 0, y: 4, w: inner.w, h: inner.h - 4 }, { newestFirst: true, max: 3.6, quiet: true })}`;
  }
  return html`<p class="soft talking">
    ${value.unsettled ? t('board.unsettled') : t('board.talking')}
  </p>`;
}

function bigText({ state, measure }, text, { based_on = [] }, { w, h }) {
  const said = based_on
    .map((id) => state.contributions.find((each) => each.id === id)?.text)
    .filter(Boolean)
    .slice(0, 2);
  const sources = quotesOf(said, w - 1.6, measure);
  const under = sources.reduce((sum, { height }) => sum + height, 0);
  const fitted = fitText(text, { w, h: h - under, max: 5, min: 2.2, lead: 1.3 }, measure);
  return html`<p
      class="fit said"
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${fitted.text}
    </p>
    ${sources.map((each) => html`<p class="returns">${each.text}</p>`)}`;
}

/** Tasks of any number: whole, and on pages that turn where they are too many for one. */
function tasksTable({ state, measure, frame, at }, tasks, { w, h }) {
  const [what, who, when] = frame.upright ? [0.5, 0.22, 0.18] : [0.6, 0.22, 0.15];
  const textOf = (id) => state.contributions.find((each) => each.id === id)?.text;
  const cells = tasks.map(({ text, owner, due }) => [
    { text, part: what },
    { text: owner || t('board.unsettled_small'), part: who },
    { text: due ? dayOf(due) : t('board.unsettled_small'), part: when },
  ]);
  const sources = quotesOf(
    tasks.map((task) => (task.builds_on ?? []).map(textOf).find(Boolean) ?? ''),
    w * what - 1.6,
    measure,
  );
  const high = sources.reduce((sum, { height }) => sum + height, 0);
  const size = { w, max: frame.upright ? 3.4 : 3.1, min: LEAST, lead: 1.26, gap: 0.62 };
  const room = h - 4.4;
  const withQuotes = fitList(cells, { ...size, h: room - high }, measure);
  const quotes = high > 0 && withQuotes.size > 2.35 && withQuotes.whole;
  const fitted = quotes
    ? { ...withQuotes, from: 0, page: 0, pages: 1, most: withQuotes.room }
    : turnRows(cells, { ...size, h: room }, at, measure);
  return html`<table ${vars({ size: fitted.size.toFixed(3), most: fitted.most })}>
      <thead>
        <tr>
          <th scope="col">${t('board.task')}</th>
          <th scope="col">${t('board.who')}</th>
          <th scope="col">${t('board.when')}</th>
        </tr>
      </thead>
      <tbody>
        ${fitted.texts.map(
          ([text, who, when], i) =>
            html`<tr>
              <td>
                <span class="clamp">${text}</span
                >${quotes && sources[i].text ? html`<span class="returns">${sources[i].text}</span>` : nothing}
              </td>
              <td class=${tasks[fitted.from + i].owner ? '' : 'yet'}>
                <span class="clamp">${who}</span>
              </td>
              <td class=${tasks[fitted.from + i].due ? '' : 'yet'}>${when}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${pageLine(fitted.page, fitted.pages, { x: 0, y: 0, w, h })}`;
}

/** What was said that a task or an answer returns to: whole in a few lines, else its beginning. */
const QUOTED = 3;
const quotesOf = (texts, w, measure) =>
  texts.map((said) => {
    if (!said) return { text: '', height: 0 };
    const { lines, text } = wrapTo(said, w * 0.97, LEAST, QUOTED, measure);
    return { text, height: lines.length * LEAST * 1.25 + 0.4 };
  });

/** Who is to be involved and when, and what was written beside it. */
function bodiesTable({ measure }, value, { w, h }) {
  const rows = value.text ? toldBodies(value) : bodiesOf(value);
  const cells = rows.map((each) => [
    { text: bodyName(each), part: 0.6 },
    { text: settledWords(each), part: 0.37 },
  ]);
  const said = value.text
    ? fitText(
        value.text,
        { w, h: rows.length ? h * 0.4 : h, max: rows.length ? 3.4 : 5, min: LEAST, lead: 1.3 },
        measure,
      )
    : null;
  const under = said ? said.lines.length * said.size * 1.3 + 2 : 0;
  const fitted = fitList(
    cells,
    { w, h: h - 4.4 - under, max: 3.6, min: LEAST, lead: 1.26, gap: 0.7 },
    measure,
  );
  return html`${
    rows.length
      ? html`<table class="bodies" ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}>
          <thead>
            <tr>
              <th scope="col">${t('board.who')}</th>
              <th scope="col">${t('board.when')}</th>
            </tr>
          </thead>
          <tbody>
            ${fitted.texts.map(
              ([name, settled], i) =>
                html`<tr>
                  <td><span class="clamp">${name}</span></td>
                  <td class=${isSettled(rows[i]) ? '' : 'yet'}>${settled}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
      : nothing
  }
  ${
    said
      ? html`<p
          class="fit said more"
          ${vars({ size: said.size.toFixed(3), most: said.lines.length })}
        >
          ${said.text}
        </p>`
      : nothing
  }`;
}
