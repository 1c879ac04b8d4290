// bare.js -- what the pages' state can be compared by with what a new screen is told.

/** Some things no fact tells, or no page asks for, and some lists have no order. @param {object} state  of web/shared/model.js */
export function bare(state) {
  const { seq, ...plain } = JSON.parse(JSON.stringify(state));
  for (const seat of plain.seats) delete seat.held; // No page asks for it.
  for (const item of plain.items) for (const part of item.parts) delete part.begun;
  if (plain.now.state === 'closed') plain.now.part = null; // A page goes on showing the last.
  // Of the page's own making: a fresh one does not know it.
  delete plain.now.turn_from;
  delete plain.hintSeq;
  delete plain.hint; // No page asks for it, but for whom it is.
  plain.decision.answers.sort((a, b) => a.answer.localeCompare(b.answer));
  plain.shown.sort();
  plain.leaving.sort((a, b) => a.seat - b.seat);
  for (const pair of plain.pairs) if (!pair.written) delete pair.written; // As long as nobody says so.
  const text = (a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b));
  for (const list of [plain.groups, plain.recaps]) list?.sort(text);
  return plain;
}
