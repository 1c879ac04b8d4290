// view.js -- the board as a function of the state, the time and the wall's size.
import { html, nothing } from 'lit-html';
import { partOf } from '../shared/model.js';
import { t } from '../shared/i18n.js';
import { fraction } from './arc.js';
import { pageOf } from './choose.js';
import { end } from './end.js';
import { fitText } from './fit.js';
import { frame as frameOf } from './frame.js';
import { lobby, stripRows } from './lobby.js';
import { decision } from './method/decision.js';
import { dialogue } from './method/dialogue.js';
import { reflection } from './method/reflection.js';
import { retrospect } from './method/retrospect.js';
import { spiral } from './method/spiral.js';
import { summary } from './method/summary.js';
import { talk } from './method/talk.js';
import { turns } from './method/turns.js';
import { pause } from './pause.js';
import { dial, endsAt, minutesLeft, partName, timeOf } from './pieces.js';
import { boxed, vars } from './place.js';

const methods = { talk, turns, reflection, spiral, dialogue, summary, decision, retrospect };
/** These have no table beside them: their header says the time and the focus. */
const WHOLE = ['decision', 'summary', 'retrospect'];

/**
 * @typedef {{state: import('../shared/model.js').State | null, at: number, width: number, height: number,
 *   measure: import('./fit.js').Measure, memory: import('./arc.js').Memory | null, status: string, host: string,
 *   refused: string, muted: boolean, note: string}} Board
 */

/** @param {Board} board */
export function board({ state, at, width, height, measure, memory, status, host, refused, muted, note }) {
  const page = pageOf(state, refused);
  const frame = frameOf(width, height, state ? stripRows(state.items, width >= height * 1.1 ? 158 : 90) : 1);
  const classes = `board ${page}${frame.upright ? ' upright' : ''}`;
  if (page === 'refused' || page === 'waiting') {
    return html`<main class=${classes} ${vars({ u: `${frame.u.toFixed(4)}px` })}>${page === 'refused' ? closedDoor(refused) : calling(status)}</main>`;
  }
  const view = { state, part: partOf(state), at, frame, measure, left: fraction(state, memory, at), status, host };
  const body = page === 'part' ? methods[view.part.method](view) : { lobby, end, pause }[page](view);
  return html`<div class=${classes} ${vars({ u: `${frame.u.toFixed(4)}px` })}>
    ${page === 'lobby' ? nothing : header(view, page)}<main>${body}</main>${signs(status, muted, note)}</div>`;
}

/** The same on every page: where we are, when we stop, how a latecomer comes in. @param {any} view */
function header(view, page) {
  const { state, part, at, frame, measure, left } = view;
  const { meeting, now } = state;
  const closed = page === 'end';
  const whole = closed || (page === 'part' && WHOLE.includes(part.method));
  const title = closed ? t('board.we_agreed') : (part?.item.title ?? meeting.title);
  const name = closed || !part || partName(part) === title ? '' : partName(part);
  const lap = page === 'part' && part.method === 'spiral' && now.lap > 0 ? t('board.lap', { lap: now.lap, laps: Math.max(now.laps, now.lap) }) : '';
  const under = [name, lap].filter(Boolean).join(' · ');
  const focus = meeting.focus && (whole || part?.method === 'reflection') ? t('board.focus_is', { focus: meeting.focus }) : '';
  const minutes = whole && !closed ? minutesLeft(view) : '';
  const w = frame.top.w - (frame.upright ? 60 : 66) - (whole && !closed ? 8 : 0);
  const fitted = fitText(title, { w, h: 8, max: 3.8, min: 2.3, lead: 1.12, weight: 600, most: under && focus ? 1 : 2 }, measure);
  return html`<header class="top at" ${boxed(frame.top)}>
    <div class="where"><h1 class="fit" ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}>${title}</h1>
      ${under ? html`<p class="label line">${under}</p>` : nothing}
      ${focus ? html`<p class=${under ? 'label line focus-line' : 'label two focus-line'}>${focus}</p>` : nothing}</div>
    ${whole && !closed ? dial(left) : nothing}
    <div class="when"><span class="label num">${t('board.clock_is', { time: timeOf(at) })}</span>
      <b class="num">${closed ? t('board.thanks') : now.state === 'paused' ? t('board.pause') : t('board.ends_about', { time: endsAt(view) })}</b>
      ${minutes ? html`<span class="label num">${minutes}</span>` : nothing}</div>
    <div class="door"><div><span class="label">${closed ? t('board.get_minutes') : t('board.join_with')}</span><b class="code">${meeting.code}</b></div>
      <img src="/qr/${meeting.code}.svg" alt=""></div></header>`;
}

/** Quiet signs at the wall's edge: a lost connection, the sound switched. The clocks go on either way. */
const signs = (status, muted, note) => html`<div class="signs" role="status">
  ${status === 'lost' || status === 'connecting' ? html`<span class="sign"><i class="amber"></i>${t('board.reconnecting')}</span>` : nothing}
  ${note ? html`<span class="sign">${muted ? t('board.sound_off') : t('board.sound_on')}</span>` : nothing}</div>`;

const calling = (status) => html`<section class="alone"><div class="lone-ring"></div>
  <p class="label">${status === 'lost' ? t('board.no_answer') : t('board.connecting')}</p></section>`;

/** Why the wall stays empty, and what to do about it. */
function closedDoor(code) {
  const known = ['wrong_key', 'no_such_meeting', 'ended', 'replaced', 'no_key'].includes(code) ? code : 'other';
  return html`<section class="alone"><h1>${t('board.refused.' + known)}</h1><p>${t('board.refused_do.' + known)}</p></section>`;
}
