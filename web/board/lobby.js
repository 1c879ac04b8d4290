// lobby.js -- before the meeting: why we are here, how to come in, and the seats filling up round the code.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { atTable, isTaken } from './choose.js';
import { fitText } from './fit.js';
import { inMiddle, bridges, dotsOf, namesOf, seatingFor } from './table.js';
import { boxed, vars } from './place.js';
import { weekdayOf } from './pieces.js';

/** An item stands in the strip no narrower than this, in u. */
const NARROW = 17;

/** How many lines the agenda's strip takes. */
export const stripRows = (items, width = 160) => Math.max(1, Math.min(4, Math.ceil(items.length / Math.floor(width / NARROW))));

/** When each item begins, in minutes since midnight; null when the agenda says no time. */
export function beginnings(meeting, items) {
  const begin = /^(\d\d):(\d\d)$/.exec(meeting.starts ?? '');
  let minute = begin ? Number(begin[1]) * 60 + Number(begin[2]) : null;
  return items.map((item) => {
    const at = minute;
    if (minute !== null) minute += item.minutes;
    return at;
  });
}

const sign = t('board.time_sign');
const faceOf = (minute) => `${Math.floor(minute / 60) % 24}${sign}${String(minute % 60).padStart(2, '0')}`;

/** @param {import('./pieces.js').View} view */
export function lobby(view) {
  const { state, frame, measure } = view;
  const { meeting } = state;
  const seats = atTable(state);
  const places = seats.map((seat) => ({
    seat: seat.seat,
    name: isTaken(seat) ? (seat.name ?? seat.function) : null,
    role: isTaken(seat) ? /** @type {const} */ ('floor') : /** @type {const} */ ('free'),
  }));
  return html`${hello(view)}${gather(places, frame.gather, measure, meeting.code)}${strip(state, frame.strip)}`;
}

function hello({ state, frame, measure, host }) {
  const { meeting } = state;
  const { x, y, w, h } = frame.hello;
  const where = [meeting.place, meeting.date ? weekdayOf(meeting.date) : ''].filter(Boolean).join(' · ');
  const how = 21;
  const focusHeight = meeting.focus ? Math.min((h - how) * 0.46, 34) : 0;
  const title = fitText(meeting.title, { w, h: h - how - focusHeight - (where ? 5 : 0) - (focusHeight ? 6 : 2), max: 8, min: 3.4, lead: 1.1, weight: 600, most: 5 }, measure);
  const focus = fitText(meeting.focus ?? '', { w: w - 3.4, h: Math.max(4, focusHeight - 4), max: 4.4, min: 2.2, lead: 1.27 }, measure);
  return html`<section class="hello at" ${boxed({ x, y, w, h })}>
    ${where ? html`<p class="label line">${where}</p>` : nothing}
    <h1 class="fit" ${vars({ size: title.size.toFixed(3), most: title.lines.length })}>${title.size > 5 ? hyphened(meeting.title) : meeting.title}</h1>
    ${meeting.focus
      ? html`<div class="focus"><p class="label">${t('board.focus')}</p>
          <h2 class="fit" ${vars({ size: focus.size.toFixed(3), most: focus.lines.length })}>${meeting.focus}</h2></div>`
      : nothing}
    <div class="how"><p><b>${t('board.find_seat')}</b></p><p>${t('board.scan')}</p>
      <p>${t('board.address')} <b class="address">${host}</b></p><p class="soft">${t('board.no_phone')}</p></div></section>`;
}

/** Long Danish words may break where people break them. */
const hyphened = (text) => text.replace(/(udviklings|skole(?=ud))/gi, '$1\u00ad').replace(/Skole\u00ad(?=udviklings)/g, 'Skole');

function gather(places, box, measure, code) {
  const shape = seatingFor(places, box, measure);
  const { cx, cy, radius } = shape;
  const there = (place) => place.role === 'floor';
  const inner = shape.table + (shape.rows > 1 ? 0 : 28);
  const room = inner / 10 - 2;
  return html`<svg class="stage at" ${boxed(box)} viewBox="0 0 ${(box.w * 10).toFixed(0)} ${(box.h * 10).toFixed(0)}" aria-hidden="true">
      <g transform="translate(${cx} ${cy})"><circle class="table-top" r=${inner}></circle>
        <circle class=${shape.rows > 1 ? 'rim dotted none' : 'rim dotted'} r=${radius}></circle>${bridges(places, shape, there)}</g>
      ${dotsOf(places, shape)}${namesOf(shape.labels.map((label) => ({ ...label, role: 'wait' })))}
    </svg>
    ${inMiddle(box, cx / 10, cy / 10, room, () => html`<div class="qr" ${vars({ room: room.toFixed(3) })}>
      <img src="/qr/${code}.svg" alt=${t('board.qr_alt')}><b class="code">${code}</b></div>`)}`;
}

function strip({ meeting, items }, box) {
  const begins = beginnings(meeting, items);
  const rows = stripRows(items, box.w);
  const across = Math.ceil(items.length / rows);
  return html`<ol class="strip at ${rows > 1 ? 'grid' : ''}" ${boxed(box)} ${vars({ across })}>
    ${items.map(({ title, minutes }, i) => html`<li><span class="label">${begins[i] === null ? t('board.minutes', { n: minutes }) : faceOf(begins[i])}</span>
      <span class="line">${title}</span></li>`)}</ol>`;
}

