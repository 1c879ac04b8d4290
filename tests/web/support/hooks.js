// hooks.js -- lets node load the pages' modules: import this first, then the modules with await import().
//
// `runde:words` becomes the Danish words (RUNDE_LOCALE=en: the English), `runde:protocol` the limits; packages are those of web/.
import { register } from 'node:module';

register('./resolve.js', import.meta.url);
