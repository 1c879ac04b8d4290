// prepared.test.js -- before the meeting the leader answers what the agenda asks; at the meeting the
// answers are the checklist of whoever presents. One that is put among the data is the room's: on the
// phones, on the board and in the minutes. The others are nobody else's.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from '../support/chromium.js';
import { becomes, gone } from '../support/soon.js';
import { sizes } from './browser.js';
import { stage, wire } from './stage.js';

const agenda = JSON.parse(
  readFileSync(
    new URL('../../server/templates/skoleudviklingssamtale.json', import.meta.url),
    'utf8',
  ),
);
const [tests, ...questions] = agenda.before;
const DEALT = 'Læsebånd hver dag i 4. klasse.';
const YES = `Ja. Sådan håndterer vi det: ${DEALT}`;
const ANSWERS = [
  'I to år, mest i indskolingen.',
  'At alle har en at lege med.',
  'Legevagter og en fast plan for regnvejr.',
  'Voksne, der sætter en leg i gang, gør mest.',
  'Flere voksne ude i det store frikvarter.',
];
const [OWN, , , , NEXT] = ANSWERS;
const asks = questions.at(-1).ask;

test('what_the_leader_prepared_is_the_checklist_and_what_is_put_among_the_data_is_the_rooms', () =>
  stage(agenda, async (it) => {
    const { chrome, console_, board, links, code, pages, join: join_ } = it;
    assert.equal(questions.length, ANSWERS.length, 'five questions beside the tests');
    const leader = await chrome.open(links.leader, sizes.console);
    const phone = await join_('Mette');
    pages.push(leader);
    const form = leader.locator('.preparing');
    const row = (ask) => form.locator('fieldset', { hasText: ask });
    const isNowhere = async (words, views) => {
      for (const [name, page] of Object.entries(views))
        assert.ok(!(await page.content()).includes(words), `${name} has ${words}`);
      assert.ok(!(await it.written()).includes(words), `the minutes have ${words}`);
    };

    // The leader's page, at home: it says how many are left, and who reads the answers.
    await form.getByText('6 spørgsmål mangler et svar').waitFor();
    await form.getByText('Kun mødelederen og skolelederen ser dem').waitFor();
    await row(tests.ask).getByText('Ja', { exact: true }).click();
    await form.getByText('Skriv, hvordan I håndterer det.').waitFor();
    await form.getByText('6 spørgsmål mangler et svar').waitFor(); // A yes alone is none.
    await form.getByLabel(`Sådan håndterer vi det: ${tests.ask}`).fill(DEALT);
    await gone(form.getByText('Skriv, hvordan I håndterer det.'));
    for (const [i, { ask }] of questions.entries())
      await form.getByLabel(`Svar på: ${ask}`).fill(ANSWERS[i]);
    await leader.locator('h1').first().click();
    await form.getByText('Alle spørgsmål er besvaret').waitFor();
    await console_.getByText('Alle spørgsmål er besvaret').waitFor();
    for (const words of [DEALT, ...ANSWERS]) await isNowhere(words, { phone, board });

    for (const [name, size] of Object.entries({
      320: { width: 320, height: 568 },
      390: sizes.phone,
      1440: sizes.console,
    })) {
      await leader.setViewportSize(size);
      const wide = await leader.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= size.width, `${wide} at ${size.width}`);
      await form.scrollIntoViewIfNeeded();
      await it.picture(`prepared-${name}`, { leader });
    }

    // Two of them are put among the data, and a phone that comes then reads them; one is taken back.
    const put = async (ask) => {
      await row(ask).getByRole('button', { name: 'Læg blandt mødets data' }).click();
      await row(ask).getByText('Ligger blandt mødets data').waitFor();
    };
    await put(tests.ask);
    await put(asks);
    await put(questions[0].ask);
    await row(questions[0].ask).getByRole('button', { name: 'Tag det væk igen' }).click();
    await gone(row(questions[0].ask).getByText('Ligger blandt mødets data'));
    const late = await join_('Yusuf');
    for (const [ask, words] of [
      [tests.ask, YES],
      [asks, NEXT],
    ]) {
      await late.locator('summary', { hasText: ask }).click();
      await late.getByText(words).first().waitFor();
    }
    await isNowhere(OWN, { phone, late, board });

    // The talk itself: the checklist has them all, and says what must be told.
    const { send } = await wire(console_, code);
    assert.ok((await send('meeting.start', {})).ok);
    assert.ok((await send('part.goto', { part: '3a' })).ok);
    const list = console_.locator('.checklist');
    const check = (ask) => list.locator('li', { hasText: ask });
    await check(tests.ask).getByText(YES).waitFor();
    await gone(list.getByText('Det skal siges på mødet'));
    for (const [i, { ask }] of questions.entries())
      await check(ask).getByText(ANSWERS[i]).waitFor();
    await becomes(
      () => list.getByRole('button', { name: /^Vis på tavlen/ }).count(),
      2,
      'on the wall',
    );
    await it.picture('prepared-talk', { console: console_, board, phone });

    // What is shown is on the board, and in the minutes.
    await check(asks)
      .getByRole('button', { name: /^Vis på tavlen/ })
      .click();
    await board.getByText(NEXT).first().waitFor();
    await it.picture('prepared-shown', { board });
    await becomes(async () => (await it.written()).includes(NEXT), true, 'the minutes have it');
    for (const words of [asks, tests.ask]) assert.ok((await it.written()).includes(words), words);
    await isNowhere(OWN, { phone, late, board });

    // It is over: what was nobody else's is on no page.
    assert.ok((await send('meeting.close', {})).ok);
    await gone(form);
    await isNowhere(OWN, { phone, late, board, leader });
  }));
