// chief.test.js -- the chief of several schools: a link is made on the start page, the leader shares what
// was agreed, the chief sees it, the leader takes it back, and it is gone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { stage, wire } from './stage.js';

const agenda = {
  title: 'Skoleudviklingssamtale',
  place: 'Nordskovens Skole',
  date: '2026-11-17',
  focus: 'Alle børn har nogen at være sammen med',
  items: [
    {
      no: 1,
      title: 'Beslutning',
      minutes: 20,
      parts: [{ id: 'd', method: 'decision', minutes: 20 }],
    },
  ],
};

const picture = (page, name) =>
  page.screenshot({ path: join(shots, `chief-${name}.png`), fullPage: true });

/** The chief looks at the page again, as when coming back to its window. */
const look = (page) =>
  page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')));

test('a_leader_shares_what_was_agreed_with_a_chief_and_takes_it_back', () =>
  stage(agenda, async (it) => {
    const { chrome, server, way, console_, links, join: join_, pages } = it;
    const phone = await join_('Mette');
    const start = await chrome.open(server.url, sizes.console);
    pages.push(start);
    await start.getByRole('button', { name: 'Link til chef for flere skoler' }).click();
    const link = await start.getByLabel('Dit link – hemmeligt', { exact: true }).inputValue();
    const code = await start.getByLabel('Din kode til lederne', { exact: true }).inputValue();
    await picture(start, 'start');
    assert.ok(link.startsWith(`${way.url}/chef#`), link);
    const chief = await chrome.open(link, sizes.console);
    pages.push(chief);
    await chief.getByText('Ingen skoler deler endnu').waitFor();
    assert.equal(await chief.locator('.code').innerText(), code);

    const { send } = await wire(console_, it.code);
    const lead = async (name, fields = {}) =>
      assert.equal((await send(name, fields)).ok, true, name);
    await lead('meeting.start');
    await phone.getByText('Beslutning').first().waitFor();
    await lead('decision.set', {
      answer: 'next_step',
      text: 'Mette finder flere voksne til pausen',
    });
    await lead('decision.set', { answer: 'follow_up', date: '2099-02-01' });
    await lead('decision.set', {
      answer: 'tasks',
      tasks: [{ text: 'Spørger klasserne', owner: 'Skoleleder', due: '2026-01-03' }],
    });
    await lead('meeting.close');

    const leader = await chrome.open(links.leader, sizes.console);
    pages.push(leader);
    const share = leader.locator('.share');
    await share.getByText('Aldrig, hvem der sagde hvad').waitFor();
    const field = share.getByLabel('Chefens kode');
    await field.fill(code.replace(/.$/, (last) => (last === '2' ? '3' : '2')));
    await share.getByRole('button', { name: 'Del med denne chef' }).click();
    await share.getByText('Det er ikke en chefs kode').waitFor();
    await picture(leader, 'leader-wrong');
    await field.fill(code.toLowerCase());
    await share.getByRole('button', { name: 'Del med denne chef' }).click();
    await share.getByText('Deles nu med en chef').waitFor();
    await picture(leader, 'leader');
    await leader.setViewportSize({ width: 320, height: 640 });
    assert.ok(await leader.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await picture(leader, 'leader-320');
    await leader.setViewportSize(sizes.console);

    await look(chief);
    const card = chief.locator('.card');
    await card.getByRole('heading', { name: 'Nordskovens Skole' }).waitFor();
    await card.getByText('1 opgave er over fristen').waitFor();
    await card.getByText('Skoleleder').waitFor();
    assert.ok((await card.innerText()).includes('finder flere voksne til pausen'));
    assert.ok(!(await card.innerText()).includes('Mette'));
    await picture(chief, 'page');

    await leader.getByRole('button', { name: `Stop delingen med ${code}` }).click();
    await becomes(() => share.getByText('Deles nu med en chef').count(), 0);
    await look(chief);
    await chief.getByText('Ingen skoler deler endnu').waitFor();
    assert.equal(await card.count(), 0);
  }));
