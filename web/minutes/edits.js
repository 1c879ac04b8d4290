// edits.js -- answers as they are being written: shown at once, kept on this device until the server has them.
//
// An edit is one field of one answer: 'next_step.text', 'tasks.<id>.owner'. All that is pending of an answer goes with
// every sending of it, for decision.set carries the whole answer; so two fields changed at once do not undo each other.
import { answerOf, changed, taskWith } from '../console/answers.js';

const PAUSE_MS = 1200;

export const answerOfKey = (key) => key.slice(0, key.indexOf('.'));
const idOf = (task, i) => task.id ?? `#${i}`;
export const taskKey = (task, i, field) => `tasks.${idOf(task, i)}.${field}`;

/** The answer with its pending edits in it. @param {Map<string, string>} kept */
function edited(state, answer, kept) {
  const it = answerOf(state, answer);
  const text = kept.get(`${answer}.text`);
  const next = text === undefined ? it : { ...it, text };
  if (answer !== 'tasks' || !it.tasks) return next;
  const field = (task, i, name) => kept.get(taskKey(task, i, name));
  const tasks = it.tasks.map((task, i) => {
    const change = {};
    for (const name of ['text', 'owner']) if (field(task, i, name) !== undefined) change[name] = field(task, i, name);
    if (change.text !== undefined && !change.text.trim()) delete change.text;
    return Object.keys(change).length ? taskWith(state, task, change) : task;
  });
  return { ...next, tasks };
}

/**
 * The state as it will be once every edit is saved.
 * @param {import('../shared/model.js').State} state  @param {Map<string, string>} kept
 */
export function overlay(state, kept) {
  const touched = new Set([...kept.keys()].map(answerOfKey));
  if (!touched.size) return state;
  const answers = state.decision.answers.filter((each) => !touched.has(each.answer));
  return { ...state, decision: { ...state.decision, answers: [...answers, ...[...touched].map((each) => edited(state, each, kept))] } };
}

/**
 * @param {{
 *   entries?: [string, string][], save: (entries: [string, string][]) => void, state: () => import('../shared/model.js').State,
 *   send: (fields: object) => Promise<{ok: boolean, code?: string, seq?: number}>, changed: () => void,
 *   refused: (code: string, lost: boolean) => void, setTimer?: (fn: () => void, ms: number) => any, clearTimer?: (timer: any) => void,
 * }} it  entries: what was kept when the page was last open; refused: `lost` when what was chosen is not kept for later
 */
export function edits({ entries = [], save, state, send, changed: redraw, refused, setTimer = (fn, ms) => setTimeout(fn, ms), clearTimer = (timer) => clearTimeout(timer) }) {
  const kept = new Map(entries);
  const timers = new Map();
  /** Sent and answered, but not yet in the state: dropped when it is. */
  let answered = [];

  const keep = () => save([...kept]);

  function settle() {
    const at = state()?.seq ?? 0;
    const done = answered.filter((each) => each.seq <= at);
    if (!done.length) return;
    answered = answered.filter((each) => each.seq > at);
    for (const { values } of done) for (const [key, value] of values) if (kept.get(key) === value) kept.delete(key);
    keep();
  }

  /** Sends an answer whole: what is saved, what is being written, and `change`. */
  async function put(answer, change = {}) {
    clearTimer(timers.get(answer));
    timers.delete(answer);
    if (typeof change.text === 'string' && kept.has(`${answer}.text`)) kept.set(`${answer}.text`, change.text);
    const values = [...kept].filter(([key]) => answerOfKey(key) === answer);
    const reply = await send(changed(overlay(state(), kept), answer, change));
    if (reply.ok) {
      answered.push({ seq: reply.seq ?? 0, values });
      settle();
    } else refused(reply.code, Object.keys(change).length > 0);
    redraw();
    return reply;
  }

  return {
    kept,
    put,
    settle,
    /** A letter more; the answer is sent when the writer pauses. */
    write(key, value) {
      const answer = answerOfKey(key);
      kept.set(key, value);
      keep();
      clearTimer(timers.get(answer));
      timers.set(answer, setTimer(() => put(answer), PAUSE_MS));
    },
    /** The field was left: no need to wait. */
    flush(key) {
      if (kept.has(key)) put(answerOfKey(key));
    },
    /** The connection is back, or the page goes away. */
    flushAll: () => [...new Set([...kept.keys()].map(answerOfKey))].forEach((answer) => put(answer)),
    /** Whether anything of the answer is not with the server yet. */
    pending: (answer) => [...kept.keys()].some((key) => answerOfKey(key) === answer),
  };
}
