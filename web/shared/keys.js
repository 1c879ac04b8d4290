// keys.js -- by what that goes which several may write at a desk. Pure.

/** @import {State} from './model.js' */

/** An answer is written whole, with its tasks, and whoever is to be involved. */
export const answerKey = (answer) => `answer ${answer}`;
export const recapKey = (part, lap) => `recap ${part} ${lap}`;
export const pointKey = (point) => `point ${point}`;
/** What came of a task of last time. */
export const cameKey = (id) => `came ${id}`;
/** What is asked before the meeting. */
export const beforeKey = (id) => `before ${id}`;
export const groupKey = (group) => `group ${group}`;

/** What a lap came to. @param {Pick<State, 'recaps'>} state */
export const recapOf = ({ recaps }, part, lap) =>
  recaps.find((each) => each.part === part && each.lap === lap)?.text ?? '';
