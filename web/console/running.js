// running.js -- the middle block while a meeting runs: what happens now, its clock, and what the
// method needs.
import { html, nothing } from 'lit-html';
import { views } from 'runde:method/console';
import * as traits from 'runde:traits';
import { wallOf } from '../shared/clock.js';
import { list, t, zoneName } from '../shared/i18n.js';
import { minuteOf, momentOf, pauseOf } from '../shared/schedule.js';
import { hourAt, ownZone, zone } from '../shared/zone.js';
import { enabled, primary, startedBefore } from './actions.js';
import { wideButton } from './middle.js';
import {
  atPhoneOf,
  hasPhone,
  heard,
  inLaps,
  isIntro,
  livePart,
  nextPart,
  previousPart,
  roundComplete,
  speaker,
} from './read.js';
import {
  act,
  bits,
  clockTime,
  menu,
  methodName,
  nameOf,
  partTitle,
  plain,
  seatName,
  timeless,
  when,
} from './pieces.js';
import { reminder } from './answers.js';
import { gathering } from './recap.js';
import { hoursApart } from '../shared/schedule.js';
import { aside, dial } from './dial.js';
import { duties } from './duties.js';
import { wallView } from './wall.js';
import * as icons from './icons.js';

const MINUTE = 60000;
/** By how many minutes a part may have been started too late, unless it is exactly known. */
const LATE = [1, 2, 3, 5, 10, 15, 20, 30];

/**
 * The minutes to choose from: as many as there were, and the first part's to when it was to begin.
 * @param {import('./actions.js').State} state
 */
export function latenesses(state) {
  const whole = Math.floor(startedBefore(state) / MINUTE);
  const { began, begins = began } = state.meeting;
  const promised = previousPart(state) ? 0 : hoursApart(begins, began);
  const all = [...LATE, promised, whole].filter((n) => n > 0 && n <= Math.min(whole, 60));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What undo takes back by going to where the part was left. */
const LEAVINGS = new Set(['part.next', 'part.goto', 'part.back']);
/** Minutes that a pause is given at a press. */
const PAUSES = [5, 10, 15];
const STEPS = [30000, 60000, 120000, 300000];

/** More questions than these are folded: what is pressed must not go below the edge for them. */
const FEW = 3;
const questions = (list) =>
  html`<ul class="questions">
    ${list.map((each) => html`<li>${each}</li>`)}
  </ul>`;

/** What stands over everything: whose question it is, and the question. */
function heading(ctx, part) {
  const [first, ...rest] = part.questions ?? [];
  const title = partTitle(part);
  return html` <div class="over">
      <p class="crumb">
        ${part.item.no} ·
        ${part.item.title}${title === part.item.title ? nothing : html` – ${title}`}${
          methodName(part.method) === title
            ? nothing
            : html` <span class="method">· ${methodName(part.method)}</span>`
        }
      </p>
      ${duties(ctx, part)}
    </div>
    <h1>${first ?? title}</h1>
    ${
      rest.length > FEW
        ? html`<details class="bank">
            <summary>${t('console.questions_more', { n: rest.length })}</summary>
            ${questions(rest)}
          </details>`
        : rest.length
          ? questions(rest)
          : nothing
    }`;
}

/** Until when, or how long it has been; and that people are waited for when it is over. */
function pauseWords({ state, now }) {
  const { left, lasted } = pauseOf(state, now);
  const time = clockTime(state.now.back);
  if (left === 0) return t('console.pause_over', { time });
  if (left) return `${t('shared.pause_back', { time })} · ${t('shared.pause_left', { n: left })}`;
  return lasted ? t('shared.pause_lasted', { n: lasted }) : t('console.paused');
}

const headline = (ctx, part) => {
  const { state } = ctx;
  if (state.now.state === 'paused')
    return state.now.restart !== null
      ? t('console.restarted', { time: clockTime(state.now.restart) })
      : pauseWords(ctx);
  const who = speaker(state);
  if (who && state.now.answering !== null)
    return t('console.answers_now', {
      name: nameOf(state, state.now.answering),
      asker: seatName(who),
    });
  if (who) return t('console.speaks', { name: seatName(who) });
  if (roundComplete(state)) return t('console.all_heard');
  if (isIntro(state)) return t('console.tap_names');
  return views[part.method].headline?.(ctx, part) ?? partTitle(part);
};

/** Who sees a hint to somebody, or why it has to be said aloud. */
function hintReaches({ state, connected }, who) {
  const name = seatName(who);
  const others = list(atPhoneOf(state, who).map(seatName));
  if (!hasPhone(who)) return t('console.hint_no_phone', { name });
  if (!connected.has(who.seat)) return t('console.hint_asleep', { name });
  return others ? t('console.hint_shared', { name, others }) : t('console.hint_only', { name });
}

/** A quiet word to whoever is heard. It may be sent again: a phone in a pocket shows nothing. */
const hint = (ctx) => {
  const { state } = ctx;
  const who = heard(state);
  if (!who || state.now.state === 'paused') return nothing;
  const sent = state.hinted === who.seat;
  return html`<div class="hint">
    ${sent ? html`<span class="b sent">${icons.tick()}<span>${t('console.hint_sent')}</span></span>` : nothing}
    ${act(ctx, {
      action: 'hint',
      label: sent ? t('console.hint_again') : t('console.hint'),
      rest: seatName(who),
      key: 'R',
      icon: sent ? nothing : icons.hint(),
    })}
    ${speaker(state) ? act(ctx, { action: 'extra', label: t('console.extra'), rest: seatName(speaker(state)) }) : nothing}
    <span class="sub">${hintReaches(ctx, who)}</span>
  </div>`;
};

/** A little more or less, by an amount that is remembered. */
const steps = (ctx) => {
  const words = (ms) =>
    ms < 60000
      ? t('console.sec', { no: String(ms / 1000) })
      : t('console.min', { no: String(ms / 60000) });
  return html`<span class="pm">
    ${act(ctx, { action: 'less', arg: ctx.ui.step, label: `− ${words(ctx.ui.step)}`, key: '−', rest: t('console.less') })}
    <select
      class="b"
      aria-label=${t('console.step')}
      @change=${(event) => ctx.set({ step: Number(event.target.value) })}
    >
      ${STEPS.map((ms) => html`<option value=${ms} ?selected=${ms === ctx.ui.step}>${words(ms)}</option>`)}
    </select>
    ${act(ctx, { action: 'more', arg: ctx.ui.step, label: `+ ${words(ctx.ui.step)}`, key: '+', rest: t('console.more') })}
  </span>`;
};

/** What can be done with the speaker's turn. */
const ofTurn = (ctx) => {
  const { state } = ctx;
  if (!speaker(state)) return nothing;
  const name = seatName(speaker(state));
  return html` ${livePart(state).answers ? act(ctx, { action: 'answer', label: state.now.answering === null ? t('console.answer_begin') : t('console.answer_end'), key: 'A' }) : nothing}
  ${
    inLaps(state)
      ? html`${isIntro(state) ? nothing : act(ctx, { action: 'later', label: t('console.later'), rest: name, key: 'S' })}
        ${act(ctx, { action: 'pass', label: t('console.pass'), rest: name })}`
      : act(ctx, { action: 'done', label: t('console.end_turn'), rest: name })
  }`;
};

/** Until when it is a pause: so long from now, to a full minute of the clocks, or until an hour. */
const untilWhen = (ctx) => {
  const { state, now } = ctx;
  const { back } = state.now;
  const inMinutes = (n) => now + minuteOf(now + (n + 0.5) * MINUTE) - wallOf(now);
  const set = (value) =>
    ctx.run('until', value ? Math.round(momentOf({ starts: value }, now)) : null);
  return html`<div class="row until">
    <span class="sub">${t('console.pause_until')}</span>
    ${PAUSES.map((n) => act(ctx, { action: 'until', arg: Math.round(inMinutes(n)), label: t('console.min', { no: String(n) }), look: 'small' }))}
    <label class="sub"
      >${t('console.pause_at')}
      ${when({ type: 'time', value: back === null ? '' : hourAt(minuteOf(back)), tell: set })}</label
    >
    ${act(ctx, { action: 'until', arg: null, label: t('console.pause_open'), look: 'small' })}
    ${zone() === ownZone() ? nothing : html`<span class="sub">${zoneName(zone())}</span>`}
  </div>`;
};

const controls = (ctx) => {
  const { state } = ctx;
  const paused = state.now.state === 'paused';
  return html`<div class="row controls">
      ${steps(ctx)}
      ${paused ? nothing : act(ctx, { action: 'pause', label: t('console.pause'), key: 'P', icon: icons.pause() })}
      ${ofTurn(ctx)}
    </div>
    ${paused ? untilWhen(ctx) : nothing}`;
};

/** Back and on, for whoever must leave the road. */
const ways = (ctx) => {
  const { state } = ctx;
  const part = nextPart(state);
  const it = primary(state);
  return html`<div class="row ways">
    ${act(ctx, { action: 'back', label: t('console.back'), look: 'text' })}
    ${LEAVINGS.has(state.undo?.what) && enabled(state, 'back') ? html`<span class="sub">${t('console.back_undo')}</span>` : nothing}
    ${
      latenesses(state).length
        ? menu(
            ctx,
            'correct',
            t('console.correct'),
            () =>
              html`<span>${t('console.correct_by')}</span>
                ${latenesses(state).map((n) => act(ctx, { action: 'correct', arg: n * 60000, label: t('console.min', { no: String(n) }), look: 'small' }))}`,
          )
        : nothing
    }
    ${it?.action !== 'next' && part ? act(ctx, { action: 'next', label: t('console.primary.next', { title: partTitle(part) }), look: 'text' }) : nothing}
    ${it?.action !== 'close' ? plain(t('console.close'), () => ctx.set({ dialog: { kind: 'close' } }), { look: 'text' }) : nothing}
  </div>`;
};

const bank = (part) =>
  part.item.bank?.length
    ? html`<details class="bank">
        <summary>${t('console.bank')}</summary>
        ${part.item.bank.map(
          (group) =>
            html`<h3>${group.title}</h3>
              <ul>
                ${group.questions.map((each) => html`<li>${each}</li>`)}
              </ul>`,
        )}
      </details>`
    : nothing;

/** @param {import('./pieces.js').Ctx} ctx */
export function running(ctx) {
  const part = livePart(ctx.state);
  const wide = traits.wide(part);
  return html` ${timeless(ctx, () => heading(ctx, part))} ${wideButton(ctx)} ${reminder(ctx)}
    <div class=${wide ? 'now wide' : 'now'}>
      ${dial(ctx)}
      <div>
        <p class="headline">${bits(headline(ctx, part))}</p>
        <p class="aside num">${aside(ctx)}</p>
        ${hint(ctx)} ${wide && !speaker(ctx.state) ? controls(ctx) : nothing}
      </div>
    </div>
    ${wide && !speaker(ctx.state) ? nothing : controls(ctx)} ${ways(ctx)}
    <div class=${wide ? 'below' : 'below beside'}>
      <div class="method-area">
        ${timeless(ctx, () => html`${gathering(ctx)}${views[part.method].view(ctx, part)}${bank(part)}`)}
      </div>
      ${timeless(ctx, () => wallView(ctx))}
    </div>`;
}
