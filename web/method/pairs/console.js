// console.js -- who talks with whom and who has written, without what; writing for those who have
// no phone; and once it is shown, what the pairs wrote.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { hasPhone, stayed } from '../../shared/company.js';
import { list, t } from '../../shared/i18n.js';
import { contributionsOf } from '../../shared/model.js';
import { isShown } from '../../console/read.js';
import { nameOf, plain } from '../../console/pieces.js';
import { groupButton } from '../../console/groups.js';
import { long } from '../../console/long.js';
import { points } from '../../console/points.js';
import * as icons from '../../console/icons.js';

/** The part's pairs, but those that all have left without a word. */
const pairsOf = (state, part) =>
  state.pairs.filter(
    (pair) => pair.part === part.id && (pair.written || stayed(state, pair.seats).length),
  );

const counted = (state, part) => {
  const all = pairsOf(state, part);
  return { n: all.filter((pair) => pair.written).length, of: all.length };
};

const headline = ({ state }, part) =>
  isShown(state, part.id) ? undefined : t('console.pairs_written', counted(state, part));

const keyOf = ({ part, pair }) => `pair ${part} ${pair}`;
const namesOf = (state, { seats }) => {
  const here = stayed(state, seats);
  return list((here.length ? here : seats).map((n) => nameOf(state, n)));
};

/** Nobody in it has a phone to write on. */
const isPhoneless = (state, { seats }) => seats.every((n) => !hasPhone(state, n));

/** What is written for a pair is not told back: it stands here while the page does. */
const editing = (ctx, pair) => {
  const key = keyOf(pair);
  const label = t('console.pairs_text', { names: namesOf(ctx.state, pair) });
  const save = async (event) => {
    event.preventDefault();
    const text = ctx.draft(key, '').trim();
    const { part, pair: number } = pair;
    const reply = await ctx.send('pairs.write', { part, pair: number, text });
    if (reply.ok || reply.code === 'nothing_changed') ctx.set({ edit: null });
  };
  return html`<form class="form" @submit=${save}>
    <label
      >${label}<textarea
        class="field"
        rows="3"
        maxlength="600"
        .value=${live(ctx.draft(key, ''))}
        @input=${(event) => ctx.write(key, event.target.value)}
      ></textarea>
    </label>
    <p class="sub">${t('console.no_names')}</p>
    ${pair.written ? html`<p class="sub">${t('console.pairs_instead')}</p>` : nothing}
    <div class="row">
      <button class="b go">${t('console.pairs_save')}</button>
      ${plain(t('console.leave'), () => ctx.set({ edit: null }))}
    </div>
  </form>`;
};

const row = (ctx, pair) => {
  const { state } = ctx;
  const open = ctx.ui.edit === keyOf(pair);
  const names = namesOf(state, pair);
  const label = pair.written ? t('console.pairs_again') : t('console.pairs_write');
  return html`<li class=${open ? 'point editing' : 'point'}>
    ${
      open
        ? editing(ctx, pair)
        : html`<div class="said">${names}</div>
            <span class="row">
              ${pair.written ? html`<span class="standing filled">${icons.tick()}${t('console.pairs_wrote')}</span>` : nothing}
              ${
                isPhoneless(state, pair)
                  ? plain(label, () => ctx.set({ edit: keyOf(pair) }), {
                      look: 'small',
                      title: `${label}: ${names}`,
                    })
                  : nothing
              }
            </span>`
    }
  </li>`;
};

const talking = (ctx, part) => {
  const all = pairsOf(ctx.state, part);
  return html`<p class="private">${t('console.pairs_hidden')}</p>
    ${
      all.length
        ? long(ctx, {
            name: 'pairs',
            list: all,
            place: 0,
            also: (pair) => ctx.ui.edit === keyOf(pair),
            key: keyOf,
            row: (pair) => row(ctx, pair),
            body: (rows) =>
              html`<ul class="points">
                ${rows}
              </ul>`,
          })
        : html`<p class="empty">${t('console.pairs_none')}</p>`
    }`;
};

function view(ctx, part) {
  const said = contributionsOf(ctx.state, part.id);
  return html`${part.text ? html`<p class="lead">${part.text}</p>` : nothing}
  ${isShown(ctx.state, part.id) ? html`<p class="private">${t('console.pairs_shown')}</p>` : talking(ctx, part)}
  ${
    said.length
      ? html`<div class="h">
            <h2>${t('console.points_all')}</h2>
            ${groupButton(ctx)}
          </div>
          ${points(ctx, said, { named: true })}`
      : nothing
  }`;
}

export default { headline, view };
