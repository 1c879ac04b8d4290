// share.js -- for the leader, once the meeting is over: with which chief of several schools what was
// agreed is shared, and what that chief reads. The console sees with whom.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { wallOf } from '../shared/clock.js';
import { date, t } from '../shared/i18n.js';
import { button } from './pieces.js';
import { may } from './read.js';

/** @type {any} */
const LONG = { day: 'numeric', month: 'long', year: 'numeric' };

const code = (words) => html`<b class="num" translate="no">${words}</b>`;

/**
 * With whom, since when, by whom; and to take it back.
 * @param {import('./pieces.js').Ctx} ctx
 * @param {{code: string, by?: string, at: number}} consent
 */
const allowed = (ctx, { code: of, by, at }) =>
  html`<li>
    <p>
      ${code(of)}
      <span class="soft"
        >${t('minutes.share_since', { day: date(wallOf(at), LONG) })}${by ? ` · ${by}` : nothing}</span
      >
    </p>
    ${
      may(ctx, 'approve')
        ? button(t('minutes.share_stop'), () => ctx.share(of, false), {
            look: 'small',
            title: t('minutes.share_stop_of', { code: of }),
          })
        : nothing
    }
  </li>`;

/** The agenda has a chief's code: one press. @param {import('./pieces.js').Ctx} ctx */
const proposal = (ctx, chief) =>
  html`<p>${t('minutes.share_proposed')} ${code(chief)}</p>
    <p>${button(t('minutes.share'), () => ctx.share(chief, true), { look: 'main' })}</p>`;

/** @param {import('./pieces.js').Ctx} ctx */
const field = (ctx) =>
  html`<form
    novalidate
    @submit=${(event) => {
      event.preventDefault();
      ctx.share(ctx.ui.chief, true);
    }}
  >
    <label for="chief-code">${t('minutes.share_code')}</label>
    ${ctx.ui.chiefWrong ? html`<p class="open" id="chief-wrong" role="alert">${ctx.ui.chiefWrong}</p>` : nothing}
    <div class="bar code-bar">
      <input
        class="field num"
        id="chief-code"
        maxlength="40"
        autocapitalize="characters"
        autocomplete="off"
        autocorrect="off"
        spellcheck="false"
        aria-invalid=${ctx.ui.chiefWrong ? 'true' : nothing}
        aria-describedby=${ctx.ui.chiefWrong ? 'chief-wrong' : nothing}
        .value=${live(ctx.ui.chief)}
        @input=${(event) => ctx.set({ chief: event.target.value, chiefWrong: '' })}
      />
      <button class="b">${t('minutes.share_go')}</button>
    </div>
  </form>`;

/** @param {import('./pieces.js').Ctx} ctx */
export function shareView(ctx) {
  const { chief, chiefs, now } = ctx.saved;
  const leads = may(ctx, 'approve');
  if (now.state !== 'closed' || !(leads || (ctx.role === 'console' && chiefs.length)))
    return nothing;
  const isProposed = chief && !chiefs.some((each) => each.code === chief);
  return html`<section class="card share" aria-labelledby="share-title">
    <h2 id="share-title">${t('minutes.share')}</h2>
    ${
      leads
        ? html`<p>${t('minutes.share_what')}</p>
            <p class="soft">${t('minutes.share_names')}</p>
            <p>${button(t('minutes.share_look'), () => ctx.lookAt(true), { look: 'small' })}</p>`
        : nothing
    }
    ${
      chiefs.length
        ? html`<h3>${t('minutes.shared_with', { n: chiefs.length })}</h3>
            <ul class="plain">
              ${chiefs.map((each) => allowed(ctx, each))}
            </ul>`
        : nothing
    }
    ${leads && isProposed ? proposal(ctx, chief) : nothing} ${leads ? field(ctx) : nothing}
  </section>`;
}
