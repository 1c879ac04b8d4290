// draft.test.js -- one document: what stands on the scribe's and the leader's page, and at the end on a
// phone, is what stands in the file, in a meeting with every method.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { soon } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { addSeat, stage, wake, wire } from './stage.js';

const folder = new URL('../../protocol/methods/', import.meta.url);
const methods = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  .sort((a, b) => a.place - b.place);

const agenda = {
  title: 'Alt <b>på</b> én gang',
  ...{ place: 'Lærerværelset', focus: 'Frikvarteret', purpose: 'At vælge' },
  items: methods.map(({ method }, i) => ({
    no: i + 1,
    title: `Punkt ${i + 1}`,
    goal: `Mål ${i + 1}`,
    minutes: 20,
    parts: [
      { id: method, method, minutes: 10, questions: ['Hvad ser I?'], ...laps(method) },
      { id: `${method}-ikke`, method: 'talk', minutes: 10, title: 'Det, vi ikke når' },
    ],
  })),
};

function laps(method) {
  const { traits } = methods.find((each) => each.method === method);
  return traits.more_laps ? { laps: 2 } : {};
}

/** What is there for who reads it on paper, in one line. */
async function onPaper(page, where) {
  await page.emulateMedia({ media: 'print' });
  const text = await page.locator(where).innerText();
  await page.emulateMedia({ media: 'screen' });
  return text.replace(/\s+/g, ' ').trim();
}

/** The file, as a browser shows it. */
async function fileOf(it, file) {
  const answer = await fetch(`${it.server.url}/api/meetings/${it.code}/minutes?format=html`, {
    headers: { authorization: `Bearer ${new URL(it.links.leader).hash.slice(1)}` },
  });
  await file.setContent(await answer.text());
  return onPaper(file, 'main');
}

test('a_page_says_what_the_file_says_in_a_meeting_with_every_method', { timeout: 900000 }, () =>
  stage(agenda, async (it) => {
    const { chrome, console_, join: join_, links, code, pages } = it;
    const phone = await join_('Mette');
    await join_('Anders');
    await addSeat(console_, 'Karen');
    const scribe = await chrome.open(links.scribe, sizes.console);
    const leader = await chrome.open(links.leader, sizes.phone);
    pages.push(scribe, leader);
    const file = await (await console_.context().browser().newContext()).newPage();
    const same = () =>
      soon(async () => {
        const wanted = await fileOf(it, file);
        for (const [role, page] of Object.entries({ scribe, leader }))
          assert.equal(await onPaper(page, '.paper'), wanted, role);
      });
    const { send } = await wire(console_, code);
    const done = async (name, fields) => {
      const reply = await send(name, fields);
      assert.ok(reply.ok, `${name} ${JSON.stringify(fields)}: ${reply.code}`);
      return reply.made;
    };

    await done('meeting.start', {});
    for (const { method, traits } of methods) {
      await send('part.goto', { part: method }); // The first one runs.
      const boxes = traits.boxes?.length ? traits.boxes : [undefined];
      for (const [i, box] of boxes.entries())
        for (const seat of [1, 3])
          await send('contribution.add', {
            text: `Set <i>af</i> ${seat} i ${method}\nog ${i} til`,
            ...(traits.seatless ? {} : { seat }),
            ...(box ? { box } : {}),
            part: method,
          });
      if (method === 'pairs') await send('pairs.show', {});
      if (method === 'retrospect') await send('retro.show', {});
      if (traits.more_laps)
        await done('recap.save', { part: method, lap: 1, text: 'Det samme\nhele vejen rundt' });
      await same();
    }
    await done('decision.set', { answer: 'next_step', text: 'Vi begynder i <5. klasse>' });
    await done('decision.set', { answer: 'targets', unsettled: true });
    await done('decision.set', { answer: 'follow_up', date: '2027-02-01' });
    await done('decision.set', {
      answer: 'stakeholders',
      stakeholders: [
        { body: 'school_board', settled: 'today' },
        { body: 'pupil_council', settled: 'date', date: '2026-12-01' },
        { body: 'other', name: 'Idrætsforeningen', settled: 'unsettled' },
      ],
    });
    const task = (n, more) => ({ id: `00000000-0000-4000-8000-00000000000${n}`, ...more });
    await done('decision.set', {
      answer: 'tasks',
      tasks: [
        task(1, { text: 'Spørge klasserne', owner: 'Mette', seat: 1, due: '2026-12-03' }),
        task(2, { text: 'Finde bolde' }),
      ],
    });
    await same();

    // While somebody writes it is the same on paper, and on the screen the field is the writer's.
    await scribe.locator('#answer-next_step .answer-name').click();
    await scribe.locator('#answer-next_step textarea').first().fill('Vi begynder i 6. klasse');
    await scribe.locator('#answer-tasks .answer-name').click();
    await leader.getByText('Vi begynder i 6. klasse').waitFor();
    await same();
    await scribe.screenshot({ path: join(shots, 'draft-scribe.png'), fullPage: true });

    await done('meeting.close', {});
    await same();
    const wanted = await fileOf(it, file);
    const decided = wanted.slice(
      wanted.indexOf(' Beslutninger ') + 1,
      wanted.indexOf(' 1. Punkt 1'),
    );
    assert.ok(decided.length > 300, decided);
    for (const { method, traits } of methods)
      if (traits.gathered) assert.ok(wanted.includes(`i ${method}`), `${method}: ${wanted}`);
    await soon(async () => assert.equal(await onPaper(phone, '.agreed'), decided));
    assert.match(await phone.locator('.task').innerText(), /3\. december 2026\s+Spørge klasserne/);
    await phone.screenshot({ path: join(shots, 'draft-phone.png'), fullPage: true });

    // Without a network what came last is still there, and what is new comes with it.
    it.way.close();
    await done('decision.set', { answer: 'feedback', text: 'Lise skriver' });
    await same();
    assert.equal(await onPaper(phone, '.agreed'), decided);
    it.way.open();
    await wake(phone);
    await phone.locator('.agreed').getByText('Lise skriver').waitFor();
    await file.context().close();
  }),
);
