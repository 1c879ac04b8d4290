// The board in a browser: every page and hard case under its CSP, looked at for what a room would
// notice.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { becomes, gone, soon } from '../support/soon.js';
import { axeSource, built, launch, settled, test } from './support/browser.js';
import { KEY, lookRound, openBoard } from './support/board.js';
import { CODE, NOW, WALL, snapshots } from './fixtures/board.js';

const gen = built('board');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Open and ready to be told something. */
async function open(options = {}) {
  const board = await openBoard(browser, gen, options);
  if (!options.refuse && !options.path && options.saving !== false) await board.ready();
  return board;
}

for (const [width, height, locale, colorScheme] of [
  [1920, 1080, 'da', 'light'],
  [1366, 768, 'en', 'dark'],
  [1024, 768, 'da', 'light'],
  [1080, 1920, 'en', 'light'],
]) {
  test(`every page fits ${width}×${height} (${locale}, ${colorScheme}), and none breaks the CSP`, async () => {
    const { page, wrong, close, serve } = await open({ width, height, locale, colorScheme });
    for (const name of Object.keys(snapshots)) {
      await serve(name);
      await becomes(() => page.evaluate(lookRound), [], name);
    }
    assert.deepEqual(wrong, []);
    await close();
  });
}

test('while its second script is away the lobby stands, and a meeting that runs is being fetched', async () => {
  const { page, serve, close } = await open({ scripts: false });
  await serve('lobby');
  await page.locator('.board.lobby .code').first().waitFor();
  await serve('dialogue');
  await page.getByText('Henter mødet …').waitFor();
  await page.locator('header .door').getByText(CODE).waitFor();
  await close();
});

test('nothing of what was decided, came of it or was gathered is cut: it is smaller, or on the next page', async () => {
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [1280, 720],
    [1080, 1920],
  ]) {
    const { page, serve, close } = await open({ width, height });
    for (const name of [
      'end',
      'end-long',
      'end-longest',
      'decision-lines',
      'decision-longest-lines',
      'came',
      'came-long',
      'lobby-came',
      'lobby-came-long',
      'spiral-recap-long',
      'spiral-recap-compounds',
      'spiral-lap',
      'data-reasons',
      'data-compounds',
      'data-marks',
    ]) {
      await serve(name);
      const cut = () =>
        page.evaluate(() =>
          [
            ...document.querySelectorAll(
              '.side .clamp, .side .fit, .answers .clamp, .came .clamp, .before .clamp, .drawing text',
            ),
          ]
            .filter((e) => !e.matches('.now-text'))
            .filter(
              (e) =>
                (e instanceof HTMLElement && e.scrollHeight > e.clientHeight + 2) ||
                e.textContent.includes('…'),
            )
            .map((e) => e.textContent.trim()),
        );
      await becomes(cut, [], `${name} at ${width}x${height}`);
    }
    await close();
  }
});

test('a decision of many words turns its pages by the meeting’s clock, and says which it is', async () => {
  const { page, serve, close } = await open();
  await serve('decision-longest-lines');
  await becomes(() => page.locator('.page-line').innerText(), '2 af 2');
  await serve('end-longest');
  await becomes(() => page.locator('.page-line').count(), 1);
  await serve('end-long');
  await becomes(() => page.locator('.page-line').count(), 0);
  await close();
});

test('what was dropped has a sign and a word of its own, and so has what nobody has said', async () => {
  const { page, serve, close } = await open({ forcedColors: 'active' });
  await serve('came');
  const rows = page.locator('.came li');
  await becomes(() => rows.count(), 4);
  const signs = await rows.evaluateAll((all) =>
    all.map((e) => e.querySelector('.mark').innerHTML.replace(/<!--.*?-->|\s/g, '')),
  );
  assert.equal(new Set(signs).size, 4, 'no two signs are drawn alike');
  assert.match(await rows.nth(2).innerText(), /Opgivet: For dyrt/);
  assert.match(await rows.nth(3).innerText(), /Intet sagt endnu/);
  await close();
});

test('an outcome that is said while the page stands shows what it shows after a reload', async () => {
  const { page, serve, tell, close } = await open();
  const shown = () =>
    page.locator('.came, .before').evaluate((e) => e.outerHTML.replace(/<!--.*?-->/g, ''));
  const { carried, ...rest } = snapshots.came;
  const last = carried.at(-1);
  const said = { outcome: 'dropped', word: 'Skoleudviklingssamtalen gik en anden vej' };
  for (const about of [rest, { ...rest, now: snapshots['lobby-came'].now }]) {
    await page.evaluate((all) => globalThis.serve(all), { ...about, carried });
    await page.getByText('Mette:').waitFor();
    await tell({ fact: 'carried.came', id: last.id, ...said });
    await becomes(() => page.getByText('Opgivet').count(), 2);
    const live = await shown();
    await page.evaluate((all) => globalThis.serve(all), {
      ...about,
      carried: [...carried.slice(0, -1), { ...last, ...said }],
    });
    await settled(page);
    assert.equal(await shown(), live);
  }
  await serve('lobby');
  await close();
});

test('rows that have no room together turn pages by the meeting’s clock, each with its bars and figures', async () => {
  const { page, serve, close } = await open();
  await serve('data-reasons');
  await becomes(() => page.locator('.page-line').innerText(), '2 af 2');
  const rows = await page.locator('.figures tbody tr').count();
  assert.equal(
    await page.locator('.drawing .bar').count(),
    2 * rows + 2,
    'with those of the legend',
  );
  await close();
});

// tests/README.md, row 23
test('it says hello as a board, with the key of its link, also after a reload without one', async () => {
  const { page, close } = await open();
  await page.waitForFunction(() => globalThis.sent.length > 0);
  const said = () => page.evaluate(() => globalThis.sent[0].hello);
  await becomes(said, { as: 'board', meeting: CODE, key: KEY });
  await page.evaluate(() => history.replaceState(null, '', location.pathname));
  await page.reload();
  await page.waitForFunction(() => globalThis.sent.length > 0);
  await soon(async () => assert.equal((await said()).key, KEY));
  await close();
});

test('a link that does not fit says what to do, and so does one without a key', async () => {
  for (const [options, words] of [
    [{ refuse: 'wrong_key' }, 'Kopiér linket'],
    [{ path: `/board/${CODE}` }, 'linket fra styringen'],
    [{ refuse: 'no_such_meeting' }, 'koden i adressen'],
  ]) {
    const { page, close } = await open(options);
    await page.locator('.alone h1').waitFor();
    await soon(async () =>
      assert.match(await page.locator('.alone').innerText(), new RegExp(words)),
    );
    await close();
  }
});

test('a lost connection is a quiet sign, and the clock goes on', async () => {
  const { page, serve, close } = await open();
  await serve('reflection');
  const before = await page.locator('.digits').innerText();
  await page.evaluate(() => globalThis.sockets.at(-1).onclose());
  await page.locator('.sign').waitFor();
  await page.waitForFunction(
    (face) => document.querySelector('.digits').textContent !== face,
    before,
  );
  await close();
});

test('a server that cannot save is a quiet sign while it lasts, and the clock goes on', async () => {
  for (const [locale, colorScheme, words] of [
    ['da', 'light', 'Gemmer ikke lige nu – mødet kan gå videre'],
    ['en', 'dark', 'Not saving right now – the meeting can go on'],
  ]) {
    const { page, serve, give, close } = await open({ locale, colorScheme });
    await serve('reflection');
    const before = await page.locator('.digits').innerText();
    await give({ saving: false });
    await becomes(() => page.locator('.signs [role=status]').innerText(), words);
    await page.waitForFunction(
      (face) => document.querySelector('.digits').textContent !== face,
      before,
    );
    assert.deepEqual(await page.evaluate(lookRound), []);
    await give({ saving: true });
    await gone(page.locator('.sign'));
    await give({ saving: false });
    await page.locator('.sign').waitFor();
    await page.evaluate(() => globalThis.sockets.at(-1).onclose());
    await soon(async () =>
      assert.match(await page.locator('.sign').innerText(), /^(Forbinder igen|Reconnecting)/),
    );
    await close();
  }
});

test('a wall that comes while the server cannot save says why it is empty', async () => {
  const { page, give, serve, close } = await open({ saving: false });
  await soon(async () =>
    assert.match(await page.locator('.alone').innerText(), /gemmer ikke lige nu/),
  );
  await give({ welcome: { seat: null, now: NOW, wall: WALL, protocol: 1 } });
  await give({ saving: true });
  await serve('reflection');
  await page.locator('.digits').waitFor();
  await close();
});

test('the floor, and the time at its three moments, are told politely', async () => {
  const { page, serve, close } = await open();
  await serve('turns');
  await serve('turns-before');
  const live = page.locator('[aria-live=polite]');
  await becomes(() => live.innerText(), 'Yusuf har ordet');
  await close();
});

test('nothing on the wall shames anyone', async () => {
  const { page, serve, close } = await open();
  for (const name of Object.keys(snapshots)) {
    await serve(name);
    assert.doesNotMatch(
      await page.locator('#app').innerText(),
      /bagefter|over tid|\+\d+:\d\d|-\d+:\d\d|\bklar\b|\bpas\b/i,
      name,
    );
  }
  await serve('turns-before');
  assert.doesNotMatch(await page.locator('main').innerText(), /\d:\d\d/, 'no seconds of a person');
  await close();
});

test('a pause says until when, how long still or how long already, and that it is over', async () => {
  const { page, serve, close } = await open();
  const says = async (name, ...words) => {
    await serve(name);
    for (const each of words)
      await becomes(async () => each.test(await page.locator('#app').innerText()), true, name);
  };
  await says('paused', /Vi holder pause/);
  await says('paused-lasted', /Vi holder pause/, /Pausen har varet 12 min/);
  await says(
    'paused-until',
    /Tilbage kl\.\s9\.50/,
    /3 min tilbage af pausen/,
    /Slutter ca\. 11\.26/,
  );
  await says('paused-over', /Vi begynder igen nu/);
  await close();
});

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// tests/README.md, row 53
for (const how of [
  { colorScheme: 'light' },
  { colorScheme: 'dark', locale: 'en' },
  { forcedColors: 'active' },
  { colorScheme: 'dark', welcome: { colour: '#ffd400' } },
]) {
  test(`axe finds nothing to complain of in any state (${Object.entries(how)
    .map(([, each]) => JSON.stringify(each))
    .join(' ')})`, async () => {
    const { page, serve, close } = await open(how);
    await page.evaluate(axeSource);
    for (const name of Object.keys(snapshots)) {
      await serve(name);
      const broken = await page.evaluate(async (tags) => {
        const { violations } = await globalThis.axe.run(document, { runOnly: tags });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`);
      }, TAGS);
      assert.deepEqual(broken, [], name);
    }
    await close();
  });
}

/**
 * Runs in the page: the smallest size of text that can be seen, in hundredths of the wall's height.
 */
function smallest() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || e.closest('.vh, style') || !e.getClientRects().length) continue;
    const scale =
      e instanceof SVGElement
        ? e.ownerSVGElement.getBoundingClientRect().width / e.ownerSVGElement.viewBox.baseVal.width
        : 1;
    found.push([
      (100 * Number.parseFloat(getComputedStyle(e).fontSize) * scale) / innerHeight,
      node.data.trim().slice(0, 30),
    ]);
  }
  return found.sort((a, b) => a[0] - b[0])[0] ?? [100, ''];
}

test('from eight metres: no text is smaller than 2.2 hundredths of the wall’s height', async () => {
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [3840, 2160],
  ]) {
    const { page, serve, close } = await open({ width, height });
    for (const name of Object.keys(snapshots)) {
      await serve(name);
      const [size, text] = await page.evaluate(smallest);
      assert.ok(size > 2.19, `${name} at ${width}x${height}: "${text}" is ${size.toFixed(2)} vh`);
    }
    await close();
  }
});

test('nothing moves where people asked for no motion, and what moves elsewhere comes to rest', async () => {
  for (const [reducedMotion, moves] of [
    ['reduce', false],
    ['no-preference', true],
  ]) {
    const { page, serve, close } = await open({ reducedMotion });
    await serve('intro');
    await serve('intro-closed');
    const running = () =>
      page.evaluate(
        () =>
          document
            .getAnimations()
            .filter(({ effect }) => effect.getComputedTiming().endTime === Infinity).length,
      );
    const begun = (decision) => {
      globalThis.serve(decision);
      return document.getAnimations().length > 0;
    };
    assert.equal(await page.evaluate(begun, snapshots.decision), moves, reducedMotion);
    await becomes(running, 0, 'nothing goes on for ever');
    await close();
  }
});

test('the presentation round: people come one by one, the last closes the ring, and then the focus stands in its middle', async () => {
  const { page, serve, tell, close } = await open();
  await serve('intro-begin');
  const count = (what) => page.locator(what).count();
  await soon(async () =>
    assert.deepEqual(
      [await count('.named'), await count('.bridge'), await count('.seat.coming')],
      [1, 0, 10],
    ),
  );
  assert.doesNotMatch(await page.locator('main').innerText(), /Hvordan bliver pausen/);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.seat')].map(
        (e) => `${e.getAttribute('cx')} ${e.getAttribute('cy')}`,
      ),
    );
  const before = await places();
  for (let seat = 1; seat <= 10; seat++) {
    await tell(
      { fact: 'turn.ended', seat, turn: seat + 3 },
      { fact: 'turn.began', seat: seat + 1, turn: seat + 4, lap: 1, until: 1e7 },
    );
    await soon(async () =>
      assert.deepEqual(
        [await count('.named'), await count('.bridge')],
        [seat + 1, seat === 10 ? 11 : seat],
        `${seat + 1} have come`,
      ),
    );
  }
  await becomes(places, before, 'everybody had the place from the beginning');
  await becomes(() => count('.appears'), 0);
  await tell({ fact: 'turn.ended', seat: 11, turn: 14 });
  await soon(async () =>
    assert.match(await page.locator('.appears').innerText(), /Hvordan bliver pausen/),
  );
  await close();
});

test('the sentence returns: a task shows what it builds on, and nobody’s name beside it', async () => {
  const { page, serve, close } = await open();
  await serve('decision');
  await soon(async () =>
    assert.match(await page.locator('.returns').innerText(), /^Hvis de store står for boldburet/),
  );
  assert.doesNotMatch(await page.locator('.returns').innerText(), /Yusuf/);
  await close();
});

test('a message is one, a card stands alone and nameless, and what is gone gives the wall back', async () => {
  const { page, serve, tell, close } = await open();
  await serve('wall-card');
  const words = () => page.locator('main').innerText();
  await soon(async () => assert.match(await words(), /En voksen, man kan finde/));
  assert.doesNotMatch(await words(), /Lone/);
  await tell({
    fact: 'contribution.withdrawn',
    contribution: snapshots['wall-card'].wall.contribution,
  });
  await soon(async () =>
    assert.match(await words(), /Frikvarteret er for kort/, 'the dialogue is there again'),
  );
  await serve('wall-blank');
  await soon(async () =>
    assert.equal((await words()).replace('Tavlen er tom lige nu', '').trim(), ''),
  );
  await close();
});

test('data: a drawing with a name, and the same figures in a table beside it', async () => {
  const { page, serve, close } = await open();
  await serve('data-places');
  await soon(async () =>
    assert.match(
      await page.locator('[role=img]').getAttribute('aria-label'),
      /Søjlediagram: Hver sjette/,
    ),
  );
  const cells = (await page.locator('.figures tbody tr').allInnerTexts()).map((row) =>
    row.replace(/\s+/g, ' '),
  );
  assert.deepEqual(cells.slice(0, 3), [
    'Skolegården 16 %',
    'Omklædningsrummet 11 %',
    'Gangene 8,5 %',
  ]);
  await becomes(() => page.locator('.drawing .bar').count(), 5);
  await close();
});

test('a reader of tables that does not come is asked for again, and the title stands meanwhile', async () => {
  const { page, serve, close } = await open();
  let failures = 1;
  let come;
  const coming = new Promise((done) => (come = done));
  const reader = readdirSync(join(gen, 'pages')).find(
    (file) =>
      file.startsWith('_a_') &&
      readFileSync(join(gen, 'pages', file), 'utf8').includes('globalThis.runde_tables'),
  );
  await page.route(`**${reader.replaceAll('_', '/')}`, async (route) => {
    if (failures-- > 0) return route.abort();
    await coming;
    await route.fallback();
  });
  await serve('data-places');
  await page.getByRole('heading', { name: /Hver sjette/ }).waitFor();
  await becomes(() => page.locator('.figures').count(), 0);
  come();
  await page.locator('.figures tbody tr').first().waitFor();
  await becomes(() => failures, -1);
  await close();
});

test('a board asks for the language’s hyphens once it shows something, and for no reader of tables before a table', async () => {
  const { page, serve, close } = await open();
  await serve('wall-blank');
  await serve('lobby');
  await settled(page);
  await page.waitForFunction(() => globalThis.runde_hyphens?.danishBreaks);
  assert.equal(await page.evaluate(() => 'runde_tables' in globalThis), false);
  await close();
});

test('a board without a key shows a code until a console has typed it, and then the meeting', async () => {
  const asked = [];
  let gone = true;
  const api = (request) => {
    asked.push([request.method(), request.headers().authorization ?? '']);
    if (request.method() === 'POST')
      return {
        status: 201,
        body: { pairing: gone ? '4F7K' : '9QXT', secret: gone ? 'one' : 'two' },
      };
    if (gone) {
      gone = false;
      return { status: 404, body: {} };
    }
    return { status: 200, body: { code: CODE, key: KEY } };
  };
  const { page, close } = await openBoard(browser, gen, { path: '/board', api });
  await page.waitForURL(`**/board/${CODE}#${KEY}`);
  await page.waitForFunction(() => globalThis.sent.length > 0);
  await becomes(() => page.evaluate(() => globalThis.sent[0].hello), {
    as: 'board',
    meeting: CODE,
    key: KEY,
  });
  assert.deepEqual(asked, [
    ['POST', ''],
    ['GET', 'Bearer one'],
    ['POST', ''],
    ['GET', 'Bearer two'],
  ]);
  await close();
});

test('the Wi-Fi’s code is fetched with the key, and a municipality’s colour is worn', async () => {
  const { page, serve, close } = await open({ welcome: { wifi: true, colour: '#8a1538' } });
  const asked = page.waitForRequest((request) => request.url().endsWith('/qr?link=wifi'));
  await page.reload();
  assert.equal((await asked).headers().authorization, `Bearer ${KEY}`);
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  await serve('lobby');
  await page.locator('.wifi img').waitFor();
  await becomes(
    () =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent')),
    '#8a1538',
  );
  await close();
});

test('the sound is off by one tap, only where there is one to come, and stays off', async () => {
  const { page, serve, close } = await open();
  await serve('turns');
  await becomes(() => page.locator('button').count(), 0, 'no control on the wall');
  await serve('reflection');
  const button = page.locator('button');
  if ((await button.innerText()) === 'Tryk her for lyd') await button.click();
  await page.getByText('Lyd til').waitFor();
  await button.click();
  await page.getByText('Lyd fra').waitFor();
  await page.reload();
  await page.waitForFunction(() => globalThis.sent.some((frame) => frame.clock));
  await serve('reflection');
  await becomes(() => button.innerText(), 'Lyd fra');
  await close();
});

test('the page stays within its budget', () => {
  for (const locale of ['da', 'en']) {
    const { length } = gzipSync(readFileSync(join(gen, 'pages', `board.${locale}.html`)));
    assert.ok(length <= 60 * 1024, `${length} bytes`);
  }
});
