// standing.js -- how the minutes stand, for everybody; and for the leader, once the meeting is over, what
// to do next: read and mend, approve, send, make the public edition, publish.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { limits } from 'runde:protocol';
import { wallOf } from '../shared/clock.js';
import { date, t } from '../shared/i18n.js';
import { fetchedView } from '../shared/fetched.js';
import { keepView } from '../shared/keep.js';
import { dayOf } from '../shared/keeping.js';
import { button, nameOf } from './pieces.js';
import { may } from './read.js';

const day = (at) => date(wallOf(at), { day: 'numeric', month: 'long', year: 'numeric' });

/** "Approved on 18 November 2026 by Lene Holm"; without a name where nobody gave one. */
const done = (key, at, by) =>
  by
    ? t(`minutes.${key}_by`, { day: day(at), name: by })
    : t(`minutes.${key}_on`, { day: day(at) });

/** What somebody should know of how they stand. @param {import("runde:protocol").Standing} standing */
function words({ state, approved, approved_by, published, published_by, changed }) {
  if (state === 'draft')
    return [
      changed ? t('minutes.changed_since', { day: day(approved) }) : t('minutes.is_draft'),
      ...(published == null ? [] : [t('minutes.older_published', { day: day(published) })]),
    ];
  return [
    done('approved', approved, approved_by),
    ...(state === 'published' ? [done('published', published, published_by)] : []),
  ];
}

/** Who is told what was fetched, and says how long the meeting is kept. */
const keeps = ({ role }) => role === 'leader' || role === 'console';

/** @param {import('./pieces.js').Ctx} ctx */
export function standingView(ctx) {
  const { standing, now } = ctx.saved;
  if (now.state !== 'closed') return nothing;
  return html`<section class="card standing ${standing.state}" aria-labelledby="standing-title">
    <h2 id="standing-title">${t('minutes.standing.' + standing.state)}</h2>
    <div role="status">${words(standing).map((text) => html`<p class="soft">${text}</p>`)}</div>
    ${may(ctx, 'approve') ? steps(ctx) : nothing}
    ${keeps(ctx) ? [fetchedView(ctx.saved, ctx.role), keepView(ctx.saved, ctx.send)] : nothing}
  </section>`;
}

const steps = (ctx) =>
  ctx.saved.standing.state === 'draft' ? toApprove(ctx) : html`${approved(ctx)}${disputes(ctx)}`;

const toApprove = (ctx) =>
  html`<p>${t('minutes.read_first')} ${t('minutes.approve_then')}</p>
    ${disputes(ctx)}
    <form
      @submit=${(event) => {
        event.preventDefault();
        ctx.approve();
      }}
    >
      <label
        >${t('minutes.your_name')}<input
          class="field"
          maxlength="60"
          autocomplete="name"
          required
          .value=${live(ctx.ui.writer)}
          @input=${(event) => ctx.call(event.target.value)}
      /></label>
      <button class="b main">${t('minutes.approve')}</button>
    </form>`;

/** The last day on which phones get them: so long after the approval, or until all is erased. */
const phonesUntil = ({ standing, meeting }) =>
  dayOf(Math.min(standing.approved + limits.minutes_kept_ms, meeting.erases ?? Infinity));

const approved = (ctx) =>
  html`<p>${t('minutes.phones_fetch', { day: phonesUntil(ctx.saved) })}</p>
    <div class="bar">
      <a class="b" href=${letter(ctx)}>${t('minutes.write_to')}</a>
      ${button(t('minutes.make_public'), () => ctx.lookAt(true))}
      ${ctx.saved.standing.state === 'approved' ? button(t('minutes.publish'), ctx.publish, { title: t('minutes.publish_long') }) : nothing}
    </div>
    <p>${button(t('minutes.reopen'), ctx.reopen, { look: 'small quiet' })}</p>`;

/** A letter to whoever was there; the leader chooses to whom, and puts the file into it. */
function letter({ saved: { meeting } }) {
  const subject = t('minutes.letter_subject', { title: meeting.title });
  const body = t('minutes.letter', {
    title: meeting.title,
    link: `${location.origin}/m/${meeting.code}`,
  });
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

/** What people say of their own points, each a way to its place. */
function disputes(ctx) {
  const all = ctx.saved.disputes.filter(({ contribution }) =>
    ctx.saved.contributions.some(({ id }) => id === contribution),
  );
  return all.length
    ? html`<h3>${t('minutes.disputes', { n: all.length })}</h3>
        <ul class="plain">
          ${all.map(
            (each) =>
              html`<li>
                <p>
                  <b>${nameOf(ctx.saved, each.seat)}:</b>
                  ${each.text}${each.mended ? html` <span class="soft">${t('minutes.mended_since')}</span>` : nothing}
                </p>
                ${button(t('minutes.to_point'), () => ctx.go(`point-${each.contribution}`), { look: 'small quiet' })}
              </li>`,
          )}
        </ul>`
    : nothing;
}
