// side.js -- the plan in figures beside it: when it ends, what each gets, and what is good to have
// done before the meeting.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { date, t, time } from '../../shared/i18n.js';
import { isAnswered, unanswered } from '../../shared/before.js';
import { fits } from '../../shared/duty.js';
import { numberIn } from './agenda.js';
import { daysUntil, isNear, isOneQuestion, unsound } from './before.js';
import { sign } from './signs.js';
import { clockAfter, daysBefore, rounds, SIZES, total } from './sums.js';
import { duration, minutes, partName } from './words.js';

const two = (n) => String(n).padStart(2, '0');
const after = (starts, n) => {
  const at = clockAfter(starts, n);
  return at && time(`${two(at.hours)}:${two(at.minutes)}`);
};

/** When it ends by the items' minutes, and by what the parts really take. */
export function ending(form) {
  const sum = total(form);
  return {
    ...sum,
    from: form.starts && clockAfter(form.starts, 0) ? time(form.starts) : null,
    to: after(form.starts, sum.minutes),
    really: after(form.starts, Math.round(sum.parts)),
  };
}

const totals = (form) => {
  const { minutes: planned, parts, from, to, really } = ending(form);
  const off = parts - planned;
  const said = { n: Math.abs(off), parts: minutes(parts), time: really ?? '' };
  return html`<section class="panel" aria-labelledby="sum-h">
    <h2 id="sum-h">${t('plan.in_all')}</h2>
    <p class="total num">${t('plan.minutes_n', { n: planned })}</p>
    <p>${from ? t('plan.from_to', { from, to }) : t('plan.no_start')}</p>
    ${off ? html`<p class=${off > 0 ? 'sum over' : 'sum air'}>${off > 0 ? sign('warn') : nothing}<span>${off > 0 ? t('plan.all_over', said) : t('plan.all_air', said)}${really && off > 0 ? ` ${t('plan.really', said)}` : ''}</span></p>` : nothing}
  </section>`;
};

const sizes = (s) =>
  [...new Set([...SIZES, ...(Number.isInteger(s.own) && s.own > 1 ? [s.own] : [])])].sort(
    (a, b) => a - b,
  );

/** The number of people that the plan's lines are worked out for. */
const people = (ctx) =>
  html` <fieldset class="people">
    <legend>${t('plan.how_many')}</legend>
    <div class="chips">
      ${sizes(ctx.s).map(
        (n) =>
          html`<label class=${n === ctx.s.people ? 'chip on' : 'chip'}
            ><input
              type="radio"
              name="people"
              value=${n}
              .checked=${live(n === ctx.s.people)}
              @change=${() => ctx.set({ people: n })}
            />${n}</label
          >`,
      )}
      <label class="own"
        ><span>${t('plan.own_number')}</span
        ><input
          class="field num"
          inputmode="numeric"
          autocomplete="off"
          .value=${live(String(ctx.s.own ?? ''))}
          @input=${(event) => {
            const n = numberIn(event.target.value);
            ctx.set({
              own: n ?? '',
              ...(Number.isInteger(n) && n > 1 && n <= 5000 ? { people: n } : {}),
            });
          }}
      /></label>
    </div>
  </fieldset>`;

const roundRows = (ctx, found) =>
  found.map(
    ({ part, on, least, turns }) =>
      html` <tr class=${on ? 'name' : 'name off'}>
          <th scope="colgroup" colspan=${turns.length}>
            ${partName(part)}${on ? nothing : html` <span class="quiet">${t('plan.optional_off')}</span>`}<span
              class="vh"
              >, ${t('plan.least', { n: least / 1000 })}</span
            >
          </th>
        </tr>
        <tr>
          ${turns.map(({ people: n, ms, tight }) => html`<td class=${[tight ? 'tight' : '', n === ctx.s.people ? 'mine' : ''].join(' ')}>${duration(ms)}${tight ? html`<span class="vh"> ${t('plan.too_short')}</span>` : nothing}</td>`)}
        </tr>`,
  );

const shares = (ctx) => {
  const all = sizes(ctx.s);
  const found = rounds(ctx.s.form, all);
  const tight = found.filter(
    ({ on, turns }) => on && turns.some((turn) => turn.people === ctx.s.people && turn.tight),
  );
  return html`<section class="panel" aria-labelledby="share-h">
    <h2 id="share-h">${t('plan.per_person_h')}</h2>
    ${people(ctx)}
    ${
      found.length
        ? html`<table class="num">
            <caption class="vh">
              ${t('plan.per_person_h')}
            </caption>
            <thead>
              <tr>
                ${all.map((n) => html`<th scope="col" class=${n === ctx.s.people ? 'mine' : ''}><span class="vh">${t('plan.people_word')} </span>${n}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${roundRows(ctx, found)}
            </tbody>
          </table>`
        : html`<p class="hint">${t('plan.no_rounds')}</p>`
    }
    ${tight.map(({ part, least }) => html`<p class="sum over">${sign('warn')}<span>${t('plan.tight', { name: partName(part), n: ctx.s.people, least: least / 1000 })}</span></p>`)}
  </section>`;
};

/** A school's talk asks for more before it than other meetings do. */
export const isSchoolTalk = (form) =>
  form.items.some((item) =>
    [item, ...item.parts].some((each) =>
      (each.responsible ?? []).some(
        (phrase) => fits('Skoleleder', phrase) || fits('Børn og Unge-chef', phrase),
      ),
    ),
  );

const SCHOOL = ['tests', 'status', 'week'];
const ALWAYS = ['invited', 'room'];

const weekBefore = (form) => {
  const day = daysBefore(form.date, 7);
  return day
    ? t('plan.check.week_by', {
        day: date(day, { weekday: 'long', day: 'numeric', month: 'long' }),
      })
    : t('plan.check.week');
};

/** What is read from the plan itself: nobody ticks it off. @param {'done' | 'warn'} how */
const told = (how, words) =>
  html`<li class=${how}><span class="mark">${sign(how)}</span><span>${words}</span></li>`;

const focus = (form) => {
  const text = (form.focus ?? '').trim();
  if (isOneQuestion(text)) return told('done', t('plan.check.focus_done'));
  return told('warn', text ? t('plan.check.focus_question') : t('plan.check.focus'));
};

/** By the clock of whoever plans. */
const today = () => {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** Data have not gone out, and it is late for it. */
const near = ({ form, ticks }) => {
  if (ticks.week || !isNear(form, today())) return nothing;
  const n = daysUntil(form.date, today());
  return told('warn', n ? t('plan.check.near', { n }) : t('plan.check.near_today'));
};

const sums = (form) =>
  unsound(form).map(({ item, sum, minutes: planned }) =>
    told(
      'warn',
      t('plan.check.sum', { no: String(item.no), sum: minutes(sum), minutes: String(planned) }),
    ),
  );

/** What is asked before the meeting: a yes or no is demanded, and where yes, how it is dealt with. */
const asked = ({ before = [] }) => {
  const rest = before.filter((it) => !it.yes_no);
  return before.length
    ? [
        ...before
          .filter((it) => it.yes_no && !isAnswered(it))
          .map(({ ask, yes }) =>
            told(
              'warn',
              yes ? t('plan.check.asked_how', { ask }) : t('plan.check.asked_yes_no', { ask }),
            ),
          ),
        unanswered(rest)
          ? told('warn', t('shared.before_left', { n: unanswered(rest) }))
          : before.every(isAnswered)
            ? told('done', t('shared.before_all'))
            : nothing,
      ]
    : nothing;
};

/** Gentle: nothing hinders anybody from going on. */
const checks = (ctx) => {
  const { form, ticks } = ctx.s;
  const asks = form.before?.some((it) => it.yes_no);
  const school = SCHOOL.filter((name) => name !== 'tests' || !asks);
  const names = [...(isSchoolTalk(form) ? school : []), ...ALWAYS];
  const set = (name, on) => ctx.set({ ticks: { ...ticks, [name]: on } });
  return html`<section class="panel checks" aria-labelledby="check-h">
    <h2 id="check-h">${t('plan.before')}</h2>
    <p class="hint">${t('plan.before_how')}</p>
    <ul>
      ${isSchoolTalk(form) || form.focus ? focus(form) : nothing} ${sums(form)} ${asked(form)}
      ${isSchoolTalk(form) ? near(ctx.s) : nothing}
      ${names.map(
        (name) =>
          html`<li>
            <input
              type="checkbox"
              id=${`check-${name}`}
              .checked=${live(Boolean(ticks[name]))}
              @change=${(event) => set(name, event.target.checked)}
            />
            <label for=${`check-${name}`}
              >${name === 'week' ? weekBefore(form) : t('plan.check.' + name)}</label
            >
          </li>`,
      )}
    </ul>
  </section>`;
};

/** @param {import('./store.js').Ctx} ctx */
export const side = (ctx) =>
  html`<aside class="side" aria-label=${t('plan.side')}>
    ${totals(ctx.s.form)}${shares(ctx)}${checks(ctx)}
  </aside>`;
