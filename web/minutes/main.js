// main.js -- the page of the minutes: the link to the meeting, what is being written, and what the
// page follows.
import { html, render } from 'lit-html';
import * as traits from 'runde:traits';
import { grow } from '../shared/grow.js';
import { has, t } from '../shared/i18n.js';
import { keyIn } from '../shared/code.js';
import { connect, uuid } from '../shared/link.js';
import { keepPage } from '../shared/shell.js';
import { partOf } from '../shared/model.js';
import { takingIn } from '../shared/deciding.js';
import { fetchMinutes, fileName } from '../shared/download.js';
import { outbox } from '../shared/outbox.js';
import { useZone } from '../shared/zone.js';
import { edits, overlay } from './edits.js';
import { isOpen } from './read.js';
import {
  bringAlong,
  fieldsOf,
  floorMoved,
  follow,
  hindrance,
  nothingWritten,
  pick,
  voiceOf,
  written,
} from './writing.js';
import { view, waitView } from './view.js';

const app = document.getElementById('app');
const code = decodeURIComponent(
  location.pathname.split('/').filter(Boolean)[1] ?? '',
).toUpperCase();
const key = keyIn(location.hash);
const STORE = `runde.minutes.${code.replace(/[^0-9A-Z]/g, '')}`;
const TOAST_MS = 6000;

/** A link does not say whose it is: the most likely first. */
const ROLES = ['scribe', 'leader', 'console'];
let role = ROLES[0];

/** What is kept on this device until the server has it. */
const kept = { writing: nothingWritten, out: [], refused: [], edits: [], ...load() };
let state = null;
let status = 'connecting';
let refused = '';
let ui = {
  answer: null,
  mending: null,
  mended: '',
  linking: null,
  following: true,
  fetching: false,
  toast: '',
  wide: matchMedia('(min-width: 60rem)').matches,
};
let toastTimer;

function load() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '{}');
  } catch {
    return {};
  }
}

/** Nothing is left on the device when nothing is waiting. */
function save() {
  try {
    if (kept.writing.text || kept.out.length || kept.refused.length || kept.edits.length)
      localStorage.setItem(STORE, JSON.stringify(kept));
    else localStorage.removeItem(STORE);
  } catch {
    // A device that keeps nothing still sends what is written.
  }
}

function say(reason) {
  if (!reason || reason === 'already_moved' || reason === 'nothing_changed') return;
  const text =
    reason === 'offline'
      ? t('minutes.offline')
      : has('refusal.' + reason)
        ? t('refusal.' + reason)
        : t('minutes.refused');
  set({ toast: text });
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => set({ toast: '' }), TOAST_MS);
}

/** Changes what this page alone knows, and draws. */
function set(change) {
  if (change.reject !== undefined) {
    kept.refused.splice(change.reject, 1);
    save();
    return draw();
  }
  ui = { ...ui, ...change };
  draw();
}

async function send(name, fields) {
  const reply = await link.send(name, fields);
  if (!reply.ok) say(reply.code);
  return reply;
}

function setWriting(next) {
  kept.writing = next;
  save();
  draw();
}

const answers = edits({
  entries: kept.edits,
  save: (entries) => {
    kept.edits = entries;
    save();
  },
  state: () => state,
  send: (fields) => link.send('decision.set', fields),
  changed: () => draw(),
  // What is written waits here for a connection, as the notice on the page says; what was only
  // chosen does not.
  refused: (reason, lost) => (lost || reason !== 'offline') && say(reason),
});

const points = outbox({
  kept,
  save,
  send: (...args) => link.send(...args),
  changed: () => draw(),
  newId: uuid,
});

/** Brings a place into view and the keyboard to it. */
function go(id) {
  ui.following = false;
  draw();
  const place = document.getElementById(id);
  place?.scrollIntoView({ block: 'start' });
  /** @type {HTMLElement | null} */ (
    place?.querySelector('textarea, input:not([type=radio]):not([type=checkbox]), button')
  )?.focus({ preventScroll: true });
}

/** Where the meeting is: the end of the running part, or the answers while they are given. */
function scrollToNow() {
  if (
    !ui.following ||
    !state ||
    state.now.part === null ||
    !isOpen(state) ||
    document.activeElement?.closest?.('.paper')
  )
    return;
  const part = document.getElementById(`part-${state.now.part}`);
  const deciding = part && traits.decides(partOf(state));
  const place = deciding ? document.getElementById('answers') : part;
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (!deciding && top >= 0 && bottom <= innerHeight) return;
  place.scrollIntoView({ block: deciding || bottom - top < innerHeight * 0.7 ? 'start' : 'end' });
}

const ctx = () => ({
  state: overlay(state, answers.kept, answers.chosen),
  saved: state,
  role,
  status,
  ui: { ...ui, kept: answers.kept, rejected: kept.refused },
  writing: follow(state, kept.writing),
  waiting: status === 'open' ? 0 : kept.out.length,
  pending: answers.pending,
  set,
  go,
  write: (text) => setWriting(written(state, kept.writing, text)),
  pick: (change) => setWriting(pick(state, kept.writing, change)),
  bring: () => setWriting(bringAlong(state, kept.writing)),
  putDown() {
    const writing = follow(state, kept.writing);
    if (hindrance(state, writing) !== null) return;
    points.add('contribution.add', fieldsOf(writing));
    setWriting(nothingWritten);
  },
  edit: (name, value) => {
    answers.write(name, value);
    draw();
  },
  leave: answers.flush,
  put: answers.put,
  forward: (answer) => send('decision.open', { answer }),
  take(point) {
    const { answer, ...change } = takingIn(
      overlay(state, answers.kept, answers.chosen),
      point.answer,
      point,
      uuid(),
    );
    answers.put(answer, change);
  },
  async mend(point, text) {
    const reply =
      text === point.text
        ? { ok: true }
        : await send('contribution.edit', { contribution: point.id, text });
    if (reply.ok) set({ mending: null });
  },
  async withdraw(point) {
    const reply = await send('contribution.withdraw', { contribution: point.id });
    if (reply.ok) set({ mending: null });
  },
  connect: (point, ids) => send('contribution.edit', { contribution: point.id, builds_on: ids }),
  async fetch(format, edition) {
    set({ fetching: true });
    const name = fileName(
      state.meeting.title,
      format,
      edition ? t('minutes.file_timing') : t('minutes.file'),
    );
    const reason = await fetchMinutes({
      code,
      key,
      format,
      edition: edition ?? 'participants',
      name,
    });
    set({ fetching: false });
    say(reason);
  },
  back() {
    ui.following = true;
    draw();
    scrollToNow();
  },
});

const WAITING = { wrong_key: 'wrong_key', no_such_meeting: 'no_meeting', ended: 'key_ended' };

function draw() {
  if (refused) {
    const again = () => {
      refused = '';
      role = ROLES[0];
      link.retry();
      draw();
    };
    return render(
      waitView(
        t('minutes.refused.' + (WAITING[refused] ?? 'other')),
        html`<button type="button" class="b" @click=${again}>${t('minutes.try_again')}</button>`,
      ),
      app,
    );
  }
  if (!state)
    return render(
      waitView(status === 'lost' ? t('minutes.lost_before') : t('minutes.connecting')),
      app,
    );
  render(view(ctx()), app);
  grow();
}

function onState(next) {
  const before = state;
  state = next;
  useZone(next.meeting.zone);
  document.title = `${next.meeting.title} – ${t('minutes.title')}`;
  answers.settle();
  if (before && (voiceOf(before) !== voiceOf(next) || before.now.part !== next.now.part))
    kept.writing = floorMoved(next, kept.writing);
  draw();
  if (
    !before ||
    before.now.part !== next.now.part ||
    before.contributions.length !== next.contributions.length
  )
    scrollToNow();
}

const link = connect({
  hello: () => ({ as: role, meeting: code, key }),
  on: {
    state: onState,
    status(it) {
      status = it;
      if (it === 'open') {
        points.flush();
        if (state) answers.flushAll();
      }
      draw();
    },
    refused(reason) {
      const next = ROLES[ROLES.indexOf(role) + 1];
      if (reason === 'wrong_key' && next) {
        role = next;
        return link.retry();
      }
      refused = reason;
      draw();
    },
  },
});

/** Whoever scrolls looks for something: the page stands still until they want to follow again. */
for (const name of ['wheel', 'touchmove']) {
  addEventListener(
    name,
    (event) => {
      if (!ui.following || /** @type {Element} */ (event.target).closest?.('textarea, .desk'))
        return;
      set({ following: false });
    },
    { passive: true },
  );
}
addEventListener('keydown', (event) => {
  if (
    ['PageUp', 'PageDown', 'Home', 'End'].includes(event.key) &&
    !(/** @type {Element} */ (event.target).closest?.('textarea, input'))
  )
    set({ following: false });
});
addEventListener('pagehide', () => answers.flushAll());
keepPage();
draw();
