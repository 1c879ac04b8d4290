// summary.js -- what was said, agreement and disagreement; whoever misses something says so.
import { html } from 'lit-html';
import { drawer, question } from '../pieces.js';
import { compose, points } from '../points.js';

/** @param {import('../pieces.js').Context} c */
export default (c) => ({
  body: html`${question(c)}
    <h2>${c.t('phone.agreed')}</h2>
    ${points(c, (each) => each.box !== 'differing' && each.box !== 'missing')}
    <h2>${c.t('phone.differing')}</h2>
    ${points(c, (each) => each.box === 'differing')}
    <h2>${c.t('phone.missing')}</h2>
    ${points(c, (each) => each.box === 'missing')} ${compose(c, c.t('phone.missing_what'), 'missing')}`,
  foot: drawer(c),
});
