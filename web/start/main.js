// main.js -- the start page: keeps what view.js is a function of, and goes where the fragment says.
import { render } from 'lit-html';
import { grow } from '../shared/grow.js';
import { locale, t } from '../shared/i18n.js';
import {
  aboutMeeting,
  create,
  createChief,
  meetingAgenda,
  templateAgenda,
  templates,
} from './api.js';
import { copyText } from './copy.js';
import { dropDraft, forgetDevice, keepDraft, readDrafts } from './drafts.js';
import { joinedCodes } from './joined.js';
import { placeIn } from '../shared/code.js';
import { forgetMeeting, keepMeeting, readKept } from '../shared/meetings.js';
import { readRoute, routeTo } from './route.js';
import { view } from './view.js';

const app = document.getElementById('app');

/** A browser that keeps nothing has nothing to show. */
const orNone = (read) => {
  try {
    return read();
  } catch {
    return [];
  }
};

/** The server shows this page for an address whose code is none: it can be mended here. */
const noCode = /^\/(?:m|console|board|minutes)\/(.+)/.exec(location.pathname)?.[1] ?? '';

/** @type {import('./view.js').Model} */
let model = {
  route: readRoute(location.hash),
  code: noCode.replace(/%[0-9a-f]{2}/gi, ' ').trim(),
  codeWrong: noCode !== '',
  templates: null,
  unreachable: false,
  chosen: '',
  key: '',
  needsKey: false,
  busy: false,
  wrong: null,
  kept: [],
  drafts: [],
  joined: [],
  chief: null,
  chiefWrong: null,
  copied: '',
  gone: null,
  asking: false,
  about: null,
  aboutWrong: null,
  fresh: '',
  left: '',
  leftover: null,
  editor: null,
  editorFailed: false,
};

function draw() {
  render(view(model, acts), app);
  grow();
}

function set(change) {
  model = { ...model, ...change };
  draw();
}

const recall = () => ({ kept: orNone(readKept), drafts: orNone(readDrafts) });

// ---- where we are ----

function go(route) {
  const hash = routeTo(route);
  if (hash === location.hash || (!hash && !location.hash)) arrive();
  // Whoever came for the next meeting from another page finds that page behind the plan.
  else if (model.route.next !== undefined) location.replace(hash);
  else location.hash = hash;
}

/**
 * Shows what the fragment names. The page's heading gets the focus, for who came by keyboard or
 * listens.
 */
function arrive() {
  const route = readRoute(location.hash);
  set({
    route,
    ...recall(),
    wrong: null,
    gone: null,
    asking: false,
    copied: '',
    about: null,
    aboutWrong: null,
  });
  scrollTo(0, 0);
  if (route.screen === 'meeting') lookUp(route.code);
  if (route.next !== undefined) acts.again(route.code, route.key, route.next);
  if (route.screen === 'draft' || route.screen === 'plan')
    fetchEditor(() => model.editor.open(route));
  else model.editor?.leave();
  document.title = t('start.page');
  if (arrived) /** @type {HTMLElement} */ (app.querySelector('h1'))?.focus();
  arrived = true;
}
let arrived = false;

async function lookUp(code) {
  const { about, wrong } = await aboutMeeting(code);
  if (model.route.code !== code) return;
  // What is known already is not forgotten for a connection that is away.
  if (about || !model.about || wrong.status === 404) set({ about, aboutWrong: wrong });
}

// ---- what people do ----

const titleOf = () => model.templates?.find((it) => it.template === model.chosen)?.title ?? '';
const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/**
 * A new plan from an agenda: kept at once, so that no reload loses it. more: what else a plan keeps,
 * out of a file.
 */
function plan(agenda, template = '', more = {}) {
  const id = newId();
  const draft = { ...more, id, at: Date.now(), template, agenda };
  if (!keepDraft(draft)) model.leftover = draft;
  go({ screen: 'draft', id });
}

/**
 * A meeting that was made.
 * @param {string} title
 * @param {{made?: import('./api.js').Made, wrong?: import('./api.js').Wrong}} answer
 */
function made(title, answer) {
  const { made: it, wrong } = answer;
  if (wrong) return set({ busy: false, wrong, needsKey: model.needsKey || wrong.status === 401 });
  keepMeeting({ code: it.code, title, at: Date.now(), links: it.links });
  set({ busy: false, fresh: it.code, made: it, madeTitle: title, left: '' });
  go({ screen: 'meeting', code: it.code });
}

const acts = {
  set,
  go,
  join(event) {
    event.preventDefault();
    const place = placeIn(model.code);
    if (place) location.href = place;
    else set({ codeWrong: true });
    if (!place) document.getElementById('code').focus();
  },
  /** The template as it is. */
  async create() {
    if (model.busy) return;
    set({ busy: true, wrong: null });
    made(
      titleOf(),
      await create(
        {
          template: model.chosen,
          locale: model.templates.find((it) => it.template === model.chosen).locale,
        },
        model.key.trim(),
      ),
    );
  },
  async plan(event) {
    event.preventDefault();
    if (model.busy) return;
    set({ busy: true, wrong: null });
    const { agenda, wrong } = await templateAgenda(model.chosen);
    set({ busy: false, wrong });
    if (agenda) plan(agenda, model.chosen);
  },
  /** A file is read by the editor's rules: it has them. */
  read(file) {
    fetchEditor(async () => {
      const { agenda, plan: more, words } = await model.editor.readFile(file);
      if (agenda) plan(agenda, '', more);
      else set({ fileWrong: words });
      if (!agenda) document.getElementById('file-wrong').focus();
    });
  },
  /** The next meeting; template: how it is laid out, '' as this one. */
  async again(code, key, template = '') {
    set({ busy: true, wrong: null });
    const { route } = model;
    const { agenda, wrong } = await meetingAgenda(code, key, template);
    if (model.route !== route) return set({ busy: false }); // Somebody has gone elsewhere.
    set({ busy: false, wrong: wrong && { ...wrong, at: code } });
    if (agenda) plan(agenda, '', { from: { code, key } });
  },
  /** Kept nowhere: it stands here until the page is left. */
  async chief() {
    if (model.busy) return;
    set({ busy: true, chiefWrong: null });
    const { made: link = null, wrong = null } = await createChief(model.key.trim());
    set({
      busy: false,
      chief: link,
      chiefWrong: wrong,
      needsKey: model.needsKey || wrong?.status === 401,
    });
    document.getElementById('chief-h').focus();
  },
  copy(text, field) {
    copyText(text, field);
    set({ copied: text });
  },
  /** What is forgotten can be fetched back as long as the page stands here. */
  forget(code) {
    const gone = model.kept.find((each) => each.code === code);
    forgetMeeting(code);
    set({
      ...recall(),
      gone: { words: t('start.forgot', { title: gone.title }), back: () => keepMeeting(gone) },
    });
  },
  drop(draft) {
    dropDraft(draft.id);
    set({
      ...recall(),
      gone: {
        words: t('start.dropped', { title: draft.agenda.title || t('start.untitled') }),
        back: () => keepDraft(draft),
      },
    });
  },
  undo() {
    model.gone.back();
    set({ ...recall(), gone: null });
    document.getElementById('recent-h')?.focus();
  },
  async forgetAll() {
    await forgetDevice();
    set({
      ...recall(),
      joined: [],
      asking: false,
      gone: { words: t('start.forgot_all'), back: null },
    });
    document.getElementById('gone').focus();
  },
};

// ---- the editor comes when it is wanted ----

/** What of the plan did not get to the meeting. */
const left = (code, words) => model.fresh === code && set({ left: words });

const desk = { draw, made, left, leftover: () => model.leftover, dropDraft, app };
const url = globalThis.RUNDE_LATE;
const policy = globalThis.trustedTypes?.createPolicy('late', { createScriptURL: () => url });

function fetchEditor(then) {
  if (model.editor) return then();
  set({ editorFailed: false });
  const script = document.createElement('script');
  script.type = 'module';
  script.src = policy ? policy.createScriptURL('') : url;
  script.onload = () => {
    set({ editor: globalThis.runde_late.editor(desk) });
    then();
  };
  script.onerror = () => set({ editorFailed: true });
  document.head.append(script);
}

/**
 * The templates of this page's language come first, the longest at the top; the first is chosen.
 */
const sorted = (list) => {
  const foreign = (it) => Number((it.locale ?? 'da') !== locale);
  return [...list].sort((a, b) => foreign(a) - foreign(b) || b.minutes - a.minutes);
};

/** The meeting has moved on while this page stood in another window. */
function lookAgain() {
  const { screen, code } = model.route;
  if (screen === 'meeting' && !document.hidden) lookUp(code);
}

addEventListener('hashchange', arrive);
addEventListener('focus', lookAgain);
document.addEventListener('visibilitychange', lookAgain);
arrive();
joinedCodes()
  .catch(() => [])
  .then((joined) => set({ joined }));
templates()
  .then(sorted)
  .then((list) => set({ templates: list, chosen: model.chosen || list[0]?.template || '' }))
  .catch(() => set({ templates: [], unreachable: true }));
