// zone.js -- days and hours by the clocks of the place where the meeting is, wherever the screen is:
// every page tells them from here.
const MINUTE = 60000;

/** Where a meeting is that does not say; server/base/zone.h. */
export const HOME = 'Europe/Copenhagen';

/** @type {string | undefined} */
let here;

/** The zone that is told by; undefined before a meeting is known: this device's. */
export const zone = () => here;

/** This device's. */
export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Tells by a meeting's zone from now on. One that this browser does not know is told as HOME's. */
export function useZone(name = HOME) {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    here = name;
  } catch {
    here = HOME;
  }
}

/** What clocks show, as if it were UTC. @param {number} wall  ms since 1970 */
function shown(wall) {
  const style = /** @type {Intl.DateTimeFormatOptions} */ ({
    timeZone: here,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Intl.DateTimeFormat('en', style).formatToParts(wall);
  const [month, day, year, hour, minute] = parts
    .filter(({ type }) => type !== 'literal')
    .map(({ value }) => Number(value));
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** "2026-05-14" and "10:25", as fields for a day and an hour have them. */
export const dayAt = (wall) => new Date(shown(wall)).toISOString().slice(0, 10);
export const hourAt = (wall) => new Date(shown(wall)).toISOString().slice(11, 16);

/**
 * When clocks show that, in ms since 1970. Of an hour that comes twice the first; one that is left
 * out is as long after the change as it would have been.
 * @param {string} day  "2026-05-14" @param {string} hour  "10:25"
 */
export function momentAt(day, hour) {
  const told = Date.parse(`${day}T${hour}Z`);
  const ahead = (wall) => shown(wall) - Math.floor(wall / MINUTE) * MINUTE;
  const before = told - ahead(told - 1560 * MINUTE);
  const after = told - ahead(before);
  return shown(before) !== told && shown(after) === told ? after : before;
}
