// writing.js -- the script of desk.js: all that whoever writes for others needs, in one piece.
export { units, writers } from './places.js';
export { deskTexts } from './texts.js';
export { personal } from './personal.js';
