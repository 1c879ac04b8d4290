// arrival.js -- a new screen: it begins at its top with its heading in focus, the page's title says
// where we are, and who cannot see the screen is told once that the meeting has moved.
import * as traits from 'runde:traits';
import { presenter } from '../shared/duty.js';
import { left } from '../shared/schedule.js';
import { isGone } from './going.js';
import { ladder } from './ladder.js';
import { nameOf, speakersOf } from './pieces.js';

/** Whoever writes goes on writing: neither the focus nor the page is moved. */
const isWriting = () =>
  Boolean(globalThis.document?.activeElement?.matches('textarea, select, input'));

const speaks = ({ state, ui }) => ui.seats.includes(state.now.speaker);

/** What makes a screen another one: the part, and whether the floor is at this phone. */
const keyOf = (c) => {
  const { state, part, speaker, answering } = c.state.now;
  if (c.ui.screen || state === 'closed') return c.ui.screen || state;
  if (isGone(c)) return 'gone';
  const floor = speaks(c) ? speaker : c.ui.seats.includes(answering) ? 'answers' : '';
  return `${part} ${floor}`;
};

/** Where we are, in the page's title. */
const where = ({ state, ui, t, part }) =>
  !state || ui.screen
    ? ui.about.title
    : speaks({ state, ui }) && state.now.state !== 'closed'
      ? t('phone.your_turn')
      : part && state.now.state !== 'closed'
        ? (part.title ?? part.item.title)
        : state.meeting.title;

/** The time is mine where I speak or present, or where all write. */
const isMyTime = (c) =>
  speaks(c) ||
  (c.state.now.speaker === null &&
    (traits.silent(c.part) ||
      traits.sealed(c.part) ||
      (traits.presented(c.part) && c.ui.seats.includes(presenter(c.state, c.part)?.seat))));

/** At a minute, at 15 s and at the end, and never in between. */
function time(c) {
  const ms = left(c.state, c.now);
  if (!isMyTime(c) || c.state.now.state !== 'running' || ms > 60000 || ms < -9000) return '';
  return ms > 50000
    ? c.t('phone.minute')
    : ms > 5000 && ms <= 15000
      ? c.t('phone.seconds')
      : ms <= 0
        ? c.t('phone.time_up')
        : '';
}

/** Where I stand, in [what makes it another place, words]. */
function place(c) {
  const { now } = c.state;
  if (speaks(c))
    return now.answering
      ? ['answers', c.t('phone.answers', { name: nameOf(c, now.answering) })]
      : ['turn', c.ui.seats.length > 1 ? speakersOf(c, now.speaker) : c.t('phone.your_turn')];
  if (c.ui.seats.includes(now.answering)) return ['answers', c.t('phone.you_answer')];
  if (c.part.intro) return ['', ''];
  if (now.lap && now.speaker === null && !now.queue.length)
    return ['over', c.t('phone.round_over')];
  if (now.lap) {
    const [large, small] = ladder(c);
    return [large, [large, small].filter(Boolean).join(' ')];
  }
  const n = Math.min(...c.ui.seats.map((each) => now.queue.indexOf(each) + 1).filter(Boolean));
  if (n === 1) return ['1', c.t('phone.next')];
  return n < Infinity ? [`${n}`, c.t('phone.number', { n })] : ['', ''];
}

/**
 * What is told to who cannot see it: once that a part begins, each time that one's own place is
 * another, and one's own time. What the heading says that gets the focus is not told beside it.
 * @returns {(c: import('./pieces.js').Context) => string}
 */
export function teller() {
  let words = '';
  let part, screen, at;
  return (c) => {
    const { now } = c.state;
    const key = c.part && now.state !== 'closed' ? place(c) : ['', ''];
    const here = keyOf(c);
    if (part === undefined) at = key[0];
    else if (now.part !== part || key[0] !== at || here !== screen) {
      const begins = now.part !== part && c.part && now.state !== 'closed';
      const moves = here !== screen && !isWriting();
      words = [
        begins ? c.t('phone.part_begins', { title: c.part.title ?? c.part.item.title }) : '',
        moves || (!begins && key[0] === at) ? '' : key[1],
      ]
        .filter(Boolean)
        .join('. ');
    }
    [part, screen, at] = [now.part, here, key[0]];
    const warning = c.part && now.state !== 'closed' ? time(c) : '';
    if (warning) words = '';
    return warning || words;
  };
}

/** After each drawing. The first screen is left alone: a page that loads is read from its top. */
export function arrival() {
  let screen;
  return (c) => {
    const title = where(c);
    document.title = [title, c.t('phone.page')].filter(Boolean).join(' – ');
    const here = c.state ? keyOf(c) : c.ui.screen;
    const was = screen;
    screen = here;
    if (here === was || isWriting()) return;
    const heading = /** @type {HTMLElement | null} */ (document.querySelector('main h1, main h2'));
    if (was !== undefined && heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
  };
}
