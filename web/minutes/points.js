// points.js -- a point of the draft, and what can be done with it: mended, connected, given to
// another, taken off.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { ref } from 'lit-html/directives/ref.js';
import * as traits from 'runde:traits';
import { BASES, tick } from '../shared/bases.js';
import { inline } from '../shared/draft.js';
import { deskField, writesHere } from '../shared/field.js';
import { t } from '../shared/i18n.js';
import { pointKey } from '../shared/keys.js';
import { partOf } from '../shared/model.js';
import { button, personText } from './pieces.js';
import { earlierOf, linksWanted, may } from './read.js';

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {import('runde:protocol').Contribution | undefined} point  as it stands now; none where it
 *   has just been taken off
 * @param {import('../shared/draft.js').Node} node  as it is worded
 */
export function pointItem(ctx, point, { id, of }) {
  const mending = point && ctx.ui.mending === id;
  return html`<li id=${`point-${id}`}>
    <p class=${mending ? 'read' : nothing}>${inline(of)}</p>
    ${mending ? mendView(ctx, point) : point ? tools(ctx, point) : nothing}
  </li>`;
}

const short = (text) => ([...text].length > 80 ? `${[...text].slice(0, 80).join('')}…` : text);

function tools(ctx, point) {
  const part = partOf(ctx.state, point.part);
  const links = may(ctx, 'connect') && linksWanted(part, point);
  const mends = may(ctx, 'mend') && !traits.nameless(part);
  if (!links && !mends) return nothing;
  const linking = ctx.ui.linking === point.id;
  return html`<div class="tools">
      ${links ? button(t('minutes.connect'), () => ctx.set({ linking: linking ? null : point.id }), { look: 'small quiet', title: t('minutes.connect_of', { text: short(point.text) }) }) : nothing}
      ${mends ? button(t('minutes.mend'), () => ctx.set({ mending: point.id, was: point.text }), { look: 'small quiet', title: t('minutes.mend_of', { text: short(point.text) }) }) : nothing}
      ${writesHere(ctx, pointKey(point.id))}
    </div>
    ${links && linking ? linkView(ctx, point) : nothing}`;
}

/** The earlier points, to be ticked: three at most. */
const linkView = (ctx, point) =>
  html`<fieldset class="links tool">
    <legend>${t('minutes.connect_which', { n: BASES })}</legend>
    ${earlierOf(ctx.state, point).map((each) => tick(each, point.builds_on, (ids) => ctx.connect(point, ids), short(each.text)))}
    ${button(t('minutes.done'), () => ctx.set({ linking: null }), { look: 'small' })}
  </fieldset>`;

/** Whoever opens it writes at once, behind what stands there. @param {Element | undefined} form */
const begin = (form) =>
  queueMicrotask(() => {
    const field = form?.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  });

/** The words, whose they are, and the way off the paper; each may be taken back. */
const mendView = (ctx, point) => {
  const unit = pointKey(point.id);
  return html`<form
    class="mend tool"
    ${ref(begin)}
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
              ><span class="soft">${t('minutes.whose')}</span
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
      ${button(ctx.saved.now.state === 'closed' ? t('minutes.take_out') : t('minutes.take_off'), () => ctx.withdraw(point), { look: 'small quiet' })}
    </div>
  </form>`;
};
