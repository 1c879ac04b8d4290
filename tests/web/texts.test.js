// What two write at once at two desks: nothing is lost, and both end with the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';

const { deskTexts, units, writers } = await import('../../web/shared/writing.js');
const { withAnswers } = await import('../../web/shared/desk.js');
const { answerKey } = await import('../../web/shared/keys.js');
const { personal } = await import('../../web/shared/personal.js');
const { excess, same } = await import('../../web/shared/value.js');

const settled = async () => {
  for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done));
};
const KEY = answerKey('next_step');
const TASKS = answerKey('tasks');

/** A server with answers, told to desks only when `hear` says so. */
function world() {
  const server = { seq: 1, answers: new Map(), gone: false };
  const set = ({ base, ...value }) => {
    const now = server.answers.get(value.answer) ?? { answer: value.answer };
    if (server.code) return { ok: false, code: server.code };
    if (base && !same(base, now)) return { ok: false, code: 'text_changed' };
    server.answers.set(value.answer, value);
    return { ok: true, seq: ++server.seq };
  };
  const desk = (kept = {}) => {
    const image = () => ({
      seq: server.seq,
      decision: { answers: [...server.answers.values()] },
      recaps: [],
      groups: [],
      contributions: server.gone ? [] : [{ id: 'p', text: 'Punkt' }],
    });
    const it = { state: image(), sent: [], refused: [], timers: [], online: true };
    it.texts = deskTexts({
      kept,
      find: units(
        () => it.state,
        async (name, fields) => {
          it.sent.push({ name, ...fields });
          if (!it.online) return { ok: false, code: 'offline' };
          await null;
          if (name === 'decision.set') return set(fields);
          return server.gone
            ? { ok: false, code: 'no_such_contribution' }
            : { ok: true, seq: ++server.seq };
        },
      ),
      seq: () => it.state.seq,
      changed: () => {},
      refused: (...args) => it.refused.push(args),
      looks: (text) => personal(text, ['Mette Holm']),
      setTimer: (fn) => it.timers.push(fn),
      clearTimer: () => {},
    });
    it.hear = async () => {
      it.state = image();
      it.texts.look();
      await settled();
    };
    it.pause = async () => {
      for (const fn of it.timers.splice(0)) fn();
      await settled();
    };
    it.type = (text, key = KEY, path = 'text') => it.texts.write(key, path, text);
    it.text = (key = KEY) => it.texts.read(key).text;
    return it;
  };
  return { server, desk };
}

test('two who write in one empty answer both stand there', async () => {
  const { server, desk } = world();
  const [ana, bo] = [desk(), desk()];
  ana.type('Gården');
  bo.type('Skoven');
  await ana.pause();
  await bo.pause();
  assert.equal(bo.text(), 'Skoven'); // What the other has written has not come yet.
  await bo.hear();
  await ana.hear();
  await bo.hear();
  assert.equal(server.answers.get('next_step').text, 'Gården\nSkoven');
  for (const it of [ana, bo]) {
    assert.equal(it.text(), 'Gården\nSkoven');
    assert.deepEqual(it.texts.kept, {});
  }
});

test('who goes on typing is not disturbed, and each goes on in their own line', async () => {
  const { server, desk } = world();
  const [ana, bo] = [desk(), desk()];
  ana.type('Gården');
  await ana.pause();
  bo.type('Skov');
  await bo.hear();
  assert.equal(bo.text(), 'Skov'); // A letter may come each moment.
  await bo.pause();
  assert.equal(bo.text(), 'Gården\nSkov');
  bo.type('Gården\nSkoven er');
  ana.type('Gården er');
  await ana.pause();
  await ana.hear();
  await bo.hear();
  await bo.pause();
  await bo.hear();
  await ana.hear();
  assert.equal(server.answers.get('next_step').text, 'Gården er\nSkoven er');
  assert.equal(ana.text(), bo.text());
});

test('where both change the same words both are shown, and nothing is sent until one has chosen', async () => {
  for (const [which, text] of [
    ['mine', 'Fire voksne'],
    ['theirs', 'Tre voksne'],
    ['both', 'Tre voksne\nFire voksne'],
  ]) {
    const { server, desk } = world();
    server.answers.set('next_step', { answer: 'next_step', text: 'Fem voksne' });
    const [ana, bo] = [desk(), desk()];
    ana.type('Tre voksne');
    await ana.pause();
    bo.type('Fire voksne');
    await bo.pause();
    await bo.hear();
    assert.equal(bo.texts.clash(KEY, 'text'), 'Tre voksne');
    assert.equal(bo.text(), 'Fire voksne'); // The field is not touched.
    assert.equal(server.answers.get('next_step').text, 'Tre voksne');
    // The rest of the answer goes on being saved.
    await bo.texts.put(KEY, (it) => ({ ...it, unsettled: true }));
    assert.deepEqual(server.answers.get('next_step'), {
      answer: 'next_step',
      text: 'Tre voksne',
      unsettled: true,
    });
    bo.texts.choose(KEY, 'text', which);
    await bo.hear();
    await bo.hear();
    assert.equal(server.answers.get('next_step').text, text);
    assert.equal(bo.texts.clash(KEY, 'text'), undefined);
    assert.deepEqual(bo.texts.kept, {});
  }
});

test('who reloads the page has what was not chosen yet', async () => {
  const { server, desk } = world();
  server.answers.set('next_step', { answer: 'next_step', text: 'Fem voksne' });
  const kept = {};
  const bo = desk(kept);
  bo.type('Fire voksne');
  server.answers.set('next_step', { answer: 'next_step', text: 'Tre voksne' });
  server.seq++;
  await bo.pause();
  await bo.hear();
  const again = desk(JSON.parse(JSON.stringify(kept)));
  await again.hear();
  assert.equal(again.text(), 'Fire voksne');
  assert.equal(again.texts.clash(KEY, 'text'), 'Tre voksne');
});

test('two who each add a task have two, and a task wiped out keeps its words until there are new', async () => {
  const { server, desk } = world();
  server.answers.set('tasks', { answer: 'tasks', tasks: [{ text: 'Gammel' }] });
  const [ana, bo] = [desk(), desk()];
  const add = (id) => (it) => ({ ...it, tasks: [...(it.tasks ?? []), { id, text: id }] });
  const one = ana.texts.put(TASKS, add('a'));
  const two = bo.texts.put(TASKS, add('b'));
  await settled();
  await bo.hear();
  assert.equal((await one).ok && (await two).ok, true);
  await ana.hear();
  assert.deepEqual(
    server.answers.get('tasks').tasks.map((task) => [task.id, task.text]),
    [
      [undefined, 'Gammel'],
      ['a', 'a'],
      ['b', 'b'],
    ],
  );
  await bo.hear();
  ana.type('', TASKS, 'tasks.a.text');
  await ana.pause();
  await ana.hear();
  assert.equal(server.answers.get('tasks').tasks[1].text, 'a');
  assert.equal(ana.texts.read(TASKS).tasks[1].text, '');
  ana.type('Andet', TASKS, 'tasks.a.text');
  ana.type('Nyt', TASKS, 'tasks.#0.text');
  await ana.pause();
  assert.deepEqual(
    server.answers.get('tasks').tasks.map((task) => [task.id, task.text]),
    [
      [undefined, 'Nyt'],
      ['a', 'Andet'],
      ['b', 'b'],
    ],
  );
});

test('two fields of one answer go together, and two choices in quick succession both count', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.type('Måske');
  const first = ana.texts.put(KEY, (it) => ({ ...it, unsettled: true }));
  const second = ana.texts.put(KEY, (it) => ({ ...it, based_on: ['p'] }));
  assert.equal(withAnswers(ana.state, ana.texts).decision.answers[0].unsettled, true);
  await settled();
  await ana.hear();
  assert.deepEqual([(await first).ok, (await second).ok], [true, true]);
  assert.deepEqual(server.answers.get('next_step'), {
    answer: 'next_step',
    text: 'Måske',
    unsettled: true,
    based_on: ['p'],
  });
});

test('what was written on while it was being saved is not lost', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.type('Vi');
  const pause = ana.pause();
  ana.type('Vi skriver');
  await pause;
  await ana.hear();
  assert.equal(ana.text(), 'Vi skriver');
  await ana.pause();
  await ana.hear();
  assert.equal(server.answers.get('next_step').text, 'Vi skriver');
  assert.deepEqual(ana.texts.kept, {});
});

test('without a connection what is written waits, and is sent when it is back', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.online = false;
  ana.type('Gården');
  await ana.pause();
  assert.deepEqual(ana.refused, [['offline']]);
  assert.ok(ana.texts.pending(KEY));
  assert.equal(withAnswers(ana.state, ana.texts).decision.answers[0].text, 'Gården');
  ana.online = true;
  ana.texts.flushAll();
  await settled();
  assert.equal(server.answers.get('next_step').text, 'Gården');
});

test('what is chosen and refused is not chosen; what is too long is not sent', async () => {
  const { server, desk } = world();
  const ana = desk();
  server.code = 'no_such_seat';
  assert.equal((await ana.texts.put(KEY, (it) => ({ ...it, unsettled: true }))).ok, false);
  assert.deepEqual(ana.refused, [['no_such_seat']]);
  assert.equal(ana.texts.read(KEY).unsettled, undefined);
  server.code = '';
  ana.type('😀'.repeat(601));
  await ana.pause();
  assert.equal(server.answers.size, 0);
  assert.equal(excess(ana.text()), 1);
  ana.type('😀'.repeat(600));
  await ana.pause();
  assert.equal(server.answers.get('next_step').text, '😀'.repeat(600));
});

test('the words of a point that somebody took off go back to their writer', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.type('Punktet er', 'point p');
  server.gone = true;
  server.seq++;
  await ana.pause();
  await ana.hear();
  assert.deepEqual(ana.refused.at(-1), ['no_such_contribution', 'Punktet er']);
  assert.deepEqual(ana.texts.kept, {});
});

test('a point is never emptied by its field, and carries what it was written on', async () => {
  const { desk } = world();
  const ana = desk();
  ana.type(' ', 'point p');
  await ana.pause();
  assert.deepEqual(ana.sent, []);
  ana.type('Punktet', 'point p');
  await ana.pause();
  assert.deepEqual(ana.sent, [
    { name: 'contribution.edit', contribution: 'p', text: 'Punktet', base: 'Punkt' },
  ]);
});

test('who writes where is said now and then, and heard of all but oneself', () => {
  const told = [];
  let now = 0;
  const it = writers({
    by: 'me',
    name: () => 'Ana',
    tell: (frame) => told.push(frame.writing),
    now: () => now,
    called: (each) => each.name ?? each.as,
    list: (names) => names.join(),
    somebody: 'En anden',
  });
  it.writes('recap 4c 2');
  it.writes('recap 4c 2');
  now = 5000;
  it.writes('recap 4c 2');
  it.writes(KEY);
  it.rests();
  it.rests();
  assert.deepEqual(told, [
    { by: 'me', name: 'Ana', part: '4c', lap: 2 },
    { by: 'me', name: 'Ana', part: '4c', lap: 2 },
    { by: 'me', name: 'Ana', answer: 'next_step' },
    { by: 'me' },
  ]);
  it.hear([
    { as: 'scribe', by: 'me', answer: 'next_step' },
    { as: 'scribe', by: 'x', name: 'Lise', answer: 'next_step' },
    { as: 'console', by: 'y', answer: 'tasks' },
  ]);
  assert.match(it.at(KEY), /Lise/);
  assert.equal(it.at(TASKS), 'console');
  it.hear([]);
  assert.equal(it.at(KEY), '');
  assert.equal(it.other(KEY), 'Lise');
  assert.equal(it.other('point p'), 'En anden');
});

// tests/README.md, row 54
test('what looks like somebody’s own waits for its writer’s word, and the rest does not', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.type('Ring til Emma Lund');
  await ana.pause();
  assert.deepEqual(ana.sent, []);
  assert.equal(ana.texts.heed(KEY, 'text'), 'name');
  assert.equal(ana.text(), 'Ring til Emma Lund');
  // Something is chosen beside it, and another writes: neither takes it along, or away.
  await ana.texts.put(KEY, (it) => ({ ...it, date: '2027-03-01' }));
  await ana.hear();
  assert.equal(server.answers.get('next_step').text, undefined);
  assert.equal(server.answers.get('next_step').date, '2027-03-01');
  assert.equal(ana.text(), 'Ring til Emma Lund');
  // While it is mended nothing is asked; then it is as it is.
  ana.type('Ring til hans klasse');
  assert.equal(ana.texts.heed(KEY, 'text'), undefined);
  await ana.pause();
  assert.equal(server.answers.get('next_step').text, 'Ring til hans klasse');
  assert.equal(ana.texts.heed(KEY, 'text'), undefined);
});

test('what was said may be seen is not asked about again, and something else is', async () => {
  const { server, desk } = world();
  const ana = desk();
  ana.type('Emma Lund');
  await ana.pause();
  await ana.texts.heeded(KEY, 'text');
  assert.equal(server.answers.get('next_step').text, 'Emma Lund');
  ana.type('Emma Lund er med');
  await ana.pause();
  await ana.hear();
  assert.deepEqual(ana.texts.kept, {});
  ana.type('Emma Lund er med, og Mette Holm');
  await ana.pause();
  assert.equal(server.answers.get('next_step').text, 'Emma Lund er med, og Mette Holm');
  ana.type('Emma Lund, 010203-1234');
  await ana.pause();
  assert.equal(ana.texts.heed(KEY, 'text'), 'cpr');
  assert.equal(server.answers.get('next_step').text, 'Emma Lund er med, og Mette Holm');
});

test('a task waits, and whose it is; what is chosen from the wall does not', async () => {
  const { server, desk } = world();
  const ana = desk();
  await ana.texts.put(TASKS, (it) => ({ ...it, tasks: [{ id: 'a', text: 'Spørg Ida Friis' }] }));
  assert.equal(server.answers.get('tasks').tasks[0].text, 'Spørg Ida Friis');
  ana.type('ib@skolen.dk', TASKS, 'tasks.a.owner');
  ana.type('Spørg Ida Friis, 010203-1234', TASKS, 'tasks.a.text');
  await ana.pause();
  assert.equal(ana.texts.heed(TASKS, 'tasks.a.owner'), 'email');
  assert.equal(ana.texts.heed(TASKS, 'tasks.a.text'), 'cpr');
  assert.deepEqual(server.answers.get('tasks').tasks, [{ id: 'a', text: 'Spørg Ida Friis' }]);
  await ana.texts.heeded(TASKS, 'tasks.a.owner');
  assert.deepEqual(server.answers.get('tasks').tasks, [
    { id: 'a', text: 'Spørg Ida Friis', owner: 'ib@skolen.dk' },
  ]);
});
