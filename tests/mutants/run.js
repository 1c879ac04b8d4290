// run.js -- `node tests/mutants/run.js [--fits] [--seeds N] [WORD…]`: each bug of list.js (or those
// whose name has one of the words) by itself in a copy of the tree, which is built and tested until
// something fails: unit tests, scripts, seeds that once failed, N seeds (150) of one server and of several. Prints who killed
// what, and which lived; ends in a count, and not well when any lived. With --fits it only looks
// whether each has a place to be put into, which takes no time.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './list.js';

const home = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const copy = join(home, 'build/mutants');
const build = join(copy, 'build');
const UNITS = [
  'meeting_test',
  'retrospect_test',
  'pairs_test',
  'duty_test',
  'fact_json_test',
  'undo_test',
  'minutes_build_test',
  'telling_test',
  'owning_test',
];
const CPU_SECONDS = 120; // A bug may well make something go on for ever.

const words = process.argv.slice(2);
const fits = words[0] === '--fits' && words.shift();
if (words[0]?.startsWith('--') && words[0] !== '--seeds') {
  console.error('usage: node tests/mutants/run.js [--fits] [--seeds N] [WORD…]');
  process.exit(64);
}
let seeds = 150;
const at = words.indexOf('--seeds');
if (at >= 0) seeds = Number(words.splice(at, 2)[1]);
const wanted = mutants.filter(
  ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
);

const place = (root, file) =>
  join(root, file.startsWith('protocol/') ? file : join('server', file));

/** What stands in the file, which has what is replaced once; else says how often. */
function text(root, [name, file, from]) {
  const all = existsSync(place(root, file)) ? readFileSync(place(root, file), 'utf8') : '';
  const times = all.split(from).length - 1;
  if (times !== 1) throw new Error(`"${name}": what it replaces stands ${times} times in ${file}`);
  return all;
}

if (fits) {
  const bad = wanted.filter((mutant) => {
    try {
      return !text(home, mutant);
    } catch (error) {
      console.error(error.message);
      return true;
    }
  });
  console.log(`${wanted.length} bugs, ${bad.length} do not fit`);
  process.exit(bad.length ? 1 : 0);
}

function prepare() {
  mkdirSync(copy, { recursive: true });
  for (const each of ['CMakeLists.txt', 'server', 'protocol', 'tests', 'web/locale']) {
    rmSync(join(copy, each), { recursive: true, force: true });
    cpSync(join(home, each), join(copy, each), { recursive: true }); // New times: what was built of the last bug is built anew.
  }
  const ccache =
    spawnSync('ccache', ['--version']).status === 0 ? ['-DCMAKE_C_COMPILER_LAUNCHER=ccache'] : [];
  execFileSync('cmake', ['-S', copy, '-B', build, '-G', 'Ninja', '-DRUNDE_PAGES=OFF', ...ccache], {
    stdio: 'ignore',
  });
}

const make = () =>
  spawnSync('cmake', ['--build', build, '--target', 'sim', 'meet', ...UNITS], { encoding: 'utf8' });

function passes(command) {
  const line = `ulimit -c 0 -t ${CPU_SECONDS}; exec "$@"`;
  return (
    spawnSync('bash', ['-c', line, 'bash', ...command], { cwd: copy, stdio: 'ignore' }).status === 0
  );
}

/** What kills it, or null. */
function killer() {
  const scripts = readdirSync(join(copy, 'tests/scripts')).filter((name) => name.endsWith('.meet'));
  for (const unit of UNITS) if (!passes([join(build, unit)])) return unit;
  for (const script of scripts)
    if (!passes([join(build, 'meet'), join('tests/scripts', script)])) return script;
  if (!passes([join(build, 'sim'), '--file', 'tests/sim/seeds'])) return 'sim: a seed of before';
  if (!passes([join(build, 'sim'), '--seeds', '1', String(seeds)])) return 'sim';
  if (!passes([join(build, 'sim'), '--nodes', '--seeds', '1', String(seeds)])) return 'sim: nodes';
  return null;
}

prepare();
const sound = make();
if (sound.status !== 0) throw new Error(sound.stdout);
const already = killer();
if (already) throw new Error(`without any bug ${already} fails`);

const lived = [];
for (const mutant of wanted) {
  const [name, file, from, to] = mutant;
  const path = place(copy, file);
  const was = text(copy, mutant);
  writeFileSync(
    path,
    was.replace(from, () => to),
  );
  const made = make();
  const by = made.status === 0 && killer();
  writeFileSync(path, was);
  if (made.status !== 0) throw new Error(`"${name}" does not build:\n${made.stdout}`);
  console.log(by ? `killed  ${name}  (${by})` : `LIVED   ${name}`);
  if (!by) lived.push(name);
}
console.log(
  `\n${wanted.length} bugs, ${wanted.length - lived.length} killed, ${lived.length} lived`,
);
process.exitCode = lived.length ? 1 : 0;
