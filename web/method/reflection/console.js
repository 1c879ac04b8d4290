// console.js -- everybody writes in silence: how many of those present are ready, and nothing of
// what they write.
import { html, nothing } from 'lit-html';
import { t } from '../../shared/i18n.js';
import { readyWords } from '../../console/pieces.js';
import { readyCount } from '../../console/read.js';

const headline = (ctx) => readyWords(ctx.state);

function view(ctx, part) {
  const { ready, of } = readyCount(ctx.state);
  return html` <div class="dots" role="img" aria-label=${readyWords(ctx.state)}>
      ${Array.from({ length: Math.min(of, 120) }, (_, i) => html`<i class=${i < ready ? 'on' : ''}></i>`)}
    </div>
    ${part.lead ? html`<p class="lead">${part.lead}</p>` : nothing}
    <p class="private">${t('console.notes_private')}</p>`;
}

export default { headline, view };
