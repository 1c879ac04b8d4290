// console.js -- what is agreed and what is not, in the participants' own words.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { adder } from '../../console/pieces.js';
import { points } from '../../console/points.js';
import { folded } from '../../console/answers.js';

const headline = () => t('console.summary_how');

const column = (ctx, part, all, box) =>
  html` <section class="side" aria-label=${t('console.box.' + box)}>
    <h2>${t('console.box.' + box)}</h2>
    ${points(
      ctx,
      all.filter((each) => each.box === box),
      { name: box },
    )}
    ${adder(ctx, {
      key: `add ${part.id} ${box}`,
      label: t('console.add_' + box),
      hint: t('console.point_text'),
      button: t('console.add'),
      add: (text) => ctx.send('contribution.add', { text, box, part: part.id }),
    })}
  </section>`;

function view(ctx, part) {
  const all = contributionsOf(ctx.state, part.id);
  const missing = all.filter((each) => each.box === 'missing');
  return html` ${part.text ? html`<p class="lead">${part.text}</p>` : nothing}
    <div class="sides">
      ${column(ctx, part, all, 'agreed')}${column(ctx, part, all, 'differing')}
    </div>
    ${part.item.parts.some(traits.decides) ? folded(ctx) : nothing}
    ${
      missing.length
        ? html`<section class="side">
            <h2>${t('console.box.missing')}</h2>
            ${points(ctx, missing, { named: true, name: 'missing' })}
          </section>`
        : nothing
    }`;
}

export default { headline, view };
