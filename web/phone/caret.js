// caret.js -- a field that a press asked for has the cursor at once, and stands clear of the
// keyboard.

const isField = (it) => it?.matches('main textarea');

/** Under the finger a phone shows its keyboard only while the press is being answered. */
export function writeIn(field) {
  if (!field) return;
  field.focus({ preventScroll: true });
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollIntoView({ block: 'center' });
}

/** A fold that holds a form alone is opened to write in it. */
function unfold(event) {
  const summary = event.target.closest('details > summary');
  const form = summary?.nextElementSibling;
  if (!form?.matches('form') || summary.parentNode.open) return;
  event.preventDefault();
  summary.parentNode.open = true;
  writeIn(form.querySelector('textarea'));
}

/**
 * The keyboard has come over the page: what is written in is moved to where it can be seen, if that
 * is possible at all.
 */
function makeRoom(view, was) {
  const field = document.activeElement;
  if (view.height < was && isField(field) && field.clientHeight < view.height)
    field.scrollIntoView({ block: 'center' });
}

/** The field that is written in, as it was before another's words came into it. */
let held = { value: '', at: 0 };
const jointField = () => {
  const field = /** @type {HTMLTextAreaElement} */ (document.activeElement);
  return field?.dataset.in === 'joint' ? field : null;
};
function hold() {
  const field = jointField();
  if (field) held = { value: field.value, at: field.selectionStart };
}

/** Another's words came into the field: the cursor stays where the words before it are the same. */
export function keepCaret() {
  const field = jointField();
  if (!field || field.value === held.value) return;
  const { value, at } = held;
  if (field.value.startsWith(value.slice(0, at))) field.setSelectionRange(at, at);
  hold();
}

export function carets() {
  document.addEventListener('click', unfold);
  document.addEventListener('selectionchange', hold);
  document.addEventListener('input', hold);
  const view = visualViewport;
  let was = view?.height;
  view?.addEventListener('resize', () => {
    makeRoom(view, was);
    was = view.height;
  });
}
