// gallery.js -- renders every state of every screen, in both languages and three sizes, light and
// dark, to be looked at:
//
//   node tests/gallery/gallery.js [SCREEN[/STATE]…]     into build/gallery, with an index.html
//
// Builds the pages itself. The dark ones are made in Danish and the first size alone. Ends with 1
// where a page said an error.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../web/support/browser.js';
import { writeIndex } from './index.js';
import { screens } from './states.js';

const AT_ONCE = 2;
const SETTLES_MS = 250;
const PATIENCE_MS = 60000;
const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'build/gallery');
const gen = join(out, 'gen');
const wanted = process.argv.slice(2);
const isWanted = (screen, state) =>
  !wanted.length || wanted.some((each) => each === screen || each === `${screen}/${state}`);

/**
 * What there is to render: a state is opened once for each language and theme, and shown in every
 * size.
 */
function* tasks() {
  for (const [screen, { sizes, states, whole }] of Object.entries(screens)) {
    for (const [state, open] of Object.entries(states)) {
      if (!isWanted(screen, state)) continue;
      for (const locale of ['da', 'en'])
        yield { screen, state, open, whole, locale, scheme: 'light', sizes };
      yield { screen, state, open, whole, locale: 'da', scheme: 'dark', sizes: sizes.slice(0, 1) };
    }
  }
}

async function render(browser, { screen, state, open, whole, locale, scheme, sizes }) {
  const pictures = [];
  const errors = [];
  let page;
  try {
    const shown = await open({ browser, gen, locale, scheme, size: sizes[0] });
    page = shown.page;
    for (const size of sizes) {
      const file = `${screen}/${state}.${locale}.${size.width}x${size.height}.${scheme}.png`;
      await page.setViewportSize(size);
      await page.waitForTimeout(SETTLES_MS);
      await page.screenshot({ path: join(out, file), fullPage: whole, timeout: PATIENCE_MS });
      pictures.push({ file, locale, size, scheme });
    }
    errors.push(...shown.errors);
  } catch (error) {
    errors.push(String(error).split('\n')[0]);
  }
  await page?.context().close();
  return {
    screen,
    state,
    pictures,
    errors: errors.map((error) => `${locale} ${scheme}: ${error}`),
  };
}

mkdirSync(gen, { recursive: true });
for (const screen of Object.keys(screens)) mkdirSync(join(out, screen), { recursive: true });
execFileSync(process.execPath, [join(root, 'web/build.js'), '--gen', gen], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const browser = await launch();
const queue = [...tasks()];
const done = [];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const result = await render(browser, task);
      for (const error of result.errors) console.log(`${task.screen}/${task.state}: ${error}`);
      done.push(result);
    }
  }),
);
await browser.close();
writeIndex(join(out, 'index.html'), done);
const pictures = done.reduce((sum, { pictures: all }) => sum + all.length, 0);
const wrong = done.filter(({ errors }) => errors.length).length;
console.log(`${pictures} pictures in build/gallery/index.html, ${wrong} states with errors`);
process.exit(wrong ? 1 : 0);
