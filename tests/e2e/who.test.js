// who.test.js -- who is who: people of one name are asked and told apart, a seat goes to another
// phone by the console's leave, and whom the console takes out is out until let in again.
import { join } from 'node:path';
import { test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { shots, sizes } from './browser.js';
import { stage } from './stage.js';

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [{ id: '1a', method: 'turns', minutes: 20, questions: ['Hvad kan vi gøre?'] }],
    },
  ],
};

/** A phone that gives this name and function. */
const come = async ({ chrome, server, links }, name, job = '') => {
  const phone = await chrome.open(server.url + new URL(links.join).pathname, sizes.phone);
  await phone.locator('[name=name]').fill(name);
  if (job) await phone.locator('[name=function]').fill(job);
  await phone.getByRole('button', { name: 'Deltag' }).click();
  return phone;
};
const picture = (page, name) => page.screenshot({ path: join(shots, `${name}.png`) });
const asked = 'Er du den Mette, der var her før?';

test('people_of_one_name_are_asked_told_apart_and_one_moves_to_another_phone', async () => {
  await stage(agenda, async (it) => {
    const first = await come(it, 'Mette', 'Lærer');
    await first.getByText('Du er med, Mette').waitFor();
    const second = await come(it, 'Mette', 'Elev');
    await second.getByRole('heading', { name: asked }).waitFor();
    await picture(second, 'who-same');
    await second.setViewportSize({ width: 320, height: 568 });
    await picture(second, 'who-same-320');
    await second.setViewportSize(sizes.phone);
    await second.getByRole('button', { name: 'Nej, jeg er en anden' }).click();
    // Told apart everywhere, also where there was but one before.
    await second.getByText('Du er med, Mette (Elev)').waitFor();
    await first.getByText('Du er med, Mette (Lærer)').waitFor();
    for (const name of ['Mette (Lærer)', 'Mette (Elev)']) {
      await it.board.getByText(name, { exact: true }).first().waitFor();
      await it.console_.locator('.people').getByText(name, { exact: true }).first().waitFor();
    }
    await picture(it.board, 'who-board');
    // The pupil's phone is dead; she comes on another one.
    await second.close();
    const again = await come(it, 'mette', 'elev');
    await again.getByRole('heading', { name: 'Er du den mette, der var her før?' }).waitFor();
    await again.getByRole('button', { name: 'Ja, det er mig' }).click();
    await again.getByText('Mødelederen er spurgt').waitFor();
    await picture(again, 'who-same-waits');
    const knock = it.console_.locator('.knocks li');
    await knock.getByText('Mette (Elev) er på en ny telefon. Må den få pladsen?').waitFor();
    await picture(it.console_, 'who-console-knock');
    await knock.getByRole('button', { name: 'Giv den pladsen' }).click();
    await again.getByText('Du er med, Mette (Elev)').waitFor();
    await becomes(() => it.console_.locator('.people > li').count(), 2);
  });
});

test('whom_the_console_takes_out_is_out_until_it_lets_them_in_again', async () => {
  await stage(agenda, async (it) => {
    const { console_ } = it;
    const phone = await come(it, 'Mette', 'Lærer');
    await phone.getByText('Du er med, Mette').waitFor();
    await console_.locator('.people .who').first().click();
    await console_.getByText('Ved ”Gået” er telefonen ude').waitFor();
    await picture(console_, 'who-console-menu');
    await console_.getByRole('button', { name: 'Gået', exact: true }).click();
    await phone.getByRole('heading', { name: 'Du er ikke med i mødet længere' }).waitFor();
    await picture(phone, 'who-out');
    await console_.getByText('Mette er ude af mødet.').waitFor();
    // Another page, with another name, is the same phone.
    const other = await phone.context().newPage();
    await other.goto(phone.url());
    await other.getByRole('heading', { name: 'Du er ikke med i mødet længere' }).waitFor();
    await other.close();
    await it.server.restart();
    await phone.getByRole('button', { name: 'Bed om at komme ind igen' }).click();
    await phone.getByRole('heading', { name: 'Mødelederen er spurgt' }).waitFor();
    await picture(phone, 'who-asked');
    await console_.getByText('Mette er ude af mødet og vil ind igen.').waitFor();
    await console_.locator('.knocks').getByRole('button', { name: 'Luk ind', exact: true }).click();
    await phone.getByText('Du er med, Mette').waitFor();
    await becomes(() => console_.locator('.people > li').count(), 1);
    // Taken back at once: the phone comes again by itself.
    await console_.getByRole('button', { name: 'Gået', exact: true }).click();
    await phone.getByRole('heading', { name: 'Du er ikke med i mødet længere' }).waitFor();
    await console_.locator('.toast').getByRole('button', { name: 'Fortryd' }).click();
    await phone.getByText('Du er med, Mette').waitFor();
  });
});
