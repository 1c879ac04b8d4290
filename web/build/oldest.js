// oldest.js -- the oldest browsers that are promised, of which ../browsers.json is the only list.
import { readFileSync } from 'node:fs';

export const browsers = JSON.parse(
  readFileSync(new URL('../browsers.json', import.meta.url), 'utf8'),
);

/** The same as esbuild calls them, which lowers syntax to what they read. */
export const targets = Object.entries(browsers.oldest).map(
  ([name, version]) => `${name === 'safari_ios' ? 'ios' : name}${version}`,
);
