// code.js -- the code of a meeting and the secret of a link, as people hand them on. The server reads
// a code by the same rule (server/base/code.h); tests/vectors/codes.json holds both to it.
import { cleanLine } from './clean.js';

const HALF = '[2-9A-HJKMNP-Z]{4}';
const EITHER = '[2-9A-HJKMNP-Za-hjkmnp-z]{4}';
const BEFORE = '(?:^|[^0-9A-Za-z])';
const AFTER = '(?![0-9A-Za-z])';

/** Where a code may be found, the surest first; in small letters two halves may be two words. */
const PLACES = [
  `/(?:m|console|board|minutes)/(${EITHER})-?(${EITHER})${AFTER}`,
  `${BEFORE}(${EITHER}) ?- ?(${EITHER})${AFTER}`,
  `${BEFORE}(${EITHER})(${EITHER})${AFTER}`,
  `${BEFORE}(${HALF}) (${HALF})${AFTER}`,
].map((each) => new RegExp(each));

/** Eight letters with nothing but blanks and dashes among them. */
const spelled = (text) => new RegExp(`^(${EITHER})(${EITHER})$`).exec(text.replace(/[ -]/g, ''));

/**
 * The code in what somebody typed or pasted: "K7QM-4XPR", or null where there is none.
 * @param {string} typed
 */
export function readCode(typed) {
  const plain = cleanLine(typed)
    .replace(/%([0-9a-f]{2})/gi, (_, hex) => (/2d/i.test(hex) ? '-' : ' '))
    .replace(/[_\u2010-\u2015\u2212]/g, '-');
  const found = PLACES.map((place) => place.exec(plain)).find(Boolean) ?? spelled(plain);
  return found ? `${found[1]}-${found[2]}`.toUpperCase() : null;
}

/**
 * Where a code or a link leads on this server: the page of the link, with its secret, or the phone's.
 * @param {string} typed
 * @returns {string | null}  null where there is no code in it
 */
export function placeIn(typed) {
  const code = readCode(typed);
  const key = keyIn(typed);
  const [, page] = (key && /\/(console|board|minutes)\//.exec(typed)) || [null, 'm'];
  return code && `/${page}/${code}${key && `#${key}`}`;
}

/** The secret in a link or behind it, whatever a mail or a chat has put after it; or ''. */
export const keyIn = (link) => /#([A-Za-z0-9_-]{43})/.exec(link ?? '')?.[1] ?? '';
