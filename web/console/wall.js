// wall.js -- the room's screen, small, and what the console can do with it: dark, a message, one
// card, the presenter's slides.
import { html, nothing } from 'lit-html';
import * as traits from 'runde:traits';
import { t } from '../shared/i18n.js';
import { act, menu, plain } from './pieces.js';
import { livePart } from './read.js';
import * as icons from './icons.js';

const BOARD = 'board';

/**
 * What the wall shows instead of the meeting, in words; the message, card or table itself where
 * there is one.
 */
function instead(state) {
  const { show, text, contribution, data } = state.wall;
  const what =
    show === 'message'
      ? text
      : show === 'card'
        ? state.contributions.find((each) => each.id === contribution)?.text
        : show === 'data'
          ? state.data.find((each) => each.data === data)?.title
          : '';
  return html`<p class="instead" role="status">
    ${icons.show()}<span><b>${t('console.wall_is.' + show)}</b> ${what}</span>
  </p>`;
}

const open = (state) => state.data.filter((each) => !each.confidential && each.kind === 'table');

const tables = (ctx) =>
  open(ctx.state).length
    ? menu(ctx, 'tables', t('console.wall_data'), () =>
        open(ctx.state).map((each) =>
          act(ctx, {
            action: 'wall',
            arg: { show: 'data', data: each.data },
            label: each.title,
            look: 'small',
          }),
        ),
      )
    : nothing;

const controls = (ctx) => {
  const { state } = ctx;
  const back = act(ctx, {
    action: 'wall',
    arg: { show: 'meeting' },
    label: t('console.wall_meeting'),
    key: 'B',
    look: 'go',
  });
  return html` ${
    state.wall.show === 'meeting'
      ? act(ctx, {
          action: 'wall',
          arg: { show: 'blank' },
          label: t('console.wall_blank'),
          key: 'B',
        })
      : html`${instead(state)}${back}`
  }
  ${plain(t('console.wall_message'), () => ctx.set({ dialog: { kind: 'message' } }), { key: 'M' })}
  ${tables(ctx)}
  ${
    traits.presented(livePart(state)) && state.wall.show !== 'slides'
      ? act(ctx, { action: 'wall', arg: { show: 'slides' }, label: t('console.wall_slides') })
      : nothing
  }`;
};

/** The board itself, small; or how to get it. @param {import('./pieces.js').Ctx} ctx */
export const wallView = (ctx) => {
  const url = ctx.links?.board;
  return html`<section class=${url ? 'mini' : 'mini bare'} aria-label=${t('console.board_now')}>
    ${url ? html`<div class="screen"><iframe name=${BOARD} src=${url} title=${t('console.board_now')} tabindex="-1" loading="lazy"></iframe></div>` : nothing}
    <div class="mini-side">
      <p class="sub strong">${t('console.board_now')}</p>
      ${controls(ctx)}
      ${url ? html`<a class="b" href=${url} target="_blank" rel="noreferrer">${icons.out()}<span>${t('console.open_board')}</span></a>` : nothing}
      ${plain(html`${t('console.join_code')} <b class="num">${ctx.state.meeting.code}</b>`, () => ctx.set({ dialog: { kind: 'share' } }))}
    </div>
  </section>`;
};

/** One point, alone and big on the wall; and the meeting again. */
export const zoom = (ctx, point) => {
  const on = ctx.state.wall.show === 'card' && ctx.state.wall.contribution === point.id;
  const arg = on ? { show: 'meeting' } : { show: 'card', contribution: point.id };
  const label = on ? t('console.wall_meeting') : t('console.zoom', { text: point.text });
  return html`<button
    class=${on ? 'mend on' : 'mend'}
    aria-pressed=${on ? 'true' : 'false'}
    aria-label=${label}
    title=${on ? label : t('console.zoom_short')}
    @click=${() => ctx.run('wall', arg)}
  >
    ${icons.show()}
  </button>`;
};
