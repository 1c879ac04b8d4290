// lobby.js -- before the meeting: why we are here, how to come in, and the seats filling up round
// the code.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { isThere } from '../shared/company.js';
import { atTable } from './choose.js';
import { callName } from '../shared/names.js';
import { LEAST, fitText, wrapTo } from './fit.js';
import { inMiddle, bridges, dotsOf, namesOf, seatingFor } from './table.js';
import { boxed, vars } from './place.js';
import { turnRows } from './turn.js';
import { plan, promise } from '../shared/schedule.js';
import { dayOf, timeOf, weekdayOf } from './pieces.js';

/** An item stands in the strip no narrower than this, in u. */
const NARROW = 17;
const GAP = 2.6;

/**
 * The agenda's strip: one line with each item as wide as its title, or columns of titles on two
 * lines.
 * @param {{title: string}[]} items
 * @param {number} width
 * @param {import('./fit.js').Measure} measure
 * @returns {{across: number, loose: boolean, most: number, height: number, titles: string[]}}  most:
 *   lines of a title
 */
export function stripOf(items, width, measure) {
  const natural = items.reduce((sum, { title }) => sum + measure(title, 2.7) * 1.02 + GAP, -GAP);
  if (natural <= width)
    return {
      across: items.length,
      loose: true,
      most: 3,
      height: 2 + 2.3 * 1.3 + 2.7 * 1.3,
      titles: items.map(({ title }) => title),
    };
  const abreast = Math.max(1, Math.floor((width + GAP) / (NARROW + GAP)));
  const rows = Math.ceil(items.length / abreast);
  const across = Math.ceil(items.length / rows);
  const wide = (width - GAP * (across - 1)) / across;
  const most = rows > 2 ? 1 : 3;
  const set = items.map(({ title }) => wrapTo(title, wide * 0.97, 2.4, most, measure));
  const lines = Math.max(...set.map((each) => each.lines.length));
  return {
    across,
    loose: false,
    most,
    height: 2 + rows * (2.3 + 2.4 * lines) * 1.3 + (rows - 1) * 0.9,
    titles: set.map(({ text }) => text),
  };
}

/** When each item begins, as people are told it; null when the agenda says no time. */
export function beginnings(state, at) {
  const rows = plan(state, at);
  return state.items.map((item) => {
    const begins = rows.find((row) => row.item === item)?.plannedAt ?? null;
    return begins === null ? null : timeOf(begins);
  });
}

/**
 * Whoever has come, and whoever is awaited, by name.
 * @returns {import('./seating.js').Place[]}
 */
export const lobbyPlaces = (state) =>
  atTable(state).map((seat) => ({
    seat: seat.seat,
    name: callName(seat),
    role: isThere(seat) ? 'here' : 'free',
  }));

/** @param {import('./pieces.js').View} view */
export function lobby(view) {
  const { state, at, frame, measure } = view;
  const { code } = state.meeting;
  return html`${hello(view)}${gather(lobbyPlaces(state), frame.gather, measure, code)}${strip(state, at, frame.strip, measure)}`;
}

/** When we begin and end, as the plan says; what time it is, for whoever has come early. */
function timesOf(state, at) {
  const told = promise(state, at);
  const clock = t('board.clock_is', { time: timeOf(at) });
  if (told === null) return clock;
  const [time, end] = [told.begins, told.ends].map((moment) => timeOf(moment));
  return `${clock} · ${t('board.begins_at', { time, end })}`;
}

/**
 * What was agreed last time and taken along, as lines: tasks first, each with what came of it, or by
 * when it was to be done.
 */
export const carriedOf = ({ carried = [] }) =>
  [
    ...carried.filter(({ kind }) => kind === 'task'),
    ...carried.filter(({ kind }) => kind !== 'task'),
  ].map(({ text, owner, due, outcome }) =>
    [
      owner ? `${owner}: ${text}` : text,
      outcome ? t('shared.outcome.' + outcome) : due ? t('board.by_day', { day: dayOf(due) }) : '',
    ]
      .filter(Boolean)
      .join(' · '),
  );

function hello({ state, at, frame, measure, host, wifi }) {
  const { meeting } = state;
  const { x, y, w, h } = frame.hello;
  const where = [meeting.place, meeting.date ? weekdayOf(meeting.date) : '']
    .filter(Boolean)
    .join(' · ');
  const carried = carriedOf(state);
  const how = wifi ? 25 : 20;
  const lines = carried.length
    ? turnRows(
        carried.map((text) => [{ text, part: 1 }]),
        {
          w: w - 3.4,
          h: (h - how) * (!meeting.focus ? 0.5 : meeting.title.length > 60 ? 0.3 : 0.36) - 4,
          foot: 0,
          max: 2.6,
          min: LEAST,
          lead: 1.28,
          gap: 0.3,
        },
        at,
        measure,
      )
    : null;
  const before = lines ? lines.height + 7 : 0;
  const focus = fitText(
    meeting.focus ?? '',
    {
      w: w - 3.4,
      h: (h - how - before) * (meeting.title.length > 60 ? 0.34 : 0.4) - 4,
      max: 4.4,
      min: LEAST,
      lead: 1.27,
    },
    measure,
  );
  const focusHeight = meeting.focus ? focus.lines.length * focus.size * 1.27 + 8 : 0;
  const room = h - how - focusHeight - before - (where ? 8.6 : 4.6) - 2;
  const title = fitText(
    meeting.title,
    { w, h: room, max: 8, min: 2.6, lead: 1.1, weight: 600, most: 6 },
    measure,
  );
  return html`<section class="hello at" ${boxed({ x, y, w, h })}>
    ${where ? html`<p class="label line">${where}</p>` : nothing}
    <p class="label line num">${timesOf(state, at)}</p>
    <h1 class="fit" ${vars({ size: title.size.toFixed(3), most: title.lines.length })}>
      ${title.text}
    </h1>
    ${
      meeting.focus
        ? html`<div class="focus">
            <p class="label">${t('board.focus')}</p>
            <h2 class="fit" ${vars({ size: focus.size.toFixed(3), most: focus.lines.length })}>
              ${focus.text}
            </h2>
          </div>`
        : nothing
    }
    ${
      lines
        ? html`<div class="before" ${vars({ size: lines.size.toFixed(3), most: lines.most })}>
            <p class="label num">
              ${[t('board.last_time'), lines.pages > 1 ? t('board.page_of', { n: lines.page + 1, of: lines.pages }) : ''].filter(Boolean).join(' · ')}
            </p>
            <ul>
              ${lines.texts.map(([line]) => html`<li class="clamp">${line}</li>`)}
            </ul>
          </div>`
        : nothing
    }
    <div class="how">
      <div>
        <p><b>${t('board.find_seat')}</b></p>
        <p>${t('board.scan')}</p>
        <p>${t('board.address')} <b class="address">${host}</b></p>
        <p class="soft">${t('board.no_phone')}</p>
      </div>
      ${wifi ? html`<div class="wifi"><img src=${wifi} alt=${t('board.wifi_alt')} /><span class="label">${t('board.wifi')}</span></div>` : nothing}
    </div>
  </section>`;
}

function gather(places, box, measure, code) {
  const shape = seatingFor(places, box, measure);
  const { cx, cy, radius } = shape;
  const there = (place) => place.role === 'here';
  const inner = shape.table + (shape.rows > 1 ? 0 : 28);
  const room = inner / 10 - 0.6;
  return html`<svg
      class="stage at"
      ${boxed(box)}
      viewBox="0 0 ${(box.w * 10).toFixed(0)} ${(box.h * 10).toFixed(0)}"
      aria-hidden="true"
    >
      <g transform="translate(${cx} ${cy})">
        <circle class="table-top" r=${inner}></circle>
        <circle class=${shape.rows > 1 ? 'rim dotted none' : 'rim dotted'} r=${radius}></circle>
        ${bridges(places, shape, there)}
      </g>
      ${dotsOf(places, shape)}${namesOf(shape.labels)}
    </svg>
    ${inMiddle(
      box,
      cx / 10,
      cy / 10,
      room,
      () =>
        html`<div class="qr" ${vars({ room: room.toFixed(3) })}>
          <img src="/qr/${code}.svg" alt=${t('board.qr_alt')} /><b class="code">${code}</b>
        </div>`,
    )}`;
}

function strip(state, at, box, measure) {
  const { items } = state;
  const begins = beginnings(state, at);
  const { across, loose, most, titles } = stripOf(items, box.w, measure);
  return html`<ol
    class=${loose ? 'strip at' : 'strip grid at'}
    ${boxed(box)}
    ${vars({ across, most })}
  >
    ${items.map(
      ({ minutes }, i) =>
        html`<li>
          <span class="label">${begins[i] ?? t('board.minutes', { n: minutes })}</span>
          <span class="clamp">${titles[i]}</span>
        </li>`,
    )}
  </ol>`;
}
