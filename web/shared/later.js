// later.js -- a script of its own that several pages share and few need: fetched when it is first asked
// for, and again as long as it does not come.
const RETRY_MS = 3000;

/**
 * @template T
 * @param {string} name  of its policy (build.js), and of what it leaves: globalThis.runde_NAME
 * @param {string} url
 * @returns {{get: () => T | null, whenItComes: (again: () => void) => void}}  get: null while it is
 *   on its way
 */
export function later(name, url) {
  let it = null;
  let asked = false;
  let policy;
  let again = () => {};

  function ask() {
    // Where the browser is too old for the page there is no place for it, and nothing of it begins.
    if (asked || !document.getElementById('app')) return;
    asked = true;
    policy ??= globalThis.trustedTypes?.createPolicy(name, { createScriptURL: () => url });
    const script = document.createElement('script');
    script.type = 'module';
    script.src = policy ? policy.createScriptURL('') : url;
    script.onload = () => {
      it = globalThis['runde_' + name];
      again();
    };
    script.onerror = () => {
      script.remove();
      setTimeout(() => {
        asked = false;
        again();
      }, RETRY_MS);
    };
    document.head.append(script);
  }

  return {
    get() {
      ask();
      return it;
    },
    whenItComes: (then) => (again = then),
  };
}
