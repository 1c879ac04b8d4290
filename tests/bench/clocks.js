// clocks.js -- `node tests/bench/clocks.js [SECONDS]`: how far apart the screens of one meeting
// change their second, while every device's own clock is wrong by hours: a console, a board and
// four phones, a second board and one of the phones by a way of 400 ms each round trip.
//
// All look at the same part's end. For each second that all of them showed, the disagreement is the
// time from the first screen that showed it to the last. Printed are the middle one and the worst,
// for the screens near by and for all; and how far apart the screens' ideas of the end are, each by
// its promptest second: a busy machine makes a page late, never early.
import { browser, server as serve, sizes } from '../e2e/browser.js';
import { lead } from '../e2e/stage.js';
import { chaos } from '../support/chaos.js';
import { compare, note, wrongBy } from '../support/seconds.js';

const seconds = Number(process.argv[2] ?? 60);
const MINUTES = 20;
const HOUR = 3600000;

const far = await chaos({ kbits: 2000, trip: 400 });
const server = await serve('--base-url', far.url);
far.to(server.url);
const chrome = await browser();
const { links } = await server.meeting({
  agenda: {
    title: 'Ure',
    items: [
      {
        no: 1,
        title: 'Ure',
        minutes: MINUTES,
        parts: [
          { id: '1a', method: 'dialogue', minutes: MINUTES, questions: ['Hvad er klokken?'] },
        ],
      },
    ],
  },
});
const by = (way, link) => way.url + link.slice(new URL(link).origin.length);

/** @type {[string, any][]} */
const screens = [];
async function open(name, url, size, hours) {
  const page = await chrome.open(url, size);
  await page.context().addInitScript(wrongBy, hours * HOUR);
  screens.push([name, page]);
  return page;
}
const console_ = await open('console', links.console, sizes.console, -7);
await open('board', links.board, sizes.board, 3);
await open('board, far', by(far, links.board), sizes.board, -2);
for (const [i, way] of [server, server, server, far].entries()) {
  const phone = await open(
    way === far ? 'phone, far' : `phone ${i + 1}`,
    by(way, links.join),
    sizes.phone,
    [5, -11, 0.5, 26][i],
  );
  await phone.locator('[name=name]').fill(`Deltager ${i + 1}`);
  await phone.getByRole('button', { name: 'Deltag' }).click();
  await phone.getByText(`Du er med, Deltager ${i + 1}`).waitFor();
}
for (const [, page] of screens) await page.reload();
await lead(console_, 'Begynd mødet', console_.locator('.dial'));
await console_.waitForTimeout(3000); // The first questions about the time have their answers.
for (const [, page] of screens) await page.evaluate(note, MINUTES * 60);
await console_.waitForTimeout((seconds + 2) * 1000);
const seen = new Map();
for (const [name, page] of screens) seen.set(name, await page.evaluate(() => globalThis.shown));

for (const [words, names] of [
  ['near by', [...seen.keys()].filter((name) => !name.includes('far'))],
  ['all', [...seen.keys()]],
]) {
  const { apart, ends } = compare(names.map((name) => seen.get(name)));
  const at = (share) =>
    apart[Math.min(apart.length - 1, Math.floor(apart.length * share))]?.toFixed(0);
  console.log(
    `${words}: ${names.length} screens (${names.join('; ')}), ${apart.length} seconds: apart by ${at(0.5)} ms in the middle, p95 ${at(0.95)}, ${at(1)} at most; ` +
      `without what the machine was late: ${ends.toFixed(0)} ms`,
  );
}
await chrome.close();
await server.stop();
await far.end();
