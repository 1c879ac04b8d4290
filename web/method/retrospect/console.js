// console.js -- talking of the talk: three boxes, nobody's name, and nothing seen before all is
// shown.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { isShown } from '../../console/read.js';
import { adder, readyWords } from '../../console/pieces.js';
import { points } from '../../console/points.js';
import turns from '../turns/console.js';

const headline = (ctx, part) =>
  isShown(ctx.state, part.id) ? turns.headline(ctx) : readyWords(ctx.state);

const column = (ctx, part, box, shown) =>
  html` <section class="side" aria-label=${t('console.box.' + box)}>
    <h2>${t('console.box.' + box)}</h2>
    ${
      shown
        ? points(
            ctx,
            contributionsOf(ctx.state, part.id).filter((each) => each.box === box),
            { name: box },
          )
        : adder(ctx, {
            key: `add ${part.id} ${box}`,
            label: t('console.add_point'),
            hint: t('console.point_text'),
            button: t('console.add'),
            add: (text) => ctx.send('contribution.add', { text, box, part: part.id }),
          })
    }
  </section>`;

function view(ctx, part) {
  const shown = isShown(ctx.state, part.id);
  return html` <p class="private">
      ${shown ? t('console.retro_shown') : t('console.retro_hidden')}
    </p>
    ${shown ? nothing : html`<p class="sub strong">${t('console.add_point')}</p>`}
    <div class="sides three">
      ${traits.boxes(part).map((box) => column(ctx, part, box, shown))}
    </div>`;
}

export default { headline, view };
