// preparing.js -- where it is written what somebody has prepared: each question with its field, and the
// press that puts its answer among the meeting's data.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { answerWords, isAnswered, placed } from './before.js';
import { deskField, writesHere } from './field.js';
import { t } from './i18n.js';
import { beforeKey } from './keys.js';

/**
 * @import {Preparation} from 'runde:protocol'
 * @typedef {import('./field.js').Desk & {state: import('./model.js').State,
 *   send: (name: string, fields: object) => Promise<any>}} Page
 */

const button = (words, press, look = 'small') =>
  html`<button type="button" class=${`b ${look}`} @click=${press}>${words}</button>`;

/** What was typed is with the server before it is put where others read it. @param {Page} page */
const put = async (page, id) => {
  await page.texts.flush(beforeKey(id));
  const it = page.state.before.find((each) => each.id === id);
  if (!it || !isAnswered(it)) return;
  const there = placed(page.state, it);
  await page.send('data.put', {
    ...(there && { data: there.data }),
    title: it.ask,
    kind: 'text',
    text: answerWords(it),
  });
};

/**
 * Whether it is among the data, and the way there and back. @param {Page} page @param {Preparation}
 *   it
 */
export function placing(page, it) {
  const there = placed(page.state, it);
  if (!there)
    return isAnswered(it) ? button(t('shared.before_put'), () => put(page, it.id)) : nothing;
  return html`<span class="is-put">${t('shared.before_is_put')}</span>
    ${there.text !== answerWords(it) && isAnswered(it) ? button(t('shared.before_put_again'), () => put(page, it.id)) : nothing}
    ${button(t('shared.before_take'), () => page.send('data.remove', { data: there.data }), 'small text quiet')}`;
}

const yesNo = (page, it, unit) => {
  const say = (choice) => page.texts.put(unit, (now) => ({ ...now, choice }));
  return html`<div class="outcomes">
    ${['yes', 'no'].map(
      (each) =>
        html`<label class="choice"
          ><input
            type="radio"
            name=${`before-${it.id}`}
            .checked=${live(it.choice === each)}
            @change=${() => say(each)}
          /><span>${each === 'yes' ? t('shared.before_yes') : t('shared.before_no')}</span></label
        >`,
    )}
  </div>`;
};

/** @param {Page} page @param {Preparation} saved */
const row = (page, saved) => {
  const unit = beforeKey(saved.id);
  const it = { ...saved, ...page.texts.read(unit) };
  const dealt = it.yes_no && it.choice === 'yes';
  const label = dealt
    ? t('shared.before_dealt_of', { ask: it.ask })
    : t('shared.before_answer', { ask: it.ask });
  return html`<li>
    <fieldset>
      <legend>${it.ask}</legend>
      ${it.yes_no ? yesNo(page, it, unit) : nothing}
      ${dealt ? html`<p class="sub" aria-hidden="true">${t('shared.before_dealt')}</p>` : nothing}
      ${
        it.yes_no && !dealt
          ? nothing
          : deskField(page, {
              unit,
              label,
              rows: 3,
              placeholder: t('shared.before_how_long'),
            })
      }
      ${dealt && !it.text ? html`<p class="desk-long" role="status">${t('shared.before_dealt_missing')}</p>` : nothing}
      ${writesHere(page, unit)}
      <div class="row placing">${placing(page, saved)}</div>
    </fieldset>
  </li>`;
};

/** The questions, each with its field. @param {Page} page */
export const beforeFields = (page) =>
  html`<p class="sub soft">${t('shared.before_how')}</p>
    <ol class="came asked">
      ${page.state.before.map((it) => row(page, it))}
    </ol>`;
