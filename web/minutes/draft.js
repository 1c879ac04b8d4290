// draft.js -- the draft: the minutes as the server words them, and the page's tools on them. What a
// tool stands in place of is still there for paper, where no tool is.
import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import * as traits from 'runde:traits';
import { blocks } from '../shared/draft.js';
import { deskField, writesHere } from '../shared/field.js';
import { t } from '../shared/i18n.js';
import { recapKey } from '../shared/keys.js';
import { lapsOver } from '../shared/laps.js';
import { partOf } from '../shared/model.js';
import { answerRow, taskRow } from './answers.js';
import { floorWords } from './pieces.js';
import { pointItem } from './points.js';
import { isOpen, may } from './read.js';

/** @typedef {import('../shared/draft.js').Node} Node */

/** @param {import('./pieces.js').Ctx} ctx */
export function draftView(ctx) {
  const { minutes } = ctx;
  if (!minutes)
    return html`<article class="paper" aria-label=${t('minutes.draft')}>
      <h1>${ctx.state.meeting.title}</h1>
      <p class="soft" role="status">
        ${ctx.stale ? t('minutes.not_fetched') : t('minutes.fetching')}
      </p>
    </article>`;
  const at = minutes.of.findIndex(({ about }) => about === 'decisions');
  const rest = (from, to) =>
    guard([minutes, ctx.saved, ctx.role, ctx.ui.mending, ctx.ui.linking, ctx.news], () =>
      drawn(ctx, minutes.of.slice(from, to)),
    );
  return html`<article class="paper" lang=${minutes.lang} aria-label=${t('minutes.draft')}>
    ${at < 0 ? nothing : [rest(0, at), drawn(ctx, [minutes.of[at]])]} ${rest(at + 1)}
  </article>`;
}

/** @param {import('./pieces.js').Ctx} ctx  @param {Node[]} nodes */
function drawn(ctx, nodes) {
  const points = new Map(ctx.state.contributions.map((point) => [point.id, point]));
  const hang = {
    decisions: ({ of }) => html`<section class="answers" id="answers">${draw(of)}</section>`,
    item: ({ of }) => html`<section class="item">${draw(of)}</section>`,
    part: (node) => partView(ctx, node, draw),
    lap: (node) => lapView(ctx, node, draw),
    contribution: (node) => pointItem(ctx, points.get(node.id), node),
    answer: (node) => answerRow(ctx, node),
    task: (node) => taskRow(ctx, node),
  };
  const draw = (of) => blocks(of, hang, repeat);
  return draw(nodes);
}

/** A part, with where the meeting is now; of one that decides the way to the answers. */
function partView(ctx, { id, of }, draw) {
  const { state } = ctx;
  const part = partOf(state, id);
  const now = state.now.part === id && isOpen(state);
  return html`<section
    class=${`part${now ? ' now' : ''}`}
    id=${`part-${id}`}
    aria-current=${now ? 'step' : nothing}
  >
    ${draw(of)}${traits.decides(part) ? wayToAnswers(ctx) : nothing}${
      now && state.now.speaker !== null
        ? html`<p class="floor">
            <span class="dot" aria-hidden="true"></span>${floorWords(state)}
          </p>`
        : nothing
    }
  </section>`;
}

const wayToAnswers = (ctx) =>
  html`<p class="way">
    <a
      href="#answers"
      @click=${(event) => {
        event.preventDefault();
        ctx.go('answers');
      }}
      >${t('minutes.to_answers')}</a
    >
  </p>`;

/** A lap under its heading: for whoever may write what it came to a field, once it is over. */
function lapView(ctx, { id, of }, draw) {
  const [head, ...below] = of;
  const recap = below.filter(({ is }) => is === 'paragraph');
  const said = below.filter(({ is }) => is !== 'paragraph');
  const [part, no] = id.split('/');
  const writes =
    may(ctx, 'gather') && (recap.length > 0 || Number(no) <= lapsOver(ctx.state, { id: part }));
  return html`<section class="lap">
    ${draw([head])}
    ${recap.length ? html`<div class=${writes ? 'read' : 'recap'}>${draw(recap)}</div>` : nothing}
    ${writes ? recapField(ctx, part, no) : nothing} ${draw(said)}
  </section>`;
}

function recapField(ctx, part, no) {
  const unit = recapKey(part, Number(no));
  const label = t('shared.recap_of', { lap: no });
  return html`<div class="recap tool">
    <p class="soft">${label} ${writesHere(ctx, unit)}</p>
    ${deskField(ctx, { unit, rows: 2, label, placeholder: t('shared.recap_how') })}
  </div>`;
}
