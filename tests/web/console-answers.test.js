import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';

const { ANSWERS, answerOf, countsOf, standingOf, stakeholdersOf, suggestionsOf, tasksOf } =
  await import('../../web/shared/answers.js');
const { changed, ownerLeft, takingIn, taskWith, withStakeholder } =
  await import('../../web/shared/deciding.js');
const { linesOf } = await import('../../web/console/reading.js');
const { fromSnapshot } = await import('../../web/shared/model.js');
const { overlay, settle, track } = await import('../../web/console/pending.js');

const state = () => {
  const { snapshot, seq } = moments.decision();
  return fromSnapshot(snapshot, seq);
};
const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

test('an answer is sent whole: what is not changed goes along', () => {
  const it = state();
  it.decision.answers[0].based_on = [id(1)];
  assert.deepEqual(changed(it, 'next_step', { text: 'Andet' }), {
    answer: 'next_step',
    text: 'Andet',
    based_on: [id(1)],
  });
  assert.deepEqual(changed(it, 'next_step', { text: undefined }), {
    answer: 'next_step',
    based_on: [id(1)],
  });
  assert.deepEqual(changed(it, 'feedback', { unsettled: true }), {
    answer: 'feedback',
    unsettled: true,
  });
});

test('every answer says how it stands', () => {
  const it = state();
  assert.deepEqual(
    ANSWERS.map((answer) => standingOf(it, answer)),
    ['filled', 'filled', 'filled', 'partly', 'partly', 'empty', 'empty'],
  );
  assert.deepEqual(countsOf(it), { settled: 3, unsettled: 0 });
  it.decision.answers.push({ answer: 'feedback', unsettled: true });
  assert.equal(standingOf(it, 'feedback'), 'unsettled');
  assert.deepEqual(countsOf(it), { settled: 3, unsettled: 1 });
});

test('a follow-up without a date is not quite there', () => {
  const it = state();
  it.decision.answers.push({ answer: 'follow_up', text: 'Til foråret' });
  assert.equal(standingOf(it, 'follow_up'), 'partly');
  answerOf(it, 'follow_up').date = '2026-11-17';
  assert.equal(standingOf(it, 'follow_up'), 'filled');
});

test('the three bodies always stand there, in their order, and others after them', () => {
  const it = state();
  it.decision.answers = [
    {
      answer: 'stakeholders',
      stakeholders: [
        { body: 'other', name: 'SFO', settled: 'unsettled' },
        { body: 'staff_council', settled: 'today' },
      ],
    },
  ];
  assert.deepEqual(
    stakeholdersOf(it).map((each) => [each.body, each.settled]),
    [
      ['school_board', null],
      ['pupil_council', null],
      ['staff_council', 'today'],
      ['other', 'unsettled'],
    ],
  );
  assert.equal(standingOf(it, 'stakeholders'), 'partly');
});

test('who is to be involved is settled by a day, today, not relevant, or a text for those nobody spoke of', () => {
  const standing = (value) =>
    standingOf(
      { ...state(), decision: { open: null, answers: [{ answer: 'stakeholders', ...value }] } },
      'stakeholders',
    );
  const all = (settled) =>
    ['school_board', 'pupil_council', 'staff_council'].map((body) => ({ body, settled }));
  assert.equal(standing({}), 'empty');
  assert.equal(standing({ text: 'Alle' }), 'filled');
  assert.equal(standing({ stakeholders: all('not_relevant') }), 'filled');
  assert.equal(standing({ stakeholders: all('date') }), 'partly', 'a day that is none yet');
  assert.equal(standing({ stakeholders: all('today').slice(1) }), 'partly');
  assert.equal(standing({ stakeholders: all('today').slice(1), text: 'Resten' }), 'filled');
  assert.equal(standing({ stakeholders: all('unsettled'), text: 'Alle' }), 'partly');
  const other = { body: 'other', name: 'SFO', settled: 'unsettled' };
  assert.equal(standing({ stakeholders: [...all('today'), other] }), 'partly');
});

test('read aloud, every body has its line, the one nobody spoke of too', () => {
  const it = {
    ...state(),
    decision: {
      open: null,
      answers: [
        {
          answer: 'stakeholders',
          stakeholders: [
            { body: 'school_board', settled: 'not_relevant' },
            { body: 'staff_council', settled: 'unsettled' },
          ],
        },
      ],
    },
  };
  assert.deepEqual(linesOf(it, 'stakeholders'), [
    'Skolebestyrelsen: ikke relevant',
    'Elevrådet: intet svar endnu',
    'MED-udvalget: ikke afklaret',
  ]);
});

test('only bodies that were spoken of are sent, and a date only where there is to be one', () => {
  const list = stakeholdersOf({ ...state(), decision: { open: null, answers: [] } });
  const dated = withStakeholder(list, 1, { settled: 'date', date: '2026-05-28' });
  assert.deepEqual(dated, [{ body: 'pupil_council', settled: 'date', date: '2026-05-28' }]);
  assert.deepEqual(withStakeholder(dated, 0, { settled: 'today' }), [
    { body: 'pupil_council', settled: 'today' },
  ]);
});

test('a task goes to the seat that its owner is called by, and to nobody when the owner is somebody else', () => {
  const it = state();
  const [first, second] = tasksOf(it);
  assert.equal(taskWith(it, second, { owner: 'Mette' }).seat, 5);
  assert.deepEqual(taskWith(it, first, { owner: 'Kommunen' }), {
    id: first.id,
    text: first.text,
    owner: 'Kommunen',
    due: '2026-05-14',
  });
  assert.deepEqual(taskWith(it, first, { owner: '', due: undefined }), {
    id: first.id,
    text: first.text,
  });
  assert.equal(
    taskWith(it, first, { due: '2026-06-01' }).seat,
    2,
    'a new date does not lose the seat',
  );
});

test('an owner who has left is marked', () => {
  const it = state();
  assert.equal(ownerLeft(it, tasksOf(it)[0]), false);
  it.seats = it.seats.map((seat) => (seat.seat === 2 ? { ...seat, presence: 'left' } : seat));
  assert.equal(ownerLeft(it, tasksOf(it)[0]), true);
});

test('a suggestion taken in becomes a task of its own, or a line of text, and is known as taken', () => {
  const it = state();
  const [{ point, taken }] = suggestionsOf(it, 'tasks');
  assert.equal(taken, false);
  const sent = takingIn(it, 'tasks', point, id(99));
  assert.deepEqual(sent.tasks.at(-1), { id: id(99), text: point.text, builds_on: [point.id] });
  assert.equal(sent.tasks.length, 3);
  it.decision.answers = it.decision.answers.map((each) => (each.answer === 'tasks' ? sent : each));
  assert.equal(suggestionsOf(it, 'tasks')[0].taken, true);

  const [followUp] = suggestionsOf(it, 'follow_up');
  const text = takingIn(it, 'follow_up', followUp.point, id(98));
  assert.deepEqual([text.text, text.based_on], [followUp.point.text, [followUp.point.id]]);
});

test('an answer rests on three points at most, and its text keeps to its length', () => {
  const it = state();
  it.decision.answers[0].based_on = [id(1), id(2), id(3)];
  it.decision.answers[0].text = 'x'.repeat(590);
  const sent = takingIn(it, 'next_step', { id: id(4), text: 'en lang sætning til' }, id(97));
  assert.equal(sent.based_on.length, 3);
  assert.equal(sent.text.length, 600);
});

test('two quick changes of one answer build on each other, though the server has told of neither', async () => {
  const it = state();
  const pending = new Map();
  const replies = [];
  const send = () => new Promise((done) => replies.push(done));
  const [first, second] = tasksOf(it);
  const one = changed(overlay(it, pending), 'tasks', {
    tasks: [first, taskWith(it, second, { owner: 'Mette' })],
  });
  const sending = track(pending, one, send);
  const seen = tasksOf(overlay(it, pending))[1];
  assert.equal(seen.owner, 'Mette');
  const two = changed(overlay(it, pending), 'tasks', {
    tasks: [first, taskWith(it, seen, { due: '2026-06-01' })],
  });
  const again = track(pending, two, send);
  replies[0]({ ok: true, seq: 413 });
  await sending;
  settle(pending, 413);
  assert.deepEqual(
    tasksOf(overlay(it, pending))[1],
    { ...second, owner: 'Mette', seat: 5, due: '2026-06-01' },
    'the newest stays until it has come',
  );
  replies[1]({ ok: true, seq: 414 });
  await again;
  settle(pending, 413);
  assert.equal(pending.size, 1);
  settle(pending, 414);
  assert.equal(pending.size, 0);
});

test('an answer that is refused is let go of', async () => {
  const it = state();
  const pending = new Map();
  await track(pending, { answer: 'feedback', text: 'x' }, async () => ({
    ok: false,
    code: 'offline',
  }));
  assert.equal(overlay(it, pending), it);
});
