// say.js -- what a screen reader hears of the board: who has the floor, and the part's time at
// three moments. Politely, and never each second.
import * as traits from 'runde:traits';
import { partOf } from '../shared/model.js';
import { phaseOf } from './arc.js';
import { pageOf, personOf } from './choose.js';
import { callName } from '../shared/names.js';

/**
 * The key and values of what to say now, or null.
 * @param {{state: any, at: number} | null} before  what was shown last
 * @param {{state: any, at: number}} now
 * @returns {{key: string, values: {[name: string]: any}} | null}
 */
export function sayingOf(before, now) {
  const { state } = now;
  if (!state) return null;
  const page = pageOf(state);
  if (page !== pageOf(before?.state ?? null)) {
    if (page === 'pause') return { key: 'paused', values: {} };
    if (page === 'end') return { key: 'ended', values: {} };
  }
  const { back } = state.now;
  if (page === 'pause' && back !== null && before?.at < back && back <= now.at)
    return { key: 'pause_over', values: {} };
  if (page !== 'part' || !before?.state) return null;
  if (state.now.part !== before.state.now.part) {
    const part = partOf(state);
    return { key: 'part', values: { name: part.title || part.item.title } };
  }
  if (state.now.speaker !== before.state.now.speaker && state.now.speaker !== null) {
    const person = personOf(state, state.now.speaker);
    return { key: 'floor', values: { name: person && callName(person) } };
  }
  const { answering } = state.now;
  if (answering !== null && answering !== before.state.now.answering) {
    const person = personOf(state, answering);
    return { key: 'answers', values: { name: person && callName(person) } };
  }
  const phase = phaseOf(state, now.at);
  if (phase && phase !== phaseOf(before.state, before.at)) return { key: phase, values: {} };
  return null;
}

/** Whether the silence has just ended: the one moment that has a sound. */
export function silenceEnds(before, state) {
  const part = state && partOf(state);
  return Boolean(
    before &&
    part &&
    traits.silent(part) &&
    state.now.state === 'running' &&
    state.now.time_up &&
    before.now.part === state.now.part &&
    !before.now.time_up,
  );
}
