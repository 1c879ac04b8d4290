// road.js -- the main road of a meeting, in one kind of browser on every device: it is planned, begun,
// written and spoken in, decided, ended and read. Each step leaves pictures in build/tests/shots.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { server as serve, shots, sizes } from '../e2e/browser.js';
import { chaos } from '../support/chaos.js';
import { becomes, soon } from '../support/soon.js';
import { browser, missing } from './browsers.js';

const dark = process.env.RUNDE_DARK === '1';

/** Where pictures of what failed are left. */
const FAILED = fileURLToPath(new URL('../../build/tests/failed/', import.meta.url));

/** How often a page is left in the middle of a word. */
const LEAVES = 5;

const times = (text, part) => text.split(part).length - 1;

/** Presses the console's wide button until its plan has come to this part. */
async function lead(desk, part) {
  const here = () => desk.text('.plan [aria-current], .plan .live');
  const told = async () => `${await here()} ${await desk.text('main .big')}`;
  for (let tries = 0; tries < 40; tries++) {
    if ((await here()).includes(part)) return;
    const before = await told();
    await desk.press('main .big');
    for (let waits = 0; waits < 20 && (await told()) === before; waits++) await pause(250);
    await pause(450); // A second press at once is taken for a slip.
  }
  assert.fail(`never came to ${part}`);
}

/** What the server has, as the participants' minutes say it. */
const minutesOf = async (server, code, key) => {
  const answer = await fetch(
    `${server.url}/api/meetings/${code}/minutes?edition=participants&format=md`,
    { headers: { authorization: `Bearer ${key}` } },
  );
  return answer.text();
};

/** @param {'chromium' | 'firefox' | 'webkit'} kind */
export function road(kind) {
  const how = { timeout: 900000, skip: missing(kind) };
  test(`the main road of a meeting in ${kind}`, how, async (t) => {
    const ends = [];
    t.after(async () => {
      for (const end of ends.reverse()) await end();
    });
    const way = await chaos();
    ends.push(way.end);
    const server = await serve('--base-url', way.url);
    ends.push(server.stop);
    way.to(server.url);
    const device = await browser(kind, { dark });
    ends.push(device.close);
    const picture = async (name, page, folder = shots) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, `${kind}${dark ? '-dark' : ''}-${name}.png`), await page.shot());
    };
    let at = 'begin';
    const step = async (name, run) => {
      at = name;
      await run();
      t.diagnostic(name);
    };
    try {
      /** @type {any} */
      const its = {};

      await step('a meeting is planned: words, an hour, a part that is dragged', async () => {
        const plan = (its.plan = await device.open(`${server.url}/?lang=da`, sizes.console));
        await picture('start', plan);
        await plan.press(['label', 'Skoleudviklingssamtale']);
        await plan.press(['button', 'Planlæg mødet']);
        await plan.see('Dagsorden');
        await picture('plan', plan);
        await plan.fill('#f-title', 'Alle med i frikvarteret');
        await plan.press('#f-focus');
        await plan.type('Hvordan bliver flere en del af legen?');
        const titles = () => plan.text('.item:nth-child(3) .part-name .title');
        await becomes(titles, 'Præsentation af data\nOpklarende spørgsmål');
        await plan.drag('#handle-3b', '#handle-3a', -12);
        await becomes(titles, 'Opklarende spørgsmål\nPræsentation af data');
        await plan.press(['.done button', 'Fortryd']);
        await becomes(titles, 'Præsentation af data\nOpklarende spørgsmål');
        // A text that is longer than its field is to be read whole.
        const hidden = () =>
          plan.run(() => {
            const field = document.querySelector('#f-purpose');
            return field.scrollHeight - field.clientHeight;
          });
        await soon(async () => assert.ok((await hidden()) <= 2));
        await picture('plan-filled', plan);
        await plan.press(['button', 'Opret mødet']);
        await plan.see('Alle med i frikvarteret', '.ready');
        its.links = await plan.run(() => JSON.parse(localStorage['runde.meetings'])[0].links);
        await picture('plan-made', plan);
      });

      const { links } = its;
      const local = (link, through = server.url) => {
        const { pathname, hash } = new URL(link);
        return `${through}${pathname}?lang=da${hash}`;
      };
      const code = links.join.split('/').at(-1);
      const key = new URL(links.console).hash.slice(1);
      const written = () => minutesOf(server, code, key);

      await step('console, board and a phone come in', async () => {
        await its.plan.leave();
        its.desk = await device.open(local(links.console), sizes.console);
        its.board = await device.open(local(links.board), sizes.board);
        its.phone = await device.open(local(links.join, way.url), sizes.phone);
        await its.phone.see('Deltag');
        await picture('phone-join', its.phone);
        await its.phone.fill('[name=name]', 'Mette');
        await its.phone.press(['button', 'Deltag']);
        await its.phone.see('Du er med, Mette');
        for (const name of ['Karen', 'Peter', 'Jonas']) {
          await its.desk.press(['button', 'Tilføj plads']);
          await its.desk.fill('dialog [name=name]', name);
          await its.desk.press('dialog .go');
          await its.desk.see(name, '.people');
        }
        await its.board.see('Karen');
        await picture('lobby-console', its.desk);
        await picture('lobby-board', its.board);
        await picture('lobby-phone', its.phone);
      });
      const { desk, board, phone } = its;

      await step('seats are dragged', async () => {
        const names = async () => (await desk.text('.people .who b')).split('\n');
        await becomes(names, ['Mette', 'Karen', 'Peter', 'Jonas']);
        await desk.drag(['.people .who', 'Jonas'], ['.people .who', 'Karen']);
        await becomes(names, ['Mette', 'Jonas', 'Karen', 'Peter']);
        await desk.press(['button', 'Fortryd']);
        await becomes(names, ['Mette', 'Karen', 'Peter', 'Jonas']);
      });

      await step('a note is private, and kept once however often the page is left', async () => {
        await lead(desk, 'Individuel refleksion');
        await phone.see('kun du kan se dem');
        await picture('reflection-phone', phone);
        await soon(async () => assert.match(await board.text('body'), /\d:\d\d/));
        await picture('reflection-board', board);
        const lines = [];
        for (let n = 1; n <= LEAVES; n++) {
          lines.push(`Plads til alle ${n}`);
          await phone.append('.note textarea', `${n > 1 ? '\n' : ''}${lines.at(-1)}`);
          await phone.reload(); // With the last letter just typed.
          await becomes(() => phone.value('.note textarea'), lines.join('\n'));
        }
        await phone.see('✓ Gemt');
        for (const page of [desk, board])
          assert.ok(!(await page.text('body')).includes('Plads til alle'));
        const notes = await phone.run(() =>
          Object.values(
            JSON.parse(
              Object.entries(localStorage).find(([name]) => /^runde\.[A-Z0-9]{8}$/.test(name))[1],
            ).drafts,
          ).flatMap((draft) => draft.notes.map((note) => note.text)),
        );
        assert.deepEqual(notes, lines);
        its.lines = lines;
      });

      await step('without a connection it is kept, and goes out afterwards', async () => {
        way.close();
        await phone.see('Ingen forbindelse');
        its.lines.push('Skrevet i tunnelen');
        await phone.append('.note textarea', `\n${its.lines.at(-1)}`);
        await phone.see('Gemt på telefonen');
        await picture('offline-phone', phone);
        way.open();
        await phone.run(() => void dispatchEvent(new Event('online')));
        await phone.see('✓ Gemt');
      });

      await step('the floor goes round, and notes are shown', async () => {
        await lead(desk, 'Refleksioner på skift');
        await desk.press(['.people button', 'Giv ordet til Mette']);
        await phone.see('du har ordet');
        await board.see('Mette', 'h1, h2');
        await picture('floor-phone', phone);
        await picture('floor-console', desk);
        await picture('floor-board', board);
        await phone.press(['button', 'Giv ordet videre']);
        await phone.see('Vis');
        await picture('asked-phone', phone);
        await phone.press(['button', 'Vis mine']);
        await board.see('Skrevet i tunnelen');
        await board.see('Plads til alle 1');
        const said = await written();
        for (const line of its.lines) assert.equal(times(said, line), 1, line);
        const drawn = () =>
          board.run(() =>
            ['.card', 'svg circle'].map((each) => document.querySelectorAll(each).length > 0),
          );
        await becomes(drawn, [true, true]);
        await picture('cards-board', board);
        await picture('listening-phone', phone);
      });

      await step('the decision is answered', async () => {
        await lead(desk, 'Fælles drøftelse');
        await phone.see('Foreslå');
        await picture('decision-phone', phone);
        await picture('decision-console', desk);
        await phone.press(['summary', 'Foreslå']);
        await becomes(() => phone.run(() => document.activeElement.tagName), 'TEXTAREA');
        await phone.type('Legekasser til alle');
        await phone.press(['.compose button', 'Send']);
        await desk.press(['button', 'Tag med']);
        await board.see('Legekasser til alle');
        await picture('decision-board', board);
      });

      await step('the minutes are read and written, and the meeting ends', async () => {
        const scribe = (its.scribe = await device.open(local(links.scribe), sizes.console));
        await scribe.see('Skrevet i tunnelen');
        await picture('minutes', scribe);
        await lead(desk, 'Tak for i dag');
        await picture('end-console', desk);
        await pause(450); // As in lead.
        await desk.press(['main .big', 'Afslut']);
        await desk.press(['dialog button', 'Afslut mødet']);
        await phone.see('Tak for i dag, Mette');
        await phone.see('Hent referat');
        await picture('end-phone', phone);
        await picture('end-board', board);
        assert.ok((await written()).includes('Legekasser til alle'));
      });

      for (const page of device.pages) await page.look();
      assert.deepEqual(
        device.pages.flatMap((page) => page.trouble),
        [],
      );
    } catch (error) {
      for (const [i, page] of device.pages.entries())
        await picture(`${i}`, page, FAILED).catch(() => {});
      error.message = `${at}: ${error.message}`;
      throw error;
    }
  });
}
