// service.test.js -- the server as a service of systemd: it takes the socket that is given, says when
// it leads meetings, that its loop turns and that it stops, and writes its log for the journal.
import assert from 'node:assert/strict';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { exchange, request, start } from '../support/rawhttp.js';
import { soon } from '../support/soon.js';
import { hasRunde, rundePath } from './server.js';

const host =
  process.env.SERVICE_HOST ?? new URL('../../build/service_host', import.meta.url).pathname;

function folder(t) {
  const data = mkdtempSync(join(tmpdir(), 'runde-service-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

const serve = (data, ...more) => ['serve', '--data', data, '--meeting', 'none', ...more];

test(
  'a service takes its socket from systemd and tells it how it fares',
  { skip: !hasRunde },
  async (t) => {
    const data = folder(t);
    // The socket counts, and not the address, which nobody could have.
    const server = await start(host, [rundePath, ...serve(data, '--listen', '192.0.2.1:1')]);
    t.after(() => server.kill('SIGKILL'));
    assert.equal(server.port, Number(server.log().match(/^given (\d+)$/m)[1]));
    assert.equal((await exchange(server.port, request(server.port, 'GET /readyz'))).status, 200);
    await soon(() => assert.match(server.log(), /^READY=1\nSTATUS=0 meetings are stored\.$/m));
    await soon(() => assert.match(server.log(), /^WATCHDOG=1$/m));
    server.process.kill('SIGHUP'); // It goes to the host, which passes it on.
    await soon(() =>
      assert.match(
        server.log(),
        /^RELOADING=1\nMONOTONIC_USEC=\d+\n(?:.*settings\.reloaded.*\n)?READY=1$/m,
      ),
    );
    assert.doesNotMatch(server.log(), /^STOPPING=1$/m);
    assert.equal(await server.kill(), 0);
    assert.match(server.log(), /^STOPPING=1$/m);
  },
);

test(
  'the log of a service has priorities, and leaves the time to the journal',
  { skip: !hasRunde },
  async (t) => {
    const data = folder(t);
    const path = join(data, 'stream');
    const stream = openSync(path, 'w+', 0o600);
    const { dev, ino } = fstatSync(stream);
    const run = async (journal) => {
      const from = readFileSync(path, 'utf8').length;
      const child = spawn(rundePath, serve(data, '--listen', '127.0.0.1:0'), {
        stdio: ['ignore', 'ignore', stream],
        env: { ...process.env, JOURNAL_STREAM: journal },
      });
      t.after(() => child.kill('SIGKILL'));
      const said = () => readFileSync(path, 'utf8').slice(from);
      await soon(() => assert.match(said(), /^listening /m));
      child.kill();
      await once(child, 'exit');
      return said();
    };
    assert.match(await run(`${dev}:${ino}`), /^<6>net\.stopping connections=0$/m);
    // Somebody else's journal, when stderr was sent elsewhere.
    for (const other of [`${dev}:${ino + 1}`, 'x', ''])
      assert.match(
        await run(other),
        /^\d{4}-\d\d-\d\dT[\d:.]+Z info net\.stopping connections=0$/m,
      );
    closeSync(stream);
  },
);
