// nudge.js -- what is worth asking for when the decision's time runs out. Pure.
import * as traits from 'runde:traits';
import { standingOf } from '../shared/answers.js';
import { partLeft } from '../shared/schedule.js';
import { isOpen, livePart } from './read.js';

const SOON = 600000;

/**
 * What is worth asking for when ten minutes of the decision are left: who does what, and when it is
 * followed up.
 * @param {import('../shared/model.js').State} state
 * @param {number} at  the meeting clock
 * @returns {{missing: string[], rest: number}}  rest: ms until the answers are to stand
 */
export function nudge(state, at) {
  const live = livePart(state);
  const parts = live?.item.parts ?? [];
  const last = parts.findLastIndex((part) => traits.decides(part) && part.on);
  const from = parts.findIndex((part) => part.id === live?.id);
  if (!isOpen(state) || from < 0 || from > last) return { missing: [], rest: 0 };
  const ahead = parts.slice(from + 1, last + 1).filter((part) => part.on);
  const rest =
    Math.max(0, partLeft(state, at) ?? 0) + ahead.reduce((sum, part) => sum + part.ms, 0);
  /** @type {import('runde:protocol').Answer[]} */
  const due = ['tasks', 'follow_up'];
  const open = due.filter((answer) => ['empty', 'partly'].includes(standingOf(state, answer)));
  return { missing: rest > SOON ? [] : open, rest };
}
