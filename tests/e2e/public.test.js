// public.test.js -- from the leader's link to a public edition: what tells who somebody is is found in
// what was said, written and shown, goes with one press each, and is in none of the files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { soon } from '../support/soon.js';
import { sizes } from './browser.js';
import { stage, wire } from './stage.js';

const agenda = {
  ...{ title: 'Alle med, siger Freja', place: 'Lærerværelset', date: '2026-11-17' },
  focus: 'Hvordan får Ahmed nogen at lege med?',
  purpose: 'Vi hjælper ledelsen med at vælge',
  items: [
    {
      ...{ no: 1, title: 'Data om Yusuf', goal: 'At forstå data', minutes: 30 },
      parts: [
        {
          id: 'a',
          method: 'turns',
          title: 'Runde om 7.b',
          minutes: 20,
          questions: ['Hvad siger Sol?'],
        },
        { id: 'b', method: 'summary', minutes: 10 },
      ],
    },
    { no: 2, title: 'Beslutning', minutes: 10, parts: [{ id: 'c', method: 'decision' }] },
  ],
};

/** Whatever of it stands in a file has been published. */
const SECRET = [
  ...[
    'Mette',
    'Ahmed',
    'ahmed',
    'Fatima',
    'Yusuf',
    'Freja',
    'Sol?',
    'Kuba',
    '7.b',
    '7. B',
    'skole.dk',
  ],
  ...['22 34 56 78', '010203', 'Nørregade', '12. marts', 'kuba99', '3 elever', 'to ud af fire'],
];

/** All text of a file; of one that is packed, of everything in it. */
function textOf(path) {
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 2).toString() !== 'PK') return bytes.toString();
  const names = execFileSync('unzip', ['-Z1', path]).toString().trim().split('\n');
  return names
    .map(
      (name) => name + execFileSync('unzip', ['-p', path, name.replace(/[[\]]/g, '?')]).toString(),
    )
    .join('\n');
}

const words = (text) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('what_tells_who_somebody_is_is_found_and_is_in_no_file_of_the_public_edition', () =>
  stage(agenda, async ({ chrome, console_, board, join: join_, links, code, pages, server }) => {
    await join_('Mette');
    const { send } = await wire(console_, code);
    const done = async (name, fields) => {
      const reply = await send(name, fields);
      assert.ok(reply.ok, `${name} ${JSON.stringify(fields)}: ${reply.code}`);
      return reply.made;
    };
    const { data } = await done('data.put', {
      ...{ title: 'Test i 7.b', kind: 'table' },
      csv: 'Elev;Antal\nFatima;3\nAlle;24',
    });
    await done('meeting.start', {});
    await done('wall.show', { show: 'data', data });
    await board.getByText('Test i 7.b').first().waitFor();
    const { contribution } = await done('contribution.add', {
      seat: 1,
      text: 'Ahmed i 7.b har det svært. Skriv til mette@skole.dk eller ring 22 34 56 78',
    });
    await done('part.next', {});
    for (const text of [
      'Mette og 3 elever laver en plan',
      'ahmeds mor, Nørregade 12, har cpr 010203-1234',
      'Kuba er født 12. marts 2014 og hedder @kuba99; to ud af fire savner ham i 7. B',
    ])
      await done('contribution.add', { part: 'b', box: 'agreed', text });
    await done('part.next', {});
    await done('decision.set', {
      answer: 'tasks',
      tasks: [{ text: 'Yusuf spørges', owner: 'Mette', seat: 1 }],
    });
    await done('meeting.close', {});

    // The leader, who has the link and what stands on the page.
    const leader = await chrome.open(links.leader, sizes.console);
    pages.push(leader);
    await leader.getByRole('button', { name: 'Til offentliggørelse' }).click();
    await leader.getByText('i udsagn, der ikke er valgt').waitFor();
    await leader.getByRole('checkbox', { name: /Ahmed i 7.b/ }).check();
    await leader.locator('.paper .find', { hasText: '[e-mail]' }).waitFor();
    // One press each, until nothing is left to look at.
    const asked = leader.locator('.finds li.asked');
    await asked.first().waitFor();
    for (let left = await asked.count(); left > 0; left--) {
      await asked
        .first()
        .getByRole('button', { name: /^Erstat / })
        .click();
      await soon(async () => assert.equal(await asked.count(), left - 1));
    }
    await leader.getByText('Intet bliver stående, uden at du har sagt det').waitFor();
    // In somebody's own words, which stay.
    await leader.getByRole('button', { name: /^Skriv selv, .* for Yusuf$/ }).click();
    await leader.getByLabel('Hvad skal der stå i stedet for Yusuf?').fill('en dreng');
    await leader.getByRole('button', { name: 'Skriv det i stedet' }).click();
    await leader.locator('.paper .find', { hasText: 'en dreng' }).last().waitFor();
    await leader.reload();
    await leader.getByRole('button', { name: 'Til offentliggørelse' }).click();
    await leader.locator('.paper .find', { hasText: 'en dreng' }).last().waitFor();
    await leader.getByText('Intet bliver stående, uden at du har sagt det').waitFor();

    const folder = mkdtempSync(join(tmpdir(), 'runde-public-'));
    const files = [];
    for (const [format, label] of [
      ['docx', 'Word'],
      ['odt', 'OpenDocument'],
      ['html', 'HTML'],
    ]) {
      const waiting = leader.waitForEvent('download');
      await leader.getByRole('button', { name: `Hent den offentlige udgave som ${label}` }).click();
      const file = await waiting;
      assert.doesNotMatch(file.suggestedFilename(), /freja/i);
      files.push(join(folder, `public.${format}`));
      await file.saveAs(files.at(-1));
    }
    const key = new URL(links.leader).hash.slice(1);
    const texts = files.map((path) => [path, textOf(path)]);
    for (const format of ['md', 'json']) {
      const answer = await fetch(
        `${server.url}/api/meetings/${code}/minutes?edition=public&format=${format}`,
        { headers: { authorization: `Bearer ${key}` } },
      );
      texts.push([format, (await answer.text()).replace(/\\(.)/g, '$1')]);
    }
    for (const [name, text] of texts) {
      assert.ok(words(text).includes('har det svært'), name);
      assert.ok(words(text).includes('en dreng spørges'), name);
      for (const secret of SECRET)
        assert.ok(!words(text).includes(secret), `${secret} stands in ${name}: ${words(text)}`);
    }
    assert.ok(contribution);
    rmSync(folder, { recursive: true });
  }));
