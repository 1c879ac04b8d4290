// sharing.js -- two or three at one phone: who is meant is said wherever one of them is, and what is
// one person's alone is not one press away from another.
import { html, nothing } from 'lit-html';
import { button, nameOf } from './pieces.js';

export const isShared = ({ ui }) => ui.seats.length > 1;

/** Whose that is, before the words, where several share the phone. */
export const whose = (c, n, words) => (isShared(c) ? `${nameOf(c, n)}: ${words}` : words);

/**
 * Whether what is one person's alone may be seen: whoever shares the phone has said who they are.
 */
export const isOpen = (c) => !isShared(c) || c.ui.opened === c.seat;

/** Whose words these are, where two share a phone. */
export const writers = (c) =>
  isShared(c)
    ? html`<fieldset class="tabs">
        <legend>${c.t('phone.who_writes')}</legend>
        ${c.ui.seats.map((n) => html`<button type="button" data-do="seat" value=${n} aria-pressed=${n === c.seat}>${nameOf(c, n)}</button>`)}
      </fieldset>`
    : nothing;

/**
 * What is one person's alone, where two share a phone: from one's to the other's there are two
 * presses, and between them nothing is seen of either. words: what they are asked, and other ways.
 */
export const alone = (
  c,
  content,
  words = c.t('phone.is_you', { name: nameOf(c, c.seat) }),
  ways = /** @type {any} */ (nothing),
) =>
  isOpen(c)
    ? content()
    : html`<div class="cover">
        <b>${words}</b><span>${c.t('phone.only_who_wrote')}</span>
        <p class="row">${button('mine', c.t('phone.it_is_me'), 'quiet')} ${ways}</p>
      </div>`;
