// proxies.test.js -- one server behind each proxy (proxy.js). A command of its own: tests/proxies/run.
// See tests/README.md, rows 25 and 42.
import assert from 'node:assert/strict';
import { browser, server as serve } from '../e2e/browser.js';
import { wholeMeeting } from '../e2e/meeting.js';
import { test } from '../support/chromium.js';
import { upgrade, wait } from '../support/rawhttp.js';
import { PING, PONG, TEXT, Ws } from '../support/rawws.js';
import { ask, before, freePort, tlsTo, wanted } from './proxy.js';

/** Longer than any of the samples lets a connection be silent. */
const SILENT_MS = 80000;
/** More than an address may guess wrong at once. */
const GUESSES = 150;

/** A server, and the proxy before it, which answers. */
async function behind(t, name) {
  const port = await freePort();
  const server = await serve(
    ...['--base-url', `https://localhost:${port}`, '--trust-proxy', '127.0.0.1'],
  );
  t.after(() => server.stop());
  const trusted = await before(t, name, port, [new URL(server.url).port]);
  const links = async () => {
    const answer = await server.meeting({ template: 'skoleudviklingssamtale' });
    const there = Object.entries(answer.links).map(([role, link]) => [
      role,
      `https://localhost:${port}${link.slice(server.url.length)}`,
    ]);
    return { code: answer.code, links: Object.fromEntries(there) };
  };
  return { port, server, links, trusted };
}

for (const name of wanted(['nginx', 'haproxy', 'caddy'])) {
  test(`${name}: a whole meeting`, { timeout: 900000 }, async (t) => {
    const { server, links, trusted } = await behind(t, name);
    const chrome = await browser(undefined, [`--ignore-certificate-errors-spki-list=${trusted}`]);
    t.after(() => chrome.close());
    const made = await links();
    await wholeMeeting({
      links: made.links,
      chrome,
      restart: () => server.restart(),
      begin: `${name}-`,
    });
  });

  test(`25 ${name}: what is silent stays open`, { timeout: 300000 }, async (t) => {
    const { port, links } = await behind(t, name);
    const made = await links();
    const raw = await tlsTo(port);
    raw.send(upgrade(port, { Host: `localhost:${port}`, Origin: `https://localhost:${port}` }));
    await raw.until(() => raw.got.includes('\r\n\r\n') || raw.closed);
    assert.match(raw.got.toString('latin1'), /^HTTP\/1\.1 101 /);
    raw.got = raw.got.subarray(raw.got.indexOf('\r\n\r\n') + 4);
    const ws = new Ws(raw);
    const key = new URL(made.links.board).hash.slice(1);
    ws.text(JSON.stringify({ hello: { as: 'board', meeting: made.code, key } }));
    const until = performance.now() + SILENT_MS;
    let pings = 0;
    // It says nothing but what a browser does by itself.
    const answering = (async () => {
      for (let one = await ws.frame(); one; one = await ws.frame()) {
        if (one.opcode === PING) ws.send(PONG, one.payload) && pings++;
        if (one.opcode === TEXT && one.payload.includes('"clock":{')) return 'open';
      }
      return 'closed';
    })();
    while (performance.now() < until && !raw.closed) await wait(500);
    ws.text('{"clock":{"sent":1}}');
    assert.equal(await answering, 'open');
    assert.ok(pings >= 2, 'the server asks into silence');
    ws.destroy();
  });

  test(
    `42 ${name}: who claims another address guesses no more for it`,
    { timeout: 300000 },
    async (t) => {
      const { port } = await behind(t, name);
      const answers = [];
      for (let i = 0; i < GUESSES; i++)
        answers.push(
          await ask(port, 'GET /api/meetings/AAAA-AAAA', { 'X-Forwarded-For': `10.9.8.${i}` }),
        );
      assert.equal(answers[0], 404);
      assert.equal(answers.at(-1), 429);
    },
  );
}
