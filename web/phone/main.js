// main.js -- the phone's page: keeps what view.js is a function of, and does what a press means.
import { render } from 'lit-html';
import { serverNow, ticker } from '../shared/clock.js';
import { t } from '../shared/i18n.js';
import { connect } from '../shared/link.js';
import { allParts, partOf } from '../shared/model.js';
import { waiting } from '../shared/schedule.js';
import { fromServer, keyOf, lines } from './notes.js';
import { nameOf } from './pieces.js';
import { open } from './store.js';
import { view } from './view.js';

const code = location.pathname.split('/')[2] ?? '';
const { kept, save, safe } = await open(code.toUpperCase().replace('-', ''));
const app = document.getElementById('app');

/** @type {import('../shared/model.js').State & {seen?: number} | null} seen: when, of what was seen before */
let state = null;
let link = null;
let loading = false;

/** What else is drawn from begins as nothing: late, claim, error, text, asked, edit, said and more. */
const ui = /** @type {any} */ ({
  screen: 'wait',
  status: 'connecting',
  about: {},
  more: [],
  seats: kept.seats.map((each) => each.seat),
  seat: kept.seats[0]?.seat,
  notes: [],
  texts: kept.texts,
  out: [],
  refused: kept.refused,
  safe: true,
  /** Who spoke at this phone and has not been asked yet what to show, the last one first. */
  spoke: [],
  picked: [],
  builds: [],
});

// ---- what is drawn ----

/**
 * The draft of this seat and item; made when first asked for. `held` is another's: a note that was
 * being written as the item changed is written to its end.
 */
const draftKey = () => keyOf(ui.seat, partOf(state) ?? allParts(state)[0]);
const draft = (key = ui.held || draftKey()) => (kept.drafts[key] ??= fromServer(state, key));
const sent = (it) => lines(it.text).join('\n') === it.notes.map((note) => note.text).join('\n');

function draw() {
  if (state) {
    const it = draft();
    const shown = new Map(
      state.notes.map((note) => [
        note.note,
        state.contributions.some(({ id }) => id === note.contribution),
      ]),
    );
    ui.text = it.text;
    ui.notes = it.notes.map((note) => ({
      ...note,
      shown:
        shown.get(note.id) ||
        kept.out.some((entry) => entry.do === 'note.share' && entry.with.note === note.id),
    }));
    ui.out = kept.out
      .filter((entry) => entry.do === 'contribution.add')
      .map((entry) => ({ id: entry.id, ...entry.with }));
    ui.pending = kept.out.length > 0 || !sent(it);
    ui.safe = safe();
  }
  render(view(state, ui, t, serverNow()), app);
  ui.late?.drawn();
  return state?.now.until;
}

// ---- what comes from the server ----

function receive(next) {
  // What was seen before the page was opened is no state to go on from.
  const was = state?.seen ? null : state;
  const before = was?.now;
  const fresh = !was;
  const typing = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.in === 'note';
  const writtenIn = was && draftKey();
  state = ui.late?.apart(next) ?? next;
  ui.screen = '';
  if (next.now.state === 'lobby') ui.newcomer = false;
  if (fresh) ui.late?.catchUp();
  fetchLate();
  const { speaker, part } = next.now;
  if (part !== before?.part)
    Object.assign(ui, { asked: false, spoke: [], picked: [], said: null, builds: [], edit: '' });
  if (speaker !== before?.speaker) {
    const mine = ui.seats.includes(speaker);
    const same = ui.seat === speaker;
    if (mine && !fresh) navigator.vibrate?.([200, 100, 200]);
    if (mine) Object.assign(ui, { seat: speaker, asked: false, looking: false });
    ui.late?.moved(was, mine);
    Object.assign(ui, { writing: typing && mine && same, said: null });
  }
  ui.late?.holds(typing, writtenIn);
  draw();
  ui.late?.received(typing);
}

function hello() {
  const known = kept.seats[0]?.token;
  return {
    as: 'phone',
    meeting: code,
    id: kept.id,
    ...(known ? { token: known } : kept.joining),
    ...(ui.asks && { knock: true }),
  };
}

function welcome(it) {
  ui.newcomer ||= !kept.seats[0];
  const seats = it.seats ?? [it];
  kept.seats = seats.map(
    ({ seat, token = kept.seats.find((old) => old.seat === seat)?.token }) => ({ seat, token }),
  );
  ui.seats = seats.map((each) => each.seat);
  ui.colour = it.colour;
  if (!ui.seats.includes(ui.seat)) ui.seat = ui.seats[0];
  kept.joining = null;
  ui.error = ui.asks = '';
  save();
}

const why = (code) => ui.late?.why(code) ?? t('phone.wait');

/** Where a hello that was not good leads: out of the meeting, or to a question. */
const SCREENS = {
  replaced: 'stop',
  erased: 'gone',
  damaged: 'stop',
  no_such_meeting: 'none',
  door_closed: 'knock',
  seat_taken: 'knock',
  out: 'out',
  name_taken: 'same',
};

/**
 * A hello that was not good: say why, and wait at the door or go back to where it can be mended.
 */
function stopped(code, { seat }) {
  ui.error = code;
  ui.known = seat;
  fetchLate();
  ui.screen = SCREENS[code];
  if (!ui.screen) {
    if (code === 'wrong_key' || code === 'ended') kept.seats = [];
    kept.joining = null;
    save();
    state = null;
    askWho();
  }
  draw();
}

/** Said on a page that has nothing else to show. */
function noConnection() {
  ui.error ||= 'offline';
  fetchLate();
  draw();
}

function begin() {
  if (link) return link.retry();
  link = connect({
    hello,
    on: {
      state: receive,
      welcome,
      refused: stopped,
      status(status) {
        ui.status = status;
        if (status === 'lost') noConnection();
        ui.late?.hush(status);
        draw();
      },
    },
  });
}

/** What the server says of the meeting before the page itself: good for the first look alone. */
let told = /** @type {Comment} */ (document.firstChild).data;

async function askWho() {
  try {
    const answer = told
      ? new Response(told)
      : await fetch(`/api/meetings/${encodeURIComponent(code)}`);
    told = '';
    const about = await answer.json();
    const screen = about.seats ? 'join' : SCREENS[about.code];
    if (!screen) throw about;
    Object.assign(ui, { about, screen });
    if (!about.seats) ui.error = about.code;
    else if (ui.error === 'offline') ui.error = '';
    draw();
    fetchLate();
  } catch {
    noConnection();
    setTimeout(askWho, 2000);
  }
}

// ---- what people do ----

/** A button that is late would do harm: without a connection it only says so. */
async function press(name, fields, words = t('phone.say_it')) {
  const reply = await link.send(name, fields);
  ui.said = null;
  if (reply.code === 'offline') ui.said = [t('phone.aloud'), words];
  else if (!reply.ok && reply.code !== 'already_moved' && reply.code !== 'nothing_changed')
    ui.said = [why(reply.code)];
  draw();
}

/** The words to say instead of a press. */
const handOn = () => {
  const [next] = waiting(state);
  return next ? t('phone.say_next', { name: nameOf({ state, t }, next) }) : t('phone.say_done');
};
const turn = (name, words) =>
  press(`turn.${name}`, { turn: state.now.turn, seat: state.now.speaker }, words);

const acts = { done: () => turn('done', handOn()) };

/** Forms: what is sent with them. */
const forms = {
  join(data) {
    const person = (i) => {
      const job = data.get(`function${i}`)?.trim();
      return { name: data.get(`name${i}`).trim(), ...(job ? { function: job } : {}) };
    };
    kept.joining = {
      ...(ui.claim ? { claim: ui.claim } : { ...person(''), unless_known: true }),
      ...(ui.more.length ? { also: ui.more.map(person) } : {}),
    };
    save();
    begin();
  },
};

const inputs = {
  claim: ({ value }) => (ui.claim = +value),
  more: ({ value }) => (ui.more = [2, 3].slice(0, value - 1)),
};

/** What a press, a form or a field means: here, or in the script that comes later. */
const meaning = (kind, table, name) => table[name] ?? ui.late?.[kind][name];

app.addEventListener('click', (event) => {
  const button = /** @type {HTMLButtonElement} */ (
    /** @type {Element} */ (event.target).closest('button[data-do]')
  );
  if (!button) return;
  const more = button.closest('.more');
  if (more) more.removeAttribute('open');
  meaning('acts', acts, button.dataset.do)?.(button.value);
  draw();
});
app.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  meaning('forms', forms, form.dataset.do)?.(new FormData(form), form.dataset.slot);
  draw();
});
app.addEventListener('input', (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!field.dataset.in) return;
  meaning('inputs', inputs, field.dataset.in)?.(field);
  draw();
});

// ---- the rest of the script ----

/** What late.js works with. */
const desk = {
  ...{ ui, kept, save, draft, draw, sent, press, turn },
  /** Notes that this page has sent, or found on their way. */
  mine: new Set(kept.out.map((entry) => entry.with.note)),
  get link() {
    return link;
  },
  get state() {
    return state;
  },
  /** What this phone saw last, until there is a connection. */
  set state(last) {
    state = last;
    ui.screen = '';
    draw();
  },
};

const url = globalThis.RUNDE_LATE;
const policy = globalThis.trustedTypes?.createPolicy('late', { createScriptURL: () => url });

/**
 * Comes when the first screen stands. A server that was renewed since has another: then the page is
 * too old.
 */
function fetchLate(tries = 0) {
  if (loading && !tries) return;
  loading = true;
  const script = document.createElement('script');
  script.type = 'module';
  script.src = policy ? policy.createScriptURL('') : url;
  script.onload = () => {
    ui.late = globalThis.runde_late.late(desk);
    if (state) {
      state = ui.late.apart(state);
      ui.late.catchUp();
    }
    draw();
  };
  script.onerror = () => {
    if (tries > 4 && ui.status === 'open') location.reload();
    else setTimeout(fetchLate, 3000, tries + 1);
  };
  document.head.append(script);
}

// A one-time link for a seat carries its token in the fragment; it is not left in the address.
const [token] = /[\w-]{43}/.exec(location.hash) ?? [];
if (token) {
  kept.seats = [{ seat: 0, token }];
  history.replaceState(null, '', location.pathname + location.search);
}
if (kept.seats.length || kept.joining) begin();
else askWho();
ticker(draw);
