// Texts on their way: in order, once, and never lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { outbox } = await import('../../web/shared/outbox.js');
const { align } = await import('../../web/phone/align.js');
const { fromServer, keyOf, lines } = await import('../../web/phone/notes.js');
const { open } = await import('../../web/phone/store.js');

const settled = () => new Promise((done) => setImmediate(done));

/** A link that answers when told. */
function world(kept = { out: [], refused: [] }) {
  const sent = [];
  let last = 0;
  const saves = [];
  const send = (name, fields, options) =>
    new Promise((done) => sent.push({ name, fields, ...options, done }));
  const box = outbox({
    kept,
    save: () => saves.push(JSON.stringify(kept)),
    send,
    newId: () => `id${++last}`,
  });
  const answer = async (reply) => {
    sent.at(-1).done(reply);
    await settled();
  };
  return { kept, sent, saves, box, answer };
}

test('a_text_is_kept_before_it_is_sent_and_until_it_is_answered', async () => {
  const w = world();
  w.box.add('contribution.add', { text: 'a' });
  assert.match(w.saves[0], /"text":"a"/);
  assert.equal(w.sent[0].keep, true);
  assert.equal(w.kept.out.length, 1);
  await w.answer({ ok: true });
  assert.equal(w.kept.out.length, 0);
  assert.equal(JSON.parse(w.saves.at(-1)).out.length, 0);
});

test('texts_go_one_at_a_time_in_their_order', async () => {
  const w = world();
  w.box.add('contribution.add', { text: 'a' });
  w.box.add('contribution.add', { text: 'b' });
  assert.deepEqual(
    w.sent.map((each) => each.fields.text),
    ['a'],
  );
  await w.answer({ ok: true });
  assert.deepEqual(
    w.sent.map((each) => each.fields.text),
    ['a', 'b'],
  );
});

test('a_note_that_waits_is_mended_in_its_place_and_one_on_its_way_is_not', async () => {
  const w = world();
  const note = (text, n = 'n') => w.box.add('note.save', { note: n, text });
  note('1');
  note('2');
  note('other', 'm');
  note('3');
  assert.deepEqual(
    w.kept.out.map((each) => each.with.text),
    ['1', '3', 'other'],
  );
  await w.answer({ ok: true });
  assert.equal(w.sent[1].fields.text, '3');
});

test('after_a_reload_it_is_sent_again_under_its_own_id', async () => {
  const first = world();
  const id = first.box.add('contribution.add', { text: 'a' });
  const second = world(JSON.parse(first.saves.at(-1)));
  second.box.flush();
  second.box.flush();
  assert.deepEqual(
    second.sent.map((each) => each.id),
    [id],
  );
  await second.answer({ ok: true });
  assert.equal(second.kept.out.length, 0);
});

test('what_is_refused_stays_on_the_phone_with_the_reason', async () => {
  const w = world();
  w.box.add('contribution.add', { text: 'a' });
  await w.answer({ ok: false, code: 'part_over' });
  assert.equal(w.kept.out.length, 0);
  assert.deepEqual([w.kept.refused[0].with.text, w.kept.refused[0].code], ['a', 'part_over']);
  assert.match(w.saves.at(-1), /part_over/);
});

test('a_removed_note_that_was_never_there_is_no_loss', async () => {
  const w = world();
  w.box.add('note.save', { note: 'n', text: '' });
  await w.answer({ ok: false, code: 'no_such_note' });
  assert.deepEqual(w.kept.refused, []);
});

/** A browser without a database: `stored` is its localStorage, or throws. */
const withStorage = async (stored, use) => {
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: () => stored() });
  try {
    return await use();
  } finally {
    delete (/** @type {any} */ (globalThis).localStorage);
  }
};

test('without_a_database_what_the_phone_keeps_outlives_the_page_all_the_same', async () => {
  const stored = {};
  await withStorage(
    () => stored,
    async () => {
      const one = await open('K7QM4XPR');
      one.kept.out.push({ id: 'x', do: 'note.save', with: {} });
      one.save();
      assert.equal(one.safe(), true);
      const two = await open('K7QM4XPR');
      assert.equal(two.kept.id, one.kept.id);
      assert.deepEqual(two.kept.out, one.kept.out);
      assert.notEqual((await open('OTHER234')).kept.id, one.kept.id);
    },
  );
});

/** A database that opens, has nothing, and takes a change in `put`. */
const withDatabase = async (put, use) => {
  const answers = (result) => {
    const request = /** @type {any} */ ({ result });
    queueMicrotask(() => request.onsuccess());
    return request;
  };
  const store = { get: () => answers(undefined), put };
  const transaction = () => ({ objectStore: () => store, commit() {} });
  /** @type {any} */ (globalThis).indexedDB = { open: () => answers({ transaction }) };
  try {
    return await use();
  } finally {
    delete (/** @type {any} */ (globalThis).indexedDB);
  }
};

test('what_was_written_is_kept_when_save_returns_whatever_becomes_of_the_database', async () => {
  const stored = {};
  const dropped = []; // What WebKit's database is given by a page that is being left.
  await withStorage(
    () => stored,
    () =>
      withDatabase(
        (record) => dropped.push(record),
        async () => {
          const one = await open('K7QM4XPR');
          one.kept.out.push({ id: 'x', do: 'contribution.add', with: { text: 'Legekasser' } });
          one.save();
          assert.match(stored['runde.K7QM4XPR'], /Legekasser/);
          const two = await open('K7QM4XPR');
          assert.deepEqual(two.kept.out, one.kept.out);
        },
      ),
  );
  assert.ok(dropped.length);
});

test('a_device_that_is_full_says_so_only_where_the_database_keeps_nothing_either', async () => {
  const full = () => {
    throw new Error('QuotaExceededError');
  };
  await withStorage(full, async () => {
    await withDatabase(
      () => {},
      async () => assert.equal((await open('K7QM4XPR')).safe(), true),
    );
    await withDatabase(full, async () => assert.equal((await open('K7QM4XPR')).safe(), false));
  });
});

test('a_browser_that_keeps_nothing_still_has_a_page_that_knows_it', async () => {
  const never = () => {
    throw new Error('not allowed');
  };
  const { kept, safe } = await withStorage(never, () => open('K7QM4XPR'));
  assert.deepEqual(kept.out, []);
  assert.equal(safe(), false);
});

test('each_line_is_a_note', () => {
  assert.deepEqual(lines('  en \n\n\nto\n'), ['en', 'to']);
  assert.deepEqual(lines(''), []);
});

test('an_overlong_line_is_cut_between_words_and_counts_code_points', () => {
  const cut = lines(`${'æøå '.repeat(200)}slut`);
  assert.ok(
    cut.length === 2 && cut.every((each) => [...each].length <= 600 && !/^\S*å$/.test(each)),
  );
  assert.deepEqual(
    lines('😀'.repeat(601)).map((each) => [...each].length),
    [600, 1],
  );
});

test('lines_keep_their_ids_when_others_come_go_and_change', () => {
  let last = 0;
  const id = () => `new${++last}`;
  const old = ['a', 'b', 'c'].map((text) => ({ id: text, text }));
  const ids = (texts) => align(old, texts, id).notes.map((note) => note.id);
  assert.deepEqual(ids(['a', 'b', 'c']), ['a', 'b', 'c']);
  assert.deepEqual(ids(['a', 'B', 'c']), ['a', 'b', 'c']);
  assert.deepEqual(ids(['x', 'a', 'b', 'c']), ['new1', 'a', 'b', 'c']);
  assert.deepEqual(ids(['a', 'c']), ['a', 'c']);
  assert.deepEqual(align(old, ['a', 'c'], id).changed, [{ id: 'b', text: '' }]);
  assert.deepEqual(align(old, ['a', 'B', 'c'], id).changed, [{ id: 'b', text: 'B' }]);
  assert.deepEqual(align(old, ['a', 'b', 'c'], id).changed, []);
  assert.deepEqual(
    align(old, [], id).changed.map((each) => each.id),
    ['a', 'b', 'c'],
  );
});

test('notes_belong_to_the_item_they_were_written_in', () => {
  const state = {
    items: [
      { no: 4, parts: [{ id: '4a' }, { id: '4b' }] },
      { no: 5, parts: [{ id: '5' }] },
    ],
    notes: [
      { note: 'n1', seat: 1, part: '4a', text: 'a' },
      { note: 'n2', seat: 1, part: '5', text: 'b' },
      { note: 'n3', seat: 2, part: '4a', text: 'c' },
      { note: 'n4', seat: 1, part: '4b', text: 'd' },
      { note: 'n5', seat: 1, part: null, text: 'e' },
    ],
  };
  assert.equal(keyOf(1, { item: { no: 4 } }), '1:4');
  assert.deepEqual(fromServer(state, '1:4'), {
    text: 'a\nd\ne',
    notes: [
      { id: 'n1', text: 'a' },
      { id: 'n4', text: 'd' },
      { id: 'n5', text: 'e' },
    ],
  });
});

test('a_text_goes_as_the_server_keeps_it', () => {
  const w = world();
  w.box.add('contribution.add', { text: ' Flere\u200b  voksne\ud83d ', seat: 1 });
  assert.deepEqual(w.sent[0].fields, { text: 'Flere voksne', seat: 1 });
  w.box.add('contribution.withdraw', { contribution: 'c' });
  assert.deepEqual(w.kept.out[1].with, { contribution: 'c' });
});
