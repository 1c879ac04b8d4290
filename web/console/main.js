// main.js -- the console's page: the link to the meeting, what this page alone knows, and the keys.
import { html, render } from 'lit-html';
import { grow } from '../shared/grow.js';
import { has, t } from '../shared/i18n.js';
import { serverNow, ticker } from '../shared/clock.js';
import { keyIn } from '../shared/code.js';
import { fetchMinutes, fileName } from '../shared/download.js';
import { desk, withAnswers } from '../shared/desk.js';
import { connect } from '../shared/link.js';
import { later } from '../shared/later.js';
import { keepPage } from '../shared/shell.js';
import { left, promise } from '../shared/schedule.js';
import { command, enabled, primary, primaryKey, SETTLE_MS } from './actions.js';
import { announce } from './announce.js';
import { drafts } from './drafts.js';
import { keyAction } from './keys.js';
import { earlyStart, endedPart, firstWay, isLate, lateStart } from './late.js';
import { forgetAll, keepSetup, readSetup } from './kept.js';
import { keepMeeting, linksOf } from '../shared/meetings.js';
import { whenTablesCome } from '../shared/tables.js';
import { clockTime } from './pieces.js';
import { useZone } from '../shared/zone.js';
import { livePart } from './read.js';
import { gatherIn } from './recap.js';
import { view, waitView } from './view.js';

const app = document.getElementById('app');
const spoken = Object.assign(document.createElement('div'), { className: 'vh', role: 'status' });
document.body.append(spoken);

const code = decodeURIComponent(
  location.pathname.split('/').filter(Boolean)[1] ?? '',
).toUpperCase();
let key = keyIn(location.hash);
const TOAST_MS = 6000;

let state = null;
let status = 'connecting';
let refused = '';
let connected = new Set();
/** @type {{[role: string]: number}} */
let screens = {};
let guessed = null;
let saving = true;
let ui = {
  tab: 'now',
  open: null,
  goto: null,
  dialog: null,
  late: null,
  edit: null,
  answer: null,
  carried: null,
  gather: null,
  menu: null,
  on: [],
  chosen: [],
  kind: 'table',
  toast: '',
  back: null,
  copied: '',
  renew: null,
  find: '',
  more: {},
  step: Number(localStorage.getItem('runde.step')) || 60000,
  setup: readSetup(code),
  agreed: 0,
  declined: null,
  forgot: false,
};
/**
 * The parts whose end has brought the late sheet by itself: each does so once. @type {Set<string>}
 */
const offered = new Set();
/**
 * What the wide button last said that it does and since when, when something opened over the page,
 * and where the focus was before.
 */
const since = { key: '', at: 0, opened: 0, focus: null };
/** Another object whenever something has happened but time; and what stands on the page. */
let news = {};
const drawn = { waits: false, part: null, speaker: null };
let toastTimer;
/** The key of the last hello, and whether the room's network can be shown. */
let greeted = key;
let wifi = false;

/** @type {ReturnType<typeof drafts>} */
const fields = drafts({ changed: () => soon(), refused: (code) => say(code) });

/**
 * What the lobby does without: asked for when that stands.
 * @type {ReturnType<typeof later<typeof import('./rest.js')>>}
 */
const rest = later('late', globalThis.RUNDE_LATE);

/** What several may write; its script is fetched like that. */
const paper = desk({
  state: () => state,
  name: () => '',
  send: (name, with_) => link.send(name, with_),
  tell: (frame) => link.tell(frame),
  changed: () => soon(),
  refused: (code, text) => (text ? tell(t('shared.text_gone', { text })) : say(code)),
  come: () => soon(),
});

/**
 * A role's link made anew: this device knows the new one, and where it is its own, leads on by it.
 */
async function renew(role) {
  const reply = await send('link.renew', { role });
  if (!reply.ok) return;
  const links = linksOf(code);
  const base = new URL(links?.[role] ?? location.href);
  const path = { console: 'console', board: 'board', scribe: 'minutes', leader: 'minutes' }[role];
  if (role === 'console')
    history.replaceState(
      null,
      '',
      `${location.pathname}${location.search}#${(key = reply.made.token)}`,
    );
  keepMeeting({
    code,
    title: state.meeting.title,
    at: Date.now(),
    links: { ...links, [role]: `${base.origin}/${path}/${state.meeting.code}#${reply.made.token}` },
  });
  tell(t('console.renewed'));
}

function again() {
  refused = '';
  link.retry();
  draw();
}

/**
 * Says in words why something did not happen; that the turn had gone on already is no fault of
 * anybody's.
 */
function say(code) {
  if (!code || code === 'already_moved' || code === 'nothing_changed') return;
  tell(
    code === 'offline'
      ? t('console.offline')
      : has('refusal.' + code)
        ? t('refusal.' + code)
        : t('console.refused'),
  );
}

/**
 * Words that pass by themselves; with `back`, a command, also a button that takes it back while it
 * is the newest.
 */
function tell(text, back) {
  set({ toast: text, back: back ?? null });
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => set({ toast: '' }), back ? 2 * TOAST_MS : TOAST_MS);
}

/** The minutes as a file, where the meeting is soon erased and nobody has fetched them. */
async function fetchTheMinutes() {
  set({ fetching: true });
  const name = fileName(state.meeting.title, 'docx', t('minutes.file'));
  const reason = await fetchMinutes({ code, key, format: 'docx', edition: 'participants', name });
  set({ fetching: false });
  say(reason);
}

async function send(name, fields) {
  const reply = await link.send(name, fields);
  if (!reply.ok) say(reply.code);
  soon();
  return reply;
}

async function run(action, arg) {
  if (!enabled(state, action, arg)) return undefined;
  const { do: name, with: fields } = command(state, action, arg, serverNow());
  return send(name, fields);
}

/**
 * The wide button: deaf for a moment after its meaning changed, so that a double press never skips
 * anything.
 */
function press() {
  const it = primary(state);
  if (!it || primaryKey(state) !== since.key || performance.now() - since.at < SETTLE_MS) return;
  since.at = performance.now();
  if (it.confirm) set({ dialog: { kind: 'close' } });
  else run(it.action, it.arg);
}

const opened = () => Boolean(ui.dialog || ui.late);

/**
 * Changes what this page alone knows, and draws. Where something closes, the focus goes back to
 * where it was.
 */
function set(change) {
  const before = opened();
  if (change.late === 'open')
    change = {
      late: {
        at: serverNow(),
        part: state.now.part,
        way: firstWay(state, serverNow()),
        flipped: new Set(),
        start: change.start ?? null,
      },
    };
  if (change.forget) {
    forgetAll(code);
    history.replaceState(null, '', location.pathname);
    change = { forgot: true };
  }
  if ('dialog' in change) change = { ...change, heed: null };
  if (change.step) localStorage.setItem('runde.step', String(change.step));
  if (!before && (change.dialog || change.late)) since.focus = document.activeElement;
  if (change.dialog || change.late) since.opened ||= performance.now();
  ui = { ...ui, ...change };
  draw();
  if (opened()) return;
  since.opened = 0;
  if (before) since.focus?.focus?.();
}

/**
 * Marks a text and copies it, also where the page is not secure and the browser has no clipboard
 * for it.
 */
function copy(text, field) {
  field.focus();
  field.select();
  document.execCommand('copy');
  set({ copied: text });
}

const ctx = () => ({
  // Read anew each time: what is saved a moment after it was drawn starts from what holds then.
  get state() {
    return paper.texts ? withAnswers(state, paper.texts) : state;
  },
  // The page's own too: a view that time alone does not draw anew keeps its handlers.
  get ui() {
    return ui;
  },
  now: serverNow(),
  news,
  status,
  connected,
  screens,
  guessed,
  saving,
  links: linksOf(code),
  key,
  run,
  press,
  fetchMinutes: fetchTheMinutes,
  send,
  set,
  copy,
  say: tell,
  renew,
  wifi,
  keep: (change) => set({ setup: keepSetup(code, ui.setup, change) }),
  draft: fields.read,
  write: fields.write,
  flush: fields.flush,
  drop: fields.drop,
  ...paper,
  rest: paper.texts && rest.get(),
});

const WAITING = {
  wrong_key: 'wrong_key',
  no_such_meeting: 'no_meeting',
  erased: 'erased',
  damaged: 'damaged',
  ended: 'key_ended',
  replaced: 'replaced',
};

/** Draws what has happened with the next frame, however much it is by then. */
function soon() {
  news = {};
  if (drawn.waits) return;
  drawn.waits = true;
  requestAnimationFrame(() => {
    drawn.waits = false;
    paint();
  });
}

whenTablesCome(() => draw());
rest.whenItComes(() => draw());

/** Draws what was done here: at once, for the focus goes by it. */
function draw() {
  news = {};
  paint();
}

function paint() {
  if (refused) {
    const retry = html`<button class="b" @click=${again}>${t('console.try_again')}</button>`;
    return render(waitView(t('console.refused.' + (WAITING[refused] ?? 'other')), retry), app);
  }
  if (!state)
    return render(
      waitView(
        !saving
          ? t('console.not_saving_before')
          : status === 'lost'
            ? t('console.lost_before')
            : t('console.connecting'),
      ),
      app,
    );
  const mine = primaryKey(state);
  if (mine !== since.key) Object.assign(since, { key: mine, at: performance.now() });
  render(view(ctx()), app);
  grow();
  const { part, speaker } = state.now;
  if (part !== drawn.part) {
    document.querySelector('.plan .live')?.scrollIntoView({ block: 'nearest' });
    document.getElementById('now')?.scrollTo(0, 0);
  }
  if (speaker !== drawn.speaker)
    document.querySelector('.people .speaking')?.scrollIntoView({ block: 'nearest' });
  Object.assign(drawn, { part, speaker });
}

/** A late start is asked about once, at once; an early one is told, and moves nothing. */
function started(next) {
  const at = serverNow();
  const start = lateStart(next, at);
  const early = earlyStart(next, at);
  set({ agreed: 0, declined: null });
  if (start) set({ late: 'open', start });
  else if (early)
    tell(t('console.start_early', { n: early, time: clockTime(promise(next, at).ends) }));
}

/** A part that ends late brings the sheet; another console's step takes it away again. */
function onState(next) {
  const before = state;
  state = next;
  ui.gather = gatherIn(before, next, ui.gather);
  useZone(next.meeting.zone);
  paper.texts?.look();
  document.title = `${next.meeting.title} – Runde`;
  if (before?.now.part !== next.now.part) ui = { ...ui, more: {}, menu: null };
  if (ui.late && ui.late.part !== next.now.part) set({ late: null });
  if (before?.now.state === 'lobby' && next.now.state === 'running') return started(next);
  const ended = before && endedPart(before, next);
  if (
    ended &&
    !offered.has(ended) &&
    !opened() &&
    isLate(next, serverNow(), ui.agreed, ui.declined)
  ) {
    offered.add(ended);
    set({ late: 'open' });
  } else soon();
}

const link = connect({
  hello: () => ({ as: 'console', meeting: code, key: (greeted = key) }),
  on: {
    state: onState,
    welcome: (it) => {
      wifi = Boolean(it.wifi);
    },
    status: (it) => {
      status = it;
      if (it === 'open' && state) paper.texts?.flushAll();
      soon();
    },
    presence: (it) => {
      connected = new Set(it.connected);
      screens = it.screens;
      guessed = it.guessed ?? null;
      paper.writers?.hear(it.writing);
      soon();
    },
    saving: (it) => {
      if (it === saving) return;
      saving = it;
      soon();
    },
    refused: (it) => {
      refused = it;
      // The link was made anew from here, and the connection ended with the old one.
      if (it === 'ended' && key !== greeted) again();
      else draw();
    },
  },
});

const named = {
  primary: press,
  pause: () => run(state.now.state === 'paused' ? 'resume' : 'pause'),
  more: () => run('more', ui.step),
  less: () => run('less', ui.step),
  hint: () => run('hint'),
  later: () => run('later'),
  undo: () => run('undo'),
  answer: () => run('answer'),
  seat: () => enabled(state, 'seat') && set({ dialog: { kind: 'seat' } }),
  write: () => enabled(state, 'write') && set({ dialog: { kind: 'write' } }),
  late: () => enabled(state, 'late', serverNow()) && set({ late: 'open' }),
  wall: () => run('wall', { show: state.wall.show === 'meeting' ? 'blank' : 'meeting' }),
  message: () => set({ dialog: { kind: 'message' } }),
  keys: () => set({ dialog: { kind: 'keys' } }),
};

/**
 * In the sheet: its four ways by number, and Enter to accept; deaf for a moment, for it may come
 * under a finger.
 */
function inSheet(event) {
  if (event.key === 'Escape') return undefined;
  if (performance.now() - since.opened < SETTLE_MS) return event.preventDefault();
  const sheet = rest.get();
  const way = sheet?.WAYS[Number(event.key) - 1];
  if (way) sheet.choose(ctx(), way);
  else if (event.key === 'Enter' && !['BUTTON', 'INPUT'].includes(event.target.tagName))
    sheet?.accept(ctx());
}

document.addEventListener('keydown', (event) => {
  if (!state || event.defaultPrevented) return;
  if (ui.late) return inSheet(event);
  if (opened()) return;
  const name = keyAction(/** @type {any} */ (event));
  if (!name) return;
  event.preventDefault();
  named[name]();
});

/** A press that was meant for what lay beneath does nothing to what came up. */
document.addEventListener(
  'click',
  (event) => {
    if (ui.late && performance.now() - since.opened < SETTLE_MS) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

/** After a press with the mouse, Space belongs to the wide button again. */
document.addEventListener('click', (event) => {
  const button = /** @type {Element} */ (event.target).closest?.('button');
  if (event.detail > 0 && button && !button.closest('dialog') && !button.closest('form'))
    button.blur();
});

// iPads tell a page nothing before.
addEventListener('pagehide', () => {
  fields.flushAll();
  paper.texts?.flushAll();
});
keepPage();

let heardLeft = null;
let heardAt = Infinity;
ticker((now) => {
  if (!state || !paper.texts) return null;
  paint();
  const time = state.now.state === 'running' ? left(state, now) : null;
  const words = announce(
    heardLeft,
    time,
    [state.now.part, state.now.turn, state.now.speaker].join(' '),
  );
  if (words.text) spoken.textContent = t('console.announce.' + words.text);
  const { back } = state.now;
  if (state.now.state === 'paused' && back !== null && heardAt < back && back <= now)
    spoken.textContent = t('console.pause_over', { time: clockTime(back) });
  heardAt = now;
  heardLeft = words;
  return livePart(state) ? (state.now.until ?? state.now.part_until) : null;
});
