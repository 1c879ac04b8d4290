// api.js -- the start page's two requests, and what an answer means to a person.

/**
 * @typedef {{template: string, title: string, about?: string, minutes: number, locale?: string,
 *   items?: {no: number, title: string, minutes: number}[]}} Template
 * @typedef {{code: string, links: {[role: string]: string}}} Made
 * @typedef {{status: number, code: string, field: string | null}} Wrong
 */

/** @returns {Promise<Template[]>} */
export async function templates(get = fetch) {
  const answer = await get('/api/templates');
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/**
 * Makes a meeting.
 * @param {{template?: string, agenda?: object, title?: string, locale?: string}} what
 * @param {string} key  the server's, where it asks for one
 * @returns {Promise<{made?: Made, wrong?: Wrong}>}
 */
export async function create(what, key = '', post = fetch) {
  let answer;
  try {
    answer = await post('/api/meetings', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify(what),
    });
  } catch {
    return { wrong: { status: 0, code: 'offline', field: null } };
  }
  const body = await answer.json().catch(() => ({}));
  return answer.status === 201
    ? { made: body }
    : { wrong: { status: answer.status, code: body.code ?? 'malformed', field: body.field ?? null } };
}

/**
 * Where in an agenda a field stands, as a person counts: items and parts from 1.
 * @param {string | null} field  "agenda.items.3.parts.0.minutes", or without numbers: then `in` says what kind it stands in
 * @returns {{item?: number, part?: number, in: 'top' | 'item' | 'part', name: string} | null}
 */
export function placeOf(field) {
  if (!field) return null;
  const steps = field.split(/[.[\]]+/).filter(Boolean);
  const after = (name) => {
    const n = Number(steps[steps.indexOf(name) + 1]);
    return steps.includes(name) && Number.isInteger(n) ? n + 1 : undefined;
  };
  const names = steps.filter((step) => !/^\d+$/.test(step) && step !== 'agenda');
  const around = names.slice(0, -1);
  const kind = around.includes('parts') ? 'part' : around.includes('items') ? 'item' : 'top';
  return { item: after('items'), part: after('parts'), in: kind, name: names.at(-1) ?? '' };
}

/** A meeting that a phone has been in: what its page keeps under its own name. @returns {string[]} codes, "K7QM-4XPR" */
export function joinedCodes(storage = globalThis.localStorage) {
  const found = [];
  for (let i = 0; i < storage.length; i++) {
    const code = /^runde\.([2-9A-HJKMNP-Z]{4})([2-9A-HJKMNP-Z]{4})$/.exec(storage.key(i));
    if (code && seatsIn(storage.getItem(code[0])) > 0) found.push(`${code[1]}-${code[2]}`);
  }
  return found.sort();
}

function seatsIn(text) {
  try {
    return JSON.parse(text).seats.length;
  } catch {
    return 0;
  }
}
