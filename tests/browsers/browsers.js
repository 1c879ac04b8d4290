// browsers.js -- the three kinds of browser that people have, each by the program that Debian has of
// it: Chromium, Firefox, and WebKit, which is every browser of an iPhone.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firefox } from './bidi.js';
import { pageOf } from './page.js';
import { ended, webdriver } from './webdriver.js';

/** Room for a board, with the toolbar that WebKit's window has beside it. */
const SCREEN = '2200x1400x24';

/** WebKit's little browser with a toolbar that is no wider than a phone. */
const GTK = 'headerbar, toolbar, toolbar *, entry, button { min-width: 0; padding: 0; margin: 0 }';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell';

const miniBrowser = () =>
  readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
    .find((file) => existsSync(file));

/** A screen that nobody sees. */
async function hiddenScreen() {
  const words = ['-displayfd', '1', '-screen', '0', SCREEN, '-nolisten', 'tcp'];
  const child = spawn('Xvfb', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((done, failed) => {
    child.once('error', failed);
    child.stdout.once('data', (bytes) => done(String(bytes).trim()));
  });
  return { display: `:${number}`, end: () => ended(child) };
}

const env = { ...process.env, TZ: 'Europe/Copenhagen' };

async function webkit(dark) {
  const screen = await hiddenScreen();
  const homes = [];
  return {
    async open() {
      const home = mkdtempSync(join(tmpdir(), 'runde-webkit-'));
      homes.push(home);
      mkdirSync(join(home, '.config/gtk-3.0'), { recursive: true });
      writeFileSync(join(home, '.config/gtk-3.0/gtk.css'), GTK);
      return webdriver(
        'WebKitWebDriver',
        { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } },
        {
          ...env,
          ...{ HOME: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', XDG_CACHE_HOME: '' },
          ...{ DISPLAY: screen.display, GDK_BACKEND: 'x11', WAYLAND_DISPLAY: '' },
          GTK_THEME: dark ? 'Adwaita:dark' : 'Adwaita',
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', // It has no rights to make one in a container.
        },
      );
    },
    async close() {
      await screen.end();
      for (const home of homes) rmSync(home, { recursive: true, force: true });
    },
  };
}

const chromium = async (dark) => ({
  open: () =>
    webdriver(
      'chromedriver',
      {
        'goog:chromeOptions': {
          binary: CHROMIUM,
          args: [
            ...['--no-sandbox', '--headless', '--disable-gpu'],
            ...(dark ? ['--blink-settings=preferredColorScheme=0'] : []),
          ],
        },
      },
      env,
      // Debian's program is a script that starts the browser: the driver would end the script alone.
      (say) => say('POST', '/goog/cdp/execute', { cmd: 'Browser.close', params: {} }),
    ),
  close() {},
});

const makers = {
  chromium,
  webkit,
  firefox: (dark) =>
    firefox(
      'firefox-esr',
      {
        'intl.accept_languages': 'da-DK, da',
        'browser.shell.checkDefaultBrowser': false,
        'datareporting.policy.dataSubmissionEnabled': false,
        'app.update.enabled': false,
        'layout.css.prefers-color-scheme.content-override': dark ? 0 : 1,
      },
      env,
    ),
};

/** Which program of it is not there, or false. @param {keyof typeof makers} kind */
export function missing(kind) {
  const programs = {
    chromium: ['/usr/bin/chromedriver', CHROMIUM],
    firefox: ['/usr/bin/firefox-esr'],
    webkit: ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'],
  }[kind];
  const absent = programs.find((file) => !existsSync(file));
  return absent ? `this system has no ${absent}` : false;
}

/**
 * A browser; each page of it is a device of its own.
 * @param {keyof typeof makers} kind @param {{dark?: boolean}} [how]
 */
export async function browser(kind, { dark = false } = {}) {
  const program = await makers[kind](dark);
  const pages = [];
  return {
    pages,
    async open(url, size) {
      const page = pageOf(await program.open());
      pages.push(page);
      await page.resize(size);
      await page.go(url);
      return page;
    },
    async close() {
      for (const page of pages) await page.close();
      await program.close();
    },
  };
}
