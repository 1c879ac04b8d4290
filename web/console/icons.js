// icons.js -- the console's signs. All take their colour from the text beside them and say nothing
// themselves.
import { svg } from 'lit-html';

const sign = (width, height, content) =>
  svg`<svg class="sign" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${content}</svg>`;

const filled = (width, height, d) =>
  svg`<svg class="sign" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} aria-hidden="true"
    fill="currentColor"><path d=${d} /></svg>`;

export const go = () => filled(24, 28, 'M2 2v24L23 14z');
export const next = () => filled(30, 24, 'M2 1v22l14-11zM17 1v22l12-11zM28 1');
export const stop = () => filled(22, 22, 'M2 2h18v18H2z');
export const show = () => sign(26, 22, svg`<path d="M2 3h22v13H2zM9 20h8M13 16v4" />`);
export const play = () => filled(16, 18, 'M2 1.500v15L15 9z');
export const pause = () => filled(14, 14, 'M1 0h4v14H1zM9 0h4v14H9z');
export const dot = () => filled(20, 20, 'M10 2a8 8 0 100 16a8 8 0 100-16');
export const more = () =>
  filled(
    18,
    6,
    'M3 1a2 2 0 100 4a2 2 0 100-4M9 1a2 2 0 100 4a2 2 0 100-4M15 1a2 2 0 100 4a2 2 0 100-4',
  );
export const tick = () => sign(16, 14, svg`<path d="M2 7l4 4.500L14 2" stroke-width="2.200" />`);
export const undo = () =>
  sign(
    18,
    16,
    svg`<path d="M6 1.500L2 5.500l4 4M2.500 5.500H11a4.500 4.500 0 010 9H6" stroke-width="2" />`,
  );
export const hint = () => sign(18, 16, svg`<path d="M2 2h14v9H8l-4 3.500V11H2z" />`);
export const phone = () =>
  sign(12, 18, svg`<rect x="1" y="1" width="10" height="16" rx="2.500" /><path d="M4.500 14h3" />`);
export const noPhone = () =>
  sign(16, 18, svg`<rect x="3" y="1" width="10" height="16" rx="2.500" /><path d="M1 16L15 2" />`);
export const shared = () =>
  sign(
    18,
    18,
    svg`<circle cx="6" cy="6" r="3" /><circle cx="13" cy="7" r="2.300" /><path d="M1 16c0-7 10-7 10 0M13 12c3 0 4 2 4 4" />`,
  );
export const away = () =>
  sign(17, 17, svg`<circle cx="8.500" cy="8.500" r="7" stroke-dasharray="3 2.500" />`);
export const asleep = () =>
  sign(
    14,
    18,
    svg`<rect x="2" y="1" width="10" height="16" rx="2.500" stroke-dasharray="2.500 3" />`,
  );
export const hand = () =>
  sign(
    16,
    19,
    svg`<path stroke-width="1.600"
    d="M3 11V5.200a1.200 1.200 0 012.400 0V9 3a1.200 1.200 0 012.400 0v6-7a1.200 1.200 0 012.400 0v7-5a1.200 1.200 0 012.400 0v8c0 3.500-2 6-5 6s-4-1.500-5.600-4.500L.8 10.800c-.5-1.200 1-1.900 1.700-.8z" />`,
  );
export const lock = () =>
  svg`<svg class="sign" width="15" height="17" viewBox="0 0 22 24" aria-hidden="true"><rect x="2" y="10" width="18" height="12" rx="3" fill="currentColor" /><path d="M6 10V7a5 5 0 0110 0v3" fill="none" stroke="currentColor" stroke-width="2.400" /></svg>`;
export const unlock = () =>
  svg`<svg class="sign" width="18" height="17" viewBox="0 0 26 24" aria-hidden="true"><rect x="2" y="10" width="18" height="12" rx="3" fill="none" stroke="currentColor" stroke-width="2.400" /><path d="M15 10V6a4.500 4.500 0 019 0v2" fill="none" stroke="currentColor" stroke-width="2.400" /></svg>`;
export const warn = () =>
  sign(
    17,
    17,
    svg`<circle cx="8.500" cy="8.500" r="7.400" /><path d="M8.500 5v4.200M8.500 12v.1" stroke-width="2.200" />`,
  );
export const out = () => sign(15, 15, svg`<path d="M6 2H2v11h11V9M8.500 1.500h5v5M13 2L7 8" />`);
export const pen = () => sign(16, 16, svg`<path d="M2 14l1-4 8-8 3 3-8 8zM9.500 3.500l3 3" />`);
export const cross = () => sign(14, 14, svg`<path d="M2 2l10 10M12 2L2 12" stroke-width="2" />`);
export const up = () =>
  sign(14, 14, svg`<path d="M7 12V2M2.500 6.500L7 2l4.500 4.500" stroke-width="2" />`);
export const down = () =>
  sign(14, 14, svg`<path d="M7 2v10M2.500 7.500L7 12l4.500-4.500" stroke-width="2" />`);
