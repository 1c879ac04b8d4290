// rest.js -- what the wall shows once a meeting runs: the second script, which the lobby does without.
export { views } from 'runde:method/board';
export { wantsWall } from './came.js';
export { end } from './end.js';
export { pause } from './pause.js';
export { wall, withHeader } from './wall.js';
