import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announce } from '../../web/console/announce.js';
import { drafts } from '../../web/console/drafts.js';
import { keyAction, KEYS } from '../../web/console/keys.js';

test('each key on a button does one thing, in either case', () => {
  assert.equal(new Set(KEYS.map(([key]) => key)).size, KEYS.length);
  assert.equal(new Set(KEYS.map(([, name]) => name)).size, KEYS.length);
  assert.equal(keyAction({ key: 'P' }), 'pause');
  assert.equal(keyAction({ key: 'p' }), 'pause');
  assert.equal(keyAction({ key: '-' }), 'less');
  assert.equal(keyAction({ key: '?' }), 'keys');
  assert.equal(keyAction({ key: 'q' }), null);
});

test('nothing happens while somebody writes', () => {
  for (const tagName of ['INPUT', 'TEXTAREA', 'SELECT'])
    for (const key of [' ', 'Enter', 'p', 'z'])
      assert.equal(keyAction({ key, target: { tagName } }), null, `${tagName} ${key}`);
  assert.equal(keyAction({ key: 'p', target: { tagName: 'DIV', isContentEditable: true } }), null);
});

test('space and Enter belong to the button that has the focus, letters do not', () => {
  assert.equal(keyAction({ key: ' ', target: { tagName: 'BUTTON' } }), null);
  assert.equal(keyAction({ key: 'Enter', target: { tagName: 'A' } }), null);
  assert.equal(keyAction({ key: ' ', target: { tagName: 'BODY' } }), 'primary');
  assert.equal(keyAction({ key: 'p', target: { tagName: 'BUTTON' } }), 'pause');
});

test('a key that is held down, or pressed with another, is not ours', () => {
  assert.equal(keyAction({ key: ' ', repeat: true }), null);
  for (const with_ of ['ctrlKey', 'metaKey', 'altKey'])
    assert.equal(keyAction({ key: 'z', [with_]: true }), null);
});

/** What is said while a clock runs down a second at a time. */
const heard = (from, to, of = () => 'a') => {
  const said = [];
  let before = null;
  for (let rest = from; rest >= to; rest -= 1000) {
    before = announce(before, rest, of(rest));
    if (before.text) said.push(`${before.text}@${rest / 1000}`);
  }
  return said;
};

test('time is told at a minute, at 15 seconds and at the end, and once each', () => {
  assert.deepEqual(heard(125000, -30000), ['minute@60', 'quarter@15', 'end@0']);
  assert.deepEqual(heard(40000, 20000), []);
});

test('a clock that was not running before is not told until it passes a mark', () => {
  assert.deepEqual(
    heard(125000, 0, (rest) => (rest > 50000 ? 'a' : 'b')),
    ['minute@60', 'quarter@15', 'end@0'],
  );
  assert.equal(
    announce({ rest: 90000, of: 'a', text: '' }, 45000, 'b').text,
    '',
    'another speaker with less time',
  );
  assert.equal(announce({ rest: null, of: 'a', text: '' }, 45000, 'a').text, '', 'after a pause');
  assert.equal(announce({ rest: 90000, of: 'a', text: '' }, null, 'a').text, '');
});

test('after a sleep only the last mark that went by is told', () => {
  assert.equal(announce({ rest: 90000, of: 'a', text: '' }, -5000, 'a').text, 'end');
});

function desk() {
  const timers = new Map();
  const log = [];
  const replies = [];
  let ids = 0;
  const it = drafts({
    changed: () => log.push('drawn'),
    refused: (code) => log.push(`refused ${code}`),
    setTimer: (fn) => (timers.set(++ids, fn), ids),
    clearTimer: (id) => timers.delete(id),
  });
  const save = (text) => (
    log.push(`save ${text}`),
    Promise.resolve(replies.shift() ?? { ok: true })
  );
  return {
    it,
    save,
    log,
    replies,
    pause: () => Promise.all([...timers.values()].map((fn) => fn())),
  };
}

test('a text that is being written shows until it is saved, whatever others write', async () => {
  const { it, save, pause, log } = desk();
  it.write('a', 'Fri', save);
  it.write('a', 'Frikvarter', save);
  assert.equal(it.read('a', 'from the server'), 'Frikvarter');
  assert.equal(it.read('b', 'from the server'), 'from the server');
  await pause();
  assert.deepEqual(log, ['save Frikvarter', 'drawn'], 'once for a pause, not for each letter');
  assert.equal(it.read('a', 'from the server'), 'from the server');
});

test('what is written on while it is being saved is kept', async () => {
  const { it, save } = desk();
  it.write('a', 'Fri', save);
  const saving = it.flush('a');
  it.write('a', 'Frikvarter', save);
  await saving;
  assert.equal(it.read('a', ''), 'Frikvarter');
});

test('what is refused stays in the field and is told', async () => {
  const { it, save, replies, log } = desk();
  replies.push({ ok: false, code: 'offline' });
  it.write('a', 'Fri', save);
  await it.flush('a');
  assert.equal(it.read('a', ''), 'Fri');
  assert.ok(log.includes('refused offline'));
});

test('saying the same again is no fault', async () => {
  const { it, save, replies, log } = desk();
  replies.push({ ok: false, code: 'nothing_changed' });
  it.write('a', 'Fri', save);
  await it.flush('a');
  assert.equal(it.read('a', 'Fri'), 'Fri');
  assert.ok(!log.some((each) => each.startsWith('refused')));
});

test('a text that is only sent whole is never saved by itself', async () => {
  const { it, pause, log } = desk();
  it.write('new', 'En opgave');
  await pause();
  await it.flush('new');
  assert.deepEqual(log, []);
  assert.equal(it.read('new', ''), 'En opgave');
  it.drop('new');
  assert.equal(it.read('new', ''), '');
});
