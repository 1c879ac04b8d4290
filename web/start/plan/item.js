// item.js -- an item of the agenda: its title and minutes, whether its parts add up to them, the
// ways out, and its parts.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { t } from '../../shared/i18n.js';
import { numberIn } from './agenda.js';
import { itemSchema, partSchema } from './check.js';
import { errorAt, field } from './field.js';
import { partRow } from './part.js';
import { sign } from './signs.js';
import { itemSum, ways } from './sums.js';
import { idOf, itemName, minutes, partName } from './words.js';

/** "42 af 45 min: 3 min luft", "47 af 45 min: 2 over" */
export function sumWords({ sum, minutes: planned, over }) {
  const n = Math.abs(over);
  const said = { sum: minutes(sum), minutes: minutes(planned), n };
  if (over > 0) return t('plan.sum_over', said);
  return over < 0 ? t('plan.sum_air', said) : t('plan.sum_fits', said);
}

const sumOf = (item) => {
  const sum = itemSum(item);
  const how = sum.over > 0 ? 'sum over' : sum.over < 0 ? 'sum air' : 'sum fits';
  const more =
    sum.withOptional !== sum.sum
      ? html` <span class="quiet"
          >${t('plan.sum_optional', { n: minutes(sum.withOptional) })}</span
        >`
      : nothing;
  return html`<p class=${how}>
    ${sum.over > 0 ? sign('warn') : sum.over === 0 ? sign('done') : nothing}<span>${sumWords(sum)}</span>${more}
  </p>`;
};

/**
 * A way as what it would do: nothing is done before somebody chooses. @param
 * {import('./sums.js').Way} it
 */
function wayWords({ way, part, item, from, to }) {
  const said = {
    name: part ? partName(part) : '',
    item: item ? itemName(item) : '',
    from: minutes(from),
    to: minutes(to),
  };
  return part && way === 'borrow' ? t('plan.way.borrow_part', said) : t('plan.way.' + way, said);
}

const waysOut = (ctx, item) => {
  const found = ways(ctx.s.form, item);
  if (!found.length) return nothing;
  return html`<div
    class="ways"
    role="group"
    aria-label=${t('plan.ways_of', { name: itemName(item) })}
  >
    <span class="quiet">${itemSum(item).over > 0 ? t('plan.ways_over') : t('plan.ways_air')}</span>
    ${found.map((it) => html`<button class="b small" @click=${() => ctx.acts.way(wayWords(it), it.form)}>${wayWords(it)}</button>`)}
  </div>`;
};

const head = (ctx, item, path) => {
  const title = idOf([...path, 'title']);
  const length = idOf([...path, 'minutes']);
  const [wrongTitle, wrongLength] = ['title', 'minutes'].map((name) =>
    ctx.wrongAt([...path, name].join('.')),
  );
  return html`<div class="item-head">
    <button
      class="handle"
      id=${`handle-i${item.key}`}
      aria-label=${t('plan.move_item', { name: itemName(item) })}
      title=${t('plan.move_how')}
      @pointerdown=${(event) => ctx.acts.dragItem(event, item.key)}
      @keydown=${(event) => ctx.acts.itemKey(event, item.key)}
    >
      ${sign('grip')}
    </button>
    <div class="f">
      <label for=${title}>${t('plan.item_no', { n: String(item.no) })}</label
      >${errorAt(title, wrongTitle)}
      <input
        id=${title}
        class="field item-title"
        .value=${live(item.title ?? '')}
        autocomplete="off"
        aria-invalid=${wrongTitle ? 'true' : nothing}
        aria-describedby=${wrongTitle ? `${title}-e` : nothing}
        @input=${(event) => ctx.type([...path, 'title'], event.target.value)}
        @blur=${ctx.settle}
      />
    </div>
    <div class="f">
      <label for=${length}>${t('plan.minutes')}</label>${errorAt(length, wrongLength)}
      <span class="line"
        ><input
          id=${length}
          class="field num short"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(item.minutes === undefined ? '' : String(item.minutes))}
          aria-label=${t('plan.minutes_of', { name: itemName(item) })}
          aria-invalid=${wrongLength ? 'true' : nothing}
          aria-describedby=${wrongLength ? `${length}-e` : nothing}
          @input=${(event) => ctx.type([...path, 'minutes'], numberIn(event.target.value))}
          @blur=${ctx.settle}
      /></span>
    </div>
  </div>`;
};

const bank = (ctx, item, path) =>
  html` ${(item.bank ?? []).map(
    (group, g) =>
      html`<fieldset class="bank">
        <legend>${t('plan.bank_no', { n: String(g + 1) })}</legend>
        ${field(ctx, { path: [...path, 'bank', g, 'title'], label: t('plan.f_bank_title') })}
        ${field(ctx, { path: [...path, 'bank', g, 'questions'], label: t('plan.f_questions'), hint: t('plan.f_questions_how'), kind: 'lines', rows: 3 })}
        <button class="b text" @click=${() => ctx.acts.removeBank(item.key, g)}>
          ${t('plan.remove_group')}
        </button>
      </fieldset>`,
  )}
  ${(item.bank ?? []).length < itemSchema.properties.bank.maxItems ? html`<button class="b" @click=${() => ctx.acts.addBank(item.key)}>${t('plan.add_group')}</button>` : nothing}`;

const more = (ctx, item, path) =>
  html` <div class="grid">
      ${field(ctx, { path: [...path, 'goal'], label: t('plan.f_goal'), hint: t('plan.f_goal_how'), kind: 'long' })}
      ${field(ctx, { path: [...path, 'responsible'], label: t('plan.f_responsible'), hint: t('plan.f_responsible_how'), kind: 'lines', rows: 1 })}
    </div>
    <h3>${t('plan.bank')}</h3>
    <p class="hint">${t('plan.bank_how')}</p>
    ${bank(ctx, item, path)}
    <div class="row foot">
      <button class="b" @click=${() => ctx.acts.stepItem(item.key, -1)}>
        ${sign('up')}${t('plan.up')}
      </button>
      <button class="b" @click=${() => ctx.acts.stepItem(item.key, 1)}>
        ${sign('down')}${t('plan.down')}
      </button>
      <button class="b" @click=${() => ctx.acts.copyItem(item.key)}>${t('plan.copy_item')}</button>
      <button class="b" @click=${() => ctx.acts.removeItem(item.key)}>
        ${t('plan.remove_item')}
      </button>
    </div>`;

const METHODS = partSchema.properties.method.enum;

/** A new part begins with its method: that is what it is. */
const adder = (ctx, item, path) => {
  const id = `add-${item.key}`;
  const wrong = ctx.wrongAt([...path, 'parts'].join('.'));
  if (item.parts.length >= itemSchema.properties.parts.maxItems)
    return html`<p class="hint">${t('plan.parts_full', { n: item.parts.length })}</p>`;
  return html`<div class="adder" id=${idOf([...path, 'parts'])} tabindex="-1">
    ${wrong ? html`<p class="error">${wrong}</p>` : nothing}<label for=${id}
      >${t('plan.add_part')}</label
    >
    <select
      id=${id}
      class="field"
      @change=${(event) => {
        const method = event.target.value;
        event.target.value = '';
        if (method) ctx.acts.addPart(item.key, method);
      }}
    >
      <option value="">${t('plan.choose_method')}</option>
      ${METHODS.map((method) => html`<option value=${method}>${t('method.' + method)}</option>`)}
    </select>
  </div>`;
};

/** @param {import('./store.js').Ctx} ctx */
export function itemCard(ctx, item, i) {
  const path = ['items', i];
  const name = `i${item.key}`;
  const open = ctx.s.open.has(name);
  const { drag } = ctx.s;
  const before = drag?.kind === 'item' && drag.to === i;
  const last = drag?.kind === 'item' && drag.to === ctx.s.form.items.length && i === drag.to - 1;
  const into = drag?.kind === 'part' && drag.item === i && !item.parts.length;
  const how = [
    'item',
    before ? 'before' : '',
    last ? 'after' : '',
    into ? 'into' : '',
    drag?.kind === 'item' && drag.key === item.key ? 'dragged' : '',
  ]
    .filter(Boolean)
    .join(' ');
  return html`<li class=${how} id=${`item-${item.key}`}>
    ${head(ctx, item, path)}
    <div class="item-sum">${sumOf(item)}${waysOut(ctx, item)}</div>
    <ol class="parts">
      ${item.parts.map((part) => partRow(ctx, item, part))}
    </ol>
    <div class="item-foot">
      ${adder(ctx, item, path)}
      <button
        class="b text more"
        aria-expanded=${String(open)}
        aria-controls=${`more-${name}`}
        @click=${() => ctx.toggle(name)}
      >
        ${sign(open ? 'up' : 'down')}${t('plan.item_more')}
      </button>
    </div>
    <div id=${`more-${name}`} class="item-more" ?hidden=${!open}>
      ${open ? more(ctx, item, path) : nothing}
    </div>
  </li>`;
}
