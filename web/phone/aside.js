// aside.js -- what stands beside every screen: the time for those who cannot see the clock, and what could not be sent.
import { html } from 'lit-html';
import { left } from '../shared/schedule.js';
import { button } from './pieces.js';

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
      html`<div class="said" role="alert"><b>${t('phone.not_sent')}</b><span>${entry.with.text}</span>${button('forget', t('phone.forget'), 'link', i)}</div>`,
  );
