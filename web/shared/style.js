// style.js -- style that comes with a script, after the page's own.

/**
 * As one rule of the page's sheet. The page's policy forbids elements that it does not name, and the
 * oldest browsers can't make a sheet by itself.
 */
export function addStyle(text) {
  const [sheet] = document.styleSheets;
  sheet.insertRule(`@media all{${text}}`, sheet.cssRules.length);
}
