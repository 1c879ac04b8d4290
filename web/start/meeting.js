// meeting.js -- a meeting's own page on the device that made it: its links, its code as a QR, and
// what to do next. Pure.
import { html, nothing } from 'lit-html';
import { date, t, time, zoneName } from '../shared/i18n.js';
import { HOME, ownZone } from '../shared/zone.js';
import { frame } from './frame.js';
import { linksOf } from '../shared/meetings.js';
import { keyIn } from '../shared/code.js';
import { wrongWords } from './wrong.js';

const ROLES = ['join', 'console', 'board', 'scribe', 'leader'];

/**
 * The links that this page may show. A key in its address may be the console's or the leader's, and
 * is handed on as neither.
 */
function linksFor(model) {
  const { code } = model.route;
  const mine = model.made?.code === code ? model.made.links : linksOf(code);
  return mine ?? { join: `${location.origin}/m/${code}` };
}

const link = (model, acts, phase, role, url) =>
  html` <li class="link">
    <div class="f">
      <label for=${`link-${role}`}>${t('start.link.' + role)}</label>
      <p class="hint" id=${`how-${role}`}>
        ${phase === 'after' ? t('start.link_after.' + role) : t('start.link_how.' + role)}
      </p>
      <input
        class="field num"
        id=${`link-${role}`}
        readonly
        .value=${url}
        aria-describedby=${`how-${role}`}
        @focus=${(event) => event.target.select()}
      />
    </div>
    <span class="doors"
      ><button
        class="b"
        aria-label=${model.copied === url ? t('start.copied_name', { name: t('start.link.' + role) }) : t('start.copy_name', { name: t('start.link.' + role) })}
        @click=${() => acts.copy(url, document.getElementById(`link-${role}`))}
      >
        ${model.copied === url ? t('start.copied') : t('start.copy')}
      </button>
      <a class="b" href=${url} aria-label=${t('start.open_name', { name: t('start.link.' + role) })}
        >${t('start.open')}</a
      ></span
    >
  </li>`;

/** "tirsdag d. 12. maj kl. 9.00, Lærerværelset" */
function whenAndWhere(about) {
  if (!about) return '';
  const day = about.date
    ? date(about.date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    : '';
  const clock = about.starts ? t('start.at_time', { time: time(about.starts) }) : '';
  const zone = about.zone ?? HOME;
  return [day, clock, clock && zone !== ownZone() && zoneName(zone), about.place]
    .filter(Boolean)
    .join(' · ');
}

/**
 * How far the meeting is: 'before' it, 'during' or 'after' it; '' while that is not known, and then
 * nothing is advised.
 */
export function phaseOf(model) {
  if (!model.about) return model.fresh === model.route.code ? 'before' : '';
  return { lobby: 'before', closed: 'after' }[model.about.state] ?? 'during';
}

const again = (acts, code, key, look) =>
  html`<button class=${look} @click=${() => acts.again(code, key)}>
    ${t('start.again_plan')}
  </button>`;

/** Half an hour about what came of it. @type {{[locale: string]: string}} */
const FOLLOW_UP = { da: 'opfoelgende-samtale', en: 'follow-up-en' };

const followUp = (acts, code, key, about) =>
  html`<button class="b" @click=${() => acts.again(code, key, FOLLOW_UP[about?.locale ?? 'da'])}>
    ${t('start.follow_up_plan')}
  </button>`;

const step = (words, way = /** @type {any} */ (nothing)) =>
  html`<li><span>${words}</span>${way}</li>`;

/** What helps now, step by step. */
const STEPS = {
  before: ({ code, key, links }) => [
    key
      ? step(
          t('start.next_plan'),
          html`<a class="b" href=${`#${code}.${key}/plan`}>${t('start.edit_agenda')}</a>`,
        )
      : nothing,
    step(t('start.next_join')),
    links.scribe ? step(t('start.next_roles')) : nothing,
    links.console ? step(t('start.next_lead')) : nothing,
  ],
  during: ({ links }) => [
    step(t('start.now_join')),
    links.scribe ? step(t('start.now_roles')) : nothing,
    links.console ? step(t('start.now_lead')) : nothing,
  ],
  after: ({ code, key, links, acts, about }) => [
    links.scribe ? step(t('start.then_scribe')) : nothing,
    step(t('start.then_read')),
    key ? step(t('start.then_follow_up'), followUp(acts, code, key, about)) : nothing,
    key ? step(t('start.then_next'), again(acts, code, key, 'b')) : nothing,
  ],
};

const next = (phase, at) =>
  phase
    ? html`<h2>${t('start.next')}</h2>
        <ol class="steps">
          ${STEPS[phase](at)}
        </ol>`
    : nothing;

/** Where the minutes are read: by the link that can do least, or by the key that is there. */
const minutesOf = ({ leader, scribe }, code, key) =>
  leader ?? scribe ?? (key && `/minutes/${code}#${key}`);

/** What is opened first: the console until the meeting is over, and then the minutes. */
const door = (phase, links, code, key) => {
  const minutes = phase === 'after' && minutesOf(links, code, key);
  const lead = html`<a class=${minutes ? 'b big' : 'go'} href=${links.console}
    >${t('start.open_console')}</a
  >`;
  return html`<div class="row">
    ${minutes ? html`<a class="go" href=${minutes}>${t('start.open_minutes')}</a>` : nothing}
    ${links.console ? lead : nothing}
  </div>`;
};

const EYEBROWS = {
  during: () => t('start.is_on'),
  after: () => t('start.is_over'),
};

/** Nobody is asked to scan the code of a meeting that is over. */
const head = (model, phase, links, title, key) => {
  const { code } = model.route;
  const over = phase === 'after';
  const ready = model.fresh === code ? t('start.is_ready') : t('start.the_meeting');
  return html` <div class=${over ? 'ready-head over' : 'ready-head'}>
    ${
      over
        ? nothing
        : html`<img
            class="qr"
            src=${`/qr/${code}.svg`}
            width="240"
            height="240"
            alt=${t('start.qr_alt', { code })}
          />`
    }
    <div>
      <p class="eyebrow">${EYEBROWS[phase]?.() ?? ready}</p>
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${whenAndWhere(model.about)}</p>
      ${
        over
          ? nothing
          : html`<p class="hint">${t('start.ready')}</p>
              <p class="big-code num">${code}</p>`
      }
      ${door(phase, links, code, key)}
    </div>
  </div>`;
};

/** No code to scan and no links to hand on where there is no meeting. */
const gone = (title, wrong) =>
  frame(
    html`<div class="ready">
      <h1 tabindex="-1">${title}</h1>
      <p class="error" role="alert">${wrongWords(wrong)}</p>
      <div class="row"><a class="b" href="/">${t('start.another')}</a></div>
    </div>`,
  );

/** @param {import('./view.js').Model} model @param {import('./view.js').Acts} acts */
export function meeting(model, acts) {
  const { code, key, next: asked } = model.route;
  const links = linksFor(model);
  const wrong = model.wrong
    ? html`<p class="error" role="alert">${wrongWords(model.wrong)}</p>`
    : nothing;
  const kept = model.kept.find((each) => each.code === code);
  const title =
    model.about?.title ?? kept?.title ?? (model.made?.code === code ? model.madeTitle : code);
  const mine = keyIn(links.console) || key;
  const phase = phaseOf(model);
  if (model.aboutWrong?.status === 404) return gone(title, model.aboutWrong);
  return frame(
    html`<div class="ready">
      ${model.aboutWrong ? html`<p class="error" role="alert">${wrongWords(model.aboutWrong)}</p>` : nothing}
      ${model.left && model.fresh === code ? html`<p class="error" role="alert">${model.left}</p>` : nothing}
      ${asked === undefined ? nothing : wrong} ${head(model, phase, links, title, mine)}
      ${next(phase, { code, key: mine, links, acts, about: model.about })}
      <h2>${t('start.links')}</h2>
      ${Object.keys(links).length > 1 ? html`<p class="hint">${t('start.links_how')}</p>` : nothing}
      <ul class="links">
        ${ROLES.filter((role) => links[role]).map((role) => link(model, acts, phase, role, links[role]))}
      </ul>
      <div class="row">
        ${mine && phase !== 'after' ? again(acts, code, mine, 'b') : nothing}
        <a class="b text" href="/">${t('start.another')}</a>
      </div>
      ${asked === undefined ? wrong : nothing}
    </div>`,
  );
}
