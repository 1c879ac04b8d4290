// soon.js -- what a page or a server does a moment after it was told to: asked again until it is
// so, for click() and waitFor() wait by themselves, and count(), allTextContents(), evaluate() and
// their like do not.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

/** A machine may be slow; what has not come after so long will not come. */
const PATIENCE_MS = 30000;
const BETWEEN_MS = 20;

/**
 * Tries this until no assertion in it fails, and what it looks into is there. What failed at last
 * is what is told.
 */
export async function soon(check) {
  const late = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (
        (error.code !== 'ERR_ASSERTION' && !(error instanceof TypeError)) ||
        performance.now() > late
      )
        throw error;
    }
    await pause(BETWEEN_MS);
  }
}

/** Asks until the answer is this. */
export const becomes = (ask, wanted, words) =>
  soon(async () => assert.deepEqual(await ask(), wanted, words));

/**
 * What `ask` gives, once it gives something.
 * @template T
 * @param {() => T} ask
 * @returns {Promise<NonNullable<Awaited<T>>>}
 */
export async function until(ask) {
  let value;
  await soon(async () => assert.ok((value = await ask()), `it never came: ${ask}`));
  return /** @type {any} */ (value);
}

/** Nothing of the kind is there, or not any more. */
export const gone = (locator) => becomes(() => locator.count(), 0, `still there: ${locator}`);
