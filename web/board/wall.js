// wall.js -- what the facilitator puts on the wall instead of the meeting: nothing, a message, one
// card, data, or room for the presenter's own slides. The meeting goes on behind it.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { questionOf, wallOf } from './choose.js';
import { dataPage } from './data.js';
import { LEAST, fitText } from './fit.js';
import { endsAt, timeOf } from './pieces.js';
import { boxed, vars } from './place.js';

/** One text, as large as the wall allows, in the middle of its height. */
function large({ frame, measure }, text, kind, label = '') {
  const box = frame.whole;
  const w = box.w * 0.94;
  // A card stands beside a rule.
  const wide = kind === 'card-alone' ? w - 4.7 : w;
  const above = label
    ? fitText(label, { w: wide, h: 7.4, max: 2.8, min: LEAST, lead: 1.3, most: 2 }, measure)
    : null;
  const fitted = fitText(
    text,
    {
      w: wide,
      h: box.h - (label ? 8 : 0),
      max: 10,
      min: 2.4,
      lead: 1.24,
      weight: kind === 'message' ? 600 : 400,
    },
    measure,
  );
  const high = fitted.lines.length * fitted.size * 1.24 + (label ? 8 : 0);
  const at = { x: box.x, y: box.y + Math.max(0, (box.h - high) * 0.42), w, h: high + 0.6 };
  return html`<section class="side">
    <div
      class="large ${kind} at"
      ${boxed(at)}
      ${vars({ size: fitted.size.toFixed(3), most: fitted.lines.length })}
    >
      ${above ? html`<p class="label clamp" ${vars({ size: above.size.toFixed(3), most: above.lines.length })}>${above.text}</p>` : nothing}
      <p class="fit">${fitted.text}</p>
    </div>
  </section>`;
}

/**
 * A point that all look at. Nobody's name stands by it: it is what was said that is talked about.
 */
function card(view, { card: { text } }) {
  const [question = ''] = view.part ? questionOf(view.part).questions : [];
  return large(view, text, 'card-alone', question);
}

/** @param {import('./pieces.js').View} view @param {{data: any}} what */
function data(view, { data: it }) {
  if (it.kind === 'text') return large(view, it.text, 'text-alone', it.title);
  if (it.kind !== 'link') return dataPage(view, it);
  return large(view, it.title || it.url, 'link-alone', it.url.replace(/^https?:\/\//, ''));
}

const message = (view, { text }) => large(view, text, 'message');

/** Almost nothing, so that nothing draws the eye; the time stays for whoever looks for it. */
function slides(view) {
  const { state, at } = view;
  return html`<section class="alone quiet-wall">
    <div class="lone-ring"></div>
    <h1>${t('board.slides')}</h1>
    <p class="num">
      ${t('board.clock_is', { time: timeOf(at) })} ·
      ${state.now.state === 'running' ? t('board.ends_about', { time: endsAt(view) }) : t('board.pause')}
    </p>
  </section>`;
}

const blank = () => html`<h1 class="vh">${t('board.blank')}</h1>`;

const shows = { message, card, data, slides, blank };

/** Whether the header stands above it. */
export const withHeader = ({ show }) => show !== 'slides' && show !== 'blank';

/** @param {import('./pieces.js').View} view */
export function wall(view) {
  const what = wallOf(view.state);
  return shows[what.show](view, what);
}
