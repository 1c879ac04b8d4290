// kept.js -- the meetings that this device knows the links of, newest first. Links are secrets:
// they stay on the device, and can be forgotten.

const KEY = 'runde.meetings';
const MAX = 12;

const plainCode = (code) => code.replace(/[^0-9a-z]/gi, '').toUpperCase();

/**
 * @typedef {{code: string, title: string, at: number, links?: {[role: string]: string}}} Kept
 * @returns {Kept[]}
 */
export function readKept(storage = globalThis.localStorage) {
  try {
    const list = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(list)
      ? list.filter((each) => typeof each?.code === 'string' && typeof each.title === 'string')
      : [];
  } catch {
    return [];
  }
}

const store = (list, storage) => {
  try {
    storage.setItem(KEY, JSON.stringify(list.slice(0, MAX)));
  } catch {
    // A device that keeps nothing still holds the meeting; its links are on the screen.
  }
};

/** @param {Kept} meeting */
export function keepMeeting(meeting, storage = globalThis.localStorage) {
  const mine = plainCode(meeting.code);
  store([meeting, ...readKept(storage).filter((each) => plainCode(each.code) !== mine)], storage);
}

export function forgetMeeting(code, storage = globalThis.localStorage) {
  store(
    readKept(storage).filter((each) => plainCode(each.code) !== plainCode(code)),
    storage,
  );
}

/** The links of a meeting, where this device made it; else null. */
export const linksOf = (code, storage = globalThis.localStorage) =>
  readKept(storage).find((each) => plainCode(each.code) === plainCode(code))?.links ?? null;
