// aside.js -- what stands beside every screen: the connection, what a latecomer missed, and what
// could not be sent.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { hours } from '../shared/i18n.js';
import { partOf } from '../shared/model.js';
import { minuteOf, pauseOf } from '../shared/schedule.js';
import { keepsPages } from '../shared/shell.js';
import { soFar } from './agenda.js';
import { button } from './pieces.js';
import { buttonFor } from './points.js';
import { whose } from './sharing.js';

/** What the server would not take stays here, with the reason, until its author throws it away. */
export const refused = (c) => {
  const { ui, t } = c;
  return ui.refused.map(
    (entry, i) =>
      html`<div class="said" role="alert">
        <b>${t('phone.not_sent')} ${ui.late.why(entry.code)}</b
        ><span
          >${entry.with.seat ? whose(c, entry.with.seat, entry.with.text) : entry.with.text}</span
        >${buttonFor(entry.with.text, 'forget', t('phone.forget'), 'link', i)}
      </div>`,
  );
};

/**
 * A text for the board whose part ended before it was shown: it stands nowhere else. What is sealed
 * takes no more once it is shown.
 */
function unshown(c, [key, text]) {
  const [seat, id] = key.split(':');
  const part = partOf(c.state, id);
  const closed = c.state.now.state === 'closed';
  const open = id === c.state.now.part && !closed && !c.state.shown.includes(id);
  if (!text.trim() || !part || open || !c.ui.seats.includes(+seat)) return nothing;
  const way = closed
    ? buttonFor(text, 'copy_text', c.t('phone.copy'), 'quiet', key)
    : traits.sealed(part)
      ? buttonFor(text, 'keep_text', c.t('phone.to_notes'), 'quiet', key)
      : buttonFor(text, 'show_text', c.t('phone.show'), 'quiet', key);
  return html`<div class="said">
    <b>${c.t('phone.unshown')}</b><span>${whose(c, +seat, text)}</span>
    ${closed ? html`<span>${c.t('phone.unshown_kept')}</span>` : nothing}
    <p class="row">
      ${c.part ? way : nothing} ${buttonFor(text, 'drop_text', c.t('phone.forget'), 'link', key)}
    </p>
  </div>`;
}
export const leftOver = (c) => Object.entries(c.ui.texts).map((each) => unshown(c, each));

/** Somebody who came late has not yet said that all is clear. */
const late = (c) =>
  c.ui.newcomer && c.part && c.state.now.state === 'running'
    ? html`<aside>${soFar(c)}${button('caught_up', c.t('phone.caught_up'), 'quiet')}</aside>`
    : nothing;

/** A pause: until when, and how long that is still; or how long it has been one. */
function pauseStrip(c) {
  const { t, state } = c;
  const { left, lasted } = pauseOf(state, c.now);
  const rest = left
    ? t('shared.pause_left', { n: left })
    : lasted && left === null
      ? t('shared.pause_lasted', { n: lasted })
      : '';
  return html`<p class="strip" role="status">
    <b
      >${
        left
          ? t('shared.pause_back', { time: hours(minuteOf(state.now.back)) })
          : left === 0
            ? t('shared.pause_over')
            : t('phone.paused')
      }</b
    >
    ${rest}
  </p>`;
}

/** Where the page can be opened again without a connection, nobody need leave it open. */
const offline = ({ state, t }) =>
  state.seen
    ? t('phone.offline_seen', { time: hours(state.seen) })
    : keepsPages()
      ? t('phone.offline_kept')
      : t('phone.offline');

/** No connection, a break, what a latecomer missed: above everything. */
export const strip = (c) => [
  c.ui.status === 'lost' || c.state.seen
    ? html`<p class="strip" role="status">${offline(c)}</p>`
    : nothing,
  c.state.now.state === 'paused' ? pauseStrip(c) : nothing,
  late(c),
];
