// stage.js -- what a test of the round stands in: a server whose clock can be moved, a way to it
// that can fail, a meeting with its console and its board, and phones.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chaos } from '../support/chaos.js';
import { leave } from '../support/chromium.js';
import { clockFile } from '../support/clock_file.js';
import { browser, server as serve, shots, sizes } from './browser.js';

/**
 * The page asks for the time anew, and for a connection where it has none: as if it had been woken.
 */
export const wake = (page) => page.evaluate(() => void dispatchEvent(new Event('online')));

/**
 * Runs `use` in a meeting of this agenda, in the lobby, and looks that no page had trouble.
 * @param {object} agenda
 * @param {(it: any) => Promise<void>} use
 * @param {{sockets?: boolean, journal?: string, trouble?: RegExp[]}} [how]  sockets: whether the network lets
 *   WebSockets through; journal: a database for the meetings; trouble: what a page may complain of
 */
export async function stage(agenda, use, { sockets = true, journal = '', trouble = [] } = {}) {
  const clock = clockFile();
  const way = await chaos();
  const where = journal ? ['--journal', journal] : [];
  const server = await serve('--base-url', way.url, '--test-clock', clock.file, ...where);
  way.to(server.url);
  const chrome = await browser();
  try {
    const { links, code } = await server.meeting({ agenda });
    if (!sockets) way.instead(`/ws/${code}`, 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    const by = (link) => (sockets ? link : way.url + link.slice(server.url.length));
    const console_ = await chrome.open(by(links.console), sizes.console);
    const board = await chrome.open(by(links.board), sizes.board);
    const pages = [console_, board];
    /** A phone of those who come, by the way that can fail; or where `sure`, past it. */
    const join_ = async (names, { sure = false } = {}) => {
      const [name, other] = [names].flat();
      const phone = await chrome.open(
        (sure ? server.url : way.url) + new URL(links.join).pathname,
        sizes.phone,
      );
      pages.push(phone);
      if (other) await phone.getByRole('combobox').last().selectOption('2');
      await phone.locator('[name=name]').fill(name);
      if (other) await phone.locator('[name=name2]').fill(other);
      await phone.getByRole('button', { name: 'Deltag' }).click();
      await phone.getByText(`Du er med, ${other ? `${name} og ${other}` : name}`).waitFor();
      return phone;
    };
    await use({
      ...{ way, server, chrome, console_, board, links, code, pages },
      join: join_,
      /** So much time goes by, for everybody. */
      async later(ms) {
        clock.move(ms);
        for (const page of pages) if (!page.isClosed()) await wake(page);
      },
      /** … for the server alone. */
      moveClock: clock.move,
      /** A picture of each of these pages. */
      async picture(name, views) {
        for (const [view, page] of Object.entries(views))
          await page.screenshot({ path: join(shots, `${name}-${view}.png`) });
      },
      /** Every contribution's text, as the minutes have it. */
      async written() {
        const key = new URL(links.console).hash.slice(1);
        const answer = await fetch(
          `${server.url}/api/meetings/${code}/minutes?edition=participants&format=md`,
          { headers: { authorization: `Bearer ${key}` } },
        );
        return answer.text();
      },
    });
    const told = [...trouble, ...(sockets ? [] : [/WebSocket connection to .* failed/])];
    assert.deepEqual(
      chrome.trouble.filter((each) => !told.some((known) => known.test(JSON.stringify(each)))),
      [],
    );
  } catch (error) {
    await leave();
    throw error;
  } finally {
    await chrome.close();
    await server.stop();
    await way.end();
    clock.end();
  }
}

/**
 * Presses the wide button that says so, until it is done: the console takes a second press at once
 * for a slip. A press that is not needed any more finds no button, or is refused by the server.
 */
export async function lead(console_, label, done) {
  for (let tries = 0; tries < 20 && !(await done.count()); tries++) {
    await console_
      .locator('main .big', { hasText: label })
      .click({ timeout: 3000 })
      .catch(() => {});
    await console_.waitForTimeout(400);
  }
  await done.waitFor();
}

/** The meeting begins. */
export const begin = (console_) =>
  lead(console_, 'Begynd mødet', console_.getByRole('button', { name: /^Pause/ }));

/** A seat for somebody without a phone. */
export async function addSeat(console_, name) {
  await console_.getByRole('button', { name: 'Tilføj plads' }).first().click();
  await console_.locator('dialog [name=name]').fill(name);
  await console_.locator('dialog .go').click();
  await console_.locator('.people').getByText(name, { exact: true }).first().waitFor();
}

/** The console writes down what somebody says. */
export async function writeFor(console_, name, text) {
  await console_.getByRole('button', { name: 'Skriv for en' }).last().click();
  await console_.locator('dialog select[name=seat]').selectOption({ label: name });
  await console_.locator('dialog [name=text]').fill(text);
  await console_.locator('dialog .go').click();
  await console_.locator('dialog').waitFor({ state: 'detached' });
}

/** The console's own wire, for what this test leads: commands and the facts that were heard. */
export async function wire(console_, code) {
  await console_.evaluate(
    (meeting) =>
      new Promise((ready) => {
        const socket = new WebSocket(`ws://${location.host}/ws`, 'runde.v1');
        const heard = [];
        const waiting = new Map();
        socket.onopen = () =>
          socket.send(
            JSON.stringify({ hello: { as: 'console', meeting, key: location.hash.slice(1) } }),
          );
        socket.onmessage = ({ data }) => {
          const frame = JSON.parse(data);
          const now = Date.now();
          heard.push(...(frame.facts ?? []).map((fact) => ({ ...fact, heard: now })));
          waiting.get(frame.re)?.(frame);
          if (frame.snapshot) ready(undefined);
        };
        const send = (name, fields) =>
          new Promise((done) => {
            const id = `00000000-0000-4000-8000-${String(waiting.size).padStart(12, '0')}`;
            waiting.set(id, done);
            socket.send(JSON.stringify({ id, do: name, with: fields }));
          });
        /** @type {any} */ (globalThis).wire = { heard, send };
      }),
    code,
  );
  return {
    send: (name, fields) =>
      console_.evaluate(([a, b]) => globalThis.wire.send(a, b), [name, fields]),
    /** The phone of this name that knocks. */
    async knock(name) {
      const found = await console_.waitForFunction(
        (wanted) =>
          globalThis.wire.heard.find((each) => each.fact === 'knock.added' && each.name === wanted)
            ?.phone,
        name,
      );
      return found.jsonValue();
    },
  };
}
