// The connection with a socket, timers and chance of the test's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { connecting, seeing } from '../../web/early.js';
import './support/hooks.js';

const { connect, uuid } = await import('../../web/shared/link.js');
const { serverNow, useSteady } = await import('../../web/shared/clock.js');

const snapshot = {
  meeting: {},
  items: [],
  seats: [],
  contributions: [],
  notes: [],
  decision: { open: null, answers: [] },
  now: {
    part: null,
    state: 'lobby',
    speaker: null,
    turn: 0,
    lap: 0,
    laps: 0,
    until: null,
    part_until: null,
    queue: [],
    heard: [],
    hands: [],
    closed: false,
  },
};
const nextTurn = () => new Promise((done) => setImmediate(done));

/** A world: sockets that are opened, time that passes when told, and what the page hears. */
function world(options = {}) {
  let now = 0;
  const timers = new Map();
  const sockets = [];
  const heard = [];
  let last = 0;
  useSteady(() => now);
  const open = (url, protocol) => {
    const socket = {
      url,
      protocol,
      sent: [],
      closed: false,
      send: (text) => socket.sent.push(JSON.parse(text)),
      close: () => (socket.closed = true),
    };
    sockets.push(socket);
    return socket;
  };
  const note =
    (name) =>
    (...what) =>
      heard.push([name, ...what]);
  const link = connect({
    url: 'ws://test/ws',
    open,
    hello: () => ({ as: 'phone', meeting: 'K7QM4XPR' }),
    random: () => 1,
    setTimer: (fn, ms) => (timers.set(++last, { fn, at: now + ms }), last),
    clearTimer: (id) => timers.delete(id),
    on: Object.fromEntries(
      ['state', 'presence', 'saving', 'refused', 'status', 'welcome'].map((name) => [
        name,
        note(name),
      ]),
    ),
    ...options,
  });
  const pass = (ms) => {
    const end = now + ms;
    for (;;) {
      const due = [...timers]
        .filter(([, timer]) => timer.at <= end)
        .sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      timers.delete(due[0]);
      now = due[1].at;
      due[1].fn();
    }
    now = end;
  };
  const socket = () => sockets.at(-1);
  const give = (frame) => socket().onmessage({ data: JSON.stringify(frame) });
  const welcome = (seq = 7) => {
    socket().onopen();
    give({ welcome: { seat: 1, token: 'x', now: 500, wall: 1, protocol: 1 } });
    give({ snapshot: structuredClone(snapshot), seq });
  };
  const commands = () => socket().sent.filter((frame) => frame.do);
  return {
    link,
    sockets,
    socket,
    heard,
    give,
    welcome,
    pass,
    commands,
    told: (name) => heard.filter(([each]) => each === name).map(([, ...what]) => what[0]),
  };
}

test('it_connects_to_the_meetings_own_place_by_either_way', async () => {
  const { streamTo } = await import('../../web/shared/stream.js');
  const { location, fetch } = globalThis;
  for (const [origin, socket, stream] of [
    [
      'https://runde.example',
      'wss://runde.example/ws/K7QM4XPR',
      'https://runde.example/stream/K7QM4XPR',
    ],
    ['http://ws:8080', 'ws://ws:8080/ws/K7QM4XPR', 'http://ws:8080/stream/K7QM4XPR'],
  ]) {
    Object.assign(globalThis, { location: { origin }, fetch: async (url) => asked.push(url) });
    const asked = [];
    const w = world({ url: undefined });
    assert.equal(w.socket().url, socket);
    streamTo(socket).send('{}');
    assert.deepEqual(asked, [stream]);
  }
  Object.assign(globalThis, { location, fetch });
});

test('it_says_hello_and_has_the_state', () => {
  const w = world();
  assert.deepEqual([w.socket().url, w.socket().protocol], ['ws://test/ws', 'runde.v1']);
  w.welcome();
  assert.deepEqual(w.socket().sent[0], { hello: { as: 'phone', meeting: 'K7QM4XPR' } });
  assert.deepEqual(w.told('status'), ['connecting', 'open']);
  assert.equal(w.link.state.seq, 7);
});

test('it_resumes_from_the_number_it_has', () => {
  const w = world();
  w.welcome(7);
  w.give({ facts: [{ seq: 9, at: 1, fact: 'floor.closed', closed: true }], seq: 12 });
  w.socket().onclose();
  w.pass(10000);
  w.socket().onopen();
  assert.equal(w.socket().sent[0].hello.since, 12);
  assert.equal(w.link.state.now.closed, true);
});

// tests/README.md, row 26.
test('facts_that_come_too_late_have_the_page_come_again_for_all_of_it', () => {
  const w = world();
  w.welcome(7);
  const facts = (seq) => ({ facts: [{ seq, at: 1, fact: 'floor.closed', closed: true }], seq });
  w.give(facts(12));
  w.give(facts(12)); // Told twice: it has that.
  w.give({ snapshot: structuredClone(snapshot), seq: 13 });
  assert.equal(w.sockets.length, 1);
  w.give(facts(11));
  assert.equal(w.link.status, 'lost');
  w.pass(500);
  w.socket().onopen();
  assert.equal(w.socket().sent[0].hello.since, undefined);
  w.give({ snapshot: structuredClone(snapshot), seq: 9 });
  w.give(facts(10));
  assert.deepEqual([w.sockets.length, w.link.state.seq], [2, 10]);
});

test('it_backs_off_with_every_failure_up_to_four_seconds', () => {
  const w = world();
  const waits = [];
  for (let i = 0; i < 6; i++) {
    w.socket().onclose();
    let waited = 0;
    const before = w.sockets.length;
    while (w.sockets.length === before) (w.pass(100), (waited += 100));
    waits.push(waited);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 4000, 4000]);
});

test('chance_spreads_those_who_come_back', () => {
  const w = world({ random: () => 0 });
  w.socket().onclose();
  w.pass(249);
  assert.equal(w.sockets.length, 1);
  w.pass(2);
  assert.equal(w.sockets.length, 2);
});

test('a_reply_finds_its_command', async () => {
  const w = world();
  w.welcome();
  const reply = w.link.send('turn.done', { turn: 3 });
  const [{ id, ...frame }] = w.commands();
  assert.deepEqual(frame, { do: 'turn.done', with: { turn: 3 } });
  w.give({ re: id, ok: false, code: 'already_moved', field: null });
  assert.deepEqual(await reply, { ok: false, code: 'already_moved', field: null });
});

test('a_button_without_connection_says_so_at_once', async () => {
  const w = world();
  assert.deepEqual(await w.link.send('turn.done'), { ok: false, code: 'offline' });
  w.welcome();
  const late = w.link.send('turn.done');
  w.socket().onclose();
  assert.deepEqual(await late, { ok: false, code: 'offline' });
  w.pass(1000);
  w.welcome();
  assert.deepEqual(w.commands(), []);
});

test('where_sockets_say_nothing_while_the_server_answers_another_way_is_taken', async () => {
  const { way } = await import('../../web/shared/stream.js');
  let ok;
  globalThis.fetch = async () => {
    if (ok === undefined) throw new TypeError('no network');
    return { ok };
  };
  for (const [heard, answer, stream] of [
    [true, undefined, false],
    [false, undefined, false], // A lost network is no blocked socket,
    [false, false, false],
    [false, true, false],
    [true, true, false], // nor is one that was heard by all the same.
    [false, true, false],
    [false, true, true],
    [true, true, true],
    [false, true, false], // Nor did that lead anywhere.
    [false, true, true],
  ]) {
    ok = answer;
    assert.equal(Boolean(way(heard)), stream);
    await nextTurn();
  }
});

test('the_other_way_is_told_whether_anything_was_heard', () => {
  const told = [];
  globalThis.runde_stream = { way: (heard) => (told.push(heard), null) };
  try {
    const w = world();
    w.sockets[0].onclose();
    w.pass(1000);
    w.sockets[1].onopen();
    w.sockets[1].onmessage({ data: JSON.stringify({ welcome: { now: 0, wall: 0 } }) });
    w.sockets[1].onclose();
    w.pass(1000);
    assert.deepEqual(told, [true, false, true]);
  } finally {
    delete globalThis.runde_stream;
  }
});

test('a_text_waits_and_is_sent_again_under_the_same_id', async () => {
  const w = world();
  const id = uuid();
  const reply = w.link.send('contribution.add', { text: 'x' }, { id, keep: true });
  w.welcome();
  assert.deepEqual(
    w.commands().map((each) => each.id),
    [id],
  );
  w.socket().onclose();
  w.pass(1000);
  w.welcome();
  assert.deepEqual(
    w.commands().map((each) => each.id),
    [id],
  );
  w.give({ re: id, ok: true, seq: 8, made: { contribution: 'c' } });
  assert.deepEqual(await reply, { ok: true, seq: 8, made: { contribution: 'c' } });
  w.socket().onclose();
  w.pass(1000);
  w.welcome();
  assert.deepEqual(w.commands(), []);
});

test('a_text_that_came_too_fast_is_sent_again_after_the_wait', async () => {
  const w = world();
  w.welcome();
  const reply = w.link.send('note.save', {}, { keep: true });
  const { id } = w.commands()[0];
  w.give({ re: id, ok: false, code: 'too_fast', wait: 700 });
  w.pass(699);
  assert.equal(w.commands().length, 1);
  w.pass(1);
  assert.equal(w.commands().length, 2);
  w.give({ re: id, ok: true, seq: 9 });
  assert.equal((await reply).ok, true);
});

test('the_clock_is_asked_three_times_and_then_every_half_minute', () => {
  const w = world();
  w.welcome();
  const asked = () => w.socket().sent.filter((frame) => frame.clock).length;
  const echo = () => w.give({ clock: { sent: 0, now: 1 } });
  for (let i = 0; i < 20; i++) {
    echo();
    w.pass(100);
  }
  assert.equal(asked(), 3);
  w.pass(30000);
  assert.equal(asked(), 4);
});

test('a_connection_that_answers_nothing_is_given_up', () => {
  const w = world();
  w.welcome();
  w.pass(10000);
  assert.equal(w.sockets[0].closed, true);
  assert.ok(w.sockets.length > 1);
});

/** How long until the page is told that there is no connection. */
function untilLost(w) {
  let ms = 0;
  for (; w.link.status !== 'lost' && ms < 60000; ms += 100) w.pass(100);
  return ms;
}
/** Welcomed, and its clock set: nothing is asked for half a minute. */
function atRest(options) {
  const w = world(options);
  w.welcome();
  for (let i = 0; i < 20; i++) {
    w.give({ clock: { sent: 0, now: 1 } });
    w.pass(100);
  }
  return w;
}

test('a_press_or_a_text_without_an_answer_says_within_three_seconds_that_there_is_no_connection', async () => {
  for (const keep of [false, true]) {
    const w = atRest();
    const reply = w.link.send('x', {}, { keep });
    assert.equal(untilLost(w), 3000, String(keep));
    if (!keep) assert.deepEqual(await reply, { ok: false, code: 'offline' });
  }
});

test('others_are_heard_of_and_a_second_press_do_not_put_that_off_for_ever', () => {
  const w = atRest();
  w.link.send('note.save', {}, { keep: true });
  w.pass(1000);
  w.link.send('turn.done', {});
  assert.equal(untilLost(w), 2000);
  const other = atRest();
  other.link.send('note.save', {}, { keep: true });
  other.pass(1000);
  other.give({ facts: [{ seq: 8, at: 1, fact: 'floor.closed', closed: true }], seq: 8 });
  assert.equal(untilLost(other), 3000);
});

test('a_server_that_says_that_it_cannot_save_is_heard_and_its_silence_is_no_lost_connection', async () => {
  const w = atRest();
  const reply = w.link.send('part.next', {});
  for (let i = 0; i < 8; i++) {
    w.pass(1000);
    w.give({ saving: false });
  }
  assert.equal(w.link.status, 'open');
  assert.deepEqual(w.told('saving'), Array(8).fill(false));
  w.give({ re: w.commands().at(-1).id, ok: true, seq: 8 });
  assert.equal((await reply).ok, true);
  w.give({ saving: true });
  assert.equal(w.told('saving').at(-1), true);
  assert.equal(w.link.state.seq, 7); // It is nothing of the meeting.
});

test('who_is_told_before_the_welcome_that_nothing_is_saved_waits_for_it_as_long_as_that_is_told', () => {
  const w = world();
  w.socket().onopen();
  for (let i = 0; i < 20; i++) {
    w.pass(1000);
    w.give({ saving: false });
  }
  assert.equal(w.sockets.length, 1);
  assert.deepEqual(w.told('status'), ['connecting']);
  w.pass(8000);
  assert.equal(w.link.status, 'lost');
  assert.equal(w.told('saving').at(-1), true); // Nobody knows.
});

test('a_press_that_is_answered_leaves_the_connection_alone', async () => {
  const w = atRest();
  const reply = w.link.send('x');
  w.pass(2900);
  w.give({ re: w.commands()[0].id, ok: true, seq: 8 });
  assert.equal((await reply).ok, true);
  w.pass(20000);
  assert.equal(w.sockets.length, 1);
  assert.equal(w.link.status, 'open');
});

test('a_connection_that_does_not_come_is_told_within_three_seconds_and_waited_for', () => {
  const w = world();
  assert.equal(untilLost(w), 3000);
  assert.equal(w.sockets.length, 1, 'it may still come');
  w.welcome();
  assert.equal(w.link.status, 'open');
  const never = world();
  never.pass(8000);
  assert.equal(never.sockets[0].closed, true);
});

test('a_refused_hello_ends_it_and_retry_begins_again', () => {
  const w = world();
  w.socket().onopen();
  w.give({ refused: { code: 'wrong_key' } });
  assert.deepEqual(w.told('refused'), ['wrong_key']);
  w.pass(60000);
  assert.equal(w.sockets.length, 1);
  w.link.retry();
  assert.equal(w.sockets.length, 2);
});

test('replaced_is_a_status_of_its_own', () => {
  const w = world();
  w.welcome();
  w.give({ refused: { code: 'replaced' } });
  assert.equal(w.link.status, 'replaced');
  w.pass(60000);
  assert.equal(w.sockets.length, 1);
});

test('busy_passes_by_itself', () => {
  const w = world();
  w.socket().onopen();
  w.give({ refused: { code: 'busy' } });
  assert.deepEqual(w.told('refused'), []);
  w.pass(1000);
  assert.equal(w.sockets.length, 2);
});

test('at_a_closed_door_it_knocks_every_four_seconds_until_it_is_let_in', () => {
  const w = world();
  for (const [n, code] of ['door_closed', 'seat_taken', 'door_closed'].entries()) {
    w.socket().onopen();
    w.give({ refused: { code } });
    w.pass(3999);
    assert.equal(w.sockets.length, n + 1);
    w.pass(1);
    assert.equal(w.sockets.length, n + 2);
  }
  assert.deepEqual(w.told('refused'), ['door_closed', 'seat_taken', 'door_closed']);
  w.welcome();
  assert.equal(w.link.status, 'open');
  w.pass(8000);
  w.give({ refused: { code: 'not_let_in' } });
  w.pass(60000);
  assert.equal(w.told('refused').at(-1), 'not_let_in');
});

test('after_a_refusal_it_asks_for_everything_anew', () => {
  const w = world();
  w.welcome(7);
  w.give({ refused: { code: 'ended' } });
  w.link.retry();
  w.socket().onopen();
  assert.equal(w.socket().sent[0].hello.since, undefined);
});

test('frames_of_an_older_socket_are_not_heard', () => {
  const w = world();
  w.welcome();
  const [old] = w.sockets;
  old.onclose();
  w.pass(1000);
  old.onmessage({ data: JSON.stringify({ snapshot, seq: 99 }) });
  assert.equal(w.link.state.seq, 7);
});

test('close_stops_everything', async () => {
  const w = world();
  w.welcome();
  w.link.close();
  await nextTurn();
  w.pass(60000);
  assert.equal(w.sockets.length, 1);
});

test('ids_are_uuids_of_version_four', () => {
  for (let i = 0; i < 50; i++)
    assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the_socket_that_the_page_opened_early_is_the_first_one_unless_it_is_gone', () => {
  const place = 'wss://runde.example/ws/K7QM-4XPR';
  for (const readyState of [0, 1, 2, 3]) {
    const made = [];
    class Fake {
      constructor(url, protocol) {
        made.push(Object.assign(this, { url, protocol, readyState: made.length ? 0 : readyState }));
      }
    }
    const timers = [];
    const page = {
      WebSocket: Fake,
      location: { origin: 'https://runde.example', pathname: '/console/K7QM-4XPR' },
    };
    runInNewContext(connecting, Object.assign(page, { setTimeout: (fn) => timers.push(fn) }));
    assert.deepEqual([made[0].url, made[0].protocol], [place, 'runde.v1']);
    const first = new page.WebSocket(place, 'runde.v1');
    assert.equal(first === made[0], readyState < 2, `readyState ${readyState}`);
    let opened = 0;
    first.onopen = () => opened++;
    for (const fn of timers) fn();
    assert.equal(opened, readyState === 1 ? 1 : 0, 'open already: it is told so, once');
    assert.notEqual(new page.WebSocket(place, 'runde.v1'), first);
  }
});

/** What the page's first bytes asked for, as early.js leaves it. */
function seen(seq, now) {
  const welcome = { welcome: { now, wall: 1764000000000, protocol: 1 } };
  const text = `${JSON.stringify(welcome)}\n${JSON.stringify({ snapshot, seq })}\n`;
  globalThis.runde_seen = Promise.resolve({ sent: 0, at: 0, text });
}

test('what_the_first_bytes_asked_for_is_the_picture_until_the_socket_tells_what_came_since', async () => {
  seen(7, 5000);
  const w = world();
  await nextTurn();
  assert.deepEqual(
    w.heard.map(([name]) => name),
    ['status', 'welcome', 'state'],
  );
  assert.equal(w.link.state.seq, 7);
  assert.equal(serverNow(), 5000);
  assert.equal(w.link.status, 'connecting', 'nothing can be said yet');
  assert.equal((await w.link.send('undo')).code, 'offline');
  w.sockets[0].onopen();
  assert.equal(w.sockets[0].sent[0].hello.since, 7);
  assert.equal(globalThis.runde_seen, undefined, 'another connection begins by itself');
});

test('what_the_first_bytes_asked_for_counts_no_more_once_the_socket_has_told', async () => {
  seen(7, 5000);
  const w = world();
  w.welcome();
  w.give({ snapshot, seq: 9 });
  await nextTurn();
  assert.equal(w.link.state.seq, 9);
  w.link.close();
  globalThis.runde_seen = Promise.resolve(0);
  const other = world();
  await nextTurn();
  assert.equal(other.link.state, null, 'refused, or lost: the socket will hear of it');
});

test('the_first_bytes_ask_with_the_key_of_the_address_and_never_without', async () => {
  const key = 'k'.repeat(43);
  const asked = (pathname, hash, answer, old = false) => {
    const all = [];
    class HTMLInputElement {}
    if (!old) HTMLInputElement.prototype.showPicker = () => {};
    const page = {
      HTMLInputElement,
      performance: { now: () => 5 },
      location: { pathname, hash },
      fetch: (url, { headers }) => (all.push([url, headers.authorization]), answer()),
    };
    runInNewContext(seeing, page);
    return { all, seen: page.runde_seen };
  };
  const ok = async () => ({ status: 200, text: async () => 'two lines' });
  const one = asked('/board/K7QM-4XPR', `#${key}`, ok);
  assert.deepEqual(one.all, [['/api/meetings/K7QM-4XPR/state', `Bearer ${key}`]]);
  assert.deepEqual({ ...(await one.seen) }, { sent: 5, text: 'two lines', at: 5 });
  assert.equal(await asked('/board/K7QM-4XPR', `#${key}`, async () => ({ status: 401 })).seen, 0);
  assert.equal(await asked('/board/K7QM-4XPR', `#${key}`, () => Promise.reject(1)).seen, 0);
  assert.deepEqual(asked('/board/K7QM-4XPR', '#kort', ok).all, []);
  assert.deepEqual(asked('/board/', `#${key}`, ok).all, []);
  assert.deepEqual(asked('/board/K7QM-4XPR', `#${key}`, ok, true).all, [], 'too old for the page');
});

test('what_the_server_could_not_read_ends_the_waiting_of_the_oldest', async () => {
  const w = world();
  w.welcome();
  const [first, second] = [w.link.send('note.save', {}, { keep: true }), w.link.send('undo')];
  w.give({ re: null, ok: false, code: 'malformed' });
  assert.deepEqual(await first, { ok: false, code: 'malformed' });
  w.give({ re: null, ok: false, code: 'too_fast', wait: 100 });
  w.give({ re: w.commands()[1].id, ok: true, seq: 9 });
  assert.deepEqual(await second, { ok: true, seq: 9 }, 'a clock that came too fast was nobodys');
  w.give({ re: null, ok: false, code: 'malformed' });
});

test('a_press_without_an_answer_is_over_after_ten_seconds', async () => {
  const w = world();
  w.welcome();
  const said = [];
  w.link.send('undo').then((reply) => said.push(['undo', reply.code]));
  w.link.send('note.save', { text: 'a' }, { keep: true }).then(() => said.push(['note']));
  const clock = () => w.give({ clock: { sent: 0, now: 1, wall: 1 } });
  for (let i = 0; i < 9; i++) {
    w.pass(1000);
    clock();
  }
  await nextTurn();
  assert.deepEqual(said, []);
  w.pass(1000);
  await nextTurn();
  assert.deepEqual(said, [['undo', 'unanswered']]);
  assert.equal(w.sockets.length, 1, 'the connection is another matter');
  w.give({ re: w.commands()[0].id, ok: true, seq: 9 });
  w.give({ re: w.commands()[1].id, ok: true, seq: 10 });
  await nextTurn();
  assert.deepEqual(said, [['undo', 'unanswered'], ['note']]);
});

test('what_the_server_would_hang_up_on_is_not_sent', async () => {
  const w = world();
  w.welcome();
  for (const csv of ['å'.repeat(32768), 'a'.repeat(65536), '"'.repeat(32768)]) {
    const reply = await w.link.send('data.put', { csv });
    assert.deepEqual(reply, { ok: false, code: 'too_large' });
  }
  assert.deepEqual(w.commands(), []);
  w.link.send('data.put', { csv: 'å'.repeat(32000) });
  assert.equal(w.commands().length, 1);
});

test('half_an_emoji_does_not_go_out', () => {
  const w = world();
  w.welcome();
  const texts = ['a\ud83d', '\ude00b', '😀', 'a\\ud83d', '\\', '"\n\u0001\u00d8', '\ude00\ud83d'];
  for (const text of texts) w.link.send('contribution.add', { text });
  assert.deepEqual(
    w.commands().map((frame) => frame.with.text),
    ['a', 'b', '😀', 'a\\ud83d', '\\', '"\n\u0001\u00d8', ''],
  );
});
