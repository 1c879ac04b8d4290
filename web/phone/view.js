// view.js -- the phone's screen: a pure function of the meeting, of what this phone keeps, and of
// the time.
import { html, nothing } from 'lit-html';
import { views } from 'runde:method/phone';
import { partOf } from '../shared/model.js';
import { floor } from './floor.js';
import { join } from './join.js';
import { nameOf, ours } from './pieces.js';

/** Until the plan stands behind it. */
const head = (c, title, names) =>
  html`<header class="bar"><b>${title}</b><span>${names}</span></header>`;

const lobby = (c) => ({
  body: html`<div class="mid">
      <h1>${c.t('phone.in', { name: ours(c) })}</h1>
      <p class="when">${c.t('phone.soon')}</p>
    </div>
    ${c.ui.late?.lobby(c)}`,
  foot: c.ui.late?.drawer(c),
});

/**
 * @param {import('../shared/model.js').State | null} state  null until the meeting is known
 * @param {any} ui  what main.js keeps: screen, status, seats, seat, text, notes, texts, out,
 *   refused, picked …
 * @param {typeof import('../shared/i18n.js').t} t
 * @param {number} now  on the meeting clock
 */
export function view(state, ui, t, now) {
  if (!state || ui.screen) return join(ui, t);
  const part = partOf(state);
  const c = { state, ui, t, now, part, seat: ui.seat };
  const over = state.now.state === 'closed';
  const speaks = part && !over && ui.seats.includes(state.now.speaker);
  const answers = ui.seats.includes(state.now.answering);
  const { late } = ui;
  const screen = over
    ? late?.closed
    : late?.isGone(c)
      ? late.gone
      : !part
        ? lobby
        : speaks
          ? floor
          : answers
            ? late?.answering
            : (views[part.method] ?? late?.views[part.method]);
  const page = screen?.(c) ?? { body: t('phone.wait') };
  return html`<div class="page ${page.dusk ? 'dusk' : ''}">
    ${late?.strip(c)}
    ${speaks || answers ? nothing : (late?.head ?? head)(c, part && !over ? (part.title ?? part.item.title) : state.meeting.title, ui.seats.map((n) => nameOf(c, n)).join(' + '))}
    <main>${page.body}</main>
    <footer>
      ${late?.refused(c)} ${late?.share(c)}
      ${ui.said ? html`<div class="said" role="alert"><b>${ui.said[0]}</b><span>${ui.said[1]}</span></div>` : nothing}
      ${page.foot}
    </footer>
    <p class="vh" role="status">${late?.spoken(c)}</p>
  </div>`;
}
