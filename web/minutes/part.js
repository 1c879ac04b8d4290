// part.js -- what was asked in a part and what was said in it: the pieces that a method's view of
// the minutes is made of.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { repeat } from 'lit-html/directives/repeat.js';
import * as traits from 'runde:traits';
import { BASES, tick } from '../shared/bases.js';
import { pointKey, recapKey, recapOf } from '../shared/keys.js';
import { deskField, writesHere } from '../shared/field.js';
import { t } from '../shared/i18n.js';
import { answerName } from './answers.js';
import { button, by, personText } from './pieces.js';
import { basesOf, earlierOf, groupsOf, hasBegun, linksWanted, may } from './read.js';

/** What people were asked, and the words before it. */
const asked = (part) =>
  [part.lead, ...(part.questions ?? [])]
    .filter(Boolean)
    .map((text) => html`<p class="soft question">${text}</p>`);

/**
 * The points of a part under their labels, or why there are none.
 * @param {import('./pieces.js').Ctx} ctx
 * @param {boolean} headed  whether the part has a heading of its own
 */
export function said(ctx, part, headed) {
  const groups = groupsOf(ctx.state, part);
  return groups.length
    ? groups.map((group) => groupView(ctx, part, group, headed))
    : emptyView(ctx.state, part);
}

/** A part as most methods show it. */
export const plainPart = (ctx, part, headed) => html`${asked(part)} ${said(ctx, part, headed)}`;

function emptyView(state, part) {
  if (state.now.state === 'closed' && !hasBegun(state, part))
    return html`<p class="soft">${t('minutes.not_reached')}</p>`;
  return traits.gathered(part) && !part.intro && hasBegun(state, part)
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
    ${group.lap && traits.more_laps(part) ? recapView(ctx, part, group) : nothing}
    <ul class="points">
      ${repeat(
        group.points,
        (point) => point.id,
        (point) => html`<li id=${`point-${point.id}`}>${pointView(ctx, part, point)}</li>`,
      )}
    </ul>`;
}

/** What a lap came to: for whoever may write it a field, once the lap is over. */
export function recapView(ctx, part, { lap, over }) {
  const unit = recapKey(part.id, lap);
  const text = recapOf(ctx.state, part.id, lap);
  if (!may(ctx.role, 'write') || !(over || text))
    return text ? html`<p class="text recap">${text}</p>` : nothing;
  const label = t('shared.recap_of', { lap: String(lap) });
  return html`<div class="recap">
    <p class="soft">${label} ${writesHere(ctx, unit)}</p>
    ${deskField(ctx, { unit, rows: 2, label, placeholder: t('shared.recap_how') })}
  </div>`;
}

/** @param {import('runde:protocol').Contribution} point */
function pointView(ctx, part, point) {
  if (ctx.ui.mending === point.id) return mendView(ctx, point);
  const bases = basesOf(ctx.state, point.builds_on);
  return html` <p class="text">
      ${point.answer ? html`<strong>${t('minutes.suggestion_for', { answer: answerName(point.answer) })}</strong> ` : nothing}${point.text}${by(ctx.state, point, { full: true })}${point.late ? html` <span class="soft">${t('minutes.late')}</span>` : nothing}
    </p>
    ${may(ctx.role, 'mend') ? writesHere(ctx, pointKey(point.id)) : nothing}
    ${bases.length ? html`<p class="soft">${t('minutes.builds_on')} ${bases.map((each) => t('minutes.quoted', { text: short(each.text) })).join(', ')}</p>` : nothing}
    ${tools(ctx, part, point)}`;
}

const short = (text) => ([...text].length > 80 ? `${[...text].slice(0, 80).join('')}…` : text);

function tools(ctx, part, point) {
  const links = may(ctx.role, 'connect') && linksWanted(part, point);
  const mends = may(ctx.role, 'mend') && !traits.nameless(part);
  if (!links && !mends) return nothing;
  const linking = ctx.ui.linking === point.id;
  return html` <div class="tools">
      ${links ? button(t('minutes.connect'), () => ctx.set({ linking: linking ? null : point.id }), { look: 'small quiet', title: t('minutes.connect_of', { text: short(point.text) }) }) : nothing}
      ${mends ? button(t('minutes.mend'), () => ctx.set({ mending: point.id, was: point.text }), { look: 'small quiet', title: t('minutes.mend_of', { text: short(point.text) }) }) : nothing}
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

/** The words, whose they are, and the way off the paper; each may be taken back. */
const mendView = (ctx, point) => {
  const unit = pointKey(point.id);
  return html` <form
    class="mend"
    @submit=${(event) => {
      event.preventDefault();
      ctx.mended(point, ctx.ui.was);
    }}
  >
    ${deskField(ctx, { unit, rows: 3, label: t('minutes.mend_text') })}
    <div class="bar">
      ${
        point.seat && !point.with_seats?.length
          ? html`<label class="who"
              ><span class="vh">${t('minutes.whose')}</span
              ><select
                class="field"
                .value=${live(String(point.seat))}
                @change=${(event) => ctx.move(point, Number(event.target.value))}
              >
                ${ctx.state.seats.map((seat) => html`<option value=${seat.seat} ?selected=${seat.seat === point.seat}>${personText(seat)}</option>`)}
              </select></label
            >`
          : nothing
      }
      <button class="b small main">${t('minutes.done')}</button>
      ${button(t('minutes.take_off'), () => ctx.withdraw(point), { look: 'small quiet' })}
    </div>
  </form>`;
};
