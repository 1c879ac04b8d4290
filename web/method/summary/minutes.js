// minutes.js -- nothing special: what was asked, and what was said, under its boxes as everywhere.
export { plainPart as default } from '../../minutes/part.js';
