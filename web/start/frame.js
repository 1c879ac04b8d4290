// frame.js -- what stands around every screen of the start page.
import { html, nothing } from 'lit-html';
import { locale, t } from '../shared/i18n.js';
import { languages } from 'runde:words';

const mark = html`<svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
  <circle class="ring" cx="15" cy="15" r="11.500" />
  <circle class="seat" cx="15" cy="3.500" r="3.500" />
</svg>`;

/** The page in another language stays where it is: the fragment is taken along. */
const inLanguage = (event, code) => {
  event.preventDefault();
  location.href = `?lang=${code}${location.hash}`;
};

/** @param {unknown} content @param {unknown} [tools] */
export const frame = (content, tools = nothing) =>
  html` <a class="skip" href="#main" @click=${skip}>${t('start.skip')}</a>
    <header class="top">
      <a class="brand" href="/">${mark}Runde</a>${tools}
      <nav class="langs" aria-label=${t('start.languages')}>
        ${Object.entries(languages)
          .filter(([code]) => code !== locale)
          .map(
            ([code, name]) =>
              html` <a
                class="lang"
                lang=${code}
                href=${`?lang=${code}`}
                @click=${(event) => inLanguage(event, code)}
                >${name}</a
              >`,
          )}
      </nav>
    </header>
    <main id="main" tabindex="-1">${content}</main>
    <footer class="foot">
      <a href=${`/privatliv?lang=${locale}`}>${t('keep.privacy')}</a>
      <a href=${`/tilgaengelighed?lang=${locale}`}>${t('keep.access')}</a>
    </footer>`;

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}
