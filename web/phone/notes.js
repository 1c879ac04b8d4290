// notes.js -- a person's notes: one field to write in, each line of it a note with an id of its
// own.
import { limits } from 'runde:protocol';

const line = new RegExp(`.{1,${limits.text}}(?!\\S)|.{1,${limits.text}}`, 'gu');

/** The notes in a text: its lines, the overlong cut between words. */
export const lines = (text) => (text.match(line) ?? []).map((each) => each.trim()).filter(Boolean);

/**
 * Notes belong to the item they were written in: what is noted while listening is at hand when the
 * round comes. What is noted before the meeting is the first item's.
 */
export const keyOf = (seat, part) => `${seat}:${part.item.no}`;

/**
 * The server's notes of one seat and item, as a draft.
 * @param {import('../shared/model.js').State} state
 */
export function fromServer(state, key) {
  const itemOf = (id) =>
    (state.items.find((item) => item.parts.some((part) => part.id === id)) ?? state.items[0]).no;
  const notes = state.notes
    .filter((note) => `${note.seat}:${itemOf(note.part)}` === key)
    .map(({ note, text }) => ({ id: note, text }));
  return { text: notes.map((note) => note.text).join('\n'), notes };
}
