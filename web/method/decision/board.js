// board.js -- seven answers filling in: one stands open, the others are lines, and what is not
// settled is in plain sight.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { bodyName, capital, lineOf, settledWords } from '../../board/answers.js';
import { bodiesOf, isSettled, toldBodies } from '../../shared/answers.js';
import { answersOf } from '../../board/choose.js';
import { LEAST, fitList, fitText } from '../../board/fit.js';
import { cardsIn, dayOf, mark, weekdayOf } from '../../board/pieces.js';
import { boxed, vars } from '../../board/place.js';

/** @param {import('../../board/pieces.js').View} view */
export default function decision(view) {
  const { state, frame, measure } = view;
  const answers = answersOf(state);
  const { x, y, w, h } = frame.whole;
  const open = state.decision.open;
  if (open === 'tasks' && (answers[4].value.tasks?.length ?? 0) > 6) return crowded(view, answers);
  const line = open
    ? Math.min(frame.upright ? 10.4 : 7.4, Math.max(6.2, h * 0.08))
    : Math.min(11.6, h / 7);
  const panel = open ? h - 6 * line - 2.4 : 0;
  const [ask, say] = frame.upright
    ? [w * 0.32, w * 0.68 - 6]
    : [Math.min(38, w * 0.25), w - Math.min(38, w * 0.25) - 6];
  let top = y;
  const rows = answers.map((each) => {
    const here = top;
    if (each.answer === open) {
      top += panel + 2.4;
      return openRow(view, each, { x: x - 3, y: here + 0.6, w: w + 6, h: panel + 1.2 });
    }
    top += line;
    const text = lineOf(each);
    const none = each.value.unsettled ? t('board.unsettled') : t('board.not_yet');
    const fitted = fitText(
      text || none,
      {
        w: say,
        h: line - 1,
        max: open ? 3.2 : 3.6,
        min: 2.5,
        lead: 1.24,
        most: open ? (frame.upright ? 2 : 1) : 3,
      },
      measure,
    );
    return html`<li
      class="answer at ${each.done}"
      ${boxed({ x, y: here, w, h: line })}
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length, ask: ask.toFixed(2) })}
    >
      ${mark(each.done)}<span class="q">${t('answer.' + each.answer)}</span>
      <span class=${text ? 'a clamp' : 'a soft'}>${fitted.text}</span>
    </li>`;
  });
  return html`<ol class="answers">
    ${rows}
  </ol>`;
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
  const sources = based_on
    .map((id) => state.contributions.find((each) => each.id === id)?.text)
    .filter(Boolean)
    .slice(0, 2);
  const under = sources.length ? Math.min(h * 0.34, 4 * sources.length) : 0;
  const fitted = fitText(text, { w, h: h - under, max: 5, min: 2.2, lead: 1.3 }, measure);
  return html`<p
      class="fit said"
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${fitted.text}
    </p>
    ${sources.map((each) => html`<p class="returns line">${each}</p>`)}`;
}

/**
 * Tasks of any number: first whole, then cut to fewer lines, then the first of them and how many
 * more.
 */
function tasksTable({ state, measure, frame }, tasks, { w, h }) {
  const [what, who, when] = frame.upright ? [0.5, 0.24, 0.2] : [0.6, 0.22, 0.15];
  const textOf = (id) => state.contributions.find((each) => each.id === id)?.text;
  const cells = tasks.map(({ text, owner, due }) => [
    { text, part: what },
    { text: owner || t('board.unsettled_small'), part: who },
    { text: due ? dayOf(due) : t('board.unsettled_small'), part: when },
  ]);
  const sources = tasks.map((task) => (task.builds_on ?? []).map(textOf).find(Boolean) ?? '');
  const quoted = sources.filter(Boolean).length;
  const size = { w, max: frame.upright ? 3.4 : 3.1, min: LEAST, lead: 1.26, gap: 0.62 };
  const room = h - 4.4;
  const withQuotes = fitList(cells, { ...size, h: room - quoted * 3.1 }, measure);
  const quotes = quoted > 0 && withQuotes.size > 2.35 && withQuotes.shown === tasks.length;
  let fitted = quotes ? withQuotes : fitList(cells, { ...size, h: room }, measure);
  if (fitted.shown < tasks.length) fitted = fitList(cells, { ...size, h: room - 3.4 }, measure);
  const more = tasks.length - fitted.shown;
  return html`<table ${vars({ size: fitted.size.toFixed(3), most: fitted.room })}>
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
                >${quotes && sources[i] ? html`<span class="returns line">${sources[i]}</span>` : nothing}
              </td>
              <td class=${tasks[i].owner ? '' : 'yet'}>
                <span class="clamp">${who}</span>
              </td>
              <td class=${tasks[i].due ? '' : 'yet'}>${when}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 ? html`<p class="label more">${t('board.more_tasks', { n: more })}</p>` : nothing}`;
}

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
