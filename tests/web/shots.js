// shots.js -- pictures of every screen of the phone, to be looked at: node tests/web/shots.js GEN
// OUT [NAME…]
//
// Dark, small, zoomed and English ones: RUNDE_SHOTS="dark", "small", "zoom" or "en".
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { phone } from './fixtures/phone.js';
import { launch } from './support/browser.js';
import { openPhone, play } from './support/phone.js';

const [gen, out, ...names] = process.argv.slice(2);
const how = process.env.RUNDE_SHOTS ?? '';
mkdirSync(out, { recursive: true });
const browser = await launch();
for (const name of names.length ? names : Object.keys(phone)) {
  const size =
    how === 'zoom'
      ? { width: 195, height: 422 }
      : how === 'small'
        ? { width: 360, height: 640 }
        : { width: 390, height: 844 };
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: how === 'zoom' ? 2 : 1,
    colorScheme: how === 'dark' ? 'dark' : 'light',
    hasTouch: true,
  });
  const shown = await openPhone(context, {
    gen,
    fixture: phone[name],
    locale: how === 'en' ? 'en' : 'da',
  });
  await play(shown, phone[name]);
  await shown.page.screenshot({ path: join(out, `${name}.png`) });
  if (shown.errors.length) console.log(name, shown.errors);
  await context.close();
}
await browser.close();
