// run.js -- `node tests/forgotten/run.js [--all]`: each deletion of list.js by itself in a copy of
// the tree, which must not be built then. With --all every function that protogen asks for and every
// view of a method is deleted once. Ends in a count, and not well when anything was built.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { all, deletions } from './list.js';
import { Tree } from './tree.js';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const copy = join(home, 'build/forgotten');
const build = join(copy, 'build');
const tree = new Tree(home, copy);
const ccache =
  spawnSync('ccache', ['--version']).status === 0 ? ['-DCMAKE_C_COMPILER_LAUNCHER=ccache'] : [];
execFileSync('cmake', ['-S', copy, '-B', build, '-G', 'Ninja', '-DRUNDE_PAGES=OFF', ...ccache], {
  stdio: 'ignore',
});

/** Builds the server's layers and a program that is linked from them, or the pages. */
function make(pages) {
  const [program, ...args] = pages
    ? ['node', join(copy, 'web/build.js'), '--gen', join(build, 'gen')]
    : ['cmake', '--build', build, '--target', 'replay'];
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { built: status === 0, said: `${stdout}${stderr}` };
}

for (const pages of [false, true]) {
  const { built, said } = make(pages);
  if (!built) throw new Error(`with nothing deleted:\n${said}`);
}
const wanted = process.argv.includes('--all')
  ? all(tree, readFileSync(join(build, 'gen/dispatch.gen.h'), 'utf8'))
  : deletions;

let bad = 0;
for (const { name, says, pages, remove } of wanted) {
  let verdict;
  try {
    remove(tree);
    const { built, said } = make(pages);
    if (built) verdict = 'BUILT ALL THE SAME';
    else if (!says.test(said)) verdict = `FAILED FOR SOMETHING ELSE:\n${said.slice(-2000)}`;
  } catch (error) {
    verdict = `NOT TRIED: ${error.message}`;
  }
  tree.restore();
  console.log(verdict ? `${name}: ${verdict}` : `is missed: ${name}`);
  bad += verdict ? 1 : 0;
}
console.log(`\n${wanted.length} deletions, ${wanted.length - bad} are missed by the build`);
process.exitCode = bad ? 1 : 0;
