// writing.js -- for whom the scribe writes: the field follows the floor, but never takes what is
// half written along. Pure.
import * as traits from 'runde:traits';
import { partOf } from '../shared/model.js';
import { isOpen, needsSeat } from './read.js';

/**
 * What is being written. `picked`: the seat was chosen by hand and does not follow the floor.
 * @typedef {{text: string, part: string | null, seat: number | null, box: string | null, picked:
 *   boolean}} Writing
 */

/** @type {Writing} */
export const nothingWritten = { text: '', part: null, seat: null, box: null, picked: false };

/** Whose words are heard now: in an asker's turn, the one who answers. */
export const voiceOf = ({ now }) => now.answering ?? now.speaker;

const placeOf = (state) => {
  const part = partOf(state);
  const boxes = traits.boxes(part);
  const box = boxes.find((each) => each !== 'missing') ?? null;
  const seat = part && !boxes.length ? voiceOf(state) : null;
  return { part: part?.id ?? null, seat, box };
};

/**
 * Where the next point will go. Half a sentence stays with the person and the part it was begun
 * for.
 * @param {Writing} writing
 * @returns {Writing}
 */
export function follow(state, writing) {
  if (writing.text) return writing;
  const place = placeOf(state);
  if (writing.part !== place.part) return { ...nothingWritten, ...place };
  return writing.picked ? writing : { ...writing, seat: place.seat };
}

/** The field's text has changed: from its first letter on it belongs to a person and a part. */
export const written = (state, writing, text) => ({ ...follow(state, writing), text });

/**
 * Somebody else was chosen by hand; with no text the field follows again once the floor has moved.
 */
export const pick = (state, writing, change) => ({
  ...follow(state, writing),
  ...change,
  picked: true,
});

/** The floor moved on: what is empty follows, whatever was chosen. */
export const floorMoved = (state, writing) =>
  writing.text ? writing : follow(state, { ...writing, picked: false });

/** What is half written while somebody else has the floor already, or another part runs. */
export function leftBehind(state, writing) {
  if (!writing.text) return false;
  const place = placeOf(state);
  return (
    writing.part !== place.part ||
    (!writing.picked && place.seat !== null && writing.seat !== place.seat)
  );
}

/** The text goes to whoever has the floor now. */
export const bringAlong = (state, writing) => ({
  ...follow(state, { ...nothingWritten }),
  text: writing.text,
});

/** What keeps the text from being written down: 'closed', 'text', 'seat', or null. */
export function hindrance(state, writing) {
  if (!isOpen(state)) return 'closed';
  const part = partOf(state, writing.part);
  if (!part) return 'closed';
  if (needsSeat(part) && !writing.seat) return 'seat';
  return writing.text.trim() ? null : 'text';
}

/** The fields of contribution.add. */
export function fieldsOf({ text, part, seat, box }) {
  const fields = { text: text.trim(), part };
  if (seat) fields.seat = seat;
  if (box) fields.box = box;
  return fields;
}
