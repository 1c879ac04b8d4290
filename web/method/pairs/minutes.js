// minutes.js -- nothing special: what was asked, and what the pairs wrote once it is shown.
export { plainPart as default } from '../../minutes/part.js';
