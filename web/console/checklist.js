// checklist.js -- what the presentation of data must not forget: the national tests, what came of
// last time, the learning focus, and figures that are about few children. Ticks are this device's
// own; what is said of the tests stands as a point.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { presenter } from '../shared/duty.js';
import { contributionsOf } from '../shared/model.js';
import { enabled } from './actions.js';
import { dataButton } from './data.js';
import { plain } from './pieces.js';
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
      ${tests(ctx, part)} ${tick(ctx, part, 'last', t('console.check_last'), carried(ctx))}
      ${ctx.state.meeting.focus ? tick(ctx, part, 'focus', html`${t('console.check_focus')} <q>${ctx.state.meeting.focus}</q>`) : nothing}
      ${ctx.state.data.some((each) => each.kind === 'table') ? nothing : tick(ctx, part, 'few', html`${t('console.check_few')} <span class="sub">${t('console.check_few_how')}</span>`)}
    </ul>
    <div class="row">${dataButton(ctx)}</div>
  </section>`;
