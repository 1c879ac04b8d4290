// own.test.js -- after the meeting, on the phone of who was there: what they said, that they were
// misunderstood, what is to be out of the minutes, and the minutes that the leader has approved.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from '../support/chromium.js';
import { gone } from '../support/soon.js';
import { sizes } from './browser.js';
import { stage, wire } from './stage.js';

const agenda = {
  title: 'Frikvarterer',
  items: [
    {
      no: 1,
      title: 'Samtale',
      minutes: 20,
      parts: [{ id: 'a', method: 'dialogue', title: 'Fri dialog', minutes: 20 }],
    },
  ],
};
const POINTS = ['Legekasser til alle', 'Flere voksne ude', 'De store tager banen'];
const [BOXES, ADULTS, FIELD] = POINTS;

async function fileOf(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

test(
  'who_was_there_says_that_they_were_misunderstood_takes_a_point_out_and_fetches_what_was_approved',
  { timeout: 900000 },
  () =>
    stage(agenda, async (it) => {
      const { chrome, way, console_, links, code, pages, join: join_ } = it;
      const phone = await join_('Mette');
      const leader = await chrome.open(links.leader, sizes.console);
      pages.push(leader);
      const { send } = await wire(console_, code);
      const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
      const point = (text) => phone.locator('.own li', { hasText: text });
      const approve = async () => {
        await leader.getByLabel('Dit navn').fill('Lene Holm');
        await press(leader, 'Godkend referatet');
      };

      assert.ok((await send('meeting.start', {})).ok);
      for (const text of POINTS) {
        await phone.getByLabel('Skriv en pointe').fill(text);
        await press(phone, 'Vis på tavlen');
        await phone.locator('.points').getByText(text).waitFor();
      }
      assert.ok((await send('meeting.close', {})).ok);

      // A draft: what is not to stand there is taken out.
      await phone.getByText('Udkast. Lederen har ikke godkendt').waitFor();
      await leader.getByText(FIELD).first().waitFor();
      await press(phone, `Tag det ud af referatet: ${FIELD}`);
      await press(phone, 'Tag det ud');
      await phone.getByText('Det er taget ud af referatet.').waitFor();
      await gone(point(FIELD));
      await gone(leader.getByText(FIELD));

      // Approved: it says so here at once, and what is fetched is approved.
      await approve();
      await phone.locator('.stands').getByText('Godkendt').waitFor();
      const approved = await fileOf(phone, 'Hent referat');
      assert.match(approved, /Legekasser til alle/);
      assert.match(approved, /Lene Holm/);
      assert.doesNotMatch(approved, /De store tager banen/);

      // What is said without a connection comes to the leader, who has the page open, once it is back.
      await press(phone, `Her er jeg misforstået: ${BOXES}`);
      way.close();
      await phone.getByText('Ingen forbindelse').first().waitFor();
      await phone.getByLabel('Hvad mente du?').fill('Kun til de små.');
      await press(phone, 'Send');
      await point(BOXES).getByText('Sendes, når forbindelsen er tilbage').waitFor();
      way.open();
      await phone.reload();
      await point(BOXES).getByText('Kun lederen kan se det').waitFor();
      const disputes = leader.locator('.standing li');
      await disputes.getByText('Kun til de små.').waitFor();
      await it.picture('own-disputed', { phone, leader });

      // It is mended, and taken back.
      await press(phone, `Ret: ${BOXES}`);
      await phone.getByLabel('Hvad mente du?').fill('Til børnehaveklassen.');
      await press(phone, 'Send');
      await disputes.getByText('Til børnehaveklassen.').waitFor();
      assert.match(await fileOf(phone, 'Hent det, jeg har skrevet'), /Til børnehaveklassen\./);
      await press(phone, `Ret: ${BOXES}`);
      await press(phone, `Tag det tilbage: ${BOXES}`);
      await gone(disputes);

      // Approved minutes become a draft when something is taken out of them, and are approved anew.
      await press(phone, `Tag det ud af referatet: ${BOXES}`);
      await phone.getByText('Så bliver referatet et udkast').waitFor();
      await press(phone, 'Tag det ud');
      await phone.locator('.stands').getByText('Noget er ændret').waitFor();
      await leader.getByText('Referatet er et udkast').first().waitFor();
      await approve();
      await phone.locator('.stands').getByText('Godkendt').waitFor();

      // Published: no more of it. A press that comes too late hears why.
      await leader
        .locator('.standing button', { hasText: 'Notér, at den er offentliggjort' })
        .click();
      await phone.locator('.stands').getByText('Offentliggjort').waitFor();
      await phone.getByText('Spørg lederen, hvis noget skal ud af det.').waitFor();
      await gone(phone.getByRole('button', { name: /^Tag det ud/ }));
      const id = await point(ADULTS).locator('[data-do=dispute]').getAttribute('value');
      await phone.evaluate((value) => {
        const late = Object.assign(document.createElement('button'), { value });
        late.dataset.do = 'take_out_now';
        document.querySelector('#app').append(late);
        late.click();
        late.remove();
      }, id);
      const alert = phone.getByRole('alert');
      await alert.getByText('Referatet er offentliggjort, så det kan ikke tages ud').waitFor();
      await point(ADULTS).waitFor();
      await it.picture('own-published', { phone, leader });

      // A month later they are not fetched here any more, and that is said.
      assert.ok((await send('meeting.keep', { days: 90 })).ok);
      await it.later(31 * 86_400_000);
      await phone.locator('.stands').getByText('Det kunne hentes her til').waitFor();
      await gone(phone.getByRole('button', { name: 'Hent referat' }));
      await point(ADULTS).waitFor();
      assert.match(await fileOf(phone, 'Hent det, jeg har skrevet'), /Flere voksne ude/);
    }),
);

test(
  'once_the_meeting_is_erased_nothing_is_left_to_fetch_or_to_take_out_and_that_is_said',
  { timeout: 300000 },
  () =>
    stage(
      agenda,
      async (it) => {
        const { console_, links, code, server } = it;
        const phone = await it.join('Mette');
        const { send } = await wire(console_, code);
        assert.ok((await send('meeting.start', {})).ok);
        await phone.getByLabel('Skriv en pointe').fill(BOXES);
        await phone.getByRole('button', { name: 'Vis på tavlen', exact: true }).click();
        await phone.locator('.points').getByText(BOXES).waitFor();
        assert.ok((await send('meeting.close', {})).ok);
        await phone.locator('.own li', { hasText: BOXES }).waitFor();

        await it.later(31 * 86_400_000);
        await phone.getByText('Mødet er slettet.').waitFor();
        for (const name of ['Hent det, jeg har skrevet', 'Hent referat', 'Tag det ud'])
          await gone(phone.getByRole('button', { name }));
        assert.ok(!(await phone.content()).includes(BOXES));
        await it.picture('own-erased', { phone });
        const key = new URL(links.leader).hash.slice(1);
        const answer = await fetch(`${server.url}/api/meetings/${code}/minutes?format=md`, {
          headers: { authorization: `Bearer ${key}` },
        });
        assert.equal((await answer.json()).code, 'erased');
        // The phone may ask for the minutes while that is done, or before it hears of it.
      },
      { trouble: [/status of (410|503)/] },
    ),
);
