// table.js -- the table as this phone sees it, and whose turn it is to write where two share a
// phone.
import { html, nothing, svg } from 'lit-html';
import * as traits from 'runde:traits';
import { places } from '../shared/ring.js';
import { voices } from '../shared/schedule.js';
import { onBoard } from './notepad.js';
import { nameOf, speakersOf } from './pieces.js';
import { isShared } from './sharing.js';

/** What stands inside of the ring: [large, small]. */
function inside(c) {
  const { speaker, queue } = c.state.now;
  if (c.ui.seats.includes(speaker))
    return c.ui.seats.length > 1
      ? [speakersOf(c, speaker), c.t('phone.has')]
      : [c.t('phone.you_have'), ''];
  if (speaker)
    return [c.t('phone.speaks', { name: speakersOf(c, speaker) }), c.t('phone.we_listen')];
  return queue.length ? [c.t('phone.begins'), c.t('phone.begins_then')] : ['', ''];
}

/** "Elev A": EA. "Malik": Ma. "Mette (Elev)": ME. */
const initials = (name) => {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [name];
  return words[1]
    ? words
        .map(([first]) => first)
        .slice(0, 3)
        .join('')
    : [...name].slice(0, 2).join('');
};

/**
 * The table as this phone sees it: who speaks, where I sit. Beyond what can be told apart only the
 * line remains.
 */
export const ring = (c) => {
  const { seats, now } = c.state;
  const [title, small] = inside(c);
  const at = seats.length > 40 ? [] : places(seats.length, 43);
  const heard = now.heard.flatMap((n) => voices(c.state, n));
  const dot = ({ x, y }, i) => {
    const n = seats[i].seat;
    const me = c.ui.seats.includes(n);
    const kind = n === now.speaker ? 'on' : heard.includes(n) ? 'heard' : '';
    return svg`<circle class="${me ? 'me ' : ''}${kind}" cx=${x} cy=${y} r=${n === now.speaker ? 6 : me ? 6.6 : 3} />${
      me
        ? svg`<text x=${x} y=${y + 1.7}>${isShared(c) ? initials(nameOf(c, n)) : c.t('phone.you')}</text>`
        : nothing
    }`;
  };
  return html`<div class="ring">
    <svg viewBox="-51 -51 102 102" aria-hidden="true">
      <circle class="table" r="43" />
      ${at.map(dot)}
    </svg>
    <p><b class=${title.length > 24 ? 'long' : ''}>${title}</b><span>${small}</span></p>
  </div>`;
};

/**
 * What the round is about, quietly and where there is room: the large words are for where I stand.
 */
export const asks = (c) =>
  (c.part.questions ?? [c.part.text]).map((text) =>
    text ? html`<p class="asks soft">${text}</p>` : nothing,
  );

/** Which lap it is, and what a later one is for. */
export const lapHead = (c) => {
  const { lap, laps } = c.state.now;
  if (laps < 2) return nothing;
  return html`<p class="soft">${c.t('phone.lap', { n: lap, of: laps })}</p>
    ${lap > 1 && traits.builds(c.part) ? html`<p class="then">${c.t('console.lap_builds')}</p>` : nothing}`;
};

/** What everybody can see of the notes in the field. */
export const shownAs = (c) =>
  onBoard(c) ? html`<p class="small">${c.t('phone.shown_as', { n: onBoard(c) })}</p>` : nothing;

/** Notes that were written elsewhere, at a tap. */
export const earlier = (c, list) =>
  list.some(({ text }) => text)
    ? html`<details class="pick earlier">
        <summary>${c.t('phone.earlier')}</summary>
        ${list.map(({ title, text }) =>
          text
            ? html`<p class="soft">${title}</p>
                <p>${text}</p>`
            : nothing,
        )}
      </details>`
    : nothing;
