// points.js -- what goes to the board from a phone: shown notes, fields for points, one's own
// points to mend, and what they build on.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import * as traits from 'runde:traits';
import { authorsOf, isOf } from '../shared/author.js';
import { suggestionsOf } from '../shared/answers.js';
import { list } from '../shared/i18n.js';
import { contributionsOf } from '../shared/model.js';
import { button, nameOf } from './pieces.js';
import { isShared, whose } from './sharing.js';

/** A press that several things have: who only hears it is told of which. */
export const named = (verb, what) => `${verb}: ${what}`;

/** A button that other things of the screen have too. what: the one that it is for. */
export const buttonFor = (what, act, text, kind, value) =>
  html`<button class=${kind} data-do=${act} value=${value} aria-label=${named(text, what)}>
    ${text}
  </button>`;

/**
 * Notes are offered for the board when one has spoken; where there are no turns, while people talk
 * with each other.
 */
const isOffered = (c) =>
  c.ui.asked ||
  (c.part &&
    c.state.now.state !== 'closed' &&
    !c.part.intro &&
    !traits.nameless(c.part) &&
    !traits.presented(c.part) &&
    (!c.state.now.lap || c.state.now.heard.includes(c.seat)));

/** Which notes go to the board: all, some, or none, which is what happens by itself. */
export const share = (c) => {
  const open = c.ui.notes.filter((note) => !note.shown);
  const picked = open.filter((note) => c.ui.picked.includes(note.id));
  if (!open.length || !isOffered(c)) return nothing;
  return html`<details class="pick" .open=${c.ui.asked}>
    <summary>${whose(c, c.seat, c.ui.asked ? c.t('phone.show_notes') : c.t('phone.show'))}</summary>
    ${open.map((note) => html`<label><input type="checkbox" data-in="pick" value=${note.id} .checked=${picked.includes(note)} />${note.text}</label>`)}
    <p class="small">${c.t('phone.seen_all', { name: nameOf(c, c.seat) })}</p>
    <p class="row">
      ${button('share', picked.length ? c.t('phone.show_picked', { n: picked.length, of: open.length }) : c.t('phone.all', { n: open.length }), 'quiet')}
      ${button('keep', c.t('phone.no'), 'quiet')}
    </p>
  </details>`;
};

/** For some seconds what was shown by one press is taken back by another. */
export const unshare = (c) =>
  c.ui.shared
    ? html`<div class="receipt">
        <span role="status">✓ ${c.t('phone.shown', { n: c.ui.shared.length })}</span>
        ${button('unshare', c.t('phone.undo'), 'link')}
      </div>`
    : nothing;

/**
 * A field for others to read. slot: the box or answer that it goes to; about: what tells it from
 * other fields of the screen; seen: who will see it.
 */
export const compose = (
  c,
  label,
  {
    slot = '',
    verb = c.t('phone.show'),
    about = '',
    seen = c.t('phone.seen_all', { name: nameOf(c, c.seat) }),
  } = {},
) =>
  html`<form class="compose" data-do="add" data-slot=${slot}>
    <label
      >${label}<textarea
        aria-label=${about ? named(label, about) : nothing}
        data-in="text"
        data-slot=${slot}
        rows="2"
        maxlength=${limits.text}
        .value=${c.ui.texts[`${c.seat}:${c.part.id}:${slot}`] ?? ''}
      ></textarea>
    </label>
    <p class="small">${seen} ${c.t('phone.no_names')}.</p>
    <button class="quiet" aria-label=${about ? named(verb, about) : nothing}>${verb}</button>
  </form>`;

/** Who wrote a point, before its words; nothing where it is nobody's. */
export const by = (c, point) => {
  const authors = authorsOf(point);
  return authors.length ? html`<b>${list(authors.map((n) => nameOf(c, n)))}</b>` : nothing;
};

const link = (c, point) => {
  const { id, text } = point;
  const on = c.ui.builds.includes(id);
  const full = !on && c.ui.builds.length >= limits.builds_on;
  return html`<label
    ><input type="checkbox" data-in="builds" value=${id} .checked=${on} .disabled=${full} /><span
      >${by(c, point)} ${text}</span
    ></label
  >`;
};

/**
 * What was said in the laps before this one, to say what a point builds on: one to three, never
 * counted.
 */
export const links = (c, lap) =>
  contributionsOf(c.state, c.part.id)
    .filter((each) => each.lap < lap)
    .map((each) => link(c, each));

const taken = (c, point) =>
  suggestionsOf(c.state, point.answer).some((each) => each.taken && each.point.id === point.id);

/** Whoever suggested something reads that it has come, and when it stands in the answer. */
const suggested = (c, point) =>
  html`<span class="taken" role="status"
    >✓ ${taken(c, point) ? c.t('phone.taken') : c.t('phone.suggested')}</span
  >`;

/** Points that can be mended and taken down by whoever wrote them. */
const point = (c, it, others) => {
  const { id, text, lap, wait } = it;
  const mine = isOf(it, c.ui.seats);
  return c.ui.edit === id
    ? html`<li>
        <form class="compose" data-do="mend" data-slot=${id}>
          <textarea
            name="text"
            aria-label=${c.t('phone.mend')}
            rows="3"
            maxlength=${limits.text}
            .value=${text}
          ></textarea>
          ${traits.builds(c.part) ? html`<div class="pick">${links(c, lap)}</div>` : nothing}
          <p class="row">
            <button class="primary">${c.t('phone.save')}</button
            >${button('withdraw', c.t('phone.take_down'), 'quiet', id)}
          </p>
        </form>
      </li>`
    : html`<li>
        <p>
          ${(others && !mine) || isShared(c) ? by(c, it) : nothing} ${text}
          ${it.answer && mine && !wait ? suggested(c, it) : nothing}
        </p>
        ${wait ? html`<span class="time">${c.t('phone.waits')}</span>` : mine ? buttonFor(text, 'edit', c.t('phone.mend'), 'link', id) : nothing}
      </li>`;
};

/** Points of this part, those on their way among them. */
export const points = (c, wanted, others = true) => {
  const here = [
    ...contributionsOf(c.state, c.part.id),
    ...c.state.own.filter((each) => each.part === c.part.id),
  ];
  const waits = c.ui.out
    .map((each) => ({ ...each, wait: true }))
    .filter((each) => each.part === c.part.id && !here.some(({ id }) => id === each.id));
  const all = [...here, ...waits].filter(
    (each) => wanted(each) && (others || isOf(each, c.ui.seats)),
  );
  return all.length
    ? html`<ul class="points">
        ${all.map((each) => point(c, each, others))}
      </ul>`
    : nothing;
};
