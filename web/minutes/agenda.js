// agenda.js -- the draft: the agenda as skeleton, and under each part what was said in it.
import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { views } from 'runde:method/minutes';
import { t, time } from '../shared/i18n.js';
import { answersView } from './answers.js';
import { floorWords, longDate, partTitle, personText } from './pieces.js';
import { hasDecision, isOpen, isThere } from './read.js';

/** @param {import('./pieces.js').Ctx} ctx */
export const draftView = (ctx) =>
  html` <article class="paper" aria-label=${t('minutes.draft')}>
    ${top(ctx.state)} ${hasDecision(ctx.state) ? answersView(ctx) : nothing}
    ${guard([ctx.saved, ctx.role, ctx.ui.mending, ctx.ui.linking, ctx.news], () =>
      repeat(
        ctx.state.items,
        (item) => item.no,
        (item) => itemView(ctx, item),
      ),
    )}
  </article>`;

function top({ meeting, seats }) {
  const when = [
    meeting.date && longDate(meeting.date),
    meeting.starts && t('minutes.at_time', { time: time(meeting.starts) }),
  ]
    .filter(Boolean)
    .join(' ');
  const rows = [
    [t('minutes.when'), when],
    [t('minutes.place'), meeting.place],
    [t('minutes.focus'), meeting.focus],
    [t('minutes.purpose'), meeting.purpose],
  ].filter(([, text]) => text);
  return html` <h1>${meeting.title}</h1>
    <p class="soft">${t('minutes.is_draft')}</p>
    ${
      rows.length
        ? html`<dl>
            ${rows.map(
              ([name, text]) =>
                html`<dt>${name}</dt>
                  <dd>${text}</dd>`,
            )}
          </dl>`
        : nothing
    }
    <h2>${t('minutes.participants')}</h2>
    ${
      seats.length
        ? html`<p class="people">
            ${seats.map((seat, i) => html`${i ? ' · ' : nothing}<span>${personText(seat)}</span>`)}
          </p>`
        : html`<p class="soft">${t('minutes.nobody')}</p>`
    }`;
}

const itemView = (ctx, item) =>
  html` <section class="item">
    <h2>
      ${item.no}. ${item.title}${' '}
      <span class="soft min">${t('minutes.min', { n: item.minutes })}</span>
    </h2>
    ${item.goal ? html`<p class="soft">${t('minutes.goal', { text: item.goal })}</p>` : nothing}
    ${item.parts.filter((part) => isThere(ctx.state, part)).map((part) => partView(ctx, { ...part, item }))}
  </section>`;

function partView(ctx, part) {
  const { state } = ctx;
  const now = state.now.part === part.id && isOpen(state);
  const alone = part.item.parts.length === 1 && (!part.title || part.title === part.item.title);
  const headed = !alone || now;
  return html` <section
    class=${`part${now ? ' now' : ''}`}
    id=${`part-${part.id}`}
    aria-current=${now ? 'step' : nothing}
  >
    ${headed ? html`<h3>${partTitle(part)}${now ? html` <span class="tag">${t('minutes.under_way')}</span>` : nothing}</h3>` : nothing}
    ${views[part.method](ctx, part, headed)}
    ${now && state.now.speaker !== null ? html`<p class="floor"><span class="dot" aria-hidden="true"></span>${floorWords(state)}</p>` : nothing}
  </section>`;
}
