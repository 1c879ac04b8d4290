// phone.js -- the seven answers as they fill in, and a field to suggest with. Nothing is voted
// on.
import { html, nothing } from 'lit-html';
import { enums } from 'runde:protocol';
import { answer, names, returns } from '../../phone/answers.js';
import { drawer } from '../../phone/notepad.js';
import { clock, nameOf } from '../../phone/pieces.js';
import { compose, named, points } from '../../phone/points.js';
import { asks } from '../../phone/table.js';
import { writers } from '../../phone/sharing.js';

/** A part that asks seven questions asks one for each answer. */
const inOrder = (c) => c.part.questions?.length === enums.answer.length;
const its = (c, name) =>
  inOrder(c) ? html`<p class="soft">${c.part.questions[enums.answer.indexOf(name)]}</p>` : nothing;

/**
 * An answer with what is suggested for it. Its place in the page is always the same, and only its
 * looks move: who writes goes on.
 */
const asked = (c, it) =>
  html`<div class=${c.state.decision.open === it.answer ? 'first' : ''}>
    ${answer(c, it, its(c, it.answer))} ${points(c, (each) => each.answer === it.answer)}
    <details class="pick">
      <summary aria-label=${named(c.t('phone.suggest'), names(c.t)[it.answer])}>
        ${c.t('phone.suggest')}
      </summary>
      ${writers(c)}
      ${compose(c, c.t('phone.suggestion'), { slot: it.answer, verb: c.t('phone.send'), about: names(c.t)[it.answer], seen: c.t('phone.seen_suggestion', { name: nameOf(c, c.seat) }) })}
    </details>
  </div>`;

/** @param {import('../../phone/pieces.js').Context} c */
export default function decision(c) {
  const { answers } = c.state.decision;
  return {
    body: html`<div class="ask">
        <h1>${c.part.title ?? c.part.item.title}</h1>
        ${clock(c)}
      </div>
      ${inOrder(c) ? nothing : asks(c)} ${returns(c)}
      <div class="answers">
        ${enums.answer.map((each) => asked(c, answers.find((known) => known.answer === each) ?? { answer: each }))}
      </div>`,
    foot: drawer(c),
  };
}
