// The page of the minutes in a browser, under its CSP, with a server of the test's own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { gzipSync } from 'node:zlib';
import { becomes, gone, soon } from '../support/soon.js';
import { axeSource, built, launch, test } from './support/browser.js';
import { id, moments, openMinutes } from './fixtures/minutes.js';

const gen = built('minutes');
const pages = join(gen, 'pages');
let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function on(moment, options, act) {
  const it = await openMinutes(browser, pages, {
    snapshot: typeof moment === 'string' ? moments[moment]() : moment,
    ...options,
  });
  await it.page.waitForSelector('.paper, .wait button');
  await act(it);
  assert.deepEqual(it.server.errors, []);
  await it.context.close();
}

/**
 * Waits until the page has sent a command of this name so often, and gives the fields of the last.
 */
const sent = (server, name, n = 1) =>
  soon(() => {
    const found = server.commands.filter((each) => each.do === name);
    assert.ok(found.length >= n, `${name} came ${found.length} times`);
    return found[n - 1].with;
  });

const axe = async (page) => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run());
  return violations.map(
    (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
};

test('every moment of a meeting: nothing wrong for assistive technology, nothing wider than the screen', async () => {
  for (const moment of Object.keys(moments)) {
    for (const size of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
      { width: 320, height: 640 },
    ]) {
      await on(moment, { size }, async ({ page }) => {
        if (size.width > 320) assert.deepEqual(await axe(page), [], `${moment} at ${size.width}`);
        await soon(async () =>
          assert.ok(
            await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
            `${moment} at ${size.width}`,
          ),
        );
      });
    }
  }
});

test('beside a long task its day stands in whole words, and a table’s title within the paper', async () => {
  for (const width of [1440, 820, 390]) {
    await on('long-closed', { size: { width, height: 900 } }, async ({ page }) => {
      await page.locator('.one-task').first().waitFor();
      const lines = (cell) =>
        page.locator(cell).evaluate((each) => {
          const range = document.createRange();
          range.selectNodeContents(each);
          return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
        });
      await becomes(() => lines('.one-task >> nth=0 >> td:last-child'), 1, `day at ${width}`);
      await becomes(
        () =>
          page
            .locator('.part caption')
            .evaluate((each) => each.scrollWidth <= each.closest('.paper').clientWidth),
        true,
        `title at ${width}`,
      );
    });
  }
});

// tests/README.md, row 53
test('every editor, light and dark: nothing wrong for assistive technology', async () => {
  for (const colorScheme of ['light', 'dark']) {
    await on('decision', { more: { colorScheme } }, async ({ page }) => {
      for (const answer of ['next_step', 'stakeholders', 'tasks', 'follow_up']) {
        await page.click(`#answer-${answer} .answer-name`);
        assert.deepEqual(await axe(page), [], `${answer}, ${colorScheme}`);
      }
    });
  }
});

test('a link of any of three kinds opens the page, and says what it may', async () => {
  await on('turns', { role: 'scribe' }, async ({ page, server }) => {
    assert.deepEqual(
      server.hellos.map((hello) => hello.as),
      ['scribe'],
    );
    await becomes(() => page.locator('.composer').count(), 1);
    await soon(async () => assert.ok((await page.locator('.tools').count()) > 0));
  });
  await on('turns', { role: 'leader' }, async ({ page, server }) => {
    assert.deepEqual(
      server.hellos.map((hello) => hello.as),
      ['scribe', 'leader'],
    );
    await gone(page.locator('.composer'));
    await gone(page.locator('.tools'));
    await gone(page.locator('button.answer-name'));
  });
  await on('turns', { role: 'console' }, async ({ page, server }) => {
    assert.deepEqual(
      server.hellos.map((hello) => hello.as),
      ['scribe', 'leader', 'console'],
    );
    await soon(async () => assert.ok((await page.locator('.tools').count()) > 0));
  });
  await on('turns', { role: 'nobody' }, async ({ page }) => {
    await page.waitForSelector('.wait button');
    await soon(async () => assert.match(await page.textContent('.wait'), /virker ikke/));
  });
});

test('the field follows the speaker, and half a sentence does not change hands', async () => {
  await on('turns', {}, async ({ page, server }) => {
    await page.fill('#point', 'Vi mangler steder');
    server.facts(
      { fact: 'turn.ended', seat: 5, turn: 31, lap: 1 },
      { fact: 'turn.began', seat: 6, turn: 32, lap: 1, until: 3000000 },
    );
    await page.waitForSelector('.behind');
    await soon(async () => assert.match(await page.textContent('#composer-title'), /Mette/));
    await page.press('#point', 'Enter');
    assert.deepEqual(await sent(server, 'contribution.add'), {
      text: 'Vi mangler steder',
      part: '4b',
      seat: 5,
    });
    await becomes(() => page.inputValue('#point'), '');
    await soon(async () => assert.match(await page.textContent('#composer-title'), /Karen/));
  });
});

// tests/README.md, row 54
test('what looks like somebody’s own waits for the scribe’s word, whatever Enter says', async () => {
  await on('turns', {}, async ({ page, server }) => {
    await page.fill('#point', 'Emma Lund er alene');
    await page.press('#point', 'Enter');
    await page.getByRole('alert').getByText('helt navn').waitFor();
    await page.press('#point', 'Enter');
    assert.deepEqual(server.commands, []);
    await page.fill('#point', 'Nogle er alene');
    await gone(page.getByRole('alert').getByText('helt navn'));
    await page.fill('#point', 'Emma Lund er alene');
    await page.press('#point', 'Enter');
    await page.getByRole('button', { name: 'Vis alligevel' }).click();
    assert.equal((await sent(server, 'contribution.add')).text, 'Emma Lund er alene');
    await becomes(() => page.inputValue('#point'), '');
  });
});

test('what is written without a connection is sent once it is back, also after a reload', async () => {
  await on('turns', {}, async ({ page, server }) => {
    server.answering = false;
    await page.fill('#point', 'Skrevet i tunnelen');
    await page.press('#point', 'Enter');
    await sent(server, 'contribution.add');
    await page.fill('#point', 'Halvt skre');
    await page.reload();
    await page.waitForSelector('.paper');
    await becomes(() => page.inputValue('#point'), 'Halvt skre');
    await sent(server, 'contribution.add', 2);
    const [first, again] = server.commands;
    assert.equal(again.id, first.id);
    assert.deepEqual(again.with, first.with);
  });
});

test('an answer is saved when the writer pauses, and shown at once', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.click('#answer-feedback .answer-name');
    await page.fill('#answer-feedback textarea', 'Lise skriver til Thomas');
    assert.deepEqual(await sent(server, 'decision.set'), {
      answer: 'feedback',
      text: 'Lise skriver til Thomas',
      base: { answer: 'feedback' },
    });
    server.facts({ fact: 'decision.changed', answer: 'feedback', text: 'Lise skriver til Thomas' });
    await page.waitForFunction(
      () => !document.querySelector('.missing')?.textContent?.includes('Tilbagemelding'),
    );
  });
});

test('a body, a task with owner and date, a follow-up date, and what is left open', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.click('#answer-stakeholders .answer-name');
    await page.locator('.body').nth(2).getByLabel('Ikke afklaret').check();
    assert.deepEqual((await sent(server, 'decision.set')).stakeholders.at(-1), {
      body: 'staff_council',
      settled: 'unsettled',
    });

    await page.click('#answer-tasks .answer-name');
    await page.fill('#answer-tasks .adder input', 'Male streger på asfalten');
    await page.press('#answer-tasks .adder input', 'Enter');
    assert.equal(
      (await sent(server, 'decision.set', 2)).tasks.at(-1).text,
      'Male streger på asfalten',
    );
    await page.locator('.task').nth(1).locator('input[type=date]').fill('2026-12-10');
    await page.locator('.task').nth(1).locator('input[type=date]').dispatchEvent('change');
    assert.equal((await sent(server, 'decision.set', 3)).tasks[1].due, '2026-12-10');

    await page.click('#answer-follow_up .answer-name');
    await page.locator('#answer-follow_up input[type=date]').fill('2027-02-01');
    await page.locator('#answer-follow_up input[type=date]').dispatchEvent('change');
    await page.locator('#answer-follow_up input[type=checkbox]').check();
    await page.click('text=Vis på tavlen');
    assert.deepEqual(await sent(server, 'decision.open'), { answer: 'follow_up' });
    await soon(() => {
      const follow = server.commands
        .filter((each) => each.with.answer === 'follow_up' && each.do === 'decision.set')
        .map((each) => each.with);
      assert.equal(follow[0].date, '2027-02-01');
      assert.equal(follow.at(-1).unsettled, true);
    });
  });
});

test('a suggestion is taken in with one press', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.locator('.desk .suggestion button').first().click();
    const { text, based_on: bases } = await sent(server, 'decision.set');
    assert.equal(text, 'Tre faste steder ude med en voksen ved hvert.\nBegynd med én årgang');
    assert.deepEqual(bases, [id(31)]);
  });
});

test('the scribe says what a point of the second lap builds on', async () => {
  await on('spiral', {}, async ({ page, server }) => {
    await page
      .getByRole('button', { name: /^Vælg, hvad den bygger på/ })
      .nth(1)
      .click();
    await page.locator('.links input').nth(1).check();
    assert.deepEqual(await sent(server, 'contribution.edit'), {
      contribution: id(7),
      builds_on: [id(2)],
    });
  });
});

test('a task and an answer rest on what was said: ticked on the scribe’s page, three at most', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.click('#answer-tasks .answer-name');
    const task = page.locator('.task').first();
    await task.getByRole('button', { name: 'Bygger på …' }).click();
    const words = (await task.locator('.links .check span').first().textContent())?.trim();
    await task.locator('.links input').first().check();
    const { tasks } = await sent(server, 'decision.set');
    const said = moments.decision().contributions.find((each) => each.id === tasks[0].builds_on[0]);
    assert.ok(words?.endsWith(said.text), words);
    assert.deepEqual(
      [tasks.length, tasks[1].builds_on],
      [
        2,
        moments.decision().decision.answers.find((each) => each.answer === 'tasks').tasks[1]
          .builds_on,
      ],
    );

    await page.click('#answer-action .answer-name');
    await page.locator('#answer-action').getByRole('button', { name: 'Bygger på …' }).click();
    for (let i = 0; i < 3; i++) await page.locator('#answer-action .links input').nth(i).check();
    assert.equal((await sent(server, 'decision.set', 4)).based_on.length, 3);
    await page.locator('#answer-action .links input:disabled').first().waitFor();
    assert.deepEqual(await axe(page), []);
  });
});

test('the scribe mends a point, says whose it is and takes it off, and each can be taken back', async () => {
  for (const moment of ['turns', 'closed'])
    await on(moment, { role: 'scribe' }, async ({ page, server }) => {
      const { text: was, seat } = moments[moment]().contributions.find((it) => it.id === id(1));
      const mend = () =>
        page
          .locator(`#point-${id(1)} .tools button`)
          .last()
          .click();
      const back = page.locator('.toast button');
      server.reply = (frame) => {
        const { base: _, ...edited } = frame.with;
        if (frame.do === 'contribution.edit')
          server.facts({ fact: 'contribution.edited', ...edited });
        return { ok: true };
      };
      await mend();
      // Whoever opens it writes at once.
      await becomes(
        () => page.evaluate(() => document.activeElement?.closest('.mend')?.tagName),
        'FORM',
      );
      await page.fill('.mend textarea', 'Rettet');
      await page.click('.mend .main');
      assert.deepEqual(await sent(server, 'contribution.edit'), {
        contribution: id(1),
        text: 'Rettet',
        base: was,
      });
      await page.waitForSelector('.mend', { state: 'detached' });
      await back.click();
      assert.deepEqual(await sent(server, 'contribution.edit', 2), {
        contribution: id(1),
        text: was,
        base: 'Rettet',
      });
      await mend();
      await page.locator('.mend select').selectOption('2');
      assert.deepEqual(await sent(server, 'contribution.edit', 3), {
        contribution: id(1),
        seat: 2,
      });
      await back.click();
      assert.deepEqual(await sent(server, 'contribution.edit', 4), { contribution: id(1), seat });
      await page.locator('.mend .quiet').click();
      assert.deepEqual(await sent(server, 'contribution.withdraw'), { contribution: id(1) });
      await back.click();
      assert.deepEqual(await sent(server, 'contribution.restore'), { contribution: id(1) });
    });
});

test('what another has written in the same words is shown beside, and the cursor stays', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.click('#answer-next_step .answer-name');
    const field = page.locator('#answer-next_step textarea').first();
    const was = await field.inputValue();
    await field.fill(`${was} Nu.`);
    await field.evaluate((it) => it.setSelectionRange(it.value.length, it.value.length));
    await page.keyboard.type(' Straks');
    server.presence({
      connected: [],
      screens: {},
      writing: [{ as: 'scribe', by: id(99), name: 'Lise', answer: 'next_step' }],
    });
    await page.getByText('Lise skriver her …').first().waitFor();
    const theirs = was.replace(/^\S+/, 'Fire');
    server.reply = () => ({ ok: false, code: 'text_changed' });
    await sent(server, 'decision.set');
    server.reply = () => ({ ok: true });
    server.facts({ fact: 'decision.changed', answer: 'next_step', text: theirs });
    // Other words than mine: they are put together where the cursor is.
    await becomes(() => field.inputValue(), `${theirs} Nu. Straks`);
    assert.equal(await field.evaluate((it) => it.selectionEnd), `${theirs} Nu. Straks`.length);
    assert.deepEqual((await sent(server, 'decision.set', 2)).base.text, theirs);
    // The same words: both stand there until somebody chooses.
    const mine = `${theirs} Nu. Straks`.replace(/^Fire/, 'Fem');
    server.reply = () => ({ ok: false, code: 'text_changed' });
    await field.fill(mine);
    await sent(server, 'decision.set', 3);
    server.reply = () => ({ ok: true });
    const other = `${theirs} Nu. Straks`.replace(/^Fire/, 'Seks');
    server.facts({ fact: 'decision.changed', answer: 'next_step', text: other });
    const clash = page.locator('.clash');
    await clash.getByText('Lise skrev imens:').waitFor();
    assert.equal(await clash.locator('blockquote').textContent(), other);
    assert.equal(await field.inputValue(), mine);
    assert.deepEqual(await axe(page), []);
    await clash.getByRole('button', { name: 'Brug begge' }).click();
    assert.deepEqual((await sent(server, 'decision.set', 4)).text, `${other}\n${mine}`);
    await gone(clash);
  });
});

test('what a page of before has left unsent goes on', async () => {
  await on('decision', {}, async ({ page, server }) => {
    await page.evaluate(() =>
      localStorage.setItem(
        'runde.minutes.K7QM4XPR',
        JSON.stringify({ edits: [['feedback.text', 'Fra før']] }),
      ),
    );
    await page.reload();
    const { base: _, ...saved } = await sent(server, 'decision.set');
    assert.deepEqual(saved, { answer: 'feedback', text: 'Fra før' });
  });
});

test('a suggestion that there is no room for stays one, and that is said', async () => {
  const moment = moments.decision();
  moment.decision.answers.find((each) => each.answer === 'action').text = '😀'.repeat(598);
  await on(moment, {}, async ({ page, server }) => {
    const suggestions = page.locator('.desk .suggestion button');
    const n = await suggestions.count();
    await suggestions.first().click();
    await page.getByText('Der er ikke plads til forslaget').waitFor();
    assert.equal(await suggestions.count(), n);
    const field = page.locator('#answer-action textarea').first();
    await field.fill('Kort');
    assert.equal((await sent(server, 'decision.set')).text, 'Kort');
  });
});

test('whoever plans sees the year, what is still open, and the way to the next meeting', async () => {
  await on('carried', { role: 'leader' }, async ({ page }) => {
    await gone(page.locator('.year')); // Nothing to go on from yet.
  });
  await on('year', { role: 'leader' }, async ({ page }) => {
    const year = page.locator('.year');
    await year.waitFor();
    assert.deepEqual(
      (await year.locator('.chain li').allInnerTexts()).map((text) => text.split('\n')[0].trim()),
      ['Skoletalk', 'Mødet om pausen', 'Opfølgning'],
    );
    assert.equal(await year.locator('.wheel circle:not(.rim)').count(), 3);
    assert.match(await year.locator('h3').innerText(), /^1 opgave er stadig åben/);
    const next = await year.getByRole('link', { name: 'Næste års samtale' }).getAttribute('href');
    assert.match(next, /^\/#[\w-]+\.[\w-]+\/next\/skoleudviklingssamtale$/);
  });
});

test('what the next meeting goes on from is kept as a file, beside the day when this one is erased', async () => {
  const kept = '{"version":1,"items":[]}';
  const minutes = () => ({ status: 200, contentType: 'application/json', body: kept });
  await on('year', { role: 'leader', minutes }, async ({ page, server }) => {
    const next = page.locator('.for-next');
    await next.getByText('Mødet slettes 9. april').waitFor();
    await next.getByText('En fil uden navne og indlæg').waitFor();
    const waiting = page.waitForEvent('download');
    await next.getByRole('button', { name: 'Gem til næste år' }).click();
    const file = await waiting;
    assert.equal(file.suggestedFilename(), 'til-næste-år-mødet-om-pausen.json');
    assert.equal(readFileSync(await file.path(), 'utf8'), kept);
    const request = server.requests.at(-1);
    assert.equal(new URL(request.url).pathname, '/api/meetings/K7QM-4XPR/next');
    assert.equal(request.headers.authorization, `Bearer ${'k'.repeat(43)}`);
    await page.getByText('Filen er hentet').waitFor();
  });
  const busy = () => ({ status: 503, body: '{"code":"busy"}' });
  await on('year', { role: 'leader', minutes: busy }, async ({ page, server }) => {
    await page.getByRole('button', { name: 'Gem til næste år' }).click();
    await page.locator('.toast').getByText('Serveren har travlt lige nu').waitFor();
    assert.equal(await page.getByText('Filen er hentet').count(), 0);
    await soon(() => assert.match(server.errors.join(), /503/)); // As the browser says it.
    server.errors = server.errors.filter((text) => !text.includes('503'));
  });
});

test('the scribe says what came of each task of last time', async () => {
  await on('carried', {}, async ({ page, server }) => {
    const first = page.getByRole('group', { name: /^Tre faste zoner/ });
    await first.getByLabel('Opgivet').click();
    const { id, ...said } = await sent(server, 'carried.set');
    assert.deepEqual(said, { outcome: 'dropped', word: '', base: '' });
    server.facts({ fact: 'carried.came', id, outcome: 'done', word: 'De står der' });
    await becomes(() => first.getByRole('textbox').inputValue(), 'De står der');
    const second = page.getByRole('group', { name: /^Spørge elevrådet/ });
    assert.equal(await second.getByLabel('I gang').isChecked(), true);
    assert.equal(await second.getByRole('textbox').inputValue(), 'I maj');
  });
});

test('the leader answers what is asked before the meeting; a yes says how it is dealt with', async () => {
  await on('asked', {}, async ({ page }) => {
    await page.locator('.paper').waitFor();
    await gone(page.locator('.preparing')); // The scribe has no part in it.
  });
  await on('asked', { role: 'leader' }, async ({ page, server }) => {
    const card = page.locator('.preparing');
    await card.getByText('1 spørgsmål mangler et svar').waitFor();
    const tests = card.getByRole('group', { name: 'Noget særligt ved testene?' });
    assert.equal(await tests.getByRole('textbox').count(), 0);
    await tests.getByLabel('Ja').click();
    assert.deepEqual(await sent(server, 'prepared.set'), {
      ...{ id: 'tests', yes: true, text: '', base: '' },
    });
    server.facts({ fact: 'prepared.changed', id: 'tests', yes: true, text: '' });
    await tests.getByText('Skriv, hvordan I håndterer det.').waitFor();
    await card.getByText('1 spørgsmål mangler et svar').waitFor();
    await tests.getByRole('textbox').fill('Læsebånd');
    await tests.getByRole('textbox').blur();
    assert.equal((await sent(server, 'prepared.set', 2)).text, 'Læsebånd');
    server.facts({ fact: 'prepared.changed', id: 'tests', yes: true, text: 'Læsebånd' });
    await card.getByText('Alle spørgsmål er besvaret').waitFor();
    await card
      .getByRole('group', { name: 'Hvad gør vi nu?' })
      .getByRole('button', { name: 'Læg blandt mødets data' })
      .click();
    assert.deepEqual(await sent(server, 'data.put'), {
      ...{ title: 'Hvad gør vi nu?', kind: 'text', text: 'Flere voksne ude' },
    });
    server.facts({
      ...{ fact: 'data.changed', data: id(88), kind: 'text' },
      ...{ title: 'Hvad gør vi nu?', text: 'Flere voksne ude' },
    });
    await card.getByText('Ligger blandt mødets data').waitFor();
  });
});

// tests/README.md, row 54
test('a recap that looks like somebody’s own waits for the scribe’s word', async () => {
  await on('spiral', {}, async ({ page, server }) => {
    const field = page.locator('.gather textarea');
    await field.fill('Emma Lund er alene');
    await field.blur();
    const question = page.locator('.gather').getByRole('alert');
    await question.getByText('helt navn').waitFor();
    assert.deepEqual(server.commands, []);
    await question.getByRole('button', { name: 'Vis alligevel' }).click();
    assert.equal((await sent(server, 'recap.save')).text, 'Emma Lund er alene');
  });
});

test('a lap that is over asks for its recap, with what was said in it, until that is put away', async () => {
  await on('spiral', {}, async ({ page, server }) => {
    const gather = page.locator('.gather');
    assert.equal(await gather.locator('li').count(), 4);
    await gather.locator('textarea').fill('Vi ser det samme');
    assert.deepEqual(await sent(server, 'recap.save'), {
      part: '4c',
      lap: 1,
      text: 'Vi ser det samme',
      base: '',
    });
    server.facts({ fact: 'recap.saved', part: '4c', lap: 1, text: 'Vi ser det samme' });
    await becomes(() => page.locator('.paper .recap textarea').inputValue(), 'Vi ser det samme');
    await gather.getByRole('button', { name: 'Færdig' }).click();
    await gone(gather);
    server.facts({ fact: 'recap.saved', part: '4c', lap: 1, text: 'Vi ser næsten det samme' });
    await becomes(
      () => page.locator('.paper .recap textarea').inputValue(),
      'Vi ser næsten det samme',
    );
    await gone(gather);
  });
});

test('the running part is in view, until somebody looks elsewhere', async () => {
  await on('turns', {}, async ({ page, server }) => {
    const inView = () =>
      page.evaluate(() => {
        const { top, bottom } = document.querySelector('.part.now').getBoundingClientRect();
        return top < innerHeight && bottom > 0;
      });
    await page.waitForFunction(() => scrollY > 200);
    await soon(async () => assert.ok(await inView()));
    await page.mouse.move(400, 400);
    await page.mouse.wheel(0, -5000);
    await page.waitForSelector('.follow');
    await page.waitForFunction(() => scrollY === 0);
    server.facts({
      fact: 'contribution.added',
      contribution: id(90),
      seat: 5,
      part: '4b',
      lap: 1,
      text: 'Nyt på tavlen',
    });
    await page.waitForSelector('text=Nyt på tavlen');
    await becomes(() => page.evaluate(() => scrollY), 0);
    await page.click('.follow button');
    await page.waitForFunction(() => scrollY > 200);
    await gone(page.locator('.follow'));
  });
});

test('the minutes come as a file, with the key in no address', async () => {
  const minutes = () => ({ status: 200, contentType: 'text/markdown', body: '# Alle med\n' });
  await on('closed', { minutes }, async ({ page, server }) => {
    const waiting = page.waitForEvent('download');
    await page.click('text=Markdown');
    const file = await waiting;
    assert.equal(file.suggestedFilename(), 'referat-alle-med-i-frikvarteret.md');
    assert.equal(readFileSync(await file.path(), 'utf8'), '# Alle med\n');
    const [request] = server.requests;
    assert.equal(new URL(request.url).pathname, '/api/meetings/K7QM-4XPR/minutes');
    assert.equal(new URL(request.url).search, '?edition=participants&format=md');
    assert.equal(request.headers.authorization, `Bearer ${'k'.repeat(43)}`);
    assert.ok(!request.url.includes('kkkk'));
  });
});

test('a refusal to hand the minutes over is said in words', async () => {
  await on('closed', { minutes: () => ({ status: 403, body: '{}' }) }, async ({ page, server }) => {
    await page.click('text=HTML');
    await page.waitForSelector('.toast p');
    assert.equal(server.requests.length, 1);
    await soon(() => assert.match(server.errors.join(), /403/)); // As the browser says it.
    server.errors = server.errors.filter((text) => !text.includes('403'));
  });
});

test('of a meeting that is erased it is said that it is', async () => {
  await on('turns', { refuses: 'erased' }, ({ page }) =>
    page.getByText('Mødet er slettet').waitFor(),
  );
});

// tests/README.md, row 51
test('whatever people write does nothing on the page', async () => {
  const snapshot = moments.decision();
  const nasty =
    '<img src=x onerror="document.title=1"><script>document.title=1</script>{{x}} javascript:alert(1) "\'';
  snapshot.meeting.title = nasty;
  snapshot.seats = snapshot.seats.map((seat) => ({
    ...seat,
    name: nasty.slice(0, 60),
    function: nasty.slice(0, 60),
  }));
  snapshot.contributions = snapshot.contributions.map((point) => ({ ...point, text: nasty }));
  snapshot.decision.answers = snapshot.decision.answers.map((each) => ({
    ...each,
    text: nasty,
    tasks: each.tasks?.map((task) => ({ ...task, text: nasty, owner: nasty.slice(0, 60) })),
  }));
  await on(snapshot, {}, async ({ page }) => {
    await page.click('#answer-tasks .answer-name');
    await gone(page.locator('img, main script'));
    await soon(async () => assert.ok((await page.textContent('h1')).includes('<script>')));
    await becomes(() => page.inputValue('#answer-tasks .task textarea'), nasty);
  });
});

test('a long meeting can be written in', async () => {
  const snapshot = moments.turns();
  snapshot.contributions = Array.from({ length: 2000 }, (_, i) => ({
    id: id(1000 + i),
    seat: 1 + (i % 10),
    part: '4b',
    text: `Pointe ${i} `.repeat(6),
    builds_on: [],
  }));
  await on(snapshot, {}, async ({ page }) => {
    await page.waitForFunction(
      () => document.querySelectorAll('.paper [id^=point-]').length === 2000,
    );
    await page.locator('#point').pressSequentially('Tyve bogstaver i alt');
    await becomes(() => page.inputValue('#point'), 'Tyve bogstaver i alt');
  });
});

const golden = (name) =>
  readFileSync(new URL(`../unit/minutes/golden/${name}`, import.meta.url), 'utf8');
const onPaper = async (page) => {
  await page.emulateMedia({ media: 'print' });
  const text = await page.evaluate(
    () => /** @type {HTMLElement} */ (document.querySelector('.paper, main')).innerText,
  );
  return text.replace(/\s+/g, ' ').trim();
};

test('what stands on the page is what stands in the file, for every role, and no tool is on paper', async () => {
  for (const locale of ['da', 'en']) {
    const file = await (await browser.newContext()).newPage();
    await file.setContent(golden(`participants.${locale}.html`));
    const tree = JSON.parse(golden(`participants.${locale}.json`));
    const wanted = await onPaper(file);
    assert.ok(wanted.length > 1000);
    await file.context().close();
    for (const role of ['scribe', 'leader', 'console'])
      await on('decision', { tree, role }, async ({ page }) => {
        await page.waitForSelector('#answers');
        assert.equal(await onPaper(page), wanted, `${locale}, ${role}`);
        if (role === 'leader') return;
        await page.emulateMedia({ media: 'screen' });
        await page.click('#answer-tasks .answer-name');
        await page.waitForSelector('.editor');
        assert.equal(await onPaper(page), wanted, `${locale}, ${role}, writing`);
      });
  }
});

// tests/README.md, rows 54 and 56
test('a function is enough for a name on the leader’s page', async () => {
  const over = { ...moments.decision(), now: moments.closed().now };
  await on(over, { role: 'leader' }, async ({ page, server }) => {
    await page.getByLabel('Dit navn').fill('Pædagogisk leder');
    await page.getByRole('button', { name: 'Godkend referatet' }).click();
    assert.deepEqual(await sent(server, 'minutes.approve'), { by: 'Pædagogisk leder' });
    server.facts({ fact: 'minutes.approved', by: 'Pædagogisk leder' });
    await page
      .getByText(/Godkendt .* af Pædagogisk leder/)
      .first()
      .waitFor();
  });
});

test('once it is over the leader mends, approves with a name, and publishes; before that they read', async () => {
  await on('turns', { role: 'leader' }, async ({ page }) => {
    await page.getByText('Her følger du referatet').waitFor();
    assert.equal(await page.locator('.standing, .answer-name[aria-expanded], .tools').count(), 0);
  });
  const kept = { keep: 60, erases: 2000000 + 60 * 86400000 };
  const { meeting, ...rest } = moments.decision();
  const over = { ...rest, meeting: { ...meeting, ...kept }, now: moments.closed().now };
  await on(over, { role: 'leader' }, async ({ page, server }) => {
    await page.getByText('Referatet er et udkast').waitFor();
    assert.equal(await page.getByText('Her følger du referatet').count(), 0);
    await page.click('#answer-next_step .answer-name');
    await page.waitForSelector('.editor');
    await page.getByRole('button', { name: 'Færdig' }).first().click();
    assert.ok(await page.getByRole('button', { name: /^Ret/ }).count());
    assert.equal(await page.locator('#point, .writer').count(), 0, 'no new points, no desk');
    // How long it is kept, and for how long it should be; a shorter time than has passed is not offered.
    await page
      .getByText(/^Mødet slettes \d/)
      .first()
      .waitFor();
    await page.getByLabel('Gem mødet efter slut i').selectOption({ label: '90 dage' });
    assert.deepEqual(await sent(server, 'meeting.keep'), { days: 90 });
    // A name is asked for.
    await page.getByRole('button', { name: 'Godkend referatet' }).click();
    assert.ok(await page.evaluate(() => document.activeElement.matches('.standing input:invalid')));
    assert.equal(server.commands.filter((each) => each.do === 'minutes.approve').length, 0);
    await page.getByLabel('Dit navn').fill(' Lene Holm ');
    await page.getByRole('button', { name: 'Godkend referatet' }).click();
    assert.deepEqual(await sent(server, 'minutes.approve'), { by: 'Lene Holm' });
    server.facts({ fact: 'minutes.approved', by: 'Lene Holm' });
    await page
      .getByText(/Godkendt .* af Lene Holm/)
      .first()
      .waitFor();
    const letter = await page
      .getByRole('link', { name: 'Skriv til deltagerne' })
      .getAttribute('href');
    assert.match(decodeURIComponent(letter), /^mailto:\?subject=Referat: .*\/m\/[A-Z0-9]{4}-/s);
    const contribution = await page.evaluate(() =>
      document.querySelector('[id^=point-]').id.slice(6),
    );
    server.facts({
      fact: 'minutes.disputed',
      contribution,
      seat: 1,
      text: 'Jeg mente kun om fredagen',
    });
    await page.getByText('En siger: Her er jeg misforstået').waitFor();
    await page.getByText('Jeg mente kun om fredagen').waitFor();
    server.facts({ fact: 'contribution.edited', contribution, text: 'Kun om fredagen' });
    await page.getByText('(rettet siden)').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Notér, at den er offentliggjort' }).click();
    assert.deepEqual(await sent(server, 'minutes.publish'), { by: 'Lene Holm' });
    server.facts({ fact: 'minutes.published', by: 'Lene Holm' });
    await page.getByText(/Offentliggjort .* af Lene Holm/).waitFor();
    await page.getByRole('button', { name: 'Gør det til et udkast igen' }).click();
    assert.deepEqual(await sent(server, 'minutes.reopen'), {});
    server.facts({ fact: 'minutes.drafted', changed: true });
    await page.getByText(/ændret, efter at det blev godkendt/).waitFor();
    await page.getByText(/^Udgaven, der blev offentliggjort .*, er ældre/).waitFor();
  });
  await on('closed', { role: 'scribe' }, async ({ page }) => {
    await page.getByText('Referatet er et udkast').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Godkend referatet' }).count(), 0);
  });
});

test('what was fetched is said as it is told and after a reload; of nothing fetched there is a warning', async () => {
  const DAY = 86400000;
  const { meeting, ...rest } = moments.closed();
  const over = (days, more = {}) => ({
    ...rest,
    meeting: { ...meeting, keep: 30, erases: 2000000 + days * DAY },
    ...more,
  });
  const word = { file: 'participants', format: 'docx', as: 'leader', day: '2026-05-14' };
  await on(over(20), { role: 'leader' }, async ({ page, server }) => {
    await page.getByText('Intet er hentet endnu.', { exact: true }).waitFor();
    assert.equal(await page.locator('.unfetched').count(), 0, 'three weeks are left');
    server.facts({ fact: 'minutes.fetched', ...word });
    await page.getByText('Hentet: referat (Word) 14. maj', { exact: true }).waitFor();
    const html = { file: 'public', format: 'html', as: 'scribe', day: '2026-05-15' };
    server.facts({ fact: 'minutes.fetched', ...html });
    await page
      .getByText('referat (Word) 14. maj og offentlig udgave (HTML) 15. maj af referenten')
      .waitFor();
    // The same anew takes its own place, last.
    server.facts({ fact: 'minutes.fetched', ...word, day: '2026-05-16' });
    await page.getByText(/15. maj af referenten og referat \(Word\) 16. maj$/).waitFor();
    assert.equal(await page.getByText('14. maj').count(), 0);
  });
  const fetched = [word, { file: 'next', format: 'json', as: 'console', day: '2026-05-14' }];
  await on(over(3, { fetched }), { role: 'leader' }, async ({ page }) => {
    await page
      .getByText('referat (Word) 14. maj og filen til næste år 14. maj af mødelederen')
      .waitFor();
    assert.equal(await page.locator('.unfetched').count(), 0, 'something was fetched');
  });
  for (const role of ['leader', 'console'])
    await on(over(6), { role, minutes: () => ({ body: 'x' }) }, async ({ page, server }) => {
      await page.getByText(/^Intet er hentet endnu – mødet slettes \d+\. \p{L}+\.$/u).waitFor();
      assert.deepEqual(await axe(page), []);
      const asked = page.waitForRequest(/minutes\?edition=participants&format=docx$/);
      await page.getByRole('button', { name: 'Hent referatet (Word)' }).click();
      await asked;
      server.facts({ fact: 'minutes.fetched', ...word, as: role });
      await page.getByText('Hentet: referat (Word) 14. maj', { exact: true }).waitFor();
      assert.equal(await page.locator('.unfetched').count(), 0);
    });
  await on(over(6), { role: 'scribe' }, async ({ page }) => {
    await page.getByText('Referatet er et udkast').waitFor();
    assert.equal(
      await page.locator('.unfetched, .fetched').count(),
      0,
      'it is told to nobody else',
    );
  });
});

test('the leader shares what was agreed with a chief by one press or by a code, and takes it back', async () => {
  const code = 'WZ2N-7AYJ-99UW-6FJ8';
  const other = 'RPYS-QEHF-7F69-BC7R';
  const over = { ...moments.closed(), chief: code, chiefs: [] };
  await on(over, { role: 'leader' }, async ({ page, server }) => {
    const share = page.locator('.share');
    await share.getByText('Chefen ser: beslutningen').waitFor();
    assert.ok((await share.innerText()).includes('Aldrig, hvem der sagde hvad.'));
    assert.equal(
      server.commands.some((each) => each.do.startsWith('chief.')),
      false,
      'it proposes',
    );
    await share.getByRole('button', { name: 'Del med chefen' }).click();
    assert.deepEqual(await sent(server, 'chief.allow'), { code });
    server.facts({ fact: 'chief.allowed', code, by: 'Lene Holm' });
    await share.getByText('Deles nu med en chef').waitFor();
    await share.getByText('· Lene Holm').waitFor();
    await becomes(() => share.getByRole('button', { name: 'Del med chefen' }).count(), 0);
    assert.deepEqual(await axe(page), []);
    // Another one, by a code that is typed; a slip of the hand is told beside the field.
    server.reply = () => ({ ok: false, code: 'wrong_code', field: 'code' });
    await share.getByLabel('Chefens kode').fill('RPYS');
    await page.keyboard.press('Enter');
    await share.getByText('Det er ikke en chefs kode').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'chief-code');
    assert.deepEqual(await axe(page), []);
    server.reply = () => ({ ok: true });
    await share.getByLabel('Chefens kode').fill(other);
    await page.keyboard.press('Enter');
    assert.deepEqual(await sent(server, 'chief.allow', 3), { code: other });
    server.facts({ fact: 'chief.allowed', code: other });
    await share.getByText('Deles nu med 2 chefer').waitFor();
    await becomes(() => share.getByLabel('Chefens kode').inputValue(), '');
    await share.getByRole('button', { name: `Stop delingen med ${code}` }).click();
    assert.deepEqual(await sent(server, 'chief.refuse'), { code });
    server.facts({ fact: 'chief.refused', code });
    await share.getByText('Deles nu med en chef').waitFor();
    await share.getByText(other).waitFor();
  });
  // The console sees with whom, and can do nothing to it; the scribe does not see it.
  const shared = { ...over, chiefs: [{ code, at: 2000000, by: 'Lene Holm' }] };
  await on(shared, { role: 'console' }, async ({ page }) => {
    await page.locator('.share').getByText(code).waitFor();
    assert.equal(await page.locator('.share button, .share input').count(), 0);
  });
  await on({ ...moments.closed(), chiefs: [] }, { role: 'scribe' }, async ({ page }) => {
    assert.equal(await page.locator('.share').count(), 0);
  });
  await on(
    { ...moments.turns(), chief: code, chiefs: [] },
    { role: 'leader' },
    async ({ page }) => {
      assert.equal(await page.locator('.share').count(), 0, 'not while people sit there');
    },
  );
});

/** The public edition, with a name that is replaced, a class that stays, and a point left out. */
const publicTree = () => {
  const find = (kind, text, instead, kept) => ({
    ...{ is: 'find', kind, text, instead, kept, decided: false },
    key: `${kind}:${text.toLowerCase()}`,
  });
  const name = find('name', 'Mette', '[Lærer]', false);
  return {
    ...{ version: 1, lang: 'da', meeting: 'K7QM-4XPR', edition: 'public', state: 'draft' },
    of: [
      { is: 'heading', level: 1, of: ['Alle med ', name] },
      { is: 'paragraph', of: [name, ' og ', find('class', '7.b', 'en klasse', true), ', ', name] },
      {
        is: 'list',
        of: [
          {
            ...{ is: 'item', about: 'contribution', id: id(1), out: true },
            of: ['Skriv til ', find('email', 'mette@skole.dk', '[e-mail]', false)],
          },
          { is: 'item', about: 'contribution', id: id(21), of: ['Noget at samles om'] },
        ],
      },
    ],
  };
};

test('the public edition: each find stays or goes as somebody says, and a point is taken in', async () => {
  for (const [role, width, colorScheme] of /** @type {const} */ ([
    ['leader', 1280, 'light'],
    ['scribe', 390, 'dark'],
    ['console', 390, 'light'],
  ])) {
    const size = { width, height: 900 };
    const tree = publicTree();
    const options = { role, size, tree, more: { colorScheme } };
    await on('closed', options, async ({ page, server }) => {
      await page.getByRole('button', { name: 'Til offentliggørelse' }).press('Enter');
      await page.locator('.paper.public').waitFor();
      await page.getByText('1 at tage stilling til').waitFor();
      await page.getByText('1 bliver erstattet, hvis du ikke siger andet.').waitFor({
        state: 'attached',
      });
      assert.deepEqual(await axe(page), [], `${role} at ${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      // A press in the text says the other way.
      await page.locator('.paper button.find').first().click();
      assert.deepEqual(await sent(server, 'public.mark'), {
        ...{ kind: 'name', text: 'Mette', choice: 'keep' },
      });
      // In one column what was found stands open, before the files.
      const top = async (what) => (await page.locator(what).first().boundingBox()).y;
      if (width < 1000) assert.ok((await top('.finds')) < (await top('.publishing .bar .b')));
      await page.getByRole('button', { name: 'Erstat 7.b' }).click();
      assert.deepEqual(await sent(server, 'public.mark', 2), {
        ...{ kind: 'class', text: '7.b', choice: 'replace' },
      });
      // What was decided is fetched anew.
      Object.assign(tree.of[1].of[2], { kept: false, decided: true });
      server.facts({ fact: 'public.marked', kind: 'class', text: '7.b', choice: 'replace' });
      await page.getByText('Intet bliver stående, uden at du har sagt det').waitFor();
      await page.getByRole('button', { name: 'Erstat 7.b', pressed: true }).waitFor();
      // Somebody's own words, which stand in the field as they were the next time.
      await page
        .getByRole('button', { name: 'Skriv selv, hvad der skal stå i stedet for 7.b' })
        .click();
      const own = page.getByLabel('Hvad skal der stå i stedet for 7.b?');
      assert.equal(await own.inputValue(), 'en klasse');
      assert.deepEqual(await axe(page), [], `${role} at ${width}, own words`);
      await own.fill('  en 7. klasse ');
      await own.press('Enter');
      assert.deepEqual(await sent(server, 'public.mark', 3), {
        ...{ kind: 'class', text: '7.b', choice: 'replace', instead: 'en 7. klasse' },
      });
      await own.waitFor({ state: 'detached' });
      // What was found in what is left out is told, and is no part of what is settled.
      await page.getByText('1 mere er fundet i udsagn, der ikke er valgt.').waitFor({
        state: 'attached',
      });
      // What the room said together is there anyhow; one person's words when they are ticked.
      assert.equal(await page.locator('.single').count(), 1);
      await page.locator('.single input').check();
      assert.deepEqual(await sent(server, 'public.choose'), { contribution: id(1), on: true });
    });
  }
});

test('the public edition is no leader’s before the meeting is over, and nobody’s before it began', async () => {
  const other = { name: 'Til offentliggørelse' };
  for (const [moment, role] of [
    ['turns', 'leader'],
    ['lobby', 'console'],
  ])
    await on(moment, { role }, async ({ page }) => {
      assert.equal(await page.getByRole('button', other).count(), 0);
    });
});

test('the public edition comes as a file that says so in its name', async () => {
  const minutes = () => ({ status: 200, contentType: 'text/html', body: 'Alle med' });
  await on('closed', { minutes, tree: publicTree() }, async ({ page, server }) => {
    await page.getByRole('button', { name: 'Til offentliggørelse' }).click();
    await page.locator('.paper.public').waitFor();
    // Nobody fetches past what is not decided on without having been told.
    const html = page.getByRole('button', { name: 'Hent den offentlige udgave som HTML' });
    await html.click();
    await page.getByText('Ét er der ikke taget stilling til: 7.b. Det bliver').waitFor();
    assert.deepEqual(await axe(page), []);
    await page.getByRole('button', { name: 'Se dem først' }).click();
    await gone(page.getByText('Ét er der ikke taget stilling til'));
    await soon(async () =>
      assert.ok(await page.evaluate(() => document.activeElement.closest('#first-asked'))),
    );
    assert.equal(server.requests.length, 0);
    await html.click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Hent alligevel' }).click();
    const file = await waiting;
    assert.equal(file.suggestedFilename(), 'offentligt-referat-alle-med-lærer.html');
    assert.equal(new URL(server.requests[0].url).search, '?edition=public&format=html');
  });
});

// tests/README.md, row 51
test('every kind of thing in the tree has its element, and what is not known is passed over', async () => {
  const evil = '<img src=x onerror="document.title=1"> {{x}}';
  const mark = (name) => ({ is: 'text', mark: name, text: evil });
  const cells = (...of) => of.map(([is, text]) => ({ is, of: [text] }));
  const tree = {
    ...{ version: 1, lang: 'en', meeting: 'K7QM-4XPR', edition: 'participants', state: 'draft' },
    of: [
      ...[1, 2, 3, 4].map((level) => ({ is: 'heading', level, of: [`${level}${evil}`] })),
      {
        is: 'paragraph',
        of: [
          ...[evil, ...['strong', 'soft', 'author', 'quote', 'open', 'sung'].map(mark)],
          { is: 'break' },
          { is: 'date', day: '2026-11-17', text: '17 November' },
          { is: 'picture', text: 'unknown' },
        ],
      },
      {
        is: 'section',
        about: 'weather',
        id: '1',
        of: [
          { is: 'list', of: [{ is: 'item', about: 'cloud', id: evil, of: [evil] }] },
          { is: 'terms', of: cells(['term', 'Day'], ['detail', evil]) },
          {
            is: 'table',
            of: [
              { is: 'caption', of: [evil] },
              { is: 'row', of: cells(['column_head', 'A'], ['column_head', 'B']) },
              { is: 'row', of: cells(['row_head', 'a'], ['cell', evil]) },
              { is: 'row', about: 'rain', id: '2', of: cells(['row_head', 'b'], ['cell', '2']) },
            ],
          },
          {
            is: 'table',
            of: [
              { is: 'caption', of: [] },
              { is: 'row', of: 'abcde'.split('').map((of) => ({ is: 'cell', of: [of] })) },
            ],
          },
          { is: 'video', of: ['unknown'] },
        ],
      },
      { is: 'section', about: 'part', id: '4b', of: [] },
      {
        is: 'section',
        about: 'part',
        id: 'none',
        of: [{ is: 'list', of: [{ is: 'item', about: 'contribution', id: id(99), of: [evil] }] }],
      },
    ],
  };
  await on('turns', { tree }, async ({ page }) => {
    await page.waitForSelector('.paper table');
    const shape = await page.evaluate(() => {
      const told = (node) =>
        node instanceof HTMLElement
          ? `${node.localName}${node.scope ? `:${node.scope}` : ''}${node.children.length ? `(${[...node.children].map(told).join(' ')})` : ''}`
          : '';
      return [...document.querySelector('.paper').children].map(told).join(' ');
    });
    assert.equal(
      shape,
      'h1 h2 h3 h4 p(strong span span span mark span br time) ' +
        'section(ul(li) dl(dt dd) table(caption thead(tr(th:col th:col)) tbody(tr(th:row td) tr(th:row td))) table(caption tbody(tr(td td td td td)))) ' +
        'section(p(span)) section(ul(li(p)))',
    );
    const paper = await page.textContent('.paper');
    assert.equal(paper.split(evil).length - 1, 16);
    assert.ok(!paper.includes('unknown'));
    assert.equal(await page.getAttribute('.paper', 'lang'), 'en');
    assert.notEqual(await page.title(), '1');
  });
});

test('while newer minutes do not come the page says so, and what came last stays', async () => {
  await on('turns', {}, async ({ page, server }) => {
    const point = (n) => ({
      ...{ fact: 'contribution.added', contribution: id(n), seat: 5, part: '4b', lap: 1 },
      text: `Pointe nr. ${n}`,
    });
    await page.waitForSelector('#answers');
    server.broken = 503;
    server.facts(point(91));
    await page.getByText('Det nyeste kan ikke hentes lige nu').waitFor();
    assert.equal(await page.locator(`#point-${id(1)}`).count(), 1);
    server.broken = null;
    await page.getByText('Pointe nr. 91').waitFor();
    await gone(page.getByText('Det nyeste kan ikke hentes lige nu'));
    server.errors = server.errors.filter((text) => !text.includes('503'));
  });
});

test('a server that cannot save is told of while it lasts', async () => {
  for (const [locale, words] of [
    ['da', /^Serveren gemmer ikke lige nu\./],
    ['en', /^The server is not saving right now\./],
  ]) {
    await on('decision', { locale }, async ({ page, server }) => {
      const told = page.locator('.lost');
      assert.equal(await told.count(), 0);
      server.saving(false);
      await soon(async () => assert.match(await told.innerText(), words));
      assert.deepEqual(await axe(page), []);
      server.saving(true);
      await gone(told);
    });
  }
});

test('on paper there is the draft and nothing else', async () => {
  await on('decision', {}, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    for (const hidden of ['.strip', '.desk', '.floor'])
      await becomes(() => page.locator(hidden).first().isVisible(), false, hidden);
    await becomes(() => page.locator('h1').isVisible(), true);
  });
});

test('both languages fit into 60 kB', () => {
  for (const locale of ['da', 'en'])
    assert.ok(gzipSync(readFileSync(join(pages, `minutes.${locale}.html`))).length < 60000);
});
