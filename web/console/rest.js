// rest.js -- what a console needs once the meeting runs, and whatever opens at a press: the second
// script, which the lobby does without.
export { cameFields } from '../shared/came.js';
export { dialogView } from './dialogs.js';
export { endView } from './end.js';
export { running } from './running.js';
export { accept, choose, sheetView, WAYS } from './sheet.js';
