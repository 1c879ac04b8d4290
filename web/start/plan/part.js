// part.js -- a part of an item: one line with what matters, and all of its settings when it is
// opened.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { has, t } from '../../shared/i18n.js';
import { isProtected } from '../../shared/parts.js';
import { isOn, numberIn, settingsOf, withMethod } from './agenda.js';
import { partSchema } from './check.js';
import { choice, errorAt, field, tick } from './field.js';
import { sign } from './signs.js';
import { lengths, rounds, SIZES, turnOf } from './sums.js';
import { duration, idOf, minutes, partName } from './words.js';

const METHODS = partSchema.properties.method.enum;
const SECOND = 1000;

/** Where a part stands: its item, its own place, and the path to it. */
const spot = (form, item, part) => {
  const i = form.items.indexOf(item);
  const k = item.parts.indexOf(part);
  return { i, k, path: ['items', i, 'parts', k] };
};

/**
 * What each gets in a round, for the chosen number of people; a sign and a word where it is too
 * little.
 */
function each(ctx, item, part) {
  const ms = turnOf(ctx.s.form, item, part, ctx.s.people);
  if (ms === null) return nothing;
  const { least } = rounds(ctx.s.form, []).find((round) => round.part === part);
  const tight = ms < least;
  return html`<span class=${tight ? 'each tight' : 'each'}
    >${tight ? sign('warn') : nothing}${t('plan.each', { time: duration(ms) })}${tight ? html` <span>– ${t('plan.too_short')}</span>` : nothing}</span
  >`;
}

const lengthHint = (ctx, item, part) => {
  if (part.minutes !== undefined) return '';
  const lender = part.shares && item.parts.find(({ id }) => id === part.shares);
  if (part.shares)
    return lender ? t('plan.shares_with', { name: partName(lender) }) : t('plan.shares_other');
  return t('plan.gets_rest', { n: minutes(lengths(item)[item.parts.indexOf(part)] / 60000) });
};

const minutesField = (ctx, item, part, path) => {
  const id = idOf([...path, 'minutes']);
  const wrong = ctx.wrongAt([...path, 'minutes'].join('.'));
  const rest = lengthHint(ctx, item, part);
  return html`<span class="min"
      ><label class="vh" for=${id}>${t('plan.minutes_of', { name: partName(part) })}</label>
      <input
        id=${id}
        class="field num"
        inputmode="numeric"
        autocomplete="off"
        .value=${live(part.minutes === undefined ? '' : String(part.minutes))}
        placeholder="–"
        aria-invalid=${wrong ? 'true' : nothing}
        aria-describedby=${wrong ? `${id}-e` : nothing}
        @input=${(event) => ctx.type([...path, 'minutes'], numberIn(event.target.value))}
        @blur=${ctx.settle}
      /><span class="unit">${t('plan.min')}</span>
      ${rest && !wrong ? html`<span class="rest">${rest}</span>` : nothing}</span
    >${errorAt(id, wrong)}`;
};

const handle = (ctx, part) =>
  html` <button
    class="handle"
    id=${`handle-${part.id}`}
    aria-label=${t('plan.move_part', { name: partName(part) })}
    title=${t('plan.move_how')}
    @pointerdown=${(event) => ctx.acts.dragPart(event, part.id)}
    @keydown=${(event) => ctx.acts.partKey(event, part.id)}
  >
    ${sign('grip')}
  </button>`;

/** @param {import('./store.js').Ctx} ctx */
export function partRow(ctx, item, part) {
  const { i, k, path } = spot(ctx.s.form, item, part);
  const open = ctx.s.open.has(part.id);
  const on = isOn(part);
  const wrong =
    !open &&
    ctx
      .wrong()
      .some(
        (each) => each.path.startsWith(`${path.join('.')}.`) && !each.path.endsWith('.minutes'),
      );
  const { drag } = ctx.s;
  const before = drag?.kind === 'part' && drag.item === i && drag.to === k;
  const last =
    drag?.kind === 'part' &&
    drag.item === i &&
    drag.to === item.parts.length &&
    k === item.parts.length - 1;
  const how = [
    'part',
    on ? '' : 'off',
    open ? 'open' : '',
    before ? 'before' : '',
    last ? 'after' : '',
    drag?.key === part.id ? 'dragged' : '',
  ]
    .filter(Boolean)
    .join(' ');
  return html`<li class=${how}>
    <div class="part-row">
      ${handle(ctx, part)}
      <button
        class="part-name"
        aria-expanded=${String(open)}
        aria-controls=${`part-${part.id}`}
        @click=${() => ctx.toggle(part.id)}
      >
        ${partName(part) === t('method.' + part.method) ? nothing : html`<span class="method">${t('method.' + part.method)}</span>`}<span
          class="title"
          >${partName(part)}</span
        >
        ${part.optional ? html`<span class="tag">${on ? t('plan.optional_on') : t('plan.optional_off')}</span>` : nothing}
        ${wrong ? html`<span class="tag wrong">${sign('warn')}${t('plan.has_wrong')}</span>` : nothing}
      </button>
      ${each(ctx, item, part)}
      ${part.optional ? html`<label class="switch"><input type="checkbox" role="switch" .checked=${live(on)} @change=${(event) => ctx.acts.switchPart(part.id, event.target.checked)} /><span>${t('plan.with')}</span><span class="vh">: ${partName(part)}</span></label>` : nothing}
      ${minutesField(ctx, item, part, path)}
      <span class="chevron" aria-hidden="true">${sign(open ? 'up' : 'down')}</span>
    </div>
    <div id=${`part-${part.id}`} class="part-form" ?hidden=${!open}>
      ${open ? partForm(ctx, item, part, path) : nothing}
    </div>
  </li>`;
}

const partForm = (ctx, item, part, path) =>
  html` <div class="grid">
      ${choice({
        id: idOf([...path, 'method']),
        label: t('plan.f_method'),
        hint: t('plan.method_how.' + part.method),
        value: part.method,
        options: METHODS.map((method) => [method, t('method.' + method)]),
        change: (method) => ctx.part(part.id, (it) => withMethod(it, method)),
      })}
      ${field(ctx, { path: [...path, 'title'], label: t('plan.f_title'), hint: t('plan.f_part_title_how') })}
      ${field(ctx, { path: [...path, 'text'], label: t('plan.f_text'), hint: t('plan.f_text_how'), kind: 'long', size: 'whole' })}
      ${field(ctx, { path: [...path, 'questions'], label: t('plan.f_questions'), hint: t('plan.f_questions_how'), kind: 'lines', size: 'whole' })}
      ${field(ctx, { path: [...path, 'lead'], label: t('plan.f_lead'), hint: t('plan.f_lead_how') })}
      ${field(ctx, { path: [...path, 'responsible'], label: t('plan.f_responsible'), hint: t('plan.f_responsible_how'), kind: 'lines', rows: 1 })}
    </div>
    ${settings(ctx, item, part, path)} ${table(ctx, part)}
    <div class="row foot">
      <button class="b" @click=${() => ctx.acts.stepPart(part.id, -1)}>
        ${sign('up')}${t('plan.up')}
      </button>
      <button class="b" @click=${() => ctx.acts.stepPart(part.id, 1)}>
        ${sign('down')}${t('plan.down')}
      </button>
      <button class="b" @click=${() => ctx.acts.copyPart(part.id)}>${t('plan.copy')}</button>
      <button class="b" @click=${() => ctx.acts.removePart(part.id)}>${t('plan.remove')}</button>
    </div>`;

/** A boolean that is its default when it is not there. */
const flag = (ctx, part, name, fallback, hint = '') =>
  tick(ctx, {
    id: `s-${part.id}-${name}`,
    label: t('plan.s.' + name),
    hint,
    on: part[name] ?? fallback,
    change: (on) => ctx.part(part.id, (it) => without(it, name, on === fallback ? undefined : on)),
  });

const without = (part, name, value) => {
  const { [name]: gone, ...rest } = part;
  return value === undefined ? rest : { ...rest, [name]: value };
};

const turnMin = (ctx, part, path) => {
  const id = idOf([...path, 'turn_min']);
  const value = Number.isInteger(part.turn_min)
    ? String(part.turn_min / SECOND)
    : (part.turn_min ?? '');
  const wrong = ctx.wrongAt([...path, 'turn_min'].join('.'));
  return html`<div class="f">
    <label for=${id}>${t('plan.s.turn_min')}</label>
    <p class="hint" id=${`${id}-h`}>${t('plan.s_how.turn_min')}</p>
    ${errorAt(id, wrong)}
    <span class="line"
      ><input
        id=${id}
        class="field short"
        inputmode="numeric"
        autocomplete="off"
        .value=${live(String(value))}
        aria-describedby=${`${id}-h`}
        aria-invalid=${wrong ? 'true' : nothing}
        @blur=${ctx.settle}
        @input=${(event) => {
          const seconds = numberIn(event.target.value);
          ctx.type([...path, 'turn_min'], typeof seconds === 'number' ? seconds * SECOND : seconds);
        }}
      /><span class="unit">${t('plan.seconds')}</span></span
    >
  </div>`;
};

const SETTING = {
  turn_min: turnMin,
  start: (ctx, part, path) =>
    choice({
      id: idOf([...path, 'start']),
      label: t('plan.s.start'),
      value: part.start ?? 'seat_order',
      options: partSchema.properties.start.enum.map((name) => [name, t('plan.start.' + name)]),
      change: (name) =>
        ctx.part(part.id, (it) => without(it, 'start', name === 'seat_order' ? undefined : name)),
    }),
  laps: (ctx, part, path) =>
    field(ctx, {
      path: [...path, 'laps'],
      label: t('plan.s.laps'),
      hint: t('plan.s_how.laps'),
      kind: 'number',
      size: 'short',
    }),
  first_lap: (ctx, part, path) =>
    field(ctx, {
      path: [...path, 'first_lap'],
      label: t('plan.s.first_lap'),
      hint: t('plan.s_how.first_lap'),
      kind: 'number',
      size: 'short',
      unit: '%',
    }),
};

/** Those that are so unless the agenda says otherwise. */
const USUAL = new Set(['presenter_turn', 'facilitator_turn', 'fair']);
const isSwitch = (name) => partSchema.properties[name].type === 'boolean';
const switchOf = (ctx, part, name) =>
  flag(ctx, part, name, USUAL.has(name), has('plan.s_how.' + name) ? t('plan.s_how.' + name) : '');

/** Whose minutes a part without its own shares. */
const sharing = (ctx, item, part, path) => {
  const others = item.parts.filter((other) => other !== part && !other.shares);
  if (part.minutes !== undefined || !others.length) return nothing;
  return choice({
    id: idOf([...path, 'shares']),
    label: t('plan.s.shares'),
    hint: t('plan.s_how.shares'),
    value: part.shares ?? '',
    wrong: ctx.wrongAt([...path, 'shares'].join('.')),
    options: [
      ['', t('plan.shares_none')],
      ...others.map((other) => /** @type {[string, string]} */ ([other.id, partName(other)])),
    ],
    change: (id) => ctx.part(part.id, (it) => without(it, 'shares', id || undefined)),
  });
};

const settings = (ctx, item, part, path) =>
  html` <fieldset class="settings">
    <legend>${t('plan.settings')}</legend>
    <div class="grid">
      <div>
        ${settingsOf(part.method, partSchema)
          .filter((name) => !isSwitch(name))
          .map((name) => SETTING[name](ctx, part, path))}${sharing(ctx, item, part, path)}
      </div>
      <div>
        ${settingsOf(part.method, partSchema)
          .filter(isSwitch)
          .map((name) => switchOf(ctx, part, name))}
        ${flag(ctx, part, 'optional', false, t('plan.s_how.optional'))}
        ${flag(ctx, part, 'protected', isProtected({ method: part.method }), t('plan.s_how.protected'))}
      </div>
    </div>
  </fieldset>`;

/** What each gets at tables of other sizes. */
const table = (ctx, part) => {
  const round = rounds(ctx.s.form, SIZES).find((it) => it.part === part);
  if (!round) return nothing;
  return html`<p class="sizes">
    <b>${t('plan.per_person')}</b>${' '}
    ${round.turns.map(({ people, ms, tight }) => html`<span class=${tight ? 'tight' : ''}>${t('plan.people_get', { n: people, time: duration(ms) })}${tight ? sign('warn') : nothing}</span>`)}
    <span class="quiet">${t('plan.least', { n: round.least / SECOND })}</span>
  </p>`;
};
