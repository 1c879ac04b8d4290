// How the minutes are fetched: one request at a time, at a measured pace, and honest about what does
// not come.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { feed } = await import('../../web/shared/feed.js');

/** A feed in a time of the test's own, with a server that answers when the test says so. */
function begin({ pace = 1000 } = {}) {
  let time = 0;
  const timers = new Map();
  let next = 1;
  const asked = [];
  const seen = [];
  /** down: the status that every request gets at once; 0: the test answers. */
  const server = { down: 0 };
  const it = feed({
    code: 'K7QM-4XPR',
    key: () => 'secret',
    pace,
    changed: () => seen.push([it.minutes?.n ?? null, it.fails]),
    get: /** @type {any} */ (
      (url, { headers, signal }) =>
        new Promise((done, failed) => {
          signal.addEventListener('abort', () => failed(new Error('aborted')));
          if (server.down)
            return (asked.push({ at: time }), done({ ok: false, status: server.down }));
          asked.push({
            url,
            headers,
            at: time,
            signal,
            answers: (n) => done({ ok: true, status: 200, json: async () => ({ n }) }),
            refuses: (status) => done({ ok: false, status }),
            fails: () => failed(new TypeError('no network')),
          });
        })
    ),
    setTimer: (fn, ms) => {
      timers.set(next, { fn, at: time + ms });
      return next++;
    },
    clearTimer: (timer) => timers.delete(timer),
    now: () => time,
  });
  const settled = () => new Promise((done) => setImmediate(done));
  return {
    it,
    server,
    asked,
    seen,
    settled,
    /** So much time passes. */
    async pass(ms) {
      const end = time + ms;
      for (;;) {
        const [due] = [...timers]
          .filter(([, { at }]) => at <= end)
          .sort((a, b) => a[1].at - b[1].at);
        if (!due) break;
        timers.delete(due[0]);
        time = due[1].at;
        due[1].fn();
        await settled();
      }
      time = end;
    },
  };
}

test('the first change is followed soon, with the key in no address', async () => {
  const { it, asked, seen, pass, settled } = begin();
  it.look();
  it.look();
  await pass(300);
  assert.equal(asked.length, 1);
  assert.equal(asked[0].url, '/api/meetings/K7QM-4XPR/minutes?edition=participants&format=json');
  assert.equal(asked[0].headers.Authorization, 'Bearer secret');
  asked[0].answers(1);
  await settled();
  assert.deepEqual(seen, [[1, false]]);
  await pass(60000);
  assert.equal(asked.length, 1, 'nothing is new');
});

test('one request at a time, and never faster than its pace, however many changes come', async () => {
  const { it, asked, pass, settled } = begin();
  for (let i = 0; i < 50; i++) {
    it.look();
    await pass(100);
    if (asked.length > 1) assert.ok(asked.at(-1).at - asked.at(-2).at >= 1000);
    asked.at(-1)?.answers(i);
    await settled();
  }
  assert.ok(asked.length >= 4 && asked.length <= 6, `${asked.length}`);
  it.look();
  const before = asked.length;
  await pass(1100);
  assert.equal(asked.length, before + 1, 'the last change is followed too');
  it.look();
  await pass(5000);
  assert.equal(asked.length, before + 1, 'while one is on its way there is no other');
});

test('what came last stays while newer ones do not come; it is tried less and less often, and at once when the network is back', async () => {
  const { it, server, asked, seen, pass, settled } = begin();
  it.look();
  await pass(300);
  asked[0].answers(1);
  await settled();
  it.look();
  await pass(1000);
  asked[1].fails();
  await settled();
  assert.deepEqual(seen.at(-1), [1, true]);
  server.down = 503;
  await pass(120000);
  const waits = asked.slice(2).map(({ at }, i) => at - asked[i + 1].at);
  assert.deepEqual(waits.slice(0, 6), [1000, 2000, 4000, 8000, 15000, 15000]);
  server.down = 0;
  it.again();
  await pass(300);
  asked.at(-1).answers(2);
  await settled();
  assert.deepEqual(seen.at(-1), [2, false]);
});

test('an answer that never comes is given up, and a key that opens nothing is not asked with again', async () => {
  const { it, asked, seen, pass, settled } = begin();
  it.look();
  await pass(10400);
  assert.ok(asked[0].signal.aborted);
  assert.deepEqual(seen, [[null, true]]);
  await pass(1000);
  asked[1].refuses(403);
  await settled();
  await pass(120000);
  assert.equal(asked.length, 2);
  it.look();
  await pass(5000);
  assert.equal(asked.length, 3);
});

test('stopped, it asks for nothing more and says nothing more', async () => {
  const { it, asked, seen, pass, settled } = begin();
  it.look();
  await pass(300);
  it.stop();
  await settled();
  assert.ok(asked[0].signal.aborted);
  await pass(60000);
  assert.equal(asked.length, 1);
  assert.deepEqual(seen, []);
});
