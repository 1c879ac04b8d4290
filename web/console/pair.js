// pair.js -- a screen that cannot be given a link: it shows four characters, and they are typed
// here.
import { html } from 'lit-html';
import { t } from '../shared/i18n.js';
import { joinLink } from './lobby.js';

/**
 * What people type of a pairing code, in any case and with spaces: the four characters, or '' when
 * it is none.
 */
export const pairingOf = (typed) => {
  const plain = typed.replace(/[^0-9a-z]/gi, '').toUpperCase();
  return plain.length === 4 ? plain : '';
};

/** @param {import('./pieces.js').Ctx} ctx */
export function pairForm(ctx) {
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    const pairing = pairingOf(form.elements.pairing.value);
    if (!pairing) return ctx.say(t('console.pair_four'));
    const reply = await ctx.send('board.pair', { pairing });
    if (!reply.ok) return undefined;
    form.reset();
    return ctx.say(t('console.paired'));
  };
  return html`<form class="pair" @submit=${submit}>
    <label
      ><span class="sub"
        >${t('console.pair_how', { address: `${new URL(joinLink(ctx)).host}/board` })}</span
      >
      <input
        class="field num"
        name="pairing"
        maxlength="9"
        required
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        placeholder="4F7K"
    /></label>
    <button class="b">${t('console.pair')}</button>
  </form>`;
}
