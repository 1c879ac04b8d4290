// hooks.js -- lets node load the pages' modules: import this first, then the modules with await
// import().
//
// `runde:words` becomes the Danish words (RUNDE_LOCALE=en: the English), `runde:protocol` the
// limits; packages are those of web/. A browser has `crypto` among its globals, and so has node
// from 19 on.
import { webcrypto } from 'node:crypto';
import { register } from 'node:module';

globalThis.crypto ??= webcrypto;

register('./resolve.js', import.meta.url);
