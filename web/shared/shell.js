// shell.js -- asks the browser to keep this page for when there is no network (worker/worker.js).
// Browsers do so over https and on the machine itself alone: elsewhere nothing happens.

/** Where the worker stands. */
const URL = '/sw.js';
/** A page that was opened so long ago is in use, and stays as it is. */
const FRESH_MS = 10000;

export const keepsPages = () => Boolean(globalThis.navigator?.serviceWorker);

let asked = false;

/**
 * The page as it is now. What was kept may be of an earlier build: the page asks for a newer one, and
 * begins anew with it.
 */
export async function keepPage() {
  const { serviceWorker } = navigator;
  if (!serviceWorker || asked) return;
  asked = true;
  const before = serviceWorker.controller;
  const tell = () => serviceWorker.controller?.postMessage(location.pathname + location.search);
  serviceWorker.addEventListener('controllerchange', () =>
    before && performance.now() < FRESH_MS ? location.reload() : tell(),
  );
  const policy = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL: () => URL });
  try {
    const registered = await serviceWorker.register(policy ? policy.createScriptURL('') : URL);
    tell();
    if (before) await registered.update();
  } catch {
    // A browser that keeps nothing: the page is fetched each time.
  }
}
