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

/** What to do where one does not get in. @param {any} ui  what main.js keeps */
export const way = (t, screen, ui) =>
  screen === 'stop'
    ? button('return', t('phone.return'))
    : screen === 'knock'
      ? button('leave', t('phone.leave'), 'quiet')
      : screen === 'none'
        ? code(t, ui.codeWrong)
        : nothing;
