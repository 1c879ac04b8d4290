// ladder.js -- where I stand among those who wait for the floor, in words.
import { waitOf } from '../shared/schedule.js';
import { speakersOf } from './pieces.js';

/** Where I stand, in words: [large, small]. */
export function ladder(c) {
  const { t, state, now } = c;
  const waits = c.ui.seats.map((n) => ({ n, ...waitOf(state, n, now) })).filter((it) => it.place);
  const wait = waits.sort((a, b) => a.place - b.place)[0];
  const who = (words) => (c.ui.seats[1] ? `${speakersOf(c, wait.n)}: ${words}` : words);
  if (c.part.intro) return [t('phone.intro'), ''];
  if (!wait) {
    const heard = c.ui.seats.some((n) => state.now.heard.includes(n));
    return heard
      ? [t('phone.thanks_turn'), '']
      : [t('phone.listen'), c.ui.late?.unturned(c) ?? t('phone.listen_then')];
  }
  const n = Math.max(1, Math.round(wait.ms / 60000));
  const when = wait.ms < 45000 ? t('phone.in_a_moment') : t('phone.in_minutes', { n });
  if (wait.place === 1)
    return state.now.speaker === null
      ? [who(t('phone.first')), t('phone.first_then')]
      : [who(t('phone.next')), when];
  return [
    who(wait.place === 2 ? t('phone.after_next') : t('phone.number', { n: wait.place })),
    when,
  ];
}
