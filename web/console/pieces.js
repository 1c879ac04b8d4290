// pieces.js -- small things that every block of the console is made of.
import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import { authorsOf } from '../shared/author.js';
import { hours, list, t } from '../shared/i18n.js';
import { minutesFace } from '../shared/clock.js';
import { minuteOf } from '../shared/schedule.js';
import { callName } from '../shared/names.js';
import { looksLike } from '../shared/heeded.js';
import { typed } from '../shared/typed.js';
import { filled } from '../shared/when.js';
import { enabled } from './actions.js';
import { readyCount, seatOf, titleOf } from './read.js';
import * as icons from './icons.js';

/**
 * What every view gets. `ui` is what this page alone knows: open rows, dialogs, drafts. `news` is
 * another object whenever anything but the clock may be another.
 * @typedef {{
 *   state: import('../shared/model.js').State, ui: any, now: number, news: object, status: string,
 *   saving: boolean,
 *   connected: Set<number>, screens: {[role: string]: number}, guessed: 'keys' | 'codes' | null,
 *   links: {[role: string]: string} |
 *   null,
 *   key: string, wifi: boolean, renew: (role: string) => Promise<void>, keep: (change: object) =>
 *   void,
 *   run: (action: string, arg?: any) => Promise<any>,
 *   press: () => void,
 *   fetchMinutes: () => Promise<void>,
 *   send: (name: string, fields: object) => Promise<import('../shared/link.js').Reply>,
 *   set: (change: object) => void,
 *   say: (text: string, back?: () => any) => void,
 *   draft: (key: string, saved: string) => string,
 *   write: (key: string, text: string, save?: (text: string) => Promise<any>) => void,
 *   flush: (key: string) => Promise<void>,
 *   drop: (key: string) => void,
 *   texts: ReturnType<typeof import('../shared/texts.js').deskTexts>,
 *   writers: ReturnType<typeof import('../shared/places.js').writers>,
 *   personal: typeof import('../shared/personal.js').personal,
 *   copy: (text: string, field: HTMLInputElement) => void,
 *   rest: typeof import('./rest.js') | null,
 * }} Ctx
 */

const MINUTE = 60000;

/**
 * A view without a clock in it: drawn at news, and left alone each second. @param {Ctx} ctx @param
 * {() => any} view
 */
export const timeless = (ctx, view) => guard(ctx.news, view);

export const kbd = (key) => (key ? html`<kbd aria-hidden="true">${key}</kbd>` : nothing);

/**
 * A button of an action: pressed only when that is possible. rest: what is said after the label to
 * those who do not see where the button stands.
 * @param {Ctx} ctx
 * @param {{action: string, arg?: any, label: any, key?: string, icon?: any, look?: string, rest?:
 *   string}} it
 */
export const act = (ctx, { action, arg, label, key, icon = nothing, look = '', rest }) =>
  html` <button
    class=${`b ${look}`}
    ?disabled=${!enabled(ctx.state, action, arg)}
    @click=${() => ctx.run(action, arg)}
    aria-keyshortcuts=${key ?? nothing}
  >
    ${icon}<span>${label}${rest ? html`<span class="vh"> ${rest}</span>` : nothing}</span>${kbd(key)}
  </button>`;

/**
 * A button that only concerns this page. @param {any} label @param {(event: any) => void} press
 * @param {{look?: string, key?: string, icon?: any, title?: string, disabled?: boolean}} [it]
 */
export const plain = (
  label,
  press,
  { look = '', key = undefined, icon = nothing, title = undefined, disabled = false } = {},
) =>
  html` <button
    class=${`b ${look}`}
    type="button"
    ?disabled=${disabled}
    @click=${press}
    aria-keyshortcuts=${key ?? nothing}
    aria-label=${title ?? nothing}
  >
    ${icon}${label ? html`<span>${label}</span>` : nothing}${kbd(key)}
  </button>`;

/**
 * A button that opens what stands under it, and closes it again: one at a time. @param {Ctx} ctx
 */
export const menu = (ctx, name, label, body) => {
  const open = ctx.ui.menu === name;
  return html`<button
      class="b small menu"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${() => ctx.set({ menu: open ? null : name })}
    >
      <span>${label}</span>${open ? icons.up() : icons.down()}
    </button>
    ${open ? html`<div class="menu-body">${body()}</div>` : nothing}`;
};

export const methodName = (method) => t('method.' + method);
export const partTitle = (part) => titleOf(part, methodName);

/** How a person is called: a name, or a function, or the number of the place. */
export const seatName = (seat) =>
  callName(seat) || t('console.nameless', { no: String(seat?.seat ?? '') });
export const nameOf = (state, n) => seatName(seatOf(state, n) ?? { seat: n });

/** How many are ready, and how many there are who cannot say so. */
export function readyWords(state) {
  const { ready, of, without } = readyCount(state);
  if (!of && without) return t('console.ready_ask');
  const words = t('console.ready_count', { ready, of });
  return without ? `${words} · ${t('console.ready_without', { n: without })}` : words;
}

/** "7 of 10 are ready · 1 without a phone": each piece in one line, and no dot at a line's edge. */
export const bits = (text) =>
  html`<span class="bits"
    >${text.split(' · ').map((bit, i) => html`<span>${i ? html`<i>· </i>` : nothing}${bit}</span> `)}</span
  >`;

/** Who wrote a point, in words; '' where it is nobody's. */
export const authorOf = (state, point) => list(authorsOf(point).map((n) => nameOf(state, n)));

/** The same before the point's words. */
export const by = (state, point) => {
  const author = authorOf(state, point);
  return author ? html`<b class="by">${author}:</b> ` : nothing;
};

/**
 * The choices of a select: everybody in the list. They are made anew only when the list is another.
 */
export const seatOptions = (seats, chosen = null, words = seatName) =>
  guard([seats, chosen], () =>
    seats.map(
      (seat) =>
        html`<option value=${seat.seat} ?selected=${seat.seat === chosen}>${words(seat)}</option>`,
    ),
  );

/** A length in words: "5 min", "30 sek.", "2 min 30 sek." */
export function span(ms) {
  const seconds = Math.round(Math.abs(ms) / 1000);
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (!minutes) return t('console.seconds', { n: rest });
  return rest
    ? t('console.minutes_seconds', { minutes, seconds: rest })
    : t('console.minutes', { n: minutes });
}

/** A length as it is planned with: "10½ min". What is no half minute is told in seconds. */
export const halves = (ms) =>
  Math.abs(ms) % (MINUTE / 2) ? span(ms) : t('console.min', { no: minutesFace(Math.abs(ms)) });

/** A time of day from the meeting clock: the minute that it is in, as the board shows it too. */
export const clockTime = (ms) => (ms === null ? '' : hours(minuteOf(ms)));

/**
 * A field whose text is kept here until it has been saved, so that what others write does not pull
 * it away.
 * @param {Ctx} ctx
 * @param {{key: string, saved: string, save: (text: string) => Promise<any>, label: string,
 *   rows?: number, max?: number,
 *   placeholder?: string, list?: string, type?: string, look?: string}} it
 */
export function field(
  ctx,
  {
    key,
    saved,
    save,
    label,
    rows = 0,
    max = 600,
    placeholder,
    list: choices,
    type = 'text',
    look = '',
  },
) {
  const value = ctx.draft(key, saved);
  const input = (event) => ctx.write(key, event.target.value, save);
  const leave = () => ctx.flush(key);
  return rows
    ? html`<textarea
        class=${`field ${look}`}
        rows=${rows}
        maxlength=${max}
        aria-label=${label}
        placeholder=${placeholder ?? nothing}
        .value=${typed(value)}
        @input=${input}
        @change=${leave}
      ></textarea>`
    : html`<input
        class=${`field ${look}`}
        type=${type}
        maxlength=${max}
        aria-label=${label}
        placeholder=${placeholder ?? nothing}
        list=${choices ?? nothing}
        .value=${typed(value)}
        @input=${input}
        @change=${leave}
        autocomplete="off"
      />`;
}

/**
 * A day or an hour; an empty one takes it away.
 * @param {{type: 'date' | 'time', value: string | undefined, tell: (value: string) => any, label?:
 *   string, disabled?: boolean}} it
 */
export const when = ({ type, value = '', tell, label, disabled = false }) =>
  html` <input
    class="field num"
    type=${type}
    aria-label=${label ?? nothing}
    ?data-empty=${!value}
    ?disabled=${disabled}
    .value=${value}
    @input=${(event) => filled(event.target, value, tell)}
  />`;

/**
 * Whether a text may go to the wall: what looks like somebody's own waits until whoever wrote it has
 * been asked, and has said so.
 * @param {Ctx} ctx  @param {string} key  of the field
 */
export function isHeeded(ctx, key, text) {
  const names = ctx.state.seats.map((seat) => seat.name);
  const asked = ctx.ui.heed?.key === key && ctx.ui.heed.anyway;
  const what = asked ? null : ctx.personal(text, names);
  if (what || ctx.ui.heed) ctx.set({ heed: what && { key, what } });
  return !what;
}

/**
 * The question, with its two buttons; or the form's own. None of the two is what Enter presses, which
 * may be pressed twice.
 * @param {Ctx} ctx
 */
export const heed = (ctx, key, own) =>
  ctx.ui.heed?.key === key
    ? html`<div class="heed" role="alert">
        <p><b>${looksLike(ctx.ui.heed.what)}</b> ${t('shared.heed_why')}</p>
        <div class="row">
          ${plain(t('shared.heed_back'), () => ctx.set({ heed: null }))}
          ${plain(t('shared.heed_go'), (event) => {
            ctx.set({ heed: { ...ctx.ui.heed, anyway: true } });
            event.target.closest('form').requestSubmit();
          })}
        </div>
      </div>`
    : own;

/**
 * A field for one thing more: sent whole with Enter or the button, then empty again.
 * @param {Ctx} ctx
 * @param {{key: string, label: string, hint?: string, button: string, add: (text: string) =>
 *   Promise<any>, max?: number}} it
 */
export function adder(ctx, { key, label, hint = label, button, add, max = 600 }) {
  const submit = async (event) => {
    event.preventDefault();
    const text = ctx.draft(key, '').trim();
    if (!text || !isHeeded(ctx, key, text)) return;
    const reply = await add(text);
    if (reply.ok) ctx.drop(key);
  };
  return html`<form class="adder" @submit=${submit}>
    <input
      class="field"
      maxlength=${max}
      aria-label=${label}
      placeholder=${hint}
      autocomplete="off"
      .value=${live(ctx.draft(key, ''))}
      @input=${(event) => ctx.write(key, event.target.value)}
    />
    ${heed(ctx, key, html`<button class="b">${button}</button>`)}
  </form>`;
}

/** A text to hand on: to be marked and copied where the browser copies nothing by itself. */
export const handOver = (ctx, label, text, { open = false } = {}) =>
  html` <div class="hand-over">
    <label class="sub"
      >${label}<input
        class="field num"
        readonly
        .value=${text}
        @focus=${(event) => event.target.select()}
    /></label>
    <button
      class="b"
      type="button"
      @click=${(event) => ctx.copy(text, event.target.closest('.hand-over').querySelector('input'))}
    >
      ${ctx.ui.copied === text ? t('console.copied') : t('console.copy')}
    </button>
    ${open ? html`<a class="b" href=${text} target="_blank" rel="noreferrer">${t('console.open')}</a>` : nothing}
  </div>`;

/**
 * Words that pass by themselves. What is open over the page covers it and makes it deaf: then they
 * stand in what is open.
 * @param {Ctx} ctx
 */
export const toast = (ctx) =>
  html`<div class="toast" role="status">
    ${
      ctx.ui.toast
        ? html`<p>
            ${ctx.ui.toast}${
              typeof ctx.ui.back === 'function' ||
              (ctx.ui.back && ctx.ui.back === ctx.state.undo?.what)
                ? html`<button
                    class="back"
                    @click=${() => {
                      if (typeof ctx.ui.back === 'function') ctx.ui.back();
                      else ctx.run('undo');
                      ctx.set({ toast: '' });
                    }}
                  >
                    ${t('console.undo')}
                  </button>`
                : nothing
            }
          </p>`
        : nothing
    }
  </div>`;
