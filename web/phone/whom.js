// whom.js -- whom to ask about what is kept: whoever leads the meeting, and whoever runs the server,
// in the words in which they have said how to be reached.
import { html, nothing } from 'lit-html';

/** An address of e-mail or a telephone's number: what a phone can do something with. */
const WAYS = /([\w.+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+)|(\+?\d(?: ?\d){7,13})/gu;

/** A narrow phone may part it where a reader does. */
const parted = (way) =>
  way.split(/(@|\.)/).map((each) => (/[@.]/.test(each) ? html`${each}<wbr />` : each));

/** The words, with links where they name a way. They are somebody's from outside: text, and no more. */
function linked(words) {
  const parts = [];
  let at = 0;
  for (const { 0: way, 1: mail, index } of words.matchAll(WAYS)) {
    const href = mail ? `mailto:${mail}` : `tel:${way.replace(/ /g, '')}`;
    parts.push(words.slice(at, index), html`<a href=${href}>${parted(way)}</a>`);
    at = index + way.length;
  }
  return [...parts, words.slice(at)];
}

/** contact: of GET /api/meetings/CODE; where nobody has said it, it is the meeting's leader alone. */
export const whom = (t, contact) =>
  html`<p>${t('phone.kept_ask')}</p>
    ${
      contact
        ? html`<p class="contact">${t('phone.kept_contact')} <bdi>${linked(contact)}</bdi></p>`
        : nothing
    }`;
