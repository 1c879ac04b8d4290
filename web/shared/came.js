// came.js -- what the meeting before left to be done, and what came of it.
import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { enums } from 'runde:protocol';
import { cameKey } from './keys.js';
import { deskField, writesHere } from './field.js';
import { date, t } from './i18n.js';
import { tasksCarried } from './carried.js';

/** @import {Carried} from 'runde:protocol' */

/** Whose it was, and by when. @param {Carried} it */
const agreed = ({ owner, due }) => [owner, due && date(due)].filter(Boolean).join(' · ');

/** @param {import('./field.js').Desk} desk @param {Carried} it */
const row = (desk, it) => {
  const unit = cameKey(it.id);
  const { outcome } = desk.texts.read(unit) ?? it;
  const say = (chosen) => desk.texts.put(unit, (now) => ({ ...now, outcome: chosen }));
  return html`<li>
    <fieldset>
      <legend>${it.text} <span class="soft sub">${agreed(it)}</span></legend>
      <div class="outcomes">
        ${enums.outcome.map(
          (each) =>
            html`<label class="choice"
              ><input
                type="radio"
                name=${`came-${it.id}`}
                .checked=${live(outcome === each)}
                @change=${() => say(each)}
              /><span>${t('shared.outcome.' + each)}</span></label
            >`,
        )}
      </div>
      ${deskField(desk, { unit, label: t('shared.came_word_of', { text: it.text }), placeholder: t('shared.came_word') })}
      ${writesHere(desk, unit)}
    </fieldset>
  </li>`;
};

/**
 * The tasks of last time, each with its field; nothing where there were none.
 * @param {any} desk  @param {import('./model.js').State} state
 */
export const cameFields = (desk, state) => {
  const tasks = tasksCarried(state).filter(({ id }) => id);
  return tasks.length
    ? html`<ul class="came">
        ${tasks.map((it) => row(desk, it))}
      </ul>`
    : nothing;
};
