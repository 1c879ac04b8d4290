// connect.js -- where laps build on each other, a point may say which earlier ones it builds on.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { pupil } from './more.js';
import { compose, links } from './points.js';
import { writers } from './sharing.js';

/**
 * Earlier points to pick from, and a field: while speaking or after, for nobody should stare at a
 * phone while talking.
 */
export const connect = (c) => {
  const earlier = links(c, c.state.now.lap);
  return traits.builds(c.part) && earlier.length
    ? html`<details class="pick connect">
        <summary>
          ${pupil(c) ? c.t('phone.build_on', { n: earlier.length }) : c.t('phone.connect', { n: earlier.length })}
        </summary>
        ${earlier} ${c.ui.seats.includes(c.state.now.speaker) ? nothing : writers(c)}
        ${compose(c, c.t('phone.point'))}
      </details>`
    : nothing;
};
