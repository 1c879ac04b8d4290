// desk.js -- where a console or a scribe writes. What keeps their texts, puts two together and says who
// writes where (texts.js, places.js) is a script of its own, that is fetched with the page.
import { steadyNow } from './clock.js';
import { list, t } from './i18n.js';
import { later } from './later.js';
import { uuid } from './link.js';

/** @import {State} from './model.js' */

/** @type {ReturnType<typeof later<typeof import('./writing.js')>>} */
const piece = later('desk', globalThis.RUNDE_DESK);

/**
 * @param {{kept?: any, save?: () => void, state: () => State, name: () => string,
 *   send: (name: string, fields: object) => Promise<any>, tell: (frame: object) => void,
 *   changed: () => void, refused: (code: string, text?: string) => void, come: () => void}} it  name:
 *   whoever writes here; come: once it is there
 */
export function desk({ kept, save, state, name, send, tell, changed, refused, come }) {
  const it = {
    /** @type {ReturnType<typeof import('./texts.js').deskTexts> | null} null: on their way */
    texts: null,
    /** @type {ReturnType<typeof import('./places.js').writers> | null} */
    writers: null,
    /** @type {typeof import('./personal.js').personal | null} */
    personal: null,
  };
  const furnish = () => {
    const made = piece.get();
    if (!made || it.texts) return;
    it.personal = made.personal;
    it.texts = made.deskTexts({
      kept,
      save,
      find: made.units(state, send),
      seq: () => state().seq,
      changed,
      refused,
      looks: (text) =>
        made.personal(
          text,
          state().seats.map((seat) => seat.name),
        ),
    });
    it.writers = made.writers({
      by: uuid(),
      name,
      tell,
      now: steadyNow,
      called: (each) => each.name ?? t('shared.writer.' + each.as),
      list,
      somebody: t('shared.writer.somebody'),
    });
    come();
  };
  piece.whenItComes(furnish);
  furnish();
  return it;
}

/** The answers as they are written here. @param {State} state @returns {State} */
export function withAnswers(state, texts) {
  const written = Object.keys(texts.kept)
    .filter((key) => key.startsWith('answer '))
    .map((key) => texts.kept[key].mine);
  if (!written.length) return state;
  const others = state.decision.answers.filter(
    ({ answer }) => !written.some((each) => each.answer === answer),
  );
  return { ...state, decision: { ...state.decision, answers: [...others, ...written] } };
}
