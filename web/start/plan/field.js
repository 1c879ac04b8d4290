// field.js -- a field as the Danish public design system has it: label, hint, error, and then what
// is written in.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { at, linesOf, listIn, numberIn } from './agenda.js';
import { idOf } from './words.js';
import '../../shared/when.js'; // A half of an hour is no hour here either.

/**
 * @typedef {{path: import('./agenda.js').Path, label: string, hint?: string, kind?: 'text' |
 *   'long' | 'lines' | 'number' | 'date' | 'time',
 *   rows?: number, size?: string, quiet?: boolean, unit?: string, max?: number}} Field  quiet: the
 *   label is read out and not shown
 */

/** What stands in a field, as text. */
function shown(kind, value) {
  if (kind === 'lines') return linesOf(value);
  return value === undefined ? '' : String(value);
}

/** What is typed, as a value of the form. */
function typed(kind, text) {
  if (kind === 'lines') return listIn(text);
  if (kind === 'number') return numberIn(text);
  return text;
}

/** The ids of what describes a field. */
const describedBy = (id, hint, wrong) =>
  [hint && `${id}-h`, wrong && `${id}-e`].filter(Boolean).join(' ') || nothing;

/** The sentence beside a field. */
export const errorAt = (id, wrong) =>
  wrong ? html`<p class="error" id=${`${id}-e`}>${wrong}</p>` : nothing;

/** @param {import('./store.js').Ctx} ctx @param {Field} field */
export function field(
  ctx,
  { path, label, hint = '', kind = 'text', rows = 2, size = '', quiet = false, unit = '' },
) {
  const id = idOf(path);
  const text = shown(kind, at(ctx.s.form, path));
  const wrong = ctx.wrongAt(path.join('.'));
  const input = (event) => ctx.type(path, typed(kind, event.target.value));
  const common = { id, text, wrong, hint, input };
  const tall = kind === 'long' || kind === 'lines';
  return html`<div class=${`f ${size}${tall ? ' tall' : ''}`}>
    <label class=${quiet ? 'vh' : ''} for=${id}>${label}</label>
    ${hint ? html`<p class="hint" id=${`${id}-h`}>${hint}</p>` : nothing}${errorAt(id, wrong)}
    ${tall ? area(common, ctx, rows) : line(common, ctx, kind, unit)}
  </div>`;
}

const area = ({ id, text, wrong, hint, input }, ctx, rows) =>
  html` <textarea
    id=${id}
    class="field"
    rows=${rows}
    .value=${live(text)}
    aria-invalid=${wrong ? 'true' : nothing}
    aria-describedby=${describedBy(id, hint, wrong)}
    @input=${input}
    @blur=${ctx.settle}
  ></textarea>`;

const line = ({ id, text, wrong, hint, input }, ctx, kind, unit) =>
  html` <span class="line"
    ><input
      id=${id}
      class="field"
      type=${kind === 'date' || kind === 'time' ? kind : 'text'}
      inputmode=${kind === 'number' ? 'numeric' : nothing}
      .value=${live(text)}
      ?data-empty=${!text}
      autocomplete="off"
      aria-invalid=${wrong ? 'true' : nothing}
      aria-describedby=${describedBy(id, hint, wrong)}
      @input=${input}
      @blur=${ctx.settle}
    />${unit ? html`<span class="unit" aria-hidden="true">${unit}</span>` : nothing}</span
  >`;

/**
 * Something that is or is not. @param {import('./store.js').Ctx} ctx
 * @param {{id: string, label: string, hint?: string, on: boolean, change: (on: boolean) => void}}
 *   it
 */
export const tick = (ctx, { id, label, hint = '', on, change }) =>
  html` <div class="tick">
    <input
      type="checkbox"
      id=${id}
      .checked=${live(on)}
      aria-describedby=${hint ? `${id}-h` : nothing}
      @change=${(event) => change(event.target.checked)}
    />
    <label for=${id}>${label}</label
    >${hint ? html`<p class="hint" id=${`${id}-h`}>${hint}</p>` : nothing}
  </div>`;

/**
 * One of several. @param {{id: string, label: string, hint?: string, value: string, options:
 * [string, string][], change: (value: string) => void, wrong?: string}} it
 */
export const choice = ({ id, label, hint = '', value, options, change, wrong = '' }) =>
  html` <div class="f">
    <label for=${id}>${label}</label>
    ${hint ? html`<p class="hint" id=${`${id}-h`}>${hint}</p>` : nothing}${errorAt(id, wrong)}
    <select
      id=${id}
      class="field"
      aria-describedby=${describedBy(id, hint, wrong)}
      @change=${(event) => change(event.target.value)}
    >
      ${options.map(([name, words]) => html`<option value=${name} .selected=${live(name === value)}>${words}</option>`)}
    </select>
  </div>`;
