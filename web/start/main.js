// main.js -- the start page: keeps what view.js is a function of.
import { render } from 'lit-html';
import { locale } from '../shared/i18n.js';
import { create, joinedCodes, templates } from './api.js';
import { forgetMeeting, keepMeeting, readCode, readKept } from './kept.js';
import { view } from './view.js';

const app = document.getElementById('app');

const joined = () => {
  try {
    return joinedCodes();
  } catch {
    return []; // This browser keeps nothing.
  }
};

/** @type {import('./view.js').Model} */
let model = {
  code: '', codeWrong: false, templates: null, unreachable: false, chosen: '', title: '', locale, file: null, key: '',
  needsKey: false, busy: false, wrong: null, fileWrong: false, made: null, madeTitle: '', kept: readKept(), joined: joined(), copied: '',
};

function set(change) {
  model = { ...model, ...change };
  render(view(model, acts), app);
}

const titleOf = () =>
  model.title.trim() || model.file?.agenda.title || model.templates?.find((it) => it.template === model.chosen)?.title || 'Runde';

const acts = {
  set,
  join(event) {
    event.preventDefault();
    const code = readCode(model.code);
    if (code) location.href = `/m/${code}`;
    else set({ codeWrong: true });
  },
  async create(event) {
    event.preventDefault();
    if (model.busy) return;
    set({ busy: true, wrong: null });
    const title = model.title.trim();
    const from = model.file ? { agenda: model.file.agenda } : { template: model.chosen };
    const { made, wrong } = await create({ ...from, ...(title ? { title } : {}), locale: model.locale }, model.key.trim());
    if (wrong) return set({ busy: false, wrong, needsKey: model.needsKey || wrong.status === 401 });
    keepMeeting({ code: made.code, title: titleOf(), at: Date.now(), links: made.links });
    set({ busy: false, made, madeTitle: titleOf(), kept: readKept() });
    scrollTo(0, 0);
    /** @type {HTMLElement} */ (app.querySelector('.ready .go')).focus();
  },
  async read(file) {
    try {
      const agenda = JSON.parse(await file.text());
      if (!Array.isArray(agenda?.items)) throw new Error('no items');
      set({ file: { name: file.name, agenda }, fileWrong: false, wrong: null, locale: agenda.locale ?? model.locale });
    } catch {
      set({ file: null, fileWrong: true });
    }
  },
  copy(text, field) {
    field.focus();
    field.select();
    document.execCommand('copy');
    set({ copied: text });
  },
  forget(code) {
    forgetMeeting(code);
    set({ kept: readKept() });
  },
};

/** The templates of this page's language come first, the longest at the top; the first is chosen. */
const sorted = (list) => {
  const foreign = (it) => Number((it.locale ?? 'da') !== locale);
  return [...list].sort((a, b) => foreign(a) - foreign(b) || b.minutes - a.minutes);
};

set({});
templates()
  .then(sorted)
  .then((list) => set({ templates: list, chosen: model.chosen || list[0]?.template || '', locale: list[0]?.locale ?? model.locale }))
  .catch(() => set({ templates: [], unreachable: true }));
