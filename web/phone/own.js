// own.js -- what was said and written at this phone: how it stands in the minutes once the meeting is
// over, what its people may do about it, and all of it as a text to keep.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import * as traits from 'runde:traits';
import { authorsOf, isOf } from '../shared/author.js';
import { clean } from '../shared/clean.js';
import { serverNow, wallOf } from '../shared/clock.js';
import { date, list } from '../shared/i18n.js';
import { allParts, partOf } from '../shared/model.js';
import { fromServer, keyOf } from './notes.js';
import { button, nameOf } from './pieces.js';
import { buttonFor } from './points.js';
import { isShared, whose } from './sharing.js';

/** A server of before tells nothing of it: then they are a draft. */
export const standingOf = (state) => state.standing ?? { state: 'draft' };

/** One's own points; those of a part without names are nobody's once they have been shown. */
const pointsOf = ({ state, ui }) =>
  [...state.contributions, ...state.own].filter((point) => point.text && isOf(point, ui.seats));

const isNameless = ({ state }) =>
  allParts(state).some((part) => part.begun && traits.nameless(part));

/** A point's words, after the names of those at this phone who said it, where it is several people's. */
function wordsOf(c, point) {
  const by = authorsOf(point).filter((n) => c.ui.seats.includes(n));
  return isShared(c) ? `${list(by.map((n) => nameOf(c, n)))}: ${point.text}` : point.text;
}

const day = (at) => date(wallOf(at), { day: 'numeric', month: 'long' });

/** Until when phones get the minutes, on the meeting clock; a draft as long as it is one. */
function untilOf(state) {
  const { state: name, approved } = standingOf(state);
  return name === 'draft' ? Infinity : approved + limits.minutes_kept_ms;
}

/** Whether phones get the minutes no more. @param {{state: any, now: number}} c */
export const isPast = ({ state, now }) => now >= untilOf(state);

/** How the minutes stand, for those who are in them, and until when they can be fetched here. */
export function standing(c) {
  const { t, state } = c;
  const it = standingOf(state);
  const until = Math.min(untilOf(state), state.meeting.erases ?? Infinity);
  const words =
    it.state === 'draft'
      ? [it.changed ? t('phone.stands_changed') : t('phone.stands_draft')]
      : [
          it.state === 'published'
            ? t('phone.stands_published', { day: day(it.published) })
            : t('phone.stands_approved', { day: day(it.approved) }),
          isPast(c)
            ? t('phone.stands_past', { day: day(until) })
            : t('phone.stands_until', { day: day(until) }),
        ];
  return html`<p class="soft stands" role="status">
    ${it.state === 'draft' ? words[0] : html`<b>${words[0]}.</b> ${words[1]}`}
  </p>`;
}

/**
 * What this phone has said of a point, also while it is on its way; "" once that is taken back.
 * @returns {{text: string, waits?: boolean, mended?: boolean}}
 */
function disputed({ state, ui, out }, { id }) {
  const said = (state.disputes ?? []).find(
    (it) => it.contribution === id && ui.seats.includes(it.seat),
  );
  const waits = out.findLast((it) => it.do === 'minutes.dispute' && it.with.contribution === id);
  return waits ? { text: waits.with.text, waits: true } : (said ?? { text: '' });
}

/**
 * What was typed is kept until the server has it.
 * @returns {boolean}  whether something is not kept any more
 */
export function forgetSent(c) {
  const has = (id) => {
    const { text, waits } = disputed(c, { id });
    return !waits && text && text === clean(c.typed[id]);
  };
  const sent = Object.keys(c.typed).filter(has);
  for (const id of sent) delete c.typed[id];
  return sent.length > 0;
}

const disputeForm = ({ t, typed }, { id, text }, said) =>
  html`<form class="compose" data-do="dispute" data-slot=${id}>
    <label
      >${t('phone.dispute_how')}<textarea
        name="text"
        data-in="disputing"
        data-slot=${id}
        rows="3"
        maxlength=${limits.text}
        aria-describedby=${`only-${id}`}
        .value=${typed[id] ?? said.text}
      ></textarea>
    </label>
    <p class="small" id=${`only-${id}`}>${t('phone.only_leader')}</p>
    <p class="row">
      <button class="primary">${t('phone.send')}</button>
      ${said.text ? buttonFor(text, 'undispute', t('phone.take_back'), 'quiet', id) : button('leave_own', t('phone.undo'), 'quiet', id)}
    </p>
  </form>`;

/** It cannot be had back: whoever presses is asked first. */
const takeOut = ({ t, state }, { id }) =>
  html`<div class="compose" role="group" aria-label=${t('phone.take_out')}>
    <p>${t('phone.take_out_then')}</p>
    ${standingOf(state).state === 'approved' ? html`<p>${t('phone.take_out_draft')}</p>` : nothing}
    <p class="row">
      ${button('take_out_now', t('phone.take_out_now'), 'quiet', id)}
      ${button('leave_own', t('phone.no'), 'quiet', '')}
    </p>
  </div>`;

/** What was said of it, for its author and the leader alone; or what was typed, and not sent. */
function saidOf({ t, typed }, { id }, said) {
  const words = said.waits
    ? t('phone.waits')
    : said.mended
      ? t('phone.mended_since')
      : t('phone.only_leader');
  if (said.text)
    return html`<p class="disputed">
      ${t('phone.disputed', { text: said.text })} <span>${words}</span>
    </p>`;
  return typed[id]?.trim()
    ? html`<p class="disputed">${t('phone.dispute_unsent', { text: typed[id] })}</p>`
    : nothing;
}

const ways = (c, { id, text }, said, now) =>
  html`<p class="ways">
    ${now === 'draft' ? nothing : buttonFor(text, 'dispute', said.text ? c.t('phone.mend') : c.t('phone.dispute'), 'link', id)}
    ${now === 'published' ? nothing : buttonFor(text, 'take_out', c.t('phone.take_out'), 'link', id)}
  </p>`;

function point(c, it) {
  const { ui } = c;
  const said = disputed(c, it);
  const now = standingOf(c.state).state;
  const open = ui.own?.id === it.id ? ui.own.what : '';
  const opened =
    open === 'dispute' && now !== 'draft'
      ? disputeForm(c, it, said)
      : [
          saidOf(c, it, said),
          open === 'take_out' && now !== 'published' ? takeOut(c, it) : ways(c, it, said, now),
        ];
  return html`<li>
    <p>${wordsOf(c, it)}</p>
    ${opened}
  </li>`;
}

/** What can be done about points, or why it cannot. */
const hint = ({ t, state }) =>
  ({ draft: t('phone.said_when'), published: t('phone.said_late') })[standingOf(state).state];

/**
 * One's own points, as they stand in the minutes, and all that was written here to take home.
 * @param {any} c  a Context, with out: what is on its way; typed: by point, what is not sent yet
 */
export function own(c) {
  const { t } = c;
  const [head, none, fetch] = isShared(c)
    ? [t('phone.you_said_two'), t('phone.said_none_two'), t('phone.fetch_own_two')]
    : [t('phone.you_said'), t('phone.said_none'), t('phone.fetch_own')];
  const points = pointsOf(c);
  const words = points.length ? hint(c) : none;
  return html`<section class="answer own">
    <h2 tabindex="-1">${head}</h2>
    ${words ? html`<p class="soft">${words}</p>` : nothing}
    ${
      points.length
        ? html`<ul class="points">
            ${points.map((each) => point(c, each))}
          </ul>`
        : nothing
    }
    ${isNameless(c) ? html`<p class="small">${t('phone.said_nameless')}</p>` : nothing}
    ${c.state.notes.length ? html`<p class="small">${t('phone.notes_go')}</p>` : nothing}
    ${button('fetch', fetch, 'quiet')}
  </section>`;
}

/**
 * All that was written at this phone: notes, what did not reach the board, points with what was said
 * of them, and what is written with others and not shown.
 * @param {any} c  as own; drafts: of notes; texts: that several write
 */
export function ownText(c) {
  const { state, ui, t, drafts, texts } = c;
  const keys = new Set([
    ...Object.keys(drafts),
    ...state.notes.map((note) => keyOf(note.seat, partOf(state, note.part) ?? allParts(state)[0])),
  ]);
  const by = ([key, text]) => whose(c, parseInt(key, 10), text);
  const said = (it) => {
    const { text } = disputed(c, it);
    const words = wordsOf(c, it);
    return text ? `${words}\n${t('phone.disputed', { text })}` : words;
  };
  const filled = (all) => all.filter(([, text]) => text.trim()).map(by);
  const sections = [
    [isShared(c) ? t('phone.you_said_two') : t('phone.you_said'), pointsOf(c).map(said)],
    [
      t('phone.own_notes'),
      filled([...keys].map((key) => [key, (drafts[key] ?? fromServer(state, key)).text])),
    ],
    [t('phone.own_unshown'), filled(Object.entries(ui.texts))],
    [t('phone.own_together'), texts.filter((text) => text.trim())],
  ].filter(([, all]) => all.length);
  return [
    `${state.meeting.title}\n${date(wallOf(serverNow()))}`,
    ...sections.flatMap(([head, all]) => [`— ${head} —`, ...all]),
    '',
  ].join('\n\n');
}
