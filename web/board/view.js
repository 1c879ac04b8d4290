// view.js -- the board as a function of the state, the time and the wall's size.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { partOf } from '../shared/model.js';
import { t } from '../shared/i18n.js';
import { opensWith } from '../shared/carried.js';
import { timeLeft } from './arc.js';
import { pageOf, wallOf } from './choose.js';
import { LEAST, fitText } from './fit.js';
import { frame as frameOf } from './frame.js';
import { lobby, stripOf } from './lobby.js';
import { dial, endsAt, minutesLeft, partName, timeOf } from './pieces.js';
import { pairing } from './pairing.js';
import { boxed, vars } from './place.js';

/**
 * @typedef {{state: import('../shared/model.js').State | null, at: number, width: number, height:
 *   number,
 *   measure: import('./fit.js').Measure, memory: import('./arc.js').Memory | null, status: string,
 *   saving: boolean,
 *   host: string,
 *   refused: string, muted: boolean, note: string, sounds: boolean, pair: string, wifi: string,
 *   rest: typeof import('./rest.js') | null, mute: () => void}} Board
 *   rest: the pages but for the lobby; null while they are on their way;
 *   pair: the pairing code, where the board has no key; sounds: whether the browser lets the page
 *   make a sound; wifi: the QR code
 *   of the Wi-Fi as an image's address
 */

/** @param {Board} now */
export function board(now) {
  const { state, at, width, height, measure, memory, status, host, refused, wifi, rest } = now;
  const page = pageOf(state, refused);
  const plain = frameOf(width, height);
  const frame =
    page === 'lobby'
      ? frameOf(width, height, stripOf(state.items, plain.strip.w, measure).height)
      : plain;
  const classes = `board ${page}${frame.upright ? ' upright' : ''}`;
  if (page === 'refused' || page === 'waiting') {
    return html`<main class=${classes} ${vars({ u: `${frame.u.toFixed(4)}px` })}>
      ${page === 'refused' ? closedDoor(now) : calling(now)}
    </main>`;
  }
  const view = {
    state,
    part: partOf(state),
    at,
    frame,
    measure,
    left: timeLeft(state, memory, at),
    status,
    host,
    wifi,
    rest,
  };
  const body =
    page === 'lobby'
      ? lobby(view)
      : !rest
        ? calling(now)
        : page === 'part'
          ? rest.views[view.part.method](view)
          : rest[page](view);
  const headed = page === 'wall' ? rest?.withHeader(wallOf(state)) : page !== 'lobby';
  return html`<div class=${classes} ${vars({ u: `${frame.u.toFixed(4)}px` })}>
    ${headed ? header(view, page) : nothing}
    <main>${body}</main>
    ${signs(now, view, page)}
  </div>`;
}

/**
 * What the times and the door take of the header, as the style sheet sets them: the rest is the
 * title's.
 */
function cornerWidth(measure, [ends, clock], [code, join], upright, withDial) {
  const [large, small, gap] = upright ? [2.5, 2.2, 2] : [3.2, 2.4, 3.4];
  const times = Math.max(measure(ends, large, 600), measure(clock, small));
  const door =
    Math.max(measure(code, large, 600) + large * 0.4, measure(join, small)) + (upright ? 9 : 11.6);
  return times + door + gap * 3 + (withDial && !upright ? 5.4 + gap : 0) + 1;
}

/**
 * The same on every page: where we are, when we stop, how a latecomer comes in. @param {any} view
 */
function header(view, page) {
  const { state, part, at, frame, measure, left, rest } = view;
  const { meeting, now } = state;
  const closed = now.state === 'closed';
  const whole =
    closed ||
    page === 'wall' ||
    (page === 'part' &&
      (traits.wide(part) ||
        (traits.presented(part) && opensWith(state, part) && rest?.wantsWall(view))));
  const title = closed
    ? state.decision.answers.length
      ? t('board.we_agreed')
      : meeting.title
    : (part?.item.title ?? meeting.title);
  const name = closed || !part || partName(part) === title ? '' : partName(part);
  const lap =
    page === 'part' && traits.more_laps(part) && now.lap > 0
      ? t('board.lap', { lap: now.lap, laps: Math.max(now.laps, now.lap) })
      : '';
  const under = [name, lap].filter(Boolean).join(' · ');
  const focus =
    meeting.focus && (whole || traits.silent(part))
      ? t('board.focus_is', { focus: meeting.focus })
      : '';
  const timed = whole && !closed && part !== null;
  const minutes = timed ? minutesLeft(view) : '';
  const ends = closed
    ? t('board.thanks')
    : now.state === 'paused' && now.back === null
      ? t('board.pause')
      : t('board.ends_about', { time: endsAt(view) });
  const join = closed ? t('board.get_minutes') : t('board.join_with');
  const w =
    frame.top.w -
    cornerWidth(
      measure,
      [ends, t('board.clock_is', { time: timeOf(at) })],
      [meeting.code, join],
      frame.upright,
      timed,
    );
  // On an upright wall it has a line of its own, as wide as the wall.
  const line = fitText(
    focus,
    {
      w: frame.upright ? frame.top.w : w,
      h: 6.6,
      max: frame.upright ? 2.3 : 2.5,
      min: LEAST,
      lead: 1.3,
      most: under && !whole && !frame.upright ? 1 : 2,
    },
    measure,
  );
  const about = focus
    ? html`<p
        class="label fit focus-line"
        ${vars({ size: line.size.toFixed(3), most: line.lines.length })}
      >
        ${line.text}
      </p>`
    : nothing;
  // With the focus below there is room for it alone: the part's name stands beside the item's.
  const beside = under && focus && measure(title, 3.8, 600) + measure(` · ${under}`, 2.7) <= w;
  const fitted = fitText(
    title,
    { w, h: 8, max: 3.8, min: 2.3, lead: 1.12, weight: 600, most: under && focus ? 1 : 2 },
    measure,
  );
  return html`<header class="top at" ${boxed(frame.top)}>
    <div class="where">
      <h1 class="fit" ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}>
        ${fitted.text}${beside ? html`<span class="beside"> · ${under}</span>` : nothing}
      </h1>
      ${under && !beside ? html`<p class="label line">${under}</p>` : nothing}
      ${frame.upright ? nothing : about}
    </div>
    ${timed ? dial(left) : nothing}
    <div class="when">
      <span class="label num">${t('board.clock_is', { time: timeOf(at) })}</span>
      <b class="num">${ends}</b>
      ${minutes ? html`<span class="label num">${minutes}</span>` : nothing}
    </div>
    <div class="door">
      <div><span class="label">${join}</span><b class="code">${meeting.code}</b></div>
      <img src="/qr/${meeting.code}.svg" alt="" />
    </div>
    ${frame.upright ? about : nothing}
  </header>`;
}

/**
 * Quiet signs at the wall's edge: a lost connection, a server that cannot save, the sound. The clocks
 * go on either way.
 */
function signs({ status, saving, muted, note, sounds, mute }, { part }, page) {
  const lost = status === 'lost';
  // The one sound there is, is that of the silence's end: while it lasts, one tap turns it off.
  const silent = page === 'part' && traits.silent(part);
  const sound = muted
    ? t('board.sound_off')
    : sounds
      ? t('board.sound_on')
      : t('board.sound_wants_tap');
  return html`<div class="signs">
    <div role="status">
      ${lost || !saving ? html`<span class="sign"><i class="amber"></i>${lost ? t('board.reconnecting') : t('board.not_saving')}</span>` : nothing}
      ${note && !silent ? html`<span class="sign">${muted ? t('board.sound_off') : t('board.sound_on')}</span>` : nothing}
    </div>
    ${silent ? html`<button class="sound" type="button" @click=${mute}>${sound}</button>` : nothing}
  </div>`;
}

const calling = ({ status, saving }) =>
  html`<section class="alone">
    <div class="lone-ring"></div>
    <p class="label">
      ${saving ? (status === 'lost' ? t('board.no_answer') : t('board.connecting')) : t('board.not_saving_yet')}
    </p>
  </section>`;

/**
 * Why the wall stays empty, and what to do about it: where a key is all that is missing, a code
 * that the console types.
 */
function closedDoor({ refused, pair, host }) {
  if (pair) return pairing(pair, host, refused);
  const known = [
    'wrong_key',
    'no_such_meeting',
    'erased',
    'damaged',
    'ended',
    'replaced',
    'no_key',
  ].includes(refused)
    ? refused
    : 'other';
  return html`<section class="alone">
    <h1>${t('board.refused.' + known)}</h1>
    <p>${t('board.refused_do.' + known)}</p>
  </section>`;
}
