// worker.js -- the service worker: when the network is gone, a page that is opened again is the one
// that was here last, and not the browser's own "no internet".
//
// The network comes first: what is kept is given only when no answer comes, or one of a proxy whose
// server is away. A page is kept once for all meetings, in each language: neither a code nor a secret
// nor what the server told of a meeting is in it. Another build is another worker with another cache,
// and the old one's is removed.
const KEPT = `runde-${globalThis.RUNDE_BUILD}`;
/** A page that does not answer within this is given from what is kept. */
const PATIENCE = 4000;
const PAGE = /^\/(m|console|board|minutes)(?:\/|$)/;
const SCRIPT = /\/a\/\w+\.js/g;

const worker = /** @type {any} */ (globalThis);

/** What a page is kept as, by its address; undefined for what is no page. */
function nameOf(address) {
  const { pathname, searchParams } = new URL(address, worker.location.href);
  const page = PAGE.exec(pathname)?.[1];
  return page && `/${page}/?lang=${searchParams.get('lang') ?? ''}`;
}

/** The scripts that a page fetches, and those that they fetch. */
async function keepScripts(cache, text) {
  for (const path of new Set(text.match(SCRIPT))) {
    if (await cache.match(path)) continue;
    const script = await fetch(path);
    if (!script.ok) throw new Error(path);
    await keepScripts(cache, await script.clone().text());
    await cache.put(path, script);
  }
}

/** The page last: what is kept is whole. Without what the server told before it (net/prelude.h). */
async function keep(address) {
  const name = nameOf(address);
  const cache = await caches.open(KEPT);
  if (!name || (await cache.match(name))) return;
  const page = await fetch(address);
  if (!page.ok) return;
  const text = (await page.text()).replace(/^<!--[^]*?-->/, '');
  await keepScripts(cache, text);
  const headers = new Headers(page.headers);
  for (const each of ['content-encoding', 'content-length', 'etag']) headers.delete(each);
  await cache.put(name, new Response(text, { headers }));
}

/** @param {any} event */
async function pageFor({ request }) {
  const kept = await (await caches.open(KEPT)).match(nameOf(request.url));
  const asked = fetch(request);
  if (!kept) return asked;
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const came = await Promise.race([asked, late]).catch(() => null);
  return came?.status < 500 ? came : kept;
}

const scriptFor = async (request) =>
  (await (await caches.open(KEPT)).match(request)) ?? fetch(request);

/** One after the other, so that nothing is fetched twice. */
let keeping = Promise.resolve();

worker.addEventListener('install', () => worker.skipWaiting());
worker.addEventListener('activate', (event) => {
  const clean = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(clean());
});
worker.addEventListener('message', (event) => {
  // What could not be kept is kept the next time.
  keeping = keeping.then(() => keep(event.data)).catch(() => {});
  event.waitUntil(keeping);
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && nameOf(request.url)) event.respondWith(pageFor(event));
  else if (pathname.startsWith('/a/')) event.respondWith(scriptFor(request));
});
