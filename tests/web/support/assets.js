// assets.js -- what a page fetches as a script, from where it was built.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Answers a request for /a/….js as the server does. @param {string} folder  of the built pages
 * @param {import('playwright-core').Route} route
 */
export function serveAsset(folder, route) {
  const file = join(folder, new URL(route.request().url()).pathname.replaceAll('/', '_'));
  return existsSync(file)
    ? route.fulfill({ contentType: 'text/javascript', body: readFileSync(file) })
    : route.fulfill({ status: 404, body: '' });
}
