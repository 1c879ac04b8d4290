// own.js -- what was said and written at this phone: how it stands in the minutes once the meeting is
// over, what its people may do about it, and all of it as a text to keep.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import { authorsOf, isOf } from '../shared/author.js';
import { serverNow, wallOf } from '../shared/clock.js';
import { date } from '../shared/i18n.js';
import { allParts, partOf } from '../shared/model.js';
import { fromServer, keyOf } from './notes.js';
import { button } from './pieces.js';
import { buttonFor } from './points.js';
import { isShared, whose } from './sharing.js';

const pointsOf = ({ state, ui }) =>
  state.contributions.filter((point) => point.text && isOf(point, ui.seats));

/** A point's words, by whom where several share the phone. */
const wordsOf = (c, point) =>
  whose(
    c,
    authorsOf(point).find((n) => c.ui.seats.includes(n)),
    point.text,
  );

/** How the minutes stand, for those who are in them. */
export const standing = ({ t, state: { standing } }) =>
  html`<p class="soft" role="status">
    ${
      {
        draft: standing.changed ? t('phone.stands_changed') : t('phone.stands_draft'),
        approved: t('phone.stands_approved'),
        published: t('phone.stands_published'),
      }[standing.state]
    }
  </p>`;

/** What this phone has said of a point, also while it is on its way; "" once that is taken back. */
function disputed({ state, ui, out }, { id }) {
  const said = state.disputes.find((it) => it.contribution === id && ui.seats.includes(it.seat));
  const waits = out.findLast((it) => it.do === 'minutes.dispute' && it.with.contribution === id);
  return waits ? { text: waits.with.text, waits: true } : (said ?? { text: '' });
}

const disputeForm = ({ t }, { id, text }, said) =>
  html`<form class="compose" data-do="dispute" data-slot=${id}>
    <label
      >${t('phone.dispute_how')}<textarea
        name="text"
        rows="3"
        maxlength=${limits.text}
        aria-describedby=${`only-${id}`}
        .value=${said.text}
      ></textarea>
    </label>
    <p class="small" id=${`only-${id}`}>${t('phone.only_leader')}</p>
    <p class="row">
      <button class="primary">${t('phone.send')}</button>
      ${said.text ? buttonFor(text, 'undispute', t('phone.take_back'), 'quiet', id) : button('leave_own', t('phone.undo'), 'quiet')}
    </p>
  </form>`;

/** It cannot be had back: whoever presses is asked first. */
const takeOut = ({ t, state }, { id }) =>
  html`<div class="compose" role="group" aria-label=${t('phone.take_out')}>
    <p>${t('phone.take_out_then')}</p>
    ${state.standing.state === 'approved' ? html`<p>${t('phone.take_out_draft')}</p>` : nothing}
    <p class="row">
      ${button('take_out_now', t('phone.take_out_now'), 'quiet', id)}
      ${button('leave_own', t('phone.no'), 'quiet')}
    </p>
  </div>`;

/** What was said of it, for its author and the leader alone. */
const saidOf = ({ t }, said) =>
  said.text
    ? html`<p class="disputed">
        ${t('phone.disputed', { text: said.text })}
        <span>${said.waits ? t('phone.waits') : said.mended ? t('phone.mended_since') : t('phone.only_leader')}</span>
      </p>`
    : nothing;

function point(c, it) {
  const { t, ui, state } = c;
  const said = disputed(c, it);
  const what = ui.own?.id === it.id ? ui.own.what : '';
  const now = state.standing.state;
  return html`<li>
    <p>${wordsOf(c, it)}</p>
    ${
      what === 'dispute' && now !== 'draft'
        ? disputeForm(c, it, said)
        : html`${saidOf(c, said)}
          ${
            what === 'take_out' && now !== 'published'
              ? takeOut(c, it)
              : html`<p class="ways">
                  ${now === 'draft' ? nothing : buttonFor(it.text, 'dispute', said.text ? t('phone.mend') : t('phone.dispute'), 'link', it.id)}
                  ${now === 'published' ? nothing : buttonFor(it.text, 'take_out', t('phone.take_out'), 'link', it.id)}
                </p>`
          }`
    }
  </li>`;
}

/** One's own points, as they stand in the minutes. @param {any} c  with out: what is on its way */
export function own(c) {
  const points = pointsOf(c);
  return points.length
    ? html`<section class="answer own">
        <h2>${isShared(c) ? c.t('phone.you_said_two') : c.t('phone.you_said')}</h2>
        <ul class="points">
          ${points.map((each) => point(c, each))}
        </ul>
      </section>`
    : nothing;
}

/**
 * All that was written at this phone: notes, what did not reach the board, points, and what is
 * written with others and not shown.
 * @param {any} c  with drafts: of notes; texts: that several write
 */
export function ownText(c) {
  const { state, ui, t, drafts, texts } = c;
  const keys = new Set([
    ...Object.keys(drafts),
    ...state.notes.map((note) => keyOf(note.seat, partOf(state, note.part) ?? allParts(state)[0])),
  ]);
  const notes = [
    ...[...keys].map((key) => [key, (drafts[key] ?? fromServer(state, key)).text]),
    ...Object.entries(ui.texts),
  ]
    .filter(([, text]) => text)
    .map(([key, text]) => whose(c, parseInt(key, 10), text));
  const said = [...pointsOf(c), ...state.own].map((it) => wordsOf(c, it));
  const sections = [
    [t('phone.own_notes'), notes],
    [isShared(c) ? t('phone.you_said_two') : t('phone.you_said'), said],
    [t('phone.own_together'), texts.map(({ text }) => text).filter(Boolean)],
  ].filter(([, all]) => all.length);
  return [
    `${state.meeting.title}\n${date(wallOf(serverNow()))}`,
    ...sections.flatMap(([head, all]) => [head.toUpperCase(), ...all]),
    '',
  ].join('\n\n');
}
