// preparing.js -- what whoever presents is asked before the meeting: answered while it is planned.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { answerWords, isAnswered, placed } from '../../shared/before.js';
import { t } from '../../shared/i18n.js';
import { field } from './field.js';

const yesNo = (ctx, it, i) =>
  html`<div class="chips">
    ${[true, false].map(
      (each) =>
        html`<label class=${it.yes === each ? 'chip on' : 'chip'}
          ><input
            type="radio"
            name=${`before-${it.id}`}
            .checked=${live(it.yes === each)}
            @change=${() => ctx.acts.answer(i, { yes: each })}
          />${each ? t('shared.before_yes') : t('shared.before_no')}</label
        >`,
    )}
  </div>`;

/** With one press an answer is among the figures, which everybody may read. */
const placing = (ctx, it) => {
  const there = placed({ data: ctx.s.form.data ?? [] }, it);
  const i = ctx.s.form.data.indexOf(there);
  if (!there)
    return isAnswered(it)
      ? html`<button class="b small" @click=${() => ctx.acts.putAnswer(it)}>
          ${t('shared.before_put')}
        </button>`
      : nothing;
  return html`<span class="is-put">${t('shared.before_is_put')}</span>
    ${
      isAnswered(it) && there.text !== answerWords(it)
        ? html`<button
            class="b small"
            @click=${() => ctx.acts.figure(i, { text: answerWords(it) })}
          >
            ${t('shared.before_put_again')}
          </button>`
        : nothing
    }
    <button class="b text" @click=${() => ctx.acts.removeFigure(i)}>
      ${t('shared.before_take')}
    </button>`;
};

const row = (ctx, it, i) => {
  const dealt = it.yes_no && it.yes;
  return html`<li>
    <fieldset>
      <legend>${it.ask}</legend>
      ${it.yes_no ? yesNo(ctx, it, i) : nothing}
      ${
        it.yes_no && !dealt
          ? nothing
          : field(ctx, {
              path: ['before', i, 'text'],
              label: dealt ? t('shared.before_dealt') : t('shared.before_answer', { ask: it.ask }),
              kind: 'long',
              rows: 3,
              quiet: !dealt,
            })
      }
      <div class="row">${placing(ctx, it)}</div>
    </fieldset>
  </li>`;
};

/** @param {import('./store.js').Ctx} ctx */
export const preparing = (ctx) => {
  const { before } = ctx.s.form;
  return before?.length
    ? html`<section class="box preparing" aria-labelledby="preparing-h">
        <h2 id="preparing-h">${t('shared.before')}</h2>
        <p class="hint">${t('shared.before_how')}</p>
        <ol>
          ${before.map((it, i) => row(ctx, it, i))}
        </ol>
      </section>`
    : nothing;
};
