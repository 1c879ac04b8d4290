// chain.test.js -- the talk, its follow-up and next year's talk, each planned from the leader's
// page of the one before; the year's ring has all three.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { becomes, soon } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { lead, stage, wire } from './stage.js';

const agenda = {
  title: 'Skoleudviklingssamtale',
  place: 'Nordskovens Skole',
  date: '2026-11-20',
  focus: 'Alle børn har nogen at være sammen med',
  items: [
    {
      no: 1,
      title: 'Beslutning',
      minutes: 20,
      parts: [{ id: 'd', method: 'decision', minutes: 20 }],
    },
    {
      no: 2,
      title: 'Samtale om samtalen',
      minutes: 10,
      parts: [{ id: 'r', method: 'retrospect', minutes: 10 }],
    },
  ],
};

const tasks = [
  { text: 'Købe to mål til skolegården', owner: 'Skoleleder', due: '2027-01-14' },
  { text: 'Spørge elevrådet, hvad de savner', owner: 'Pædagogisk leder', due: '2027-02-01' },
  { text: 'Tegne baner på asfalten' },
];

const picture = (page, name) =>
  page.screenshot({ path: join(shots, `chain-${name}.png`), fullPage: true });

/** The year stands last in a column that scrolls by itself. */
const pictureYear = async (page, name) => {
  await page.locator('.year').getByRole('link').last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(shots, `chain-${name}.png`) });
};

/** Makes the meeting that is planned on this page; its code and links. */
async function made(page) {
  await page.getByRole('button', { name: 'Opret mødet' }).click();
  await page.locator('.ready').waitFor();
  const [{ code, links }] = await page.evaluate(() => JSON.parse(localStorage['runde.meetings']));
  return { code, links };
}

/** Sends what the console of a meeting does. */
async function leading(console_, code) {
  const { send } = await wire(console_, code);
  return async (name, fields = {}) => assert.equal((await send(name, fields)).ok, true, name);
}

test('a_talk_leads_to_its_follow_up_and_that_to_next_years_talk', { timeout: 900000 }, () =>
  stage(agenda, async (it) => {
    const { chrome, console_, links, pages, server, way } = it;
    const open = async (link, size) => {
      const page = await chrome.open(link, size);
      pages.push(page);
      return page;
    };
    const talk = await leading(console_, it.code);
    await talk('meeting.start');
    await talk('decision.set', { answer: 'next_step', text: 'To voksne er ude i hver pause' });
    await talk('decision.set', { answer: 'tasks', tasks });
    await talk('decision.set', { answer: 'follow_up', date: '2027-05-14' });
    await talk('part.next', { from: 'd' });
    await talk('seat.add', { name: 'Mette', function: 'Lærer', device: 'none' });
    await talk('contribution.add', { seat: 1, text: 'Mere tid til data', box: 'adjust' });
    await talk('retro.show');
    await talk('meeting.close');

    // The leader plans the half hour that follows up.
    const leader = await open(way.url + links.leader.slice(server.url.length), sizes.console);
    await pictureYear(leader, '1-leader');
    await leader.locator('.year').getByRole('link', { name: 'Planlæg opfølgning' }).click();
    await leader.locator('.carried li').nth(3).waitFor();
    // Back is where they came from, and forth is the plan that was begun.
    await leader.goBack();
    await leader.waitForURL(/\/minutes\//);
    await leader.locator('.year').waitFor();
    await leader.goForward();
    await leader.locator('.carried li').nth(3).waitFor();
    await becomes(() => leader.getByLabel('Dato').inputValue(), '2027-05-14');
    assert.equal(await leader.locator('#f-focus').inputValue(), agenda.focus);
    const title = await leader.locator('#carried-h').innerText();
    assert.equal(title, 'Med fra Skoleudviklingssamtale, 20. november 2026');
    await picture(leader, '2-planner');
    const second = await made(leader);

    // Its first part opens with what came of each task.
    const desk = await open(second.links.console, sizes.console);
    const board = await open(second.links.board, sizes.board);
    const phone = await open(second.links.join, sizes.phone);
    await phone.locator('[name=name]').fill('Mette');
    await phone.getByRole('button', { name: 'Deltag' }).click();
    await phone.getByText('Du er med, Mette').waitFor();
    await picture(desk, '3-lobby-console');
    await picture(board, '3-lobby-board');
    const came = desk.locator('.came > li');
    await lead(desk, 'Begynd mødet', desk.getByRole('button', { name: /^Pause/ }));
    const [goals, pupils, tracks] = tasks.map(({ text }) => came.filter({ hasText: text }));
    const word = (row) => row.getByLabel('Et ord om', { exact: false });
    await goals.getByText('Gjort', { exact: true }).click();
    await word(goals).fill('De står der, og de bliver brugt');
    await pupils.getByText('I gang', { exact: true }).click();
    await word(pupils).fill('De mødes i juni');
    await tracks.getByText('Opgivet', { exact: true }).click();
    for (const page of [board, phone])
      for (const words of [/Gjort.*bliver brugt/s, /I gang.*De mødes i juni/s, /Opgivet/])
        await soon(async () => assert.match(await page.locator('body').innerText(), words));
    await picture(desk, '4-came-console');
    await picture(board, '4-came-board');
    await picture(phone, '4-came-phone');
    await phone.setViewportSize({ width: 320, height: 640 });
    assert.ok(await phone.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await picture(phone, '4-came-phone-320');

    const follow = await leading(desk, second.code);
    await follow('part.next', { from: '1a' });
    await follow('decision.set', { answer: 'next_step', text: 'Der bliver ansat en voksen mere' });
    await follow('decision.set', { answer: 'follow_up', date: '2027-11-19' });
    await follow('meeting.close');

    // What is under way and the lesson go on to the next talk; what is done or dropped does not.
    await leader.goto(second.links.leader);
    await leader.locator('.year').getByRole('link', { name: 'Næste års samtale' }).click();
    await leader.locator('.carried li').nth(1).waitFor();
    const carried = (await leader.locator('.carried li').allInnerTexts()).join('\n');
    assert.match(carried, /Spørge elevrådet.*Mere tid til data/s);
    assert.doesNotMatch(carried, /Købe to mål|Tegne baner/);
    await leader.getByLabel('Dato').fill('2027-11-23');
    await picture(leader, '5-planner');
    const third = await made(leader);

    await leader.goto(second.links.leader);
    const year = leader.locator('.year');
    await becomes(() => year.locator('.wheel circle:not(.rim)').count(), 4);
    const entries = await year.locator('.chain li').allInnerTexts();
    assert.deepEqual(
      entries.map((each) => each.replace(/\s+/g, ' ').trim()),
      [
        'Skoleudviklingssamtale Før · 20. november 2026',
        'Opfølgende samtale Dette møde · 14. maj 2027',
        'Opfølgning Aftalt, ikke planlagt endnu · 19. november 2027',
        'Skoleudviklingssamtale Næste · 23. november 2027',
      ],
    );
    const onward = year.getByRole('link', { name: 'Skoleudviklingssamtale' });
    assert.equal(await onward.getAttribute('href'), third.links.leader);
    await pictureYear(leader, '6-leader');
  }),
);
