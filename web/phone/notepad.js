// notepad.js -- the field for private notes, on a screen of its own or in a drawer.
import { html, nothing } from 'lit-html';
import { nameOf } from './pieces.js';
import { alone, isShared } from './sharing.js';

const lock = html`<svg viewBox="0 0 22 24">
  <path d="M5 10V8a6 6 0 0112 0v2h3v13H2V10zm3 0h6V8a3 3 0 00-6 0z" fill="currentColor" />
</svg>`;

/** Where what was written is: of nothing there is nothing to say. */
export const saved = ({ ui, t }) =>
  !ui.pending
    ? ui.text && html`<span>✓ ${t('phone.saved')}</span>`
    : ui.status === 'open'
      ? html`<span>${t('phone.saving')}</span>`
      : html`<span class="time">${ui.safe ? t('phone.kept') : t('phone.unkept')}</span>`;

/** How many of my notes everybody can see. */
export const onBoard = (c) => c.ui.notes.filter((note) => note.shown).length;

export const noteHead = (c) => {
  const n = onBoard(c);
  return html`<p class="notehead">
    ${n ? c.t('phone.notes_shown', { n }) : [lock, isShared(c) ? c.t('phone.notes_two') : c.t('phone.notes')]}
  </p>`;
};

/** The field for private notes. */
export const notes = (c, inDrawer = false) => {
  const mine = isShared(c) ? c.t('phone.notes_of', { name: nameOf(c, c.seat) }) : '';
  const field = () =>
    html`${mine ? html`<h2>${mine}</h2>` : nothing}
      <textarea
        data-in="note"
        aria-label=${mine || c.t('phone.notes')}
        .value=${c.ui.text}
      ></textarea>
      <p class="small">
        <span>${c.t('phone.notes_seen')} ${c.t('phone.no_names')}.</span>${saved(c)}
      </p>`;
  return html`<section class="note">
    ${inDrawer ? nothing : noteHead(c)} ${c.ui.late.writers(c)} ${alone(c, field)}
  </section>`;
};

/**
 * Notes within reach while something else fills the screen: what I wrote, and what of it stands on
 * the board.
 */
export const drawer = (c) =>
  html`<details class="drawer">
    <summary>${noteHead(c)}</summary>
    ${notes(c, true)} ${c.ui.late.below(c)}
  </details>`;
