// main.js -- the page of the minutes: the link to the meeting, what is being written, and what the
// page follows.
import { html, render } from 'lit-html';
import * as traits from 'runde:traits';
import { grow } from '../shared/grow.js';
import { has, t } from '../shared/i18n.js';
import { keyIn } from '../shared/code.js';
import { connect, uuid } from '../shared/link.js';
import { newlyOver } from '../shared/laps.js';
import { keepPage } from '../shared/shell.js';
import { partOf } from '../shared/model.js';
import { takingIn } from '../shared/deciding.js';
import { desk, withAnswers } from '../shared/desk.js';
import { answerKey, pointKey } from '../shared/keys.js';
import { fetchFile, fetchMinutes, fileName } from '../shared/download.js';
import { feed } from '../shared/feed.js';
import { outbox } from '../shared/outbox.js';
import { useZone } from '../shared/zone.js';
import { nameOf } from './pieces.js';
import { titleIn } from './public.js';
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
const kept = { writing: nothingWritten, out: [], refused: [], desk: {}, ...load() };
let state = null;
let status = 'connecting';
let saving = true;
let refused = '';
const NAME = 'runde.writer';
function readWriter() {
  try {
    return localStorage.getItem(NAME) ?? '';
  } catch {
    return '';
  }
}
/** As in narrow.css: the desk stands beside the sheet, or above and below it. */
const broad = matchMedia('(min-width: 60rem)');

let ui = {
  answer: null,
  heed: null,
  mending: null,
  was: '',
  gather: null,
  writer: readWriter(),
  linking: null,
  following: true,
  fetching: false,
  toast: '',
  back: null,
  wide: broad.matches,
  public: false,
  chief: '',
  chiefWrong: '',
};
let toastTimer;
/** Another object whenever what is written here, or by others, may be another. */
let news = {};

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
    if (
      kept.writing.text ||
      kept.out.length ||
      kept.refused.length ||
      Object.keys(kept.desk).length
    )
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
  tell(text);
}

/** Words that pass by themselves; with `back`, also a button that takes back what they tell of. */
function tell(text, back = null) {
  set({ toast: text, back });
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => set({ toast: '', back: null }), back ? 2 * TOAST_MS : TOAST_MS);
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

/** How the minutes stand from now on, by whoever sits here; what is being written goes before. */
async function stand(name, fields = ui.writer.trim() ? { by: ui.writer.trim() } : {}) {
  await paper.texts.flushAll();
  return send(name, fields);
}

function setWriting(next) {
  kept.writing = next;
  save();
  draw();
}

/** What several may write; its script is fetched with the page. */
const paper = desk({
  kept: kept.desk,
  save,
  state: () => state,
  name: () => ui.writer.trim(),
  send: (name, fields) => link.send(name, fields),
  tell: (frame) => role !== 'leader' && link.tell(frame), // Others are told of scribes and consoles.
  changed() {
    news = {};
    draw();
  },
  // What is written waits here for a connection, as the notice on the page says; and what nobody can
  // take any more stays with its writer.
  refused(reason, text) {
    if (text) kept.refused.push({ do: '', with: { text }, code: reason });
    else if (reason !== 'offline' && reason !== 'unanswered') say(reason);
  },
  come() {
    if (state) begin();
    draw();
    scrollToNow();
  },
});

/** What waits since the page was last open goes on; a page of before has left fields of answers. */
function begin() {
  for (const [field, text] of kept.edits ?? []) {
    const [answer, ...path] = field.split('.');
    paper.texts.write(answerKey(answer), path[1] ? field : path[0], text);
  }
  delete kept.edits;
  paper.texts.flushAll();
}

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

/** Something has come to the meeting's place that the draft does not show yet. */
let moved = false;
const draft = feed({
  code,
  key: () => key,
  changed() {
    draw();
    if (moved && draft.minutes) scrollToNow();
    moved = false;
  },
});

/** The public edition, with what was found in it; asked for while somebody looks at it. */
const published = feed({
  code,
  key: () => key,
  edition: 'public&preview=1',
  pace: 300,
  changed: () => draw(),
});

const ctx = () => ({
  minutes: draft.minutes,
  published,
  stale: draft.fails,
  state: withAnswers(state, paper.texts),
  saved: state,
  ...paper,
  news,
  role,
  secret: key,
  status,
  saving,
  ui: { ...ui, rejected: kept.refused },
  writing: follow(state, kept.writing),
  waiting: status === 'open' && saving ? 0 : kept.out.length,
  pending: (answer) => paper.texts.pending(answerKey(answer)),
  tell,
  set,
  go,
  write(text) {
    if (ui.heed) set({ heed: null });
    setWriting(written(state, kept.writing, text));
  },
  pick: (change) => setWriting(pick(state, kept.writing, change)),
  bring: () => setWriting(bringAlong(state, kept.writing)),
  /** What looks like somebody's own waits until the scribe has said so. */
  putDown(anyway = false) {
    const writing = follow(state, kept.writing);
    if (hindrance(state, writing) !== null) return;
    const names = state.seats.map((seat) => seat.name);
    const heed = anyway ? null : paper.personal(writing.text, names);
    set({ heed });
    if (heed) return;
    points.add('contribution.add', fieldsOf(writing));
    setWriting(nothingWritten);
  },
  /** What is only chosen waits for no connection. */
  async put(answer, change) {
    const reply = await paper.texts.put(answerKey(answer), (it) => ({
      ...it,
      ...(typeof change === 'function' ? change(it) : change),
    }));
    if (reply.code === 'offline' || reply.code === 'unanswered') say(reply.code);
    return reply;
  },
  call(name) {
    set({ writer: name });
    try {
      localStorage.setItem(NAME, name);
    } catch {
      // Then it is asked for again.
    }
  },
  send,
  approve: () => stand('minutes.approve'),
  publish: () => stand('minutes.publish'),
  reopen: () => stand('minutes.reopen', {}),
  /** With the chief who has this code; what is wrong with it is told beside its field. */
  async share(chief, on) {
    const by = ui.writer.trim();
    const reply = await link.send(on ? 'chief.allow' : 'chief.refuse', {
      code: chief,
      ...(by && { by }),
    });
    const wrong = ['wrong_code', 'bad_field', 'full'].includes(reply.code);
    if (reply.ok || reply.code === 'nothing_changed') return set({ chief: '', chiefWrong: '' });
    if (!wrong) return say(reply.code);
    set({ chiefWrong: t('refusal.' + (reply.code === 'bad_field' ? 'wrong_code' : reply.code)) });
    document.getElementById('chief-code')?.focus();
  },
  lookAt(isPublic) {
    set({ public: isPublic });
    if (isPublic) published.look();
    scrollTo(0, 0);
  },
  mark: ({ kind, text }, choice, instead) =>
    send('public.mark', { kind, text, choice, ...(instead ? { instead } : {}) }),
  choose: (contribution, on) => send('public.choose', { contribution, on }),
  forward: (answer) => send('decision.open', { answer }),
  take(point) {
    const change = takingIn(paper.texts.read(answerKey(point.answer)), point, uuid());
    if (change) return ctx().put(point.answer, change);
    tell(t('shared.no_room'));
    set({ answer: point.answer });
  },
  /** The words stand as they were written; undo says the old ones, where nobody has mended them since. */
  async mended(point, was) {
    const unit = pointKey(point.id);
    await paper.texts.flush(unit);
    if (paper.texts.clash(unit, 'text') !== undefined) return;
    set({ mending: null });
    const now = paper.texts.read(unit)?.text;
    if (now && now !== was)
      tell(t('minutes.mended'), () =>
        send('contribution.edit', { contribution: point.id, text: was, base: now }),
      );
  },
  async move({ id, seat }, to) {
    const reply = await send('contribution.edit', { contribution: id, seat: to });
    if (reply.ok)
      tell(t('minutes.moved', { name: nameOf(state, to) }), () =>
        send('contribution.edit', { contribution: id, seat }),
      );
  },
  async withdraw({ id }) {
    const reply = await send('contribution.withdraw', { contribution: id });
    if (!reply.ok) return;
    paper.texts.drop(pointKey(id));
    set({ mending: null });
    tell(state.now.state === 'closed' ? t('minutes.taken_out') : t('minutes.taken_off'), () =>
      send('contribution.restore', { contribution: id }),
    );
  },
  connect: (point, ids) => send('contribution.edit', { contribution: point.id, builds_on: ids }),
  async fetch(format, edition) {
    set({ fetching: true });
    const name = fileName(
      edition === 'public' ? titleIn(published.minutes?.of ?? []) : state.meeting.title,
      format,
      edition
        ? edition === 'public'
          ? t('minutes.file_public')
          : t('minutes.file_timing')
        : t('minutes.file'),
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
  async keepForNext() {
    set({ fetching: true });
    const name = fileName(state.meeting.title, 'json', t('minutes.file_next'));
    const reason = await fetchFile({ code, key, what: 'next', name });
    set({ fetching: false });
    if (reason) say(reason);
    else tell(t('minutes.year_kept'));
  },
  back() {
    ui.following = true;
    draw();
    scrollToNow();
  },
});

const WAITING = {
  wrong_key: 'wrong_key',
  no_such_meeting: 'no_meeting',
  erased: 'erased',
  damaged: 'damaged',
  ended: 'key_ended',
};

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
  if (!state || !paper.texts)
    return render(
      waitView(
        !saving
          ? t('minutes.not_saving_before')
          : status === 'lost'
            ? t('minutes.lost_before')
            : t('minutes.connecting'),
      ),
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
  const gather = newlyOver(before, next);
  if (gather) ui = { ...ui, gather }; // Its recap is asked for once.
  paper.texts?.look();
  if (!before && paper.texts) begin();
  if (before && (voiceOf(before) !== voiceOf(next) || before.now.part !== next.now.part))
    kept.writing = floorMoved(next, kept.writing);
  draft.look();
  if (ui.public) published.look();
  draw();
  if (
    !before ||
    before.now.part !== next.now.part ||
    before.contributions.length !== next.contributions.length
  ) {
    moved = true;
    scrollToNow();
  }
}

const link = connect({
  hello: () => ({ as: role, meeting: code, key }),
  on: {
    state: onState,
    status(it) {
      status = it;
      if (it === 'open') {
        points.flush();
        if (state) draft.again();
        if (ui.public) published.again();
        if (state) paper.texts?.flushAll();
      }
      draw();
    },
    saving(it) {
      if (it === saving) return;
      saving = it;
      draw();
    },
    presence(it) {
      paper.writers?.hear(it.writing);
      news = {};
      draw();
    },
    refused(reason) {
      const next = ROLES[ROLES.indexOf(role) + 1];
      if (reason === 'wrong_key' && next) {
        role = next;
        return link.retry();
      }
      refused = reason;
      draft.stop();
      published.stop();
      draw();
    },
  },
});

broad.addEventListener('change', () => set({ wide: broad.matches }));

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
addEventListener('pagehide', () => paper.texts?.flushAll());
keepPage();
draw();
