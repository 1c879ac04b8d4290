// crash.test.js -- a short piece of tests/crash/server.js.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { hasRunde } from './server.js';

const script = fileURLToPath(new URL('../crash/server.js', import.meta.url));

test(
  '1 6 a server that is killed twenty times has all that it acknowledged, once',
  { skip: !hasRunde && 'there is no server' },
  (t) => {
    const { status, stdout, stderr } = spawnSync('node', [script, '--seeds', '1', '20'], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    t.diagnostic(stdout.trim());
    assert.match(stdout, /20 kills .* [1-9]\d* acknowledged/);
  },
);
