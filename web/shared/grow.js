// grow.js -- fields that grow with their text (fields.css says which), where the browser does not do
// it by itself.

const GROWING = 'textarea.field, .compose textarea';
const grows = globalThis.CSS?.supports('field-sizing', 'content');

/** How wide each field was, and what stood in it, when it was last measured. */
const measured = new WeakMap();
const isOther = (field) => field.clientWidth && measured.get(field) !== keyOf(field);
const keyOf = (field) => `${field.clientWidth} ${field.value}`;

/** After each drawing, and each letter that is not drawn. */
export function grow() {
  if (grows) return;
  const fields = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(GROWING)]).filter(
    isOther,
  );
  for (const { style } of fields) style.height = 'auto';
  const heights = fields.map((each) => each.scrollHeight + each.offsetHeight - each.clientHeight);
  fields.forEach((field, i) => {
    field.style.height = `${heights[i]}px`;
    measured.set(field, keyOf(field));
  });
}

if (!grows) globalThis.addEventListener?.('input', grow);
