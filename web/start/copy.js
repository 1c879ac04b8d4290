// copy.js -- a text to the clipboard. Over plain HTTP browsers have no clipboard API, but still
// copy what is selected in a field.

/** @param {HTMLInputElement} field  where the text stands, readable */
export function copyText(text, field) {
  field.focus();
  field.select();
  document.execCommand('copy');
}
