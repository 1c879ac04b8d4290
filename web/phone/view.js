// view.js -- the phone's screen: a pure function of the meeting, of what this phone keeps, and of the time.
import { html, nothing } from 'lit-html';
import { partOf } from '../shared/model.js';
import { floor } from './floor.js';
import { join } from './join.js';
import { drawer, nameOf } from './pieces.js';
import reflection from './method/reflection.js';
import talk from './method/talk.js';
import turns from './method/turns.js';

/** The others are in late.js. */
const methods = { reflection, talk, turns, spiral: turns };

const lobby = (c) => ({
  dusk: true,
  body: html`<div class="mid">
    <h1>${c.t('phone.in', { name: nameOf(c, c.seat) })}</h1>
    <p class="when">${c.t('phone.soon')}</p>
    <p class="then"><b>${c.state.meeting.title}</b></p>
    <p class="then">${c.state.meeting.focus}</p>
    <p class="then soft">${c.t('phone.sleep')}</p>
  </div>`,
  foot: drawer(c),
});

/**
 * @param {import('../shared/model.js').State | null} state  null until the meeting is known
 * @param {any} ui  what main.js keeps: screen, status, seats, seat, text, notes, texts, out, refused, picked …
 * @param {typeof import('../shared/i18n.js').t} t
 * @param {number} now  on the meeting clock
 */
export function view(state, ui, t, now) {
  if (!state || ui.screen) return join(ui, t);
  const part = partOf(state);
  const c = { state, ui, t, now, part, seat: ui.seat };
  const over = state.now.state === 'closed';
  const speaks = part && !part.intro && !over && ui.seats.includes(state.now.speaker);
  const { late } = ui;
  const screen = over ? late?.closed : !part ? lobby : speaks ? floor : (methods[part.method] ?? late?.methods[part.method]);
  const page = screen?.(c) ?? { body: t('phone.wait') };
  return html`<div class="page ${page.dusk ? 'dusk' : ''}">
    ${late?.strip(c)}
    ${speaks ? nothing : html`<header class="bar"><b>${part && !over ? (part.title ?? part.item.title) : state.meeting.title}</b><span>${ui.seats.map((n) => nameOf(c, n)).join(' + ')}</span></header>`}
    <main>${page.body}</main>
    <footer>
      ${late?.refused(c)} ${ui.asked ? late?.share(c) : nothing}
      ${ui.said ? html`<div class="said" role="alert"><b>${ui.said[0]}</b><span>${ui.said[1]}</span></div>` : nothing}
      ${page.foot}
    </footer>
    <p class="vh" role="status">${late?.spoken(c)}</p>
  </div>`;
}
