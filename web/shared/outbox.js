// outbox.js -- texts on their way to the server: kept on the phone until they are answered, sent
// one after another.
//
// Each has the command id that it was given when it was written, also after a reload, so that the
// server takes it once. One at a time keeps their order; a note that is mended while it waits takes
// the place of its older text.

import { clean } from './clean.js';

/** @typedef {{id: string, do: string, with: any, code?: string}} Entry */

/** A removed note that the server never had, or a point that has gone, is no loss. */
const harmless = ['nothing_changed', 'no_such_note', 'already_shared'];

/**
 * @param {{kept: {out: Entry[], refused: Entry[]}, save: () => void,
 *   send: (name: string, fields: object, options: {id: string, keep: boolean}) => Promise<{ok:
 *   boolean, code?: string}>,
 *   changed?: () => void, newId: () => string}} options
 */
export function outbox({ kept, save, send, changed = () => {}, newId }) {
  let busy = false;

  async function flush() {
    if (busy) return;
    busy = true;
    while (kept.out.length) {
      const entry = kept.out[0];
      const reply = await send(entry.do, entry.with, { id: entry.id, keep: true });
      if (kept.out[0] !== entry) break;
      kept.out.shift();
      if (!reply.ok && !harmless.includes(reply.code))
        kept.refused.push({ ...entry, code: reply.code });
      save();
      changed();
    }
    busy = false;
  }

  /** @returns {string} the command's id: that of the contribution, if it makes one */
  function add(name, fields) {
    const same = (entry, i) =>
      name === 'note.save' && entry.do === name && entry.with.note === fields.note && i > 0;
    const text = fields.text === undefined ? {} : { text: clean(fields.text) };
    const entry = { id: newId(), do: name, with: { ...fields, ...text } };
    const older = kept.out.findIndex(same);
    if (older < 0) kept.out.push(entry);
    else kept.out[older] = entry;
    save();
    changed();
    flush();
    return entry.id;
  }

  return { add, flush };
}
