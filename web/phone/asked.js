// asked.js -- what the meeting wants of whoever comes, in words for who has never been at one: what each
// part asks of everybody, what to think about before it, and what is one's own to do.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { dutySeat, fits, phraseOf } from '../shared/duty.js';
import { whose } from './sharing.js';

/** What a part is like, and what that asks: the first that holds says most. */
const WANTS = [
  [(part) => part.intro, (t) => t('phone.asked_intro')],
  [traits.presented, (t) => t('phone.asked_listen')],
  [traits.silent, (t) => t('phone.asked_silent')],
  [traits.written_by, (t) => t('phone.asked_pairs')],
  [traits.decides, (t) => t('phone.asked_decides')],
  [traits.nameless, (t) => t('phone.asked_nameless')],
  [(part) => traits.boxes(part).length > 0, (t) => t('phone.asked_gathers')],
  [traits.builds, (t) => t('phone.asked_builds')],
  [traits.hands_wait, (t) => t('phone.asked_hands')],
  [(part) => part.answers, (t) => t('phone.asked_questions')],
  [() => true, (t) => t('phone.asked_turns')],
];
const wants = (t, part) => WANTS.find(([is]) => is(part))[1](t);

const isOn = (part) => part.on !== false;

/** What an item asks of everybody, each thing once. */
export const itemWants = (t, item) => {
  const all = new Set((item.parts ?? []).filter(isOn).map((part) => wants(t, part)));
  return all.size
    ? html`<ul class="wants">
        ${[...all].map((words) => html`<li>${words}</li>`)}
      </ul>`
    : nothing;
};

/** Questions that are good to know before: those about the matter, not how it went or what is decided. */
const toThinkOf = (items) => {
  const parts = items.flatMap((item) => item.parts ?? []).filter(isOn);
  const told = (part) =>
    !traits.decides(part) && !traits.nameless(part) && !part.answers && !part.intro;
  return [...new Set(parts.filter(told).flatMap((part) => part.questions ?? []))];
};

const wordsIn = (text) => text.split(/\s+/).length;

/** What this phone's seat has to do in a part; nothing where it is as everybody. */
function dutiesIn({ state, t }, seat, part) {
  const title = part.title ?? part.item.title;
  const phrases = [...(part.responsible ?? []), ...(part.item.responsible ?? [])];
  const mine = phrases.filter((phrase) => fits(seat.function, phrase));
  // The agenda's own words, where they say what is to be done and not only by whom.
  const said = mine.filter((phrase) => wordsIn(phrase) > wordsIn(seat.function));
  const has = (duty) => dutySeat(state, part, duty)?.seat === seat.seat;
  const plain = (duty) => has(duty) && (part[duty] || !said.includes(phraseOf(part, duty)));
  return [
    ...(plain('presenter') ? [t('phone.duty_presents', { title })] : []),
    ...(plain('facilitator') ? [t('phone.duty_leads', { title })] : []),
    ...said.map((phrase) => t('phone.duty_says', { title: part.item.title, phrase })),
  ];
}

/** Each once: an item's words hold for all of its parts. */
const dutiesOf = (c, seat) => [
  ...new Set(
    c.state.items.flatMap((item) =>
      item.parts.filter(isOn).flatMap((part) => dutiesIn(c, seat, { ...part, item })),
    ),
  ),
];

/** @param {any} c  a Context: who has a place here */
function duties(c) {
  const seats = c.state.seats.filter(({ seat }) => c.ui.seats.includes(seat));
  const all = seats.flatMap((seat) => dutiesOf(c, seat).map((words) => whose(c, seat.seat, words)));
  const none = c.ui.seats.length > 1 ? c.t('phone.asked_no_duty_two') : c.t('phone.asked_no_duty');
  return all.length
    ? html`<ul class="note duties">
        ${all.map((words) => html`<li>${words}</li>`)}
      </ul>`
    : html`<p>${none}</p>`;
}

/**
 * What is asked of who reads it. items: the agenda's; c: a Context, or nothing where nobody has come in
 * from here.
 */
export function asked(t, items, c) {
  const think = toThinkOf(items);
  return html`<h2>${c?.ui.seats.length > 1 ? t('phone.asked_of_two') : t('phone.asked_of')}</h2>
    ${c ? duties(c) : nothing}
    <p>${t('phone.asked_pass')}</p>
    ${
      think.length
        ? html`<p>${t('phone.asked_think')}</p>
            <ul class="think">
              ${think.map((question) => html`<li>${question}</li>`)}
            </ul>`
        : nothing
    }`;
}
