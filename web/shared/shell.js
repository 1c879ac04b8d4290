// shell.js -- asks the browser to keep this page for when there is no network (worker/worker.js).
// Browsers do so over https and on the machine itself alone: elsewhere nothing happens.

/** Where the worker stands. */
const URL = '/sw.js';

export const keepsPages = () => Boolean(globalThis.navigator?.serviceWorker);

let asked = false;

/** The page as it is now, and again when another build's worker has taken over. */
export async function keepPage() {
  const { serviceWorker } = navigator;
  if (!serviceWorker || asked) return;
  asked = true;
  const tell = () => serviceWorker.controller?.postMessage(location.pathname + location.search);
  serviceWorker.addEventListener('controllerchange', tell);
  const policy = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL: () => URL });
  try {
    await serviceWorker.register(policy ? policy.createScriptURL('') : URL);
    tell();
  } catch {
    // A browser that keeps nothing: the page is fetched each time.
  }
}
