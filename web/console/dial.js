// dial.js -- the clock of what runs now: a ring that drains, and the words beside it.
import { html, nothing, svg } from 'lit-html';
import { t } from '../shared/i18n.js';
import { face } from '../shared/clock.js';
import { left, partLeft, share, turnFraction } from '../shared/schedule.js';
import { inLaps, livePart, roundComplete, speaker, waiting } from './read.js';
import { seatName, span } from './pieces.js';

const CLOSING = 15000;

const ring = (fraction, look) => svg`
  <svg class="ring" viewBox="0 0 168 168" aria-hidden="true">
    <circle class="track" cx="84" cy="84" r="76" />
    ${
      fraction > 0
        ? svg`<circle class=${look} cx="84" cy="84" r="76" pathLength="100" stroke-dasharray=${`${Math.max(0.1, fraction * 100)} 100`} transform="rotate(-90 84 84)" />`
        : nothing
    }
  </svg>`;

/** How long the whole of it is, where that is known. */
function whole(state) {
  const { now } = state;
  if (now.speaker === null) return livePart(state)?.ms ?? null;
  return now.turn_from !== null && now.until !== null ? now.until - now.turn_from : null;
}

export const lookOf = (rest) => (rest < 0 ? 'over' : rest <= CLOSING ? 'closing' : 'running');

/** @param {import('./pieces.js').Ctx} ctx */
export function dial(ctx) {
  const rest = left(ctx.state, ctx.now) ?? 0;
  const total = whole(ctx.state);
  const look = lookOf(rest);
  const who = speaker(ctx.state);
  const label =
    rest < 0
      ? t('console.clock_over', {
          who: who ? seatName(who) : t('console.the_part'),
          time: span(rest),
        })
      : t('console.clock_left', {
          who: who ? seatName(who) : t('console.the_part'),
          time: span(rest),
        });
  return html`<div class=${`dial ${look}`} role="timer" aria-label=${label}>
    ${ring(turnFraction(ctx.state, ctx.now), look)}
    <div class="face">
      <b class="num">${face(rest, true)}</b
      ><span class="num"
        >${
          rest < 0
            ? t('console.over')
            : total
              ? t('console.of_time', { time: face(total) })
              : nothing
        }</span
      >
    </div>
  </div>`;
}

/**
 * The line under the speaker's name: the whole part, and who is still to come. @param
 * {import('./pieces.js').Ctx} ctx
 */
export function aside(ctx) {
  const { state, now } = ctx;
  const part = livePart(state);
  const rest = partLeft(state, now) ?? 0;
  const whole =
    rest < 0
      ? t('console.part_over', { time: face(-rest), of: face(part.ms) })
      : t('console.part_left', { time: face(rest), of: face(part.ms) });
  const count = waiting(state).length;
  if (roundComplete(state)) return count ? t('console.still_away', { n: count }) : nothing;
  if (!inLaps(state) || part.intro) return state.now.speaker === null ? nothing : html`${whole}`;
  const heard = t('console.heard_count', { n: state.now.heard.length });
  const each = count
    ? t('console.waiting_count', { n: count, time: face(share(state, now)) })
    : t('console.waiting_none');
  return html`${state.now.speaker === null ? nothing : html`${whole}<br />`}${heard} · ${each}`;
}
