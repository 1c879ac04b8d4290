// agenda.js -- the draft: the agenda as skeleton, and under each part what was said in it.
import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { BASES, tick } from '../shared/bases.js';
import { t, time } from '../shared/i18n.js';
import { answerName, answersView } from './answers.js';
import { button, floorWords, longDate, partTitle, personText } from './pieces.js';
import {
  authorOf,
  basesOf,
  earlierOf,
  groupsOf,
  hasBegun,
  hasDecision,
  isOpen,
  isThere,
  linksWanted,
  may,
} from './read.js';

/** @param {import('./pieces.js').Ctx} ctx */
export const draftView = (ctx) =>
  html` <article class="paper" aria-label=${t('minutes.draft')}>
    ${top(ctx.state)} ${hasDecision(ctx.state) ? answersView(ctx) : nothing}
    ${guard([ctx.saved, ctx.role, ctx.ui.mending, ctx.ui.mended, ctx.ui.linking], () =>
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
      ${item.no}. ${item.title}
      <span class="soft min">${t('minutes.min', { n: item.minutes })}</span>
    </h2>
    ${item.goal ? html`<p class="soft">${t('minutes.goal', { text: item.goal })}</p>` : nothing}
    ${item.parts.filter((part) => isThere(ctx.state, part)).map((part) => partView(ctx, { ...part, item }))}
  </section>`;

function partView(ctx, part) {
  const { state } = ctx;
  const now = state.now.part === part.id && isOpen(state);
  const groups = groupsOf(state, part);
  const alone = part.item.parts.length === 1 && (!part.title || part.title === part.item.title);
  const headed = !alone || now;
  return html` <section
    class=${`part${now ? ' now' : ''}`}
    id=${`part-${part.id}`}
    aria-current=${now ? 'step' : nothing}
  >
    ${headed ? html`<h3>${partTitle(part)}${now ? html` <span class="tag">${t('minutes.under_way')}</span>` : nothing}</h3>` : nothing}
    ${
      part.method === 'decision'
        ? html`<p class="soft">
            ${t('minutes.answers_above')}
            <a
              href="#answers"
              @click=${(event) => {
                event.preventDefault();
                ctx.go('answers');
              }}
              >${t('minutes.decisions')}</a
            >
          </p>`
        : [part.lead, ...(part.questions ?? [])]
            .filter(Boolean)
            .map((text) => html`<p class="soft question">${text}</p>`)
    }
    ${groups.map((group) => groupView(ctx, part, group, headed))}
    ${groups.length ? nothing : emptyView(state, part)}
    ${now && state.now.speaker !== null ? html`<p class="floor"><span class="dot" aria-hidden="true"></span>${floorWords(state)}</p>` : nothing}
  </section>`;
}

function emptyView(state, part) {
  if (state.now.state === 'closed' && !hasBegun(state, part))
    return html`<p class="soft">${t('minutes.not_reached')}</p>`;
  const gathers = !part.intro && !['talk', 'reflection', 'decision'].includes(part.method);
  return gathers && hasBegun(state, part)
    ? html`<p class="soft">${t('minutes.no_points')}</p>`
    : nothing;
}

function groupView(ctx, part, group, headed) {
  const label = group.lap
    ? t('minutes.lap', { no: String(group.lap) })
    : group.box
      ? t('minutes.box.' + group.box)
      : null;
  return html` ${!label ? nothing : headed ? html`<h4>${label}</h4>` : html`<h3>${label}</h3>`}
    <ul class="points">
      ${repeat(
        group.points,
        (point) => point.id,
        (point) => html`<li id=${`point-${point.id}`}>${pointView(ctx, part, point)}</li>`,
      )}
    </ul>`;
}

function pointView(ctx, part, point) {
  if (ctx.ui.mending === point.id) return mendView(ctx, point);
  const author = authorOf(ctx.state, part, point);
  const bases = basesOf(ctx.state, point.builds_on);
  return html` <p class="text">
      ${point.answer ? html`<strong>${t('minutes.suggestion_for', { answer: answerName(point.answer) })}</strong> ` : nothing}${point.text}${
        author ? html` <span class="soft">(${personText(author)})</span>` : nothing
      }${point.late ? html` <span class="soft">${t('minutes.late')}</span>` : nothing}
    </p>
    ${bases.length ? html`<p class="soft">${t('minutes.builds_on')} ${bases.map((each) => `“${short(each.text)}”`).join(', ')}</p>` : nothing}
    ${tools(ctx, part, point)}`;
}

const short = (text) => ([...text].length > 80 ? `${[...text].slice(0, 80).join('')}…` : text);

function tools(ctx, part, point) {
  const links = may(ctx.role, 'connect') && linksWanted(part, point) && isOpen(ctx.state);
  const mends = may(ctx.role, 'mend') && isOpen(ctx.state) && part.method !== 'retrospect';
  if (!links && !mends) return nothing;
  const linking = ctx.ui.linking === point.id;
  return html` <div class="tools">
      ${links ? button(t('minutes.connect'), () => ctx.set({ linking: linking ? null : point.id }), { look: 'small quiet', title: t('minutes.connect_of', { text: short(point.text) }) }) : nothing}
      ${mends ? button(t('minutes.mend'), () => ctx.set({ mending: point.id, mended: point.text }), { look: 'small quiet', title: t('minutes.mend_of', { text: short(point.text) }) }) : nothing}
    </div>
    ${links && linking ? linkView(ctx, point) : nothing}`;
}

/** The earlier points, to be ticked: three at most. */
const linkView = (ctx, point) =>
  html` <fieldset class="links">
    <legend>${t('minutes.connect_which', { n: BASES })}</legend>
    ${earlierOf(ctx.state, point).map((each) => tick(each, point.builds_on, (ids) => ctx.connect(point, ids), short(each.text)))}
    ${button(t('minutes.done'), () => ctx.set({ linking: null }), { look: 'small' })}
  </fieldset>`;

const mendView = (ctx, point) =>
  html` <form
    class="mend"
    @submit=${(event) => {
      event.preventDefault();
      ctx.mend(point, ctx.ui.mended.trim());
    }}
  >
    <textarea
      class="field"
      rows="3"
      maxlength="600"
      aria-label=${t('minutes.mend_text')}
      .value=${ctx.ui.mended}
      @input=${(event) => ctx.set({ mended: event.target.value })}
    ></textarea>
    <div class="bar">
      <button class="b small main" ?disabled=${!ctx.ui.mended.trim()}>${t('minutes.save')}</button>
      ${button(t('minutes.cancel'), () => ctx.set({ mending: null }), { look: 'small' })}
      ${button(t('minutes.take_off'), () => ctx.withdraw(point), { look: 'small quiet' })}
    </div>
  </form>`;
