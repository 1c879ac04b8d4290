// people.js -- the right block: everybody round the table, who waits for the floor, and what can be
// done for one of them.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { drag } from '../shared/drag.js';
import { apart, t, time } from '../shared/i18n.js';
import { enabled, moved, movedTo, orderOf } from './actions.js';
import {
  inLaps,
  isIntro,
  isOpen,
  isShown,
  livePart,
  nextSpeaker,
  present,
  readyCount,
  seatOf,
  waiting,
} from './read.js';
import { act, field, kbd, menu, nameOf, plain, seatName, seatOptions, when } from './pieces.js';
import { doorButton, guesses, knocks } from './door.js';
import { finder, isMeant, long, MOST } from './long.js';
import { ORDERS } from './orders.js';
import { besideName } from '../shared/names.js';
import * as icons from './icons.js';

/**
 * In a round: heard, speaking, waiting in their order, then the rest. Everywhere else as they sit.
 */
export function shownOrder(state) {
  if (!inLaps(state) || !isOpen(state) || isIntro(state)) return state.seats;
  const { heard, speaker, queue } = state.now;
  const waits = new Set(queue);
  const first = new Set([
    ...heard.filter((n) => !waits.has(n) && n !== speaker),
    ...(speaker === null ? [] : [speaker]),
    ...queue,
  ]);
  const known = [...first].map((n) => seatOf(state, n)).filter(Boolean);
  return [...known, ...state.seats.filter((seat) => !first.has(seat.seat))];
}

/** Where a seat stands in the running round. */
export function standing(state, seat) {
  const { now } = state;
  if (seat.presence === 'left') return 'left';
  if (now.speaker === seat.seat) return 'speaking';
  if (nextSpeaker(state)?.seat === seat.seat && !isIntro(state)) return 'next';
  if (now.queue.includes(seat.seat)) return 'waiting';
  if (state.passed.includes(seat.seat)) return 'passed';
  return now.heard.includes(seat.seat) ? 'heard' : 'idle';
}

const taps = (state, seat) =>
  isIntro(state) && isOpen(state) && !state.now.heard.includes(seat.seat);

/** The sign in front of a name: what it says is said in words too. */
function position(ctx, seat, how) {
  const { state } = ctx;
  if (how === 'speaking') return html`<span class="pos speaking">${icons.dot()}</span>`;
  if (how === 'next' || (taps(state, seat) && how !== 'left'))
    return html`<button
      class=${how === 'next' ? 'play' : 'play tap'}
      aria-label=${t('console.primary.give', { name: seatName(seat) })}
      ?disabled=${!enabled(state, 'give', seat.seat)}
      @click=${() => ctx.run('give', seat.seat)}
    >
      ${icons.play()}
    </button>`;
  if (how === 'heard')
    return html`<span class="pos" role="img" aria-label=${t('console.heard')}
      >${icons.tick()}</span
    >`;
  if (how === 'passed') return html`<span class="pos pass">${t('console.passed')}</span>`;
  if (how === 'waiting')
    return html`<span class="pos num"
      >${waiting(state).findIndex((each) => each.seat === seat.seat) + 1}</span
    >`;
  return html`<span class="pos place num"
    >${state.now.state === 'lobby' ? state.seats.indexOf(seat) + 1 : ''}</span
  >`;
}

/** In a dialogue a hand that was raised in the room goes up, and down again, at a tap. */
const handTap = (ctx, seat) => {
  const up = ctx.state.now.hands.includes(seat.seat);
  const action = up ? 'lower' : 'raise';
  if (!enabled(ctx.state, action, seat.seat)) return nothing;
  const label = up
    ? t('console.lower_of', { name: seatName(seat) })
    : t('console.raise_of', { name: seatName(seat) });
  return html`<button
    class=${up ? 'raise up' : 'raise'}
    aria-label=${label}
    title=${label}
    @click=${() => ctx.run(action, seat.seat)}
  >
    ${icons.hand()}
  </button>`;
};

/** A sign with its words; the sign alone where there is no room. */
const mark = (words, sign, bare) =>
  bare
    ? html`<span class="mark" role="img" aria-label=${words} title=${words}>${sign}</span>`
    : html`<span class="mark" title=${words}><span class="words">${words}</span>${sign}</span>`;

/** What stands beside a name: absence first, then a raised hand, then the phone. */
function marks(ctx, seat) {
  const { state, connected } = ctx;
  const talks = isOpen(state) && traits.hands_wait(livePart(state));
  const hand = talks
    ? handTap(ctx, seat)
    : state.now.hands.includes(seat.seat)
      ? html`<span class="mark hand">${t('console.hand_up')}${icons.hand()}</span>`
      : nothing;
  const ready =
    traits.silent(livePart(state)) && state.ready.includes(seat.seat)
      ? html`<span class="mark">${t('console.ready')}${icons.tick()}</span>`
      : nothing;
  if (seat.presence === 'left')
    return html`<span class="mark">${t('console.presence.left')}</span>`;
  const bare = hand !== nothing;
  const device = seat.awaited
    ? mark(t('console.presence.awaited'), icons.away(), false)
    : seat.presence === 'away'
      ? mark(t('console.presence.away'), icons.away(), false)
      : seat.device === 'none'
        ? mark(t('console.device.none'), icons.noPhone(), bare)
        : seat.device === 'shared'
          ? mark(t('console.device.shared'), icons.shared(), bare)
          : connected.has(seat.seat)
            ? html`<span class="mark on" role="img" aria-label=${t('console.device.own')}
                >${icons.phone()}</span
              >`
            : html`<span class="mark" role="img" aria-label=${t('console.device.asleep')}
                >${icons.asleep()}</span
              >`;
  return html`${hand}${ready}${device}`;
}

/** When somebody has to go: known here alone. */
const leavesAt = (state, n) => state.leaving.find((each) => each.seat === n)?.leaves;

const under = (state, { seat, with: host, presence }, how) => {
  const { now } = state;
  const leaves = presence !== 'left' && leavesAt(state, seat);
  return [
    how === 'speaking' ? t('console.has_floor') : how === 'next' ? t('console.is_next') : '',
    now.answering === seat ? t('console.is_answering') : '',
    now.remarks.includes(seat) ? t('console.remark') : '',
    leaves ? t('console.leaves_at', { time: time(leaves) }) : '',
    host && seatOf(state, host)?.together
      ? t('console.together_with', { name: nameOf(state, host) })
      : '',
  ];
};

/** Sends a new order of the queue or the table, whichever this seat stands in. */
const reorder = (ctx, seat, change) => {
  const { do: name, order } = orderOf(ctx.state, seat);
  const next = change(order);
  if (next !== order) ctx.send(name, { order: next });
};

/**
 * One place up or down by a press. The card moves, and the button stays under the pointer: its column
 * scrolls along. Where it can't, nobody else's card takes the next press until the pointer has moved.
 */
function step(ctx, n, by, { currentTarget: button }) {
  const place = () => button.getBoundingClientRect().top;
  const column = button.closest('.col');
  const before = place();
  const late = performance.now() + 1000;
  const settle = () => {
    const far = place() - before;
    if (!far && performance.now() < late) return requestAnimationFrame(settle);
    column.scrollTop += far;
    if (Math.abs(place() - before) < 2) return;
    column.style.pointerEvents = 'none';
    addEventListener('pointermove', () => (column.style.pointerEvents = ''), { once: true });
  };
  reorder(ctx, n, (list) => moved(list, n, by));
  settle();
}

function keys(ctx, seat, event) {
  if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
  event.preventDefault();
  reorder(ctx, seat.seat, (order) => moved(order, seat.seat, event.key === 'ArrowUp' ? -1 : 1));
}

/** Of who is yet to come none of the three is so. */
const standsAs = (seat, presence) => !seat.awaited && seat.presence === presence;

/** Whoever has gone is out, with the phone: that can be taken back at once. */
async function setPresence(ctx, seat, presence) {
  const reply = await ctx.send('seat.change', { seat: seat.seat, presence });
  if (reply.ok && presence === 'left' && seat.device !== 'none')
    ctx.say(t('console.taken_out', { name: seatName(seat) }), 'seat.change');
}

const presences = (ctx, seat) =>
  html` <div
      class="segments"
      role="group"
      aria-label=${t('console.presence_of', { name: seatName(seat) })}
    >
      ${['here', 'away', 'left'].map(
        (presence) =>
          html` <button
            class="b small"
            aria-pressed=${standsAs(seat, presence) ? 'true' : 'false'}
            ?disabled=${!enabled(ctx.state, 'seat')}
            @click=${() => !standsAs(seat, presence) && setPresence(ctx, seat, presence)}
          >
            ${t('console.presence.' + presence)}
          </button>`,
      )}
    </div>
    ${seat.device === 'none' || seat.presence === 'left' ? nothing : html`<p class="sub">${t('console.left_hint')}</p>`}`;

const renaming = (ctx, seat) =>
  html` <div class="rename">
    ${['name', 'function'].map((name) =>
      field(ctx, {
        key: `seat ${seat.seat} ${name}`,
        saved: seat[name] ?? '',
        max: 60,
        label: t('console.seat_' + name),
        placeholder: t('console.seat_' + name),
        save: (text) =>
          text.trim() && text.trim() !== seat[name]
            ? ctx.send('seat.change', { seat: seat.seat, [name]: text.trim() })
            : Promise.resolve({ ok: true }),
      }),
    )}
  </div>`;

/** When they have to go, and whether those at one phone speak as one. */
const company = (ctx, seat) => {
  const host = seatOf(ctx.state, seat.with ?? seat.seat);
  const shared = ctx.state.seats.some((each) => each.with === host.seat);
  return html`<div class="row">
    <label class="leaves"
      >${t('console.leaves')}${when({
        type: 'time',
        value: leavesAt(ctx.state, seat.seat),
        disabled: !enabled(ctx.state, 'seat'),
        tell: (leaves) => ctx.send('seat.leaves', { seat: seat.seat, ...(leaves && { leaves }) }),
      })}</label
    >
    ${
      shared
        ? html`<button
            class=${host.together ? 'sw on' : 'sw'}
            role="switch"
            aria-checked=${host.together ? 'true' : 'false'}
            ?disabled=${!enabled(ctx.state, 'seat')}
            @click=${() => ctx.send('seat.together', { seat: host.seat, together: !host.together })}
          >
            <i></i><span>${t('console.together')}</span>
          </button>`
        : nothing
    }
  </div>`;
};

/** All that can be done for one seat. */
function seatMenu(ctx, seat) {
  const n = seat.seat;
  const { state } = ctx;
  const up = state.now.hands.includes(n);
  const { order } = orderOf(state, n);
  const movable = order.includes(n);
  return html`<div class="seat-menu">
    <div class="row">
      ${act(ctx, { action: 'give', arg: n, label: t('console.give'), look: 'small' })}
      ${state.now.queue.includes(n) ? act(ctx, { action: 'first', arg: n, label: t('console.put_first'), look: 'small' }) : nothing}
      ${plain(t('console.write_for'), () => ctx.set({ dialog: { kind: 'write', seat: n } }), { look: 'small', disabled: !enabled(ctx.state, 'write') })}
      ${livePart(state)?.remarks ? act(ctx, { action: 'remark', arg: n, label: t('console.remark'), look: 'small' }) : nothing}
      ${act(ctx, { action: up ? 'lower' : 'raise', arg: n, label: up ? t('console.lower') : t('console.raise'), look: 'small' })}
    </div>
    ${presences(ctx, seat)} ${renaming(ctx, seat)} ${company(ctx, seat)}
    <div class="row">
      ${plain(seat.device === 'own' ? t('console.new_phone') : t('console.a_phone'), () => ctx.set({ dialog: { kind: 'link', seat: n } }), { look: 'small', disabled: !enabled(ctx.state, 'link') })}
      ${plain('', (event) => step(ctx, n, -1, event), { look: 'small', icon: icons.up(), title: t('console.move_up'), disabled: !movable || order[0] === n })}
      ${plain('', (event) => step(ctx, n, 1, event), { look: 'small', icon: icons.down(), title: t('console.move_down'), disabled: !movable || order.at(-1) === n })}
    </div>
  </div>`;
}

/** A mouse carries a seat by its row; a finger by its number, for by the names it scrolls. */
function carrySeat(ctx, seat, event) {
  const at = /** @type {Element} */ (event.target);
  if (event.pointerType === 'touch' && !at.closest('.pos, .play')) return;
  let over = seat;
  drag(event, {
    over(x, y) {
      const row = /** @type {HTMLElement | null} */ (
        document.elementFromPoint(x, y)?.closest('li[data-seat]')
      );
      over = Number(row?.dataset.seat ?? seat);
      ctx.set({ carried: { seat, over } });
    },
    drop: () => over !== seat && reorder(ctx, seat, (order) => movedTo(order, seat, over)),
    end: () => ctx.set({ carried: null }),
  });
}

/** The row that is carried, and a line at the one whose place it would take. */
function carriedAs({ ui: { carried }, state }, n) {
  if (!carried) return [];
  const { order } = orderOf(state, carried.seat);
  const [from, to] = [carried.seat, n].map((each) => order.indexOf(each));
  if (n === carried.seat) return ['dragged'];
  return n === carried.over && from >= 0 && to >= 0 ? [to < from ? 'before' : 'after'] : [];
}

function row(ctx, seat) {
  const how = standing(ctx.state, seat);
  const open = ctx.ui.open === seat.seat;
  const toggle = () => ctx.set({ open: open ? null : seat.seat });
  // While names are tapped, the name is the button that gives the floor, and what can be done for
  // the seat has one of its own.
  const gives = how !== 'left' && taps(ctx.state, seat) && enabled(ctx.state, 'give', seat.seat);
  return html` <li
    data-seat=${seat.seat}
    class=${[how, open ? 'open' : '', ...carriedAs(ctx, seat.seat)].filter(Boolean).join(' ')}
  >
    <div class="seat" @pointerdown=${(event) => carrySeat(ctx, seat.seat, event)}>
      ${position(ctx, seat, how)}
      <button
        class="who"
        aria-expanded=${gives ? nothing : open ? 'true' : 'false'}
        @click=${gives ? () => ctx.run('give', seat.seat) : toggle}
        @keydown=${(event) => keys(ctx, seat, event)}
      >
        <b>${seatName(seat)}</b>${' '}
        <span
          >${[...under(ctx.state, seat, how), apart(besideName(seat))].filter(Boolean).join(' · ')}</span
        >
      </button>
      <span class="marks"
        >${marks(ctx, seat)}${
          gives
            ? html`<button
                class="rest"
                aria-expanded=${open ? 'true' : 'false'}
                aria-label=${t('console.seat_more', { name: seatName(seat) })}
                title=${t('console.seat_more', { name: seatName(seat) })}
                @click=${toggle}
              >
                ⋯
              </button>`
            : nothing
        }</span
      >
    </div>
    ${open ? seatMenu(ctx, seat) : nothing}
  </li>`;
}

/** The order of those who still wait, in words. */
const orders = (ctx) => {
  const choose = (way, from) => ctx.run('way', { way, from }).then(() => ctx.set({ menu: null }));
  return html`<div class="row orders">
    ${menu(
      ctx,
      'order',
      t('console.order'),
      () =>
        html` ${ORDERS.map((way) => html`<button class="b small" ?disabled=${!enabled(ctx.state, 'way', { way })} @click=${() => choose(way)}>${t('console.order.' + way)}</button>`)}
          <label class="sub"
            >${t('console.order_from')}<select
              class="field"
              @change=${(event) => choose('from', Number(event.target.value))}
            >
              <option value="" selected></option>
              ${seatOptions(waiting(ctx.state))}
            </select></label
          >
          <p class="sub">${t('console.order_drag')}</p>`,
    )}
  </div>`;
};

/** The names of a list; while somebody is looked for, those that are meant. */
function names(ctx, name, list, { look = 'people', place = 0 } = {}) {
  const found =
    ctx.ui.find.trim() && ctx.state.seats.length > MOST
      ? list.filter((seat) => isMeant(seat, ctx.ui.find))
      : null;
  return long(ctx, {
    name,
    list: found ?? list,
    place: found ? 0 : place,
    also: (seat) => seat.seat === ctx.ui.open,
    key: (seat) => seat.seat,
    row: (seat) => row(ctx, seat),
    body: (rows) =>
      html`<ol class=${look}>
        ${rows}
      </ol>`,
  });
}

/** Who asked for the floor, in the order they get it: only the first has the big button. */
function speakers(ctx) {
  const { state } = ctx;
  const list = waiting(state);
  return html` <div class="speakers">
    <div class="h">
      <h2>${t('console.speakers')}</h2>
      ${act(ctx, { action: 'list', label: state.now.closed ? t('console.list_open') : t('console.list_close'), look: 'small' })}
    </div>
    ${
      traits.hands_wait(livePart(state))
        ? html`<button
            class=${state.now.fair ? 'sw on' : 'sw'}
            role="switch"
            aria-checked=${state.now.fair ? 'true' : 'false'}
            ?disabled=${!enabled(state, 'fair')}
            @click=${() => ctx.run('fair')}
          >
            <i></i><span>${t('console.fair')}</span>
          </button>`
        : nothing
    }
    ${
      list.length
        ? names(ctx, 'speakers', list)
        : html`<p class="empty">
            ${state.now.closed ? t('console.speakers_closed') : t('console.speakers_none')}
          </p>`
    }
  </div>`;
}

/** Whether anything stands in front of the names: a place, a turn, a button. */
const inOrder = (state) =>
  state.now.state === 'lobby' ||
  (isOpen(state) && (inLaps(state) || state.now.heard.length > 0 || state.now.speaker !== null));

const count = (state) => {
  if (!state.seats.length) return '';
  const here = present(state).length;
  const part = livePart(state);
  if (traits.silent(part) || (traits.sealed(part) && !traits.noted(part) && !isShown(state))) {
    const { ready, of } = readyCount(state);
    if (of) return t('console.ready_count', { ready, of });
  }
  return `${t('console.seats', { n: state.seats.length })} · ${t('console.here_now', { n: here })}`;
};

/** @param {import('./pieces.js').Ctx} ctx */
export function peopleView(ctx) {
  const { state } = ctx;
  const dialogue =
    isOpen(state) &&
    (traits.hands_wait(livePart(state)) || (!inLaps(state) && state.now.queue.length > 0));
  const asked = new Set(dialogue ? waiting(state).map((seat) => seat.seat) : []);
  const list = shownOrder(state).filter((seat) => !asked.has(seat.seat));
  const floor = state.now.speaker ?? nextSpeaker(state)?.seat;
  return html` <aside class="col people-col" id="table" aria-labelledby="table-h">
    <div class="people-scroll">
      ${guesses(ctx)} ${knocks(ctx)} ${finder(ctx)} ${dialogue ? speakers(ctx) : nothing}
      <div class="h">
        <h2 id="table-h">${t('console.table')}</h2>
        <span class="sub num">${count(state)}</span>
      </div>
      ${inLaps(state) && isOpen(state) && !isIntro(state) && waiting(state).length > 1 ? orders(ctx) : nothing}
      ${
        state.seats.length
          ? names(ctx, 'table', list, {
              look: inOrder(state) ? 'people' : 'people bare',
              place: list.findIndex((seat) => seat.seat === floor),
            })
          : html`<p class="empty">${t('console.nobody')}</p>`
      }
      ${doorButton(ctx)}
    </div>
    <div class="row foot">
      <button
        class="b"
        ?disabled=${!enabled(state, 'seat')}
        @click=${() => ctx.set({ dialog: { kind: 'seat' } })}
        aria-keyshortcuts="T"
      >
        <span>${t('console.add_seat')}</span>${kbd('T')}
      </button>
      <button
        class="b"
        ?disabled=${!enabled(state, 'write')}
        @click=${() => ctx.set({ dialog: { kind: 'write' } })}
        aria-keyshortcuts="F"
      >
        <span>${t('console.write_for_someone')}</span>${kbd('F')}
      </button>
    </div>
  </aside>`;
}
