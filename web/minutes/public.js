// public.js -- the public edition beside the minutes: what will stand there, everything that was found
// in it, what becomes of each as somebody says, and which single contributions are taken in.
import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { live } from 'lit-html/directives/live.js';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { blocks, inline } from '../shared/draft.js';
import { list, t } from '../shared/i18n.js';
import { button } from './pieces.js';
import { may } from './read.js';

/**
 * @typedef {import('../shared/draft.js').Node} Node
 * Something that was found, as the schema of the minutes has it.
 * @typedef {{kind: import('runde:protocol').FindKind, text: string, key: string, instead: string,
 *   kept: boolean, decided: boolean}} Find
 */

/** Points in these boxes stand there anyhow: the room said them together. */
const COMMON = ['agreed', 'differing'];

/** Whether there are two to choose from. @param {import('./pieces.js').Ctx} ctx */
export const hasPublic = (ctx) => may(ctx, 'publish') && ctx.saved.now.state !== 'lobby';

/** Whether the public edition is looked at. @param {import('./pieces.js').Ctx} ctx */
export const isPublic = (ctx) => ctx.ui.public && hasPublic(ctx);

/** Which of the two is looked at. @param {import('./pieces.js').Ctx} ctx */
export const editions = (ctx) =>
  hasPublic(ctx)
    ? html`<div class="editions" role="group" aria-label=${t('minutes.editions')}>
        ${[false, true].map((which) =>
          button(
            which ? t('minutes.edition_public') : t('minutes.title'),
            () => ctx.lookAt(which),
            { pressed: String(isPublic(ctx) === which) },
          ),
        )}
      </div>`
    : nothing;

/**
 * What was found, each once, in the order of the text; `n`: how often.
 * @param {any[]} nodes  @param {boolean} [out]  in what is left out, instead of in what stands there
 * @returns {(Find & {n: number})[]}
 */
export function findsIn(nodes, out = false) {
  const found = new Map();
  const look = (within) => (node) => {
    const left = within || Boolean(node.out);
    if (node.is === 'find' && left === out)
      found.set(node.key, { ...node, n: (found.get(node.key)?.n ?? 0) + 1 });
    else if (out || !left) node.of?.forEach(look(left));
  };
  nodes.forEach(look(false));
  return [...found.values()];
}

/** What the public edition is called: its first heading, as it will stand. @param {any[]} nodes */
export function titleIn(nodes) {
  const said = (node) => {
    if (typeof node === 'string') return node;
    return node.is === 'find' && !node.kept ? node.instead : (node.text ?? '');
  };
  return (nodes.find(({ is }) => is === 'heading')?.of ?? []).map(said).join('');
}

/** Single contributions, and how many of them are taken in. @param {any[]} nodes */
function singles(ctx, nodes) {
  const all = nodes.flatMap(function look(node) {
    return node.about === 'contribution' ? [node] : (node.of?.flatMap?.(look) ?? []);
  });
  const may_ = all.filter((node) => !isCommon(ctx, node));
  return { all: may_.length, taken: may_.filter(({ out }) => !out).length };
}

const isCommon = (ctx, { id }) =>
  COMMON.includes(ctx.saved.contributions.find((point) => point.id === id)?.box);

/** Undecided, and it stays: somebody has to look at it. */
const isAsked = ({ decided, kept }) => !decided && kept;

/* The sheet. */

/** @param {import('./pieces.js').Ctx} ctx */
export function publicView(ctx) {
  const { minutes } = ctx.published;
  if (!minutes)
    return html`<article class="paper" aria-label=${t('minutes.edition_public')}>
      <h1>${ctx.state.meeting.title}</h1>
      <p class="soft" role="status">
        ${ctx.published.fails ? t('minutes.not_fetched') : t('minutes.fetching')}
      </p>
    </article>`;
  return html`<article
    class="paper public"
    lang=${minutes.lang}
    aria-label=${t('minutes.edition_public')}
  >
    ${guard([minutes, ctx.saved.contributions, ctx.role], () => drawn(ctx, minutes.of))}
  </article>`;
}

function drawn(ctx, nodes) {
  const known = new Set();
  /** The first of each is the place that its line beside leads to. */
  const placed = (find) => {
    const id = known.has(find.key) ? nothing : `find-${known.add(find.key).size}`;
    return html`<span class="place" id=${id}>${findView(ctx, find)}</span>`;
  };
  const draw = (of) => blocks(of, { contribution: (node) => single(ctx, node) });
  return draw(withFinds(nodes, placed));
}

/** The tree with its finds drawn; in what is left out, as they would stand. */
const withFinds = (nodes, draw) =>
  nodes.map((node) => {
    if (node.is === 'find') return { is: 'made', of: draw(node) };
    if (!node.of) return node;
    return { ...node, of: withFinds(node.of, node.out ? asItStands : draw) };
  });

const asItStands = ({ kept, text, instead }) =>
  html`<span class="find">${kept ? text : instead}</span>`;

const kindOf = ({ kind }) => t('minutes.find.' + kind);

/** What will stand there, what it is, and in one press the other way. */
const findView = (ctx, find) =>
  html`<button
    type="button"
    class=${`find ${find.kept ? 'stays' : 'goes'}${isAsked(find) ? ' asked' : ''}`}
    @click=${() => ctx.mark(find, find.kept ? 'replace' : 'keep')}
  >
    ${find.kept ? find.text : html`<s>${find.text}</s> <b>${find.instead}</b>`}<small
      >${kindOf(find)}</small
    ><span class="vh">${find.kept ? t('minutes.find_replace') : t('minutes.find_keep')}</span>
  </button>`;

/** A point; of a single one, whether it is taken in. */
function single(ctx, node) {
  const { id, out, of } = node;
  if (isCommon(ctx, node)) return html`<li>${inline(of)}</li>`;
  const choose = () => ctx.choose(id, Boolean(out));
  return html`<li class=${`single${out ? ' out' : ''}`}>
    <input
      type="checkbox"
      .checked=${live(!out)}
      aria-labelledby=${`single-${id} take-in`}
      @change=${choose}
    /><span id=${`single-${id}`} class=${out ? 'press' : nothing} @click=${out ? choose : nothing}
      >${inline(of)}</span
    >
  </li>`;
}

/* Beside it. */

/** @param {import('./pieces.js').Ctx} ctx */
export function publicDesk(ctx) {
  const nodes = ctx.published.minutes?.of ?? [];
  return html`<aside class="desk" aria-label=${t('minutes.edition_public')}>
    ${about(ctx, singles(ctx, nodes))} ${ctx.ui.wide ? getting(ctx, nodes) : nothing}
    ${ctx.published.minutes ? findsView(ctx, nodes) : nothing}
    ${ctx.ui.wide ? nothing : getting(ctx, nodes)}
  </aside>`;
}

const about = (ctx, { all, taken }) =>
  html`<section class="card publishing" aria-labelledby="publishing-title">
    <h2 id="publishing-title">${t('minutes.edition_public')}</h2>
    <p>${t('minutes.public_holds')}</p>
    <p>${t('minutes.public_read')}</p>
    ${
      all
        ? html`<p class="soft" role="status">
            ${t('minutes.public_singles', { n: all, taken: String(taken) })}
          </p>`
        : nothing
    }
    <span id="take-in" hidden>${t('minutes.take_in')}</span>
  </section>`;

/** In one column it stands behind what was found: nobody fetches past it. */
function getting(ctx, nodes) {
  const open = findsIn(nodes).filter(isAsked);
  const asked = open.length;
  const get = (format, anyway = false) => {
    const stops = asked > 0 && !anyway;
    ctx.set({ getting: stops ? format : '' });
    if (!stops) ctx.fetch(format, 'public');
  };
  return html`<section class="card publishing" aria-labelledby="getting-title">
    <h2 id="getting-title">${t('minutes.public_get')}</h2>
    <div class="bar">
      ${[
        ['docx', t('minutes.get_docx'), t('minutes.public_docx')],
        ['odt', t('minutes.get_odt'), t('minutes.public_odt')],
        ['html', t('minutes.get_html'), t('minutes.public_html')],
      ].map(([format, label, title]) =>
        button(label, () => get(format), { title, disabled: ctx.ui.fetching }),
      )}
    </div>
    ${
      ctx.ui.getting && asked
        ? html`<div class="notice" role="alert">
            <p>
              ${t('minutes.unsettled', { n: asked, finds: list(open.map(({ text }) => text)) })}
            </p>
            <div class="bar">
              ${button(
                t('minutes.see_first'),
                () => {
                  ctx.set({ getting: '' });
                  ctx.go('first-asked');
                },
                { look: 'small main' },
              )}
              ${button(t('minutes.get_anyway'), () => get(ctx.ui.getting, true), { look: 'small' })}
            </div>
          </div>`
        : nothing
    }
    ${afterFetched(ctx)}
  </section>`;
}

/** Said where the file is fetched, as it is on the other side: that it has been put where people read it. */
const afterFetched = (ctx) => {
  const { state } = ctx.saved.standing;
  if (state === 'approved')
    return html`<p>
      ${button(t('minutes.publish'), ctx.publish, { title: t('minutes.publish_long') })}
    </p>`;
  return ctx.saved.now.state === 'closed'
    ? html`<p class="soft" role="status">${t('minutes.standing.' + state)}</p>`
    : nothing;
};

function findsView(ctx, nodes) {
  const finds = findsIn(nodes);
  const known = new Set(finds.map(({ key }) => key));
  const out = findsIn(nodes, true).filter(({ key }) => !known.has(key)).length;
  const asked = finds.filter(isAsked).length;
  const replaced = finds.filter(({ decided, kept }) => !decided && !kept).length;
  const settled = !finds.length
    ? t('minutes.finds_none')
    : replaced
      ? t('minutes.finds_safe')
      : t('minutes.finds_all');
  return html`<details class="card finds" open>
    <summary>
      <h2>${t('minutes.finds')}</h2>
      <span class="soft" role="status"
        >${asked ? t('minutes.finds_asked', { n: asked }) : settled}</span
      >
    </summary>
    ${replaced ? html`<p class="soft">${t('minutes.finds_replaced', { n: replaced })}</p>` : nothing}
    ${out ? html`<p class="soft">${t('minutes.finds_out', { n: out })}</p>` : nothing}
    <ul class="plain">
      ${repeat(
        finds,
        ({ key }) => key,
        (find, i) => line(ctx, find, i + 1, find === finds.find(isAsked)),
      )}
    </ul>
  </details>`;
}

/** What becomes of it, and whether somebody said so. */
function fate({ decided, kept, instead }) {
  if (kept) return decided ? t('minutes.stays') : t('minutes.stays_unless');
  return decided ? t('minutes.goes', { instead }) : t('minutes.goes_unless', { instead });
}

const line = (ctx, find, no, first) => {
  const { key, text, n, kept, decided } = find;
  const way = (choice, label, title) =>
    button(label, () => ctx.mark(find, choice), {
      look: 'small',
      pressed: String(decided && kept === (choice === 'keep')),
      title,
    });
  const writes = ctx.ui.instead === key;
  return html`<li id=${first ? 'first-asked' : nothing} class=${isAsked(find) ? 'asked' : nothing}>
    <button type="button" class="jump" @click=${() => ctx.go(`find-${no}`)}>
      <span
        ><b>${text}</b> ${kindOf(find)}${n > 1 ? ` · ${t('minutes.find_times', { n })}` : nothing}
        <span class="soft">${fate(find)}</span></span
      >
    </button>
    <div class="bar">
      ${way('keep', t('minutes.keep'), t('minutes.keep_of', { text }))}
      ${way('replace', t('minutes.replace'), t('minutes.replace_of', { text }))}
      <button
        type="button"
        class="b small"
        aria-expanded=${String(writes)}
        aria-label=${t('minutes.own_words_of', { text })}
        @click=${() => ctx.set({ instead: writes ? null : key })}
      >
        ${t('minutes.own_words')}
      </button>
    </div>
    ${writes ? ownWords(ctx, find) : nothing}
  </li>`;
};

/** Once, when it is opened. @param {Element | undefined} field */
const begin = (field) => /** @type {HTMLElement | undefined} */ (field)?.focus();

/** Somebody's own words in its place; what stands in the field at first is what would stand there. */
function ownWords(ctx, find) {
  const done = async (event) => {
    event.preventDefault();
    const { value } = event.currentTarget.elements.instead;
    const words = value.trim();
    if (!words) return;
    await ctx.mark(find, 'replace', words);
    ctx.set({ instead: null });
  };
  return html`<form class="instead" @submit=${done}>
    <label
      ><span>${t('minutes.own_words_label', { text: find.text })}</span>
      <input
        class="field"
        name="instead"
        maxlength="200"
        autocomplete="off"
        required
        .value=${find.instead}
        ${ref(begin)}
    /></label>
    <button class="b small go">${t('minutes.own_words_do')}</button>
  </form>`;
}
