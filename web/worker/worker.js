// worker.js -- the service worker: when the network is gone, a page that is opened again is the one
// that was here last, and not the browser's own "no internet".
//
// What is kept comes first: a phone that is woken in a meeting is at its seat two round trips sooner,
// and what it shows comes from the server all the same. A page is kept once for all meetings, in each
// language: neither a code nor a secret nor what the server told of a meeting is in it. Another build
// is another worker with another cache, and the old one's is removed: each page asks for it when it
// has been opened, and begins anew with it (shared/shell.js).
const KEPT = `runde-${globalThis.RUNDE_BUILD}`;
const PAGE = /^\/(m|console|board|minutes|chef)(?:\/|$)/;
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

/** A phone that comes back begins its connection before it has read its script. */
function connectsEarly(text, headers) {
  const policy = 'content-security-policy';
  headers.set(
    policy,
    headers.get(policy).replace('script-src', `$& ${globalThis.RUNDE_EARLY_HASH}`),
  );
  return text.replace('<meta charset=utf-8>', `$&<script>${globalThis.RUNDE_EARLY}</script>`);
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
  await cache.put(
    name,
    new Response(name.startsWith('/m/') ? connectsEarly(text, headers) : text, { headers }),
  );
}

const pageFor = async ({ request }) =>
  (await (await caches.open(KEPT)).match(nameOf(request.url))) ?? fetch(request);

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
