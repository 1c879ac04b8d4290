import assert from 'node:assert/strict';
import { test } from 'node:test';
import './support/hooks.js';
import { NOW, id, snapshots } from './fixtures/board.js';

const { phaseOf, remember, timeLeft } = await import('../../web/board/arc.js');
const {
  answersOf,
  cardsOfTurn,
  floorOf,
  pageOf,
  placesOf,
  questionOf,
  responsibleOf,
  saidUntil,
  wallOf,
} = await import('../../web/board/choose.js');
const { sayingOf, silenceEnds } = await import('../../web/board/say.js');
const { fold, fromSnapshot, partOf } = await import('../../web/shared/model.js');

const { layAgreed, openOf, othersOf } = await import('../../web/board/end.js');
const { pagesOf, turnedTo } = await import('../../web/board/turn.js');
const { turning } = await import('../../web/method/decision/board.js');
const { countWords } = await import('../../web/shared/counts.js');
const { beginnings, lobbyPlaces, stripOf } = await import('../../web/board/lobby.js');
const { lineOf } = await import('../../web/board/answers.js');
const { waiting } = await import('../../web/method/dialogue/board.js');
const { sidesOf } = await import('../../web/method/summary/board.js');
const { lapToShow, pointsOfLap, recapOf } = await import('../../web/method/spiral/board-lap.js');
const { carriedOf } = await import('../../web/board/lobby.js');
const { cameOf } = await import('../../web/board/came.js');
const { tasksCarried } = await import('../../web/shared/carried.js');
const { pair } = await import('../../web/board/pairing.js');
const { LEAST, estimate } = await import('../../web/board/fit.js');
const { hours } = await import('../../web/shared/i18n.js');
const { minutesLeft } = await import('../../web/board/pieces.js');

const shareLeft = (...all) => timeLeft(...all).share;
const stateOf = (name) => fromSnapshot(snapshots[name], 9);

test('a time of day has its hour, also after midnight', () => {
  const at = (hour, minute) => hours(new Date(2026, 10, 25, hour, minute));
  assert.deepEqual([at(0, 36), at(9, 3), at(10, 0), at(23, 5)], ['0.36', '9.03', '10.00', '23.05']);
});

test('each state of a meeting has its page', () => {
  assert.equal(pageOf(null), 'waiting');
  assert.equal(pageOf(stateOf('lobby')), 'lobby');
  assert.equal(pageOf(stateOf('turns')), 'part');
  assert.equal(pageOf(stateOf('paused')), 'pause');
  assert.equal(pageOf(stateOf('end')), 'end');
  assert.equal(pageOf(stateOf('turns'), 'wrong_key'), 'refused');
});

test('a seat that passed and one that spoke are drawn alike', () => {
  const state = stateOf('turns');
  const passed = fold(state, { seq: 10, at: NOW, fact: 'turn.ended', seat: 4, turn: 4 });
  const roles = placesOf({ ...passed, passed: [4] });
  assert.equal(roles.find(({ seat }) => seat === 4).role, 'heard');
  assert.deepEqual(roles, placesOf(passed));
});

test('the next two are announced, and no more', () => {
  const { speaker, next } = floorOf(stateOf('turns'));
  assert.equal(speaker.name, 'Mette');
  assert.deepEqual(
    next.map((person) => person.name),
    ['Yusuf', 'Elev A'],
  );
});

test('who has left is not drawn; who is away keeps the place', () => {
  const state = stateOf('turns');
  const seats = state.seats.map((seat) =>
    seat.seat === 2
      ? { ...seat, presence: 'left' }
      : seat.seat === 3
        ? { ...seat, presence: 'away' }
        : seat,
  );
  assert.deepEqual(
    placesOf({ ...state, seats }).map(({ seat }) => seat),
    [1, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
});

test('in the lobby whoever has come is full, with or without a phone; who is awaited or away is not, and all have their names', () => {
  const { seats } = stateOf('lobby');
  const [first, second, third] = seats;
  const places = lobbyPlaces({
    seats: [
      first,
      { ...second, device: 'none' },
      { ...third, device: 'none', awaited: true },
      { ...first, seat: 4, presence: 'away' },
      { ...first, seat: 5, presence: 'left' },
    ],
  });
  assert.deepEqual(places, [
    { seat: 1, name: 'Hanne', role: 'here' },
    { seat: 2, name: 'Peter', role: 'here' },
    { seat: 3, name: 'Lone', role: 'free' },
    { seat: 4, name: 'Hanne', role: 'free' },
  ]);
});

test('a round without questions asks what was asked in the silence before it', () => {
  const state = stateOf('turns');
  const part = partOf(state, '4b');
  const bare = {
    ...part,
    item: {
      ...part.item,
      parts: part.item.parts.map((each) =>
        each.id === '4b' ? { ...each, questions: undefined } : each,
      ),
    },
  };
  assert.equal(questionOf(part).questions.length, 1);
  assert.equal(
    questionOf(bare).questions[0],
    'Hvad lægger du især mærke til i de data, vi har set?',
  );
  assert.deepEqual(questionOf(partOf(state, '2a')).questions, []);
});

test('who is responsible is named where a function fits', () => {
  const state = stateOf('talk');
  assert.deepEqual(responsibleOf(state, partOf(state, '3a')), [
    { seat: 1, name: 'Hanne', function: 'Skoleleder' },
  ]);
  assert.deepEqual(responsibleOf({ ...state, seats: [] }, partOf(state, '2a')), [
    { seat: null, name: '', function: 'Børn og Unge-chef' },
  ]);
  const part = { ...partOf(state, '3a'), presenter: 5 };
  assert.equal(responsibleOf(state, part)[0].name, 'Yusuf', 'whom the console named comes first');
});

test('the speaker’s cards, or quietly those of the one before', () => {
  const [mine, after] = [stateOf('turns'), stateOf('turns-before')];
  assert.equal(cardsOfTurn(mine, partOf(mine)).own.length, 2);
  const { own, before, by } = cardsOfTurn(after, partOf(after));
  assert.deepEqual([own.length, before.length, by], [0, 2, 'Mette']);
});

test('time: a turn’s arc drains from whole to empty, and never below', () => {
  const state = fold(stateOf('turns-begin'), {
    seq: 10,
    at: NOW,
    fact: 'turn.began',
    seat: 1,
    turn: 1,
    lap: 1,
    until: NOW + 120000,
  });
  const memory = remember(null, state, NOW);
  assert.equal(shareLeft(state, memory, NOW), 1);
  assert.equal(shareLeft(state, memory, NOW + 60000), 0.5);
  assert.equal(shareLeft(state, memory, NOW + 300000), 0);
});

test('time: a turn whose beginning was not seen has what the others still get', () => {
  const state = stateOf('turns');
  const memory = remember(null, state, NOW);
  assert.equal(memory.whole, (16 * 60000 - 78000) / 7);
});

test('time: half a minute more fills the arc again, a pause does not', () => {
  let state = fold(stateOf('turns-begin'), {
    seq: 10,
    at: NOW,
    fact: 'turn.began',
    seat: 1,
    turn: 1,
    lap: 1,
    until: NOW + 60000,
  });
  let memory = remember(null, state, NOW);
  state = fold(state, {
    seq: 11,
    at: NOW + 30000,
    fact: 'turn.extended',
    seat: 1,
    turn: 1,
    until: NOW + 90000,
  });
  memory = remember(memory, state, NOW + 30000);
  assert.equal(memory.whole, 90000);
  state = fold(state, {
    seq: 12,
    at: NOW + 40000,
    fact: 'clock.paused',
    left: 50000,
    part_left: 500000,
  });
  memory = remember(memory, state, NOW + 40000);
  assert.equal(shareLeft(state, memory, NOW + 900000), 50000 / 90000);
  state = fold(state, {
    seq: 13,
    at: NOW + 640000,
    fact: 'clock.resumed',
    until: NOW + 690000,
    part_until: NOW + 1140000,
  });
  memory = remember(memory, state, NOW + 640000);
  assert.equal(memory.whole, 90000);
  assert.equal(shareLeft(state, memory, NOW + 640000), 50000 / 90000);
});

test('time: outside a round the arc is the part’s', () => {
  const state = stateOf('dialogue');
  assert.equal(remember(null, state, NOW), null);
  assert.ok(Math.abs(shareLeft(state, null, NOW) - 7.6 / 15) < 1e-9);
});

test('time: little is left in the last minute, of what is short in its last quarter', () => {
  const state = stateOf('dialogue');
  const end = state.now.part_until;
  const nearly = (ms) => timeLeft(state, null, end - ms).nearly;
  assert.deepEqual([nearly(61000), nearly(60000), nearly(-5000)], [false, true, true]);
  const turn = fold(stateOf('turns-begin'), {
    seq: 10,
    at: NOW,
    fact: 'turn.began',
    seat: 1,
    turn: 1,
    lap: 1,
    until: NOW + 80000,
  });
  const memory = remember(null, turn, NOW);
  const ofTurn = (ms) => timeLeft(turn, memory, NOW + 80000 - ms).nearly;
  assert.deepEqual([ofTurn(60000), ofTurn(21000), ofTurn(20000)], [false, false, true]);
});

test('a part of one minute is not in its last minute from the first second', () => {
  const state = stateOf('dialogue');
  const words = (ms, rest) =>
    minutesLeft({ state, part: { ...partOf(state), ms }, at: state.now.part_until - rest });
  assert.equal(words(60000, 60000), 'ca. 1 min tilbage');
  assert.equal(words(300000, 60000), 'det sidste minut');
  assert.equal(words(300000, 60001), 'ca. 2 min tilbage');
  assert.equal(words(60000, 0), '');
});

test('time is said at a minute, at fifteen seconds and at the end; a person’s never', () => {
  const state = stateOf('dialogue');
  const end = state.now.part_until;
  const at = (ms) => ({ state, at: end - ms });
  assert.equal(sayingOf(at(62000), at(61000)), null);
  assert.equal(sayingOf(at(61000), at(60000)).key, 'minute');
  assert.equal(sayingOf(at(60000), at(59000)), null);
  assert.equal(sayingOf(at(16000), at(15000)).key, 'seconds');
  assert.equal(sayingOf(at(1000), at(0)).key, 'up');
  assert.equal(sayingOf(at(0), at(-1000)), null);
  const turn = stateOf('turns');
  assert.equal(
    sayingOf({ state: turn, at: turn.now.until - 1000 }, { state: turn, at: turn.now.until }),
    null,
  );
  assert.equal(phaseOf(stateOf('paused'), NOW), '');
});

test('the floor is said when it moves, a new part when it begins', () => {
  const state = stateOf('turns');
  const next = fold(state, {
    seq: 10,
    at: NOW,
    fact: 'turn.began',
    seat: 5,
    turn: 5,
    lap: 1,
    until: NOW + 90000,
  });
  assert.deepEqual(sayingOf({ state, at: NOW }, { state: next, at: NOW }), {
    key: 'floor',
    values: { name: 'Yusuf' },
  });
  const part = fold(state, {
    seq: 10,
    at: NOW,
    fact: 'part.began',
    part: '4d',
    until: NOW + 900000,
  });
  assert.deepEqual(sayingOf({ state, at: NOW }, { state: part, at: NOW }), {
    key: 'part',
    values: { name: 'Fri dialog' },
  });
});

test('who answers is said once, within the asker’s turn', () => {
  const state = stateOf('turns');
  const next = fold(state, {
    seq: 10,
    at: NOW,
    fact: 'turn.answering',
    seat: 1,
    turn: 4,
    answering: true,
  });
  assert.deepEqual(sayingOf({ state, at: NOW }, { state: next, at: NOW }), {
    key: 'answers',
    values: { name: 'Hanne' },
  });
  assert.equal(sayingOf({ state: next, at: NOW }, { state: next, at: NOW }), null);
  assert.equal(placesOf(next).find(({ seat }) => seat === 1).role, 'answers');
  const over = fold(next, { seq: 11, at: NOW, fact: 'turn.ended', seat: 4, turn: 4 });
  assert.equal(placesOf(over).find(({ seat }) => seat === 1).role, 'heard');
});

test('one sound: when the silence ends while we look on', () => {
  const before = { ...stateOf('reflection') };
  const after = fold(before, { seq: 10, at: NOW, fact: 'time.up', of: 'part', part: '4a' });
  assert.equal(silenceEnds(before, after), true);
  assert.equal(silenceEnds(after, after), false, 'once');
  assert.equal(silenceEnds(null, after), false, 'not when the page is opened later');
  const turn = stateOf('turns');
  assert.equal(
    silenceEnds(turn, fold(turn, { seq: 10, at: NOW, fact: 'time.up', of: 'part', part: '4b' })),
    false,
    'never while somebody speaks',
  );
});

test('seven answers in their order, filled, half or open', () => {
  const done = answersOf(stateOf('decision')).map(({ done: how }) => how);
  assert.deepEqual(done, ['yes', 'yes', 'yes', 'part', 'part', 'not', 'not']);
});

test('who is to be involved: what was chosen, what was left open and what nobody has said are told apart', () => {
  const [school, pupils] = [
    { body: 'school_board', settled: 'not_relevant' },
    { body: 'pupil_council', settled: 'date' },
  ];
  const line = (value) =>
    lineOf({ answer: 'stakeholders', value: { answer: 'stakeholders', ...value }, done: 'part' });
  assert.equal(
    line({ stakeholders: [school, pupils] }),
    'Skolebestyrelsen ikke relevant · Elevrådet ikke afklaret · MED-udvalget intet svar endnu',
  );
  const text = 'De andre hører om det på forældremødet';
  assert.equal(line({ stakeholders: [school], text }), `Skolebestyrelsen ikke relevant · ${text}`);
  const open = (value) =>
    openOf({
      ...stateOf('end-none'),
      decision: { open: null, answers: [{ answer: 'stakeholders', ...value }] },
    }).filter((each) => each.endsWith('– hvornår?'));
  assert.deepEqual(open({ stakeholders: [school, pupils] }), [
    'Elevrådet – hvornår?',
    'MED-udvalget – hvornår?',
  ]);
  assert.deepEqual(open({ stakeholders: [school], text }), []);
  assert.deepEqual(open({ text }), []);
});

test('an answer as one line; one that was left open has none', () => {
  const [step, , , who, tasks] = answersOf(stateOf('decision'));
  assert.equal(lineOf(step), 'Pausen skal have noget at byde på for hver årgang');
  assert.equal(
    lineOf(who),
    'Skolebestyrelsen 3. juni · Elevrådet 19. maj · MED-udvalget ikke afklaret',
  );
  assert.match(lineOf(tasks), /^Spørger klasserne.* · Laver en plan/);
  assert.equal(
    lineOf({ answer: 'action', value: { text: 'Noget', unsettled: true }, done: 'not' }),
    '',
  );
  assert.equal(
    lineOf({ answer: 'follow_up', value: { date: '2026-11-17' }, done: 'yes' }),
    'Tirsdag 17. november',
  );
});

test('the last page says in words what is not settled', () => {
  assert.deepEqual(openOf(stateOf('end')), [
    'MED-udvalget – hvornår?',
    '1 opgave uden navn eller dato',
    'Hvilken tilbagemelding chefen får',
  ]);
  assert.equal(openOf(stateOf('end-none')).length, 7);
  const left = {
    ...stateOf('end-none'),
    decision: { open: null, answers: [{ answer: 'action', unsettled: true }] },
  };
  assert.equal(countWords(left), '0 af 7 svar er på plads · 1 ikke afklaret');
  assert.equal(openOf(left)[1], 'Hvad skolen gør – ikke afklaret');
});

const words = (n) =>
  'Hvem man sidder ved siden af, og hvem man tør spørge. '.repeat(12).slice(0, n);

test('what was agreed stands whole: on one page as large as may be, else on as few as it takes', () => {
  for (const box of [
    { x: 0, y: 0, w: 98, h: 74 },
    { x: 0, y: 0, w: 90, h: 88 },
    { x: 0, y: 0, w: 60, h: 50 },
  ]) {
    for (const [step, tasks, others] of [
      [40, [30, 40], [40, 50, 60]],
      [600, [30, 40], [40, 50]],
      [600, [600, 600], [600, 600, 600, 600]],
      [20, Array(30).fill(80), []],
    ]) {
      const what = {
        step: words(step),
        tasks: tasks.map((n) => [words(n), '29. maj']),
        others: others.map((n) => ['Skolens handling', words(n)]),
      };
      const { size, pages } = layAgreed(what, box, estimate);
      const all = pages.flat();
      const of = (kind) => all.filter((each) => each.kind === kind);
      const plain = (text) => text.replace(/[\u00ad…]/g, '').replaceAll('\u00a0', ' ');
      assert.deepEqual(
        of('said').map(({ text }) => plain(text)),
        [what.step.trim()],
      );
      assert.deepEqual(
        of('tasks').map(({ texts }) => plain(texts[0])),
        what.tasks.map(([text]) => text.trim()),
      );
      assert.deepEqual(
        of('others').map(({ texts }) => plain(texts[1])),
        what.others.map(([, text]) => text.trim()),
      );
      assert.ok(size.rows >= LEAST && size.said >= LEAST);
      for (const page of pages)
        assert.ok(page.reduce((sum, { height }) => sum + height, 0) <= box.h || page.length === 1);
      if (step === 40 && box.h > 60) assert.equal(pages.length, 1);
    }
  }
});

test('pages turn by the clock, and each thing stands on one of them', () => {
  assert.deepEqual(pagesOf([5, 5, 5, 20, 1], 11, 1), [[0, 1], [2], [3], [4]]);
  assert.deepEqual(pagesOf([], 11), [[]]);
  assert.deepEqual(
    [0, 19999, 20000, 40000, -5].map((at) => turnedTo(at, 2)),
    [0, 0, 1, 0, 0],
  );
});

test('beside the answer that is open the others turn, and none is cut', () => {
  const said = Array.from({ length: 6 }, (_, i) =>
    `${i} ${'et langt svar om pausen, '.repeat(23)}`.trim(),
  );
  const room = { w: 110, h: 46, most: 7.4, least: 6.2 };
  const seen = [];
  const { pages } = turning(said, room, 0, estimate);
  for (let page = 0; page < pages; page++)
    seen.push(
      ...turning(said, room, page * 20000, estimate).texts.map((text) =>
        text.replaceAll('\u00a0', ' '),
      ),
    );
  assert.ok(pages > 1 && pages <= 6);
  assert.deepEqual(seen, said);
});

test('every answer that was given stands on the last page: beside the step, the tasks and the day also the others', () => {
  assert.deepEqual(
    othersOf(stateOf('end')).map(({ name }) => name),
    ['Skolens handling', 'Mål for det næste halve år', 'Hvem skal involveres?'],
  );
});

test('in the dialogue hands wait in their order; what the item said before stays beside what is said now', () => {
  const state = stateOf('dialogue');
  assert.deepEqual(waiting(state), [2, 6]);
  assert.equal(saidUntil(state, partOf(state)).length, 6);
  const before = { ...stateOf('turns'), now: { ...state.now } };
  assert.equal(saidUntil(before, partOf(before)).length, 2);
  const talk = partOf(state);
  const round = talk.item.parts.find((part) => part.method === 'turns');
  const more = {
    ...state,
    contributions: [
      { ...state.contributions[0], id: 'round', part: round.id },
      ...state.contributions,
    ],
  };
  assert.equal(saidUntil(more, talk).length, 7);
  assert.equal(
    saidUntil(more, { ...talk, ...round }).some(({ part }) => part === talk.id),
    false,
    'nothing of what comes later',
  );
});

test('a summary has its sides, and nothing is lost that has none', () => {
  const state = stateOf('summary');
  const more = {
    ...state,
    contributions: [
      ...state.contributions,
      { id: id(999), seat: 1, part: '4e', text: 'Uden side', builds_on: [] },
    ],
  };
  const { agreed, differing, missing } = sidesOf(more, partOf(state));
  assert.deepEqual([agreed.length, differing.length, missing.length], [3, 2, 1]);
});

test('the agenda’s strip: one line while titles fit, columns when they do not', () => {
  const items = (n, title) => Array.from({ length: n }, () => ({ title, minutes: 20 }));
  assert.equal(stripOf(items(5, 'Data'), 160, estimate).loose, true);
  assert.equal(stripOf(items(7, 'Velkomst og præsentationsrunde'), 160, estimate).loose, false);
  for (const n of [1, 8, 19, 32])
    assert.ok(stripOf(items(n, 'Velkomst og præsentationsrunde'), 160, estimate).height < 34);
  const lobby = (starts, n) => ({
    meeting: { starts },
    now: { state: 'lobby', part: null },
    items: items(n, 'x').map((item, i) => ({
      ...item,
      parts: [{ id: `${i}`, method: 'talk', minutes: 20, ms: 1200000, used: 0, on: true }],
    })),
  });
  assert.deepEqual(beginnings(lobby('09:50', 3), 0), ['9.50', '10.10', '10.30']);
  assert.deepEqual(beginnings(lobby(undefined, 2), 0), [null, null]);
});

test('a lap is shown whole when it is over, and while the next one builds on it', () => {
  const lap = (about) =>
    lapToShow({ now: { speaker: null, heard: [], queue: [], lap: 1, ...about } });
  assert.equal(lap({ speaker: 1, queue: [2] }), 0, 'the first lap has nothing before it');
  assert.equal(lap({ heard: [1, 2], queue: [] }), 1);
  assert.equal(lap({ heard: [1], queue: [2] }), 0);
  assert.equal(lap({ lap: 2, speaker: 1, queue: [2] }), 1);
  assert.equal(lap({ lap: 2, heard: [1, 2] }), 2);
  const state = stateOf('spiral-lap');
  const part = partOf(state);
  assert.equal(pointsOfLap(state, part, 1).length, 8);
  assert.match(recapOf(state, part, 1), /^Gården mangler/);
  assert.equal(recapOf(state, part, 2), '');
});

test('what came from last time is one line each, tasks first, with how far they are or by when', () => {
  assert.deepEqual(carriedOf(stateOf('lobby-before')), [
    'Yusuf: Laver en plan for boldburet, uge for uge · frist 12. juni',
    'Mere tid til den frie dialog',
    'At eleverne er med fra begyndelsen',
  ]);
  assert.deepEqual(carriedOf(stateOf('lobby-came')).slice(0, 3), [
    'Elev A og Elev B: Spørger klasserne, hvad de savner ude · Gjort',
    'Yusuf: Laver en plan for boldburet, uge for uge · I gang',
    'Hanne: Køber legekasser til gangene · Opgivet',
  ]);
  assert.deepEqual(carriedOf({}), []);
});

test('what came of a task is told in a word, and so is that nobody has said', () => {
  assert.deepEqual(tasksCarried(stateOf('came')).map(cameOf), [
    'Gjort',
    'I gang: To årgange har deres dag',
    'Opgivet: For dyrt',
    'Intet sagt endnu · frist 1. september',
  ]);
});

test('what is on the wall instead of the meeting; what is not there any more is not', () => {
  const state = stateOf('wall-card');
  assert.equal(wallOf(state).card.text, 'En voksen, man kan finde, er vigtigere end flere voksne.');
  assert.equal(wallOf({ ...state, contributions: [] }), null);
  assert.equal(wallOf({ ...state, wall: { show: 'data', data: id(1) } }), null);
  assert.equal(wallOf({ ...state, wall: { show: 'meeting' } }), null);
  assert.equal(pageOf({ ...state, wall: { show: 'blank' } }), 'wall');
  assert.equal(
    pageOf({ ...stateOf('paused'), wall: { show: 'message', text: 'Kaffe' } }),
    'wall',
    'also in a break',
  );
});

/** A server that answers in this order, and what the board did. */
async function paired(answers) {
  const did = [];
  const ask = (url, { method = 'GET', headers } = {}) => {
    did.push(`${method} ${headers?.authorization ?? ''}`.trim());
    const answer = answers.shift();
    if (!answer) return Promise.reject(new Error('no network'));
    return Promise.resolve({ status: answer[0], json: () => Promise.resolve(answer[1]) });
  };
  let waits = 0;
  await new Promise((done) => {
    pair({
      ask: /** @type {any} */ (ask),
      show: (code) => did.push(`shows ${code}`),
      paired: (code, key) => done(did.push(`opens ${code} ${key}`)),
      wait: (ms) => (did.push(`waits ${ms}`), ++waits > 20 ? done(0) : Promise.resolve()),
    }).then(done);
  });
  return did;
}

test('pairing: asks until a console has typed the code, begins anew when it is gone, and bears a lost network', async () => {
  const made = [201, { pairing: '4F7K', secret: 's' }];
  assert.deepEqual(await paired([made, [202, {}], [200, { code: 'K7QM-4XPR', key: 'k' }]]), [
    'POST',
    'shows 4F7K',
    'waits 2000',
    'GET Bearer s',
    'waits 2000',
    'GET Bearer s',
    'opens K7QM-4XPR k',
  ]);
  assert.deepEqual(await paired([made, [404, {}], made, [200, { code: 'x', key: 'k' }]]), [
    'POST',
    'shows 4F7K',
    'waits 2000',
    'GET Bearer s',
    'POST',
    'shows 4F7K',
    'waits 2000',
    'GET Bearer s',
    'opens x k',
  ]);
  assert.deepEqual(await paired([null, made, [200, { code: 'x', key: 'k' }]]), [
    'POST',
    'waits 10000',
    'POST',
    'shows 4F7K',
    'waits 2000',
    'GET Bearer s',
    'opens x k',
  ]);
  assert.deepEqual(await paired([[429, {}], made, [503, {}], [200, { code: 'x', key: 'k' }]]), [
    'POST',
    'waits 10000',
    'POST',
    'shows 4F7K',
    'waits 2000',
    'GET Bearer s',
    'waits 2000',
    'GET Bearer s',
    'opens x k',
  ]);
  assert.deepEqual(
    await paired([[404, {}]]),
    ['POST'],
    'a server that pairs no boards is not asked again',
  );
});
