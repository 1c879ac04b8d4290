// readme.js -- the picture of README: the board in the middle of a round of `runde demo`, as it is.
//
//   node tests/gallery/readme.js     into web/board/board.png; needs build/runde, takes about two minutes
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from '../web/support/browser.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.RUNDE_BIN ?? join(root, 'build/runde');
/** Some have spoken, some wait, and what the speaker says stands there. */
const HEARD = 3;

const folder = mkdtempSync(join(tmpdir(), 'runde-picture-'));
const demo = spawn(binary, ['demo', '--listen', '127.0.0.1:0', '--speed', '20', '--lead'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, TMPDIR: folder },
});
let said = '';
const until = (what) =>
  new Promise((found, failed) => {
    const look = () => what.test(said) && found(said.match(what));
    demo.stdout.on('data', look);
    demo.once('close', () => failed(new Error(`the demo ended before ${what}`)));
    look();
  });
demo.stdout.on('data', (bytes) => (said += bytes));

const browser = await launch();
try {
  const [, link] = await until(/(http\S+\/board\/\S+)/);
  const page = await browser.newPage({
    viewport: { width: 1920, height: 1080 },
    reducedMotion: 'reduce',
    locale: 'da',
    timezoneId: 'Europe/Copenhagen',
  });
  await page.goto(link);
  await until(/^ {2}4b /m);
  await page.waitForFunction(
    (n) =>
      document.querySelectorAll('.seat.heard').length >= n &&
      document.querySelector('.who:not(.waits)') &&
      document.querySelector('.cards:not(.quiet) .card'),
    HEARD,
    { timeout: 120000 },
  );
  const file = join(root, 'web/board/board.png');
  await page.screenshot({ path: file });
  // A third of the size, where ImageMagick is at hand: there are few colours in it.
  spawnSync('convert', [file, '-strip', '-dither', 'None', '-colors', '96', `PNG8:${file}`]);
} finally {
  await browser.close();
  demo.removeAllListeners('close');
  demo.kill('SIGINT');
  await new Promise((done) => demo.once('close', done));
  rmSync(folder, { recursive: true, force: true });
}
