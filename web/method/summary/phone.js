// phone.js -- what was said, agreement and disagreement; whoever misses something says so.
import { html, nothing } from 'lit-html';
import { drawer } from '../../phone/notepad.js';
import { question } from '../../phone/pieces.js';
import { compose, points } from '../../phone/points.js';
import { writers } from '../../phone/sharing.js';

const group = (c, title, wanted) => {
  const list = points(c, wanted);
  return list === nothing
    ? nothing
    : html`<h2>${title}</h2>
        ${list}`;
};

/** @param {import('../../phone/pieces.js').Context} c */
export default (c) => ({
  body: html`${question(c)}
    ${group(c, c.t('phone.agreed'), (each) => each.box !== 'differing' && each.box !== 'missing')}
    ${group(c, c.t('phone.differing'), (each) => each.box === 'differing')}
    <h2>${c.t('phone.missing')}</h2>
    ${points(c, (each) => each.box === 'missing')} ${writers(c)}
    ${compose(c, c.t('phone.missing_what'), { slot: 'missing', verb: c.t('phone.send') })}`,
  foot: drawer(c),
});
