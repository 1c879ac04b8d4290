// edits.js -- answers as they are being written: shown at once, kept on this device until the
// server has them.
//
// An edit is one field of one answer: 'next_step.text', 'tasks.<id>.owner'. All that is pending of
// an answer goes with every sending of it, for decision.set carries the whole answer; so two fields
// changed at once do not undo each other.
import { answerOf } from '../shared/answers.js';
import { changed, taskWith } from '../shared/deciding.js';

const PAUSE_MS = 1200;

export const answerOfKey = (key) => key.slice(0, key.indexOf('.'));
const idOf = (task, i) => task.id ?? `#${i}`;
export const taskKey = (task, i, field) => `tasks.${idOf(task, i)}.${field}`;

/** The answer with what was chosen and what is being written in it. */
function edited(state, answer, kept, chosen) {
  const it = { ...answerOf(state, answer), ...chosen.get(answer) };
  const text = kept.get(`${answer}.text`);
  if (text !== undefined) it.text = text;
  if (answer !== 'tasks' || !it.tasks) return it;
  const field = (task, i, name) => kept.get(taskKey(task, i, name));
  it.tasks = it.tasks.map((task, i) => {
    const change = {};
    for (const name of ['text', 'owner'])
      if (field(task, i, name) !== undefined) change[name] = field(task, i, name);
    if (change.text !== undefined && !change.text.trim()) delete change.text;
    return Object.keys(change).length ? taskWith(state, task, change) : task;
  });
  return it;
}

/**
 * The state as it will be once everything is saved.
 * @param {import('../shared/model.js').State} state
 * @param {Map<string, string>} kept  what is being written  @param {Map<string, object>} [chosen]
 *   what is on its way
 */
export function overlay(state, kept, chosen = new Map()) {
  const touched = new Set([...[...kept.keys()].map(answerOfKey), ...chosen.keys()]);
  if (!touched.size) return state;
  const answers = state.decision.answers.filter((each) => !touched.has(each.answer));
  const mine = [...touched].map((each) => edited(state, each, kept, chosen));
  return { ...state, decision: { ...state.decision, answers: [...answers, ...mine] } };
}

/**
 * @param {{
 *   entries?: [string, string][], save: (entries: [string, string][]) => void, state: () =>
 *   import('../shared/model.js').State,
 *   send: (fields: object) => Promise<{ok: boolean, code?: string, seq?: number}>, changed: () =>
 *   void,
 *   refused: (code: string, lost: boolean) => void, setTimer?: (fn: () => void, ms: number) => any,
 *   clearTimer?: (timer: any) => void,
 * }} it  entries: what was kept when the page was last open; refused: `lost` when what was chosen
 * is not kept for later
 */
export function edits({
  entries = [],
  save,
  state,
  send,
  changed: redraw,
  refused,
  setTimer = (fn, ms) => setTimeout(fn, ms),
  clearTimer = (timer) => clearTimeout(timer),
}) {
  const kept = new Map(entries);
  /**
   * What was picked, ticked or added and is on its way: the next choice builds on it. @type
   * {Map<string, object>}
   */
  const chosen = new Map();
  const timers = new Map();
  /** Sent and answered, but not yet in the state: dropped when it is. */
  let answered = [];

  const keep = () => save([...kept]);
  const forget = (answer, choice) => chosen.get(answer) === choice && chosen.delete(answer);

  function settle() {
    const at = state()?.seq ?? 0;
    const done = answered.filter((each) => each.seq <= at);
    if (!done.length) return;
    answered = answered.filter((each) => each.seq > at);
    for (const { answer, values, choice } of done) {
      for (const [key, value] of values) if (kept.get(key) === value) kept.delete(key);
      forget(answer, choice);
    }
    keep();
  }

  /** Sends an answer whole: what is saved, what is being written, and `change`. */
  async function put(answer, change = {}) {
    clearTimer(timers.get(answer));
    timers.delete(answer);
    if (typeof change.text === 'string' && kept.has(`${answer}.text`))
      kept.set(`${answer}.text`, change.text);
    const values = [...kept].filter(([key]) => answerOfKey(key) === answer);
    const choice = { ...chosen.get(answer), ...change };
    const picked = Object.keys(choice).length > 0;
    if (picked) chosen.set(answer, choice);
    const sending = send(changed(overlay(state(), kept, chosen), answer, {}));
    redraw();
    const reply = await sending;
    if (reply.ok) {
      answered.push({ seq: reply.seq ?? 0, answer, values, choice });
      settle();
    } else {
      forget(answer, choice);
      refused(reply.code, picked);
    }
    redraw();
    return reply;
  }

  return {
    kept,
    chosen,
    put,
    settle,
    /** A letter more; the answer is sent when the writer pauses. */
    write(key, value) {
      const answer = answerOfKey(key);
      kept.set(key, value);
      keep();
      clearTimer(timers.get(answer));
      timers.set(
        answer,
        setTimer(() => put(answer), PAUSE_MS),
      );
    },
    /** The field was left: no need to wait. */
    flush(key) {
      if (kept.has(key)) put(answerOfKey(key));
    },
    /** The connection is back, or the page goes away. */
    flushAll: () =>
      [...new Set([...kept.keys()].map(answerOfKey))].forEach((answer) => put(answer)),
    /** Whether anything of the answer is not with the server yet. */
    pending: (answer) => [...kept.keys()].some((key) => answerOfKey(key) === answer),
  };
}
