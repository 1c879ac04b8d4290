// store.js -- the editor's state and what changes it: each change can be undone, and is kept on the
// device.
import { agendaOf, figuresOf, formOf, put, seatsOf } from './agenda.js';
import { checkAgenda, checkFigures, checkSeats } from './check.js';
import { back, did, forth, nothingDone, settled } from './undo.js';
import { fieldOf, wrongAt } from './words.js';

/**
 * @typedef {{id: string, template: string, form: import('./agenda.js').Form, history:
 *   import('./undo.js').History, people: number,
 *   own: number | string, open: Set<string>, tried: boolean, refused: import('./check.js').Wrong[],
 *   failed: string, busy: boolean,
 *   ticks: {[name: string]: boolean}, from: {code: string, key: string} | null, kept: boolean, drag: any, said: string,
 *   did: string, key: string, needsKey: boolean, meeting: {code: string, key: string, state:
 *   string, had: any[], answered: any[]} | null,
 *   saved: string}} State
 * @typedef {{s: State, set: (change: Partial<State>) => void, type: (path:
 *   import('./agenda.js').Path, value: any) => void,
 *   change: (label: string, form: any) => void, part: (id: string, change: any, label?: string) =>
 *   void, settle: () => void,
 *   wrong: () => import('./check.js').Wrong[], typedWord: string,
 *   undo: () => void, redo: () => void, wrongAt: (path: string) => string, toggle: (name: string)
 *   => void,
 *   focus: (id: string) => void, acts: any}} Ctx
 */

const PEOPLE = 12;

/** @param {any} draft @returns {State} */
export const begun = (draft) => ({
  id: draft.id,
  template: draft.template ?? '',
  form: formOf(draft.agenda, draft),
  history: nothingDone,
  people: draft.people ?? PEOPLE,
  own: draft.own ?? '',
  open: new Set(),
  tried: false,
  refused: [],
  failed: '',
  busy: false,
  ticks: draft.ticks ?? {},
  from: draft.from ?? null,
  kept: true,
  drag: null,
  said: '',
  did: '',
  key: '',
  needsKey: false,
  meeting: null,
  saved: '',
});

/** What is kept of it on the device. @param {State} s */
export const draftOf = (s, now) => ({
  id: s.id,
  at: now,
  template: s.template,
  agenda: agendaOf(s.form),
  people: s.people,
  own: s.own,
  data: s.form.data,
  seats: s.form.seats,
  ticks: s.ticks,
  ...(s.from && { from: s.from }),
});

/** These are told once somebody wants to go on: nobody is scolded for a field not yet reached. */
const PATIENT = ['required', 'empty', 'no_items', 'no_parts'];

/**
 * What is wrong and to be shown now; what the server found wrong is shown until it is changed.
 * @param {State} s
 */
export function wrongNow(s) {
  const all = [
    ...checkAgenda(agendaOf(s.form)),
    ...checkFigures(figuresOf(s.form)),
    ...checkSeats(seatsOf(s.form)),
  ];
  const found = all.filter(({ rule }) => s.tried || !PATIENT.includes(rule));
  return [
    ...found,
    ...s.refused.filter(({ path }) => !found.some((each) => fieldOf(each.path) === fieldOf(path))),
  ];
}

/** The form changed: what undo says, and what the server said of what stood there is gone. */
export function changed(s, label, form, typing = '') {
  const refused = typing ? s.refused.filter(({ path }) => fieldOf(path) !== typing) : [];
  return {
    ...s,
    form,
    refused,
    history: did(s.history, { form: s.form, label }, typing),
    did: typing ? '' : label,
    saved: '',
  };
}

/** One step back or forth. @param {State} s */
export function stepped(s, way) {
  const step = way === 'back' ? back(s.history, s.form) : forth(s.history, s.form);
  return step
    ? { ...s, form: step.form, history: step.history, refused: [], did: '', saved: '' }
    : s;
}

/**
 * The store of one editor.
 * @param {{draw: () => void, keep: (s: State) => boolean}} outside
 */
export function store({ draw, keep }) {
  /** @type {State} */
  let s = null;
  const put_ = (next, save = true) => {
    s = next;
    if (save) s = { ...s, kept: keep(s) };
    draw();
  };
  /** @type {any} */
  const ctx = {
    get s() {
      return s;
    },
    begin: (draft) => (s = begun(draft)),
    end: () => (s = null),
    set: (change) =>
      put_(
        { ...s, ...change },
        ['ticks', 'people', 'own'].some((name) => name in change),
      ),
    type: (path, value) =>
      put_(
        changed(
          s,
          ctx.typedWord,
          put(s.form, path, value === '' ? undefined : value),
          fieldOf(path.join('.')),
        ),
      ),
    change: (label, form) => form !== s.form && put_(changed(s, label, form)),
    settle: () => (s = s && { ...s, history: settled(s.history) }),
    undo: () => put_(stepped(s, 'back')),
    redo: () => put_(stepped(s, 'forth')),
    toggle(name) {
      const open = new Set(s.open);
      if (!open.delete(name)) open.add(name);
      put_({ ...s, open }, false);
    },
    wrongAt(path) {
      const found = ctx.wrong().find((each) => fieldOf(each.path) === path);
      return found ? wrongAt(found) : '';
    },
    wrong() {
      if (
        ctx.seen?.form !== s.form ||
        ctx.seen.tried !== s.tried ||
        ctx.seen.refused !== s.refused
      ) {
        ctx.seen = { form: s.form, tried: s.tried, refused: s.refused, wrong: wrongNow(s) };
      }
      return ctx.seen.wrong;
    },
  };
  return ctx;
}
