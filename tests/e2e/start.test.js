// A meeting is planned, made, edited while it waits, held, and copied for the next time: with a
// server of its own.
import '../web/support/hooks.js';
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { test } from '../support/chromium.js';
import { becomes, soon } from '../support/soon.js';
import { browser, server, shots, sizes } from './browser.js';
import { begin } from './stage.js';

const { checkAgenda } = await import('../../web/start/plan/check.js');

let runde, chrome;
before(async () => {
  runde = await server();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await runde?.stop();
});

const about = async (code) => (await fetch(`${runde.url}/api/meetings/${code}`)).json();
const codeOf = (page) => new URL(page.url()).hash.slice(1, 10);

async function planned(page, fill) {
  await page.getByRole('radio', { name: /Skoleudviklingssamtale/ }).check();
  await page.getByRole('button', { name: 'Planlæg mødet' }).click();
  await page.locator('.item').first().waitFor();
  await fill(page);
  await page.getByRole('button', { name: 'Opret mødet' }).click();
  await page.locator('.ready').waitFor();
  return codeOf(page);
}

test('what is planned is what the meeting has: words, minutes, figures, seats', async () => {
  const page = await chrome.open(`${runde.url}/`, sizes.console);
  const code = await planned(page, async () => {
    await page.getByLabel('Titel', { exact: true }).first().fill('Alle med i frikvarteret');
    await page.getByLabel('Dato').fill('2026-05-12');
    await page.getByLabel('Begynder kl.').fill('09:00');
    await page.locator('#f-focus').fill('Hvordan bliver flere en del af legen?');
    await page.locator('#f-items-3-parts-3-minutes').fill('18');
    await page.getByRole('button', { name: 'Tilføj en tabel' }).click();
    await page.locator('#f-data-0-title').fill('Bedste sted i pausen');
    await page.locator('#f-data-0-csv').fill('Sted;Andel\nSkolegård;16 %\nKlasse;40 %');
    await page.getByRole('button', { name: 'Tilføj en plads' }).click();
    await page.locator('#f-seats-0-name').fill('Mette');
    await page.locator('#f-seats-0-function').fill('Skoleleder');
  });
  await page.screenshot({ path: `${shots}/start-made.png`, fullPage: true });
  const told = await about(code);
  assert.equal(told.title, 'Alle med i frikvarteret');
  assert.equal(told.focus, 'Hvordan bliver flere en del af legen?');
  assert.deepEqual([told.date, told.starts], ['2026-05-12', '09:00']);
  assert.deepEqual(
    told.data.map(({ title, kind }) => [title, kind]),
    [['Bedste sted i pausen', 'table']],
  );
  assert.deepEqual(
    told.seats.map(({ name, function: role }) => [name, role]),
    [['Mette', 'Skoleleder']],
  );
  const phone = await chrome.open(`${runde.url}/m/${code}`, sizes.phone);
  await phone.getByText('Alle med i frikvarteret').first().waitFor();
  assert.deepEqual(chrome.trouble, []);
});

test('an agenda is edited while people already wait; once it began the page says so', async () => {
  const page = await chrome.open(`${runde.url}/`, sizes.console);
  const code = await planned(page, async () => {});
  const links = await page.evaluate(() => JSON.parse(localStorage['runde.meetings'])[0].links);
  await page.getByRole('link', { name: 'Ret dagsordenen' }).click();
  await page.locator('.item').first().waitFor();
  await page.getByLabel('Titel', { exact: true }).first().fill('Legen i pausen');
  await page.locator('#handle-4d').focus();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('button', { name: 'Tilføj et link' }).click();
  await page.locator('#f-data-0-title').fill('Trivsel');
  await page.locator('#f-data-0-url').fill('https://eksempel.dk/trivsel');
  await page.getByRole('button', { name: 'Gem ændringerne' }).click();
  await page.getByText('Ændringerne er gemt').waitFor();
  await soon(async () => assert.equal((await about(code)).title, 'Legen i pausen'));
  await soon(async () =>
    assert.deepEqual(
      (await about(code)).data.map(({ title }) => title),
      ['Trivsel'],
    ),
  );
  await becomes(
    () => page.locator('.item').nth(3).locator('.part-name .title').allInnerTexts(),
    [
      'Individuel refleksion',
      'Refleksioner på skift',
      'Fri dialog',
      'Spiralsamtale',
      'Opsummering',
    ],
  );

  const console_ = await chrome.open(links.console, sizes.console);
  await begin(console_);
  await page.getByLabel('Titel', { exact: true }).first().fill('For sent');
  await page.getByRole('button', { name: 'Gem ændringerne' }).click();
  await page.getByText('Mødet er begyndt').waitFor();
  assert.equal((await about(code)).title, 'Legen i pausen');
  assert.deepEqual(chrome.trouble, []);
});

test('what a meeting leaves is there when the next one is planned', async () => {
  const { code, links } = await runde.meeting({
    agenda: {
      title: 'Første møde',
      date: '2025-11-20',
      items: [
        {
          no: 1,
          title: 'Beslutning',
          minutes: 10,
          parts: [{ id: 'd', method: 'decision', minutes: 10 }],
        },
      ],
    },
  });
  const key = links.console.split('#')[1];
  const page = await chrome.open(`${runde.url}/#${code}.${key}`, sizes.console);
  // Over the protocol, as the console would: begin, write a task, close.
  await page.evaluate(
    async ([meeting, secret]) => {
      const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`, 'runde.v1');
      const id = (n) => `00000000-0000-4000-8000-00000000000${n}`;
      const commands = [
        ['meeting.start', {}],
        [
          'decision.set',
          { answer: 'tasks', tasks: [{ text: 'Lav en aftale om legen', owner: 'Peter' }] },
        ],
        ['meeting.close', {}],
      ];
      await new Promise((done) => {
        const next = () =>
          commands.length
            ? socket.send(
                JSON.stringify({
                  id: id(commands.length),
                  do: commands[0][0],
                  with: commands.shift()[1],
                }),
              )
            : done(undefined);
        socket.onopen = () =>
          socket.send(JSON.stringify({ hello: { as: 'console', meeting, key: secret } }));
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          if (frame.snapshot || frame.ok) next();
          else if (frame.ok === false) throw new Error(data);
        };
      });
      socket.close();
    },
    [code, key],
  );
  await page.reload();
  await page.getByText('Mødet er slut').waitFor();
  await page.getByRole('button', { name: 'Planlæg det næste møde ud fra dette' }).click();
  await page.locator('.carried').waitFor();
  await soon(async () =>
    assert.match(
      await page.locator('#carried-h').innerText(),
      /^Med fra Første møde, 20\. november 2025$/,
    ),
  );
  await soon(async () =>
    assert.match(
      await page.locator('.carried li').innerText(),
      /Opgave\s+Lav en aftale om legen\s+Peter/,
    ),
  );
  await becomes(() => page.getByLabel('Dato').inputValue(), '', 'another day');
  await page.getByRole('button', { name: 'Opret mødet' }).click();
  await page.locator('.ready').waitFor();
  const next = await page.evaluate(
    () => JSON.parse(localStorage['runde.meetings'])[0].links.console.split('#')[1],
  );
  const agenda = await (
    await fetch(`${runde.url}/api/meetings/${codeOf(page)}/agenda`, {
      headers: { authorization: `Bearer ${next}` },
    })
  ).json();
  const [{ id, ...task }, ...more] = agenda.carried;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(task, { kind: 'task', text: 'Lav en aftale om legen', owner: 'Peter' });
  assert.deepEqual(more, []);
  assert.deepEqual(chrome.trouble, []);
});

test('the rules that the page checks by are the server’s: what one takes the other takes', async () => {
  const good = {
    items: [{ no: 1, title: 'Et', minutes: 5, parts: [{ id: 'a', method: 'talk', minutes: 5 }] }],
  };
  const changes = [
    [],
    ['title', ''],
    ['title', 'x'.repeat(201)],
    ['focus', 'æ'.repeat(600)],
    ['focus', '🙂'.repeat(601)],
    ['date', '2026-13-01'],
    ['starts', '9:00'],
    ['items', []],
    ['items.0.minutes', 481],
    ['items.0.minutes', 0],
    ['items.0.parts', []],
    ['items.0.parts.0.id', 'A'],
    ['items.0.parts.0.shares', 'a'],
    ['items.0.parts.0.laps', 6],
    ['items.0.parts.0.first_lap', 0],
    ['items.0.parts.0.method', 'vote'],
    ['items.0.bank', [{}]],
    ['farve', 'rød'],
    ['items.0.parts.0.questions', ['']],
  ];
  for (const [path, value] of changes) {
    const agenda = structuredClone(good);
    if (path) {
      const steps = path.split('.');
      steps.slice(0, -1).reduce((at, step) => at[step], /** @type {any} */ (agenda))[steps.at(-1)] =
        value;
    }
    const answer = await fetch(`${runde.url}/api/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agenda }),
    });
    const wrong = checkAgenda(agenda);
    assert.equal(
      wrong.length === 0,
      answer.status === 201,
      `${path}: the server says ${answer.status}`,
    );
  }
});
