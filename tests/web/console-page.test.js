// The console in a browser, under its CSP: every moment looked at for what a facilitator would
// notice, and what it sends.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { becomes, gone, soon } from '../support/soon.js';
import { moments, WALL } from './fixtures/console.js';
import { axeSource, built, launch, settled, test } from './support/browser.js';
import { openConsole, play } from './support/console.js';

const gen = built('console');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A console at a moment; closed again after `use`. */
async function at(
  name,
  use,
  {
    width = 1440,
    height = 900,
    colorScheme = 'light',
    forcedColors = 'none',
    hasTouch = false,
    ...options
  } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    forcedColors,
    hasTouch,
    reducedMotion: 'reduce',
  });
  const moment = typeof name === 'string' ? moments[name]() : name;
  const shown = await openConsole(context, { gen, moment, ...options });
  const sent = (wanted) =>
    shown.page.evaluate(
      (command) =>
        globalThis.fake.sent.filter((frame) => frame.do && (!command || frame.do === command)),
      wanted,
    );
  await play(shown, moment);
  await use({ ...shown, sent });
  assert.deepEqual(shown.errors, []);
  await context.close();
}

/** What axe finds (WCAG 2.2 A and AA, EN 301 549); in the dark only colours are other ones. */
const complaints = (page, colorScheme) =>
  page.evaluate(async (dark) => {
    const kinds = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'EN-301-549'];
    const found = await globalThis.axe.run(document, {
      runOnly: dark ? { type: 'rule', values: ['color-contrast'] } : kinds,
      resultTypes: ['violations'],
      iframes: false,
    });
    return found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`,
    );
  }, colorScheme === 'dark');

/**
 * Laptops, a tablet on its side, a phone, a laptop at four hundred percent; where texts are long,
 * also laptops at two hundred, and both sides of where the columns change.
 */
const SIZES = [
  [1440, 900],
  [1280, 800],
  [1024, 768],
  [390, 844],
  [320, 256],
];
const MORE_SIZES = [...SIZES, [1301, 800], [1101, 800], [961, 900], [720, 450], [512, 384]];

/** What stands beyond the right edge. */
const outside = (page) =>
  page.evaluate(() => {
    const out = [
      ...document.querySelectorAll(
        '.col button, .col input, .col select, .col textarea, .strip button, dialog button',
      ),
    ]
      .filter(
        (each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((each) => each.outerHTML.slice(0, 90));
    const sideways = [...document.querySelectorAll('html, .cols, .col, dialog')]
      .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth)
      .map((each) => `${each.className || 'the page'} scrolls sideways`);
    return [...sideways, ...out];
  });

/** Where the columns stand behind tabs: their buttons, the one that is open last. */
async function otherTabs(page) {
  const tabs = await page.locator('.tabs button').all();
  return (await tabs[0]?.isVisible()) ? [tabs[1], tabs[2], tabs[0]] : [];
}

// tests/README.md, row 53
test('at any moment: axe finds nothing in both themes, and nothing is wider than the screen', async (t) => {
  for (const [i, name] of Object.keys(moments).entries()) {
    await t.test(name, () =>
      at(
        name,
        async ({ page }) => {
          await page.evaluate(axeSource);
          for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
            await page.emulateMedia({ colorScheme });
            assert.deepEqual(await complaints(page, colorScheme), [], colorScheme);
          }
          for (const [width, height] of name.startsWith('long-') ? MORE_SIZES : SIZES) {
            await page.setViewportSize({ width, height });
            assert.deepEqual(await outside(page), [], `at ${width}`);
            for (const [tab, button] of (await otherTabs(page)).entries()) {
              await button.evaluate((each) => each.click());
              assert.deepEqual(await outside(page), [], `at ${width}, tab ${tab}`);
            }
          }
        },
        { locale: i % 2 ? 'en' : 'da' },
      ),
    );
  }
});

test('a server that cannot save is told of while it lasts, with what to do, and all else stays', async () => {
  for (const [locale, words] of [
    ['da', /^Serveren gemmer ikke lige nu\. Mødet kan gå videre/],
    ['en', /^The server is not saving right now\. The meeting can go on/],
  ]) {
    const moment = { ...moments.turns(), unsaved: true };
    await at(
      moment,
      async ({ page }) => {
        const told = page.locator('.unsaved');
        await soon(async () => assert.match(await told.innerText(), words));
        assert.equal(await told.getAttribute('role'), 'status');
        await page.evaluate(axeSource);
        for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await complaints(page, colorScheme), [], colorScheme);
        }
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          assert.deepEqual(await outside(page), [], `at ${width}`);
        }
        await page.evaluate(() => globalThis.fake.give({ saving: true }));
        await gone(told);
        await page.evaluate(() => globalThis.fake.give({ saving: false }));
        await told.waitFor();
        await page.evaluate(() => globalThis.fake.cut());
        await gone(told); // What it says then is that there is no connection.
        await page.locator('.offline').waitFor();
      },
      { locale },
    );
  }
});

test('what sends a form stands last in it, however narrow the window is', async () => {
  for (const name of [
    'data-dialog',
    'groups-dialog',
    'message-dialog',
    'seat-dialog',
    'write-dialog',
  ])
    await at(name, async ({ page }) => {
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        const before = await page.evaluate(() => {
          const top = (each) => Math.round(each.getBoundingClientRect().top);
          const send = document.querySelector('dialog .row.end');
          return [...document.querySelectorAll('dialog .field')].every(
            (each) => !send || top(each) < top(send),
          );
        });
        assert.ok(before, `${name} at ${width}`);
      }
    });
});

test('on a phone every target is as big as a thumb', async () => {
  for (const name of ['lobby', 'turns', 'dialogue', 'decision', 'talk']) {
    await at(
      name,
      async ({ page }) => {
        for (const tab of ['Nu', 'Planen', 'Bordet']) {
          await page.locator('.tabs button', { hasText: tab }).click();
          const small = await page.evaluate(() =>
            [
              ...document.querySelectorAll(
                'button, a, input:not([type=radio], [type=checkbox]), select, textarea, summary',
              ),
            ]
              .filter(
                (each) =>
                  each.checkVisibility() &&
                  !each.matches('.skip, .lang') &&
                  each.getBoundingClientRect().height < 43.5,
              )
              .map((each) => each.outerHTML.slice(0, 90)),
          );
          assert.deepEqual(small, [], `${name}, ${tab}`);
        }
      },
      { width: 390, height: 844 },
    );
  }
});

test('with forced colours the wide button, the live part and the speaker can be told', async () => {
  await at(
    'turns',
    async ({ page }) => {
      for (const each of ['.big', '.plan .live th']) {
        const border = await page
          .locator(each)
          .first()
          .evaluate((e) => getComputedStyle(e).borderTopStyle);
        assert.equal(border, 'solid', each);
      }
      await page.getByText('har ordet ·').waitFor();
    },
    { forcedColors: 'active' },
  );
});

test('a double click on the wide button does one thing', async () => {
  await at('reflection', async ({ page, sent }) => {
    await page.waitForTimeout(800);
    await page
      .locator('main .big')
      .evaluate((/** @type {HTMLElement} */ big) => [big, big].forEach((each) => each.click()));
    await settled(page);
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => [frame.do, frame.with]),
        [['part.next', { from: '4a' }]],
      ),
    );
  });
});

test('a second press that lands after the part has changed means nothing', async () => {
  await at('talk', async ({ page, sent }) => {
    await page.waitForTimeout(800);
    await page.locator('main .big').click();
    await page.evaluate(
      () =>
        new Promise((pressed) => {
          globalThis.fake.tell([
            { fact: 'part.ended', part: '3a', used: 360000 },
            { fact: 'part.began', part: '3b', until: 282e4 },
          ]);
          // After the frame that draws it, and however slow the machine, soon after.
          requestAnimationFrame(() =>
            pressed(/** @type {HTMLElement} */ (document.querySelector('main .big')).click()),
          );
        }),
    );
    await settled(page);
    await soon(async () => assert.equal((await sent('part.next')).length, 1));
  });
});

test('the late sheet comes when a part ends, deaf to a press that was meant for what lay beneath', async () => {
  await at('reflection', async ({ page, sent }) => {
    await page.evaluate(() => {
      globalThis.fake.tell([
        { fact: 'part.ended', part: '4a', used: 120000 },
        { fact: 'part.began', part: '4b', until: 48e5 },
      ]);
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      );
    });
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    assert.equal((await sent('plan.change')).length, 0);
    await page.waitForTimeout(800);
    await page.keyboard.press('2');
    await becomes(
      () =>
        dialog.getByRole('radio', { name: 'Tag det fra ét delpunkt' }).getAttribute('aria-checked'),
      'true',
    );
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const [plan] = await sent('plan.change');
    assert.ok(plan.with.parts.length > 1);
    assert.ok(
      plan.with.parts.every((slot) => !['5b', '6a'].includes(slot.part)),
      'protected parts give nothing',
    );
  });
});

test('the hot keys on the buttons do what the buttons do', async () => {
  await at('turns', async ({ page, sent }) => {
    await page.waitForTimeout(800);
    for (const key of ['p', '+', '-', 'r', 's', 'z', ' '])
      await page.keyboard.press(key === ' ' ? 'Space' : key);
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => frame.do),
        ['clock.pause', 'clock.add', 'clock.add', 'floor.hint', 'turn.later', 'undo', 'floor.give'],
      ),
    );
  });
});

test('a pause gets a length, an hour or neither, and says when it is over', async () => {
  /** A piece may stand in a line of its own. */
  const headline = async ({ page }) =>
    (await page.locator('.headline').textContent()).replace(/\s+/g, ' ').trim();
  await at('paused', async ({ page, sent }) => {
    const backs = async () => (await sent('pause.change')).map((each) => each.with.back);
    await page.getByRole('button', { name: '10 min', exact: true }).click();
    await page.getByLabel('eller kl.').fill('10:15');
    await page.keyboard.press('Tab');
    await soon(async () => assert.equal((await backs()).length, 2));
    const [first, second] = await backs();
    const { now } = moments.paused();
    assert.equal((WALL + first) % 60000, 0, 'a full minute of the clock on the wall');
    assert.ok(Math.abs(first - now - 600_000) <= 32_000, `${first - now}`);
    assert.equal(WALL + second, Date.parse('2026-05-07T10:15+02:00'));
  });
  await at('paused-until', async (it) => {
    assert.match(await headline(it), /^Tilbage kl\.\s9\.53 · 6 min tilbage af pausen$/);
    await it.page.getByRole('button', { name: 'Uden tid' }).click();
    await soon(async () => assert.deepEqual((await it.sent('pause.change'))[0].with, {}));
  });
  await at('paused-over', async (it) =>
    assert.match(
      await headline(it),
      /^Pausen er slut kl\.\s9\.46 – tryk ”Fortsæt”, når I er klar$/,
    ),
  );
});

test('whoever presents is asked quietly, again if need be, and it says who else sees that', async () => {
  await at('talk', async ({ page, sent }) => {
    await page.getByText('Kun Lise ser det').waitFor();
    await page.keyboard.press('r');
    await page.evaluate(() => globalThis.fake.tell([{ fact: 'hint.given', seat: 12 }]));
    await page.getByText('Sendt: Rund gerne af').waitFor();
    await page.getByRole('button', { name: /^Send igen/ }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('floor.hint')).map((each) => each.with),
        [{ part: '3a' }, { part: '3a' }],
      ),
    );
  });
  const presenter = (seat) => {
    const it = moments.talk();
    for (const item of it.snapshot.items)
      for (const part of item.parts) if (part.id === '3a') part.presenter = seat;
    return it;
  };
  await at(presenter(6), async ({ page }) => {
    await page.getByText('Karen har ingen telefon: sig det selv').waitFor();
    assert.ok(await page.getByRole('button', { name: /^Rund gerne af/ }).isDisabled());
  });
});

test('the order of those who wait is changed by keyboard, by drag and by words', async () => {
  await at('turns', async ({ page, sent }) => {
    const who = (name) => page.locator('.people .who', { hasText: name });
    await who('Karen').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page
      .locator('.people li', { hasText: 'Peter' })
      .dragTo(page.locator('.people li', { hasText: 'Karen' }));
    await page.getByRole('button', { name: 'Rækkefølge' }).click();
    await page.getByRole('button', { name: 'Lederen til sidst' }).waitFor();
    await page.getByRole('button', { name: 'Hænder oppe først' }).click();
    await becomes(
      async () => (await sent('floor.order')).map((frame) => frame.with.order),
      [
        [6, 5, 7, 8, 9, 10, 11, 12],
        [5, 11, 6, 7, 8, 9, 10, 12],
        [11, 5, 6, 7, 8, 9, 10, 12],
      ],
    );
  });
});

test('the list of speakers is edited by keyboard and by drag, and the table stays as it is', async () => {
  await at('dialogue', async ({ page, sent }) => {
    const list = page.locator('.speakers');
    await list.locator('.who', { hasText: 'Peter' }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await list.locator('li').last().dragTo(list.locator('li').first());
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => [frame.do, frame.with.order]),
        [
          ['floor.order', [11, 5, 1]],
          ['floor.order', [1, 5, 11]],
        ],
      ),
    );
  });
});

test('a seat is carried with a line where it would land; a press is none, Escape leaves it', async () => {
  await at('dialogue', async ({ page, sent }) => {
    const row = page.locator('.speakers li');
    const middle = async (i) => {
      const { x, y, height } = await row.nth(i).locator('.who').boundingBox();
      return [x + 20, y + height / 2];
    };
    await page.mouse.move(...(await middle(0)));
    await page.mouse.down();
    await page.mouse.move(...(await middle(2)), { steps: 4 });
    await page.locator('.speakers li.after').waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await gone(page.locator('.speakers .after'));
    assert.deepEqual(await sent('floor.order'), []);
    await row.first().locator('.who').click();
    await page.locator('.speakers .seat-menu').waitFor();
  });
});

test('by a finger a seat is carried by its number', async () => {
  await at(
    'dialogue',
    async ({ page, sent }) => {
      const screen = await page.context().newCDPSession(page);
      const touch = (type, point) =>
        screen.send('Input.dispatchTouchEvent', { type, touchPoints: point ? [point] : [] });
      const spot = async (i, thing) => {
        const { x, y, width, height } = await page
          .locator('.speakers li')
          .nth(i)
          .locator(thing)
          .boundingBox();
        return { x: x + width / 2, y: y + height / 2 };
      };
      const carry = async (thing) => {
        await touch('touchStart', await spot(2, thing));
        const [from, to] = [await spot(2, thing), await spot(0, thing)];
        for (const part of [0.3, 0.6, 1])
          await touch('touchMove', { x: from.x, y: from.y + (to.y - from.y) * part });
        await touch('touchEnd');
      };
      await carry('.pos, .play');
      await carry('.who');
      await soon(async () =>
        assert.deepEqual(
          (await sent('floor.order')).map((frame) => frame.with.order),
          [[1, 5, 11]],
        ),
      );
    },
    { hasTouch: true },
  );
});

test('an hour that is filled in by half is nobody’s business; a whole one is told when it is left', async () => {
  await at('dialogue', async ({ page, sent }) => {
    await page.locator('.speakers .who').first().click();
    const hour = page.locator('.seat-menu .leaves input');
    const leave = () => page.locator('.speakers .who').first().focus();
    await hour.focus();
    await page.keyboard.type('09');
    await leave();
    await becomes(() => hour.evaluate((field) => field.validity.badInput), false);
    await becomes(() => hour.getAttribute('data-empty'), '');
    await hour.focus();
    await page.keyboard.type('0930A');
    await leave();
    await soon(async () =>
      assert.deepEqual(
        (await sent('seat.leaves')).map((frame) => frame.with.leaves),
        ['09:30'],
      ),
    );
  });
});

test('among hundreds, those around the speaker are shown, and anybody is found by name', async () => {
  await at('many', async ({ page, sent }) => {
    const names = page.locator('.people .who b');
    await becomes(() => names.count(), 40);
    await page.locator('.people li.speaking').waitFor();
    await page.getByRole('searchbox', { name: 'Find et navn' }).fill('deltager 17');
    await becomes(() => names.count(), 11);
    await becomes(() => page.getByText('11 navne passer').count(), 1);
    await page.getByRole('button', { name: /^Deltager 177 / }).click();
    await page.getByRole('button', { name: 'Sæt forrest' }).click();
    await page.getByRole('searchbox', { name: 'Find et navn' }).fill('');
    await becomes(() => names.count(), 41, 'whoever is open stays');
    await page.getByRole('button', { name: /^Vis flere \(/ }).click();
    await becomes(() => names.count(), 141);
    await soon(async () => assert.equal((await sent('floor.order'))[0].with.order[0], 177));
  });
});

test('a hand that was raised in the room goes on the list at a tap', async () => {
  await at('dialogue', async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Ræk hånden op for Lise' }).click();
    await page.getByRole('button', { name: 'Tag hånden ned for Peter' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => [frame.do, frame.with.seat]),
        [
          ['hand.raise', 12],
          ['hand.lower', 11],
        ],
      ),
    );
    await becomes(() => page.locator('.play').count(), 1, 'only the first has the big button');
  });
});

test('a point that is taken off the board can be put back', async () => {
  await at('turns', async ({ page, sent }) => {
    await page.getByRole('button', { name: /^Ret: Legepatruljen/ }).click();
    await page.getByRole('button', { name: 'Tag af tavlen' }).click();
    const [{ with: off }] = await soon(async () => {
      const found = await sent('contribution.withdraw');
      assert.equal(found.length, 1);
      return found;
    });
    // Whatever has been done since.
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'undo.kept', what: 'hand.raise', seat: 4 }]),
    );
    await page.locator('.toast').getByRole('button', { name: 'Fortryd' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('contribution.restore')).map((frame) => frame.with),
        [off],
      ),
    );
  });
});

test('a point is mended and moved to another speaker, and each can be taken back', async () => {
  await at('turns', async ({ page, sent }) => {
    const edits = async (n) =>
      soon(async () => {
        const found = await sent('contribution.edit');
        assert.equal(found.length, n);
        return found.at(-1).with;
      });
    const back = page.locator('.toast').getByRole('button', { name: 'Fortryd' });
    await page.getByRole('button', { name: /^Ret: Legepatruljen/ }).click();
    const field = page.getByRole('textbox', { name: 'Pointe', exact: true });
    const was = await field.inputValue();
    await field.fill('Legepatruljen er god');
    await page.getByRole('button', { name: 'Færdig' }).first().click();
    const { contribution, ...mended } = await edits(1);
    assert.deepEqual(mended, { text: 'Legepatruljen er god', base: was });
    await back.click();
    assert.deepEqual(await edits(2), { contribution, text: was, base: 'Legepatruljen er god' });
    await page.getByRole('button', { name: /^Ret: Legepatruljen/ }).click();
    const whose = page.getByLabel('Hvem sagde det?');
    const seat = Number(await whose.inputValue());
    await whose.selectOption('1');
    assert.deepEqual(await edits(3), { contribution, seat: 1 });
    await back.click();
    assert.deepEqual(await edits(4), { contribution, seat });
  });
});

test('links of a spiral are set afterwards, three at most', async () => {
  await at('spiral', async ({ page, sent }) => {
    await page.getByRole('button', { name: /^Ret: Zonerne/ }).click();
    await page.getByRole('button', { name: 'Bygger på 2 pointer' }).click();
    await page.locator('.picker').getByText('Legepatruljen virker').click();
    await becomes(
      async () =>
        (await sent('contribution.edit')).map((frame) => [
          frame.with.builds_on.length,
          frame.with.text,
        ]),
      [[3, undefined]],
    );
  });
});

test('what came of last time is said before the meeting, and kept as others say it', async () => {
  await at('lobby-carried', async ({ page, sent }) => {
    const task = page.getByRole('group', { name: /^Tre faste zoner/ });
    await task.getByLabel('Gjort').click();
    const said = async () => (await sent('carried.set')).map((frame) => frame.with);
    await soon(async () => {
      const [{ id, ...first }] = await said();
      assert.deepEqual(first, { outcome: 'done', word: '', base: '' });
    });
    await task.getByRole('textbox').fill('To af dem er der.');
    await task.getByRole('textbox').blur();
    await soon(async () => assert.equal((await said())[1]?.word, 'To af dem er der.'));
  });
});

test('what a lap came to is written while the next one goes on', async () => {
  await at('spiral', async ({ page, sent }) => {
    const recap = page.getByRole('textbox', { name: 'Hvad kom der ud af 1. runde?' });
    await soon(async () => assert.match(await recap.inputValue(), /^Mange ser gården/));
    const saved = await recap.inputValue();
    await recap.fill('Gården er for én slags leg.');
    await recap.blur();
    await soon(async () =>
      assert.deepEqual(
        (await sent('recap.save')).map((frame) => frame.with),
        [{ part: '4c', lap: 1, text: 'Gården er for én slags leg.', base: saved }],
      ),
    );
  });
});

test('the recap of a lap is asked for also when its part has been left, until it is put away', async () => {
  await at('gathers', async ({ page, sent }) => {
    const gather = page.locator('.gathering');
    assert.equal(await gather.count(), 0, 'it stands with the laps');
    const leave = (from, to) => [
      { fact: 'part.ended', part: from, used: 120000 },
      { fact: 'part.began', part: to, until: 48e5 },
    ];
    await page.evaluate((facts) => globalThis.fake.tell(facts), leave('4c', '4d'));
    const field = gather.getByRole('textbox', { name: 'Hvad kom der ud af 1. runde?' });
    await field.fill('Gården er for én slags leg.');
    assert.equal(await gather.locator('li').count(), 5);
    await field.blur();
    await soon(async () =>
      assert.deepEqual(
        (await sent('recap.save')).map((frame) => frame.with),
        [{ part: '4c', lap: 1, text: 'Gården er for én slags leg.', base: '' }],
      ),
    );
    await gather.getByRole('button', { name: 'Færdig' }).click();
    await gone(gather);
  });
  await at('spiral', async ({ page }) => {
    await page.evaluate(() =>
      globalThis.fake.tell([
        { fact: 'part.ended', part: '4c', used: 120000 },
        { fact: 'part.began', part: '4d', until: 48e5 },
      ]),
    );
    await settled(page);
    assert.equal(await page.locator('.gathering').count(), 0, 'it was written in time');
  });
});

test('who presents is the agenda’s until somebody is chosen, and again when nobody is', async () => {
  await at('questions', async ({ page, sent }) => {
    const presents = page.getByLabel('Præsenterer');
    await becomes(() => presents.evaluate((e) => e.selectedOptions[0].textContent), 'Lise');
    await page.getByText('uden tur i runden').waitFor();
    await presents.selectOption({ label: 'Anders' });
    await presents.selectOption({ index: 0 });
    await soon(async () =>
      assert.deepEqual(
        (await sent('part.assign')).map((frame) => frame.with),
        [
          { part: '3b', as: 'presenter', seat: 2 },
          { part: '3b', as: 'presenter' },
        ],
      ),
    );
  });
});

test('ten minutes before the end of the decision the console asks for tasks and follow-up', async () => {
  await at('decision', async ({ page, sent }) => {
    await page.locator('.nudge').getByRole('button', { name: 'Hvornår følger vi op?' }).click();
    await page.locator('.answer.open').getByText('Vi mødes igen').waitFor();
    await soon(async () =>
      assert.deepEqual(
        (await sent('decision.open')).map((frame) => frame.with),
        [{ answer: 'follow_up' }],
      ),
    );
  });
});

test('the seven answers are read aloud before the meeting is closed, and what is open is said', async () => {
  const moment = moments.last();
  moment.snapshot.decision = moments.decision().snapshot.decision;
  await at(moment, async ({ page, sent }) => {
    await page.waitForTimeout(800);
    await page.locator('main .big').click();
    const dialog = page.getByRole('dialog');
    await becomes(() => dialog.locator('.reading > li').count(), 7);
    await soon(async () =>
      assert.match(
        await dialog.innerText(),
        /Lave et forslag til de tre zoner – Anders – 14\. maj/,
      ),
    );
    await becomes(() => dialog.getByText('Intet svar endnu', { exact: true }).count(), 2);
    await dialog.getByRole('button', { name: 'Afslut mødet' }).click();
    await soon(async () => assert.equal((await sent('meeting.close')).length, 1));
  });
});

// tests/README.md, rows 54 and 56
test('a function is enough for a name at a seat without a phone', async () => {
  await at('turns', async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Tilføj plads' }).click();
    const box = page.getByRole('dialog');
    await box.getByLabel('Navn').fill('Tillidsrepræsentant');
    await box.getByRole('button', { name: 'Tilføj plads' }).click();
    await becomes(
      async () => (await sent('seat.add')).map((frame) => frame.with),
      [{ name: 'Tillidsrepræsentant', device: 'none' }],
    );
  });
});

// tests/README.md, row 54
test('what looks like somebody’s own waits for a word before the room sees it', async () => {
  for (const [dialog, command, button] of [
    ['write-dialog', 'contribution.add', 'Vis på tavlen'],
    ['message-dialog', 'wall.show', 'Vis på tavlen'],
  ])
    await at(dialog, async ({ page, sent }) => {
      const box = page.getByRole('dialog');
      const field = box.locator('textarea');
      const put = box.getByRole('button', { name: button });
      await field.fill('Ring til Emma Lund');
      await put.click();
      await box.getByRole('alert').getByText('helt navn').waitFor();
      assert.deepEqual(await sent(command), []);
      await box.getByRole('button', { name: 'Ret teksten' }).click();
      await field.fill('010203-1234');
      await put.click();
      await box.getByRole('alert').getByText('CPR-nummer').waitFor();
      await box.getByRole('button', { name: 'Vis alligevel' }).click();
      await becomes(
        async () => (await sent(command)).map((frame) => frame.with.text),
        ['010203-1234'],
      );
    });
});

// tests/README.md, row 54
test('a recap and an answer that look like somebody’s own wait for a word', async () => {
  const go = (page) => page.getByRole('button', { name: 'Vis alligevel' });
  await at('spiral', async ({ page, sent }) => {
    const recap = page.getByRole('textbox', { name: 'Hvad kom der ud af 1. runde?' });
    await soon(async () => assert.match(await recap.inputValue(), /^Mange/));
    await recap.fill('Emma Lund er alene');
    await recap.blur();
    await page.getByRole('alert').getByText('helt navn').waitFor();
    assert.deepEqual(await sent('recap.save'), []);
    await page.getByRole('button', { name: 'Ret teksten' }).click();
    await becomes(() => page.evaluate(() => document.activeElement.value), 'Emma Lund er alene');
    await go(page).click();
    await becomes(
      async () => (await sent('recap.save')).map((frame) => frame.with.text),
      ['Emma Lund er alene'],
    );
    await gone(go(page));
  });
  await at('decision', async ({ page, sent }) => {
    const field = page.locator('.answer.open textarea').first();
    await field.fill('Skriv til ida@skolen.dk');
    await field.blur();
    await page.getByRole('alert').getByText('mailadresse').waitFor();
    assert.deepEqual(await sent('decision.set'), []);
    await go(page).click();
    await becomes(
      async () =>
        (await sent('decision.set')).map(({ with: it }) => /ida@/.test(JSON.stringify(it))),
      [true],
    );
  });
});

// tests/README.md, row 54
test('headings of groups, and titles and texts of data, wait for a word as well', async () => {
  const asked = async (box, press, words) => {
    await press.click();
    await box.getByRole('alert').getByText(words).waitFor();
    return box.getByRole('button', { name: 'Vis alligevel' });
  };
  await at('groups-dialog', async ({ page, sent }) => {
    const box = page.getByRole('dialog');
    await box.getByRole('checkbox').first().check();
    await box.locator('form [name=title]').fill('Emma Lunds klasse');
    const go = await asked(box, box.getByRole('button', { name: 'Lav gruppen' }), 'helt navn');
    assert.deepEqual(await sent('group.set'), []);
    await go.click();
    await becomes(
      async () => (await sent('group.set')).map((frame) => frame.with.title),
      ['Emma Lunds klasse'],
    );
    const heading = box.locator('.group').first().getByRole('textbox');
    await heading.fill('010203-1234');
    await heading.blur();
    await box.getByRole('alert').getByText('CPR-nummer').waitFor();
    assert.equal((await sent('group.set')).length, 1);
  });
  await at('data-dialog', async ({ page, sent }) => {
    const box = page.getByRole('dialog');
    await box.getByRole('button', { name: 'Tekst', exact: true }).click();
    await box.getByLabel('Overskrift').fill('Trivsel');
    await box.getByLabel('Teksten', { exact: true }).fill('Emma Lund er alene');
    const go = await asked(box, box.getByRole('button', { name: 'Læg ind' }), 'helt navn');
    assert.deepEqual(await sent('data.put'), []);
    await go.click();
    await becomes(async () => (await sent('data.put')).length, 1);
    await box.getByLabel('Overskrift').fill('Om Emma Lund');
    await box.getByLabel('Teksten', { exact: true }).fill('Hun er ikke alene');
    await asked(box, box.getByRole('button', { name: 'Læg ind' }), 'helt navn');
    assert.equal((await sent('data.put')).length, 1);
  });
});

test('that the national tests were mentioned stands on the board at a tap', async () => {
  await at('talk', async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Intet at bemærke' }).click();
    await becomes(async () => (await sent('contribution.add'))[0].with, {
      text: 'De nationale test giver ikke anledning til særlig opmærksomhed.',
      seat: 12,
      part: '3a',
    });
  });
});

test('that the national tests were mentioned is also read in a point written by hand', async () => {
  await at('talk', async ({ page }) => {
    await page.getByRole('button', { name: 'Intet at bemærke' }).waitFor();
    await page.evaluate(() =>
      globalThis.fake.tell([
        {
          fact: 'contribution.added',
          contribution: '0d4f0001-0000-4000-8000-000000000001',
          part: '3a',
          seat: 12,
          text: 'De nationale overgangstest ligger som sidste år.',
        },
      ]),
    );
    await page.getByText('er nævnt og står i referatet').waitFor();
  });
});

test('what was prepared is ticked off in order, put among the data, and shown', async () => {
  await at('talk-prepared', async ({ page, sent }) => {
    const rows = page.locator('.checklist > ul > li');
    await becomes(
      async () => (await rows.allInnerTexts()).map((each) => each.split('\n')[0]).slice(0, 3),
      ['Noget særligt ved testene?', 'Hvad gør vi nu?', 'Hvad så?'],
    );
    assert.match(await rows.nth(0).innerText(), /Ja\. Sådan håndterer vi det: Læsebånd/);
    assert.match(await rows.nth(0).innerText(), /Det skal siges på mødet/);
    assert.match(await rows.nth(2).innerText(), /Intet svar endnu/);
    await rows.nth(0).getByRole('checkbox').check();
    await rows.nth(0).getByRole('button', { name: 'Læg blandt mødets data' }).click();
    await becomes(async () => (await sent('data.put'))[0].with, {
      title: 'Noget særligt ved testene?',
      kind: 'text',
      text: 'Ja. Sådan håndterer vi det: Læsebånd',
    });
    await rows
      .nth(1)
      .getByRole('button', { name: /Vis på tavlen/ })
      .click();
    await becomes(async () => (await sent('wall.show'))[0].with.show, 'data');
    await page.getByRole('button', { name: 'Forbered oplægget' }).click();
    const asked = page
      .getByRole('dialog')
      .getByRole('group', { name: 'Noget særligt ved testene?' });
    await asked.getByLabel('Nej').click();
    await becomes(async () => (await sent('prepared.set'))[0].with, {
      id: 'tests',
      yes: false,
      text: 'Læsebånd',
      base: 'Læsebånd',
    });
  });
});

test('the board is blanked and lit again, written on, and frozen on one card', async () => {
  await at('turns', async ({ page, sent }) => {
    await page.keyboard.press('b');
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'wall.shown', wall: { show: 'blank' } }]),
    );
    await page.getByText('Tavlen er slukket.').waitFor();
    await page.keyboard.press('b');
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'wall.shown', wall: { show: 'meeting' } }]),
    );
    await page.keyboard.press('m');
    await page.getByRole('button', { name: 'Der er kaffe nu' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Vis på tavlen' }).click();
    await page.getByRole('button', { name: /^Vis stort på tavlen: Gården/ }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('wall.show')).map((frame) => frame.with.show),
        ['blank', 'meeting', 'message', 'card'],
      ),
    );
    await soon(async () => assert.equal((await sent('wall.show'))[2].with.text, 'Der er kaffe nu'));
  });
});

test('a table asks about few pupils before it is put, and what is confidential cannot be shown', async () => {
  await at('data-dialog', async ({ page, sent }) => {
    const dialog = page.getByRole('dialog');
    await becomes(() => dialog.getByRole('button', { name: /^Vis på tavlen/ }).count(), 1);
    await dialog.getByLabel('Overskrift').fill('Venner');
    await dialog.getByLabel('Tabellen', { exact: true }).fill('Klasse;Andel\n1;82 %');
    await dialog.getByRole('button', { name: 'Læg ind' }).click();
    await dialog.getByLabel(/^Ja – fortrolig/).check();
    assert.equal((await sent('data.put')).length, 0);
    await dialog.getByRole('button', { name: 'Læg ind' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('data.put')).map((frame) => frame.with),
        [
          {
            title: 'Venner',
            kind: 'table',
            csv: 'Klasse;Andel\n1;82 %',
            chart: 'bar',
            confidential: true,
          },
        ],
      ),
    );
    await dialog.getByRole('button', { name: 'Fjern Bedste sted i pausen' }).click();
    await soon(async () => assert.equal((await sent('data.remove')).length, 1));
  });
});

test('a table is read from a file with its letters, and a file that is no text is said to be none', async () => {
  await at('data-dialog', async ({ page }) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByText('3 rækker').waitFor();
    const csv = dialog.getByLabel('Tabellen', { exact: true });
    const choose = (name, bytes) =>
      dialog
        .locator('input[type=file]')
        .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
    // Windows-1252: "–", "’" and "€" have no place in Latin-1.
    await choose('a.csv', Buffer.from('Årgang;Få\r\nØst \x96 \x92\x80;<5\r\n', 'latin1'));
    await becomes(() => csv.inputValue(), 'Årgang;Få\nØst – ’€;<5\n');
    await choose('tal.xlsx', [0x50, 0x4b, 3, 4, 0, 0]);
    await page.getByText('Det er et regneark. Gem arket som CSV').waitFor();
    await becomes(() => csv.inputValue(), 'Årgang;Få\nØst – ’€;<5\n');
  });
});

test('points are put into a group, and taken out of one', async () => {
  await at('groups-dialog', async ({ page, sent }) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Tre ud af ti/).check();
    await dialog.getByLabel(/De store drenge/).check();
    await dialog.locator('form').getByLabel('Gruppens overskrift').fill('De alene');
    await dialog.getByRole('button', { name: 'Lav gruppen' }).click();
    await dialog.getByRole('button', { name: 'Tag ud af gruppen' }).first().click();
    const [made, less] = await soon(async () => {
      const set = (await sent('group.set')).map((frame) => frame.with);
      assert.equal(set.length, 2);
      return set;
    });
    assert.deepEqual(
      [made.title, made.contributions.length, made.group],
      ['De alene', 2, undefined],
    );
    assert.deepEqual([less.title, less.contributions.length], ['Voksne ude', 1]);
  });
});

test('a part that was started too late began earlier, by no more than the part before it had', async () => {
  const moment = moments.talk();
  moment.snapshot.items[1].parts[0].used = 2 * 60000;
  await at(moment, async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Begyndte før trykket' }).click();
    const by = page.locator('.ways .menu-body');
    await soon(async () =>
      assert.deepEqual(await by.getByRole('button').allInnerTexts(), ['1 min', '2 min']),
    );
    await by.getByRole('button', { name: '2 min' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent('clock.correct')).map((frame) => frame.with),
        [{ ms: 120000 }],
      ),
    );
  });
});

test('the presenter answers within the turn of whoever asked, and the turn stays the asker’s', async () => {
  await at('questions', async ({ page, sent }) => {
    await page.getByRole('button', { name: 'Begynd svar', exact: true }).click();
    await page.evaluate(() =>
      globalThis.fake.tell([{ fact: 'turn.answering', seat: 12, turn: 20, answering: true }]),
    );
    await page.getByText('Lise svarer Anders').waitFor();
    await page.keyboard.press('a');
    await soon(async () =>
      assert.deepEqual(
        (await sent('turn.answer')).map((frame) => frame.with),
        [
          { answering: true, turn: 20 },
          { answering: false, turn: 20 },
        ],
      ),
    );
  });
});

test('in a dialogue first-time speakers come first until that is switched off, and a remark is asked for by name', async () => {
  await at('dialogue', async ({ page, sent }) => {
    await page.getByRole('switch', { name: 'Nye stemmer først' }).click();
    await page.locator('.people .who', { hasText: 'Lise' }).click();
    await page.getByRole('button', { name: 'Kort kommentar', exact: true }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => [frame.do, frame.with]),
        [
          ['floor.fair', { fair: false }],
          ['hand.raise', { seat: 12, remark: true }],
        ],
      ),
    );
  });
});

test('a new link of its own, and the console leads on by it when the old one has died', async () => {
  await at('share-dialog', async ({ page, sent }) => {
    const token = 'B'.repeat(43);
    await page.evaluate((made) => {
      globalThis.fake.made['link.renew'] = { token: made };
    }, token);
    await page.getByRole('button', { name: 'Nyt link til styringen' }).click();
    await page.getByRole('button', { name: 'Lav nyt link' }).click();
    await page.getByText('Nyt link lavet').waitFor();
    await page.evaluate(() => globalThis.fake.give({ refused: { code: 'ended' } }));
    await page.waitForFunction(
      (key) => globalThis.fake.sent.filter((frame) => frame.hello).at(-1).hello.key === key,
      token,
    );
    assert.ok(page.url().endsWith(`#${token}`));
    await soon(async () =>
      assert.deepEqual(
        (await sent('link.renew')).map((frame) => frame.with),
        [{ role: 'console' }],
      ),
    );
    await page.locator('.strip').waitFor();
  });
});

// tests/README.md, row 61
test('in a meeting that is damaged the console says so, and whom to tell', async () => {
  await at('share-dialog', async ({ page }) => {
    await page.evaluate(() => globalThis.fake.give({ refused: { code: 'damaged' } }));
    await page.getByText('Mødets data på serveren er beskadiget').waitFor();
  });
});

test('a screen that shows four characters is let in by them, however they are typed', async () => {
  await at('share-dialog', async ({ page, sent }) => {
    const field = page.getByRole('dialog').locator('[name=pairing]');
    await field.fill('4f7');
    await page.getByRole('button', { name: 'Forbind' }).click();
    await field.fill('4f 7k');
    await page.getByRole('button', { name: 'Forbind' }).click();
    await page.getByText('Skærmen er forbundet').waitFor();
    await soon(async () =>
      assert.deepEqual(
        (await sent('board.pair')).map((frame) => frame.with),
        [{ pairing: '4F7K' }],
      ),
    );
  });
});

test('whoever waits at the door is let in, or not, and the door opened', async () => {
  await at('door', async ({ page, sent }) => {
    await page.getByText('Mette er på en ny telefon. Må den få pladsen?').waitFor();
    await page
      .locator('.knocks li', { hasText: 'Ida' })
      .getByRole('button', { name: 'Luk ind' })
      .click();
    await page
      .locator('.knocks li', { hasText: 'Mette' })
      .getByRole('button', { name: 'Nej' })
      .click();
    await page.getByRole('button', { name: 'Åbn døren' }).click();
    await soon(async () =>
      assert.deepEqual(
        (await sent()).map((frame) => [frame.do, frame.with.let_in ?? frame.with.closed]),
        [
          ['knock.answer', true],
          ['knock.answer', false],
          ['door.close', false],
        ],
      ),
    );
  });
});

test('somebody who guesses is told of, with what helps, until it is over', async () => {
  await at('turns', async ({ page }) => {
    const tell = (guessed) =>
      page.evaluate(
        (more) =>
          globalThis.fake.give({
            presence: { connected: [1, 2], screens: { console: 1, board: 1 }, ...more },
          }),
        guessed ? { guessed } : {},
      );
    const said = page.locator('.guesses');
    assert.equal(await said.count(), 0);
    await tell('keys');
    await said.getByText('forkert link').waitFor();
    await tell('codes');
    await said.getByText('gætter på mødekoder').waitFor();
    await said.getByText('Når døren er lukket').waitFor();
    assert.equal(await said.getAttribute('role'), 'status');
    await tell(null);
    await said.waitFor({ state: 'detached' });
  });
  await at('door', async ({ page }) => {
    await page.evaluate(() =>
      globalThis.fake.give({ presence: { connected: [], screens: {}, guessed: 'codes' } }),
    );
    await page.locator('.guesses').getByText('gætter på mødekoder').waitFor();
    assert.equal(await page.getByText('Når døren er lukket').count(), 0, 'it is closed already');
  });
});

test('what was answered before the meeting is there after a reload, and gone when the device forgets', async () => {
  await at('lobby', async ({ page }) => {
    await page.locator('.checks').getByRole('button', { name: 'Nej, kun jeg' }).click();
    await page.reload();
    await becomes(
      () =>
        page
          .locator('.checks')
          .getByRole('button', { name: 'Nej, kun jeg' })
          .getAttribute('aria-pressed'),
      'true',
    );
  });
  await at('closed', async ({ page }) => {
    await page.evaluate(() => localStorage.setItem('runde.setup.K7QM4XPR', '{"screen":"no"}'));
    await page.getByRole('button', { name: 'Glem mødet her' }).click();
    await page.getByText('Enheden har glemt').waitFor();
    await becomes(
      () =>
        page.evaluate(() => [
          localStorage.getItem('runde.setup.K7QM4XPR'),
          localStorage.getItem('runde.meetings'),
          location.hash,
        ]),
      [null, '[]', ''],
    );
  });
});

test('a meeting that is soon deleted and that nobody has fetched says so, with the button to fetch it', async () => {
  const soonGone = (more = {}) => {
    const it = moments.closed();
    Object.assign(it.snapshot.meeting, { keep: 30, erases: it.now + 3 * 86400000 });
    Object.assign(it.snapshot, more);
    return it;
  };
  const word = { file: 'participants', format: 'docx', as: 'console', day: '2026-05-14' };
  for (const size of [{}, { width: 390, height: 844 }])
    await at(
      soonGone(),
      async ({ page }) => {
        await page.getByText('Intet er hentet endnu – mødet slettes').waitFor();
        await page.evaluate(axeSource);
        // On a phone the bar below covers part of what can be scrolled out from under it.
        if (!size.width) assert.deepEqual(await complaints(page), []);
        await page.route(/\/minutes\?/, (route) => route.fulfill({ body: 'x' }));
        const asked = page.waitForRequest(/minutes\?edition=participants&format=docx$/);
        await page.getByRole('button', { name: 'Hent referatet (Word)' }).click();
        await asked;
        await page.evaluate(
          (fact) => globalThis.fake.tell([{ fact: 'minutes.fetched', ...fact }]),
          word,
        );
        await page.getByText('Hentet: referat (Word) 14. maj', { exact: true }).waitFor();
        assert.equal(await page.locator('.unfetched').count(), 0);
      },
      size,
    );
  await at(soonGone({ fetched: [{ ...word, as: 'leader' }] }), async ({ page }) => {
    await page.getByText('Hentet: referat (Word) 14. maj af skolelederen').waitFor();
    assert.equal(await page.locator('.unfetched').count(), 0);
  });
});

test('words that pass by themselves are seen and heard where a dialog is open', async () => {
  await at('lobby', async ({ page }) => {
    const words = page.locator('.toast p');
    await page.getByRole('button', { name: 'Links og tavle' }).first().click();
    await page.locator('dialog [name=pairing]').fill('4F7');
    await page.locator('dialog form.pair button').click();
    await words.waitFor();
    const onTop = () =>
      words.evaluate((e) => {
        e.style.pointerEvents = 'auto'; // Presses go through it.
        const { left, top, width, height } = e.getBoundingClientRect();
        return e.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
    await becomes(() => page.locator('dialog .toast p').count(), 1);
    await becomes(onTop, true);
  });
});

test('a seat that is moved by its button takes nobody else’s press until the pointer has moved', async () => {
  await at('decision', async ({ page, sent }) => {
    await page.locator('.people-col').getByText('Thomas', { exact: true }).click();
    const down = page.locator('.people-col').getByRole('button', { name: 'Ned' });
    const { x, y } = await down.boundingBox();
    await page.mouse.move(x + 5, y + 5);
    await page.mouse.down();
    await page.mouse.up();
    const [{ with: fields }] = await soon(async () => {
      const found = await sent('table.order');
      assert.equal(found.length, 1);
      return found;
    });
    await page.evaluate(
      (order) => globalThis.fake.tell([{ fact: 'table.ordered', order }]),
      fields.order,
    );
    await page.locator('.people-col .who').first().getByText('Anders').waitFor();
    await soon(async () => {
      const box = await down.boundingBox();
      const deaf = await page.locator('.people-col').evaluate((it) => it.style.pointerEvents);
      assert.ok(Math.abs(box.y - y) < 2 || deaf === 'none', `${box.y} ${y} ${deaf}`);
    });
    await page.mouse.move(x, y + 40);
    await becomes(() => page.locator('.people-col').evaluate((it) => it.style.pointerEvents), '');
  });
});

test('many questions are folded, so that the answers stand on the screen', async () => {
  const moment = moments.decision();
  const { now, items } = moment.snapshot;
  const part = items.flatMap((item) => item.parts).find((each) => each.id === now.part);
  part.questions = ['Hvad?', 'Hvem?', 'Hvornår?', 'Hvordan?', 'Hvorfor?', 'Hvor?', 'Hvortil?'];
  await at(moment, async ({ page }) => {
    await page.getByText('6 spørgsmål mere').waitFor();
    const fourth = await page.locator('.answers .line').nth(3).boundingBox();
    assert.ok(fourth.y + fourth.height < 900, String(fourth.y));
    await page.getByText('6 spørgsmål mere').click();
    await page.getByText('Hvortil?').waitFor();
  });
});

test('a page takes the connection that its first bytes began, and begins no other', async () => {
  await at('turns', async ({ page }) =>
    assert.equal(await page.evaluate(() => globalThis.fake.sockets.length), 1),
  );
});
