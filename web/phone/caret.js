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

export function carets() {
  document.addEventListener('click', unfold);
  const view = visualViewport;
  let was = view?.height;
  view?.addEventListener('resize', () => {
    makeRoom(view, was);
    was = view.height;
  });
}
