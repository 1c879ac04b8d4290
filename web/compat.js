// compat.js -- whether the pages keep to what the oldest browsers have that are promised, and what runs
// on node to the oldest node; says where they do not.
//
//   node compat.js
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { inScripts, inStyle } from './build/compat.js';
import { browsers, targets } from './build/oldest.js';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const PAGES = ['shared', 'start', 'phone', 'console', 'board', 'minutes', 'method', 'worker'];

const files = (...patterns) =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .trim()
    .split('\n');

const found = inScripts(['shared/virtual.d.ts', ...files(...PAGES.map((page) => `${page}/*.js`))]);
const ofNode = inScripts(files('*.js', 'build/*.js', '../tests/*.js'), browsers.node);
found.push(...ofNode.filter((line) => line.includes(': javascript.')));
for (const file of files('*.css')) {
  const { code } = await transform(readFileSync(file, 'utf8'), { loader: 'css', target: targets });
  found.push(...inStyle(file, code));
}
console.log(found.join('\n'));
process.exitCode = found.length ? 1 : 0;
