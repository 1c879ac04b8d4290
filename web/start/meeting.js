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
 * The links that this page may show: those of the device, or the one that its address holds the key
 * of.
 */
function linksFor(model) {
  const { code, key } = model.route;
  const mine = model.made?.code === code ? model.made.links : linksOf(code);
  if (mine) return mine;
  return {
    join: `${location.origin}/m/${code}`,
    ...(key ? { console: `${location.origin}/console/${code}#${key}` } : {}),
  };
}

const link = (model, acts, role, url) =>
  html` <li class="link">
    <div class="f">
      <label for=${`link-${role}`}>${t('start.link.' + role)}</label>
      <p class="hint" id=${`how-${role}`}>${t('start.link_how.' + role)}</p>
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

const next = (model, links) => {
  const { code, key } = model.route;
  const mine = keyIn(links.console) || key;
  const lobby = !model.about || model.about.state === 'lobby';
  return html`<h2>${t('start.next')}</h2>
    <ol class="steps">
      ${lobby && mine ? html`<li><span>${t('start.next_plan')}</span><a class="b" href=${`#${code}.${mine}/plan`}>${t('start.edit_agenda')}</a></li>` : nothing}
      <li><span>${t('start.next_join')}</span></li>
      ${links.scribe ? html`<li><span>${t('start.next_roles')}</span></li>` : nothing}
      ${links.console ? html`<li><span>${t('start.next_lead')}</span></li>` : nothing}
    </ol>`;
};

const head = (model, links, title) =>
  html` <div class="ready-head">
    <img
      class="qr"
      src=${`/qr/${model.route.code}.svg`}
      width="240"
      height="240"
      alt=${t('start.qr_alt', { code: model.route.code })}
    />
    <div>
      <p class="eyebrow">
        ${model.fresh === model.route.code ? t('start.is_ready') : model.about?.state === 'closed' ? t('start.is_over') : t('start.the_meeting')}
      </p>
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${whenAndWhere(model.about)}</p>
      <p class="hint">${t('start.ready')}</p>
      <p class="big-code num">${model.route.code}</p>
      ${links.console ? html`<a class="go" href=${links.console}>${t('start.open_console')}</a>` : nothing}
    </div>
  </div>`;

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
  const { code, key } = model.route;
  const links = linksFor(model);
  const kept = model.kept.find((each) => each.code === code);
  const title =
    model.about?.title ?? kept?.title ?? (model.made?.code === code ? model.madeTitle : code);
  const mine = keyIn(links.console) || key;
  if (model.aboutWrong?.status === 404) return gone(title, model.aboutWrong);
  return frame(
    html`<div class="ready">
      ${model.aboutWrong ? html`<p class="error" role="alert">${wrongWords(model.aboutWrong)}</p>` : nothing}
      ${model.left && model.fresh === code ? html`<p class="error" role="alert">${model.left}</p>` : nothing}
      ${head(model, links, title)} ${next(model, links)}
      <h2>${t('start.links')}</h2>
      <p class="hint">${t('start.links_how')}</p>
      <ul class="links">
        ${ROLES.filter((role) => links[role]).map((role) => link(model, acts, role, links[role]))}
      </ul>
      <div class="row">
        ${mine ? html`<button class="b" @click=${() => acts.again(code, mine)}>${t('start.again_plan')}</button>` : nothing}
        <a class="b text" href="/">${t('start.another')}</a>
      </div>
      ${model.wrong ? html`<p class="error" role="alert">${wrongWords(model.wrong)}</p>` : nothing}
    </div>`,
  );
}
