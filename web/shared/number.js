// number.js -- a cell of a table that is one number and nothing else, and numbers in the language's
// own form.
//
// A cell is never changed by being read: it shows what was written, and its number is for drawings
// alone. "<5" is how a school hides a small group, "02" a grade, "0751001" a school, "1.3.2026" a
// day: none of them is a number. Whether a comma or a point marks the decimals is told by the
// numbers themselves where they tell it, else by the language: "1.234" is more than a thousand in
// Danish and hardly more than one in English.

/** What may stand beside a number that is one all the same: money on either side, or a share. */
const MONEY = 'kr\\.?|DKK|€|EUR';
/** Grouped by three, by the same mark throughout; or whole, without a 0 before other digits. */
const WHOLE = "[1-9]\\d{0,2}(?<between>[.,' ’])\\d{3}(?:\\k<between>\\d{3})*|[1-9]\\d*|0";
const NUMBER = new RegExp(
  `^(?:(?<before>${MONEY}) ?)?(?<sign>[+\\-−–] ?)?(?<whole>${WHOLE})?(?:(?<point>[.,])(?<decimals>\\d+))? ?(?<unit>[%‰]|${MONEY})?$`,
  'iu',
);

/** Longer than any number that is meant as one; with more digits than these it is a name. */
const NUMBER_MAX = 40;
const DIGITS_MAX = 15;

/**
 * The parts of a number, or null. either: "1.234", whose point may group or mark decimals; then it
 * is taken as grouped here.
 */
function parts(text) {
  const bare = text.trim().replace(/\s/g, ' ');
  const groups = bare.length > NUMBER_MAX ? null : NUMBER.exec(bare)?.groups;
  if (!groups || (groups.before && groups.unit)) return null;
  const { before, sign, whole, between, point, decimals, unit } = groups;
  if ((!whole && !decimals) || (between && between === point)) return null;
  const digits = (whole ?? '').replace(/\D/g, '');
  if (digits.length + (decimals ?? '').length > DIGITS_MAX) return null;
  return {
    before: before ?? '',
    minus: /[-−–]/.test(sign ?? ''),
    digits: digits || '0',
    between: between ?? '',
    point: point ?? '',
    decimals: decimals ?? '0',
    unit: unit ?? '',
    either: !point && /^\d{1,3}[.,]\d{3}$/.test(whole ?? ''),
  };
}

/**
 * The mark of decimals that a number itself tells, or ''.
 * @param {string} text
 */
export function markIn(text) {
  const it = parts(text);
  if (!it || it.either) return '';
  return it.point || { '.': ',', ',': '.' }[it.between] || '';
}

/**
 * @param {string} text
 * @param {string} [mark]  the mark of decimals where the number itself does not tell it
 * @returns {{value: number, unit: string, before: string} | null}  null where the whole cell is not
 *   one number
 */
export function numberOf(text, mark = ',') {
  const it = parts(text);
  if (!it) return null;
  const { digits, decimals } = it;
  const size =
    it.either && it.between === mark
      ? Number(`${digits.slice(0, -3)}.${digits.slice(-3)}`)
      : Number(`${digits}.${decimals}`);
  return { value: it.minus && size ? -size : size, unit: it.unit, before: it.before };
}

/**
 * A number as the language writes it, for the scale beside a drawing: "16 %", "kr. 1.200".
 * @param {number} value
 * @param {{unit: string, before: string, digits: number}} column  digits: decimals at the most
 * @param {string} [locale]
 */
export function figure(value, { unit, before, digits }, locale = 'da') {
  const percent = unit === '%';
  const style = /** @type {Intl.NumberFormatOptions} */ ({
    style: percent ? 'percent' : 'decimal',
    maximumFractionDigits: digits,
  });
  const text = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, style).format(
    percent ? value / 100 : value,
  );
  return [before, text, percent ? '' : unit].filter(Boolean).join('\u00a0');
}
