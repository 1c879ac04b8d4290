// minutes.js -- nothing special: what was asked, and what was said.
export { plainPart as default } from '../../minutes/part.js';
