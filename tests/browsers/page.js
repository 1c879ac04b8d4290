// page.js -- what somebody does at a page, with the pointer and the keys that a browser is given.
//
// A thing of the page is named by its selector, and by words that stand in it or are its name:
// 'button', or ['button', 'Deltag'].
import assert from 'node:assert/strict';
import { soon } from '../support/soon.js';

/** What WebDriver calls this key. */
const ENTER = '\uE007';
const POINTER = { type: 'pointer', id: 'pointer', parameters: { pointerType: 'mouse' } };

/** Runs in the page: where the thing is, once it can be pressed; or why not. stay: nothing scrolls */
function place(selector, words, stay) {
  const name = (each) =>
    (each.getAttribute('aria-label') ?? each.innerText ?? '').replace(/\s+/g, ' ');
  const one = [...document.querySelectorAll(selector)].find(
    (each) => each.getClientRects().length && (!words || name(each).includes(words)),
  );
  if (!one) return 'not there';
  if (!stay) one.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = one.getBoundingClientRect();
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  const there = document.elementFromPoint(x, y);
  if (!one.contains(there) && !there?.contains(one)) return `under ${there?.outerHTML}`;
  return [x, y];
}

/** Runs in the page: what goes wrong in it from now on. */
function listen() {
  const it = /** @type {any} */ (globalThis);
  if (it.wrongs) return;
  it.wrongs = [];
  addEventListener('error', (event) => it.wrongs.push(`${event.message}`));
  addEventListener('unhandledrejection', (event) => it.wrongs.push(`${event.reason}`));
}

/** @param {any} driver  see webdriver.js */
export function pageOf(driver) {
  const named = (what) => (Array.isArray(what) ? what : [what, null]);
  const trouble = [];
  const keepTrouble = async () =>
    trouble.push(
      ...(await driver.run(() => /** @type {any} */ (globalThis).wrongs?.splice(0) ?? [])),
    );
  const where = (what) =>
    soon(async () => {
      const at = await driver.run(place, ...named(what));
      assert.ok(Array.isArray(at), `${named(what).join(' ')}: ${at}`);
      return at;
    });
  const move = ([x, y]) => ({ type: 'pointerMove', x, y, duration: 0, origin: 'viewport' });
  const down = { type: 'pointerDown', button: 0 };
  const up = { type: 'pointerUp', button: 0 };
  const keys = (list) => ({ type: 'key', id: 'keys', actions: list });
  const it = {
    ...driver,
    trouble,
    /** What has gone wrong so far is in `trouble`. */
    look: keepTrouble,
    async go(url) {
      await keepTrouble();
      await driver.go(url);
      await driver.run(listen);
    },
    /** At once: nothing is asked before the page is left. */
    async reload() {
      await driver.run(() => location.reload());
      const isNew = () =>
        document.readyState === 'complete' && !(/** @type {any} */ (globalThis).wrongs);
      await soon(async () => assert.ok(await driver.run(isNew).catch(() => false)));
      await driver.run(listen);
    },
    async leave() {
      await keepTrouble();
      await driver.go('about:blank');
    },
    async press(what) {
      const actions = [move(await where(what)), down, up];
      await driver.act([{ ...POINTER, actions }]);
    },
    async type(text) {
      const pressed = [...text.replaceAll('\n', ENTER)].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await driver.act([keys(pressed)]);
    },
    /** Presses a field, and writes over what stands in it. */
    async fill(what, text) {
      await it.press(what);
      await soon(() =>
        driver.run(() => /** @type {HTMLInputElement} */ (document.activeElement).select()),
      );
      await it.type(text);
    },
    /** Presses a field, and writes on. */
    async append(what, text) {
      await it.press(what);
      await driver.run(() => {
        const field = /** @type {HTMLTextAreaElement} */ (document.activeElement);
        field.setSelectionRange(field.value.length, field.value.length);
      });
      await it.type(text);
    },
    /** By the pointer, with moves on the way as a hand makes them. */
    async drag(what, target, below = 0) {
      // A page may still move under the hand: what was typed last is scrolled to. Both places are
      // known once they are twice the same.
      let before;
      const [from, [x, y]] = await soon(async () => {
        const places = [
          await driver.run(place, ...named(what)),
          await driver.run(place, ...named(target), true),
        ];
        assert.ok(places.every(Array.isArray), `${what} to ${target}: ${places.join(', ')}`);
        const still = JSON.stringify(places);
        const last = before;
        before = still;
        assert.equal(still, last);
        return places;
      });
      const steps = [1, 2, 3, 4].map((n) =>
        move([
          Math.round(from[0] + ((x - from[0]) * n) / 4),
          Math.round(from[1] + ((y + below - from[1]) * n) / 4),
        ]),
      );
      await driver.act([{ ...POINTER, actions: [move(from), down, ...steps, up] }]);
    },
    /** Waits until these words are to be read. */
    see: (words, selector = 'body') =>
      soon(async () => {
        const text = await it.text(selector);
        assert.ok(text.includes(words), `no "${words}" in: ${text}`);
      }),
    /** … and are not. */
    gone: (words, selector = 'body') =>
      soon(async () => assert.ok(!(await it.text(selector)).includes(words), `still: ${words}`)),
    text: (selector) =>
      driver.run(
        (wanted) =>
          [...document.querySelectorAll(wanted)]
            .map((each) => each.innerText.replace(/[^\S\n]+/g, ' '))
            .join('\n'),
        selector,
      ),
    value: (selector) =>
      driver.run((wanted) => document.querySelector(wanted)?.value ?? null, selector),
    async close() {
      await keepTrouble().catch(() => {});
      await driver.close();
    },
  };
  return it;
}
