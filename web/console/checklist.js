// checklist.js -- what the presentation of data must not forget: what was prepared for it, the
// national tests, what came of last time, the learning focus, and figures that are about few children. Ticks are this device's
// own; what is said of the tests stands as a point.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { answerWords, isAnswered, placed } from '../shared/before.js';
import { t } from '../shared/i18n.js';
import { presenter } from '../shared/duty.js';
import { placing } from '../shared/preparing.js';
import { contributionsOf } from '../shared/model.js';
import { enabled } from './actions.js';
import { beforeButton } from './preparing.js';
import { dataButton } from './data.js';
import { act, plain } from './pieces.js';
import * as icons from './icons.js';

/** A talk about data is the one that a round of clarifying questions follows. */
export const presentsData = (part) =>
  traits.presented(part) && part.item.parts.some((each) => each.answers);

/**
 * What the national tests go by, in the language of the page: each a row of word parts, "national
 * test", that stand in this order with two words between them at most: "de nationale obligatoriske
 * overgangstest".
 */
const marks = (words) =>
  words.split(', ').map((mark) => {
    const [first, ...rest] = mark.split(' ');
    const more = rest.map((part) => `\\p{L}*[ -]+(?:\\p{L}+[ -]+){0,2}\\p{L}*${part}`);
    return new RegExp(`(?:^|\\P{L})${first}${more.join('')}`, 'iu');
  });

/** The point that says how it is with the national tests, once it stands on the board. */
export function saidOfTests(state, part, words = t('console.tests_mark')) {
  const names = marks(words);
  return contributionsOf(state, part.id).find(({ text }) =>
    names.some((name) => name.test(text ?? '')),
  );
}

/** @param {any} [more] */
const tick = (ctx, part, name, words, more = nothing) => {
  const key = `${part.id} ${name}`;
  return html`<li class="check">
    <label
      ><input
        type="checkbox"
        .checked=${Boolean(ctx.ui.setup[key])}
        @change=${(event) => ctx.keep({ [key]: event.target.checked })}
      />
      <span>${words}</span></label
    >${more}
  </li>`;
};

const tests = (ctx, part) => {
  const seat = presenter(ctx.state, part)?.seat;
  const said = saidOfTests(ctx.state, part);
  const nothingToSay = () =>
    ctx.send('contribution.add', { text: t('console.tests_none_text'), seat, part: part.id });
  const points = () => {
    ctx.write('write', t('console.tests_points_text'));
    ctx.set({ dialog: { kind: 'write', seat } });
  };
  return html`<li class=${said ? 'tests done' : 'tests'}>
    <p>
      ${said ? icons.tick() : icons.warn()}<span
        ><b>${t('console.tests')}</b>${' '}
        ${said ? t('console.tests_said') : t('console.tests_must')}</span
      >
    </p>
    ${
      said
        ? nothing
        : html`<div class="row">
            ${plain(t('console.tests_none'), nothingToSay, { look: 'small', disabled: !seat || !enabled(ctx.state, 'write') })}
            ${plain(t('console.tests_points'), points, { look: 'small', disabled: !enabled(ctx.state, 'write') })}
          </div>`
    }
  </li>`;
};

/** Where it is asked as yes or no it must be told, also where there is nothing to tell. */
const mustBeTold = (ctx, part, it) =>
  it.yes_no && !placed(ctx.state, it) && !saidOfTests(ctx.state, part);

const onWall = (
  ctx,
  /** @type {import('runde:protocol').Exhibit} */ { data, title, confidential },
) =>
  confidential
    ? nothing
    : act(ctx, {
        action: 'wall',
        arg: { show: 'data', data },
        label: t('console.data_show'),
        rest: title,
        look: 'small',
      });

const asked = (ctx, part, it) => {
  const words = isAnswered(it) ? answerWords(it) : '';
  const must = mustBeTold(ctx, part, it);
  const there = placed(ctx.state, it);
  return tick(
    ctx,
    part,
    `before ${it.id}`,
    html`<b>${it.ask}</b> <span class="answer-words">${words || t('console.before_none')}</span>`,
    html`${must ? html`<p class="must">${icons.warn()}<span>${t('console.before_must')}</span></p>` : nothing}
      <div class="row placing">
        ${there && there.text === words ? onWall(ctx, there) : placing(ctx, it)}
      </div>`,
  );
};

/** What was prepared, in the order in which it is presented. */
const prepared = (ctx, part) => html`${ctx.state.before.map((it) => asked(ctx, part, it))}`;

const carried = (ctx) => {
  const list = ctx.state.carried;
  return list.length
    ? html`<ul class="carried">
        ${list.map((each) => html`<li>${each.text}${each.owner ? html` <span class="sub">${each.owner}</span>` : nothing}</li>`)}
      </ul>`
    : nothing;
};

/** @param {import('./pieces.js').Ctx} ctx */
export const checklist = (ctx, part) =>
  html` <section class="checklist" aria-labelledby="checklist-h">
    <h2 id="checklist-h">${t('console.checklist')}</h2>
    <ul>
      ${prepared(ctx, part)}
      ${ctx.state.before.some((it) => it.yes_no) ? nothing : tests(ctx, part)}
      ${tick(ctx, part, 'last', t('console.check_last'), carried(ctx))}
      ${ctx.state.meeting.focus ? tick(ctx, part, 'focus', html`${t('console.check_focus')} <q>${ctx.state.meeting.focus}</q>`) : nothing}
      ${ctx.state.data.some((each) => each.kind === 'table') ? nothing : tick(ctx, part, 'few', html`${t('console.check_few')} <span class="sub">${t('console.check_few_how')}</span>`)}
    </ul>
    <div class="row">${beforeButton(ctx)}${dataButton(ctx)}</div>
  </section>`;
