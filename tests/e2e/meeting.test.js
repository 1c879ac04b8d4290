// meeting.test.js -- the real agenda from lobby to minutes.
import assert from 'node:assert/strict';
import { test } from '../support/chromium.js';
import { browser, server } from './browser.js';
import { people, wholeMeeting, written } from './meeting.js';

test('a whole meeting, from lobby to minutes', { timeout: 900000 }, async (t) => {
  const running = await server('--log', 'debug');
  t.after(() => running.stop()); // Or a test that failed would wait for it for ever.
  const chrome = await browser();
  t.after(() => chrome.close());
  const { links } = await running.meeting({ template: 'skoleudviklingssamtale' });
  await wholeMeeting({ links, chrome, restart: () => running.restart() });
  // The log names the meeting, and nobody and nothing of it.
  const secrets = Object.values(links).map((link) => new URL(link).hash.slice(1));
  assert.match(running.log(), /listening/);
  for (const words of [...written, ...people.flat(), ...secrets.filter(Boolean)])
    assert.ok(!running.log().includes(words), words);
});
