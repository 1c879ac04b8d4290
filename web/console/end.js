// end.js -- after the meeting: what was decided, where the minutes are, and this device forgetting
// it.
import { html, nothing } from 'lit-html';
import { countWords } from '../shared/counts.js';
import { t } from '../shared/i18n.js';
import { ANSWERS, hasDecision, standingOf } from '../shared/answers.js';
import { fetchedView, unfetchedView } from '../shared/fetched.js';
import { keepView } from '../shared/keep.js';
import { answersView } from './answers.js';
import { plain } from './pieces.js';
import * as icons from './icons.js';

const minutesLink = (ctx) =>
  ctx.links?.leader ?? ctx.links?.scribe ?? `/minutes/${ctx.state.meeting.code}${location.hash}`;

/** @param {import('./pieces.js').Ctx} ctx */
export const endView = (ctx) => {
  const open = ANSWERS.filter((answer) =>
    ['empty', 'partly'].includes(standingOf(ctx.state, answer)),
  );
  return html` <p class="crumb">${t('console.after')}</p>
    <h1>${t('console.thanks')}</h1>
    <a class="big" href=${minutesLink(ctx)}
      >${icons.next()}<span>${t('console.to_minutes')}</span></a
    >
    ${unfetchedView(ctx.state, ctx.fetchMinutes, ctx.ui.fetching)}
    ${
      hasDecision(ctx.state)
        ? html`<div class="h"><h2>${countWords(ctx.state)}</h2></div>
            ${open.length ? html`<p class="sub">${t('console.still_open')}</p>` : nothing}
            ${answersView(ctx)}`
        : nothing
    }
    ${fetchedView(ctx.state, 'console')} ${keepView(ctx.state, ctx.send)}
    <div class="row ways">
      ${
        ctx.ui.forgot
          ? html`<p class="sub">${t('console.forgot')}</p>`
          : plain(t('console.forget'), () => ctx.set({ forget: true }), { look: 'text' })
      }
    </div>`;
};
