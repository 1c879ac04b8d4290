// view.js -- the start page: into a meeting with a code, a new one, and what this device knows.
// Pure.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { date, hours, locale, t } from '../shared/i18n.js';
import { frame } from './frame.js';
import { chief } from './chief.js';
import { meeting } from './meeting.js';
import { serverKey } from './server-key.js';
import { keyIn } from '../shared/code.js';
import { wrongWords } from './wrong.js';

/**
 * What the page knows.
 * @typedef {{route: import('./route.js').Route, code: string, codeWrong: boolean, templates:
 *   import('./api.js').Template[] | null,
 *   unreachable: boolean, chosen: string, key: string, needsKey: boolean, busy: boolean,
 *   wrong: (import('./api.js').Wrong & {at?: string}) | null, fileWrong?: string[], kept:
 *   import('../shared/meetings.js').Kept[],
 *   chief?: {link: string, code: string} | null, chiefWrong?: import('./api.js').Wrong | null,
 *   drafts: import('./drafts.js').Draft[], joined: string[], copied: string, gone: {words: string,
 *   back: (() => void) | null} | null,
 *   asking: boolean, about: import('./api.js').About | null, aboutWrong: import('./api.js').Wrong |
 *   null, fresh: string, left: string,
 *   made?: import('./api.js').Made, madeTitle?: string, leftover: import('./drafts.js').Draft |
 *   null, editor: any,
 *   editorFailed: boolean}} Model
 * @typedef {{[name: string]: (...args: any[]) => any}} Acts
 */

const join = (model, acts) =>
  html` <form class="box join" novalidate @submit=${acts.join}>
    <h2><label for="code">${t('start.join')}</label></h2>
    <p id="code-help" class="hint">${t('start.code_help')}</p>
    ${model.codeWrong ? html`<p id="code-wrong" class="error" role="alert">${t('start.code_wrong')}</p>` : nothing}
    <div class="code-row">
      <input
        id="code"
        class="field code num"
        .value=${live(model.code)}
        autocapitalize="characters"
        autocomplete="off"
        autocorrect="off"
        spellcheck="false"
        aria-describedby=${model.codeWrong ? 'code-help code-wrong' : 'code-help'}
        aria-invalid=${model.codeWrong ? 'true' : nothing}
        @input=${(event) => acts.set({ code: event.target.value, codeWrong: false })}
      />
      <button class="go">${t('start.join_go')}</button>
    </div>
  </form>`;

const template = (model, acts, it) => {
  const chosen = model.chosen === it.template;
  return html`<label class=${chosen ? 'template on' : 'template'}>
    <input
      type="radio"
      name="template"
      .checked=${live(chosen)}
      @change=${() => acts.set({ chosen: it.template, wrong: null })}
    />
    <span lang=${it.locale ?? nothing}
      ><b>${it.title}</b>${' '}
      <span class="num quiet">${t('start.minutes', { n: it.minutes })}</span>
      ${it.about ? html`<span class="about">${it.about}</span>` : nothing}
      ${
        chosen && it.items?.length > 1
          ? html`<span class="items"
              >${it.items.map((item) => html`<span><span class="num">${item.no}</span> ${item.title} <span class="num">${item.minutes}</span></span>`)}</span
            >`
          : nothing
      }</span
    >
  </label>`;
};

const file = (model, acts) =>
  html` <div class="file">
    <label for="file">${t('start.from_file')}</label>
    <p class="hint" id="file-hint">${t('start.from_file_how')}</p>
    ${
      model.fileWrong
        ? html`<div class="error" id="file-wrong" tabindex="-1" role="alert">
            <p><b>${model.fileWrong[0]}</b></p>
            ${
              model.fileWrong.length > 1
                ? html`<ul>
                    ${model.fileWrong.slice(1).map((line) => html`<li>${line}</li>`)}
                  </ul>`
                : nothing
            }
          </div>`
        : nothing
    }
    <span class="picker b"
      ><input
        id="file"
        type="file"
        accept=".json,application/json"
        aria-describedby="file-hint"
        @change=${(event) => {
          const chosen = event.target.files[0];
          event.target.value = '';
          if (chosen) acts.read(chosen);
        }}
      /><span aria-hidden="true">${t('start.choose_file')}</span></span
    >
  </div>`;

const isMine = (it) => (it.locale ?? locale) === locale;
/** Those of this page's language; where there are none, all. */
const mine = ({ templates }) => (templates.some(isMine) ? templates.filter(isMine) : templates);
const foreign = ({ templates }) =>
  templates?.some(isMine) ? templates.filter((it) => !isMine(it)) : [];

const start = (model, acts) =>
  html` <form class="box start" @submit=${acts.plan}>
    <h2>${t('start.start')}</h2>
    ${model.unreachable ? html`<p class="error" role="alert">${t('start.unreachable')}</p>` : nothing}
    ${
      model.templates?.length === 0
        ? nothing
        : html`<fieldset class="templates">
            <legend>${t('start.templates')}</legend>
            ${model.templates === null ? html`<p class="hint" role="status">${t('start.fetching')}</p>` : mine(model).map((it) => template(model, acts, it))}
            ${
              foreign(model).length
                ? html`<details>
                    <summary>${t('start.other_languages')}</summary>
                    <div class="templates">
                      ${foreign(model).map((it) => template(model, acts, it))}
                    </div>
                  </details>`
                : nothing
            }
          </fieldset>`
    }
    ${model.needsKey ? serverKey(model, acts, 'server-key') : nothing}
    ${model.wrong && !model.wrong.at ? html`<p class="error" role="alert">${wrongWords(model.wrong)}</p>` : nothing}
    <div class="row">
      <button class="go" ?disabled=${!model.chosen}>${t('start.plan')}</button>
      <button type="button" class="b big" ?disabled=${!model.chosen} @click=${acts.create}>
        ${model.busy ? t('start.making') : t('start.make_now')}
      </button>
    </div>
    <p class="hint">${t('start.plan_how')}</p>
    ${file(model, acts)}
  </form>`;

const when = (at) => `${date(at)}, ${hours(at)}`;

const draftRow = (acts, each) =>
  html` <li>
    <span class="what"
      ><b>${each.agenda.title || t('start.untitled')}</b
      ><span class="quiet">${t('start.draft_of', { when: when(each.at) })}</span></span
    >
    <span class="doors"
      ><a class="b" href=${`#draft/${each.id}`}>${t('start.go_on')}</a>
      <button
        class="b text"
        aria-label=${t('start.drop_name', { title: each.agenda.title || t('start.untitled') })}
        @click=${() => acts.drop(each)}
      >
        ${t('start.drop')}
      </button></span
    >
  </li>`;

const keptRow = (model, acts, each) =>
  html` <li>
    <span class="what"
      ><a class="name" href=${`#${each.code}`}>${each.title}</a
      ><span class="quiet num">${each.code} · ${when(each.at)}</span>
      ${model.wrong?.at === each.code ? html`<span class="error" role="alert">${wrongWords(model.wrong)}</span>` : nothing}</span
    >
    <span class="doors"
      >${
        each.links?.console
          ? html`<a
                class="b"
                href=${each.links.console}
                aria-label=${t('start.open_console_of', { title: each.title })}
                >${t('start.open_console')}</a
              >
              <button
                class="b"
                aria-label=${t('start.again_name', { title: each.title })}
                @click=${() => acts.again(each.code, keyIn(each.links.console))}
              >
                ${t('start.again')}
              </button>`
          : nothing
      }
      <button
        class="b text"
        aria-label=${t('start.forget_name', { title: each.title })}
        @click=${() => acts.forget(each.code)}
      >
        ${t('start.forget')}
      </button></span
    >
  </li>`;

const joinedRow = (code) =>
  html` <li>
    <span class="what"
      ><b class="num">${code}</b><span class="quiet">${t('start.joined')}</span></span
    >
    <span class="doors"><a class="b" href=${`/m/${code}`}>${t('start.back')}</a></span>
  </li>`;

const gone = (model, acts) =>
  model.gone
    ? html`<p class="gone" id="gone" tabindex="-1" role="status">
        <span>${model.gone.words}</span>
        ${model.gone.back ? html`<button class="b" @click=${acts.undo}>${t('start.undo')}</button>` : nothing}
      </p>`
    : nothing;

/**
 * To forget everything takes the notes of a phone too, and cannot be undone: the one question that
 * is asked.
 */
const forgetAll = (model, acts) =>
  model.asking
    ? html`<div class="ask" role="group" aria-labelledby="ask-h">
        <h3 id="ask-h">${t('start.forget_all_sure')}</h3>
        <p>${t('start.forget_all_what')}</p>
        <div class="row">
          <button class="b strong" @click=${acts.forgetAll}>${t('start.forget_all_yes')}</button>
          <button class="b" @click=${() => acts.set({ asking: false })}>
            ${t('start.forget_all_no')}
          </button>
        </div>
      </div>`
    : html`<button class="b text" @click=${() => acts.set({ asking: true, gone: null })}>
        ${t('start.forget_all')}
      </button>`;

const recent = (model, acts) => {
  const made = new Set(model.kept.map((each) => each.code));
  const joined = model.joined.filter((code) => !made.has(code));
  const any = model.kept.length + model.drafts.length + joined.length > 0;
  if (!any && !model.gone) return nothing;
  return html`<section class="recent" aria-labelledby="recent-h">
    <h2 id="recent-h" tabindex="-1">${t('start.recent')}</h2>
    ${gone(model, acts)}
    <ul>
      ${model.drafts.map((each) => draftRow(acts, each))}${model.kept.map((each) => keptRow(model, acts, each))}${joined.map(joinedRow)}
    </ul>
    ${any ? forgetAll(model, acts) : nothing}
  </section>`;
};

const home = (model, acts) =>
  frame(
    html` <h1 tabindex="-1">${t('start.promise')}</h1>
      <div class="two">
        <div>${join(model, acts)}${recent(model, acts)}${chief(model, acts)}</div>
        ${start(model, acts)}
      </div>`,
  );

/** While the editor's script is on its way, or what the plan begins with. */
const waiting = (model) =>
  frame(
    html`<h1 tabindex="-1">${t('start.plan')}</h1>
      ${model.editorFailed ? html`<p class="error" role="alert">${t('start.editor_failed')}</p>` : html`<p class="hint" role="status">${t('start.fetching')}</p>`}`,
  );

/** @param {Model} model @param {Acts} acts */
export function view(model, acts) {
  const { screen, next } = model.route;
  if (next !== undefined && model.busy) return waiting(model);
  if (screen === 'meeting') return meeting(model, acts);
  if (screen === 'home') return home(model, acts);
  return model.editor ? model.editor.view() : waiting(model);
}
