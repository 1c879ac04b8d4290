// pending.js -- answers of the decision that are on their way. Each is sent whole, so the next
// change of one must start from what was sent last, not from what the server has told so far.

/**
 * @typedef {Map<string, {fields: any, seq: number | null}>} Pending  by answer; seq: the server's
 *   number, once it has said
 */

/**
 * The state as it will be when everything that is on its way has come.
 * @param {import('../shared/model.js').State} state
 * @param {Pending} pending
 */
export function overlay(state, pending) {
  if (!pending.size) return state;
  const answers = state.decision.answers.filter((each) => !pending.has(each.answer));
  return {
    ...state,
    decision: {
      ...state.decision,
      answers: [...answers, ...[...pending.values()].map((it) => it.fields)],
    },
  };
}

/** Lets go of what the state has by now. @param {Pending} pending @param {number} seq */
export function settle(pending, seq) {
  for (const [answer, it] of pending) if (it.seq !== null && it.seq <= seq) pending.delete(answer);
}

/**
 * Sends an answer, and keeps it until it is in the state, or refused. Of several on their way only
 * the newest counts.
 * @param {Pending} pending
 * @param {any} fields  of decision.set
 * @param {() => Promise<import('../shared/link.js').Reply>} send
 */
export async function track(pending, fields, send) {
  const it = { fields, seq: null };
  pending.set(fields.answer, it);
  const reply = await send();
  if (reply.ok) it.seq = reply.seq ?? 0;
  else if (pending.get(fields.answer) === it) pending.delete(fields.answer);
  return reply;
}
