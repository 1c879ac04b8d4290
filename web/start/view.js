// view.js -- the start page: into a meeting with a code, a new one from a template or a file, and those this device knows.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { date, has, locale, t } from '../shared/i18n.js';
import { placeOf } from './api.js';

/**
 * What the page knows.
 * @typedef {{code: string, codeWrong: boolean, templates: import('./api.js').Template[] | null, unreachable: boolean,
 *   chosen: string, title: string, locale: string, file: {name: string, agenda: any} | null, key: string, needsKey: boolean,
 *   busy: boolean, wrong: import('./api.js').Wrong | null, fileWrong: boolean, made: import('./api.js').Made | null,
 *   madeTitle: string, kept: import('./kept.js').Kept[], joined: string[], copied: string}} Model
 * @typedef {{set: (change: Partial<Model>) => void, join: (event: Event) => void, create: (event: Event) => void,
 *   read: (file: File) => void, copy: (text: string, field: HTMLInputElement) => void, forget: (code: string) => void}} Acts
 */

const join = (model, acts) => html`
  <form class="join" @submit=${acts.join}>
    <label for="code"><h2>${t('start.join')}</h2></label>
    <div class="code-row">
      <input id="code" class="code num" .value=${live(model.code)} placeholder="K7QM-4XPR" maxlength="12" autocapitalize="characters" autocomplete="off"
        autocorrect="off" spellcheck="false" aria-describedby="code-help" aria-invalid=${model.codeWrong ? 'true' : nothing}
        @input=${(event) => acts.set({ code: event.target.value, codeWrong: false })} />
      <button class="go">${t('start.join_go')}</button>
    </div>
    <p id="code-help" class=${model.codeWrong ? 'help wrong' : 'help'} role=${model.codeWrong ? 'alert' : nothing}>${model.codeWrong ? t('start.code_wrong') : t('start.code_help')}</p>
  </form>`;

const template = (model, acts, it) => html`
  <label class=${model.chosen === it.template && !model.file ? 'template on' : 'template'}>
    <input type="radio" name="template" .checked=${model.chosen === it.template && !model.file}
      @change=${() => acts.set({ chosen: it.template, file: null, wrong: null, locale: it.locale ?? model.locale })} />
    <span><b>${it.title}</b> <span class="num minutes">${t('start.minutes', { n: it.minutes })}</span>
      ${it.about ? html`<span class="about">${it.about}</span>` : nothing}
      ${model.chosen === it.template && !model.file && it.items?.length > 1
        ? html`<span class="items">${it.items.map((item) => html`<span><span class="num">${item.no}</span> ${item.title} <span class="num">${item.minutes}</span></span>`)}</span>`
        : nothing}</span>
  </label>`;

/** What was wrong, and where in the agenda. */
function wrongWords(wrong) {
  if (wrong.status === 401) return t('start.needs_key');
  if (wrong.status === 403) return t('start.not_here');
  if (wrong.status === 0) return t('start.offline');
  if (wrong.status === 503) return t('start.busy');
  const place = placeOf(wrong.field);
  if (!place) return t('start.wrong');
  const where = place.part ? t('start.at_part', { item: String(place.item), part: String(place.part) })
    : place.item ? t('start.at_item', { item: String(place.item) })
    : t('start.where_' + place.in);
  const name = has('start.field.' + place.name) ? t('start.field.' + place.name) : place.name;
  return t('start.wrong_at', { where, name });
}

const file = (model, acts) => html`
  <div class=${model.file ? 'template on' : 'template'}>
    <label class="file"><span><b>${t('start.from_file')}</b><span class="about">${model.file ? t('start.file_chosen', { name: model.file.name }) : t('start.from_file_how')}</span></span>
      <input type="file" accept=".json,application/json" @change=${(event) => event.target.files[0] && acts.read(event.target.files[0])} /></label>
    ${model.fileWrong ? html`<p class="help wrong" role="alert">${t('start.file_wrong')}</p>` : nothing}
  </div>`;

const start = (model, acts) => html`
  <form class="start" @submit=${acts.create}>
    <h2>${t('start.start')}</h2>
    ${model.unreachable ? html`<p class="help wrong" role="alert">${t('start.unreachable')}</p>` : nothing}
    <div class="templates" role="group" aria-label=${t('start.templates')}>
      ${model.templates === null ? html`<p class="help" role="status">${t('start.fetching')}</p>` : model.templates.map((it) => template(model, acts, it))}
      ${file(model, acts)}
    </div>
    <div class="fields">
      <label>${t('start.title')}<input class="field" maxlength="200" .value=${live(model.title)} placeholder=${t('start.title_hint')}
        @input=${(event) => acts.set({ title: event.target.value })} /></label>
      <label>${t('start.language')}<select class="field" @change=${(event) => acts.set({ locale: event.target.value })}>
        <option value="da" ?selected=${model.locale === 'da'}>Dansk</option><option value="en" ?selected=${model.locale === 'en'}>English</option></select></label>
      ${model.needsKey ? html`<label class="whole">${t('start.key')}<input class="field" type="password" autocomplete="off" .value=${live(model.key)}
        @input=${(event) => acts.set({ key: event.target.value })} /></label>` : nothing}
    </div>
    ${model.wrong ? html`<p class="help wrong" role="alert">${wrongWords(model.wrong)}</p>` : nothing}
    <button class="go wide" ?disabled=${model.busy || (!model.chosen && !model.file)}>${model.busy ? t('start.making') : t('start.make')}</button>
  </form>`;

const when = (at) => date(at, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });

const recent = (model, acts) => {
  const made = new Set(model.kept.map((each) => each.code));
  const joined = model.joined.filter((code) => !made.has(code));
  if (!model.kept.length && !joined.length) return nothing;
  return html`
    <section class="recent" aria-labelledby="recent-h">
      <h2 id="recent-h">${t('start.recent')}</h2>
      <ul>
        ${model.kept.map((each) => html`<li>
          <span class="what"><b>${each.title}</b><span class="help num">${each.code} · ${when(each.at)}</span></span>
          <span class="doors">${each.links?.console ? html`<a class="b" href=${each.links.console}>${t('start.open_console')}</a>` : nothing}
            <button class="b text" aria-label=${t('start.forget_name', { title: each.title })} @click=${() => acts.forget(each.code)}>${t('start.forget')}</button></span></li>`)}
        ${joined.map((code) => html`<li><span class="what"><b class="num">${code}</b><span class="help">${t('start.joined')}</span></span>
          <span class="doors"><a class="b" href=${`/m/${code}`}>${t('start.back')}</a></span></li>`)}
      </ul>
    </section>`;
};

const ROLES = ['join', 'board', 'console', 'scribe', 'leader'];

const link = (model, acts, role) => html`
  <li class="link">
    <label><b>${t('start.link.' + role)}</b><span class="help">${t('start.link_how.' + role)}</span>
      <input class="field num" readonly .value=${model.made.links[role]} @focus=${(event) => event.target.select()} /></label>
    <button class="b" aria-label=${t('start.copy_name', { name: t('start.link.' + role) })}
      @click=${(event) => acts.copy(model.made.links[role], event.target.closest('.link').querySelector('input'))}>${model.copied === model.made.links[role] ? t('start.copied') : t('start.copy')}</button>
  </li>`;

const ready = (model, acts) => html`
  <main id="main" class="ready">
    <div class="ready-head">
      <img class="qr" src=${`/qr/${model.made.code}.svg`} width="240" height="240" alt=${t('start.qr_alt', { code: model.made.code })} />
      <div><h1>${model.madeTitle}</h1><p class="help">${t('start.ready')}</p><p class="big-code num">${model.made.code}</p>
        <a class="go wide" href=${model.made.links.console}>${t('start.open_console')}</a></div>
    </div>
    <h2>${t('start.links')}</h2>
    <p class="help">${t('start.links_how')}</p>
    <ul class="links">${ROLES.filter((role) => model.made.links[role]).map((role) => link(model, acts, role))}</ul>
    <button class="b text" @click=${() => acts.set({ made: null })}>${t('start.another')}</button>
  </main>`;

/** @param {Model} model @param {Acts} acts */
export const view = (model, acts) => html`
  <header class="top"><a class="brand" href="/"><svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true"><circle class="ring" cx="15" cy="15" r="11.500" /><circle class="seat" cx="15" cy="3.500" r="3.500" /></svg>Runde</a>
    <a class="lang" lang=${locale === 'da' ? 'en' : 'da'} href=${`?lang=${locale === 'da' ? 'en' : 'da'}`}>${locale === 'da' ? 'English' : 'Dansk'}</a></header>
  ${model.made
    ? ready(model, acts)
    : html`<main id="main">
        <h1>${t('start.promise')}</h1>
        <div class="two"><div>${join(model, acts)}${recent(model, acts)}</div>${start(model, acts)}</div>
      </main>`}`;
