// figures.js -- links, small tables and texts for the presentation: pasted or fetched from a file, shown
// as they will be read.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { figuresMax } from 'runde:agenda';
import { hasChart } from '../../shared/chart.js';
import { locale, t } from '../../shared/i18n.js';
import { readTable } from '../../shared/tables.js';
import { choice, errorAt, field, tick } from './field.js';
import { idOf } from './words.js';

const ROWS = 6;

/** The first rows as the wall will show them: as they were written. */
function preview(csv) {
  const table = csv ? readTable(csv, locale) : null;
  if (!table) return nothing;
  const rest = table.rows.length - ROWS;
  return html`<div class="preview" tabindex="0" role="group" aria-label=${t('plan.preview')}>
    <table class="num">
      <caption>
        ${t('plan.preview')}
      </caption>
      <thead>
        <tr>
          ${table.columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.slice(0, ROWS).map(
          (row) =>
            html`<tr>
              ${row.map(({ text }, i) => html`<td class=${table.columns[i].numeric ? 'number' : ''}>${text}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
    ${rest > 0 ? html`<p class="quiet">${t('plan.more_rows', { n: rest })}</p>` : nothing}
    ${hasChart(table) ? nothing : html`<p class="quiet">${t('plan.no_chart')}</p>`}
  </div>`;
}

const CHARTS = ['none', 'bar', 'line'];

/** A table out of a spreadsheet, or its file. */
const tableFields = (ctx, it, i) => {
  const id = `csv-file-${i}`;
  return html` ${field(ctx, { path: ['data', i, 'csv'], label: t('plan.f_csv'), hint: t('plan.f_csv_how'), kind: 'long', rows: 4, size: 'whole' })}
    <div class="f">
      <label for=${id}>${t('plan.f_csv_file')}</label
      ><span class="picker b"
        ><input
          id=${id}
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          @change=${(event) => {
            const [file] = event.target.files;
            event.target.value = '';
            if (file) ctx.acts.readCsv(i, file);
          }}
        /><span aria-hidden="true">${t('start.choose_file')}</span></span
      >
    </div>
    ${choice({
      id: idOf(['data', i, 'chart']),
      label: t('plan.f_chart'),
      value: it.chart ?? 'none',
      options: CHARTS.map(
        (name) => /** @type {[string, string]} */ ([name, t('plan.chart.' + name)]),
      ),
      change: (chart) => ctx.acts.figure(i, { chart }),
    })}
    ${preview(it.csv)}`;
};

/** What a figure of each kind is made of. */
const content = {
  link: (ctx, it, i) =>
    field(ctx, { path: ['data', i, 'url'], label: t('plan.f_url'), hint: t('plan.f_url_how') }),
  text: (ctx, it, i) =>
    field(ctx, {
      path: ['data', i, 'text'],
      label: t('plan.f_words'),
      kind: 'long',
      rows: 4,
      size: 'whole',
    }),
  table: tableFields,
};

const card = (ctx, it, i) =>
  html` <li class="figure">
    <div class="grid">
      ${field(ctx, { path: ['data', i, 'title'], label: t('plan.f_title'), hint: it.kind === 'table' ? t('plan.f_figure_title_how') : '' })}
      ${content[it.kind](ctx, it, i)}
    </div>
    ${tick(ctx, { id: `secret-${i}`, label: t('plan.confidential'), hint: t('plan.confidential_how'), on: Boolean(it.confidential), change: (on) => ctx.acts.figure(i, { confidential: on || undefined }) })}
    <button class="b text" @click=${() => ctx.acts.removeFigure(i)}>
      ${t('plan.remove_figure')}
    </button>
  </li>`;

/** @param {import('./store.js').Ctx} ctx */
export function figures(ctx) {
  const list = ctx.s.form.data ?? [];
  const full = list.length >= figuresMax;
  return html`<section class="box figures" aria-labelledby="data-h">
    <h2 id="data-h">${t('plan.data')}</h2>
    <p class="hint">${t('plan.data_how')}</p>
    ${errorAt('data', ctx.wrongAt('data'))}
    <ul>
      ${list.map((it, i) => card(ctx, it, i))}
    </ul>
    ${
      full
        ? html`<p class="hint">${t('plan.data_full', { n: figuresMax })}</p>`
        : html`<div class="row">
            <button class="b" @click=${() => ctx.acts.addFigure('link')}>
              ${t('plan.add_link')}
            </button>
            <button class="b" @click=${() => ctx.acts.addFigure('table')}>
              ${t('plan.add_table')}
            </button>
            <button class="b" @click=${() => ctx.acts.addFigure('text')}>
              ${t('plan.add_text')}
            </button>
          </div>`
    }
  </section>`;
}

const seatRow = (ctx, it, i) =>
  html` <li>
    <div class="f">
      <label class=${i ? 'vh' : ''} for=${`f-seats-${i}-name`}>${t('plan.f_name')}</label
      ><input
        id=${`f-seats-${i}-name`}
        class="field"
        autocomplete="off"
        .value=${live(it.name ?? '')}
        aria-invalid=${ctx.wrongAt(`seats.${i}.name`) ? 'true' : nothing}
        @input=${(event) => ctx.type(['seats', i, 'name'], event.target.value)}
        @blur=${ctx.settle}
      />${errorAt(`f-seats-${i}-name`, ctx.wrongAt(`seats.${i}.name`))}
    </div>
    <div class="f">
      <label class=${i ? 'vh' : ''} for=${`f-seats-${i}-function`}>${t('plan.f_function')}</label
      ><input
        id=${`f-seats-${i}-function`}
        class="field"
        list="functions"
        autocomplete="off"
        .value=${live(it.function ?? '')}
        @input=${(event) => ctx.type(['seats', i, 'function'], event.target.value)}
        @blur=${ctx.settle}
      />
    </div>
    <button
      class="b text"
      aria-label=${t('plan.remove_seat', { name: it.name || it.function || String(i + 1) })}
      @click=${() => ctx.acts.removeSeat(i)}
    >
      ${t('plan.remove')}
    </button>
  </li>`;

/**
 * Seats that stand ready, so that a phone only taps its own; equal functions are numbered when they
 * join.
 */
export const seats = (ctx) =>
  html` <section class="box seats" aria-labelledby="seats-h">
    <h2 id="seats-h">${t('plan.seats')}</h2>
    <p class="hint">${t('plan.seats_how')}</p>
    <datalist id="functions">
      ${t('phone.functions')
        .split(', ')
        .map((name) => html`<option value=${name}></option>`)}
    </datalist>
    <ol>
      ${(ctx.s.form.seats ?? []).map((it, i) => seatRow(ctx, it, i))}
    </ol>
    <div class="row">
      <button class="b" @click=${ctx.acts.addSeat}>${t('plan.add_seat')}</button>
    </div>
  </section>`;
