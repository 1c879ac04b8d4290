// spiral.js -- turns, lap after lap; from the second on a point may say what it builds on.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import { contributionsOf } from '../../shared/model.js';
import { nameOf } from '../pieces.js';
import { compose } from '../points.js';

const link = (c, { id, text, seat }) => {
  const on = c.ui.builds.includes(id);
  const full = !on && c.ui.builds.length >= limits.builds_on;
  return html`<label><input type="checkbox" data-in="builds" value=${id} .checked=${on} .disabled=${full} /><span><b>${nameOf(c, seat)}</b> ${text}</span></label>`;
};

/** Earlier points to pick from, and a field: while speaking or after, for nobody should stare at a phone while talking. */
export const extra = (c) => {
  const earlier = contributionsOf(c.state, c.part.id).filter((each) => each.lap < c.state.now.lap);
  return c.state.now.lap > 1 && earlier.length
    ? html`<details class="pick">
        <summary>${c.t('phone.connect')}</summary>
        ${earlier.map((each) => link(c, each))} ${compose(c, c.t('phone.point'))}
      </details>`
    : nothing;
};
