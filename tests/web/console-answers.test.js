import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { moments } from './fixtures/console.js';

const {
  ANSWERS,
  answerOf,
  countsOf,
  hasDecision,
  standingOf,
  stakeholdersOf,
  suggestionsOf,
  tasksOf,
} = await import('../../web/shared/answers.js');
const { ownerLeft, takingIn, withStakeholder, withTask } =
  await import('../../web/shared/deciding.js');
const { linesOf } = await import('../../web/console/reading.js');
const { fromSnapshot } = await import('../../web/shared/model.js');

const state = () => {
  const { snapshot, seq } = moments.decision();
  return fromSnapshot(snapshot, seq);
};
const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

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

test('a meeting decides where a part that is on asks for it, or an answer was given all the same', () => {
  const none = { open: null, answers: [] };
  const it = { ...state(), decision: none };
  assert.equal(hasDecision(it), true);
  const without = {
    ...it,
    items: it.items.map((item) => ({
      ...item,
      parts: item.parts.map((part) => ({ ...part, on: part.method !== 'decision' && part.on })),
    })),
  };
  assert.equal(hasDecision(without), false);
  const answers = [{ answer: /** @type {const} */ ('action'), text: 'Legekasser' }];
  assert.equal(hasDecision({ ...without, decision: { open: null, answers } }), true);
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
  const taskWith = (task, change) =>
    withTask(it, answerOf(it, 'tasks'), task.id, change).tasks.find(({ id }) => id === task.id);
  assert.equal(taskWith(second, { owner: 'Mette' }).seat, 5);
  assert.deepEqual(taskWith(first, { owner: 'Kommunen' }), {
    id: first.id,
    text: first.text,
    owner: 'Kommunen',
    due: '2026-05-14',
  });
  assert.deepEqual(taskWith(first, { owner: '', due: undefined }), {
    id: first.id,
    text: first.text,
  });
  assert.equal(taskWith(first, { due: '2026-06-01' }).seat, 2, 'a new date does not lose the seat');
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
  const sent = { answer: 'tasks', ...takingIn(answerOf(it, 'tasks'), point, id(99)) };
  assert.deepEqual(sent.tasks.at(-1), { id: id(99), text: point.text, builds_on: [point.id] });
  assert.equal(sent.tasks.length, 3);
  it.decision.answers = it.decision.answers.map((each) => (each.answer === 'tasks' ? sent : each));
  assert.equal(suggestionsOf(it, 'tasks')[0].taken, true);

  const [followUp] = suggestionsOf(it, 'follow_up');
  const text = takingIn(answerOf(it, 'follow_up'), followUp.point, id(98));
  assert.deepEqual([text.text, text.based_on], [followUp.point.text, [followUp.point.id]]);
});

test('an answer rests on three points at most', () => {
  const it = { answer: 'next_step', text: 'x', based_on: [id(1), id(2), id(3)] };
  assert.equal(takingIn(it, { id: id(4), text: 'y' }, id(97)).based_on.length, 3);
});

test('a suggestion is taken in whole, or not at all: letters count, however they are kept', () => {
  const with_ = (text, suggestion) =>
    takingIn({ answer: 'next_step', text }, { id: id(4), text: suggestion }, id(97));
  assert.equal(with_('x'.repeat(590), 'en lang sætning til'), null);
  assert.equal(with_('x'.repeat(50), 'y'.repeat(588)), null);
  assert.equal(with_('x'.repeat(598), '😀 og mere'), null);
  assert.equal(with_('x'.repeat(598), '😀').text, `${'x'.repeat(598)}\n😀`);
  assert.equal(with_('😀'.repeat(300), '😀'.repeat(299)).text.length, 1199);
  const tasks = Array.from({ length: 64 }, (_, i) => ({ id: id(i), text: 'x' }));
  assert.equal(takingIn({ answer: 'tasks', tasks }, { id: id(99), text: 'y' }, id(97)), null);
});
