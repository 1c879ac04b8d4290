// meeting.js -- the real agenda from lobby to minutes, as people go through it: a console, a board,
// twelve phones, and one person without. Each part leaves a picture of board, console and phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shots, sizes } from './browser.js';
import { begin as start, lead } from './stage.js';

/** Who comes. */
export const people = [
  ['Hanne', 'Skoleleder'],
  ['Thomas', 'Børn og Unge-chef'],
  ['Lone', 'PUF-konsulent'],
  ['Mette', 'Lærer'],
  ['Yusuf', 'Pædagog'],
  ['Elev A', 'Elevråd'],
  ['Elev B', 'Elevråd'],
  ['Søren', 'Ledelsesteam'],
  ['Birgit', 'PPR-medarbejder'],
  ['Jonas', 'Lærer'],
  ['Farida', 'Skolebestyrelse'],
  ['Henrik', 'MED'],
];

/** What they write: Mette's note, which is shown, Yusuf's, which is not, and the decision. */
export const written = [
  'De ældste bliver inde, fordi der ikke er noget for dem i gården',
  'Det her bliver hos Yusuf',
  'Frikvarteret efter spisning skal have noget at byde på',
];
const [secret, own, step] = written;

/**
 * @param {{links: Record<string, string>, chrome: Awaited<ReturnType<typeof
 *   import('./browser.js').browser>>, restart: () => Promise<void>, begin?: string}} it
 *   restart: kills the server in the middle of it and starts another; begin: of the pictures' names
 */
export async function wholeMeeting({ links, chrome, restart, begin = '' }) {
  const board = await chrome.open(links.board, sizes.board);
  const console_ = await chrome.open(links.console, sizes.console);
  const phones = [];
  const picture = async (name) => {
    await board.screenshot({ path: join(shots, `${begin}${name}-board.png`) });
    await console_.screenshot({ path: join(shots, `${begin}${name}-console.png`) });
    await phones[3].screenshot({ path: join(shots, `${begin}${name}-phone.png`) });
  };
  /**
   * Presses the wide button until the plan has come to this part; looked and pressed at once, so
   * that it never goes past it.
   */
  const press = async (until) => {
    const step = (wanted) => {
      const there = document
        .querySelector('.plan [aria-current], .plan .live')
        ?.textContent.includes(wanted);
      const later = [...document.querySelectorAll('button')].find(
        (button) => button.textContent.trim() === 'Ikke nu',
      );
      if (!there)
        (later ?? /** @type {HTMLElement} */ (document.querySelector('main .big')))?.click();
      return there;
    };
    for (let tries = 0; tries < 60; tries++) {
      if (await console_.evaluate(step, until)) return;
      await console_.waitForTimeout(450);
    }
    assert.fail(`never came to ${until}`);
  };

  for (const [name, job] of people) {
    const phone = await chrome.open(links.join, sizes.phone);
    await phone.getByLabel('Navn').fill(name);
    await phone.getByLabel('Funktion').fill(job);
    await phone.getByRole('button', { name: 'Deltag' }).click();
    await phone.getByRole('button', { name: 'Deltag' }).waitFor({ state: 'detached' });
    phones.push(phone);
  }
  await console_.getByRole('button', { name: 'Tilføj plads' }).first().click();
  await console_.locator('dialog [name=name], form [name=name]').first().fill('Karen');
  await console_.locator('dialog .go, form .go').first().click();
  await board.getByText('Karen').waitFor();
  for (const [name] of people) await board.getByText(name, { exact: true }).first().waitFor();
  await picture('0-lobby');

  await start(console_);
  await board.getByText('Velkomst').first().waitFor();
  await picture('1a-velkomst');
  await press('Præsentationsrunde');
  for (const name of ['Mette', 'Hanne', 'Karen']) {
    await console_
      .locator('.people')
      .getByRole('button', { name: new RegExp(`Giv ordet til ${name}`) })
      .first()
      .click();
    await console_.locator('.headline').getByText(`${name} har ordet`).waitFor();
  }
  await picture('1b-praesentation');
  await press('Rammesætning');
  await picture('2a-rammesaetning');
  await press('Præsentation af data');
  await picture('3a-data');
  await press('Opklarende spørgsmål');
  await console_.locator('main .big').first().click();
  await console_.waitForTimeout(400);
  await picture('3b-spoergsmaal');

  await press('Individuel refleksion');
  await phones[3].locator('textarea').first().fill(secret);
  await phones[3].getByText('Gemt').first().waitFor();
  await phones[4].locator('textarea').first().fill(own);
  await phones[4].getByText('Gemt').first().waitFor();
  await picture('4a-refleksion');
  for (const other of [board, console_, phones[0]])
    assert.ok(!(await other.content()).includes(secret));
  await phones[3].reload();
  await phones[3].waitForFunction(
    (text) =>
      document.body.innerText.includes(text) ||
      [...document.querySelectorAll('textarea')].some((area) => area.value === text),
    secret,
  );

  await press('Refleksioner på skift');
  await console_
    .locator('.people')
    .getByRole('button', { name: /Giv ordet til Mette/ })
    .first()
    .click();
  await phones[3].getByRole('button', { name: 'Giv ordet videre' }).waitFor();
  await board.locator('h2, h1').getByText('Mette').first().waitFor();
  await picture('4b-paa-skift');
  await phones[3].getByRole('button', { name: 'Giv ordet videre' }).click();
  await phones[3].getByRole('button', { name: /^Vis mi/ }).click();
  await board.getByText(secret).first().waitFor();
  await picture('4b-efter-turen');

  await restart();
  await press('Fri dialog');
  for (const at of [5, 0, 9])
    await phones[at].getByRole('button', { name: 'Ræk hånden op' }).click();
  await console_.locator('.speakers .who').nth(2).waitFor();
  await console_
    .locator('.people')
    .getByRole('button', { name: /Giv ordet til Elev A/ })
    .first()
    .click();
  await board.locator('h2, h1').getByText('Elev A').first().waitFor();
  await picture('4d-fri-dialog');

  await press('Fælles drøftelse');
  await phones[3].getByText('Foreslå', { exact: true }).first().click();
  await phones[3].locator('textarea:focus').fill(step);
  await phones[3]
    .locator('form', { has: phones[3].locator('textarea:focus') })
    .getByRole('button')
    .click();
  await console_.getByRole('button', { name: 'Tag med' }).click();
  await board.getByText(step).first().waitFor();
  await picture('5a-beslutning');
  await press('Opsummering af næste skridt');
  await picture('5b-opsummering');
  await press('Samtale om samtalen');
  await phones[3].locator('textarea').first().fill('God og rolig tone');
  await picture('6a-samtale-om-samtalen');
  await press('Tak for i dag');
  await picture('7a-tak');

  const minutes = await chrome.open(links.scribe, sizes.console);
  await minutes.getByText(secret).first().waitFor();
  await minutes.screenshot({ path: join(shots, `${begin}8-referat.png`) });
  const key = new URL(links.scribe).hash.slice(1);
  const html = await minutes.evaluate(
    async ([path, bearer]) =>
      (await fetch(path, { headers: { authorization: `Bearer ${bearer}` } })).text(),
    [`/api/meetings/${links.join.split('/').at(-1)}/minutes?edition=participants&format=html`, key],
  );
  assert.ok(html.includes('fordi der ikke er noget for dem'));

  // At the end everybody takes the minutes home: what was shown and decided, and no note of
  // anybody's.
  await lead(console_, 'Afslut mødet', console_.locator('dialog').getByText('Afslut mødet?'));
  await console_.locator('dialog').getByRole('button', { name: 'Afslut mødet' }).click();
  await phones[3].getByRole('heading', { name: 'Tak for i dag, Mette' }).waitFor();
  const [file] = await Promise.all([
    phones[3].waitForEvent('download'),
    phones[3].getByRole('button', { name: 'Hent referat' }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^referat-.+\.html$/);
  const taken = readFileSync(await file.path(), 'utf8');
  for (const words of [secret, step, 'Deltagere', 'Mette']) assert.ok(taken.includes(words), words);
  for (const words of [own, 'Planlagt']) assert.ok(!taken.includes(words), words);
  await phones[3].getByText('Referatet er hentet').waitFor();
  await picture('9-slut');
  assert.deepEqual(chrome.trouble, []);
}
