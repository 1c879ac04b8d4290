// A text that two phones write: nothing of either is lost, and both end with the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { added, isTooLong, joint, merged } = await import('../../web/phone/joint.js');

const { clean } = await import('../../web/shared/clean.js');

const settled = () => new Promise((done) => setImmediate(done));

/**
 * A server with one text, told to phones only when `hear` says so. `phone()` is one of them, with a
 * clock of its own; `reload()` is the same phone with a new page.
 */
function world() {
  const server = { text: '', seq: 1, open: true };
  const done = new Map();
  const answer = (fields, id) => {
    if (done.has(id)) return done.get(id);
    const [text, base] = [clean(fields.text), clean(fields.base)];
    const code = !server.open
      ? 'part_over'
      : text === server.text
        ? 'nothing_changed'
        : base !== server.text
          ? 'text_changed'
          : '';
    if (code) return { ok: false, code };
    server.text = text;
    done.set(id, { ok: true, seq: ++server.seq });
    return done.get(id);
  };
  let ids = 0;
  const phone = (kept = {}) => {
    const state = { text: server.text, seq: server.seq, open: true };
    const sent = [];
    const timers = [];
    const refused = [];
    let online = true;
    const waiting = [];
    const make = () =>
      joint({
        kept,
        save: () => {},
        texts: () =>
          state.open ? [{ key: 'k', do: 'pairs.write', with: { pair: 1 }, text: state.text }] : [],
        seq: () => state.seq,
        send: (name, fields, { id }) =>
          new Promise((back) => {
            sent.push({ name, ...fields, id });
            const go = () => back(answer(fields, id));
            if (online) go();
            else waiting.push(go);
          }),
        refused: (entry) => refused.push(entry),
        changed: () => {},
        newId: () => `id${++ids}`,
        setTimer: (fn) => timers.push(fn),
      });
    const it = {
      kept,
      sent,
      refused,
      box: make(),
      type: (text) => it.box.write('k', text),
      field: () => it.box.read('k').text,
      async pause() {
        timers.splice(0).forEach((fn) => fn());
        await settled();
      },
      async hear() {
        Object.assign(state, { text: server.text, seq: server.seq, open: server.open });
        it.box.look();
        await settled();
      },
      offline() {
        online = false;
      },
      async back() {
        online = true;
        waiting.splice(0).forEach((go) => go());
        await settled();
      },
      reload() {
        timers.length = waiting.length = 0;
        online = true;
        it.box = make();
      },
    };
    return it;
  };
  return { server, phone };
}

test('what_is_added_begins_with_a_whole_word', () => {
  assert.equal(added('Flere vok', 'Flere voksne'), 'voksne');
  assert.equal(added('Flere voksne', 'Flere voksne ude'), 'ude');
  assert.equal(added('', 'Flere voksne'), 'Flere voksne');
  assert.equal(added('Flere voksne', 'Færre voksne'), 'Færre voksne');
  assert.equal(added('Flere voksne ude', 'Flere'), '', 'what was only taken away adds nothing');
});

test('both_texts_are_kept_theirs_first_then_a_new_line_and_ones_own', () => {
  assert.equal(merged('', 'Min', 'Deres'), 'Deres\nMin');
  assert.equal(
    merged('Fælles', 'Fælles, og min', 'Fælles og deres'),
    'Fælles og deres\nFælles, og min',
  );
  assert.equal(merged('Fælles', 'Fælles og min', 'Fælles og deres'), 'Fælles og deres\nog min');
  assert.equal(merged('', 'Det samme', 'Det samme'), 'Det samme');
  assert.equal(merged('', 'Min', 'Deres\nMin'), 'Deres\nMin', 'once is enough');
  assert.equal(merged('a', '', 'a b'), 'a b');
});

test('a_text_is_sent_when_the_writer_pauses_on_the_one_that_it_was_written_on', async () => {
  const { server, phone } = world();
  const a = phone();
  a.type('Fl');
  a.type('Flere');
  assert.deepEqual(a.sent, []);
  assert.deepEqual(a.box.read('k'), { text: 'Flere', pending: true });
  await a.pause();
  assert.deepEqual(
    a.sent.map(({ name, pair, text, base }) => [name, pair, text, base]),
    [['pairs.write', 1, 'Flere', '']],
  );
  assert.equal(server.text, 'Flere');
  assert.deepEqual(a.box.read('k'), { text: 'Flere', pending: false }, 'before the fact has come');
  await a.hear();
  assert.deepEqual(a.kept, {});
});

test('the_others_text_appears_while_one_writes_nothing', async () => {
  const { phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('Flere voksne');
  await a.pause();
  await b.hear();
  assert.equal(b.field(), 'Flere voksne');
  b.type('Flere voksne ude');
  await b.pause();
  await a.hear();
  await b.hear();
  assert.deepEqual([a.field(), b.field()], ['Flere voksne ude', 'Flere voksne ude']);
});

test('two_who_write_at_once_end_with_the_same_text_and_every_word_in_it', async () => {
  for (const heard of [true, false]) {
    const { server, phone } = world();
    const [a, b] = [phone(), phone()];
    a.type('Legekasser');
    b.type('Flere voksne');
    await a.pause();
    if (heard) await b.hear();
    assert.equal(b.field(), 'Flere voksne', 'nothing is pulled away under who writes');
    await b.pause();
    await b.hear();
    await a.hear();
    await b.hear();
    assert.equal(server.text, 'Legekasser\nFlere voksne');
    assert.deepEqual([a.field(), b.field()], [server.text, server.text]);
    assert.deepEqual([...a.refused, ...b.refused], []);
  }
});

test('a_refusal_that_comes_before_the_others_text_waits_for_it', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('Legekasser');
  b.type('Flere voksne');
  await a.pause();
  await b.pause();
  assert.equal(b.sent.length, 1, 'asked once');
  b.box.look();
  await settled();
  assert.equal(b.sent.length, 1, 'and not again before anything is heard');
  await b.hear();
  assert.equal(server.text, 'Legekasser\nFlere voksne');
});

test('what_is_written_while_one_waits_for_an_answer_follows_it', async () => {
  const { server, phone } = world();
  const a = phone();
  a.type('Flere');
  const asked = a.pause();
  a.type('Flere voksne');
  await asked;
  assert.equal(server.text, 'Flere');
  await a.pause();
  assert.equal(server.text, 'Flere voksne');
  await a.hear();
  assert.equal(a.field(), 'Flere voksne');
});

test('without_a_connection_a_text_stays_and_goes_when_there_is_one', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.offline();
  a.type('Legekasser');
  await a.pause();
  b.type('Flere voksne');
  await b.pause();
  assert.deepEqual(a.box.read('k'), { text: 'Legekasser', pending: true });
  await a.hear();
  await a.back();
  await b.hear();
  assert.equal(server.text, 'Flere voksne\nLegekasser');
  assert.equal(b.field(), server.text);
});

test('a_reload_sends_again_under_the_same_id_and_adds_nothing_twice', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('Legekasser');
  await a.pause();
  // The answer never came: the page knows what it sent, and not that it was taken.
  Object.assign(a.kept, {
    k: {
      do: 'pairs.write',
      with: { pair: 1 },
      text: 'Legekasser',
      base: '',
      id: a.sent[0].id,
      sent: 'Legekasser',
    },
  });
  await b.hear();
  b.type('Legekasser og bolde');
  await b.pause();
  a.reload();
  await a.hear();
  assert.equal(a.sent.at(-1).id, a.sent[0].id);
  assert.equal(server.text, 'Legekasser og bolde');
  assert.equal(a.field(), server.text);
});

test('a_page_that_leaves_sends_without_waiting_for_a_pause', async () => {
  const { server, phone } = world();
  const a = phone();
  a.type('Legekasser');
  a.box.flush();
  await settled();
  assert.equal(server.text, 'Legekasser');
});

test('what_comes_too_late_stays_with_its_writer_and_is_only_what_the_others_have_not', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('Legekasser');
  await a.pause();
  await a.hear();
  await b.hear();
  a.type('Legekasser og bolde');
  b.type('Legekasser til alle');
  server.open = false;
  server.seq++;
  await a.pause();
  await b.hear();
  await b.pause();
  assert.deepEqual(
    [...a.refused, ...b.refused].map((each) => [each.with.text, each.code]),
    [
      ['og bolde', 'part_over'],
      ['til alle', 'part_over'],
    ],
  );
  assert.deepEqual([a.kept, b.kept], [{}, {}]);
});

test('a_text_that_is_too_long_is_kept_and_not_sent_until_it_is_shorter', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('a'.repeat(500));
  b.type('b'.repeat(200));
  await a.pause();
  await b.hear();
  await b.pause();
  assert.ok(isTooLong(b.field()));
  assert.equal(b.field(), `${'a'.repeat(500)}\n${'b'.repeat(200)}`);
  assert.equal(server.text, 'a'.repeat(500));
  b.type(`${'a'.repeat(500)}\nb`);
  await b.pause();
  assert.equal(server.text, `${'a'.repeat(500)}\nb`);
});

test('a_blank_at_the_end_stays_for_the_next_word', async () => {
  const { server, phone } = world();
  const [a, b] = [phone(), phone()];
  a.type('Flere ');
  await a.pause();
  assert.equal(server.text, 'Flere');
  await a.hear();
  assert.deepEqual(a.box.read('k'), { text: 'Flere ', pending: false });
  a.type('Flere voksne\n');
  await a.pause();
  await a.hear();
  assert.equal(server.text, 'Flere voksne');
  assert.equal(a.field(), 'Flere voksne\n');
  assert.deepEqual(
    a.sent.map(({ text, base }) => [text, base]),
    [
      ['Flere', ''],
      ['Flere voksne', 'Flere'],
    ],
  );
  await b.hear();
  b.type('Flere voksne ude');
  await b.pause();
  await a.hear();
  assert.deepEqual(a.box.read('k'), { text: 'Flere voksne ude', pending: false });
  assert.deepEqual(a.kept, {});
});

test('what_the_server_takes_out_is_no_change_by_somebody_else', async () => {
  for (const text of [
    'Flere\u202e voksne',
    'bl\u0061\u030a',
    '👩\u200d🏫\u200d',
    '\u200b',
    'a\n\n\n\nb',
  ]) {
    const { server, phone } = world();
    const a = phone();
    a.type(`${text} `);
    await a.pause();
    await a.hear();
    a.type(`${text} x`);
    await a.pause();
    await a.hear();
    a.box.look();
    await settled();
    assert.equal(server.text, clean(`${text} x`));
    assert.deepEqual(a.box.read('k'), { text: `${text} x`, pending: false });
    assert.ok(a.sent.length <= 2, 'and is not sent for ever');
  }
});

test('many_letters_of_two_in_any_order_lose_no_word', async () => {
  let seed = 7;
  const dice = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 200; round++) {
    const { server, phone } = world();
    const both = [phone(), phone()];
    const words = [];
    for (let i = 0; i < 24; i++) {
      const it = both[dice(2)];
      switch (dice(5)) {
        case 0:
        case 1: {
          const word = `w${words.length}`;
          words.push(word);
          it.type(`${it.field()} ${word}`.trim());
          break;
        }
        case 2:
          await it.pause();
          break;
        case 3:
          await it.hear();
          break;
        default:
          if (dice(3) === 0) it.offline();
          else await it.back();
      }
    }
    for (let i = 0; i < 4; i++)
      for (const it of both) {
        await it.back();
        await it.pause();
        await it.hear();
      }
    const said = new Set(server.text.split(/\s+/));
    assert.deepEqual(
      words.filter((word) => !said.has(word)),
      [],
      `round ${round}: ${server.text}`,
    );
    assert.deepEqual([both[0].field(), both[1].field()], [server.text, server.text]);
  }
});
