// conversations.test.js -- what clients of an earlier release said, this server still understands,
// and it answers and tells them what that release did, at least. See README.md.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const replay = process.env.RUNDE_REPLAY ?? `${here}../../build/replay`;

const conversations = readdirSync(`${here}conversations`);

test('there are conversations', () => assert.ok(conversations.length > 60));

for (const file of conversations)
  test(file.replace('.gz', ''), () => {
    const input = gunzipSync(readFileSync(`${here}conversations/${file}`));
    const { status, stdout, stderr, error } = spawnSync(replay, {
      input,
      encoding: 'utf8',
      env: { ...process.env, TZ: 'UTC' },
    });
    assert.ifError(error);
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
