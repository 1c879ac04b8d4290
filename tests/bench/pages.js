// pages.js -- `node tests/bench/pages.js [RUNS] [PAGE…]`: bytes, requests, and how long until live
// state stands on each page, at 400 kbit/s, round trips of 400 ms and a processor four times
// slower. Medians of RUNS (5).
//
// The way is support/chaos.js, WebSockets included. Beside each page stands the best that one can do which
// is no live page: as many bytes of the first answer, with the same headers and no script, over the
// same way in the same run, until its last line is painted.
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { randomBytes } from 'node:crypto';
import { browser, server as serve, sizes } from '../e2e/browser.js';
import { chaos } from '../support/chaos.js';

const WAY = { kbits: 400, trip: 400 };
const SLOWER = 4;
const [runs = 5, ...only] = process.argv.slice(2);
const agenda = {
  title: 'Skoleudviklingssamtale',
  focus: 'Hvordan kan frikvarteret blive et sted, hvor flere børn er med?',
  place: 'Lærerværelset',
  date: '2026-05-12',
  starts: '09:00',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'turns', minutes: 10 },
      ],
    },
  ],
};

/** By page: where it is, and what stands there once it is live. */
const pagesOf = ({ links }, way) => {
  const by = (link) => way.url + link.slice(new URL(link).origin.length);
  return {
    'phone, to join': { url: by(links.join), shows: '#join h2', size: sizes.phone },
    'phone, back to its seat': {
      url: by(links.join),
      shows: '.when',
      size: sizes.phone,
      again: true,
    },
    board: { url: by(links.board), shows: '.board.lobby', size: sizes.board },
    console: { url: by(links.console), shows: '.strip', size: sizes.console },
    minutes: { url: by(links.scribe), shows: 'header.strip', size: sizes.console },
    start: { url: `${way.url}/`, shows: '.templates input', size: sizes.phone },
  };
};

/** Runs in the page from its first moment: when something that is looked for was first painted. */
function watch(shows) {
  const look = () => {
    if (!document.querySelector(shows)) return void requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (globalThis.shownAt = performance.now());
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** Goes there, as a phone at the end of a long thin line would. */
async function visit(page, way, { url, shows }) {
  const devtools = await page.context().newCDPSession(page);
  let requests = 0;
  const count = () => void requests++;
  page.on('request', count);
  page.on('websocket', count);
  await page.goto('about:blank');
  await devtools.send('Page.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const { identifier } = await devtools.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(${watch})(${JSON.stringify(shows)})`,
  });
  const before = way.bytes();
  requests = 0;
  await page.goto(url, { waitUntil: 'commit' });
  const ms = await page
    .waitForFunction(() => globalThis.shownAt, null, { polling: 50, timeout: 60000 })
    .then((it) => it.jsonValue());
  const seen = { ms, bytes: way.bytes() - before, requests };
  page.removeListener('request', count);
  page.removeListener('websocket', count);
  await devtools.send('Page.removeScriptToEvaluateOnNewDocument', { identifier });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await devtools.detach();
  return seen;
}

/** What the server answers to a page's request, head and body, as the bytes are. */
function answerOf(url) {
  const { host, port, hostname, pathname } = new URL(url);
  return new Promise((done) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(
        `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: da\r\n\r\n`,
      ),
    );
    const all = [];
    socket.on('data', (bytes) => all.push(bytes));
    socket.on('end', () => {
      const bytes = Buffer.concat(all);
      const end = bytes.indexOf('\r\n\r\n') + 4;
      done({ head: end, body: bytes.length - end });
    });
  });
}

/** A page of no script that weighs as much, its last line at its end. */
function still({ head, body }) {
  const made = (filling) =>
    gzipSync(
      `<!doctype html><html lang=da><meta charset=utf-8><title>x</title><!--${randomBytes(filling).toString('base64')}--><p id=last>Her`,
    );
  let filling = Math.max(0, body - 120);
  while (made(filling).length > body && filling > 0) filling -= 8;
  const page = made(filling);
  const start = `HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: ${page.length}\r\nX-As-Much: `;
  return Buffer.concat([
    Buffer.from(`${start}${'x'.repeat(Math.max(1, head - start.length - 4))}\r\n\r\n`),
    page,
  ]);
}

const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

const way = await chaos(WAY);
const plainWay = await chaos(WAY);
const server = await serve('--base-url', way.url);
way.to(server.url);
const chrome = await browser();
let shown = Buffer.alloc(0);
const plain = createServer();
plain.on('connection', (socket) =>
  socket.on('error', () => {}).once('data', () => socket.end(shown)),
);
await new Promise((done) => plain.listen(0, '127.0.0.1', () => done(undefined)));
plainWay.to(`http://127.0.0.1:${/** @type {any} */ (plain.address()).port}`);

const meeting = await server.meeting({ agenda });
console.log(
  `${WAY.kbits} kbit/s, ${WAY.trip} ms, a processor ${SLOWER} times slower; medians of ${runs}`,
);
for (const [name, it] of Object.entries(pagesOf(meeting, way))) {
  if (only.length && !only.some((each) => name.includes(each))) continue;
  const first = await answerOf(server.url + new URL(it.url).pathname);
  shown = still(first);
  const live = [];
  const best = [];
  const returning = it.again ? await chrome.open(it.url, it.size) : null;
  if (returning) {
    await returning.locator('[name=name]').fill('Mette');
    await returning.getByRole('button', { name: 'Deltag' }).click();
    await returning.locator('.when').waitFor();
    // Somebody who comes back has been here for a while: what their browser keeps, it has kept.
    const isKept = () => returning.evaluate(() => caches.match('/m/?lang=').then(Boolean));
    while (!(await isKept())) await new Promise((done) => setTimeout(done, 200));
  }
  for (let i = 0; i < Number(runs); i++) {
    const page = returning ?? (await chrome.open('about:blank', it.size));
    live.push(await visit(page, way, it));
    if (!returning) await page.context().close();
    const other = await chrome.open('about:blank', it.size);
    best.push(await visit(other, plainWay, { url: plainWay.url, shows: '#last' }));
    await other.context().close();
  }
  await returning?.context().close();
  const [ms, least] = [middle(live.map((each) => each.ms)), middle(best.map((each) => each.ms))];
  console.log(
    `${name}: live after ${ms.toFixed(0)} ms; a still page of as many bytes ${least.toFixed(0)} ms (${(ms / least).toFixed(2)} times); first answer ${first.head} + ${first.body} bytes, all ${middle(live.map((each) => each.bytes))} bytes in ${middle(live.map((each) => each.requests))} requests`,
  );
}
await chrome.close();
await server.stop();
plain.close();
await way.end();
await plainWay.end();
