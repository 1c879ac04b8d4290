// signs.js -- the few drawn signs of the editor; each stands beside a word.
import { svg, html } from 'lit-html';

const drawn = {
  grip: svg`<path d="M7 5h.01M13 5h.01M7 10h.01M13 10h.01M7 15h.01M13 15h.01" stroke-width="3" />`,
  up: svg`<path d="M4 13l6-6 6 6" />`,
  down: svg`<path d="M4 7l6 6 6-6" />`,
  warn: svg`<path d="M10 3l8 14H2zM10 8v4M10 14.500v.01" />`,
  undo: svg`<path d="M7 4L3 8l4 4M3 8h9a5 5 0 0 1 0 10H8" />`,
  redo: svg`<path d="M13 4l4 4-4 4M17 8H8a5 5 0 0 0 0 10h4" />`,
  save: svg`<path d="M10 3v10M5.500 9l4.500 4.500L14.500 9M4 17h12" />`,
  done: svg`<path d="M3 11l5 5 9-11" />`,
};

/** @param {keyof typeof drawn} name */
export const sign = (name) =>
  html`<svg class="sign" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    ${drawn[name]}
  </svg>`;
