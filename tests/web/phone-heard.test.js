// What a reader of the screen gets from the phone: every state's tree of roles and names with the
// page's title, and, over a whole meeting, what is told and where the focus goes. The texts stand in
// golden/; RUNDE_GOLDEN=write node --test tests/web/phone-heard.test.js makes them anew.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { T0, phone } from './fixtures/phone.js';
import { built, launch, settled, test } from './support/browser.js';
import { openPhone, play } from './support/phone.js';

const gen = built('phone');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

function compare(name, text) {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env.RUNDE_GOLDEN === 'write') {
    mkdirSync(new URL('golden/', import.meta.url), { recursive: true });
    writeFileSync(file, text);
  }
  assert.equal(text, readFileSync(file, 'utf8'));
}

async function withPhone(fixture, use) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  });
  const shown = await openPhone(context, { gen, fixture });
  await use(shown);
  assert.deepEqual(shown.errors, []);
  await context.close();
}

/** Runs in the page: the regions that are told when they change, with what stands in them. */
const regions = () =>
  [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')].map(
    (each) => `${each.getAttribute('role')}: ${each.textContent.replace(/\s+/g, ' ').trim()}`,
  );

/** The seconds go on while a test runs: a clock is one whatever it shows. */
const still = (text) => text.replace(/\d+:\d\d(?= |"|$)/gm, 'M:SS');

test('a_reader_finds_in_every_state_what_stands_in_the_golden_file', async () => {
  let text = '';
  for (const [name, fixture] of Object.entries(phone))
    await withPhone(fixture, async (shown) => {
      await play(shown, fixture);
      const { page } = shown;
      text += `# ${name}\n${await page.title()}\n`;
      text += `${still(await page.locator('body').ariaSnapshot())}\n`;
      text += `${(await page.evaluate(regions)).map((each) => `live ${each}\n`).join('')}\n`;
    });
  compare('states', text);
});

test('no_clock_is_in_a_region_that_is_told', async () => {
  for (const [name, fixture] of Object.entries(phone))
    if (fixture.snapshot?.now.until)
      await withPhone(fixture, async (shown) => {
        await play(shown, fixture);
        const inside = '[role=alert] .clock, [role=status] .clock, [aria-live] .clock';
        assert.equal(await shown.page.locator(inside).count(), 0, name);
      });
});

/** Runs in the page before it: writes down each change of the told region and of the focus. */
function listen() {
  const heard = /** @type {any} */ (globalThis.heard = []);
  let last = '';
  addEventListener('DOMContentLoaded', () =>
    new MutationObserver(() => {
      const text = document.querySelector('p.vh[role=status]')?.textContent.trim() ?? '';
      if (text !== last) heard.push(`told: ${(last = text)}`);
    }).observe(document.body, { subtree: true, childList: true, characterData: true }),
  );
  addEventListener('focusin', ({ target }) => {
    const it = /** @type {HTMLElement} */ (target);
    heard.push(`focus: ${it.localName} ${it.textContent.replace(/\s+/g, ' ').trim()}`);
  });
}

const turn = (from, to, n) => [
  ...(from ? [{ fact: 'turn.ended', seat: from, turn: n - 1 }] : []),
  ...(to ? [{ fact: 'turn.began', seat: to, turn: n, lap: 1, until: T0 + 120000 }] : []),
];
const part = (was, id) => [
  ...(was ? [{ fact: 'part.ended', part: was, used: 60000 }] : []),
  { fact: 'part.began', part: id, until: T0 + 600000 },
];

/** The meeting of the fixtures, as its facts come. */
const MEETING = [
  ['it begins', [{ fact: 'meeting.started' }, ...part(null, '1b')]],
  ['a talk', part('1b', '3a')],
  ['reflection', part('3a', '4a')],
  [
    'a round of four',
    [
      ...part('4a', '4b'),
      { fact: 'lap.began', lap: 1, laps: 1, order: [1, 2, 4, 3], until: T0 + 600000 },
    ],
  ],
  ['the first has the floor', turn(null, 1, 1)],
  ['the second', turn(1, 2, 2)],
  ['it is at this phone', turn(2, 4, 3)],
  ['a hint', [{ fact: 'hint.given', seat: 4, turn: 3 }]],
  ['the last', turn(4, 3, 4)],
  ['the round is over', turn(3, null, 5)],
  ['free dialogue', part('4b', '4d')],
  [
    'a hand is up, the second',
    [
      { fact: 'hand.raised', seat: 9 },
      { fact: 'hand.raised', seat: 4 },
      { fact: 'floor.ordered', order: [9, 4] },
    ],
  ],
  ['decision', part('4d', '5a')],
  ['about the talk', part('5a', '6a')],
  ['the end', [{ fact: 'meeting.closed' }]],
];

test('over_a_whole_meeting_each_thing_is_told_once', async () => {
  let text = '';
  const context = await browser.newContext({ viewport: { width: 320, height: 256 } });
  await context.addInitScript(listen);
  const shown = await openPhone(context, { gen, fixture: phone.lobby });
  const { page } = shown;
  for (const [name, facts] of /** @type {[string, any[]][]} */ (MEETING)) {
    await page.evaluate(() => {
      globalThis.heard.length = 0;
      scrollTo(0, 300);
    });
    await page.evaluate((all) => globalThis.fake.tell(all), facts);
    await settled(page);
    const { heard, top } = await page.evaluate(() => ({ heard: globalThis.heard, top: scrollY }));
    const focused = heard.some((each) => each.startsWith('focus'));
    if (focused) assert.equal(top, 0, `${name}: it begins at its top`);
    text += `# ${name}\n${await page.title()}\n${heard.map((each) => `${each}\n`).join('')}\n`;
  }
  assert.deepEqual(shown.errors, []);
  await context.close();
  compare('meeting', text);
});

test('whoever_writes_keeps_the_focus_and_is_told_of_the_floor', async () => {
  await withPhone(phone.next, async ({ page }) => {
    await page.locator('.drawer > summary').click();
    await page.locator('.drawer textarea').focus();
    await page.evaluate((facts) => globalThis.fake.tell(facts), turn(3, 4, 7));
    await page.locator('p.vh').getByText('Din tur').waitFor({ state: 'attached' });
    assert.equal(await page.evaluate(() => document.activeElement.localName), 'textarea');
  });
});
