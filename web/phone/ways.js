// ways.js -- beside the form to join by, and where there is none: what else to do.
import { html, nothing } from 'lit-html';
import { invite } from './agenda.js';
import { button } from './pieces.js';

/** What a school's people are called, to choose from. */
export const beside = (t, about, several) =>
  html`<datalist id="functions">
      ${t('phone.functions')
        .split(', ')
        .map((each) => html`<option>${each}</option>`)}
    </datalist>
    ${invite(t, about, several)}`;

/** Where a code is none: the field to write it in again, or to put the whole link in. */
const code = (t, wrong) =>
  html`<form data-do="code">
    <label
      >${t('phone.code')}<input
        name="code"
        autocapitalize="characters"
        autocomplete="off"
        autocorrect="off"
        spellcheck="false"
        aria-describedby=${wrong ? 'code-wrong' : nothing}
        required
    /></label>
    ${wrong ? html`<p id="code-wrong" class="said" role="alert">${t('phone.code_wrong')}</p>` : nothing}
    <button class="primary">${t('phone.code_go')}</button>
  </form>`;

/**
 * Whoever waits for a seat need not: they may come in as somebody else, if nobody answers.
 */
const waiting = (t, ui, joining) =>
  joining?.name && joining.claim
    ? html`<p class="small">${t('phone.same_waits')}</p>
        ${button('other', t('phone.same_enter'), 'quiet')}`
    : ui.asks
      ? nothing
      : button('leave', t('phone.leave'), 'quiet');

/** What to do where one does not get in: by the screen. */
const ways = {
  stop: (t) => button('return', t('phone.return')),
  out: (t) => button('ask_in', t('phone.out_ask')),
  same: (t) => [
    html`<p class="small">${t('phone.same_then')}</p>`,
    button('same', t('phone.same_yes')),
    button('other', t('phone.same_no'), 'quiet'),
  ],
  knock: waiting,
  none: (t, ui) => code(t, ui.codeWrong),
};

/** @param {any} ui  what main.js keeps @param {any} joining  what this phone says as it comes */
export const way = (t, screen, ui, joining) => ways[screen]?.(t, ui, joining) ?? nothing;
