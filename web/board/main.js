// main.js -- the page on the wall: listens, measures the wall, and draws once a second.
import { render } from 'lit-html';
import { serverNow, ticker } from '../shared/clock.js';
import { t } from '../shared/i18n.js';
import { wear } from '../shared/colour.js';
import { keyIn } from '../shared/code.js';
import { later } from '../shared/later.js';
import { connect } from '../shared/link.js';
import { keepPage } from '../shared/shell.js';
import { partLeft } from '../shared/schedule.js';
import { whenTablesCome } from '../shared/tables.js';
import { useZone } from '../shared/zone.js';
import { remember } from './arc.js';
import { measurer } from './measure.js';
import { MENDED, pair } from './pairing.js';
import { sayingOf, silenceEnds } from './say.js';
import { chime, mayChime, stayAwake } from './sound.js';
import { board } from './view.js';

/** What follows /board/ in the address: nothing, where a board is yet to be paired. */
const code = decodeURIComponent(location.pathname.split('/').filter(Boolean)[1] ?? '');
const app = document.getElementById('app');
/** Inside the console the board is a miniature: it makes no sound and says nothing. */
const miniature = window.top !== window.self;

/** A browser may forbid storage altogether; then the link in the address bar is what there is. */
const kept = (name, value) => {
  try {
    if (value !== undefined) sessionStorage.setItem(name, value);
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return value ?? '';
  }
};

const key = !code
  ? ''
  : location.hash.length > 1
    ? kept(`board ${code}`, keyIn(location.hash))
    : kept(`board ${code}`);
/** @type {import('./view.js').Board} */
const now = {
  state: null,
  at: 0,
  width: innerWidth,
  height: innerHeight,
  measure: null,
  memory: null,
  status: 'connecting',
  saving: true,
  host: location.host,
  refused: key ? '' : 'no_key',
  muted: kept('mute') === '1',
  note: '',
  sounds: false,
  pair: '',
  wifi: '',
  rest: null,
  mute,
};
let said = null;
let noteTimer;

/**
 * Where Danish words may be divided, which the first picture does without.
 * @type {ReturnType<typeof later<typeof import('./hyphens.js')>>}
 */
const hyphens = later('hyphens', globalThis.RUNDE_HYPHENS);

/**
 * What the lobby does without: asked for when that stands.
 * @type {ReturnType<typeof later<typeof import('./rest.js')>>}
 */
const rest = later('late', globalThis.RUNDE_LATE);

const voice = document.createElement('p');
voice.className = 'vh';
voice.setAttribute('aria-live', 'polite');
document.body.append(voice);
now.measure = measurer(getComputedStyle(document.body).fontFamily);

function draw(at = serverNow()) {
  now.at = at;
  now.measure.breaks = now.state?.meeting.locale === 'da' ? hyphens.get()?.danishBreaks : undefined;
  now.rest = now.state && rest.get();
  render(board(now), app);
  speak();
  return now.state ? (partLeft(now.state, at) ?? 0) + at : null;
}

whenTablesCome(() => draw());
hyphens.whenItComes(() => draw());
rest.whenItComes(() => draw());

function speak() {
  if (miniature) return;
  const heard = { state: now.state, at: now.at };
  const saying = sayingOf(said, heard);
  said = heard;
  if (saying) voice.textContent = t('board.say.' + saying.key, saying.values);
}

function take(state) {
  useZone(state.meeting.zone);
  if (!miniature && !now.muted && silenceEnds(now.state, state)) chime();
  now.memory = remember(now.memory, state, serverNow());
  now.state = state;
  document.title = `${state.meeting.title} – ${t('board.page')}`;
  draw();
}

/**
 * Where the browser holds every sound back until somebody has touched the page, the first touch
 * lets it out.
 */
function mute() {
  if (now.sounds || now.muted) now.muted = !now.muted;
  mayChime().then((may) => {
    now.sounds = may;
    draw();
  });
  kept('mute', now.muted ? '1' : '0');
  now.note = 'sound';
  clearTimeout(noteTimer);
  noteTimer = setTimeout(() => {
    now.note = '';
    draw();
  }, 2500);
  draw();
}

addEventListener('resize', () => {
  Object.assign(now, { width: innerWidth, height: innerHeight });
  draw();
});
addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey) mute();
});
// Another link pasted into the same window: the fragment alone would not load the page anew.
addEventListener('hashchange', () => location.reload());

/** The Wi-Fi's code holds its password: it comes with the key alone, and stays in the page. */
async function fetchWifi() {
  const answer = await fetch(`/api/meetings/${code}/qr?link=wifi`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (!answer.ok) return;
  now.wifi = `data:image/svg+xml,${encodeURIComponent(await answer.text())}`;
  draw();
}

let welcomed = false;
function welcome({ colour, wifi }) {
  if (welcomed) return;
  welcomed = true;
  wear(colour, document.documentElement.style, matchMedia('(prefers-color-scheme: dark)'));
  if (wifi) fetchWifi().catch(() => {});
}

function refuse(reason) {
  now.refused = reason;
  draw();
  if (miniature || !MENDED.includes(reason)) return;
  pair({
    show: (shown) => {
      now.pair = shown;
      draw();
    },
    paired: (meeting, secret) => {
      location.href = `/board/${meeting}#${secret}`;
      // The same meeting again: only the fragment is new, and the listener above loads the page.
    },
  });
}

if (key) {
  connect({
    hello: () => ({ as: 'board', meeting: code, key }),
    on: {
      state: take,
      welcome,
      refused: refuse,
      saving: (saving) => {
        now.saving = saving;
        draw();
      },
      status: (status) => {
        now.status = status;
        draw();
      },
    },
  });
} else {
  refuse('no_key');
}
if (!miniature) {
  keepPage();
  stayAwake();
  mayChime().then((may) => {
    now.sounds = may;
    draw();
  });
}
ticker(draw);
