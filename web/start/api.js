// api.js -- what the start page asks the server over HTTP, and what an answer means to a person.
import { ownZone } from '../shared/zone.js';

/**
 * @typedef {{template: string, title: string, about?: string, minutes: number, locale?: string,
 *   items?: {no: number, title: string, minutes: number}[]}} Template
 * @typedef {{code: string, links: {[role: string]: string}}} Made
 * @typedef {{status: number, code: string, field: string | null}} Wrong
 * @typedef {{code: string, state: string, title: string, locale?: string, date?: string, starts?: string, zone?: string, place?:
 *   string}} About
 */

const bearer = (key) => (key ? { authorization: `Bearer ${key}` } : {});

/** Longer than this nobody waits for an answer. */
const PATIENCE = 10000;

/** What came, or what went wrong; status 0 without a connection, or without an answer. */
async function ask(path, options, send) {
  let answer;
  try {
    answer = await send(path, { ...options, signal: AbortSignal.timeout?.(PATIENCE) });
  } catch {
    return { wrong: { status: 0, code: 'offline', field: null } };
  }
  const body = await answer.json().catch(() => null);
  if (answer.status < 300 && body) return { body };
  return {
    wrong: { status: answer.status, code: body?.code ?? 'malformed', field: body?.field ?? null },
  };
}

/** @returns {Promise<Template[]>} */
export async function templates(get = fetch) {
  const answer = await get('/api/templates');
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** A template's whole agenda. @returns {Promise<{agenda?: any, wrong?: Wrong}>} */
export async function templateAgenda(name, get = fetch) {
  const { body, wrong } = await ask(`/api/templates/${encodeURIComponent(name)}`, {}, get);
  return { agenda: body, wrong };
}

/**
 * A meeting's agenda, and what it left for the next one. template: how that is laid out; '' as this one.
 * @returns {Promise<{agenda?: any, wrong?: Wrong}>}
 */
export async function meetingAgenda(code, key, template = '', get = fetch) {
  const path = `/api/meetings/${code}/agenda${template && `?template=${template}`}`;
  const { body, wrong } = await ask(path, { headers: bearer(key) }, get);
  return { agenda: body, wrong };
}

/** What anybody with the code may know. @returns {Promise<{about?: About, wrong?: Wrong}>} */
export async function aboutMeeting(code, get = fetch) {
  const { body, wrong } = await ask(`/api/meetings/${code}`, {}, get);
  return { about: body, wrong };
}

/**
 * Makes a meeting, by the clocks of this place where its agenda says no other; the server may know
 * a place by another name, and has one of its own.
 * @param {{template?: string, agenda?: {zone?: string}, title?: string, locale?: string,
 *   from?: {code: string, key: string}}} what  from: the meeting that it is made from
 * @param {string} key  the server's, where it asks for one
 * @returns {Promise<{made?: Made, wrong?: Wrong}>}
 */
export async function create(what, key = '', post = fetch) {
  const headers = { 'content-type': 'application/json', ...bearer(key) };
  const make = (body) =>
    ask('/api/meetings', { method: 'POST', headers, body: JSON.stringify(body) }, post);
  const here = what.agenda?.zone ? what : { ...what, zone: ownZone() };
  let { body, wrong } = await make(here);
  if (wrong?.field === 'zone') ({ body, wrong } = await make(what));
  return { made: body, wrong };
}

/**
 * A link for the chief of several schools, and the code of it for leaders.
 * @param {string} key  the server's, where it asks for one
 * @returns {Promise<{made?: {link: string, code: string}, wrong?: Wrong}>}
 */
export async function createChief(key = '', post = fetch) {
  const headers = { 'content-type': 'application/json', ...bearer(key) };
  const { body, wrong } = await ask('/api/chiefs', { method: 'POST', headers, body: '{}' }, post);
  return { made: body, wrong };
}
