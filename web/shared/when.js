// when.js -- days and hours that are filled in: told once they are meant. On its way to 09:30 a field
// is 09:03 for a moment, and on its way to 2026 the year 2.

/** What stands in a field for so long is meant, */
const REST = 1500;
/** but for a year that is on its way: no day before 2000 is taken. */
const YEAR_BEGUN = /^[01]\d{3}-/;

/**
 * Fields that were changed and whose value nobody was told yet.
 * @type {Map<HTMLInputElement, {saved: string, tell: (value: string) => any, timer: any}>}
 */
const waiting = new Map();

const show = (field, value) => {
  field.value = value;
  field.toggleAttribute('data-empty', !value);
};

async function told(field) {
  const it = waiting.get(field);
  if (!it) return;
  clearTimeout(it.timer);
  waiting.delete(field);
  if (field.validity.badInput) show(field, it.saved);
  else if (field.value !== it.saved) {
    const reply = await it.tell(field.value);
    if (reply?.ok === false) show(field, it.saved);
  }
}

/** What is filled in by half when a field is left was nothing: it may have changed nothing yet. */
function left({ target: field }) {
  if (waiting.has(field)) told(field);
  else if (/^(date|time)$/.test(field.type) && field.validity.badInput) field.value = '';
}

globalThis.addEventListener?.('focusout', left);
globalThis.addEventListener?.('pagehide', () => [...waiting.keys()].forEach(told));

/**
 * A field was changed: `tell` gets its value when the field is left, the hand rests or the page
 * goes. What is filled in by half, or refused, goes back to what is saved.
 * @param {HTMLInputElement} field @param {string} saved @param {(value: string) => any} tell
 */
export function filled(field, saved, tell) {
  field.toggleAttribute('data-empty', !field.value);
  clearTimeout(waiting.get(field)?.timer);
  const rests = () => !field.validity.badInput && !YEAR_BEGUN.test(field.value) && told(field);
  waiting.set(field, { saved, tell, timer: setTimeout(rests, REST) });
}
