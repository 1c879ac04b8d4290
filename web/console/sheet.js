// sheet.js -- the late sheet: four ways to find the minutes again, each said before it is chosen.
import { html, nothing, svg } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { t } from '../shared/i18n.js';
import { minutesFace } from '../shared/clock.js';
import { toldAt, toldDrift, toldUsed } from '../shared/schedule.js';
import { roundComplete, livePart } from './read.js';
import { adjusted, behind, endFrom, found, going, offers, planned, slots, times } from './late.js';
import { clockTime, kbd, halves, partTitle, plain, span, toast } from './pieces.js';
import { modal } from './dialogs.js';
import * as icons from './icons.js';

export const WAYS = ['spread', 'one', 'drop', 'move'];
const BY_HAND = 60000;
const BAR = 220;

/**
 * What the sheet shows: the figures stand as they were when it opened. @param
 * {import('./pieces.js').Ctx} ctx
 */
export function sheetOf(ctx) {
  const { at, way, one, dropping, flipped, rows } = ctx.ui.late;
  const all = offers(ctx.state, at, { one, dropping, flipped });
  const chosen = all.offers.find((offer) => offer.way === way);
  const now = rows ?? chosen.rows;
  return { ...all, way, rows: now, found: found(now), newEnd: endFrom(ctx.state, at, now) };
}

const change = (ctx, it) => ctx.set({ late: { ...ctx.ui.late, ...it } });
export const choose = (ctx, way) =>
  sheetOf(ctx).offers.some((offer) => offer.way === way && offer.possible) &&
  change(ctx, { way, rows: null });

/** Not now: asked again only where it has become a good deal worse. */
export const decline = (ctx) => ctx.set({ late: null, declined: behind(ctx.state, ctx.now) });

/** Sends the new plan. What could not be found is not asked for again. */
export async function accept(ctx, way = sheetOf(ctx).way) {
  const { at } = ctx.ui.late;
  const sheet = sheetOf({ ...ctx, ui: { late: { ...ctx.ui.late, way } } });
  const reply = await ctx.send(
    'plan.change',
    planned(ctx.state, at, { ...sheet, ends: sheet.newEnd }),
  );
  if (reply.ok)
    ctx.set({
      late: null,
      agreed: way === 'move' ? 0 : Math.max(0, sheet.need - sheet.found),
    });
}

/** What a way comes to, in a few words. */
function says(offer) {
  const cut = offer.rows.filter((row) => row.after < row.before);
  if (offer.way === 'spread') return t('console.late_spread', { n: cut.length });
  if (offer.way === 'one')
    return cut[0]
      ? t('console.late_one', {
          title: partTitle(cut[0].part),
          before: minutesFace(cut[0].before),
          after: minutesFace(cut[0].after),
        })
      : t('console.late_nothing');
  if (offer.way === 'drop')
    return cut.length
      ? t('console.late_drop', { titles: cut.map((row) => partTitle(row.part)).join(', ') })
      : t('console.late_no_optional');
  return t('console.late_move');
}

/** An hour as it was told when the sheet opened. */
const hour = ({ state, ui }, moment) => clockTime(toldAt(state, moment, ui.late.at));

const ends = (ctx, end) =>
  toldDrift(ctx.state, end, ctx.ui.late.at)
    ? t('console.ends_about', { time: hour(ctx, end) })
    : t('console.ends_at', { time: hour(ctx, end) });

const option = (ctx, sheet, offer, i) =>
  html` <button
    class=${offer.way === sheet.way ? 'opt on' : 'opt'}
    role="radio"
    aria-checked=${offer.way === sheet.way ? 'true' : 'false'}
    ?disabled=${!offer.possible}
    @click=${() => choose(ctx, offer.way)}
  >
    <i></i><b>${t('console.late_way.' + offer.way)}</b>${kbd(String(i + 1))}
    <span>${says(offer)}</span><span class="num">${ends(ctx, offer.ends)}</span>
  </button>`;

const bar = (row, longest) => {
  const width = (ms) => Math.round((BAR * ms) / longest);
  return svg`<svg class="bar" width=${BAR} height="12" viewBox=${`0 0 ${BAR} 12`} aria-hidden="true">
    <rect class="gives" width=${Math.max(8, width(row.before))} height="12" rx="6" />
    ${row.on ? svg`<rect class=${row.protected ? 'keeps locked' : 'keeps'} width=${Math.max(8, width(row.after))} height="12" rx="6" />` : nothing}</svg>`;
};

const given = (row) => {
  const ms = row.before - row.after;
  if (!row.on) return html`<span class="give">${t('console.dropped')}</span>`;
  if (ms > 0)
    return html`<span class="give num">${t('console.gives', { time: halves(ms) })}</span>`;
  if (ms < 0) return html`<span class="num">${t('console.gets', { time: halves(ms) })}</span>`;
  return nothing;
};

/** A protected part is opened by its padlock, and any other closed. */
const lock = (ctx, row) => {
  const title = partTitle(row.part);
  const flip = () => {
    const flipped = new Set(ctx.ui.late.flipped);
    if (!flipped.delete(row.part.id)) flipped.add(row.part.id);
    change(ctx, { flipped, rows: null });
  };
  return html`<button class="lock" aria-pressed=${row.protected ? 'true' : 'false'} @click=${flip}>
    ${row.protected ? icons.lock() : icons.unlock()}<span class=${row.protected ? '' : 'vh'}
      >${t('console.protected')}</span
    ><span class="vh"> ${title}</span>
  </button>`;
};

function stepper(ctx, sheet, row) {
  const title = partTitle(row.part);
  const by = (ms) => () => change(ctx, { rows: adjusted(sheet.rows, row.part.id, ms) });
  if (row.protected || !row.on)
    return html`<span class="fixed num">${row.on ? halves(row.after) : t('console.none')}</span>`;
  return html`<span class="step">
    <button
      aria-label=${t('console.part_less', { title })}
      ?disabled=${row.after <= row.least}
      @click=${by(-BY_HAND)}
    >
      −
    </button>
    <output class="num">${halves(row.after)}</output>
    <button aria-label=${t('console.part_more', { title })} @click=${by(BY_HAND)}>+</button>
  </span>`;
}

/** Taking it all from one part: the name is what one presses. */
const name = (ctx, sheet, row) => {
  const title = html`<b>${partTitle(row.part)}</b
    >${row.optional ? html` <span class="sub">${t('console.optional')}</span>` : nothing}`;
  if (sheet.way === 'one' && !row.protected && row.before > row.least)
    return html`<label class="pick"
      ><input
        type="radio"
        name="one"
        .checked=${row.after < row.before}
        @change=${() => change(ctx, { one: row.part.id, rows: null })}
      />${title}</label
    >`;
  if (sheet.way === 'drop' && row.optional) {
    const flip = () => {
      const dropping = new Set(sheet.rows.filter((each) => !each.on).map((each) => each.part.id));
      if (!dropping.delete(row.part.id)) dropping.add(row.part.id);
      change(ctx, { dropping, rows: null });
    };
    return html`<label class="pick"
      ><input type="checkbox" .checked=${!row.on} @change=${flip} />${title}</label
    >`;
  }
  return title;
};

const table = (ctx, sheet) => {
  const longest = Math.max(1, ...sheet.rows.map((row) => Math.max(row.before, row.after)));
  const slot = times(ctx.state, ctx.ui.late.at, sheet.rows);
  return html`<table class="lt">
    <thead>
      <tr>
        <th scope="col">${t('console.remaining')}</th>
        <th scope="col" class="r">${t('console.before_ms')}</th>
        <td></td>
        <th scope="col" class="c">${t('console.after_ms')}</th>
        <td class="bars"></td>
        <td></td>
        <td></td>
        <th scope="col" class="r">${t('console.new_time')}</th>
      </tr>
    </thead>
    <tbody>
      ${sheet.rows.map(
        (row, i) =>
          html`<tr class=${row.protected ? 'locked' : row.on ? '' : 'dropped'}>
            <td>${name(ctx, sheet, row)}</td>
            <td class="num r">${halves(row.before)}</td>
            <td class="arrow" aria-label=${t('console.becomes')}>→</td>
            <td class="c">${stepper(ctx, sheet, row)}</td>
            <td class="bars">${bar(row, longest)}</td>
            <td>${given(row)}</td>
            <td>${lock(ctx, row)}</td>
            <td class="num r soft">
              ${row.on ? `${hour(ctx, slot[i].from)}–${hour(ctx, slot[i].to)}` : '–'}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
};

const why = (ctx) => {
  const { state } = ctx;
  const { at, start } = ctx.ui.late;
  if (start?.air) return t('console.late_air', { n: start.air });
  const live = livePart(state);
  const row = going(state, at).rows.find(({ part }) => part.id === live?.id);
  return live && roundComplete(state)
    ? t('console.late_round', {
        title: partTitle(live),
        time: span(toldUsed(state, row, at) * 60000),
      })
    : t('console.late_calm');
};

/** The one question of a late start has its answers as buttons: the promise first. */
function startWords(ctx, sheet) {
  const time = hour(ctx, sheet.newEnd);
  return sheet.way === 'move' || sheet.found <= 0
    ? t('console.start_end', { time })
    : t('console.start_found', { time, found: minutesFace(sheet.found) });
}

const title = (ctx, sheet) => {
  const { start, at } = ctx.ui.late;
  const minutes = Math.max(0, toldDrift(ctx.state, sheet.ends, at));
  if (start)
    return t('console.start_late', {
      n: start.late,
      found: minutesFace(sheet.need),
      time: clockTime(sheet.planned),
      later: hour(ctx, sheet.ends),
    });
  return minutes ? t('console.late_title', { n: minutes }) : t('console.late_none');
};

/** @param {import('./pieces.js').Ctx} ctx */
export function sheetView(ctx) {
  if (!ctx.ui.late) return nothing;
  const sheet = sheetOf(ctx);
  const { start } = ctx.ui.late;
  const same = hour(ctx, sheet.newEnd) === hour(ctx, sheet.ends);
  return html` <dialog
    class="sheet"
    aria-labelledby="late-h"
    ${ref(modal)}
    @cancel=${(event) => {
      event.preventDefault();
      decline(ctx);
    }}
  >
    <div class="sheet-head">
      <div>
        <h1 id="late-h" tabindex="-1" autofocus>${title(ctx, sheet)}</h1>
        <p class="sub">${why(ctx)}</p>
      </div>
      ${plain(t('console.not_now'), () => decline(ctx), { key: 'Esc' })}
    </div>
    <div class="opts" role="radiogroup" aria-label=${t('console.late_where')}>
      ${sheet.offers.map((offer, i) => option(ctx, sheet, offer, i))}
    </div>
    <div class="lt-wrap">${table(ctx, sheet)}</div>
    <div class="sum">
      <div>
        <p class="sum-end num">
          ${ends(ctx, sheet.newEnd)}${same ? nothing : html` <span>${t('console.instead_of', { time: hour(ctx, sheet.ends) })}</span>`}
        </p>
        <p class="sub num">
          ${sheet.need ? t('console.found', { found: halves(Math.max(0, sheet.found)), need: halves(sheet.need) }) : nothing}${' '}
          ${t('console.can_undo')} ${kbd('Z')}
        </p>
      </div>
      ${
        start && sheet.way !== 'move'
          ? plain(t('console.start_end', { time: hour(ctx, sheet.ends) }), () =>
              accept(ctx, 'move'),
            )
          : nothing
      }
      <button class="big" @click=${() => accept(ctx)} aria-keyshortcuts="Enter">
        <span
          >${
            start
              ? startWords(ctx, sheet)
              : slots(sheet.rows).length
                ? t('console.use_plan')
                : t('console.use_end')
          }</span
        >${kbd('Enter')}
      </button>
    </div>
    ${toast(ctx)}
  </dialog>`;
}
