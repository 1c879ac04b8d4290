// lan.test.js -- a school's own network: plain HTTP at an address of it, where browsers have no
// crypto.subtle, no randomUUID, no Wake Lock, no clipboard, no service worker. Server and browser
// stand in a network namespace of their own and reach nothing else. Says that it was skipped where
// namespaces cannot be made.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { program as chromium, test } from '../support/chromium.js';
import { becomes } from '../support/soon.js';
import { binary, browser, serverAt, shots, sizes } from './browser.js';
import { begin, lead } from './stage.js';

/**
 * A namespace with a cable whose two ends are both in it: nothing of this machine's own network
 * changes, for that would break what other browsers are fetching (ERR_NETWORK_CHANGED); nor does it
 * give itself an address of IPv6 a second later. It is gone when whoever holds it has ended. An address in it, and how a program gets in; or why there is none.
 */
async function network() {
  const address = '10.77.0.1';
  const cable = [
    'ip link set lo up',
    'ip link add near type veth peer name far',
    'ip link set near addrgenmode none',
    'ip link set far addrgenmode none',
    `ip addr add ${address}/24 dev near`,
    'ip link set near up',
    'ip link set far up',
    'echo ready',
    'exec cat',
  ];
  const holder = spawn('unshare', ['--net', 'sh', '-ec', cable.join('\n')]);
  let said = '';
  const ready = await new Promise((resolve) => {
    holder.once('error', (error) => resolve(void (said = error.message)));
    holder.once('close', () => resolve(false));
    holder.stderr.on('data', (bytes) => (said += bytes));
    holder.stdout.once('data', () => resolve(true));
  });
  if (!ready) return { why: `no network namespace: ${said.trim()}` };
  const folder = mkdtempSync(join(tmpdir(), 'runde-lan-'));
  return {
    address,
    /** A program that is this one, inside. */
    inside(program) {
      const file = join(folder, basename(program));
      writeFileSync(
        file,
        `#!/bin/sh\nexec nsenter --net=/proc/${holder.pid}/ns/net ${program} "$@"\n`,
      );
      chmodSync(file, 0o755);
      return file;
    },
    end() {
      holder.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
    const lan = await network();
    if (lan.why) return t.skip(lan.why);
    let server, chrome; // eslint-disable-line prefer-const
    t.after(async () => {
      await chrome?.close();
      await server?.stop();
      lan.end();
    });
    server = await serverAt(`${lan.address}:0`, lan.inside(binary));
    chrome = await browser(lan.inside(chromium));
    const picture = (page, name) => page.screenshot({ path: join(shots, `lan-${name}.png`) });

    const planner = await chrome.open(`${server.url}/`, sizes.console);
    assert.equal(await powers(planner), 0);
    const { links } = await planner.evaluate(
      async (body) => (await fetch('/api/meetings', { method: 'POST', body })).json(),
      JSON.stringify({ agenda }),
    );
    await planner.getByRole('radio', { name: /Skoleudviklingssamtale/ }).check();
    await planner.getByRole('button', { name: 'Planlæg mødet' }).click();
    await planner.locator('.item').first().waitFor();
    await planner.getByRole('button', { name: 'Opret mødet' }).click();
    await planner.locator('.ready').waitFor();
    await picture(planner, 'start');
    await planner.close();

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

    await begin(console_);
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
