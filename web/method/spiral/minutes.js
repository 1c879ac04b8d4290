// minutes.js -- nothing special: what was asked, and what was said, under its laps as everywhere.
export { plainPart as default } from '../../minutes/part.js';
