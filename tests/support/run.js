// run.js -- the parts of tests/run: builds what they need, and runs their files side by side.
//
//     node tests/support/run.js [PART [FILE...]]...
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
process.chdir(root);
const out = join(root, 'build/tests');
/** For what hangs alone: nothing here has to be fast. */
const HANGS_MS = 30 * 60000;
const LINES_SHOWN = 80;
/** One more than there are cores: some files wait for a clock of the server most of their time. */
const AT_ONCE = availableParallelism() + 1;

/** The files of a folder without their ending, the largest first: they take longest. */
function filesIn(folder, ending) {
  const size = (name) => statSync(`tests/${folder}/${name}${ending}`).size;
  return readdirSync(`tests/${folder}`)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort((a, b) => size(b) - size(a));
}

function ctests(build) {
  const list = execFileSync('ctest', ['--test-dir', build, '-N'], { encoding: 'utf8' });
  return [...list.matchAll(/^ *Test *#\d+: (\S+)$/gm)].map(([, name]) => name);
}

const ctest = (build, name) => {
  const only = ['-R', `^${name}$`, '--output-on-failure', '--no-tests=error'];
  return ['ctest', '--test-dir', build, ...only];
};
const node = (folder, name) => {
  const file = `tests/${folder}/${name}.test.js`;
  return ['node', '--test', '--test-reporter=tap', file];
};
const anotherBuild = (folder, ...settings) => {
  const both = 'cmake -S . -B "$0" -G Ninja "$@" && cmake --build "$0"';
  return ['bash', '-c', both, folder, ...settings, '-DRUNDE_PAGES=OFF'];
};

/** Of what happens by chance in `servers`. */
const seed = process.env.RUNDE_SEED ?? String(Date.now() % 1000000);

/** The folder of a PostgreSQL that ends with this process. */
let cluster;
const onPostgres = (words, data) => {
  const script = 'tests/support/postgres.sh';
  cluster ??= execFileSync(script, ['start', String(process.pid)], { encoding: 'utf8' }).trim();
  return [script, 'run', cluster, basename(data).replace(/\W/g, '_'), ...words];
};

/** One in five will do, where nobody asks for this part. */
const someOf = (part, files) => files.filter((_, i) => i % 5 === 0 || process.argv.includes(part));

/**
 * A part: the targets that it needs of the build, or a build of its own; its files; and the command
 * that runs one. The parts whose files take longest stand first, so that no core is idle at the end.
 */
const parts = {
  tidy: {
    files: () => filesIn('tidy', '.sh'),
    run: (name) => ['bash', `tests/tidy/${name}.sh`, 'build'],
  },
  e2e: {
    // A demo takes minutes, however few its lines are.
    files: () => [...new Set(['demo', ...filesIn('e2e', '.test.js')])],
    run: (name) => node('e2e', name),
  },
  browsers: {
    files: () => filesIn('browsers', '.test.js'),
    run: (name) => node('browsers', name),
  },
  web: {
    targets: ['protocol_made'], // The types are among what protogen makes.
    files: () => [...filesIn('web', '.test.js'), 'types'],
    run: (name) =>
      name === 'types' ? ['web/node_modules/.bin/tsc', '-p', 'web'] : node('web', name),
  },
  net: {
    targets: ['net_echo', 'service_host', 'wall_jump', 'runde_fault'],
    files: () => filesIn('net', '.test.js'),
    run: (name) => node('net', name),
  },
  sim: {
    targets: ['sim'],
    files: () => [
      ...['1-50', '51-100', '101-150', '151-200'],
      ...['nodes-1-50', 'nodes-51-100'],
      ...['found', 'fold'],
    ],
    run: (name) => {
      if (name.startsWith('nodes-'))
        return ['build/sim', '--nodes', '--seeds', ...name.split('-').slice(1)];
      if (name === 'fold') return node('sim', name);
      if (name === 'found') return ['build/sim', '--file', 'tests/sim/seeds'];
      return ['build/sim', '--seeds', ...name.split('-')];
    },
  },
  protocol: {
    targets: ['protocol_decode', 'protogen'],
    files: () => filesIn('protocol', '.test.js'),
    run: (name) => node('protocol', name),
  },
  asan: {
    build: anotherBuild(
      'build/asan',
      '-DCMAKE_C_COMPILER=clang',
      '-DSANITIZE=address,undefined',
      '-DCMAKE_BUILD_TYPE=Debug',
    ),
    files: () => ctests('build/asan'),
    run: (name) => ctest('build/asan', name),
  },
  unit: {
    targets: ['all'],
    files: () => ctests('build'),
    run: (name) => ctest('build', name),
  },
  live: {
    targets: ['meet'],
    files: () => filesIn('scripts', '.meet'),
    run: (name, { data, said }) => {
      const script = `tests/scripts/${name}.meet`;
      return ['build/meet', '--live', 'build/runde', data, '--log', said, script];
    },
  },
  postgres: {
    targets: ['meet'],
    // The server is the same but for its journal, of which unit/store asks more.
    files: () => someOf('postgres', filesIn('scripts', '.meet')),
    run: (name, { data }) =>
      onPostgres(['build/meet', '--live', 'build/runde', data, `tests/scripts/${name}.meet`], data),
  },
  servers: {
    targets: ['meet'],
    files: () => someOf('servers', filesIn('scripts', '.meet')),
    run: (name, { data }) => {
      const script = `tests/scripts/${name}.meet`;
      const how = ['--nodes', 'build/runde', data, '--seed', seed];
      return onPostgres(['build/meet', ...how, script], data);
    },
  },
  scripts: {
    targets: ['meet'],
    files: () => filesIn('scripts', '.meet'),
    run: (name, { said }) => ['build/meet', '--log', said, `tests/scripts/${name}.meet`],
  },
  compat: {
    targets: ['all', 'replay', 'runde_fault'],
    files: () => filesIn('compat', '.test.js'),
    run: (name) => node('compat', name),
  },
};
/** Whatever these say to a server is held against the schemas by protocol/traffic, at the end. */
const SPEAKERS = ['scripts', 'live', 'net', 'e2e'];

const counts = { passed: 0, failed: 0, skipped: 0 };
const skips = [];
const seconds = {};

/** @returns {never} */
function misled(why) {
  console.error(why);
  process.exit(2);
}

/** The parts that the words name, each with the files that they name of it. */
function named(words) {
  const chosen = new Map();
  let part;
  for (const word of words) {
    if (Object.hasOwn(parts, word)) chosen.set((part = word), []);
    else if (part) chosen.get(part).push(basename(word).replace(/\.(test\.js|meet|sh)$/, ''));
    else misled(`There is no part ${word}, but: ${Object.keys(parts).join(' ')}`);
  }
  return chosen.size ? chosen : new Map(Object.keys(parts).map((each) => [each, []]));
}

const groups = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    for (const pid of groups) process.kill(-pid, 'SIGKILL');
    process.exit(1);
  });

/** Runs a command with its output in a file, and all that it starts; resolves to its exit code. */
function command([program, ...words], log, env) {
  return new Promise((done) => {
    const to = openSync(log, 'w');
    const child = spawn(program, words, {
      stdio: ['ignore', to, to],
      env: { ...process.env, ...env },
      detached: true, // Its processes are a group, that ends as a whole.
    });
    closeSync(to);
    groups.add(child.pid);
    const guard = setTimeout(() => {
      appendFileSync(log, `not ok: ended after ${HANGS_MS / 60000} minutes\n`);
      process.kill(-child.pid, 'SIGKILL');
    }, HANGS_MS);
    const end = (how) => {
      clearTimeout(guard);
      groups.delete(child.pid);
      done(how);
    };
    child.once('error', end);
    child.once('close', end);
  });
}

/** What a file of node's tests has counted. */
function counted(tap, how) {
  const count = (name) =>
    Number([...tap.matchAll(new RegExp(`^# ${name} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  const passed = count('pass');
  const skipped = count('skipped');
  // What never came to an end, or has no test in it, did not pass either.
  const failed = count('fail') + count('cancelled') || Number(how !== 0 || passed + skipped === 0);
  return { passed, failed, skipped };
}

/** The lines that say why a file of node's tests failed. */
function whys(tap) {
  const lines = tap.trimEnd().split('\n');
  const shown = new Set();
  lines.forEach((line, i) => {
    if (/^ *# left: /.test(line)) shown.add(i);
    if (!/^ *not ok/.test(line)) return;
    for (let k = i; k < lines.length && !/^ *\.\.\.$/.test(lines[k]); k++) shown.add(k);
  });
  return shown.size ? lines.filter((_, i) => shown.has(i)) : lines.slice(-LINES_SHOWN);
}

/** Runs one file, or a build: says a line, and adds to the counts. */
async function run(part, name, words, env = {}) {
  const log = join(out, `${part}-${name.replace(/ /g, '-')}.log`);
  const begun = performance.now();
  const how = await command(words, log, env);
  const took = (performance.now() - begun) / 1000;
  const text = readFileSync(log, 'utf8');
  const isNode = words[0] === 'node';
  const got = isNode
    ? counted(text, how)
    : { passed: Number(how === 0), failed: Number(how !== 0), skipped: 0 };
  for (const key of Object.keys(counts)) counts[key] += got[key];
  seconds[part] = (seconds[part] ?? 0) + took;
  const sums = Object.entries(got).filter(([key, n]) => n || key === 'passed');
  const said = isNode ? `: ${sums.map(([key, n]) => `${n} ${key}`).join(', ')}` : '';
  console.log(`${got.failed ? 'FAIL' : 'ok  '} ${part} ${name}${said} (${took.toFixed(1)} s)`);
  for (const [, test, why] of isNode ? text.matchAll(/^ *ok \d+ - (.*) # SKIP ?(.*)$/gm) : [])
    skips.push(`${part} ${name}: ${test}: ${why}`);
  if (got.failed) {
    const lines = isNode ? whys(text).slice(0, LINES_SHOWN) : text.split('\n').slice(-LINES_SHOWN);
    console.log(lines.map((line) => `      ${line}`).join('\n'));
  }
  return got.failed === 0;
}

/** Runs one file of a part. */
async function runFile(part, name) {
  const data = mkdtempSync(join(tmpdir(), 'runde-data-'));
  const said = join(out, 'said', `${part}-${name}`);
  const env = { RUNDE_GEN: join(root, 'build/gen'), RUNDE_TRAFFIC_OUT: said };
  await run(part, name, parts[part].run(name, { data, said }), env);
  rmSync(data, { recursive: true, force: true });
}

/** What was said to servers, held against the schemas: complete where all that speak have run. */
async function runTraffic(chosen) {
  const absent = SPEAKERS.filter((part) => !chosen.has(part) || chosen.get(part).length);
  if (absent.length) {
    counts.skipped++;
    skips.push(`protocol traffic: is about what is said in the whole of ${absent.join(', ')}`);
    return;
  }
  const all = join(out, 'traffic.txt');
  rmSync(all, { force: true });
  for (const file of readdirSync(join(out, 'said')))
    appendFileSync(all, readFileSync(join(out, 'said', file)));
  await run('protocol', 'traffic', node('protocol', 'traffic'), { RUNDE_TRAFFIC: all });
}

const began = performance.now();
const chosen = named(process.argv.slice(2));
for (const folder of ['said', 'failed'])
  rmSync(join(out, folder), { recursive: true, force: true });
mkdirSync(join(out, 'said'), { recursive: true });

const jobs = [];
const targets = new Set();
for (const [part, names] of chosen) {
  const { build, files, targets: its = [] } = parts[part];
  if (build && !(await run(part, 'build', build))) continue;
  const there = files();
  const absent = names.find((name) => !there.includes(name));
  if (absent) misled(`There is no ${absent} in ${part}, but: ${there.join(' ')}`);
  for (const name of names.length ? names : there) jobs.push([part, name]);
  for (const target of its) targets.add(target);
}
if (targets.size)
  await run('build', 'of tests', ['cmake', '--build', 'build', '--target', ...targets]);

const isTraffic = ([part, name]) => part === 'protocol' && name === 'traffic';
const queue = jobs.filter((job) => !isTraffic(job));
const worker = async () => {
  for (let job = queue.shift(); job; job = queue.shift()) await runFile(...job);
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
if (jobs.some(isTraffic)) await runTraffic(chosen);

const spent = Object.entries(seconds).map(([part, s]) => `${part} ${s.toFixed(0)}`);
const whole = ((performance.now() - began) / 1000).toFixed(0);
if (chosen.has('servers')) console.log(`\nThe seed of servers: RUNDE_SEED=${seed}`);
console.log(
  `\nSeconds of the files of each part: ${spent.join(', ')}; in all ${whole} side by side`,
);
if (skips.length) console.log(`\nSkipped:\n${skips.map((each) => `  ${each}`).join('\n')}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed ? 1 : 0;
