// carried.js -- what the meeting before left, as the pages ask for it. Pure.
import { allParts } from './model.js';

/** @import {State} from './model.js' */

/** What was agreed to be done; the rest are lessons of the talk about the talk. */
export const tasksCarried = (/** @type {Pick<State, 'carried'>} */ { carried = [] }) =>
  carried.filter(({ kind }) => kind === 'task');

/** Whether a part is the one that opens with what came of last time. @type {(state: any, part: any) => boolean} */
export const opensWith = (state, part) =>
  tasksCarried(state).length > 0 && allParts(state).find((each) => each.on)?.id === part?.id;
