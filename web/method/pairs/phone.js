// phone.js -- talking two and two: with whom, about what, and one text that all of the pair write.
// Nobody else sees it before it is shown.
import { html, nothing } from 'lit-html';
import { limits } from 'runde:protocol';
import { stayed } from '../../shared/company.js';
import { list } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { hint } from '../../phone/heed.js';
import { isTooLong } from '../../phone/joint.js';
import { drawer, saved } from '../../phone/notepad.js';
import { nameOf, question } from '../../phone/pieces.js';
import { points } from '../../phone/points.js';
import { alone, writers } from '../../phone/sharing.js';

const keyOf = ({ part, pair }) => `${part}:${pair}`;

/** The pairs of those who sit at this phone: of one part, or of all. */
const own = (/** @type {any} */ state, seats, part = undefined) =>
  state.pairs.filter(
    (pair) => (!part || pair.part === part) && pair.seats.some((n) => seats.includes(n)),
  );

/** What this phone writes together with others: until it is shown. */
pairs.texts = (state, seats) =>
  own(state, seats)
    .filter(({ part }) => !state.shown.includes(part))
    .map((pair) => ({
      key: keyOf(pair),
      do: 'pairs.write',
      with: { part: pair.part, pair: pair.pair },
      text: pair.text ?? '',
    }));

/** With whom, in words; to several at one phone by their names. */
function company(c, here) {
  const { t, ui } = c;
  const named = (seats) => list(seats.map((n) => nameOf(c, n)));
  const mine = here.filter((n) => ui.seats.includes(n));
  const names = named(here.filter((n) => !ui.seats.includes(n)));
  if (ui.seats.length > 1)
    return names
      ? t('phone.pairs_beside', { who: named(mine), names })
      : t('phone.pairs_among', { names: named(mine) });
  return names ? t('phone.pairs_with', { names }) : t('phone.pairs_alone');
}

/** Who will see it, by how many write it. */
const seen = ({ t }, n) =>
  [
    t('phone.pairs_seen_one'),
    t('phone.pairs_seen_two'),
    t('phone.pairs_seen_three'),
    t('phone.pairs_seen_more'),
  ][Math.min(n, 4) - 1];

const writing = (c, pair) => {
  const { t } = c;
  const here = stayed(c.state, pair.seats);
  const { text, pending } = c.ui.late.joint.read(keyOf(pair));
  const moved = (pair.moved ?? []).filter((n) => here.includes(n) && !c.ui.seats.includes(n));
  const label = here.length > 1 ? t('phone.pairs_text') : t('phone.pairs_text_alone');
  return html`<section class="joint">
    <p class="soft">${t('phone.pairs_how')}</p>
    <h2>${company(c, here)}</h2>
    ${moved.length ? html`<p role="status">${t('phone.pairs_moved', { names: list(moved.map((n) => nameOf(c, n))) })}</p>` : nothing}
    ${here.length > 1 ? nothing : html`<p>${t('phone.pairs_alone_then')}</p>`}
    <textarea
      data-in="joint"
      data-key=${keyOf(pair)}
      aria-label=${label}
      placeholder=${label}
      maxlength=${limits.text}
      .value=${text}
    ></textarea>
    ${hint(c, text)}
    ${isTooLong(text) ? html`<p class="time" role="status">${t('phone.too_long')}</p>` : nothing}
    <p class="small">
      <span>${seen(c, here.length)}</span>${saved({ t, ui: { ...c.ui, text, pending } })}
    </p>
    <p class="small">${t('phone.no_names')}</p>
  </section>`;
};

/** Two of different pairs at one phone: each pair's text is its own. */
function mine(c) {
  const all = own(c.state, c.ui.seats, c.part.id);
  const texts = all.filter((pair) => all.length < 2 || pair.seats.includes(c.seat));
  const fields = () => texts.map((pair) => writing(c, pair));
  return all.length < 2 ? fields() : [writers(c), alone(c, fields)];
}

/** @param {import('../../phone/pieces.js').Context} c */
export default function pairs(c) {
  const shown = c.state.shown.includes(c.part.id);
  return {
    body: html`${question(c)} ${shown ? nothing : mine(c)}
    ${contributionsOf(c.state, c.part.id).length ? html`<h2>${c.t('phone.pairs_shown')}</h2>` : nothing}
    ${points(c, () => true)}`,
    foot: drawer(c),
  };
}
