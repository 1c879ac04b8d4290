// managed.js -- the service as systemd manages it, in a system of its own:
//
//     nsenter -t PID -n node tests/package/managed.js PID NAME
//
// PID is that system's systemd, whose network this process shares; the rest of the system is asked
// by nsenter.  Each NAME is one check of tests/package/run; it says why when it fails.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { join } from '../net/client.js';
import { exchange, request, wait } from '../support/rawhttp.js';

const [manager, name] = process.argv.slice(2);
const PORT = 8080;
const SETTINGS = '/etc/runde.ini';

/** What a command says there. */
const there = (...command) =>
  execFileSync('nsenter', ['-t', manager, '-a', ...command], { encoding: 'utf8' }).trim();
const signal = (which, pid) => there('sh', '-c', `kill -s ${which} ${pid}`);
const shows = (property) => there('systemctl', 'show', 'runde', '--value', '-p', property);
const log = () => there('journalctl', '-u', 'runde', '-o', 'cat', '--no-pager');

async function until(what, holds) {
  for (let i = 0; i < 600; i++) {
    if (await holds()) return;
    await wait(100);
  }
  throw new Error(`${what}: not within a minute`);
}

const get = async (path) => exchange(PORT, request(PORT, `GET ${path}`));
const isUp = () => get('/readyz').then(({ status }) => status === 200);

async function meeting() {
  const key = there('cat', '/var/lib/private/runde/create.key');
  const body = JSON.stringify({ template: 'skoleudviklingssamtale' });
  const head = { 'Content-Length': String(body.length), Authorization: `Bearer ${key}` };
  const made = await exchange(PORT, request(PORT, 'POST /api/meetings', head, body));
  assert.equal(made.status, 201, made.text);
  const { code, links } = JSON.parse(made.body.toString());
  return { code, key: links.console.split('#')[1] };
}

const phone = (code, more) => join(PORT, { as: 'phone', meeting: code, ...more });

/** A meeting that runs, with a phone in it; then `happens`, and the same phone comes back. */
async function survives(happens, state = 'running') {
  const { code, key } = await meeting();
  const console = await join(PORT, { as: 'console', meeting: code, key });
  assert.equal((await console.send('meeting.start')).ok, true);
  const before = await phone(code, { name: 'Ane', function: 'Skoleleder' });
  const { welcome } = await before.hear('welcome');
  const { ok } = await before.send('contribution.add', { text: 'Vi begynder i det små' });
  assert.equal(ok, true);
  await happens();
  await until('it is up again', isUp);
  const after = await phone(code, { token: welcome.token });
  const { snapshot } = await after.hear('snapshot');
  assert.equal(snapshot.contributions.length, 1);
  assert.equal(snapshot.now.state, state);
}

/** What systemd started, and that it is another process afterwards. */
async function another(happens, state) {
  const pid = shows('MainPID');
  await survives(async () => {
    happens(pid);
    await until('another process', () => !['0', pid].includes(shows('MainPID')));
  }, state);
}

const checks = {
  async ready() {
    await until('it is started', () => shows('ActiveState') === 'active');
    assert.equal(shows('SubState'), 'running', 'it has said that it is ready');
    assert.equal(there('systemctl', 'is-enabled', 'runde.socket', 'runde'), 'enabled\nenabled');
    await until('it takes callers', isUp);
  },
  confined() {
    const status = there('cat', `/proc/${shows('MainPID')}/status`);
    const is = (field) => RegExp(`^${field}:\\s+(\\S+)`, 'm').exec(status)[1];
    assert.notEqual(is('Uid'), '0');
    assert.equal(is('CapBnd'), '0000000000000000');
    assert.equal(is('NoNewPrivs'), '1');
    assert.equal(is('Seccomp'), '2');
    const of = (path) => there('stat', '-c', '%a', path);
    assert.equal(of('/var/lib/private/runde'), '700');
    assert.equal(of('/var/lib/private/runde/runde.db'), '600');
  },
  async restart() {
    await another(() => there('systemctl', 'restart', 'runde'));
  },
  async killed() {
    await another((pid) => signal('KILL', pid));
  },
  // The watchdog's half minute, and then the abort: long enough for a meeting to come back paused.
  async stuck() {
    await another((pid) => signal('STOP', pid), 'paused');
    assert.match(there('journalctl', '-u', 'runde', '--no-pager'), /Watchdog timeout/);
  },
  // The socket is systemd's: whoever calls while it is down waits, and starts it.
  async called() {
    there('systemctl', 'stop', 'runde.service');
    assert.equal(shows('ActiveState'), 'inactive');
    assert.ok([200, 503].includes((await get('/healthz')).status));
    await until('it is up again', isUp);
  },
  async reload() {
    const pid = shows('MainPID');
    await survives(async () => {
      there('sh', '-c', `echo 'keep-days = 7' >> ${SETTINGS}`);
      there('systemctl', 'reload', 'runde');
      await until('it says so', () => /settings\.reloaded/.test(log()));
    });
    assert.equal(shows('MainPID'), pid);
  },
  quiet() {
    for (const word of [
      'Ane',
      'Skoleleder',
      'det små',
      there('cat', '/var/lib/private/runde/create.key'),
    ])
      assert.ok(!log().includes(word), `the system's log has "${word}"`);
  },
  async stop() {
    there('systemctl', 'stop', 'runde.socket', 'runde.service');
    assert.equal(shows('Result'), 'success');
    assert.match(log(), /net\.stopped/);
  },
};

await checks[name]();
process.exit(0);
