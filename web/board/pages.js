// pages.js -- the line that says which of several pages of the wall it is.
import { html, nothing } from 'lit-html';
import { t } from '../shared/i18n.js';
import { LEAST } from './fit.js';
import { boxed } from './place.js';

/** "2 / 3" at the foot of the box. */
export const pageLine = (page, pages, box) =>
  pages > 1
    ? html`<p
        class="label page-line num at"
        ${boxed({ ...box, y: box.y + box.h - LEAST * 1.3, h: LEAST * 1.3 })}
      >
        ${t('board.page_of', { n: page + 1, of: pages })}
      </p>`
    : nothing;
