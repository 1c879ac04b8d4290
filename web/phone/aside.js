// aside.js -- what stands beside every screen: the time for those who cannot see the clock, and what could not be sent.
import { html, nothing } from 'lit-html';
import { left } from '../shared/schedule.js';
import { button, nameOf } from './pieces.js';

/** Time is told to those who cannot see the clock: at a minute, at 15 s and at the end, and never in between. */
export function spoken(c) {
  const ms = left(c.state, c.now);
  if (c.state.now.state !== 'running' || ms > 60000 || ms < -9000) return '';
  return ms > 50000 ? c.t('phone.minute') : ms > 5000 && ms <= 15000 ? c.t('phone.seconds') : ms <= 0 ? c.t('phone.time_up') : '';
}

/** What the server would not take stays here, with the reason, until its author throws it away. */
export const refused = ({ ui, t }) =>
  ui.refused.map(
    (entry, i) =>
      html`<div class="said" role="alert"><b>${t('phone.not_sent')} ${ui.late.why(entry.code)}</b><span>${entry.with.text}</span>${button('forget', t('phone.forget'), 'link', i)}</div>`,
  );

/** Whoever comes late listens first: the newest five of what was said, each with its speaker. */
const soFar = (c) =>
  c.ui.newcomer && c.state.now.state === 'running' && c.state.contributions.length
    ? html`<aside><details class="pick so-far" open>
        <summary>${c.t('phone.so_far')}</summary>
        <ul>${c.state.contributions.slice(-5).map((each) => html`<li>${each.seat ? html`<b>${nameOf(c, each.seat)}</b>` : nothing} ${each.text}</li>`)}</ul>
        ${button('caught_up', c.t('phone.caught_up'), 'quiet')}
      </details></aside>`
    : nothing;

/** No connection, a break: above everything. */
export const strip = (c) => [
  ...said(c),
  soFar(c),
];

const said = ({ state, ui, t }) => [
  ui.status === 'lost' ? html`<p class="strip" role="status">${t('phone.offline')}</p>` : nothing,
  state.now.state === 'paused' ? html`<p class="strip" role="status">${t('phone.paused')}</p>` : nothing,
];
