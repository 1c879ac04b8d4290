// head.js -- what the meeting is about, when and where; and what the meeting before left for it.
import { html, nothing } from 'lit-html';
import { schema } from 'runde:agenda';
import { languages } from 'runde:words';
import { date, t, zoneName } from '../../shared/i18n.js';
import { HOME, ownZone } from '../../shared/zone.js';
import { choice, field } from './field.js';

/** By which clocks the hour is meant: asked where it can be another place's than this one's. */
const place = (ctx) => {
  const { form, meeting } = ctx.s;
  const value = form.zone ?? (meeting ? HOME : ownZone());
  const zones = [...new Set([value, ownZone(), HOME])];
  return zones.length > 1
    ? choice({
        id: 'f-zone',
        label: t('plan.f_zone'),
        value,
        options: zones.map((name) => [name, `${zoneName(name)} (${name})`]),
        change: (zone) => ctx.change(t('plan.did.changed'), { ...form, zone }),
      })
    : nothing;
};

/** @param {import('./store.js').Ctx} ctx */
export const about = (ctx) =>
  html` <section class="box about-meeting" aria-labelledby="about-h">
    <h2 id="about-h">${t('plan.about')}</h2>
    <div class="grid">
      ${field(ctx, { path: ['title'], label: t('plan.f_title'), hint: t('plan.f_title_how'), size: 'whole' })}
      ${field(ctx, { path: ['date'], label: t('plan.f_date'), kind: 'date', size: 'half' })}
      ${field(ctx, { path: ['starts'], label: t('plan.f_starts'), kind: 'time', size: 'half' })}
      ${place(ctx)} ${field(ctx, { path: ['place'], label: t('plan.f_place') })}
      ${choice({
        id: 'f-locale',
        label: t('plan.f_locale'),
        hint: '',
        value: ctx.s.form.locale ?? schema.properties.locale.enum[0],
        options: schema.properties.locale.enum.map((code) => [code, languages[code] ?? code]),
        change: (code) => ctx.change(t('plan.did.changed'), { ...ctx.s.form, locale: code }),
      })}
      ${field(ctx, { path: ['purpose'], label: t('plan.f_purpose'), hint: t('plan.f_purpose_how'), kind: 'long' })}
      ${field(ctx, { path: ['focus'], label: t('plan.f_focus'), hint: t('plan.f_focus_how'), kind: 'long' })}
    </div>
  </section>`;

/** Whose it was and by when; and, where somebody has said it, what came of it. */
const facts = ({ owner, due, outcome, word }) => [
  owner || due
    ? html` <span class="quiet">${[owner, due && date(due)].filter(Boolean).join(' · ')}</span>`
    : nothing,
  outcome || word
    ? html` <span
        >${outcome ? html`<b>${t('shared.outcome.' + outcome)}</b>` : nothing} ${word}</span
      >`
    : nothing,
];

const line = (ctx, it, i) =>
  html` <li>
    <span class="tag">${t('plan.carried.' + it.kind)}</span
    ><span class="what">${it.text}${facts(it)}</span>
    <button
      class="b text"
      aria-label=${t('plan.carried_drop_name', { text: it.text })}
      @click=${() => ctx.acts.dropCarried(i)}
    >
      ${t('plan.carried_drop')}
    </button>
  </li>`;

/** What came of last time; it goes along to the meeting, and stands before everybody there. */
export const carried = (ctx) => {
  const { carried: list, from, from_date: day } = ctx.s.form;
  if (!list?.length && !from) return nothing;
  const title = from
    ? t('plan.carried_from', {
        title: day
          ? `${from}, ${date(day, { day: 'numeric', month: 'long', year: 'numeric' })}`
          : from,
      })
    : t('plan.carried_h');
  return html`<section class="box carried" aria-labelledby="carried-h">
    <h2 id="carried-h">${title}</h2>
    <p class="hint">${list?.length ? t('plan.carried_how') : t('plan.carried_none')}</p>
    ${
      list?.length
        ? html`<ul>
            ${list.map((it, i) => line(ctx, it, i))}
          </ul>`
        : nothing
    }
  </section>`;
};
