/** command_line.test.js -- options of the subcommands: flags, environment, file, and what is wrong. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { start } from '../support/rawhttp.js';
import { hasRunde, runde, rundePath } from './server.js';

const EX_USAGE = 64;
const EX_NOINPUT = 66;
const EX_UNAVAILABLE = 69;
const EX_CONFIG = 78;

const SERVER =
  'listen data journal node node-url cluster-key-file cluster-ca-file base-url rate create meeting keep-days organisation contact dpo reviewed tls-cert tls-key metrics trust-proxy colour wifi-name wifi-password log config test-clock';
/** What each subcommand takes besides --help, --usage and --version. */
const OPTIONS = {
  serve: SERVER,
  demo: 'url listen data key template people speed lead once config',
  new: 'server template agenda title locale zone key config',
  link: 'data config',
  chief: 'base-url config',
  list: 'data journal config',
  export: 'data journal config',
  import: 'data journal config',
  erase: 'data journal config',
  backup: 'data journal config',
  upgrade: 'journal config',
  check: SERVER,
  version: '',
};

/** Those that want words beside their options. */
const WITH_WORDS = ['link', 'export', 'import', 'erase', 'backup'];

const folder = mkdtempSync(join(tmpdir(), 'runde-options-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Runs it to its end, with nothing of ours in the environment but `env`.
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, out: string, err: string }>}
 */
function run(args, env = {}) {
  const clean = Object.entries(process.env).filter(([name]) => !name.startsWith('RUNDE'));
  const child = spawn(rundePath, args, {
    cwd: folder,
    env: { ...Object.fromEntries(clean), ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

/** Ends with this code and says why on stderr alone. */
async function refused(code, why, args, env) {
  const it = await run(args, env);
  const shown = `${args.join(' ')}: ${JSON.stringify(it)}`;
  assert.equal(it.code, code, shown);
  assert.match(it.err, why, shown);
  assert.equal(it.out, '', shown);
}

/** A file of settings. */
function file(text) {
  const path = join(folder, 'runde.ini');
  writeFileSync(path, text);
  return path;
}

if (!hasRunde) test('options of the command line', { skip: 'no build/runde' });
else {
  test('--help of each subcommand names it and every option that it takes', async () => {
    for (const [name, options] of Object.entries(OPTIONS)) {
      const it = await run([name, '--help']);
      assert.equal(it.code, 0, name);
      assert.equal(it.err, '', name);
      assert.match(it.out, new RegExp(`^Usage: runde ${name} \\[OPTION\\.\\.\\.\\]`));
      const named = [...it.out.matchAll(/^ {6}--([a-z-]+)/gm)].map(([, option]) => option);
      assert.deepEqual(named, [...options.split(' ').filter(Boolean), 'usage'], name);
      assert.deepEqual(await run([name, '-h']), it, name);
    }
    assert.match((await run(['serve', '--help'])).out, /--rate=N.*\n? +.*\[10\]/, 'the default');
  });

  test('--version of each subcommand, and of all', async () => {
    for (const args of [
      ['version'],
      ['--version'],
      ['-V'],
      ...Object.keys(OPTIONS).map((name) => [name, '--version']),
    ])
      assert.deepEqual(await run(args), { code: 0, out: 'runde 0.1.0\n', err: '' });
  });

  test('without a subcommand, or with one that there is not, the list of them is shown', async () => {
    await refused(EX_USAGE, /runde serve {2,}leads meetings/, []);
    await refused(EX_USAGE, /there is no command serv\n/, ['serv']);
    assert.match((await run(['--help'])).out, /runde check/);
  });

  test('an option that there is not, a value that is missing or too much, a word too many', async () => {
    for (const name of Object.keys(OPTIONS)) {
      await refused(EX_USAGE, /unrecognized option '--nope'/, [name, '--nope']);
      await refused(EX_USAGE, /invalid option -- 'x'/, [name, '-x']);
      if (!WITH_WORDS.includes(name)) await refused(EX_USAGE, /Too many arguments/, [name, 'more']);
      if (name !== 'version') {
        await refused(EX_USAGE, /'--config' requires an argument/, [name, '--config']);
        assert.match(
          (await run([name, '--config'])).err,
          new RegExp(`Try \`runde ${name} --help'`),
        );
      }
    }
    await refused(EX_USAGE, /'--lead' doesn't allow an argument/, ['demo', '--lead=yes']);
    await refused(EX_USAGE, /needs CODE \[ROLE\]/, ['link']);
    await refused(EX_USAGE, /Too many arguments/, ['link', 'K7QM-4XPR', 'board', 'x']);
  });

  test('a chief’s link leads to this address, and its code is made of its secret', async () => {
    const link = /^ {2}(https?:\/\/\S+)\/chef#([\w-]{43})$/m;
    const code = /^ {2}([2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){3})$/m;
    const one = (await run(['chief', '--base-url', 'https://runde.kommune.dk/'])).out;
    const other = (await run(['chief'], { RUNDE_BASE_URL: 'http://10.0.0.2:8080' })).out;
    assert.equal(link.exec(one)[1], 'https://runde.kommune.dk');
    assert.equal(link.exec(other)[1], 'http://10.0.0.2:8080');
    assert.notEqual(link.exec(one)[2], link.exec(other)[2]);
    const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
    const hash = createHash('sha256').update(link.exec(one)[2]).digest();
    const first = Array.from({ length: 15 }, (_, i) => alphabet[hash.readUInt16BE(2 * i) % 31]);
    assert.ok(code.exec(one)[1].replaceAll('-', '').startsWith(first.join('')));
    for (const bad of ['runde.dk', 'ftp://runde.dk', 'http://', 'https://x/sti', 'https://x#y', ''])
      await refused(EX_USAGE, /must be http:\/\/HOST:PORT or https:\/\/HOST, without a path/, [
        'chief',
        `--base-url=${bad}`,
      ]);
  });

  test('words stand before, between and behind options', async () => {
    const none = join(folder, 'nothing');
    for (const args of [
      ['K7QM-4XPR', 'board', '--data', none],
      ['K7QM-4XPR', `--data=${none}`, 'board'],
      ['--data', none, '--', 'K7QM-4XPR', 'board'],
    ])
      await refused(69, /nothing: No such file or directory/, ['link', ...args]);
  });

  test('a number is whole and within its range', async () => {
    for (const bad of ['x', '', '1x', '1.5', '-1', '1000001', '99999999999999999999'])
      await refused(EX_USAGE, /--rate must be a number from 0 to 1000000, not/, [
        'serve',
        `--rate=${bad}`,
      ]);
    await refused(EX_USAGE, /--people must be a number from 2 to 96, not 1/, [
      'demo',
      '--people',
      '1',
    ]);
  });

  test('HOST:PORT has both, and a port that there is', async () => {
    const data = ['--data', join(folder, 'never')];
    for (const bad of [
      'nonsense',
      '127.0.0.1',
      '127.0.0.1:',
      ':',
      '127.0.0.1:http',
      '127.0.0.1:65536',
      '127.0.0.1:99999',
      '127.0.0.1:-1',
      '[::1:80',
    ]) {
      await refused(EX_USAGE, /--listen: is not a HOST:PORT/, ['serve', '--listen', bad, ...data]);
      await refused(EX_USAGE, /--metrics: is not a HOST:PORT/, [
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--metrics',
        bad,
        ...data,
      ]);
    }
    for (const bad of [
      'http://',
      'ftp://x',
      'http://x/y',
      'http://x:',
      'http://x:0',
      'http://x:65536',
      'http://x:y',
      'http://:80',
      'a b',
    ])
      await refused(EX_USAGE, /http:\/\/HOST:PORT/, ['new', '--server', bad]);
    for (const bad of ['x', 'ftp://x', 'http://x/y', 'http://x:0'])
      await refused(EX_USAGE, /--base-url: must be/, [
        'serve',
        '--listen',
        '127.0.0.1:0',
        '--base-url',
        bad,
        ...data,
      ]);
    await refused(EX_USAGE, /--trust-proxy: must be/, [
      'serve',
      '--listen',
      '127.0.0.1:0',
      '--trust-proxy',
      'x',
      ...data,
    ]);
  });

  test('one of several servers has a name, a URL and a database', async () => {
    const journal = ['--journal', 'service=never'];
    const url = ['--node-url', 'http://10.0.0.5:8080'];
    const cases = [
      [/--node: needs --journal/, ['--node', 'a', ...url]],
      [/--node-url: is missing/, ['--node', 'a', ...journal]],
      [/--node: is missing/, [...url, ...journal]],
      [/--node: is 1 to 63 letters/, ['--node', '', ...url, ...journal]],
      [/--node: is 1 to 63 letters/, ['--node', 'a b', ...url, ...journal]],
      [/--node: is 1 to 63 letters/, ['--node', 'a'.repeat(64), ...url, ...journal]],
      [/--node-url: must be/, ['--node', 'a', '--node-url', '10.0.0.5:8080', ...journal]],
      [/--node: is 1 to 63 letters/, ['--node', 'skole-Å', ...url, ...journal]],
      [/--node: is 1 to 63 letters/, ['--node', 'a\nb', ...url, ...journal]],
      ...[
        ...['http://a/x', 'http://a/', 'http://a?x', 'http://a#x', 'ftp://a', 'http://', 'a'],
        ...['http://u@a', 'http://u:hemmelig@a', 'http://a:0', 'http://a:x', 'http://a b'],
        ...['http://[::1', 'http://[::g]', 'http://a[b', 'http://..', `http://${'a'.repeat(249)}`],
      ].map((bad) => [/--node-url: must be/, ['--node', 'a', '--node-url', bad, ...journal]]),
    ];
    for (const [why, args] of cases)
      for (const command of ['serve', 'check'])
        await refused(EX_USAGE, why, [command, '--data', join(folder, 'nodes'), ...args]);
  });

  test('a flag comes before the environment, that before the file, that before the default', async () => {
    const config = file('; settings\n[serve]\nrate = of the file\nlog = debug\n');
    const said = (value) => new RegExp(`--rate must be a number .*, not ${value}\n`);
    const of = { RUNDE_RATE: 'of the environment' };
    await refused(
      EX_USAGE,
      said('of the flag'),
      ['serve', '--rate', 'of the flag', '--config', config],
      of,
    );
    await refused(EX_USAGE, said('of the environment'), ['serve', '--config', config], of);
    await refused(EX_USAGE, said('of the file'), ['serve', '--config', config]);
    await refused(EX_USAGE, said('of the file'), ['serve'], { RUNDE_CONFIG: config });
    await refused(EX_USAGE, said('of the file'), ['serve', '--config', config], { RUNDE_RATE: '' });
    await refused(EX_USAGE, said('the last'), ['serve', '--rate', '1', '--rate', 'the last']);
  });

  test('dashes are underscores in the environment, and stay in the file', async () => {
    await refused(EX_USAGE, /--base-url: must be/, ['serve', '--listen', '127.0.0.1:0'], {
      RUNDE_BASE_URL: 'x',
    });
    const config = file('base-url = x\nlisten = 127.0.0.1:0\n');
    await refused(EX_USAGE, /--base-url: must be/, ['serve', '--config', config]);
  });

  test('a server starts by the environment and a file alone', async () => {
    const config = file(`data = ${join(folder, 'data')}\nmeeting = none\nlisten = 127.0.0.1:1\n`);
    const server = await start(rundePath, ['serve'], {
      RUNDE_CONFIG: config,
      RUNDE_LISTEN: '127.0.0.1:0',
    });
    assert.ok(server.port > 1);
    assert.equal(await server.kill(), 0);
  });

  test('what would go wrong is said before it does', async () => {
    const data = join(folder, 'checked');
    const settings = (port, more = '') =>
      file(`data = ${data}\nmeeting = none\nlisten = 127.0.0.1:${port}\n${more}`);
    const good = settings(0, 'rate = 5\norganisation = Nordby\ncontact = 12345678\n');
    let { code, out } = await run(['check', '--config', good]);
    assert.equal(code, 0);
    assert.match(out, /^note: there is no .*runde.db yet/m);
    const server = await start(rundePath, ['serve', '--config', good]);
    ({ code, out } = await run(['check', '--config', good]));
    assert.equal(code, 0, 'while a server runs');
    assert.match(out, /^note: base-url is not set/m);
    assert.match(out, /^meetings: 0, unreadable: 0$/m);
    assert.ok(!out.includes('organisation'));
    ({ code, out } = await run(['list', '--config', good])); // The file is the server's.
    assert.equal(code, 0);
    const other = join(folder, 'other');
    await refused(EX_UNAVAILABLE, new RegExp(`127.0.0.1:${server.port}: .*in use`, 'i'), [
      ...['check', '--data', other, '--listen', `127.0.0.1:${server.port}`],
    ]);
    assert.equal(await server.kill(), 0);
    ({ code, out } = await run([
      ...['check', '--config', settings(0), '--base-url', 'https://runde.example'],
    ]));
    assert.equal(code, 0);
    const unsaid = ['organisation', 'contact', 'dpo', 'reviewed'].map(
      (each) => `${each} is not set`,
    );
    for (const what of ['trust-proxy is not set', 'create is open', ...unsaid])
      assert.ok(out.includes(what), `${what}: ${out}`);
    await refused(EX_USAGE, /--keep-days must be/, [
      'check',
      '--config',
      settings(0, 'keep-days = x'),
    ]);
    for (const day of ['30. november', '2026-11-31', '2026-11-30x', '26-11-30'])
      await refused(EX_USAGE, /--reviewed: is a day like/, [
        ...['check', '--config', settings(0), `--reviewed=${day}`],
      ]);
    await refused(EX_USAGE, /--trust-proxy: must be/, [
      ...['check', '--config', settings(0, 'trust-proxy = x')],
    ]);
  });

  test('a file that is not there, a line that is no setting, a setting that there is not', async () => {
    await refused(EX_NOINPUT, /gone.ini cannot be read: No such file/, [
      'serve',
      '--config',
      'gone.ini',
    ]);
    await refused(EX_CONFIG, /line 2 is not a setting/, [
      'serve',
      '--config',
      file('rate = 1\nrate\n'),
    ]);
    await refused(EX_CONFIG, /unknown setting: lisen[^]*line 1 is not a setting/, [
      'serve',
      '--config',
      file('lisen = x\n'),
    ]);
  });

  test('a plan that was saved as a file is an agenda here too, and says what does not come along', async () => {
    const server = await runde();
    const at = `http://127.0.0.1:${server.port}`;
    const items = [{ no: 1, title: 'Et', minutes: 5, parts: [{ id: 'a', method: 'talk' }] }];
    const saved = { title: 'Gemt plan', items, plan: { people: 14, seats: [{ name: 'Mette' }] } };
    const made = await run(['new', '--server', at, '--agenda', file(JSON.stringify(saved))]);
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /\/console\//);
    assert.match(made.err, /expected people are not given along/);
    await server.kill();
  });

  test('an agenda that is refused says how a day and an hour are written', async () => {
    const server = await runde();
    const parts = [{ id: '1', method: 'turns' }];
    const items = [{ no: 1, title: 'Runde', minutes: 10, parts }];
    for (const [wrong, how] of [
      [{ starts: '9:00' }, /agenda\.starts[^]*09:00/],
      [{ date: '12-05-2026' }, /agenda\.date[^]*2026-05-12/],
      [{ date: '2026-02-30' }, /a day that exists/],
    ]) {
      const agenda = file(JSON.stringify({ title: 'Runde', items, ...wrong }));
      const at = `http://127.0.0.1:${server.port}`;
      await refused(EX_UNAVAILABLE, how, ['new', '--server', at, '--agenda', agenda]);
    }
    await server.kill();
  });

  test('what is a flag on the command line is yes or no elsewhere', async () => {
    const never = ['--url', 'gopher://x'];
    await refused(EX_CONFIG, /RUNDE_LEAD is yes or no, not perhaps/, ['demo', ...never], {
      RUNDE_LEAD: 'perhaps',
    });
    await refused(EX_CONFIG, /once is yes or no, not 1[^]*line 1/, [
      'demo',
      ...never,
      '--config',
      file('once = 1\n'),
    ]);
    await refused(EX_USAGE, /gopher/, ['demo', ...never], { RUNDE_LEAD: 'yes', RUNDE_ONCE: 'no' });
  });
}
