// lan.test.js -- a school's own network: plain HTTP at an address of it, where browsers have no
// crypto.subtle, no randomUUID, no Wake Lock, no clipboard, no service worker. The browser stands
// in a network namespace of its own and reaches nothing but the server. Says that it was skipped
// where namespaces cannot be made.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program as chromium, test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { browser, serverAt, shots, sizes } from './browser.js';
import { lead } from './stage.js';

const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8' });

/**
 * A namespace behind a cable to this machine: our end's address, and a Chromium that starts in it.
 * Or why there is none.
 */
function network() {
  const name = `runde${process.pid}`;
  const [near, far] = [`rn${process.pid}`, `rf${process.pid}`];
  const net = `10.${200 + (process.pid % 50)}.${(process.pid >> 8) & 255}`;
  const folder = mkdtempSync(join(tmpdir(), 'runde-lan-'));
  const program = join(folder, 'chromium');
  // And not `ip -n`, which mounts /sys anew: a root that is no mount point of its own refuses.
  const inside = ['nsenter', `--net=/run/netns/${name}`];
  const end = () => {
    run('ip', 'link', 'del', near);
    run('ip', 'netns', 'del', name);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const words of [
    ['ip', 'netns', 'add', name],
    ['ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name],
    ['ip', 'addr', 'add', `${net}.1/24`, 'dev', near],
    ['ip', 'link', 'set', near, 'up'],
    [...inside, 'ip', 'addr', 'add', `${net}.2/24`, 'dev', far],
    [...inside, 'ip', 'link', 'set', far, 'up'],
    [...inside, 'ip', 'link', 'set', 'lo', 'up'],
  ]) {
    const { status, error, stderr } = run(...words);
    if (status === 0) continue;
    end();
    return { why: `no network namespace: ${(error?.message ?? stderr).trim()}` };
  }
  writeFileSync(program, `#!/bin/sh\nexec ${inside.join(' ')} ${chromium} "$@"\n`);
  chmodSync(program, 0o755);
  return { address: `${net}.1`, program, end };
}

/** What browsers give to trusted pages alone. */
const powers = (page) =>
  page.evaluate(
    () =>
      [
        isSecureContext,
        crypto.subtle,
        crypto.randomUUID,
        navigator.wakeLock,
        navigator.clipboard,
        navigator.serviceWorker,
      ].filter(Boolean).length,
  );

const agenda = {
  title: 'Teammøde',
  items: [
    {
      no: 1,
      title: 'Frikvarter',
      minutes: 20,
      parts: [
        { id: '1a', method: 'dialogue', minutes: 10, questions: ['Hvad kan vi gøre?'] },
        { id: '1b', method: 'turns', minutes: 10, title: 'På skift', questions: ['Hvad ser vi?'] },
      ],
    },
  ],
};

test(
  'a_whole_meeting_over_plain_http_in_the_local_network_needs_nothing_that_browsers_keep_for_https',
  { timeout: 900000 },
  async (t) => {
    const lan = network();
    if (lan.why) return t.skip(lan.why);
    let server, chrome; // eslint-disable-line prefer-const
    t.after(async () => {
      await chrome?.close();
      await server?.stop();
      lan.end();
    });
    server = await serverAt(`${lan.address}:0`);
    chrome = await browser(lan.program);
    const { links } = await server.meeting({ agenda });
    const picture = (page, name) => page.screenshot({ path: join(shots, `lan-${name}.png`) });

    const begin = await chrome.open(`${server.url}/`, sizes.console);
    assert.equal(await powers(begin), 0);
    await begin.getByRole('radio', { name: /Skoleudviklingssamtale/ }).check();
    await begin.getByRole('button', { name: 'Planlæg mødet' }).click();
    await begin.locator('.item').first().waitFor();
    await begin.getByRole('button', { name: 'Opret mødet' }).click();
    await begin.locator('.ready').waitFor();
    await picture(begin, 'start');
    await begin.close();

    const console_ = await chrome.open(links.console, sizes.console);
    const board = await chrome.open(links.board, sizes.board);
    const phone = await chrome.open(links.join, sizes.phone);
    for (const page of [console_, board, phone]) assert.equal(await powers(page), 0);
    await phone.getByLabel('Navn').fill('Mette');
    await phone.getByRole('button', { name: 'Deltag' }).click();
    await phone.getByText('Du er med, Mette').waitFor();
    await phone.getByText('Skærmen slukker måske').waitFor();
    await picture(phone, 'phone-lobby');
    await console_.getByRole('button', { name: 'Links og tavle' }).click();
    await console_.getByRole('button', { name: 'Kopiér' }).first().click();
    await console_.getByText('Kopieret').first().waitFor();
    await picture(console_, 'console-links');
    await console_.keyboard.press('Escape');

    await lead(console_, 'Begynd mødet', phone.getByText('Hvad kan vi gøre?'));
    await phone.getByLabel('Skriv en pointe').fill('Legekasser til alle');
    await phone.getByRole('button', { name: 'Vis på tavlen' }).click();
    await board.getByText('Legekasser til alle').first().waitFor();
    await phone.locator('.drawer > summary').click();
    await phone.locator('.drawer textarea').fill('De store tager banen');
    await phone.getByText('✓ Gemt').waitFor();
    await phone.reload();
    await phone.locator('.points').getByText('Legekasser til alle').waitFor();
    await phone.locator('.drawer > summary').click();
    await becomes(() => phone.locator('.drawer textarea').inputValue(), 'De store tager banen');

    await lead(
      console_,
      'Næste: På skift',
      console_.locator('main').getByText('Hvad ser vi?').first(),
    );
    await lead(console_, 'Giv ordet til Mette', phone.getByText('du har ordet'));
    await phone.locator('.speak').getByText('De store tager banen').waitFor();
    await picture(phone, 'phone-turn');
    await picture(board, 'board');
    await phone.getByRole('button', { name: 'Giv ordet videre' }).click();
    await phone.getByText('Vis dine noter på tavlen?').waitFor();
    await phone.getByRole('button', { name: /^Vis mi/ }).click();
    await board.getByText('De store tager banen').first().waitFor();
    const minutes = await chrome.open(links.scribe, sizes.console);
    await minutes.getByText('De store tager banen').first().waitFor();
    await picture(minutes, 'minutes');
    assert.deepEqual(chrome.trouble, []);
  },
);
