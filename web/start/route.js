// route.js -- where the start page is, in the fragment alone: a key in it never leaves the device
// by the address. Pure.
//
//   ''                       home
//   #draft/3f2a              a plan that is being written on this device
//   #K7QM-4XPR               a meeting whose links this device knows
//   #K7QM-4XPR.KEY           a meeting by its console's or leader's key
//   #K7QM-4XPR.KEY/plan      its agenda, edited while it waits to begin
//   #K7QM-4XPR.KEY/next      a plan of the meeting after it; /next/NAME: laid out by that template
import { readCode } from '../shared/code.js';

/**
 * @typedef {{screen: 'home' | 'draft' | 'meeting' | 'plan', id?: string, code?: string, key?:
 *   string, next?: string}} Route  next: the meeting after it is to be planned, by this template, '' for its own
 * @param {string} hash @returns {Route}
 */
export function readRoute(hash) {
  const draft = /^#draft\/([0-9a-f]{4,32})$/.exec(hash);
  if (draft) return { screen: 'draft', id: draft[1] };
  const next = /^(#.+)\/next(?:\/([a-z0-9-]{1,60}))?$/.exec(hash);
  const before = next && readRoute(next[1]);
  if (before?.key) return { ...before, next: next[2] ?? '' };
  const meeting =
    /^#([0-9A-Za-z-]{8,9})(?:\.([A-Za-z0-9_-]{43}))?(\/plan)?(?:(?!\.\w)[^\w/-].*)?$/.exec(hash);
  const code = meeting && readCode(meeting[1]);
  if (!code) return { screen: 'home' };
  return { screen: meeting[3] ? 'plan' : 'meeting', code, key: meeting[2] ?? '' };
}

/** @param {Route} route */
export function routeTo({ screen, id, code, key }) {
  if (screen === 'draft') return `#draft/${id}`;
  if (screen === 'home') return '';
  return `#${code}${key ? `.${key}` : ''}${screen === 'plan' ? '/plan' : ''}`;
}
