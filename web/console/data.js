// data.js -- what the presentation shows: small tables, pasted or from a file, links and texts. A table
// is asked about first.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { t } from '../shared/i18n.js';
import { tableIn } from '../shared/text.js';
import { readTable } from '../shared/tables.js';
import { act, heed, isHeeded, plain } from './pieces.js';
import * as icons from './icons.js';

const CHARTS = ['bar', 'line', 'none'];
const DRAFT = 'data csv';

/**
 * What is sent for a filled-in form; null where something is missing. @param {{[name: string]:
 * any}} form
 */
export function dataOf({ title, kind, url, csv, text: words, chart, few }) {
  const name = String(title ?? '').trim();
  if (!name) return null;
  if (kind === 'link')
    return /^https?:\/\/\S+$/.test(String(url).trim())
      ? { title: name, kind, url: String(url).trim() }
      : null;
  if (kind === 'text') {
    const said = String(words ?? '').trim();
    return said ? { title: name, kind, text: said } : null;
  }
  const text = String(csv ?? '').trim();
  if (!text || !few) return null;
  return {
    title: name,
    kind: 'table',
    csv: text,
    chart,
    ...(few === 'yes' ? { confidential: true } : {}),
  };
}

const size = (ctx, csv) => {
  const table = readTable(csv, ctx.state.meeting.locale);
  return table ? t('console.data_rows', { n: table.rows.length }) : '';
};

const one = (ctx, it) =>
  html`<li>
    <span class="said"
      ><b>${it.title}</b>${' '}
      <span class="sub"
        >${it.kind === 'table' ? size(ctx, it.csv ?? '') : it.kind === 'link' ? it.url : it.text}</span
      >
      ${it.confidential ? html`<span class="open-mark">${icons.lock()}${t('console.data_confidential')}</span>` : nothing}</span
    >
    ${it.kind !== 'link' && !it.confidential ? act(ctx, { action: 'wall', arg: { show: 'data', data: it.data }, label: t('console.data_show'), rest: it.title, look: 'small' }) : nothing}
    ${it.kind === 'link' ? html`<a class="b small" href=${it.url} target="_blank" rel="noreferrer">${t('console.open')}<span class="vh"> ${it.title}</span></a>` : nothing}
    <button
      class="b small"
      aria-label=${t('console.data_remove', { title: it.title })}
      @click=${() => remove(ctx, it)}
    >
      ${icons.cross()}
    </button>
  </li>`;

async function remove(ctx, it) {
  const reply = await ctx.send('data.remove', { data: it.data });
  if (reply.ok) ctx.say(t('console.data_removed'), 'data.remove');
}

async function put(ctx, event) {
  event.preventDefault();
  const form = event.target;
  const it = dataOf(Object.fromEntries(new FormData(form).entries()));
  if (!it) return ctx.say(t('console.data_missing'));
  if (!isHeeded(ctx, 'data', `${it.title}\n${it.text ?? ''}`)) return undefined;
  const reply = await ctx.send('data.put', it);
  if (!reply.ok) return undefined;
  form.reset();
  return ctx.drop(DRAFT);
}

const read = (ctx) => async (event) => {
  const [file] = event.target.files;
  if (!file) return undefined;
  const { text, wrong } = await tableIn(file);
  if (wrong) {
    event.target.value = ''; // The same name, saved in another way, can be chosen again.
    return ctx.say(`${t('file.as_is', { name: file.name })} ${t('file.' + wrong)}`);
  }
  ctx.write(DRAFT, text);
  return ctx.set({});
};

const table = (ctx) =>
  html` <label
      >${t('console.data_csv')}<textarea
        class="field num"
        name="csv"
        rows="4"
        maxlength="32768"
        placeholder=${t('console.data_csv_how')}
        .value=${live(ctx.draft(DRAFT, ''))}
        @input=${(event) => ctx.write(DRAFT, event.target.value)}
      ></textarea>
    </label>
    <label
      >${t('console.data_file')}<span class="b from-file"
        ><input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" @change=${read(ctx)} /><span
          aria-hidden="true"
          >${t('start.choose_file')}</span
        ></span
      ></label
    >
    <label
      >${t('console.data_chart')}<select class="field" name="chart">
        ${CHARTS.map((each) => html`<option value=${each}>${t('console.chart.' + each)}</option>`)}
      </select></label
    >
    <fieldset class="few">
      <legend>${t('console.check_few')}</legend>
      ${['no', 'yes'].map((each) => html`<label class="pick"><input type="radio" name="few" value=${each} /><span>${t('console.few.' + each)}</span></label>`)}
    </fieldset>`;

/** The dialog's content. @param {import('./pieces.js').Ctx} ctx */
export const dataForm = (ctx) => {
  const kind = ctx.ui.kind;
  return html` ${
      ctx.state.data.length
        ? html`<ul class="data-list">
            ${ctx.state.data.map((each) => one(ctx, each))}
          </ul>`
        : html`<p class="sub">${t('console.data_none')}</p>`
    }
    <form class="form" @submit=${(event) => put(ctx, event)}>
      <div class="segments" role="group" aria-label=${t('console.data_new')}>
        ${['table', 'link', 'text'].map(
          (each) =>
            html` <button
              type="button"
              class="b small"
              aria-pressed=${kind === each ? 'true' : 'false'}
              @click=${() => ctx.set({ kind: each })}
            >
              ${t('console.data_kind.' + each)}
            </button>`,
        )}
      </div>
      <input type="hidden" name="kind" value=${kind} />
      <label
        >${t('console.data_title')}<input
          class="field"
          name="title"
          maxlength="200"
          autocomplete="off"
      /></label>
      ${kind === 'link' ? html`<label>${t('console.data_url')}<input class="field" name="url" type="url" placeholder="https://" autocomplete="off" /></label>` : kind === 'text' ? html`<label>${t('console.data_text')}<textarea class="field" name="text" rows="4" maxlength="2000"></textarea></label>` : table(ctx)}
      ${heed(ctx, 'data', html`<div class="row end"><button class="b go">${t('console.data_add')}</button></div>`)}
    </form>`;
};

export const dataButton = (ctx) =>
  plain(
    ctx.state.data.length
      ? t('console.data_count', { n: ctx.state.data.length })
      : t('console.data_put'),
    () => ctx.set({ dialog: { kind: 'data' } }),
    { look: 'small' },
  );
