// qr.js -- the QR of a link that holds a secret. The server draws it, for whoever shows that
// secret; no query names it.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';

/**
 * By link and secret: the picture, '' while it is on its way, null where the server has none. @type
 * {Map<string, string | null>}
 */
const pictures = new Map();

async function ask(code, link, secret) {
  const answer = await fetch(`/api/meetings/${code}/qr?link=${link}`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  return answer.ok ? `data:image/svg+xml,${encodeURIComponent(await answer.text())}` : null;
}

/**
 * @param {import('./pieces.js').Ctx} ctx
 * @param {'join' | 'console' | 'board' | 'scribe' | 'leader' | 'wifi'} link
 * @param {string} secret  the key or token that stands in the link
 */
export function secretQr(ctx, link, secret) {
  const name = `${link} ${secret}`;
  const picture = pictures.get(name);
  if (picture === undefined) {
    pictures.set(name, '');
    ask(ctx.state.meeting.code, link, secret)
      .catch(() => null)
      .then((made) => {
        pictures.set(name, made);
        ctx.set({});
      });
  }
  return picture
    ? html`<img class="qr" src=${picture} alt=${t('console.qr_link')} width="220" height="220" />`
    : nothing;
}
