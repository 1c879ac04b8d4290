// field.js -- a field that several may write in: what stands in it, who else writes there, and what
// is to be chosen where two have written otherwise.
import { html, nothing } from 'lit-html';
import { looksLike } from './heeded.js';
import { t } from './i18n.js';
import { typed } from './typed.js';
import { excess, valueAt } from './value.js';

/**
 * What the page brings: its texts, and who writes.
 * @typedef {{texts: ReturnType<import('./texts.js').deskTexts>,
 *   writers: ReturnType<import('./places.js').writers>}} Desk
 */

/**
 * @param {Desk} desk
 * @param {{unit: string, path?: string, label: string, rows?: number, placeholder?: string,
 *   list?: string, look?: string, also?: (value: any) => any}} it  also: what else a letter changes
 */
export function deskField(
  { texts, writers },
  { unit, path = 'text', label, rows = 0, placeholder, list, look = '', also },
) {
  const value = valueAt(texts.read(unit) ?? {}, path);
  const input = (event) => {
    writers.writes(unit);
    texts.write(unit, path, event.target.value, also);
  };
  const leave = () => {
    writers.rests();
    texts.flush(unit);
  };
  return html`${
    rows
      ? html`<textarea
          class=${`field ${look}`}
          rows=${rows}
          aria-label=${label}
          placeholder=${placeholder ?? nothing}
          .value=${typed(value)}
          @input=${input}
          @blur=${leave}
        ></textarea>`
      : html`<input
          class=${`field ${look}`}
          aria-label=${label}
          placeholder=${placeholder ?? nothing}
          list=${list ?? nothing}
          autocomplete="off"
          .value=${typed(value)}
          @input=${input}
          @blur=${leave}
        />`
  }${beside(texts, writers, unit, path, value)}`;
}

/** The field that a question stands under. */
function backToField(event) {
  let at = event.target.closest('.clash');
  while (!at.matches('.field')) at = at.previousElementSibling;
  at.focus();
}

function beside(texts, writers, unit, path, value) {
  const other = texts.clash(unit, path);
  const long = excess(value, path);
  const what = texts.heed(unit, path);
  const choose = (which, words) =>
    html`<button class="b small" type="button" @click=${() => texts.choose(unit, path, which)}>
      ${words}
    </button>`;
  return html`${long ? html`<p class="desk-long" role="status">${t('shared.too_long', { n: long })}</p>` : nothing}${
    what
      ? html`<div class="clash" role="alert">
          <p><b>${looksLike(what)}</b> ${t('shared.heed_why')}</p>
          <div class="row">
            <button class="b small" type="button" @click=${backToField}>
              ${t('shared.heed_back')}
            </button>
            <button class="b small" type="button" @click=${() => texts.heeded(unit, path)}>
              ${t('shared.heed_go')}
            </button>
          </div>
        </div>`
      : nothing
  }${
    other === undefined
      ? nothing
      : html`<div class="clash" role="alert">
          <p>${t('shared.clash', { name: writers.other(unit) })}</p>
          <blockquote>${other || t('shared.clash_empty')}</blockquote>
          <p>${t('shared.clash_mine')}</p>
          <div class="row">
            ${other ? choose('both', t('shared.clash_both')) : nothing}
            ${choose('mine', t('shared.clash_keep'))} ${choose('theirs', t('shared.clash_take'))}
          </div>
        </div>`
  }`;
}

/** Who else writes there now. @param {Desk} desk */
export const writesHere = ({ writers }, unit) => {
  const name = writers.at(unit);
  return name
    ? html`<span class="writes-here">${t('shared.writes_here', { name })}</span>`
    : nothing;
};
